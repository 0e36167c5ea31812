import { useApp, useSay } from '../app.ts'
import { age } from '../i18n/format.ts'
import { useOffice } from '../incidents/parts.tsx'
import { useStore } from '../shell/store.ts'
import { State } from '../ui/parts.tsx'
import type { SealView } from './model.ts'
import { illsOf, STOCK_COLUMNS, type StockColumn } from './stock-order.ts'
import { ROW_PX, useSight } from './use-sight.ts'

const NUMBERS: ReadonlySet<StockColumn> = new Set(['battery', 'heard'])

interface Props {
  readonly seals: readonly SealView[]
  readonly chosen: string | undefined
  readonly nowMs: number
  readonly order: { readonly by: StockColumn; readonly isDown: boolean }
  readonly picked: ReadonlySet<string>
  onOrder(by: StockColumn): void
  onPick(picked: ReadonlySet<string>): void
}

export function StockTable({ seals, chosen, nowMs, order, picked, onOrder, onPick }: Props) {
  const app = useApp()
  const say = useSay()
  const { frame, first, last, look } = useSight(
    seals.length,
    seals.findIndex(one => one.id === chosen),
    chosen,
  )
  const mayChange = app.may('seals.change')
  const areAll = seals.length > 0 && seals.every(one => picked.has(one.id))
  return (
    <div className="grow scroll seal-stock" ref={frame} onScroll={look}>
      {seals.length === 0 && <State title={say('seals.stock-none')} />}
      {seals.length > 0 && (
        <table className="grid-table is-plain" aria-rowcount={seals.length + 1}>
          <thead>
            <tr>
              {mayChange && (
                <th>
                  <input
                    type="checkbox"
                    aria-label={say('seals.stock-pick-all')}
                    checked={areAll}
                    onChange={() => onPick(areAll ? new Set() : new Set(seals.map(one => one.id)))}
                  />
                </th>
              )}
              {STOCK_COLUMNS.map(one => (
                <th
                  key={one}
                  className={NUMBERS.has(one) ? 'is-number' : ''}
                  aria-sort={order.by === one ? (order.isDown ? 'descending' : 'ascending') : undefined}
                >
                  <button type="button" className="sort-head" onClick={() => onOrder(one)}>
                    {say(`seals.stock-column.${one}`)}
                    <i aria-hidden="true">{order.by === one ? (order.isDown ? '▼' : '▲') : ''}</i>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first > 0 && <tr aria-hidden="true" style={{ height: first * ROW_PX }} />}
            {seals.slice(first, last).map((one, n) => (
              <StockRow
                key={one.id}
                seal={one}
                at={first + n}
                isChosen={one.id === chosen}
                isPicked={picked.has(one.id)}
                nowMs={nowMs}
                onPick={
                  mayChange
                    ? () => {
                        const next = new Set(picked)
                        if (!next.delete(one.id)) next.add(one.id)
                        onPick(next)
                      }
                    : undefined
                }
              />
            ))}
            {last < seals.length && <tr aria-hidden="true" style={{ height: (seals.length - last) * ROW_PX }} />}
          </tbody>
        </table>
      )}
    </div>
  )
}

function StockRow({
  seal: one,
  at,
  isChosen,
  isPicked,
  nowMs,
  onPick,
}: {
  seal: SealView
  at: number
  isChosen: boolean
  isPicked: boolean
  nowMs: number
  onPick: (() => void) | undefined
}) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const office = useOffice()
  const ills = illsOf(one, nowMs)
  return (
    <tr
      className={`${isChosen ? 'is-chosen' : ''} is-life-${one.life}`}
      aria-selected={isChosen}
      aria-rowindex={at + 2}
      onClick={() => app.go({ item: isChosen ? undefined : one.id })}
    >
      {onPick && (
        <td onClick={event => event.stopPropagation()}>
          <input type="checkbox" aria-label={say('seals.stock-pick', { number: one.number })} checked={isPicked} onChange={onPick} />
        </td>
      )}
      <td>
        <button type="button" className="plain" data-seal={one.id}>
          <b>{one.number}</b>
        </button>
      </td>
      <td>{say(`seals.life.${one.life}`)}</td>
      <td>
        {ills.length === 0 ? (
          <span className="seal-health is-good">{say('seals.health-good')}</span>
        ) : (
          ills.map(ill => (
            <span key={ill} className="seal-health is-ill">
              {say(`seals.ill.${ill}`)}
            </span>
          ))
        )}
      </td>
      <td>{[one.maker, one.model].filter(Boolean).join(' ') || '–'}</td>
      <td>{one.firmware ?? '–'}</td>
      <td>{one.protocol}</td>
      <td>{office(one.organisation, true)}</td>
      <td>{one.journey ?? '–'}</td>
      <td className={`is-number ${ills.includes('battery') ? 'is-bad' : ''}`}>
        {one.batteryPercent === undefined ? '–' : `${one.batteryPercent} %`}
      </td>
      <td className={`is-number ${ills.includes('silent') ? 'is-care' : ''}`}>
        {one.lastAtMs === undefined ? say('seals.never-heard') : age(nowMs - one.lastAtMs, language)}
      </td>
    </tr>
  )
}
