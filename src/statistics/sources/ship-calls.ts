// Arrivals and departures per port, from the picture, looked at every minute (the definition stands in ../port-calls.ts). Only ships: no base stations, aids, aircraft or
// distress beacons; no craft that never leaves port (pilots, tugs, port tenders). Which ship is in which port is kept, so that a restart sees no second arrival.
import { PORTS } from '#places/index.ts'
import type { Statement } from '#platform/store/index.ts'
import { FLAG, STATION_CLASS } from '#vessels/index.ts'
import { firstSeen, looked, type PortCall, type PortState, portAt } from '../port-calls.ts'
import { DEMO_ORIGIN, type Rooms, type Source } from './source.ts'

const LOOK_MS = 60_000
/** A ship not heard for so long is forgotten: what is heard of her then is a first look. */
const FORGET_MS = 30 * 86_400_000
/** ITU ship types of craft that serve a port: 50 pilot, 52 tug, 53 port tender; and 51 search and rescue. */
const PORT_CRAFT: ReadonlySet<number> = new Set([50, 51, 52, 53])

export const shipCalls: Source = {
  id: 'ship-calls',
  ko: '입출항',
  en: 'Ship calls',
  deed: 'ships.look',
  isLinked: true,
  hasSubject: true,
  kinds: {
    arrival: { ko: '입항', en: 'Arrival' },
    departure: { ko: '출항', en: 'Departure' },
  },
  subs: Object.fromEntries(PORTS.map(({ code, ko, en, lat, lon }) => [code, { ko, en, lat, lon }])),
  numbers: [{ id: 'lengthM', ko: '길이(m)', en: 'Length (m)', unit: 'plain' }],
  listen(rooms, take) {
    const known = keptStates(rooms)
    const look = (slot: number, written: Statement[]): void => {
      const { picture } = rooms
      const mmsi = picture.mmsi[slot]!
      const heardMs = picture.sentAtMs[slot]!
      const before = known.get(mmsi)
      if (before && heardMs <= before.heardMs) return
      const port = portAt(PORTS, picture.lat600k[slot]! / 600_000, picture.lon600k[slot]! / 600_000, before?.state.at)
      const isAtRest = (picture.flags[slot]! & FLAG.ASLEEP) !== 0
      const { state, calls } =
        before && heardMs - before.heardMs <= FORGET_MS
          ? looked(before.state, { port, atMs: heardMs, isAtRest })
          : { state: firstSeen(port, heardMs), calls: [] }
      known.set(mmsi, { state, heardMs })
      const whose = rooms.isDemo() ? DEMO_ORIGIN : ''
      for (const call of calls) take({ origin: `${whose}call:${mmsi}:${call.kind}:${call.atMs}`, facts: [factOf(call, mmsi, slot, rooms)] })
      if (state.at !== before?.state.at || state.hasRested !== before?.state.hasRested) written.push(saveStay(mmsi, state, heardMs))
    }
    return rooms.clock.every(LOOK_MS, () => {
      const written: Statement[] = []
      forEachShip(rooms, slot => look(slot, written))
      const nowMs = rooms.clock.now()
      for (const [mmsi, one] of known) if (nowMs - one.heardMs > FORGET_MS) known.delete(mmsi)
      // What is not kept is looked at anew after a restart: an arrival may be missed then, none is invented.
      if (written.length > 0) void rooms.store.write(written).catch(() => undefined)
    })
  },
}

function forEachShip({ picture }: Rooms, visit: (slot: number) => void): void {
  for (let slot = 0; slot < picture.highWater; slot++) {
    const isShip = picture.stationClass[slot] === STATION_CLASS.A || picture.stationClass[slot] === STATION_CLASS.LONG_RANGE
    if (picture.mmsi[slot] === 0 || picture.sentAtMs[slot] === 0 || !isShip) continue
    if (!PORT_CRAFT.has(picture.shipType[slot]!)) visit(slot)
  }
}

function factOf(call: PortCall, mmsi: number, slot: number, rooms: Rooms) {
  const port = PORTS.find(one => one.code === call.port)
  const lengthM = rooms.picture.lengthM[slot] ?? 0
  return {
    atMs: call.atMs,
    organisation: rooms.ownerOf(port ? rooms.organisationsAt(port.lat, port.lon) : []),
    kind: call.kind,
    sub: call.port,
    subject: String(mmsi),
    ...(lengthM > 0 ? { numbers: { lengthM } } : {}),
    link: { kind: 'ship', id: String(mmsi), label: rooms.picture.name[slot] || String(mmsi) },
  }
}

const keptStates = ({ store }: Rooms): Map<number, { readonly state: PortState; readonly heardMs: number }> =>
  new Map(
    store
      .read<{ mmsi: number; port: string; since_ms: number; heard_ms: number; has_rested: number }>(
        'SELECT mmsi, port, since_ms, heard_ms, has_rested FROM statistics_port_stays',
      )
      .map(row => [row.mmsi, { state: { at: row.port, sinceMs: row.since_ms, hasRested: row.has_rested === 1 }, heardMs: row.heard_ms }]),
  )

/** Only who is in a port is kept. */
const saveStay = (mmsi: number, { at, sinceMs, hasRested }: PortState, heardMs: number): Statement =>
  at === undefined
    ? { sql: 'DELETE FROM statistics_port_stays WHERE mmsi = ?', values: [mmsi] }
    : {
        sql: 'INSERT OR REPLACE INTO statistics_port_stays (mmsi, port, since_ms, heard_ms, has_rested) VALUES (?, ?, ?, ?, ?)',
        values: [mmsi, at, Math.floor(sinceMs), Math.floor(heardMs), hasRested ? 1 : 0],
      }
