import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { wordFor } from '../i18n/text.ts'
import { field, list } from '../live/wire.ts'
import { CheckList, useFitting } from './CheckList.tsx'
import { FieldPhotos, type Taken } from './FieldPhotos.tsx'
import { Finder } from './Finder.tsx'
import { followHere, type Here } from './here.ts'
import { containerWords, WordMark } from './marks.tsx'
import type { Row } from './model.ts'
import { SealPhotos } from './SealPhotos.tsx'

/** At the box: read the seal, see go or no-go, take photos, fit; at the other end authorise and open. What is pressed goes with photos, place and time; without a line it waits in the telephone. */
export function FieldBox({ row }: { row: Row }) {
  const app = useApp()
  const say = useSay()
  const { sends } = app.seals
  const [seal, setSeal] = useState('')
  const [photos, setPhotos] = useState<readonly Taken[]>([])
  const [said, setSaid] = useState<{ readonly words: string; readonly isBad: boolean }>()
  const [sent, setSent] = useState(0)
  const isBefore = row.state === 'planned' || row.state === 'fitted'
  const { check, isOld } = useFitting(row.id, seal, isBefore)
  const guards = useGuards(row, sent)
  const may = app.may('journeys.handle')
  const here = useRef<Here>(undefined)
  useEffect(
    () =>
      followHere(place => {
        here.current = place
      }),
    [],
  )
  const deed = async (what: string, more: object = {}): Promise<void> => {
    setSaid({ words: say('seals.field.kept'), isBad: false })
    const taken = photos
    setPhotos([])
    try {
      const going = sends.put({
        about: row.id,
        path: `/api/journeys/${encodeURIComponent(row.id)}/deeds`,
        body: {
          id: crypto.randomUUID(),
          deed: what,
          ...more,
          ...here.current,
          ...(taken.length === 0 ? {} : { photos: taken.map(one => one.id) }),
        },
        files: taken.map(one => one.id),
      })
      const answer = await going
      const missing = list(answer, 'guards').filter(one => typeof one === 'string')
      setSaid({
        words:
          what === 'fit' && missing.length > 0
            ? say('seals.field.fitted-waits', { what: missing.map(one => wordFor(say, 'seals.guard', one)).join(', ') })
            : what === 'unseal' && field(answer, 'state') !== 'unsealed'
              ? say('seals.field.not-unsealed')
              : say('seals.field.done'),
        isBad: what === 'unseal' && field(answer, 'state') !== 'unsealed',
      })
      setSent(n => n + 1)
    } catch (reason) {
      setSaid({ words: reason instanceof Error ? reason.message : String(reason), isBad: true })
    }
  }
  return (
    <section className="field__box" aria-label={containerWords(row.container)}>
      <h2>{containerWords(row.container)}</h2>
      <p>
        <WordMark word={row.word} /> {say(`seals.state.${row.state}`)} · {row.vehicle ?? '–'} · {say(`seals.risk.${row.risk}`)}
        <br />
        {row.origin} → {row.destination}
      </p>
      {isBefore && (
        <>
          <Finder label={say('seals.field.seal')} value={seal} onValue={setSeal} />
          <CheckList check={check} isOld={isOld} />
        </>
      )}
      {row.state === 'fitted' && guards.length > 0 && (
        <p className="is-care" role="status">
          {say('seals.field.fitted-waits', { what: guards.map(one => wordFor(say, 'seals.guard', one)).join(', ') })}
        </p>
      )}
      {may && <FieldPhotos journey={row.id} photos={photos} onChange={setPhotos} />}
      {may && isBefore && (row.state === 'planned' || seal.trim() !== '') && (
        <button
          type="button"
          className={`button field__big ${check?.isGo === false ? 'is-warn' : 'is-main'}`}
          disabled={check !== undefined && check.seal === undefined && seal.trim() !== ''}
          onClick={() => void deed('fit', { container: row.container, ...(check?.seal === undefined ? {} : { seal: check.seal }) })}
        >
          {say(check?.isGo === false ? 'seals.field.fit-anyway' : 'seals.deed.fit')}
        </button>
      )}
      {may && !isBefore && (
        <>
          <button type="button" className="button field__big" onClick={() => void deed('authorise-unseal')}>
            {say('seals.deed.authorise-unseal')}
            {row.risk === 'high' && <small>{say('seals.field.two')}</small>}
          </button>
          <button type="button" className="button is-main field__big" onClick={() => void deed('unseal')}>
            {say('seals.deed.unseal')}
          </button>
          <button
            type="button"
            className="button field__big"
            disabled={photos.length === 0}
            onClick={() => void deed('note', { note: say('seals.field.looked') })}
          >
            {say('seals.field.photo-only')}
          </button>
        </>
      )}
      {said !== undefined && (
        <p role="status" className={said.isBad ? 'is-bad' : 'is-good'}>
          {said.words}
        </p>
      )}
      <SealPhotos journey={row.id} news={sent} />
      {row.phone !== undefined && (
        <a className="button field__big" href={`tel:${row.phone}`}>
          {row.officer} {row.phone}
        </a>
      )}
    </section>
  )
}

/** What still hinders arming, once it is fitted. */
function useGuards(row: Row, sent: number): readonly string[] {
  const app = useApp()
  const [guards, setGuards] = useState<readonly string[]>([])
  useEffect(() => {
    if (row.state !== 'fitted') return setGuards([])
    void app.api.json('GET', `/api/journeys/${encodeURIComponent(row.id)}/guards`).then(
      answer => setGuards(list(answer, 'guards').filter(one => typeof one === 'string')),
      () => undefined,
    )
  }, [app, row.id, row.state, row.heardAtMs, sent])
  return guards
}
