// Where a deed needs its reason in words: one line of the form around it.
import { useSay } from '../app.ts'

interface ReasonLineProps {
  readonly value: string
  onChange(reason: string): void
  readonly autoFocus?: boolean
}

export function ReasonLine({ value, onChange, autoFocus = false }: ReasonLineProps) {
  const say = useSay()
  return (
    <input
      className="input"
      placeholder={say('admin.reason')}
      aria-label={say('admin.reason')}
      autoFocus={autoFocus}
      maxLength={500}
      value={value}
      onChange={event => onChange(event.target.value)}
    />
  )
}
