// Where words are written: in the line itself. Each letter is kept in the browser; Enter saves, Esc leaves without losing what was begun. Two who wrote at the same words see both.
import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { type EditDeed, targetsOf } from './model.ts'
import { isSection } from './wire.ts'

const PATIENCE_MS = 1500

export function Writer({
  place,
  label,
  before,
  lead,
  isCell = false,
}: {
  place: string
  label: string
  before: string
  lead?: string
  isCell?: boolean
}) {
  const app = useApp()
  const say = useSay()
  const open = useStore(app.reports.open)
  const clash = useStore(app.reports.clash)
  const id = open?.id ?? ''
  const revision = open?.report?.revision ?? 0
  const kept = app.reports.words.get(id, place)
  const [words, setWords] = useState(kept?.text ?? before)
  const [reason, setReason] = useState('')
  const [trouble, setTrouble] = useState<string>()
  const [isSaving, setSaving] = useState(false)
  /** What was read when the writing began; a clash that was seen moves it on. */
  const base = useRef(kept?.base ?? revision)
  const field = useRef<HTMLTextAreaElement>(null)
  const isClash = clash?.place === place
  useEffect(() => {
    const area = field.current
    if (!area) return
    // The whole of it, with its buttons: a line added at the lower edge is not written blindly.
    area.form?.scrollIntoView({ block: 'nearest' })
    area.focus({ preventScroll: true })
    area.setSelectionRange(area.value.length, area.value.length)
  }, [])
  const change = (next: string): void => {
    setWords(next)
    app.reports.words.set(id, place, { text: next, base: base.current })
  }
  const leave = (): void => {
    if (words === before) app.reports.words.drop(id, place)
    app.reports.clash.set(undefined)
    app.reports.write(undefined)
  }
  const save = (on = base.current): void => {
    const edit = editOf(place, words.trim(), lead)
    if (isSaving || words.trim() === '' || !edit) return
    if (words.trim() === before && edit.deed === 'text') return leave()
    setSaving(true)
    setTrouble(undefined)
    // A line that is down keeps nobody here: the words are kept, and go when it is back.
    const patience = setTimeout(() => app.reports.look.get().writing === place && app.reports.write(undefined), PATIENCE_MS)
    app.reports.edit(edit, { base: on, reason, place }).then(
      () => {
        clearTimeout(patience)
        setSaving(false)
        if (app.reports.clash.get()?.place !== place) app.reports.write(undefined)
      },
      refusal => {
        clearTimeout(patience)
        setSaving(false)
        setTrouble(refusal instanceof Error ? refusal.message : String(refusal))
      },
    )
    return undefined
  }
  const theirs = isClash && open?.report ? targetsOf(open.report.paper).find(one => one.id === place)?.text : undefined
  return (
    <form
      className={`writer ${isCell ? 'is-cell' : ''} ${isClash ? 'is-clash' : ''}`}
      aria-label={label}
      onSubmit={event => {
        event.preventDefault()
        save(isClash ? revision : base.current)
      }}
      onKeyDown={event => {
        if (event.nativeEvent.isComposing) return
        if (event.code === 'Escape') {
          event.preventDefault()
          event.stopPropagation()
          leave()
        } else if (event.code === 'Enter' && !event.shiftKey && !isClash) {
          event.preventDefault()
          event.stopPropagation()
          save()
        } else if (event.ctrlKey || event.metaKey) event.stopPropagation()
      }}
    >
      {isClash && (
        <div className="writer__clash" role="alert">
          <b>{say('reports.clash')}</b>
          <p>
            <span>{say('reports.clash-theirs')}</span> {theirs ?? say('reports.clash-gone')}
          </p>
          <p>
            <span>{say('reports.clash-mine')}</span> {words}
          </p>
        </div>
      )}
      {lead !== undefined && <b className="writer__lead">({lead})</b>}
      <textarea
        ref={field}
        className="writer__words"
        aria-label={label}
        value={words}
        maxLength={1000}
        rows={Math.max(isCell ? 1 : 2, Math.ceil(words.length / 52))}
        onChange={event => change(event.target.value)}
      />
      <div className="writer__foot">
        <input
          className="writer__reason"
          aria-label={say('reports.reason')}
          placeholder={say('reports.reason')}
          value={reason}
          maxLength={200}
          onChange={event => setReason(event.target.value)}
        />
        {trouble && (
          <span className="writer__trouble" role="alert">
            {trouble}
          </span>
        )}
        {isClash ? (
          <>
            <button
              type="button"
              className="writer__act"
              onClick={() => {
                app.reports.words.drop(id, place)
                app.reports.clash.set(undefined)
                app.reports.write(undefined)
              }}
            >
              {say('reports.clash-keep-theirs')}
            </button>
            <button type="submit" className="writer__act is-main">
              {say('reports.clash-use-mine')}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="writer__act" onClick={leave}>
              {say('act.cancel')} <kbd>Esc</kbd>
            </button>
            <button type="submit" className="writer__act is-main" aria-disabled={isSaving}>
              {isSaving ? say('reports.saving') : say('reports.save')} <kbd>Enter</kbd>
            </button>
          </>
        )}
      </div>
    </form>
  )
}

/** `add:events` · `add:events:PARENT` · a line’s or cell’s own id. */
export function editOf(place: string, text: string, lead?: string): EditDeed | undefined {
  const [, section, , parent] = /^add:([a-z-]+)(:(.+))?$/.exec(place) ?? []
  if (section === undefined) return { deed: 'text', target: place, text }
  if (!isSection(section)) return undefined
  const [, bracket, rest] = parent === undefined ? (/^\(([^)]{1,40})\)\s*(.+)$/.exec(text) ?? []) : []
  return {
    deed: 'add',
    section,
    ...(parent === undefined ? {} : { parent }),
    ...(bracket !== undefined && rest !== undefined ? { lead: bracket, text: rest } : { ...(lead ? { lead } : {}), text }),
  }
}
