// Writes positions as Parquet: rows by the cell of the ship's first point of the file, then ship, then time; row groups of 16,384; deltas and zstd.
// The file appears whole or not at all: temporary name, synced, renamed, folder synced.
import { closeSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { constants, zstdCompressSync } from 'node:zlib'
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import { COLUMNS, type Columns, morton } from './columns.ts'

/** Columns whose neighbours differ little; the others are few words, a dictionary is smaller. */
const DELTAS: ReadonlySet<string> = new Set(['t', 'lat', 'lon', 'sog', 'cog', 'heading'])
const ROW_GROUP = 32_768
/** Pieces are written every five minutes at full rate; an hour's file once, and kept for years. Measured (bench archive): 9.3 and 8.9 bytes a position. */
const ZSTD_LEVELS = { piece: 3, hour: 15 } as const

/** The order of rows in a file: by cell of the ship's first row, ship, time. */
export function fileOrder(columns: Columns): Uint32Array {
  const rows = columns.t.length
  const firstOf = new Map<number, number>()
  for (let at = 0; at < rows; at++) {
    const first = firstOf.get(columns.mmsi[at]!)
    if (first === undefined || columns.t[at]! < columns.t[first]!) firstOf.set(columns.mmsi[at]!, at)
  }
  // Ships in order of their cell; each row's key is its ship's rank.
  const ships = [...firstOf].sort(
    (a, b) => morton(columns.lat[a[1]]!, columns.lon[a[1]]!) - morton(columns.lat[b[1]]!, columns.lon[b[1]]!) || a[0] - b[0],
  )
  const rank = new Map(ships.map(([mmsi], n) => [mmsi, n]))
  const keys = new Float64Array(rows)
  let since = Number.POSITIVE_INFINITY
  for (let at = 0; at < rows; at++) since = Math.min(since, columns.t[at]!)
  for (let at = 0; at < rows; at++) keys[at] = (rank.get(columns.mmsi[at]!) ?? 0) * 2 ** 22 + (columns.t[at]! - since)
  return Uint32Array.from({ length: rows }, (_, n) => n).sort((a, b) => keys[a]! - keys[b]!)
}

export class TrackFile {
  readonly #path: string
  readonly #temporary: string
  readonly #file: number
  readonly #bytes = new ByteWriter(1 << 20)
  readonly #writer: ParquetWriter
  rows = 0

  constructor(path: string, kind: keyof typeof ZSTD_LEVELS) {
    this.#path = path
    this.#temporary = `${path}.tmp`
    mkdirSync(dirname(path), { recursive: true })
    this.#file = openSync(this.#temporary, 'w')
    const schema = schemaFromColumnData({ columnData: COLUMNS.map(name => ({ name, data: new Int32Array(1), type: 'INT32' as const })) })
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema,
      codec: 'ZSTD',
      compressors: {
        ZSTD: bytes => new Uint8Array(zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVELS[kind] } })),
      },
      createdBy: 'mangru',
    })
  }

  /** Adds rows; `order` picks and orders them. A doubled row (same ship, second and place) next to its like is left out. */
  write(columns: Columns, order: Uint32Array): void {
    const { mmsi, t, lat, lon } = columns
    let kept = 0
    for (let n = 0; n < order.length; n++) {
      const [at, before] = [order[n]!, n > 0 ? order[kept - 1]! : -1]
      if (before >= 0 && mmsi[at] === mmsi[before] && t[at] === t[before] && lat[at] === lat[before] && lon[at] === lon[before]) continue
      order[kept++] = at
    }
    const rows = order.subarray(0, kept)
    void this.#writer.write({
      columnData: COLUMNS.map(name => ({
        name,
        data: Int32Array.from(rows, at => columns[name][at]!),
        type: 'INT32' as const,
        ...(DELTAS.has(name) ? { encoding: 'DELTA_BINARY_PACKED' as const } : {}),
      })),
      rowGroupSize: ROW_GROUP,
    })
    this.rows += kept
    this.#spill()
  }

  finish(): void {
    void this.#writer.finish()
    this.#spill()
    fdatasyncSync(this.#file)
    closeSync(this.#file)
    renameSync(this.#temporary, this.#path)
    const folder = openSync(dirname(this.#path), 'r')
    fsyncSync(folder)
    closeSync(folder)
  }

  abandon(): void {
    closeSync(this.#file)
    rmSync(this.#temporary, { force: true })
  }

  #spill(): void {
    const bytes = this.#bytes.getBytes()
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at)
    this.#bytes.index = 0
  }
}
