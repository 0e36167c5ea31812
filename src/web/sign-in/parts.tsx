// The small parts that the cards of sign-in share: a password that can be looked at, a code of six digits, one attempt at a time with what became of it.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { PALETTES, useDesk, useSay } from '../app.ts'
import { Refusal } from '../live/ask.ts'
import { LineDown } from '../shell/outbox.ts'
import { useStore } from '../shell/store.ts'
import { PasskeyRefused } from './passkey.ts'
import './fields.css'

export interface Attempt {
  readonly isBusy: boolean
  readonly trouble: string | undefined
  /** Seconds until the server will look at the next try; 0: now. */
  readonly waitS: number
  /** One at a time; a refusal is said, never thrown. */
  run(deed: () => Promise<void>): void
}

export function useAttempt(): Attempt {
  const say = useSay()
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [waitS, setWaitS] = useState(0)
  const running = useRef(false)
  useEffect(() => {
    if (waitS <= 0) return
    const timer = setTimeout(() => setWaitS(waitS - 1), 1000)
    return () => clearTimeout(timer)
  }, [waitS])
  return {
    isBusy,
    trouble,
    waitS,
    run(deed) {
      if (running.current) return
      running.current = true
      setBusy(true)
      setTrouble(undefined)
      deed()
        .catch(error => {
          if (error instanceof Refusal && error.retryAfterS !== undefined) setWaitS(Math.ceil(error.retryAfterS))
          if (error instanceof Refusal) setTrouble(error.sentence)
          else if (error instanceof LineDown) setTrouble(say('sign-in.line'))
          else if (error instanceof PasskeyRefused)
            setTrouble(say(error.message === 'InvalidStateError' ? 'sign-in.passkey-known' : 'sign-in.passkey-not'))
          else setTrouble(String(error))
        })
        .finally(() => {
          running.current = false
          setBusy(false)
        })
    },
  }
}

/** What became of the last try; read out at once. */
export function Trouble({ attempt }: { attempt: Attempt }) {
  const say = useSay()
  return (
    <p className="gate__trouble" role="alert">
      {attempt.trouble}
      {attempt.waitS > 0 && <span className="note"> {say('sign-in.wait', { n: attempt.waitS })}</span>}
    </p>
  )
}

/** One step of the sign-in: its title, its fields, and what its button does. */
export function Card({
  title,
  isWide = false,
  onSubmit,
  children,
}: {
  title: string
  isWide?: boolean
  onSubmit: () => void
  children: ReactNode
}) {
  return (
    <form
      className={isWide ? 'gate__card is-wide' : 'gate__card'}
      aria-labelledby="gate-title"
      onSubmit={event => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <h1 id="gate-title">{title}</h1>
      {children}
    </form>
  )
}

/** The name one signs in by, where browsers' password keepers look for it. */
export function LoginField({
  label,
  value,
  onChange,
  minLength,
  autoFocus = false,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  minLength?: number
  autoFocus?: boolean
}) {
  return (
    <label className="gate__field">
      <span>{label}</span>
      <input
        className="gate__box"
        name="username"
        autoComplete="username"
        spellCheck={false}
        autoCapitalize="none"
        required
        minLength={minLength}
        maxLength={64}
        autoFocus={autoFocus}
        value={value}
        onChange={event => onChange(event.target.value)}
      />
    </label>
  )
}

export function PasswordField({
  label,
  value,
  onChange,
  isNew = false,
  hint,
  autoFocus = false,
  children,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  isNew?: boolean
  hint?: ReactNode
  autoFocus?: boolean
  /** Stands beside the field: the button that sends it. */
  children?: ReactNode
}) {
  const say = useSay()
  const [isShown, setShown] = useState(false)
  const [isCaps, setCaps] = useState(false)
  return (
    <div className="gate__field">
      <div className="gate__row">
        <label className="gate__box">
          <input
            aria-label={label}
            type={isShown ? 'text' : 'password'}
            name="password"
            autoComplete={isNew ? 'new-password' : 'current-password'}
            spellCheck={false}
            autoCapitalize="none"
            placeholder={label}
            required
            maxLength={1024}
            autoFocus={autoFocus}
            value={value}
            onChange={event => onChange(event.target.value)}
            onKeyUp={event => setCaps(event.getModifierState('CapsLock'))}
          />
          <button type="button" className="gate__peek" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {say(isShown ? 'sign-in.hide' : 'sign-in.show')}
          </button>
        </label>
        {children}
      </div>
      {isCaps && <span className="note tone-warn">{say('sign-in.caps')}</span>}
      {hint !== undefined && <span className="note">{hint}</span>}
    </div>
  )
}

/** Six digits, pasted with blanks or not; sent by themselves when the sixth is there. */
export function CodeField({
  label,
  value,
  onChange,
  onWhole,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  onWhole: (code: string) => void
}) {
  return (
    <label className="gate__field">
      <span>{label}</span>
      <input
        className="gate__code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        required
        maxLength={12}
        placeholder="000 000"
        value={value}
        onChange={event => {
          const digits = event.target.value.replace(/\D/g, '').slice(0, 6)
          onChange(digits)
          if (digits.length === 6) onWhole(digits)
        }}
      />
    </label>
  )
}

/** Palette and language, before anybody has signed in. */
export function LookPicker({ children }: { children?: ReactNode }) {
  const desk = useDesk()
  const { palette, language, isPaletteByHour } = useStore(desk)
  const say = useSay()
  return (
    <div className="gate__look">
      <span className="note" id="gate-palette">
        {say('sign-in.palette')}
      </span>
      <div className="gate__palettes" role="group" aria-labelledby="gate-palette">
        {PALETTES.map(one => (
          <button
            key={one}
            type="button"
            aria-pressed={one === palette && !isPaletteByHour}
            className={one === palette ? 'is-on' : ''}
            onClick={() => desk.set(now => ({ ...now, palette: one, isPaletteByHour: false }))}
          >
            <span className="gate__swatch" data-palette={one} aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {say(`palette.${one}`)}
          </button>
        ))}
      </div>
      <div className="gate__row is-spread">
        <div className="gate__languages" role="group" aria-label={say('sign-in.language')}>
          {(['ko', 'en'] as const).map(one => (
            <button
              key={one}
              type="button"
              lang={one}
              aria-pressed={one === language}
              className={one === language ? 'is-on' : ''}
              onClick={() => desk.set(now => ({ ...now, language: one }))}
            >
              {one === 'ko' ? '한국어' : 'English'}
            </button>
          ))}
        </div>
        {children}
      </div>
    </div>
  )
}
