import { useState } from 'react'
import { useDesk, useSay } from '../app.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import type { DemoPost, Step } from './model.ts'
import { Card, LookPicker, Trouble, useAttempt } from './parts.tsx'

interface DemoProps {
  readonly posts: readonly DemoPost[]
  enter(person: string): Promise<Step>
  taken(step: Step, person: string): void
  toPassword(): void
}

/** The demo's posts, grouped by organisation: one press enters. */
export function DemoCard({ posts, enter, taken, toPassword }: DemoProps) {
  const say = useSay()
  const { language } = useStore(useDesk())
  const attempt = useAttempt()
  const [words, setWords] = useState('')
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = ({ post, organisationName }: DemoPost): boolean => {
    const text = `${organisationName.ko} ${organisationName.en} ${wordFor(say, 'post', post)} ${post}`.toLowerCase()
    return asked.every(word => text.includes(word))
  }
  const shown = posts.filter(fits)
  const organisations = [...new Set(shown.map(one => one.organisation))]
  const go = (person: string): void => attempt.run(async () => taken(await enter(person), person))
  return (
    <Card
      title={say('sign-in.demo-title')}
      isWide
      onSubmit={() => {
        const [first] = shown
        if (first) go(first.person)
      }}
    >
      <p className="note">
        {say('sign-in.demo-note')} {say('sign-in.sound-note')}
      </p>
      <div className="gate__row">
        <input
          className="gate__box"
          type="search"
          aria-label={say('sign-in.demo-find')}
          placeholder={say('sign-in.demo-find')}
          autoFocus
          value={words}
          onChange={event => setWords(event.target.value)}
        />
        <span className="note" role="status">
          {say('sign-in.demo-count', { organisations: organisations.length, posts: shown.length })}
        </span>
      </div>
      <div className="gate__posts" role="group" aria-label={say('sign-in.demo-title')} tabIndex={-1}>
        {organisations.map(organisation => {
          const here = shown.filter(one => one.organisation === organisation)
          const name = here[0]?.organisationName[language] ?? organisation
          return (
            <div key={organisation} className="gate__office" role="group" aria-label={name}>
              <b>{name}</b>
              <div className="gate__chips">
                {here.map(one => (
                  <button
                    key={one.person}
                    type="button"
                    className={`button ${asked.length > 0 && one === shown[0] ? 'is-main' : ''}`}
                    aria-label={`${name} ${wordFor(say, 'post', one.post)}`}
                    disabled={attempt.isBusy}
                    onClick={() => go(one.person)}
                  >
                    {wordFor(say, 'post', one.post)}
                  </button>
                ))}
              </div>
            </div>
          )
        })}
        {shown.length === 0 && <p className="note">{say('sign-in.demo-none', { words })}</p>}
      </div>
      <Trouble attempt={attempt} />
      <LookPicker>
        <button type="button" className="gate__link" onClick={toPassword}>
          {say('sign-in.demo-other')}
        </button>
      </LookPicker>
    </Card>
  )
}
