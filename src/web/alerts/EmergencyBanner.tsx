// Level 0 across the whole screen, on every page, until somebody acknowledges it (ui.md §3: red octagon, full-width banner).
import { useApp, useSay } from '../app.ts'
import { stopwatch } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { AlarmIcon } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { byUrgency } from './list-order.ts'

export function EmergencyBanner() {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow()
  const { language } = useStore(app.desk)
  const { wall } = useStore(app.address)
  const { alarms } = useStore(app.alarms.state)
  const waiting = [...alarms.values()].filter(alarm => alarm.level === 0 && alarm.state === 'new' && !alarm.isAcknowledged).sort(byUrgency)
  const [alarm, ...others] = waiting
  if (!alarm) return null
  const show = (): void => {
    app.go({ page: 'situation', card: undefined })
    app.alarms.open(alarm.id)
  }
  return (
    <section className="emergency" aria-label={say('level.0')}>
      <AlarmIcon level={0} size={26} flashes />
      <b>{say('level.0')}</b>
      <span className="emergency__what">
        {wordFor(say, 'detector', alarm.detector)} · {alarm.subjects.map(subject => subject.label).join(' ↔ ')}
        {alarm.placeName && ` · ${alarm.placeName[language]}`}
      </span>
      <span className="emergency__why">{alarm.why[language]}</span>
      {others.length > 0 && <span className="note">{say('alarm.more-like-it', { n: others.length })}</span>}
      <span className="push">{stopwatch(nowMs - alarm.raisedAtMs)}</span>
      {!wall && (
        <button type="button" className="button is-grave" onClick={show}>
          {say('emergency.show')}
        </button>
      )}
    </section>
  )
}
