// The small parts of the alarm list: counters, the next acts of a card, the list's empty state, what waits to be sent.
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { availability } from '../shell/commands.ts'
import { useStore } from '../shell/store.ts'
import { AlarmIcon, CommandButton, LEVEL_TEXT, type Level, State } from '../ui/parts.tsx'
import type { AlarmTab, AlarmView } from './model.ts'

export function Counter({ level, alarms }: { level: Level; alarms: readonly AlarmView[] }) {
  const say = useSay()
  const count = alarms.filter(
    alarm => (alarm.level === level || (level === 1 && alarm.level === 0)) && alarm.state !== 'closed' && alarm.state !== 'shelved',
  ).length
  return (
    <div className={`counter level-${level} ${count === 0 ? 'is-off' : ''}`}>
      <AlarmIcon level={level} size={15} />
      <div>
        <b>{count}</b>
        <small>{say(LEVEL_TEXT[level] ?? 'level.4')}</small>
      </div>
    </div>
  )
}

/** The next acts with their keys; what does not apply now is not shown. */
export function Acts({ alarm }: { alarm: AlarmView }) {
  const app = useApp()
  const ids =
    alarm.state === 'closed'
      ? ['alarm.note']
      : alarm.state === 'shelved'
        ? ['alarm.unshelve', 'alarm.resolve']
        : alarm.isAcknowledged
          ? ['alarm.resolve', 'alarm.assign', 'alarm.false']
          : ['alarm.acknowledge', 'alarm.assign', 'alarm.shelve']
  return (
    <div className="alarm-card__acts">
      {ids.map((id, i) => {
        const command = app.commands().find(one => one.id === id)
        return command && availability(command, false).can ? (
          <CommandButton key={id} command={command} look={i === 0 ? 'is-main' : ''} />
        ) : null
      })}
    </div>
  )
}

export function Empty({ tab, alarms, nowMs }: { tab: AlarmTab; alarms: readonly AlarmView[]; nowMs: number }) {
  const say = useSay()
  const app = useApp()
  const last = alarms.filter(alarm => alarm.state === 'closed' || alarm.isAcknowledged).sort((a, b) => b.lastAtMs - a.lastAtMs)[0]
  return (
    <State
      icon={<AlarmIcon level={4} size={22} />}
      title={say(`alarms.none.${tab}`)}
      note={
        last ? say('alarms.last', { time: momentKst(last.raisedAtMs, nowMs), what: wordFor(say, 'detector', last.detector) }) : undefined
      }
    >
      {tab !== 'closed' && last && (
        <button
          type="button"
          className="button"
          onClick={() => app.alarms.state.set(current => ({ ...current, tab: last.state === 'closed' ? 'closed' : 'active' }))}
        >
          {say('alarms.see-earlier')}
        </button>
      )}
    </State>
  )
}

export function Pending() {
  const app = useApp()
  const say = useSay()
  const waiting = useStore(app.outbox.waiting)
  return waiting.length > 0 ? <span className="push tone-act">{say('outbox.count', { n: waiting.length })}</span> : null
}
