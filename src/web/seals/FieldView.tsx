import { useCallback, useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { wordFor } from '../i18n/text.ts'
import { list } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { scan, scanKind } from './field-scan.ts'
import { containerWords, WordMark } from './marks.tsx'
import type { Row } from './model.ts'

const GUARDS = ['not-fitted', 'not-locked', 'not-identified', 'no-fix', 'not-at-origin', 'battery-low'] as const
const LOOK_MS = 4000

/** At the box, with a telephone and gloves: find the journey by a code or a number, check, fit, open. What is pressed without a line waits in the telephone. */
export function FieldView() {
  const app = useApp()
  const say = useSay()
  const { rows } = useStore(app.seals.state)
  const waiting = useStore(app.seals.sends.waiting)
  const { item } = useStore(app.address)
  const [words, setWords] = useState('')
  const wanted = words.toUpperCase().replace(/[^A-Z0-9가-힣]/g, '')
  const found =
    wanted.length < 3
      ? []
      : [...rows.values()].filter(one =>
          [one.container, one.vehicle, one.declaration, one.id].some(text =>
            text
              ?.toUpperCase()
              .replace(/[^A-Z0-9가-힣]/g, '')
              .includes(wanted),
          ),
        )
  const row = item === undefined ? undefined : rows.get(item)
  return (
    <div className="field scroll">
      {waiting.length > 0 && (
        <p className="field__waits" role="status">
          {say('seals.field.waiting', { n: waiting.length })}
        </p>
      )}
      <Finder label={say('seals.field.find')} value={words} onValue={setWords} />
      {found.slice(0, 8).map(one => (
        <button key={one.id} type="button" className="button field__big" onClick={() => app.go({ item: one.id })}>
          {containerWords(one.container)} · {one.vehicle ?? '–'}
        </button>
      ))}
      {wanted.length >= 3 && found.length === 0 && <p className="note">{say('seals.no-match')}</p>}
      {row && <AtTheBox key={row.id} row={row} />}
    </div>
  )
}

function AtTheBox({ row }: { row: Row }) {
  const app = useApp()
  const say = useSay()
  const { sends } = app.seals
  const [seal, setSeal] = useState('')
  const [guards, setGuards] = useState<readonly string[]>()
  const [said, setSaid] = useState<string>()
  const check = useCallback(async () => {
    try {
      const answer = await app.api.json('GET', `/api/journeys/${encodeURIComponent(row.id)}/guards`)
      setGuards(list(answer, 'guards').filter(one => typeof one === 'string'))
    } catch {
      setGuards(undefined)
    }
  }, [app, row.id])
  useEffect(() => {
    void check()
    const timer = setInterval(() => void check(), LOOK_MS)
    return () => clearInterval(timer)
  }, [check])
  const deed = async (what: string, more: object = {}): Promise<void> => {
    setSaid(say('seals.field.kept'))
    try {
      await sends.put({
        about: row.id,
        path: `/api/journeys/${encodeURIComponent(row.id)}/deeds`,
        body: { id: crypto.randomUUID(), deed: what, ...more },
        files: [],
      })
      setSaid(say('seals.field.done'))
      await check()
    } catch (reason) {
      setSaid(reason instanceof Error ? reason.message : String(reason))
    }
  }
  const isBefore = row.state === 'planned' || row.state === 'fitted'
  const may = app.may('journeys.handle')
  return (
    <section className="field__box">
      <h2>{containerWords(row.container)}</h2>
      <p>
        <WordMark word={row.word} /> {say(`seals.state.${row.state}`)} · {row.vehicle ?? '–'}
        <br />
        {row.origin} → {row.destination}
      </p>
      {isBefore && (
        <>
          <Finder label={say('seals.plan.seal')} value={seal} onValue={setSeal} />
          <ul className="field__guards" aria-label={say('seals.field.check')}>
            {guards === undefined && <li className="note">{say('seals.field.no-check')}</li>}
            {guards !== undefined &&
              GUARDS.map(one => (
                <li key={one} className={guards.includes(one) ? 'is-bad' : 'is-good'}>
                  {guards.includes(one) ? '▲' : '●'}{' '}
                  {guards.includes(one) ? wordFor(say, 'seals.guard', one) : wordFor(say, 'seals.guard-good', one)}
                </li>
              ))}
          </ul>
        </>
      )}
      {may && isBefore && (
        <button
          type="button"
          className="button is-main field__big"
          onClick={() => void deed('fit', { container: row.container, ...(seal.trim() === '' ? {} : { seal: seal.trim() }) })}
        >
          {say('seals.deed.fit')}
        </button>
      )}
      {may && !isBefore && (
        <button type="button" className="button is-main field__big" onClick={() => void deed('unseal')}>
          {say('seals.deed.unseal')}
        </button>
      )}
      {said !== undefined && <p role="status">{said}</p>}
      {row.phone !== undefined && (
        <a className="button field__big" href={`tel:${row.phone}`}>
          {row.officer} {row.phone}
        </a>
      )}
    </section>
  )
}

/** A number typed, or read by the camera or from a tag where the telephone can. */
function Finder({ label, value, onValue }: { label: string; value: string; onValue(value: string): void }) {
  const say = useSay()
  const video = useRef<HTMLVideoElement>(null)
  const stop = useRef<AbortController>(undefined)
  const [reading, setReading] = useState<'camera' | 'tag'>()
  const [trouble, setTrouble] = useState(false)
  useEffect(() => () => stop.current?.abort(), [])
  const read = async (how: 'camera' | 'tag'): Promise<void> => {
    stop.current?.abort()
    const control = new AbortController()
    stop.current = control
    setReading(how)
    setTrouble(false)
    try {
      onValue(await scan(how, () => video.current, control.signal))
    } catch {
      if (!control.signal.aborted) setTrouble(true)
    }
    if (stop.current === control) setReading(undefined)
  }
  const ways = scanKind()
  return (
    <div className="field__find">
      <label>
        <span>{label}</span>
        <input className="input" value={value} autoCapitalize="characters" onChange={event => onValue(event.target.value)} />
      </label>
      {ways.map(how => (
        <button
          key={how}
          type="button"
          className="button"
          aria-pressed={reading === how}
          onClick={() => (reading === how ? stop.current?.abort() : void read(how))}
        >
          {say(`seals.field.${how}`)}
        </button>
      ))}
      <video ref={video} hidden={reading !== 'camera'} muted playsInline />
      {trouble && <p className="is-bad">{say('seals.field.unread')}</p>}
    </div>
  )
}
