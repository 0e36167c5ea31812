import { useApp, useSay } from '../app.ts'
import { age } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { AlarmNotices } from '../telling/AlarmNotices.tsx'
import { CommandButton } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { alarmOf } from './alarm-of.ts'

/** The newest open alarm about the journey: why, who has it, and acknowledged from here. */
export function JourneyAlarm({ id }: { id: string }) {
  const app = useApp()
  const say = useSay()
  const { alarms } = useStore(app.alarms.state)
  const { language } = useStore(app.desk)
  const nowMs = useNow(1000)
  const alarm = alarmOf(alarms.values(), id)
  if (!alarm || alarm.state === 'closed') return null
  return (
    <section className={`journey-alarm is-level-${alarm.level} ${alarm.isAcknowledged ? '' : 'is-new'}`} aria-live="polite">
      <p>
        <b>{say(`detector.${alarm.detector}` as 'detector.seal-opened')}</b> {alarm.why[language]}
      </p>
      <p className="note">
        {age(nowMs - alarm.raisedAtMs, language)}
        {alarm.count > 1 && ` · ×${alarm.count}`}
        {alarm.acknowledgedBy !== undefined && ` · ${say('seals.alarm.by', { name: alarm.acknowledgedBy })}`}
      </p>
      <div className="journey-alarm__acts">
        {!alarm.isAcknowledged && <CommandButton command={app.commands().find(one => one.id === 'seals.acknowledge')} look="is-main" />}
        <button
          type="button"
          className="button"
          onClick={() => app.go({ page: 'situation', item: undefined, sieve: undefined, selection: { kind: 'alarm', id: alarm.id } })}
        >
          {say('seals.alarm.open')}
        </button>
      </div>
    </section>
  )
}

/** Who was told of it, and where all messages are. */
export function JourneyNotices({ id }: { id: string }) {
  const app = useApp()
  const say = useSay()
  const { alarms } = useStore(app.alarms.state)
  const alarm = alarmOf(alarms.values(), id)
  if (!alarm) return null
  return (
    <>
      <AlarmNotices alarm={alarm.id} />
      {app.may('telling.look') && (
        <p className="facts-part__foot">
          <button type="button" className="link-button" onClick={() => app.go({ page: 'telling', item: undefined, sieve: undefined })}>
            {say('seals.all-messages')}
          </button>
        </p>
      )}
    </>
  )
}
