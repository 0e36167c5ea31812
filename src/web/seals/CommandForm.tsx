import { useState } from 'react'
import { COMMAND_KINDS, type CommandKind } from '#seals/schema.ts'
import { useApp, useSay } from '../app.ts'
import { wordFor } from '../i18n/text.ts'
import { field, text } from '../live/wire.ts'

const INTERVALS_S = [10, 30, 60, 300, 900, 3600] as const
const UNTIL_MIN = [10, 60, 240, 1440] as const

interface Props {
  readonly path: string
  /** By kind: what the protocol has not, by a word of the server. */
  readonly refused: unknown
  /** By kind: what hinders it now, in a sentence. */
  readonly hindered: unknown
  readonly isHighRisk: boolean
  onAsked(): void
}

/** One command to one seal, with its reason and how long it may wait for the seal; what the protocol has not is off, with why. */
export function CommandForm({ path, refused, hindered, isHighRisk, onAsked }: Props) {
  const app = useApp()
  const say = useSay()
  const [kind, setKind] = useState<CommandKind>()
  const [reason, setReason] = useState('')
  const [intervalS, setInterval] = useState<number>(60)
  const [untilMin, setUntil] = useState<number>(60)
  const [isBusy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ readonly words: string; readonly isBad: boolean }>()
  const [password, setPassword] = useState<string>()
  const send = async (): Promise<void> => {
    if (kind === undefined) return
    setBusy(true)
    setSaid(undefined)
    setPassword(undefined)
    try {
      const answer = await app.api.json('POST', path, {
        id: crypto.randomUUID(),
        kind,
        reason: reason.trim(),
        until: new Date(app.now() + untilMin * 60_000).toISOString(),
        ...(kind === 'set-interval' ? { intervalS } : {}),
      })
      setPassword(text(answer, 'password'))
      setSaid({ words: say('seals.asked'), isBad: false })
      setKind(undefined)
      setReason('')
      onAsked()
    } catch (trouble) {
      setSaid({ words: trouble instanceof Error ? trouble.message : String(trouble), isBad: true })
    }
    setBusy(false)
  }
  return (
    <div className="seal-command">
      <div className="seal-command__kinds" role="group" aria-label={say('seals.commands')}>
        {COMMAND_KINDS.map(one => {
          const never = text(refused, one)
          const words = never === undefined ? text(field(hindered, one), 'said') : wordFor(say, 'seals.refused', never)
          return (
            <button
              key={one}
              type="button"
              className={`button is-small ${kind === one ? 'is-pressed' : ''}`}
              aria-pressed={kind === one}
              aria-disabled={words !== undefined}
              title={words}
              onClick={() => {
                setPassword(undefined)
                if (words !== undefined) return setSaid({ words, isBad: true })
                setSaid(undefined)
                setKind(kind === one ? undefined : one)
              }}
            >
              {say(`seals.command.${one}`)}
            </button>
          )
        })}
      </div>
      {kind !== undefined && (
        <form
          className="seal-command__form"
          onSubmit={event => {
            event.preventDefault()
            void send()
          }}
          onKeyDown={event => {
            if (event.code !== 'Escape') return
            event.stopPropagation()
            setKind(undefined)
          }}
        >
          <input
            className="input"
            autoFocus
            maxLength={300}
            placeholder={say('seals.command.reason')}
            aria-label={say('seals.command.reason')}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
          {kind === 'set-interval' && (
            <select
              className="input"
              aria-label={say('seals.command.interval')}
              value={intervalS}
              onChange={event => setInterval(Number(event.target.value))}
            >
              {INTERVALS_S.map(one => (
                <option key={one} value={one}>
                  {say('seals.command.every', { n: one })}
                </option>
              ))}
            </select>
          )}
          <select
            className="input"
            aria-label={say('seals.command.waits')}
            value={untilMin}
            onChange={event => setUntil(Number(event.target.value))}
          >
            {UNTIL_MIN.map(one => (
              <option key={one} value={one}>
                {say('seals.command.within', { n: one })}
              </option>
            ))}
          </select>
          <button type="submit" className="button is-main is-small" disabled={isBusy || reason.trim().length < 2}>
            {say('seals.command.send', { what: say(`seals.command.${kind}`) })}
          </button>
          {(kind === 'unlock' || kind === 'one-time-password') && isHighRisk && <small className="note">{say('seals.command.two')}</small>}
        </form>
      )}
      {password !== undefined && (
        <p className="seal-command__password" role="status">
          {say('seals.command.password')} <b>{password}</b>
          <small className="note">{say('seals.command.password-once')}</small>
        </p>
      )}
      {said && (
        <p className={said.isBad ? 'is-bad' : 'note'} role="status">
          {said.words}
        </p>
      )}
    </div>
  )
}
