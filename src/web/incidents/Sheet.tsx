// The frame of every sheet of an incident: what a deed asks for before it is done. Ctrl Enter does it; a refusal stands in it and nothing is lost.
import { type ReactNode, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { Field } from '../ui/parts.tsx'
import type { Full } from './model.ts'

export function Sheet({
  title,
  note,
  act,
  onDo,
  children,
}: {
  title: string
  note: string
  act: string
  onDo: () => Promise<unknown> | undefined
  children: ReactNode
}) {
  const app = useApp()
  const say = useSay()
  const [problem, setProblem] = useState<string>()
  const [isDoing, setDoing] = useState(false)
  const close = (): void => app.overlay.set(undefined)
  const submit = (): void => {
    const task = isDoing ? undefined : onDo()
    if (!task) return
    setDoing(true)
    task.then(close, refusal => {
      setDoing(false)
      setProblem(refusal instanceof Error ? refusal.message : String(refusal))
    })
  }
  return (
    <form
      className="sheet"
      role="dialog"
      aria-modal="true"
      aria-label={title}
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={event => {
        if (event.nativeEvent.isComposing || event.code !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.stopPropagation()
        submit()
      }}
    >
      <div className="sheet__head">
        {title} <span className="note">{note}</span>
      </div>
      <div className="sheet__body form">
        {children}
        {problem && (
          <p className="form__error" role="alert">
            {problem}
          </p>
        )}
        <div className="form__acts">
          <button type="button" className="button" onClick={close}>
            {say('act.cancel')} <kbd>Esc</kbd>
          </button>
          <button type="submit" className="button is-main" aria-disabled={isDoing}>
            {act} <kbd>Ctrl Enter</kbd>
          </button>
        </div>
      </div>
    </form>
  )
}

export const subject = (incident: Full): string => `${incident.number} · ${incident.title}`

/** What is looked at only with a reason. */
export function ReasonSheet({
  title,
  note,
  reason,
  onReason,
  onDo,
}: {
  title: string
  note: string
  reason: string
  onReason: (reason: string) => void
  onDo: () => Promise<unknown> | undefined
}) {
  const say = useSay()
  return (
    <Sheet title={title} note={note} act={say('incidents.look')} onDo={() => (reason.trim().length < 2 ? undefined : onDo())}>
      <p className="note">{say('incidents.look-note')}</p>
      <Field label={say('incidents.reason')}>
        <input className="input" required minLength={2} maxLength={500} value={reason} onChange={event => onReason(event.target.value)} />
      </Field>
    </Sheet>
  )
}
