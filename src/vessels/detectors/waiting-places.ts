// Where ships wait though nobody drew an anchorage: learnt. A 0.02° cell in which twenty different ships stopped for half an hour within thirty days is a place
// where stopping is usual (design/detectors.md §2 'Places'). Fishing boats and harbour craft teach nothing. 24 ships a cell in flat columns, 144 bytes.
import type { PictureColumns, Slot } from '../picture/columns.ts'
import { NETWORK, type PositionReport } from '../report.ts'
import { type BulkIn, type BulkOut, fill } from '../saving.ts'
import { isFishing, isHarbourCraft, isVessel } from './ship-kinds.ts'

const CELL_600K = 12_000
const CELLS_AROUND = 18_000
const STOPPED_DECIKNOTS = 5
const UNDER_WAY_DECIKNOTS = 10
const STOPPED_S = 30 * 60
const DAY_S = 86_400
const DAYS = 30
const ENOUGH_SHIPS = 20
/** Ships remembered of a cell: enough to count to twenty, with room for those that will be too old tomorrow. */
const SHIPS = 24
const MAX_CELLS = 1 << 17
const NA_SOG = 1023
const NOTED = 0xffff_ffff

export interface WaitingPlaces {
  onReport(slot: Slot, now: PositionReport): void
  onForget(slot: Slot): void
  /** Stopping is usual here, by what was seen in the last thirty days. */
  isUsual(lat: number, lon: number): boolean
  save(out: BulkOut): unknown
  restore(state: unknown, from: BulkIn): void
}

/** `isKnown`: an anchorage or the like is drawn there; nothing needs to be learnt. */
export function createWaitingPlaces(picture: PictureColumns, isKnown: (lat: number, lon: number) => boolean): WaitingPlaces {
  /** Since when she lies still, s; 0 = under way, NOTED = this stop is counted. */
  const stoppedS = new Uint32Array(picture.capacity)
  let cells = new Map<number, number>()
  let mmsi = new Uint32Array(64 * SHIPS)
  let day = new Uint16Array(64 * SHIPS)
  let today = 0

  const roomFor = (cell: number): number => {
    const known = cells.get(cell)
    if (known !== undefined) return known * SHIPS
    if (cells.size >= MAX_CELLS) return -1
    const at = cells.size * SHIPS
    if (at >= mmsi.length) {
      const wider = [new Uint32Array(mmsi.length * 2), new Uint16Array(day.length * 2)] as const
      wider[0].set(mmsi)
      wider[1].set(day)
      ;[mmsi, day] = wider
    }
    cells.set(cell, cells.size)
    return at
  }

  const note = (ship: number, atS: number, cell: number): void => {
    const from = roomFor(cell)
    if (from < 0) return
    today = Math.max(today, Math.floor(atS / DAY_S))
    let place = from
    for (let at = from; at < from + SHIPS; at++) {
      if (mmsi[at] === ship) {
        place = at
        break
      }
      if (day[at]! < day[place]!) place = at
    }
    mmsi[place] = ship
    day[place] = today
  }

  return {
    onReport(slot, now) {
      const sog = now.sogDeciknots
      if (sog === NA_SOG) return
      if (sog >= UNDER_WAY_DECIKNOTS) {
        stoppedS[slot] = 0
        return
      }
      const since = stoppedS[slot]!
      if (since === NOTED || sog >= STOPPED_DECIKNOTS || now.network === NETWORK.SATELLITE) return
      const nowS = Math.floor(now.sentAtMs / 1000)
      if (since === 0) stoppedS[slot] = nowS
      else if (nowS - since >= STOPPED_S) {
        stoppedS[slot] = NOTED
        if (!isVessel(now.stationClass) || isFishing(picture, slot) || isHarbourCraft(picture, slot)) return
        if (!isKnown(now.lat600k / 600_000, now.lon600k / 600_000)) note(now.mmsi, nowS, cellOf(now.lat600k, now.lon600k))
      }
    },
    onForget(slot) {
      stoppedS[slot] = 0
    },
    isUsual(lat, lon) {
      const cell = cells.size > 0 ? cells.get(cellOf(lat * 600_000, lon * 600_000)) : undefined
      if (cell === undefined) return false
      let ships = 0
      for (let at = cell * SHIPS; at < (cell + 1) * SHIPS; at++) if (mmsi[at] !== 0 && day[at]! + DAYS > today) ships++
      return ships >= ENOUGH_SHIPS
    },
    save: out => ({
      today,
      cells: cells.size,
      columns: [Uint32Array.from(cells.keys()), mmsi.subarray(0, cells.size * SHIPS), day.subarray(0, cells.size * SHIPS)].map(column =>
        out.copy(column),
      ),
      stoppedS: out.copy(stoppedS.subarray(0, picture.highWater)),
    }),
    restore(state, from) {
      const saved = state as { today: number; cells: number; columns: readonly number[]; stoppedS: number }
      const keys = new Uint32Array(saved.cells)
      mmsi = new Uint32Array(Math.max(64, saved.cells) * SHIPS)
      day = new Uint16Array(mmsi.length)
      for (const [n, column] of [keys, mmsi, day].entries()) fill(column, from, saved.columns[n] ?? -1)
      cells = new Map(Array.from(keys, (key, n) => [key, n]))
      today = saved.today
      fill(stoppedS, from, saved.stoppedS)
    },
  }
}

const cellOf = (lat600k: number, lon600k: number): number =>
  (Math.floor(lat600k / CELL_600K) + 4500) * CELLS_AROUND + ((Math.floor(lon600k / CELL_600K) + CELLS_AROUND * 1.5) % CELLS_AROUND)
