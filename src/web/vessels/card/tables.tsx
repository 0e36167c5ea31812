// The tables of the ship card: whom she met, where she stopped, when she was silent, what alarms she caused, what else was noted. What there is none of is
// one line, not an empty frame.
import type { ReactNode } from 'react'
import type { AlarmView } from '../../alerts/model.ts'
import { useApp, useSay } from '../../app.ts'
import { age, distance, momentKst } from '../../i18n/format.ts'
import { wordFor } from '../../i18n/text.ts'
import { useStore } from '../../shell/store.ts'
import { AlarmIcon, Panel, PanelHead } from '../../ui/parts.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Encounter } from '../encounters.ts'
import type { ShipFinding, Stay } from '../model.ts'
import type { Gap } from '../track.ts'

const KNOTS_PER_METRE_MS = 1943.84

function Table({
  title,
  note,
  none,
  columns,
  children,
}: {
  title: string
  note: ReactNode
  /** The sentence where there is nothing. */
  none: string | undefined
  columns?: readonly string[]
  children: ReactNode
}) {
  return (
    <Panel label={title} className="card__table">
      <PanelHead title={title}>
        <span className="note">{none ?? note}</span>
      </PanelHead>
      {none === undefined && (
        <div className="scroll">
          <table className="grid-table is-tight">
            {columns && (
              <thead>
                <tr>
                  {columns.map((column, n) => (
                    <th key={n}>{column}</th>
                  ))}
                </tr>
              </thead>
            )}
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

export function Encounters({ rows }: { rows: readonly Encounter[] }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const { language } = useStore(app.desk)
  return (
    <Table
      title={say('meeting.title')}
      note={say('card.count', { n: rows.length })}
      none={rows.length === 0 ? say('meeting.none') : undefined}
      columns={[say('meeting.who'), say('meeting.nearest'), say('meeting.lasted'), say('meeting.where'), say('gap.when'), '']}
    >
      {rows.map(row => (
        <tr
          key={`${row.detector}${row.mmsi}${row.fromMs}`}
          tabIndex={0}
          onClick={() => app.go({ page: 'ships', card: row.mmsi })}
          onKeyDown={event => event.code === 'Enter' && app.go({ page: 'ships', card: row.mmsi })}
        >
          <td className="wrap">
            <b>{row.label}</b>
          </td>
          <td>{row.nearestM === undefined ? '–' : `${row.nearestM} m`}</td>
          <td>
            <b>{age(row.minutes * 60_000, language)}</b>
          </td>
          <td className="wrap">{row.placeName?.[language] ?? '–'}</td>
          <td>{momentKst(row.fromMs, nowMs)}</td>
          <td>
            <span className={`mark ${row.toMs === undefined ? 'is-bad' : ''}`}>
              {say(row.toMs === undefined ? 'meeting.on' : 'meeting.over')}
            </span>
          </td>
        </tr>
      ))}
    </Table>
  )
}

export function Stays({ stays, days }: { stays: readonly Stay[]; days: number }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const { language } = useStore(app.desk)
  return (
    <Table
      title={say('stay.title')}
      note={say('card.count', { n: stays.length })}
      none={stays.length === 0 ? say('stay.none', { days }) : undefined}
      columns={[say('meeting.where'), say('stay.from'), say('stay.to'), say('stay.lasted'), '']}
    >
      {[...stays].reverse().map(stay => (
        <tr key={stay.fromMs}>
          <td className="wrap">
            <b>{stay.areaName ?? stay.placeName?.[language] ?? '–'}</b>
          </td>
          <td>{momentKst(stay.fromMs, nowMs)}</td>
          <td>{stay.toMs === undefined ? say('stay.still') : momentKst(stay.toMs, nowMs)}</td>
          <td>{age((stay.toMs ?? nowMs) - stay.fromMs, language)}</td>
          <td>
            <span className={`mark ${stay.areaKind === undefined ? 'is-warn' : ''}`}>
              {stay.areaKind === undefined ? say('stay.at-sea') : wordFor(say, 'area-kind', stay.areaKind)}
            </span>
          </td>
        </tr>
      ))}
    </Table>
  )
}

export function Gaps({
  gaps,
  open,
  onShow,
  days,
}: {
  gaps: readonly Gap[]
  /** The silence that still lasts. */
  open: { readonly fromMs: number; readonly toMs: number } | undefined
  onShow: (atMs: number) => void
  days: number
}) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const { language } = useStore(app.desk)
  const count = gaps.length + (open ? 1 : 0)
  return (
    <Table
      title={say('gap.heading')}
      note={say('card.count', { n: count })}
      none={count === 0 ? say('gap.none-in', { days }) : undefined}
      columns={[say('gap.when'), say('gap.length'), say('gap.distance'), say('gap.speed'), '']}
    >
      {open && (
        <tr>
          <td>{momentKst(open.fromMs, nowMs)}–</td>
          <td>
            <b>{age(open.toMs - open.fromMs, language)}</b>
          </td>
          <td>–</td>
          <td>–</td>
          <td>
            <span className="mark is-bad">{say('meeting.on')}</span>
          </td>
        </tr>
      )}
      {[...gaps].reverse().map(gap => (
        <tr key={gap.fromMs}>
          <td>
            {momentKst(gap.fromMs, nowMs)}–{momentKst(gap.toMs, nowMs)}
          </td>
          <td>
            <b>{age(gap.toMs - gap.fromMs, language)}</b>
          </td>
          <td>{distance(gap.distanceM)}</td>
          <td>{((gap.distanceM / (gap.toMs - gap.fromMs)) * KNOTS_PER_METRE_MS).toFixed(1)} kn</td>
          <td className="is-number">
            <button type="button" className="button button--plain" onClick={() => onShow(gap.fromMs)}>
              {say('gap.show')}
            </button>
          </td>
        </tr>
      ))}
    </Table>
  )
}

export function ShipAlarms({ alarms, onOpen }: { alarms: readonly AlarmView[]; onOpen: (alarm: AlarmView) => void }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const { language } = useStore(app.desk)
  return (
    <Table
      title={say('card.alarms')}
      note={say('card.count', { n: alarms.length })}
      none={alarms.length === 0 ? say('card.no-alarms') : undefined}
    >
      {alarms.map(alarm => (
        <tr key={alarm.id} tabIndex={0} onClick={() => onOpen(alarm)} onKeyDown={event => event.code === 'Enter' && onOpen(alarm)}>
          <td>
            <AlarmIcon level={alarm.level} size={15} />
          </td>
          <td className="wrap">
            <b>{wordFor(say, 'detector', alarm.detector)}</b>
            <div className="note">{alarm.why[language]}</div>
          </td>
          <td>{momentKst(alarm.raisedAtMs, nowMs)}</td>
          <td>
            <span className={`mark ${alarm.state === 'new' ? 'is-bad' : alarm.state === 'closed' ? '' : 'is-act'}`}>
              {alarm.state === 'closed' && alarm.outcome ? wordFor(say, 'outcome', alarm.outcome) : say(`tab.${alarm.state}`)}
            </span>
          </td>
        </tr>
      ))}
    </Table>
  )
}

export function Findings({ findings }: { findings: readonly ShipFinding[] }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(60_000)
  const { language } = useStore(app.desk)
  return (
    <Table
      title={say('card.findings')}
      note={say('card.count', { n: findings.length })}
      none={findings.length === 0 ? say('card.no-findings') : undefined}
    >
      {findings.map(finding => (
        <tr key={`${finding.detector}${finding.fromMs}`}>
          <td>
            <AlarmIcon level={4} size={14} />
          </td>
          <td className="wrap">
            <b>{wordFor(say, 'detector', finding.detector)}</b>
            <div className="note">{finding.why[language]}</div>
          </td>
          <td>{momentKst(finding.fromMs, nowMs)}</td>
        </tr>
      ))}
    </Table>
  )
}
