import { useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst, thousands } from '../i18n/format.ts'
import { Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import type { Unknown } from './model.ts'

/** Devices that speak and are not in the stock: kept and answered, taken in with one press. */
export function UnknownSeals({ strange, onAdopted }: { strange: readonly Unknown[]; onAdopted(): Promise<void> }) {
  const say = useSay()
  return (
    <Panel label={say('seals.unknown')} region="unknown-seals">
      <PanelHead title={say('seals.unknown')}>
        <span className="note">{strange.length}</span>
      </PanelHead>
      <div className="grow scroll">
        {strange.length === 0 && <State title={say('seals.unknown-none')} note={say('seals.unknown-note')} />}
        {strange.map(one => (
          <UnknownLine key={one.id} one={one} onAdopted={onAdopted} />
        ))}
      </div>
    </Panel>
  )
}

function UnknownLine({ one, onAdopted }: { one: Unknown; onAdopted(): Promise<void> }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(30_000)
  const [trouble, setTrouble] = useState<string>()
  const adopt = async (): Promise<void> => {
    try {
      await app.api.json('POST', `/api/seals/unknown/${encodeURIComponent(one.id)}/adopt`, {})
      await onAdopted()
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
    }
  }
  return (
    <div className="seal-line">
      <span>
        <b>{one.deviceId}</b> <small className="note">{one.protocol}</small>
        <br />
        <small className="note">
          {say('seals.reports', { n: thousands(one.reports) })}
          {one.lastAtMs !== undefined && ` · ${momentKst(one.lastAtMs, nowMs)}`}
        </small>
      </span>
      {app.may('seals.change') && (
        <button type="button" className="button" onClick={() => void adopt()}>
          {say('seals.adopt')}
        </button>
      )}
      {trouble && <p className="is-bad">{trouble}</p>}
    </div>
  )
}
