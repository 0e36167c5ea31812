import { useEffect, useRef } from 'react'
import { useApp, useSay } from '../app.ts'
import { age } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Kbd, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { WORST } from './desk.ts'
import { containerWords, WORD_TEXT, WordMark } from './marks.tsx'
import type { Row } from './model.ts'
import { roadDistance } from './road.ts'

/** A list longer than this is narrowed by words or by state. */
const MOST_ROWS = 400
const STALE = 2

export function JourneyList({ rows }: { rows: readonly Row[] }) {
  const app = useApp()
  const say = useSay()
  const { rows: all, isLoaded, trouble } = useStore(app.seals.state)
  const word = useStore(app.seals.word)
  const words = useStore(app.seals.words)
  const { item } = useStore(app.address)
  const chosen = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    // A promise in newer browsers: it is no clean-up.
    void chosen.current?.scrollIntoView({ block: 'nearest' })
  }, [item])
  const count = (of: Row['word']): number => [...all.values()].filter(one => one.word === of).length
  return (
    <Panel label={say('seals.list')} region="journeys" className="seal-list">
      <PanelHead title={say('seals.under-way', { n: all.size })}>
        <div className="segment" role="group" aria-label={say('seals.column.state')}>
          <button type="button" aria-pressed={word === undefined} onClick={() => app.seals.word.set(undefined)}>
            {say('seals.all')} <b>{all.size}</b>
          </button>
          {WORST.map(one => (
            <button key={one} type="button" aria-pressed={word === one} onClick={() => app.seals.word.set(word === one ? undefined : one)}>
              {say(WORD_TEXT[one])} <b>{count(one)}</b>
            </button>
          ))}
        </div>
        <input
          className="input seal-list__find"
          data-find
          placeholder={say('seals.find')}
          aria-label={say('seals.find')}
          value={words}
          onChange={event => app.seals.words.set(event.target.value)}
        />
        <span className="note seal-list__keys">
          <Kbd keys="J" /> <Kbd keys="K" /> {say('seals.move')} <Kbd keys="Slash" /> {say('seals.search')}
        </span>
      </PanelHead>
      <div className="grow scroll">
        {trouble !== undefined && !isLoaded && <State title={trouble} />}
        {!isLoaded && trouble === undefined && <Bones blocks={4} />}
        {isLoaded && all.size === 0 && <State title={say('seals.nothing')} note={say('seals.nothing-note')} />}
        {isLoaded && all.size > 0 && rows.length === 0 && <State title={say('seals.no-match')} />}
        {rows.length > 0 && (
          <table className="grid-table is-plain">
            <thead>
              <tr>
                <th>{say('seals.column.container')}</th>
                <th>{say('seals.column.state')}</th>
                <th>{say('seals.column.vehicle')}</th>
                <th>{say('seals.column.origin')}</th>
                <th>{say('seals.column.destination')}</th>
                <th>{say('seals.column.officer')}</th>
                <th>{say('seals.column.phone')}</th>
                <th>{say('seals.column.risk')}</th>
                <th className="is-number">{say('seals.column.off')}</th>
                <th className="is-number">{say('seals.column.progress')}</th>
                <th className="is-number">{say('seals.column.battery')}</th>
                <th className="is-number">{say('seals.column.heard')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, MOST_ROWS).map(row => (
                <JourneyRow key={row.id} row={row} isChosen={row.id === item} refer={row.id === item ? chosen : undefined} />
              ))}
            </tbody>
          </table>
        )}
        {rows.length > MOST_ROWS && <p className="note seal-list__more">{say('seals.more', { n: rows.length - MOST_ROWS })}</p>}
      </div>
    </Panel>
  )
}

function JourneyRow({
  row,
  isChosen,
  refer,
}: {
  row: Row
  isChosen: boolean
  refer: React.RefObject<HTMLTableRowElement | null> | undefined
}) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const nowMs = useNow(1000)
  const heardMs = row.heardAtMs === undefined ? undefined : nowMs - row.heardAtMs
  const isStale = heardMs !== undefined && heardMs > row.reportEveryS * 1000 * STALE
  const worst = row.open[0]
  return (
    <tr
      ref={refer}
      className={`is-${row.word} ${isChosen ? 'is-chosen' : ''} ${isStale ? 'is-stale' : ''}`}
      aria-selected={isChosen}
      onClick={() => app.go({ item: row.id })}
    >
      <td>
        <button type="button" className="plain" data-journey={row.id}>
          <b>{containerWords(row.container)}</b>
        </button>
      </td>
      <td>
        <WordMark word={row.word} {...(row.word === 'late' && worst ? { words: say(`detector.${worst}`) } : {})} />{' '}
        {row.word === 'normal' && <span className="note">{say(`seals.state.${row.state}`)}</span>}
      </td>
      <td>{row.vehicle ?? '–'}</td>
      <td>{row.origin}</td>
      <td>{row.destination}</td>
      <td>{row.officer ?? '–'}</td>
      <td>{row.phone ?? <span className="is-bad">{say('seals.no-phone')}</span>}</td>
      <td>{say(`seals.risk.${row.risk}`)}</td>
      <td className="is-number">{row.deviationM === undefined ? '–' : roadDistance(row.deviationM)}</td>
      <td className="is-number">{row.progress === undefined ? '–' : `${Math.round(row.progress * 100)} %`}</td>
      <td className={`is-number ${(row.batteryPercent ?? 100) < 20 ? 'is-bad' : ''}`}>
        {row.batteryPercent === undefined ? '–' : `${row.batteryPercent} %`}
      </td>
      <td className={`is-number ${isStale ? 'is-late' : ''}`}>{heardMs === undefined ? '–' : age(heardMs, language)}</td>
    </tr>
  )
}
