// What the room hears and what a screen reader says of alarms: the switch, the strip when the browser refuses sound, the live regions.
import { useApp, useSay } from '../app.ts'
import { age } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { LEVEL_TEXT, Strip } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import type { AlarmView } from './model.ts'

export function SoundButton() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const sound = useStore(app.alarms.sound)
  const nowMs = useNow()
  const hush = sound.hushedUntilMs - nowMs
  return (
    <button
      type="button"
      className={`button button--plain push ${sound.isOn ? '' : 'is-off'}`}
      aria-pressed={sound.isOn}
      onClick={() => app.alarms.sound.set(now => ({ ...now, isOn: !now.isOn }))}
    >
      <Loudspeaker isOn={sound.isOn && hush <= 0} />
      {!sound.isOn ? say('sound.off') : hush > 0 ? say('sound.hushed', { time: age(hush, language) }) : say('sound.on')}
    </button>
  )
}

/** Crossed while this desk is silent. */
const Loudspeaker = ({ isOn }: { isOn: boolean }) => (
  <svg width="16" height="14" viewBox="0 0 16 14" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
    <path d="M1 5v4h2.6L7.4 12V2L3.6 5z" fill="currentColor" strokeLinejoin="round" />
    {isOn ? <path d="M10 4.4c1.4 1.4 1.4 3.8 0 5.2M12.2 2.4c2.6 2.6 2.6 6.6 0 9.2" /> : <path d="M2 1l12.5 12.5" strokeWidth="2" />}
  </svg>
)

export function SoundStrip() {
  const app = useApp()
  const say = useSay()
  const isBlocked = useStore(app.alarms.player.isBlocked)
  if (!isBlocked) return null
  return (
    <Strip
      tone="bad"
      push={
        <button type="button" className="button button--plain" onClick={() => app.alarms.player.unlock()}>
          {say('sound.unlock')}
        </button>
      }
    >
      {say('sound.blocked')}
    </Strip>
  )
}

/** Says new alarms to screen readers: assertive for levels 0 and 1, polite for 2. */
export function Announcer({ alarms }: { alarms: readonly AlarmView[] }) {
  const say = useSay()
  const app = useApp()
  const { language } = useStore(app.desk)
  const newest = (least: number, most: number): string => {
    const alarm = alarms
      .filter(one => !one.isAcknowledged && one.state === 'new' && one.level >= least && one.level <= most)
      .sort((a, b) => b.raisedAtMs - a.raisedAtMs)[0]
    return alarm
      ? `${say(LEVEL_TEXT[alarm.level] ?? 'level.4')} ${wordFor(say, 'detector', alarm.detector)} ${alarm.subjects.map(subject => subject.label).join(', ')} ${alarm.why[language]}`
      : ''
  }
  return (
    <>
      <div className="hidden-text" aria-live="assertive">
        {newest(0, 1)}
      </div>
      <div className="hidden-text" aria-live="polite">
        {newest(2, 2)}
      </div>
    </>
  )
}
