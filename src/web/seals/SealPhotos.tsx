import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { bytes, dateTimeKst, minuteKst } from '../i18n/format.ts'
import { list } from '../live/wire.ts'
import { type PhotoView, photo } from './fitting.ts'

const source = (one: PhotoView): string => `/api/attachments/${encodeURIComponent(one.id)}`

/** Photos of a journey, oldest first; each opens large with when, by whom and the hash of the original that is kept. */
export function SealPhotos({ journey, news }: { journey: string; news: number }) {
  const app = useApp()
  const say = useSay()
  const [photos, setPhotos] = useState<readonly PhotoView[]>([])
  const [open, setOpen] = useState<string>()
  const may = app.may('incidents.look')
  useEffect(() => {
    if (!may) return
    let isOver = false
    void app.api.json('GET', `/api/attachments?journey=${encodeURIComponent(journey)}`).then(
      answer => !isOver && setPhotos(list(answer).map(photo)),
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [app, may, journey, news])
  if (photos.length === 0) return null
  const shown = photos.find(one => one.id === open)
  return (
    <section className="facts-part seal-photos" aria-label={say('seals.photos')}>
      <h3>
        {say('seals.photos')} <span className="note">{photos.length}</span>
      </h3>
      <div className="seal-photos__row">
        {photos.map(one => (
          <button key={one.id} type="button" title={one.name} onClick={() => setOpen(one.id)}>
            {one.hasThumbnail ? <img src={`${source(one)}/thumbnail`} alt={one.name} loading="lazy" /> : <span>{say('seals.photo')}</span>}
            <time>{minuteKst(one.takenAtMs ?? one.atMs)}</time>
          </button>
        ))}
      </div>
      {shown && <Large photo={shown} photos={photos} onShow={setOpen} />}
    </section>
  )
}

function Large({ photo: one, photos, onShow }: { photo: PhotoView; photos: readonly PhotoView[]; onShow(id: string | undefined): void }) {
  const app = useApp()
  const say = useSay()
  const frame = useRef<HTMLDivElement>(null)
  const [reason, setReason] = useState('')
  useEffect(() => frame.current?.focus(), [])
  const step = (by: number): void => onShow(photos[photos.findIndex(other => other.id === one.id) + by]?.id ?? one.id)
  return (
    <div
      ref={frame}
      className="seal-photo"
      role="dialog"
      aria-modal="true"
      aria-label={one.name}
      tabIndex={-1}
      onKeyDown={event => {
        if (event.target instanceof HTMLInputElement && event.code !== 'Escape') return event.stopPropagation()
        if (event.code === 'Escape') onShow(undefined)
        else if (event.code === 'ArrowRight') step(1)
        else if (event.code === 'ArrowLeft') step(-1)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <header>
        <b>{one.name}</b>
        <button type="button" className="button button--plain push" onClick={() => onShow(undefined)}>
          {say('act.close')} <kbd>Esc</kbd>
        </button>
      </header>
      <img src={source(one)} alt={one.name} />
      <dl>
        <dt>{say('seals.photo.taken')}</dt>
        <dd>{one.takenAtMs === undefined ? say('seals.photo.no-time') : dateTimeKst(one.takenAtMs)}</dd>
        <dt>{say('seals.photo.came')}</dt>
        <dd>
          {dateTimeKst(one.atMs)} {one.by} · {bytes(one.bytes)}
        </dd>
        <dt>SHA-256</dt>
        <dd>
          <code>{one.sha256}</code>
          <div className="note">{say('seals.photo.note')}</div>
          {app.may('incidents.originals') && (
            <form
              onSubmit={event => {
                event.preventDefault()
                if (reason.trim().length >= 2)
                  window.open(`${source(one)}/original?reason=${encodeURIComponent(reason.trim())}`, '_blank', 'noreferrer')
              }}
            >
              <input
                className="input"
                placeholder={say('seals.photo.reason')}
                aria-label={say('seals.photo.reason')}
                value={reason}
                onChange={event => setReason(event.target.value)}
              />
              <button type="submit" className="button is-small" disabled={reason.trim().length < 2}>
                {say('seals.photo.original')}
              </button>
            </form>
          )}
        </dd>
      </dl>
    </div>
  )
}
