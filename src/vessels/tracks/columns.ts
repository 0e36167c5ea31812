// Positions in columns: the running minutes in memory, and what goes to the writer's thread. 30 bytes a row.
import type { Standing } from '../pass-contract.ts'
import type { PositionReport } from '../report.ts'
import type { TrackPoint } from './archive-contract.ts'

/** The columns of a file, in this order; all INT32. Codes for 'not available' are those of AIS (wire/ais/record.ts). */
export const COLUMNS = ['mmsi', 't', 'lat', 'lon', 'sog', 'cog', 'heading', 'status', 'delay', 'class', 'standing'] as const
export type ColumnName = (typeof COLUMNS)[number]
export type Columns = Readonly<Record<ColumnName, Int32Array>>

const FIRST_ROWS = 1 << 14

const emptyColumns = (rows: number): Columns => Object.fromEntries(COLUMNS.map(name => [name, new Int32Array(rows)])) as Columns

export class TrackBuffer {
  #columns = emptyColumns(FIRST_ROWS)
  #room = FIRST_ROWS
  rows = 0
  /** Marks of the rows; -1 where there is no ledger. */
  firstMark = -1
  lastMark = -1
  /** Everything up to here is placed: what may be vouched for when the rows are on the disk. */
  safeMark = -1

  add(report: PositionReport, standing: Standing): void {
    if (this.rows === this.#room) this.#grow()
    const at = this.rows++
    const columns = this.#columns
    columns.mmsi[at] = report.mmsi
    columns.t[at] = Math.floor(report.sentAtMs / 1000)
    columns.lat[at] = report.lat600k
    columns.lon[at] = report.lon600k
    columns.sog[at] = report.sogDeciknots
    columns.cog[at] = report.cogDecidegrees
    columns.heading[at] = report.headingDeg
    columns.status[at] = report.navigationStatus
    columns.delay[at] = Math.round((report.receivedAtMs - report.sentAtMs) / 1000)
    columns.class[at] = report.stationClass
    columns.standing[at] = standing
    if (report.mark >= 0) {
      if (this.firstMark < 0) this.firstMark = report.mark
      this.lastMark = Math.max(this.lastMark, report.mark)
    }
  }

  /** The rows so far, copied tight. */
  take(): Columns {
    return Object.fromEntries(COLUMNS.map(name => [name, this.#columns[name].slice(0, this.rows)])) as Columns
  }

  forEach(visit: (columns: Columns, at: number) => void): void {
    for (let at = 0; at < this.rows; at++) visit(this.#columns, at)
  }

  #grow(): void {
    this.#room *= 2
    const wider = emptyColumns(this.#room)
    for (const name of COLUMNS) wider[name].set(this.#columns[name])
    this.#columns = wider
  }
}

export const pointAt = (columns: Columns, at: number): TrackPoint => ({
  mmsi: columns.mmsi[at]!,
  sentAtMs: columns.t[at]! * 1000,
  receivedAtMs: (columns.t[at]! + columns.delay[at]!) * 1000,
  lat600k: columns.lat[at]!,
  lon600k: columns.lon[at]!,
  sogDeciknots: columns.sog[at]!,
  cogDecidegrees: columns.cog[at]!,
  headingDeg: columns.heading[at]!,
  navigationStatus: columns.status[at]!,
  stationClass: columns.class[at]!,
  standing: columns.standing[at] === 1 ? 1 : columns.standing[at] === 2 ? 2 : 0,
})

/** Interleaved bits of a place in 0.01° cells: ships near each other lie near each other in the file. */
export function morton(lat600k: number, lon600k: number): number {
  return spread(Math.floor((lat600k + 54_000_000) / 6000)) * 2 + spread(Math.floor((lon600k + 108_000_000) / 6000))
}
/** 16 bits, each moved to an even place. */
function spread(value: number): number {
  let x = value & 0xffff
  x = (x | (x << 8)) & 0x00ff00ff
  x = (x | (x << 4)) & 0x0f0f0f0f
  x = (x | (x << 2)) & 0x33333333
  return (x | (x << 1)) & 0x55555555
}
