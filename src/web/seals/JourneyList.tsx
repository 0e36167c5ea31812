import { useMemo } from 'react'
import { CSV_BEGIN } from '#base/index.ts'
import { JOURNEY_STATES, RISK_CLASSES } from '#seals/schema.ts'
import { useApp, useSay } from '../app.ts'
import { age, dateTimeKst, momentKst } from '../i18n/format.ts'
import type { TextKey } from '../i18n/text.ts'
import { useStore } from '../shell/store.ts'
import { fileName, saveFile } from '../statistics/save.ts'
import { Bones, Kbd, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { COLUMNS, type Column, csvOf, isStale, WORST } from './list-order.ts'
import { containerWords, WORD_TEXT, WordMark } from './marks.tsx'
import type { Row } from './model.ts'
import { roadDistance } from './road.ts'
import { ROW_PX, useSight } from './use-sight.ts'

const NUMBERS: ReadonlySet<Column> = new Set(['off', 'progress', 'eta', 'battery', 'heard'])
const LOW_BATTERY = 20

/** The list of the original, sorted, narrowed and as long as it may be; the keys go through it without a mouse. */
export function JourneyList({ rows }: { rows: readonly Row[] }) {
  const app = useApp()
  const say = useSay()
  const live = useStore(app.seals.state)
  const over = useStore(app.seals.over)
  const isOver = useStore(app.seals.isOver)
  const { rows: all, isLoaded, trouble } = isOver ? (over ?? { rows: new Map<string, Row>(), isLoaded: false, trouble: undefined }) : live
  return (
    <Panel label={say('seals.list')} region="journeys" className="seal-list">
      <Narrowing rows={rows} all={all} />
      <Rows rows={rows}>
        {trouble !== undefined && !isLoaded && (
          <State title={trouble}>
            <button type="button" className="button" onClick={() => void (isOver ? app.seals.loadOver() : app.seals.load())}>
              {say('seals.again')}
            </button>
          </State>
        )}
        {!isLoaded && trouble === undefined && <Bones blocks={4} />}
        {isLoaded && all.size === 0 && !isOver && (
          <State title={say('seals.nothing')} note={say('seals.nothing-note')}>
            {app.may('journeys.plan') && (
              <button type="button" className="button is-main" onClick={() => app.go({ sieve: 'plan', item: undefined })}>
                {say('seals.view.plan')} <Kbd keys="P" />
              </button>
            )}
          </State>
        )}
        {isLoaded && all.size === 0 && isOver && <State title={say('seals.none-over')} />}
        {isLoaded && all.size > 0 && rows.length === 0 && <State title={say('seals.no-match')} />}
      </Rows>
    </Panel>
  )
}

function Narrowing({ rows, all }: { rows: readonly Row[]; all: ReadonlyMap<string, Row> }) {
  const app = useApp()
  const say = useSay()
  const sieve = useStore(app.seals.sieve)
  const isOver = useStore(app.seals.isOver)
  const counts = useMemo(() => {
    const counted: Record<string, number> = {}
    for (const one of all.values()) counted[one.word] = (counted[one.word] ?? 0) + 1
    return counted
  }, [all])
  const narrow = (change: Partial<typeof sieve>): void => app.seals.sieve.set(now => ({ ...now, ...change }))
  const save = (): void => {
    const heads = [...COLUMNS.map(one => say(`seals.csv.head.${one}`)), say('seals.column.declaration'), say('seals.column.journey')]
    const csv = csvOf(
      rows,
      heads,
      one => `${say(WORD_TEXT[one.word])} ${say(`seals.state.${one.state}`)}`,
      one => say(`seals.risk.${one.risk}`),
      ms => `${dateTimeKst(ms)} KST`,
    )
    saveFile(new Blob([CSV_BEGIN + csv], { type: 'text/csv' }), fileName(app, say('seals.list'), dateTimeKst(app.now()), 'csv'))
  }
  return (
    <PanelHead title={say(isOver ? 'seals.over-count' : 'seals.under-way', { n: all.size.toLocaleString('en') })}>
      <div className="segment" role="group" aria-label={say('seals.column.state')}>
        <button type="button" aria-pressed={sieve.word === undefined} onClick={() => narrow({ word: undefined })}>
          {say('seals.all')} <b>{all.size}</b>
        </button>
        {WORST.map(one => (
          <button
            key={one}
            type="button"
            aria-pressed={sieve.word === one}
            onClick={() => narrow({ word: sieve.word === one ? undefined : one })}
          >
            {say(WORD_TEXT[one])} <b>{counts[one] ?? 0}</b>
          </button>
        ))}
      </div>
      <input
        className="input seal-list__find"
        data-find
        placeholder={say('seals.find')}
        aria-label={say('seals.find')}
        value={sieve.words}
        onChange={event => narrow({ words: event.target.value })}
      />
      <select
        className="input seal-list__choice"
        aria-label={say('seals.column.risk')}
        value={sieve.risk ?? ''}
        onChange={event => narrow({ risk: RISK_CLASSES.find(one => one === event.target.value) })}
      >
        <option value="">{say('seals.any-risk')}</option>
        {RISK_CLASSES.map(one => (
          <option key={one} value={one}>
            {say('seals.risk-is', { risk: say(`seals.risk.${one}`) })}
          </option>
        ))}
      </select>
      <select
        className="input seal-list__choice"
        aria-label={say('seals.stage')}
        value={sieve.state ?? ''}
        onChange={event => narrow({ state: JOURNEY_STATES.find(one => one === event.target.value) })}
      >
        <option value="">{say('seals.any-stage')}</option>
        {JOURNEY_STATES.map(one => (
          <option key={one} value={one}>
            {say(`seals.state.${one}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className={`button is-small ${sieve.isStale ? 'is-pressed' : ''}`}
        aria-pressed={sieve.isStale === true}
        onClick={() => narrow({ isStale: !sieve.isStale })}
      >
        {say('seals.only-stale')}
      </button>
      <button
        type="button"
        className={`button is-small ${isOver ? 'is-pressed' : ''}`}
        aria-pressed={isOver}
        onClick={() => {
          app.seals.isOver.set(!isOver)
          if (!isOver) void app.seals.loadOver()
        }}
      >
        {say('seals.ended')}
      </button>
      <span className="note seal-list__keys push">
        <Kbd keys="J" /> <Kbd keys="K" /> {say('seals.move')} <Kbd keys="Enter" /> {say('seals.open')} <Kbd keys="Slash" />{' '}
        {say('seals.search')}
      </span>
      <button type="button" className="button is-small" disabled={rows.length === 0} onClick={save}>
        CSV
      </button>
    </PanelHead>
  )
}

/** Only the rows in sight are in the page: the table stands over as much room as all of them would take. */
function Rows({ rows, children }: { rows: readonly Row[]; children: React.ReactNode }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(1000)
  const order = useStore(app.seals.order)
  const { item } = useStore(app.address)
  const at = rows.findIndex(one => one.id === item)
  const { frame, first, last, look } = useSight(rows.length, at, item)
  const sort = (by: Column): void => app.seals.order.set(now => ({ by, isDown: now.by === by && !now.isDown }))
  return (
    <div className="grow scroll" ref={frame} onScroll={look}>
      {children}
      {rows.length > 0 && (
        <table className="grid-table is-plain" aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              {COLUMNS.map(one => (
                <th
                  key={one}
                  className={NUMBERS.has(one) ? 'is-number' : ''}
                  aria-sort={order.by === one ? (order.isDown ? 'descending' : 'ascending') : undefined}
                >
                  <button type="button" className="sort-head" onClick={() => sort(one)}>
                    {say(`seals.column.${one}`)}
                    <i aria-hidden="true">{order.by === one ? (order.isDown ? '▼' : '▲') : ''}</i>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first > 0 && <tr aria-hidden="true" style={{ height: first * ROW_PX }} />}
            {rows.slice(first, last).map((row, n) => (
              <JourneyRow key={row.id} row={row} at={first + n} isChosen={row.id === item} nowMs={nowMs} />
            ))}
            {last < rows.length && <tr aria-hidden="true" style={{ height: (rows.length - last) * ROW_PX }} />}
          </tbody>
        </table>
      )}
    </div>
  )
}

function JourneyRow({ row, at, isChosen, nowMs }: { row: Row; at: number; isChosen: boolean; nowMs: number }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const isOld = isStale(row, nowMs)
  const worst = row.open[0]
  const word = wordOf(row, say(WORD_TEXT[row.word]), worst && say(`detector.${worst}` as TextKey))
  return (
    <tr
      className={`is-${row.word} ${isChosen ? 'is-chosen' : ''} ${isOld ? 'is-stale' : ''}`}
      aria-selected={isChosen}
      aria-rowindex={at + 2}
      onClick={() => app.go({ item: row.id })}
    >
      <td>
        <button type="button" className="plain" data-journey={row.id}>
          <b>{containerWords(row.container)}</b>
        </button>
      </td>
      <td>
        <WordMark word={row.word} words={word} />{' '}
        {(row.word === 'normal' || row.isSuspended) && (
          <span className="note">{say(row.isSuspended ? 'seals.suspended-short' : `seals.state.${row.state}`)}</span>
        )}
      </td>
      <td>{row.vehicle ?? '–'}</td>
      <td>{row.origin}</td>
      <td>{row.destination}</td>
      <td>{row.officer ?? '–'}</td>
      <td>{row.phone ?? <span className="is-bad">{say('seals.no-phone')}</span>}</td>
      <td className={`seal-risk is-${row.risk}`}>{say(`seals.risk.${row.risk}`)}</td>
      <td className="is-number">{row.deviationM === undefined ? '–' : roadDistance(row.deviationM)}</td>
      <td className="is-number">
        {row.progress === undefined ? (
          '–'
        ) : (
          <span className="seal-progress">
            <i style={{ width: `${Math.round(Math.min(1, row.progress) * 100)}%` }} />
            {Math.round(row.progress * 100)} %
          </span>
        )}
      </td>
      <td className="is-number">{row.etaMs === undefined ? '–' : momentKst(row.etaMs, nowMs)}</td>
      <td className={`is-number ${(row.batteryPercent ?? 100) < LOW_BATTERY ? 'is-bad' : ''}`}>
        {row.batteryPercent === undefined ? '–' : `${row.batteryPercent} %`}
      </td>
      <td
        className={`is-number ${isOld ? 'is-late' : ''}`}
        title={row.heardAtMs === undefined ? undefined : `${dateTimeKst(row.heardAtMs)} KST`}
      >
        {row.heardAtMs === undefined ? '–' : age(nowMs - row.heardAtMs, language)}
      </td>
    </tr>
  )
}

/** A late one says of what kind it is: it may stand where no stop is planned. */
const wordOf = (row: Row, word: string, worst: string | undefined): string => (row.word === 'late' && worst ? worst : word)
