import { useApp, useSay } from '../app.ts'
import { bytes, minuteKst } from '../i18n/format.ts'
import type { FileView } from './model.ts'

/** A photo, film or paper: its small picture and when it was taken. It opens large; the original is a right of its own. */
export function FileThumb({ file }: { file: FileView }) {
  const app = useApp()
  const say = useSay()
  const source = `/api/attachments/${encodeURIComponent(file.id)}`
  return (
    <figure className={`file-thumb is-${file.kind}`}>
      <button
        type="button"
        className="file-thumb__open"
        title={`${file.name} · ${bytes(file.bytes)} · SHA-256 ${file.sha256.slice(0, 12)}…`}
        onClick={() => app.overlay.set({ kind: 'incident-form', form: 'file', id: file.id })}
      >
        {file.hasThumbnail ? (
          <img src={`${source}/thumbnail`} alt={file.name} loading="lazy" />
        ) : (
          <span className="file-thumb__kind">{say(`incidents.file.${file.kind}`)}</span>
        )}
        {file.kind === 'video' && <span className="file-thumb__play" aria-hidden="true" />}
      </button>
      <figcaption>
        <span>{file.name}</span>
        <b>{minuteKst(file.takenAtMs ?? file.atMs)}</b>
      </figcaption>
    </figure>
  )
}
