// The archive's thread: makes pieces of what memory hands over, and merges the pieces of an hour into its file when the hour is ten minutes past.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { COLUMNS, type Columns } from './columns.ts'
import { openTrackDatabase, type TrackDatabase } from './database.ts'
import { HOUR_S, hourPath, piecesOf } from './files.ts'
import { fileOrder, TrackFile } from './parquet.ts'

export type WriterTask =
  | {
      readonly task: 'piece'
      readonly id: number
      readonly columns: Columns
      readonly lastMark: number
      /** Vouched for when it is written: nothing up to here waits elsewhere. */
      readonly safeMark: number
      readonly names: readonly (readonly [number, string])[]
    }
  | { readonly task: 'merge'; readonly id: number; readonly hour: number }
  | { readonly task: 'close'; readonly id: number }
export interface WriterAnswer {
  readonly id: number
  readonly fault?: string
  readonly damaged?: readonly Damaged[]
}
interface Damaged {
  readonly file: string
  readonly why: string
}

const directory: string = workerData.directory
/** Rows read back at once when an hour is merged. */
const MERGE_ROWS = 1 << 18
let database: TrackDatabase | undefined
/** Files that cannot be read: they stay as they lie, and nothing is merged with them. */
const damaged = new Set<string>()
const newlyDamaged: Damaged[] = []

/** A piece for each hour the rows were sent in. */
function writePiece({ columns, lastMark, safeMark, names }: Extract<WriterTask, { task: 'piece' }>): void {
  const byHour = new Map<number, number[]>()
  for (let at = 0; at < columns.t.length; at++) {
    const hour = Math.floor(columns.t[at]! / HOUR_S)
    const own = byHour.get(hour)
    if (own) own.push(at)
    else byHour.set(hour, [at])
  }
  for (const [hour, rows] of byHour) {
    const own = Object.fromEntries(COLUMNS.map(name => [name, Int32Array.from(rows, at => columns[name][at]!)])) as Columns
    const file = new TrackFile(
      join(directory, hourPath(hour), `${String(lastMark + 1).padStart(15, '0')}-${process.hrtime.bigint()}.parquet`),
      'piece',
    )
    try {
      file.write(own, fileOrder(own))
      file.finish()
    } catch (error) {
      file.abandon()
      throw error
    }
  }
  writeNames(names)
  // The mark is told only after every piece of it is there.
  if (safeMark >= 0) tellDurable(safeMark)
}

function tellDurable(mark: number): void {
  const path = join(directory, `durable-${mark}`)
  closeSync(openSync(path, 'w'))
  const folder = openSync(directory, 'r')
  fsyncSync(folder)
  closeSync(folder)
  for (const name of readdirSync(directory))
    if (name.startsWith('durable-') && name !== `durable-${mark}`) rmSync(join(directory, name), { force: true })
}

/** Names for whoever reads the archive alone: `names.json`, MMSI → name. */
function writeNames(names: readonly (readonly [number, string])[]): void {
  if (names.length === 0) return
  const path = join(directory, 'names.json')
  writeFileSync(`${path}.tmp`, JSON.stringify(Object.fromEntries(names)))
  renameSync(`${path}.tmp`, path)
}

/** The hour's pieces, and its file when late ones came, become one file. Memory stays bounded: DuckDB sorts, rows come back in chunks. */
async function merge(hour: number): Promise<void> {
  const pieces = piecesOf(directory, hour).filter(piece => !damaged.has(piece))
  const path = `${join(directory, hourPath(hour))}.parquet`
  if (pieces.length === 0 || damaged.has(path)) return
  const inputs = existsSync(path) ? [path, ...pieces] : pieces
  database ??= await openTrackDatabase({
    onDamaged(file, why) {
      damaged.add(file)
      newlyDamaged.push({ file, why })
    },
  })
  const file = new TrackFile(path, 'hour')
  const pending: number[][] = COLUMNS.map(() => [])
  const flush = (): void => {
    const columns = Object.fromEntries(COLUMNS.map((name, n) => [name, Int32Array.from(pending[n] ?? [])])) as Columns
    if (columns.t.length > 0)
      file.write(
        columns,
        Uint32Array.from({ length: columns.t.length }, (_, n) => n),
      )
    for (const column of pending) column.length = 0
  }
  try {
    // By the 0.1° cell of the ship's first point: near enough to the pieces' own order, and plain SQL.
    await database.stream(
      inputs,
      from => `WITH p AS (SELECT * FROM ${from}), f AS (SELECT mmsi, arg_min(lat, t) // 60000 AS y, arg_min(lon, t) // 60000 AS x FROM p GROUP BY mmsi)
        SELECT ${COLUMNS.map(name => `p."${name}"`).join(', ')} FROM p JOIN f USING (mmsi) ORDER BY y, x, p.mmsi, p.t`,
      columns => {
        for (const [n, column] of columns.entries()) for (const value of column) pending[n]?.push(value)
        if ((pending[0]?.length ?? 0) >= MERGE_ROWS) flush()
      },
    )
    flush()
    file.finish()
  } catch (error) {
    file.abandon()
    if ((await database.damagedOf(inputs)).length === 0) throw error
    return merge(hour)
  }
  const folder = join(directory, hourPath(hour))
  for (const piece of pieces) rmSync(piece, { force: true })
  if (readdirSync(folder).every(name => name.endsWith('.tmp'))) rmSync(folder, { recursive: true, force: true })
}

mkdirSync(directory, { recursive: true })
let turn: Promise<void> = Promise.resolve()
parentPort?.on('message', (task: WriterTask) => {
  turn = turn.then(async () => {
    const answer = (fault?: string): void =>
      parentPort?.postMessage({
        id: task.id,
        damaged: newlyDamaged.splice(0),
        ...(fault === undefined ? {} : { fault }),
      } satisfies WriterAnswer)
    try {
      if (task.task === 'piece') writePiece(task)
      else if (task.task === 'merge') await merge(task.hour)
      else database?.close()
      answer()
      if (task.task === 'close') parentPort?.close()
    } catch (error) {
      answer(error instanceof Error ? error.message : String(error))
    }
  })
})
