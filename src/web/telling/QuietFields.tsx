import { useSay } from '../app.ts'
import { minuteWords } from './rule-words.ts'

type Quiet = { readonly fromMinute: number; readonly toMinute: number }
const NIGHT: Quiet = { fromMinute: 1320, toMinute: 420 }
const minuteOf = (clock: string): number => {
  const [hour, minute] = clock.split(':').map(Number)
  return (hour ?? 0) * 60 + (minute ?? 0)
}

/** Quiet hours or none; times of Korea. */
export function QuietFields({
  label,
  quiet,
  change,
}: {
  label: string
  quiet: Quiet | undefined
  change?: (quiet: Quiet | undefined) => void
}) {
  const say = useSay()
  return (
    <div className="telling__quiet">
      <label className="check">
        <input
          type="checkbox"
          checked={quiet !== undefined}
          disabled={!change}
          onChange={event => change?.(event.target.checked ? NIGHT : undefined)}
        />
        {label}
      </label>
      {quiet && (
        <>
          <input
            className="input"
            type="time"
            aria-label={`${label} ${say('telling.rule.from')}`}
            value={minuteWords(quiet.fromMinute)}
            disabled={!change}
            onChange={event => change?.({ ...quiet, fromMinute: minuteOf(event.target.value) })}
          />
          <span>–</span>
          <input
            className="input"
            type="time"
            aria-label={`${label} ${say('telling.rule.to')}`}
            value={minuteWords(quiet.toMinute)}
            disabled={!change}
            onChange={event => change?.({ ...quiet, toMinute: minuteOf(event.target.value) })}
          />
        </>
      )}
    </div>
  )
}
