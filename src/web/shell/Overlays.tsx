import { useEffect, useRef } from 'react'
import { AlarmForm } from '../alerts/AlarmForm.tsx'
import { SoundTest } from '../alerts/SoundTest.tsx'
import { useApp, useSay } from '../app.ts'
import { IncidentForm } from '../incidents/IncidentForm.tsx'
import { AreaForm } from '../places/AreaForm.tsx'
import { ReportForm } from '../reports/ReportForm.tsx'
import { Kbd } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import type { KeyContext } from './commands.ts'
import { Finder } from './Finder.tsx'
import { useStore } from './store.ts'

/** The one open overlay. Esc or a press beside it closes; alarms go on behind it. The focus returns to where it was. */
export function Overlays() {
  const app = useApp()
  const overlay = useStore(app.overlay)
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!overlay) return
    const before = document.activeElement
    const first = frame.current?.querySelector<HTMLElement>('input, textarea, select, button')
    if (!frame.current?.contains(document.activeElement)) first?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [overlay])
  if (!overlay) return null
  return (
    <div className="overlay" ref={frame} onPointerDown={event => event.target === event.currentTarget && app.overlay.set(undefined)}>
      {overlay.kind === 'palette' && <Finder />}
      {overlay.kind === 'keys' && <KeySheet />}
      {overlay.kind === 'incident-form' && <IncidentForm key={overlay.form} form={overlay.form} id={overlay.id} />}
      {overlay.kind === 'report-form' && <ReportForm key={overlay.form} form={overlay.form} />}
      {overlay.kind === 'sound' && <SoundTest />}
      {overlay.kind === 'alarm-form' && <AlarmForm key={overlay.form} form={overlay.form} alarmId={overlay.alarmId} />}
      {overlay.kind === 'area-form' && <AreaForm areaId={overlay.areaId} />}
    </div>
  )
}

const CONTEXTS: readonly KeyContext[] = ['everywhere', 'page', 'alarm', 'dossier', 'chart', 'time']

/** `?`: the keys that apply now. */
function KeySheet() {
  const app = useApp()
  const say = useSay()
  return (
    <div className="sheet is-wide" role="dialog" aria-modal="true" aria-label={say('keys.title')}>
      <div className="sheet__head">
        {say('keys.title')}
        <button type="button" className="button button--plain push" onClick={() => app.overlay.set(undefined)}>
          {say('act.close')} <kbd>Esc</kbd>
        </button>
      </div>
      <div className="sheet__body">
        <p className="note">{say('keys.note')}</p>
        <div className="key-groups">
          {CONTEXTS.filter(context =>
            app.commands().some(command => command.context === context && command.keys && !command.isForbidden),
          ).map(context => (
            <div key={context}>
              <h3>{say(`keys.${context}`)}</h3>
              {app
                .commands()
                .filter(command => command.context === context && command.keys && !command.isForbidden)
                .map(command => (
                  <div key={command.id} className="key-line">
                    <span>{say(command.name, command.values)}</span>
                    <Kbd keys={command.keys ?? ''} />
                  </div>
                ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

/** What was done and can be undone for 10 s; what was refused and why. */
export function Toasts() {
  const app = useApp()
  const say = useSay()
  const toasts = useStore(app.toasts)
  const nowMs = useNow()
  const there = toasts.filter(toast => toast.untilMs > nowMs)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {there.map(toast => (
        <div key={toast.id} className={`toast ${toast.tone === 'bad' ? 'is-bad' : ''}`}>
          {toast.text}
          {toast.open && (
            <button
              type="button"
              className="button"
              onClick={() => {
                app.toasts.set(list => list.filter(other => other !== toast))
                toast.open?.()
              }}
            >
              {say('act.open')}
            </button>
          )}
          {toast.undo && (
            <button
              type="button"
              className="button"
              onClick={() => {
                app.toasts.set(list => list.filter(other => other !== toast))
                void toast.undo?.undo()
              }}
            >
              {say('act.undo')} <kbd>Ctrl Z</kbd>
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
