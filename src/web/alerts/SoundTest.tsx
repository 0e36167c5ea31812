import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { AlarmIcon, LEVEL_TEXT } from '../ui/parts.tsx'

/** Hear each level as it sounds at night; switch the caution's sound on. */
export function SoundTest() {
  const app = useApp()
  const say = useSay()
  const sound = useStore(app.alarms.sound)
  const isBlocked = useStore(app.alarms.player.isBlocked)
  return (
    <div className="sheet" role="dialog" aria-modal="true" aria-label={say('sound.test')}>
      <div className="sheet__head">
        {say('sound.test')}
        <button type="button" className="button button--plain push" onClick={() => app.overlay.set(undefined)}>
          {say('act.close')} <kbd>Esc</kbd>
        </button>
      </div>
      <div className="sheet__body form">
        {isBlocked && <p className="form__error">{say('sound.blocked')}</p>}
        {([0, 1, 2, 3] as const).map(level => (
          <div key={level} className="row">
            <AlarmIcon level={level} /> <b style={{ margin: 0 }}>{say(LEVEL_TEXT[level] ?? 'level.4')}</b>{' '}
            <span className="note">{say(`sound.level.${level}`)}</span>
            <button
              type="button"
              className="button"
              onClick={() => {
                app.alarms.player.unlock()
                app.alarms.player.play(level)
              }}
            >
              {say('sound.hear')}
            </button>
          </div>
        ))}
        <label className="check">
          <input type="checkbox" checked={sound.isOn} onChange={() => app.alarms.sound.set(now => ({ ...now, isOn: !now.isOn }))} />
          {say('sound.on')}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={sound.caution}
            onChange={() => app.alarms.sound.set(now => ({ ...now, caution: !now.caution }))}
          />
          {say('sound.caution')}
        </label>
        <p className="note">{say('sound.note')}</p>
      </div>
    </div>
  )
}
