// Is a coast station heard at all? Silent when at least three ships it had in its last ten minutes all stop for more than five. Judged by the time reports were
// sent, not received: one late packet must not make a dead station look alive. design/detectors.md §2 'Station life'.
import type { PictureColumns } from '../picture/columns.ts'
import type { StationLife } from './contract.ts'

const MINUTE_MS = 60_000
const SILENT_MS = 5 * MINUTE_MS
const HAD_WITHIN_MS = 10 * MINUTE_MS
const MIN_SHIPS = 3
/** Heard this recently: alive, with room for receipt that comes two minutes late. */
const FRESH_MS = 4 * MINUTE_MS
/** Ships come back one after the other. */
const SETTLE_MS = 8 * MINUTE_MS

export interface StationLifeModel extends StationLife {
  onHeard(station: number, sentAtMs: number): void
  onTick(nowMs: number): void
  save(): unknown
  restore(state: unknown): void
}

interface Station {
  lastSentMs: number
  ships: number
  backAtMs: number
}

export function createStationLife(picture: PictureColumns): StationLifeModel {
  const stations: Station[] = []
  const silent = new Map<number, { lastSentMs: number; ships: number }>()
  const of = (station: number): Station => (stations[station] ??= { lastSentMs: 0, ships: 0, backAtMs: Number.NEGATIVE_INFINITY })
  let ships = new Uint32Array(64)

  return {
    silent,
    onHeard(station, sentAtMs) {
      const one = of(station)
      if (sentAtMs > one.lastSentMs) one.lastSentMs = sentAtMs
    },
    onTick(nowMs) {
      if (ships.length < stations.length) ships = new Uint32Array(stations.length * 2)
      ships.fill(0)
      for (let slot = 0; slot < picture.highWater; slot++) {
        const station = picture.station[slot]!
        if (station === 0) continue
        const last = stations[station]?.lastSentMs ?? 0
        if (picture.sentAtMs[slot]! > last - HAD_WITHIN_MS) ships[station]!++
      }
      for (let station = 1; station < stations.length; station++) {
        const one = of(station)
        if (one.lastSentMs === 0) continue
        const unheardMs = nowMs - one.lastSentMs
        if (silent.has(station)) {
          if (unheardMs >= FRESH_MS) continue
          silent.delete(station)
          one.backAtMs = nowMs
        }
        if (unheardMs < FRESH_MS) one.ships = ships[station]!
        else if (unheardMs > SILENT_MS && one.ships >= MIN_SHIPS) silent.set(station, { lastSentMs: one.lastSentMs, ships: one.ships })
      }
    },
    lastSentMs: station => stations[station]?.lastSentMs ?? 0,
    isAlive(station, nowMs) {
      const one = stations[station]
      return !silent.has(station) && !(one && nowMs - one.backAtMs < SETTLE_MS)
    },
    save: () => ({ stations, silent }),
    restore(state) {
      const saved = state as { stations: Station[]; silent: Map<number, { lastSentMs: number; ships: number }> }
      for (const [n, one] of saved.stations.entries()) if (one) stations[n] = one
      for (const [station, one] of saved.silent) silent.set(station, one)
    },
  }
}
