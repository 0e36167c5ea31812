import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { clockKst, minuteKst, momentKst } from '../i18n/format.ts'
import type { Say } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { eventText, lineText } from './line-words.ts'
import type { Card } from './model.ts'
import { roadDistance } from './road.ts'
import type { Happening } from './story.ts'

const SHOWN = 12

/** What happened, newest first, with who, what came late and photos; a press looks at that moment again. */
export function Custody({ card, story }: { card: Card; story: readonly Happening[] }) {
  const app = useApp()
  const say = useSay()
  const replayMs = useStore(app.seals.replayMs)
  const [isWhole, setWhole] = useState(false)
  if (story.length === 0) return null
  const left = card.lines.find(line => line.kind === 'state' && line.what === 'under-way')
  return (
    <section className="facts-part" aria-label={say('seals.custody')}>
      <h3>
        {say('seals.custody')}
        {left && (
          <span className="note push">
            {say('seals.left-at', { time: minuteKst(left.atMs) })}
            {card.progressM !== undefined && ` · ${roadDistance(card.progressM)}`}
          </span>
        )}
      </h3>
      <ol className="custody">
        {story.slice(0, isWhole ? story.length : SHOWN).map(one => (
          <li key={one.key} className={`${lookOf(one)} ${replayMs !== undefined && one.atMs > replayMs ? 'is-to-come' : ''}`}>
            <button
              type="button"
              className="plain"
              title={`${momentKst(one.atMs, app.now())} (${clockKst(one.atMs)} KST)`}
              aria-label={say('seals.look-again', { time: minuteKst(one.atMs) })}
              onClick={() => app.seals.replayMs.set(one.atMs)}
            >
              <time>{minuteKst(one.atMs)}</time>
            </button>
            <Words one={one} />
          </li>
        ))}
      </ol>
      {story.length > SHOWN && (
        <button type="button" className="link-button" onClick={() => setWhole(!isWhole)}>
          {say(isWhole ? 'seals.lines-less' : 'seals.lines-all', { n: story.length })}
        </button>
      )}
    </section>
  )
}

const lookOf = ({ is }: Happening): string =>
  is.kind === 'line'
    ? `is-${is.line.kind} is-${is.line.what}`
    : is.kind === 'violation'
      ? `is-violation ${is.isOpen ? 'is-open' : ''}`
      : `is-stop ${is.stands ? 'is-open' : ''}`

export function happeningText(say: Say, { is }: Happening): string {
  if (is.kind === 'line') return lineText(say, is.line)
  if (is.kind === 'violation') return eventText(say, is.detector)
  return say(is.stands ? 'seals.stands-for' : 'seals.stood-for', { n: is.minutes })
}

function Words({ one }: { one: Happening }) {
  const say = useSay()
  const { is } = one
  if (is.kind !== 'line')
    return (
      <>
        <span>{happeningText(say, one)}</span>
        <span className="note">
          {is.kind === 'violation' && is.toMs !== undefined ? say('seals.until-time', { time: minuteKst(is.toMs) }) : ''}
        </span>
      </>
    )
  const { line } = is
  return (
    <>
      <span>
        {happeningText(say, one)}
        {line.isLate && <small className="is-care"> {say('seals.came-late')}</small>}
        {line.photos > 0 && <small className="note"> {say('seals.line-photos', { n: line.photos })}</small>}
      </span>
      <span className="note">{line.note && line.kind !== 'event' ? line.note : (line.who ?? '')}</span>
    </>
  )
}
