import type { ReactNode } from 'react'
import { useApp, useSay } from '../app.ts'
import { age, clockKst, momentKst, stopwatch } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { AlarmIcon, LEVEL_TEXT } from '../ui/parts.tsx'
import type { AlarmView } from './model.ts'

const HOUR_MS = 3_600_000

/** The reason without the name it begins with: that stands in the line above, and the room is for what matters. */
export const whyUnder = (label: string | undefined, why: string): string =>
  label !== undefined && why.startsWith(`${label}: `) ? why.slice(label.length + 2) : why

/** What · where · why it matters · what to do. No click needs a second wait: everything shown came with the alarm. */
export function AlarmCard({
  alarm,
  isSelected,
  acts,
  onOpen,
  nowMs,
}: {
  alarm: AlarmView
  isSelected: boolean
  acts?: ReactNode
  onOpen: () => void
  nowMs: number
}) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const waits = useStore(app.outbox.waiting).some(deed => deed.about === alarm.id)
  const isNew = !alarm.isAcknowledged && alarm.state === 'new'
  const [first, ...others] = alarm.subjects
  const place = alarm.placeName?.[language]
  const since = nowMs - alarm.raisedAtMs
  return (
    <div
      role="option"
      tabIndex={isSelected ? 0 : -1}
      aria-selected={isSelected}
      data-alarm={alarm.id}
      className={`alarm-card level-${alarm.level} ${isNew ? 'is-unacknowledged' : ''} ${isSelected ? 'is-selected' : ''}`}
      onClick={onOpen}
      onKeyDown={event => event.code === 'Enter' && event.target === event.currentTarget && onOpen()}
    >
      <div className="alarm-card__icon">
        <AlarmIcon level={alarm.level} flashes={isNew} hollow={alarm.isEnded && isNew} />
      </div>
      <div>
        <div className="alarm-card__head">
          <span className="alarm-card__name">{wordFor(say, 'detector', alarm.detector)}</span>
          <span className="alarm-card__level">{say(LEVEL_TEXT[alarm.level] ?? 'level.4')}</span>
          {alarm.count > 1 && <span className="alarm-card__count">×{alarm.count}</span>}
          {alarm.isEnded && alarm.state !== 'closed' && <span className="mark">{say('alarm.ended')}</span>}
          {!alarm.isLive && <span className="mark">{say('alarm.from-old')}</span>}
          {waits && <span className="mark is-act">{say('outbox.sending')}</span>}
          <span className="alarm-card__age" title={clockKst(alarm.raisedAtMs)}>
            {alarm.state === 'closed' ? momentKst(alarm.raisedAtMs, nowMs) : since < HOUR_MS ? stopwatch(since) : age(since, language)}
          </span>
        </div>
        <div className="alarm-card__what">
          {first && <b>{first.label}</b>}
          {others.length > 0 && others.length < 3 && ` ↔ ${others.map(subject => subject.label).join(' ↔ ')}`}
          {others.length >= 3 && ` ${say('alarm.and-others', { n: others.length })}`}
          {place && ` · ${place}`}
        </div>
        <div className="alarm-card__why">
          {whyUnder(first?.label, alarm.why[language])}
          {alarm.assignedTo && <span className="alarm-card__who">{say('alarm.with', { name: alarm.assignedTo })}</span>}
          {alarm.state === 'shelved' && alarm.shelvedUntilMs !== undefined && (
            <span className="alarm-card__who">{say('alarm.shelved-until', { time: momentKst(alarm.shelvedUntilMs, nowMs) })}</span>
          )}
          {alarm.state === 'closed' && alarm.outcome && <span className="alarm-card__who">{wordFor(say, 'outcome', alarm.outcome)}</span>}
        </div>
        {acts}
      </div>
    </div>
  )
}
