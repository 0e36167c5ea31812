import { useEffect, useState } from 'react'
import { SHIP_KINDS, SHIP_STATES, type ShipKind, type ShipSort, type ShipState } from '#vessels/schema.ts'
import { useApp, useSay } from '../app.ts'
import { age, thousands } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { ShipCard } from './card/ShipCard.tsx'
import type { SearchHit, ShipCardView, ShipListAsked, ShipListView } from './model.ts'
import { countryName, countryOf, typeWord } from './words.ts'
import './ships.css'

/** Ships: those in the picture, to be sieved and sorted, or one's whole card. */
export function ShipsPage() {
  const app = useApp()
  const { card } = useStore(app.address)
  const selected = useStore(app.selected.state)
  return card !== undefined && selected ? <ShipCard ship={selected} /> : <Ships />
}

const PAGE = 100
const REFRESH_MS = 10_000
const WORDS_MS = 200
const STATE_WORDS = {
  moving: 'ships.moving',
  still: 'ships.still',
  lost: 'ships.lost',
  watched: 'ships.only-watched',
} as const satisfies Record<ShipState, string>
const FIRST: ShipListAsked = { words: '', sort: 'name', isDescending: false, limit: PAGE }

interface Shown {
  readonly list?: ShipListView
  readonly trouble?: string
}

/** Asked anew while it is looked at: what stands stays until the next answer. */
function useShips(asked: ShipListAsked): Shown {
  const app = useApp()
  const [shown, setShown] = useState<Shown>({})
  useEffect(() => {
    let isCurrent = true
    const ask = (): void =>
      void app.api.shipList(asked).then(
        list => isCurrent && setShown({ list }),
        reason => isCurrent && setShown(before => ({ ...before, trouble: reason instanceof Error ? reason.message : String(reason) })),
      )
    const first = setTimeout(ask, asked.words === '' ? 0 : WORDS_MS)
    const timer = setInterval(ask, REFRESH_MS)
    return () => {
      isCurrent = false
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [app, asked])
  return shown
}

function Ships() {
  const say = useSay()
  const [asked, setAsked] = useState(FIRST)
  const { list, trouble } = useShips(asked)
  const ask = (change: Partial<ShipListAsked>): void => setAsked(now => ({ ...now, limit: PAGE, ...change }))
  const isSieved = asked.words.trim() !== '' || asked.kind !== undefined || asked.state !== undefined
  return (
    <div className="page is-two">
      <Panel label={say('ships.title')} region="ships">
        <PanelHead title={say('ships.title')}>
          {list && <span className="note">{say('ships.total', { n: thousands(list.total) })}</span>}
        </PanelHead>
        <Sieve asked={asked} ask={ask} />
        <div className="grow scroll">
          {trouble !== undefined && <State title={trouble} />}
          {!list && trouble === undefined && <Bones blocks={5} />}
          {list?.total === 0 && (
            <State title={say(isSieved ? 'ships.none' : 'ships.nobody')} note={say(isSieved ? 'ships.none-note' : 'ships.nobody-note')} />
          )}
          {list && list.total > 0 && (
            <>
              <ShipTable ships={list.ships} asked={asked} ask={ask} />
              {list.ships.length < list.total && (
                <button type="button" className="button ships__more" onClick={() => ask({ limit: asked.limit + PAGE })}>
                  {say('ships.more')}{' '}
                  <span className="note">
                    {thousands(list.ships.length)} / {thousands(list.total)}
                  </span>
                </button>
              )}
            </>
          )}
        </div>
      </Panel>
      <Watched />
    </div>
  )
}

interface Asking {
  readonly asked: ShipListAsked
  ask(change: Partial<ShipListAsked>): void
}

function Sieve({ asked, ask }: Asking) {
  const say = useSay()
  const kind = (word: string): ShipKind | undefined => SHIP_KINDS.find(one => one === word)
  return (
    <div className="ships__sieve" role="search">
      <input
        className="input"
        autoFocus
        placeholder={say('ships.place-hold')}
        aria-label={say('ships.place-hold')}
        value={asked.words}
        onChange={event => ask({ words: event.target.value })}
      />
      <div className="segment" role="group" aria-label={say('ships.states')}>
        {[undefined, ...SHIP_STATES].map(state => (
          <button key={state ?? ''} type="button" aria-pressed={asked.state === state} onClick={() => ask({ state })}>
            {say(state === undefined ? 'ships.all' : STATE_WORDS[state])}
          </button>
        ))}
      </div>
      <select
        className="input"
        aria-label={say('ship.type')}
        value={asked.kind ?? ''}
        onChange={event => ask({ kind: kind(event.target.value) })}
      >
        <option value="">{say('ships.every-kind')}</option>
        {SHIP_KINDS.map(one => (
          <option key={one} value={one}>
            {say(`kind.${one}`)}
          </option>
        ))}
      </select>
    </div>
  )
}

const COLUMNS = [
  ['name', 'ship.name', ''],
  ['mmsi', undefined, ''],
  [undefined, 'ship.call-sign', ''],
  [undefined, 'ship.type', ''],
  ['length', 'ships.length', 'is-number'],
  ['speed', 'ships.speed', 'is-number'],
  ['destination', 'ships.destination', ''],
  ['heard', 'ships.heard', 'is-number'],
] as const
/** Whoever sorts by these wants the most first. */
const MOST_FIRST: readonly ShipSort[] = ['speed', 'length', 'heard']

function ShipTable({ ships, asked, ask }: Asking & { ships: readonly ShipCardView[] }) {
  const say = useSay()
  const nowMs = useNow()
  return (
    <table className="grid-table is-plain">
      <thead>
        <tr>
          {COLUMNS.map(([sort, word, look]) => (
            <th
              key={sort ?? word}
              className={look}
              aria-sort={asked.sort === sort ? (asked.isDescending ? 'descending' : 'ascending') : undefined}
            >
              {sort === undefined ? (
                say(word)
              ) : (
                <button
                  type="button"
                  className="sort-head"
                  onClick={() => ask({ sort, isDescending: asked.sort === sort ? !asked.isDescending : MOST_FIRST.includes(sort) })}
                >
                  {word === undefined ? 'MMSI' : say(word)}
                  <i aria-hidden="true">{asked.sort === sort ? (asked.isDescending ? '▼' : '▲') : ''}</i>
                </button>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ships.map(ship => (
          <ShipRow key={ship.mmsi} ship={ship} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  )
}

function ShipRow({ ship, nowMs }: { ship: ShipCardView; nowMs: number }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const open = (): void => app.go({ page: 'ships', card: ship.mmsi })
  const heardAtMs = Math.max(ship.receivedAtMs ?? 0, ship.staticAtMs ?? 0)
  return (
    <tr
      tabIndex={0}
      onClick={open}
      onKeyDown={event => {
        if (event.code === 'Enter') open()
        const { previousElementSibling: before, nextElementSibling: after } = event.currentTarget
        const next = event.code === 'ArrowDown' ? after : event.code === 'ArrowUp' ? before : undefined
        if (next instanceof HTMLElement) {
          event.preventDefault()
          next.focus()
        }
      }}
    >
      <td>
        <b>{ship.name ?? '–'}</b> {app.alarms.isAlarmed(ship.mmsi) && <span className="mark is-bad">{say('sign.alarmed')}</span>}{' '}
        {ship.isWatched && <span className="mark">{say('sign.watched')}</span>}{' '}
        {ship.isLost && <span className="mark">{say('sign.lost')}</span>}
      </td>
      <td>
        {ship.mmsi}{' '}
        <span className="note" title={countryName(ship.mmsi, language)}>
          {countryOf(ship.mmsi)}
        </span>
      </td>
      <td>{ship.callSign ?? '–'}</td>
      <td>{typeWord(say, ship.shipType, ship.stationClass)}</td>
      <td className="is-number">{ship.lengthM === undefined ? '–' : `${ship.lengthM} m`}</td>
      <td className="is-number">{ship.sogKn === undefined ? '–' : `${ship.sogKn.toFixed(1)} kn`}</td>
      <td>{ship.destination ?? '–'}</td>
      <td className="is-number">{heardAtMs === 0 ? '–' : age(nowMs - heardAtMs, language)}</td>
    </tr>
  )
}

function Watched() {
  const app = useApp()
  const say = useSay()
  const [watched, setWatched] = useState<readonly SearchHit[]>()
  useEffect(() => {
    const ask = (): void => void app.api.watched().then(setWatched, () => setWatched(before => before ?? []))
    ask()
    const timer = setInterval(ask, REFRESH_MS)
    return () => clearInterval(timer)
  }, [app])
  const open = (mmsi: number): void => app.go({ page: 'ships', card: mmsi })
  return (
    <Panel label={say('ships.watched')} region="watched">
      <PanelHead title={say('ships.watched')}>
        <span className="note">{watched?.length}</span>
      </PanelHead>
      <div className="grow scroll">
        {watched === undefined ? (
          <Bones blocks={2} />
        ) : watched.length === 0 ? (
          <State title={say('ships.no-watched')} />
        ) : (
          <table className="grid-table is-plain">
            <tbody>
              {watched.map(({ mmsi, name, note }) => (
                <tr key={mmsi} tabIndex={0} onClick={() => open(mmsi)} onKeyDown={event => event.code === 'Enter' && open(mmsi)}>
                  <td>
                    <b>{name}</b>
                    <div className="note">{note}</div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  )
}
