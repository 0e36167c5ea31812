import { useRef } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Tick } from '../ui/parts.tsx'
import type { Draft } from './model.ts'
import { Part } from './parts.tsx'
import { FILE_TYPES } from './upload.ts'

/** Photos, videos and papers, each with how far it has come. */
export function ReportFiles({ draft }: { draft: Draft }) {
  const app = useApp()
  const say = useSay()
  const { form } = app.incidents
  const progress = useStore(form.files)
  const input = useRef<HTMLInputElement>(null)
  const done = draft.files.filter(file => (progress.get(file.id)?.share ?? 0) >= 1).length
  return (
    <Part
      className="is-files"
      label={say('incidents.files-label')}
      note={draft.files.length === 0 ? say('incidents.files-note') : say('incidents.files-done', { n: draft.files.length, done })}
    >
      <div className="file-grid is-form">
        {draft.files.map(file => {
          const now = progress.get(file.id)
          return (
            <figure key={file.id} className={`file-thumb is-${file.kind} ${now?.trouble || now?.isElsewhere ? 'is-bad' : ''}`}>
              {file.thumbnail ? (
                <img src={file.thumbnail} alt={file.name} />
              ) : (
                <span className="file-thumb__kind">{say(`incidents.file.${file.kind}`)}</span>
              )}
              <figcaption title={now?.trouble}>
                <span>{now?.isElsewhere ? say('incidents.draft-elsewhere') : (now?.trouble ?? file.name)}</span>
                <b>
                  {now?.trouble || now?.isElsewhere ? '!' : (now?.share ?? 0) >= 1 ? <Tick /> : `${Math.floor((now?.share ?? 0) * 100)} %`}
                </b>
              </figcaption>
              <button
                type="button"
                className="file-thumb__remove"
                aria-label={say('incidents.remove-file', { name: file.name })}
                onClick={() => form.removeFile(file.id)}
              >
                ×
              </button>
            </figure>
          )
        })}
        <button type="button" className="file-drop" onClick={() => input.current?.click()}>
          <span className="only-desk">{say('incidents.drop-here')}</span>
          <span className="only-phone file-drop__camera">
            <svg width="28" height="24" viewBox="0 0 28 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
              <path d="M2 6h6l2-3h8l2 3h6v15H2z" />
              <circle cx="14" cy="13" r="5" />
            </svg>
            {say('incidents.photo')}
          </span>
        </button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        data-incident-files
        accept={FILE_TYPES}
        onChange={event => {
          void form.addFiles(event.target.files ?? [])
          event.target.value = ''
        }}
      />
    </Part>
  )
}
