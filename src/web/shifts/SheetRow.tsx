import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { toLevel } from '../ui/level.ts'
import { AlarmIcon, Tick } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { tickItem } from './commands.ts'
import type { ItemView, SheetView } from './model.ts'
import { follow } from './parts.tsx'

/** An item that is carried: what it is (leads there), how it stands, the outgoing watch's word, the incoming watch's tick. */
export function SheetRow({ item, sheet }: { item: ItemView; sheet: SheetView }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const { chosen, isWriting } = useStore(app.shifts.sheet)
  const nowMs = useNow(60_000)
  const row = useRef<HTMLDivElement>(null)
  const isChosen = chosen === item.id
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const isOver = item.goneAtMs !== undefined
  const canTick = sheet.state !== 'done' && !isOver && app.may('hand-over.write')
  return (
    <div
      ref={row}
      className={`carried ${isChosen ? 'is-chosen' : ''} ${isOver ? 'is-over' : ''}`}
      data-item={item.id}
      onPointerDown={() => app.shifts.choose(item.id)}
    >
      <span className="carried__what">
        {item.part === 'alarms' && item.level !== undefined && <AlarmIcon level={toLevel(item.level)} size={13} />}
        {item.part === 'incidents' && item.link && <b className="nowrap">{item.link.label}</b>}
        {item.link ? (
          <button type="button" className="log-link" title={item[language]} onClick={() => item.link && follow(app, item.link)}>
            {item[language]}
          </button>
        ) : (
          <span title={item[language]}>{item[language]}</span>
        )}
        {item.isNew && !isOver && <span className="carried__new">{say('shifts.new')}</span>}
      </span>
      <span className="carried__state">
        {isOver ? say('shifts.gone', { time: momentKst(item.goneAtMs ?? 0, nowMs) }) : item.state[language]}
        {!isOver && item.untilMs !== undefined && <b> {momentKst(item.untilMs, nowMs)}</b>}
      </span>
      <Remark item={item} sheet={sheet} isOpen={isChosen && isWriting === true} />
      <button
        type="button"
        className={`carried__tick ${item.isTicked ? 'is-on' : ''}`}
        role="checkbox"
        aria-checked={item.isTicked}
        aria-label={say('shifts.tick-of', { what: item[language] })}
        disabled={!canTick}
        onClick={() => void tickItem(app, item)}
      >
        {(item.isTicked || isOver) && <Tick />}
      </button>
    </div>
  )
}

function Remark({ item, sheet, isOpen }: { item: ItemView; sheet: SheetView; isOpen: boolean }) {
  const app = useApp()
  const say = useSay()
  const [draft, setDraft] = useState('')
  const canWrite = app.may('hand-over.write') && (sheet.state === 'open' || (sheet.state === 'given' && item.isNew))
  useEffect(() => {
    if (isOpen) setDraft(item.remark ?? item.note ?? '')
    // Only when it is opened: what comes meanwhile does not take the words from the hand.
  }, [isOpen])
  if (!isOpen || !canWrite)
    return (
      <button
        type="button"
        className={`carried__remark ${item.remark ? '' : 'is-note'}`}
        title={item.remark ?? item.note}
        disabled={!canWrite}
        onClick={() => app.shifts.choose(item.id, true)}
      >
        {item.remark ?? item.note ?? (canWrite ? say('shifts.remark-here') : '')}
      </button>
    )
  const close = (): void => app.shifts.choose(item.id)
  const save = (): void => {
    close()
    const words = draft.trim()
    if (words !== (item.remark ?? item.note ?? '').trim())
      app.shifts
        .deed('remark', { item: item.id, remark: words })
        .catch(refusal => app.toast(refusal instanceof Error ? refusal.message : String(refusal), { tone: 'bad' }))
  }
  return (
    <input
      className="input carried__input"
      autoFocus
      maxLength={500}
      value={draft}
      aria-label={say('shifts.remark')}
      onChange={event => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={event => {
        if (event.nativeEvent.isComposing) return
        if (event.code === 'Enter') save()
        if (event.code === 'Escape') {
          event.stopPropagation()
          close()
        }
      }}
    />
  )
}
