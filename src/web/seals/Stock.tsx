import { useCallback, useEffect, useState } from 'react'
import { SEAL_LIVES } from '#seals/schema.ts'
import { useApp, useSay } from '../app.ts'
import { age, momentKst, thousands } from '../i18n/format.ts'
import { useOffice } from '../incidents/parts.tsx'
import { list } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { type SealView, seal, type Unknown, unknown } from './model.ts'

const MOST = 500
const REFRESH_MS = 10_000

/** The stock of seals, how each is, and devices nobody knows yet. */
export function Stock() {
  const app = useApp()
  const say = useSay()
  const found = useStore(app.seals.found)
  const [seals, setSeals] = useState<readonly SealView[]>()
  const [strange, setStrange] = useState<readonly Unknown[]>([])
  const [trouble, setTrouble] = useState<string>()
  const load = useCallback(async () => {
    try {
      const [stock, others] = await Promise.all([app.api.json('GET', '/api/seals'), app.api.json('GET', '/api/seals/unknown')])
      setSeals(list(stock).map(seal))
      setStrange(list(others).map(unknown))
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
    }
  }, [app])
  useEffect(() => {
    void load()
    const timer = setInterval(() => void load(), REFRESH_MS)
    return () => clearInterval(timer)
  }, [load, found])
  return (
    <div className="page is-two">
      <Panel label={say('seals.stock')} region="stock">
        <PanelHead title={say('seals.stock')}>
          {seals && <span className="note">{say('seals.stock-count', { n: thousands(seals.length) })}</span>}
        </PanelHead>
        <div className="grow scroll">
          {trouble !== undefined && <State title={trouble} />}
          {!seals && trouble === undefined && <Bones blocks={4} />}
          {seals?.length === 0 && <State title={say('seals.stock-empty')} note={say('seals.stock-empty-note')} />}
          {seals && seals.length > 0 && <StockTable seals={seals} />}
        </div>
      </Panel>
      <Panel label={say('seals.unknown')} region="unknown-seals">
        <PanelHead title={say('seals.unknown')}>
          <span className="note">{strange.length}</span>
        </PanelHead>
        <div className="grow scroll">
          {strange.length === 0 && <State title={say('seals.unknown-none')} note={say('seals.unknown-note')} />}
          {strange.map(one => (
            <UnknownLine key={one.id} one={one} onAdopted={load} />
          ))}
        </div>
      </Panel>
    </div>
  )
}

function StockTable({ seals }: { seals: readonly SealView[] }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const office = useOffice()
  const nowMs = useNow(1000)
  const sorted = [...seals].sort((a, b) => SEAL_LIVES.indexOf(b.life) - SEAL_LIVES.indexOf(a.life) || (a.number < b.number ? -1 : 1))
  return (
    <table className="grid-table is-plain">
      <thead>
        <tr>
          <th>{say('seals.column.number')}</th>
          <th>{say('seals.column.life')}</th>
          <th>{say('seals.column.protocol')}</th>
          <th>{say('seals.column.office')}</th>
          <th>{say('seals.column.journey')}</th>
          <th className="is-number">{say('seals.column.battery')}</th>
          <th className="is-number">{say('seals.column.heard')}</th>
          <th>{say('seals.column.line')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.slice(0, MOST).map(one => (
          <tr key={one.id} onClick={() => one.journey && app.go({ sieve: undefined, item: one.journey })}>
            <td>
              <b>{one.number}</b>
            </td>
            <td>{say(`seals.life.${one.life}`)}</td>
            <td>{one.protocol}</td>
            <td>{office(one.organisation, true)}</td>
            <td>{one.journey ?? '–'}</td>
            <td className={`is-number ${(one.batteryPercent ?? 100) < 20 ? 'is-bad' : ''}`}>
              {one.batteryPercent === undefined ? '–' : `${one.batteryPercent} %`}
            </td>
            <td className="is-number">{one.lastAtMs === undefined ? '–' : age(nowMs - one.lastAtMs, language)}</td>
            <td>{say(one.isConnected ? 'seals.connected' : 'seals.not-connected')}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
