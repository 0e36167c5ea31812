import { useState } from 'react'
import type { SealLife } from '#seals/schema.ts'
import { useApp, useSay } from '../app.ts'
import type { SealView } from './model.ts'

const LIVES: readonly SealLife[] = ['issued', 'in-stock', 'returned', 'lost', 'retired']

/** Those marked are given out, taken back, lost or retired, together and with the reason. */
export function StockChange({ seals, onDone, onDrop }: { seals: readonly SealView[]; onDone(): Promise<void>; onDrop(): void }) {
  const app = useApp()
  const say = useSay()
  const [life, setLife] = useState<SealLife>('issued')
  const [reason, setReason] = useState('')
  const [trouble, setTrouble] = useState<string>()
  const needsReason = life === 'lost' || life === 'retired'
  const send = async (): Promise<void> => {
    setTrouble(undefined)
    try {
      await app.api.json('POST', '/api/seals', {
        seals: seals.map(({ protocol, deviceId, number }) => ({ protocol, deviceId, number, life })),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      })
      app.toast(say('seals.stock-changed', { n: seals.length, life: say(`seals.life.${life}`) }))
      await onDone()
    } catch (refusal) {
      setTrouble(refusal instanceof Error ? refusal.message : String(refusal))
    }
  }
  return (
    <form
      className="stock-change"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <b>{say('seals.stock-marked', { n: seals.length })}</b>
      <div className="segment" role="group" aria-label={say('seals.column.life')}>
        {LIVES.map(one => (
          <button key={one} type="button" aria-pressed={life === one} onClick={() => setLife(one)}>
            {say(`seals.life.${one}`)}
          </button>
        ))}
      </div>
      <input
        className="input"
        maxLength={300}
        placeholder={say('seals.stock-reason')}
        aria-label={say('seals.stock-reason')}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
      <button type="submit" className="button is-main is-small" disabled={needsReason && reason.trim().length < 2}>
        {say('seals.stock-change')}
      </button>
      <button type="button" className="button is-small" onClick={onDrop}>
        {say('seals.stock-unmark')}
      </button>
      {trouble !== undefined && (
        <p className="is-bad" role="alert">
          {trouble}
        </p>
      )}
    </form>
  )
}
