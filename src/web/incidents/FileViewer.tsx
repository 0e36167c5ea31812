import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { bytes, dateTimeKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import type { FileView } from './model.ts'
import { useOffice } from './parts.tsx'

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(last, at + 1),
  ArrowLeft: at => Math.max(0, at - 1),
  Home: () => 0,
  End: (_at, last) => last,
}

/** Photos and films of an incident, large, one after another: arrows step, Esc closes. Beside each: when, by whom, and the hash of the original that is kept. */
export function FileViewer({ id }: { id: string }) {
  const app = useApp()
  const say = useSay()
  const files = useStore(app.incidents.open)?.full?.files ?? []
  const [shown, setShown] = useState(id)
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => frame.current?.focus(), [])
  const at = files.findIndex(file => file.id === shown)
  const file = files[at]
  if (!file) return null
  const close = (): void => app.overlay.set(undefined)
  const step = (code: string): boolean => {
    const next = files[STEPS[code]?.(at, files.length - 1) ?? at]
    if (!STEPS[code] || !next) return false
    setShown(next.id)
    return true
  }
  return (
    <div
      ref={frame}
      className="viewer"
      role="dialog"
      aria-modal="true"
      aria-label={say('incidents.files-head')}
      tabIndex={-1}
      onKeyDown={(event: KeyboardEvent) => {
        // A film's own keys are its own.
        if (event.target instanceof HTMLVideoElement || !step(event.code)) return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <div className="viewer__head">
        <b>
          {at + 1} / {files.length}
        </b>
        <span className="viewer__name">{file.name}</span>
        <button type="button" className="button button--plain push" onClick={close}>
          {say('act.close')} <kbd>Esc</kbd>
        </button>
      </div>
      <div className="viewer__stage">
        <button
          type="button"
          className="viewer__step"
          aria-label={say('incidents.file-before')}
          aria-disabled={at === 0}
          onClick={() => step('ArrowLeft')}
        >
          ‹
        </button>
        <Shown key={file.id} file={file} />
        <button
          type="button"
          className="viewer__step"
          aria-label={say('incidents.file-after')}
          aria-disabled={at === files.length - 1}
          onClick={() => step('ArrowRight')}
        >
          ›
        </button>
      </div>
      <About file={file} />
    </div>
  )
}

function Shown({ file }: { file: FileView }) {
  const say = useSay()
  const [isBroken, setBroken] = useState(false)
  const source = `/api/attachments/${encodeURIComponent(file.id)}`
  if (isBroken) return <p className="viewer__page">{say('incidents.file-broken')}</p>
  if (file.kind === 'video')
    return <video className="viewer__picture" src={source} controls autoPlay muted onError={() => setBroken(true)} />
  if (file.kind === 'photo') return <img className="viewer__picture" src={source} alt={file.name} onError={() => setBroken(true)} />
  return (
    <p className="viewer__page">
      {say('incidents.file.pdf')}
      <a className="button" href={source} target="_blank" rel="noreferrer">
        {say('incidents.file-get')}
      </a>
    </p>
  )
}

function About({ file }: { file: FileView }) {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  return (
    <dl className="viewer__facts">
      <dt>{say('incidents.file-taken')}</dt>
      <dd>{file.takenAtMs === undefined ? say('incidents.file-no-time') : dateTimeKst(file.takenAtMs)}</dd>
      <dt>{say('incidents.file-sent')}</dt>
      <dd>
        {dateTimeKst(file.atMs)} {file.by.name} {office(file.by.organisation, true)} · {bytes(file.bytes)}
      </dd>
      <dt>{say('incidents.file-hash')}</dt>
      <dd>
        <code className="viewer__hash">{file.sha256}</code>{' '}
        <button
          type="button"
          className="link-button"
          onClick={() =>
            navigator.clipboard.writeText(file.sha256).then(
              () => app.toast(say('incidents.file-hash-copied')),
              () => undefined,
            )
          }
        >
          {say('incidents.copy')}
        </button>
        {app.may('incidents.originals') && (
          <button
            type="button"
            className="link-button"
            onClick={() => app.overlay.set({ kind: 'incident-form', form: 'original', id: file.id })}
          >
            {say('incidents.original')}
          </button>
        )}
        <div className="note">{say('incidents.file-note')}</div>
      </dd>
    </dl>
  )
}
