import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { State } from '../ui/parts.tsx'
import { FieldBox } from './FieldBox.tsx'
import { Finder } from './Finder.tsx'
import { containerWords, WordMark } from './marks.tsx'
import type { Row } from './model.ts'
import './field.css'

const plain = (words: string): string => words.toUpperCase().replace(/[^A-Z0-9가-힣]/g, '')
const SHOWN = 8
/** What waits for somebody at the box, without being looked for. */
const AWAITING: readonly Row['state'][] = ['arrived', 'fitted', 'planned']

/** At the box, with a telephone and gloves: find the journey by a code or a number, check, take photos, fit, open. What is pressed without a line waits in the telephone. */
export function FieldView() {
  const app = useApp()
  const say = useSay()
  const { rows, isLoaded } = useStore(app.seals.state)
  const waiting = useStore(app.seals.sends.waiting)
  const { item } = useStore(app.address)
  const [words, setWords] = useState('')
  const wanted = plain(words)
  const isSought = wanted.length >= 3
  const found = [...rows.values()].filter(one =>
    isSought
      ? [one.container, one.vehicle, one.declaration, one.id].some(text => {
          const own = text === undefined ? '' : plain(text)
          // A code may hold more than the number, a hand types less.
          return own.length >= 3 && (own.includes(wanted) || wanted.includes(own))
        })
      : AWAITING.includes(one.state),
  )
  const shown = isSought ? found : found.sort((a, b) => AWAITING.indexOf(a.state) - AWAITING.indexOf(b.state))
  const row = item === undefined ? undefined : rows.get(item)
  return (
    <div className="field scroll">
      {waiting.length > 0 && (
        <p className="field__waits" role="status">
          {say('seals.field.waiting', { n: waiting.length })}
        </p>
      )}
      {row ? (
        <>
          <button type="button" className="button field__back" onClick={() => app.go({ item: undefined })}>
            ‹ {say('seals.field.other')}
          </button>
          <FieldBox key={row.id} row={row} />
        </>
      ) : (
        <>
          <Finder label={say('seals.field.find')} value={words} onValue={setWords} />
          {!isSought && found.length > 0 && <h3>{say('seals.field.awaiting', { n: found.length })}</h3>}
          {shown.slice(0, SHOWN).map(one => (
            <button key={one.id} type="button" className="button field__big field__row" onClick={() => app.go({ item: one.id })}>
              <b>{containerWords(one.container)}</b>
              <WordMark word={one.word} />
              <small>
                {say(`seals.state.${one.state}`)} · {one.vehicle ?? '–'} · {one.origin} → {one.destination}
              </small>
            </button>
          ))}
          {isSought && found.length > SHOWN && <p className="note">{say('seals.more', { n: found.length - SHOWN })}</p>}
          {isLoaded && found.length === 0 && (
            <State title={say(isSought ? 'seals.no-match' : 'seals.field.none-awaiting')} note={say('seals.field.how')} />
          )}
        </>
      )}
    </div>
  )
}
