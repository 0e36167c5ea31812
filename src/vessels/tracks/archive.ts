// The running archive: the newest minutes in memory, pieces of five minutes on the disk, hours merged. Writing happens in a thread; asking is DuckDB's.
// When the disk refuses, a bounded amount is kept in memory and tried again; what is beyond it is dropped, counted, and still in the ledger.
import { Worker } from 'node:worker_threads'
import type { Clock } from '#base/index.ts'
import type { Standing } from '../pass-contract.ts'
import type { PositionReport } from '../report.ts'
import type { TrackArchive, TrackPoint } from './archive-contract.ts'
import { COLUMNS, pointAt, TrackBuffer } from './columns.ts'
import { openTrackDatabase, type TrackDatabase } from './database.ts'
import { durableMarkOf, filesOf, HOUR_S, hoursWithPieces } from './files.ts'
import { isInBox, lastPoints, minutesOf, nearHits, PAST_MS, pointsAround, trackOf } from './queries.ts'
import type { WriterAnswer, WriterTask } from './writer-thread.ts'

const PIECE_MS = 5 * 60_000
const PIECE_ROWS = 1_000_000
const MAX_WAITING_ROWS = 6_000_000
/** An hour is merged when it is this long past. */
const MERGE_AFTER_MS = 10 * 60_000
const RETRY_MS = 5000

export interface TracksOptions {
  readonly directory: string
  readonly clock: Clock
  /** Names of ships, for readers of the archive alone. */
  readonly names?: () => readonly (readonly [number, string])[]
  readonly onFault?: (sentence: string | undefined) => void
  /** A file that cannot be read: passed over; what it held is still in the ledger. */
  readonly onDamaged?: (file: string, why: string) => void
  /** The lowest ledger mark whose report is not decided yet (it waits for its order); infinity when none waits. */
  oldestWaitingMark?(): number
  /** Rows kept in memory while the disk refuses. */
  readonly maxWaitingRows?: number
}

export async function openTracks(options: TracksOptions): Promise<TrackArchive> {
  const archive = new Archive(options, await openTrackDatabase(options.onDamaged ? { onDamaged: options.onDamaged } : {}))
  return archive
}

class Archive implements TrackArchive {
  readonly #options: TracksOptions
  readonly #database: TrackDatabase
  #worker: Worker | undefined
  readonly #answers = new Map<number, (fault: string | undefined) => void>()
  readonly #stops: (() => void)[]
  /** Oldest first; the last is being filled, the others are on their way to the disk. */
  #buffers: TrackBuffer[] = [new TrackBuffer()]
  #task = 0
  #added = 0
  #dropped = 0
  #pieces = 0
  #isWriting: Promise<void> | undefined
  #underWay: TrackBuffer | undefined
  durableMark: number
  readonly #minutes = new Map<string, ReadonlyMap<number, number>>()

  constructor(options: TracksOptions, database: TrackDatabase) {
    this.#options = options
    this.#database = database
    this.durableMark = durableMarkOf(options.directory)
    this.#stops = [options.clock.every(PIECE_MS, () => void this.flush()), options.clock.every(60_000, () => this.#mergePast())]
  }

  /** The writer's thread. One that died (memory, a bug) is replaced, and what it was asked is asked again. */
  #thread(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: { directory: this.#options.directory } })
    worker.on('message', ({ id, fault, damaged = [] }: WriterAnswer) => {
      for (const { file, why } of damaged) this.#options.onDamaged?.(file, why)
      this.#answers.get(id)?.(fault)
      this.#answers.delete(id)
    })
    let reason = 'its thread ended'
    worker.on('error', error => {
      reason = error instanceof Error ? error.message : String(error)
    })
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
      for (const answer of this.#answers.values()) answer(reason)
      this.#answers.clear()
    })
    this.#worker = worker
    return worker
  }

  add(report: PositionReport, standing: Standing): void {
    const buffer = this.#buffers.at(-1)
    if (!buffer) return
    buffer.add(report, standing)
    this.#added++
    if (buffer.rows >= PIECE_ROWS) void this.flush()
  }

  async flush(): Promise<void> {
    const last = this.#buffers.at(-1)
    if (last && last.rows > 0) {
      // What still waits for its order has an older mark than what was placed before it: not vouched for.
      last.safeMark = Math.min(last.lastMark, (this.#options.oldestWaitingMark?.() ?? Number.POSITIVE_INFINITY) - 1)
      this.#buffers.push(new TrackBuffer())
    }
    this.#giveUpOldest()
    this.#isWriting ??= this.#writeAll().finally(() => {
      this.#isWriting = undefined
    })
    await this.#isWriting
  }

  /** Full behaviour: the oldest rows go, counted; never those being filled or on their way to the disk. */
  #giveUpOldest(): void {
    const most = this.#options.maxWaitingRows ?? MAX_WAITING_ROWS
    let waiting = this.#buffers.reduce((sum, buffer) => sum + buffer.rows, 0)
    for (const buffer of this.#buffers.slice(0, -1)) {
      if (waiting <= most) return
      if (buffer === this.#underWay) continue
      this.#buffers.splice(this.#buffers.indexOf(buffer), 1)
      this.#dropped += buffer.rows
      waiting -= buffer.rows
    }
  }

  async #writeAll(): Promise<void> {
    while (this.#buffers.length > 1) {
      const buffer = this.#buffers[0]
      if (!buffer) return
      this.#underWay = buffer
      const columns = buffer.take()
      const mark = Math.max(this.durableMark, buffer.safeMark)
      const fault = await this.#ask({
        task: 'piece',
        id: 0,
        columns,
        lastMark: buffer.lastMark,
        safeMark: mark,
        names: this.#options.names?.() ?? [],
      })
      this.#underWay = undefined
      this.#options.onFault?.(
        fault === undefined ? undefined : `positions cannot be archived: ${fault}; they are kept in memory and tried again`,
      )
      if (fault !== undefined) {
        // Tried again with the next piece, or in a while.
        this.#options.clock.after(RETRY_MS, () => void this.flush())
        return
      }
      this.#pieces++
      this.durableMark = mark
      this.#buffers.splice(this.#buffers.indexOf(buffer), 1)
    }
  }

  #mergePast(): void {
    const newest = Math.floor((this.#options.clock.now() - MERGE_AFTER_MS) / 1000 / HOUR_S) - 1
    for (const hour of hoursWithPieces(this.#options.directory)) if (hour <= newest) void this.#ask({ task: 'merge', id: 0, hour })
  }

  #ask(task: WriterTask): Promise<string | undefined> {
    const id = ++this.#task
    return new Promise(done => {
      this.#answers.set(id, done)
      this.#thread().postMessage(
        { ...task, id },
        task.task === 'piece' ? COLUMNS.map(name => task.columns[name].buffer as ArrayBuffer) : [],
      )
    })
  }

  #inMemory(wanted: (mmsi: number, sentAtS: number, lat600k: number, lon600k: number) => boolean): TrackPoint[] {
    const points: TrackPoint[] = []
    for (const buffer of this.#buffers) {
      buffer.forEach((columns, at) => {
        if (wanted(columns.mmsi[at]!, columns.t[at]!, columns.lat[at]!, columns.lon[at]!)) points.push(pointAt(columns, at))
      })
    }
    return points
  }

  async track(
    mmsi: number,
    fromMs: number,
    toMs: number,
    { strays = false }: { readonly strays?: boolean } = {},
  ): Promise<readonly TrackPoint[]> {
    const [fromS, toS] = [Math.ceil(fromMs / 1000), Math.floor(toMs / 1000)]
    const memory = this.#inMemory((one, t) => one === mmsi && t >= fromS && t <= toS)
    const files = await trackOf(this.#database, this.#options.directory, mmsi, fromMs, toMs)
    return unique([...files, ...memory]).filter(point => strays || point.standing !== 1)
  }

  async near(lat: number, lon: number, withinM: number, fromMs: number, toMs: number) {
    const reach = (withinM + 6000) / 110_500
    const box = { west: wrapped(lon - reach * 2), east: wrapped(lon + reach * 2), south: lat - reach, north: lat + reach }
    const memory = this.#inMemory((_mmsi, t, y, x) => t * 1000 >= fromMs && t * 1000 <= toMs && isInBox(box, y, x)).filter(
      point => point.standing !== 1,
    )
    const files = await pointsAround(this.#database, this.#options.directory, lat, lon, withinM, fromMs, toMs)
    return nearHits(unique([...files, ...memory]), lat, lon, withinM)
  }

  async past(atMs: number, box: { west: number; south: number; east: number; north: number }): Promise<readonly TrackPoint[]> {
    const memory = this.#inMemory((_mmsi, t, y, x) => t * 1000 <= atMs && t * 1000 >= atMs - PAST_MS && isInBox(box, y, x))
    const files = await lastPoints(this.#database, this.#options.directory, atMs, box)
    const newest = new Map<number, TrackPoint>()
    for (const point of [...files, ...memory])
      if (point.standing === 0 && point.sentAtMs >= (newest.get(point.mmsi)?.sentAtMs ?? 0)) newest.set(point.mmsi, point)
    return [...newest.values()]
  }

  async timeline(fromMs: number, toMs: number, bins: number) {
    const width = (toMs - fromMs) / bins
    const counts = new Float64Array(bins)
    const note = (minute: number, count: number): void => {
      const bin = Math.floor((minute * 60_000 - fromMs) / width)
      if (bin >= 0 && bin < bins) counts[bin]! += count
    }
    for (const file of filesOf(this.#options.directory, Math.floor(fromMs / 1000 / HOUR_S), Math.floor(toMs / 1000 / HOUR_S))) {
      let minutes = this.#minutes.get(file)
      if (!minutes) {
        minutes = await minutesOf(this.#database, file).catch(() => new Map<number, number>())
        // A merged hour is named like its predecessor only when late pieces came; those are rare and add little.
        if (this.#minutes.size > 10_000) this.#minutes.clear()
        this.#minutes.set(file, minutes)
      }
      for (const [minute, count] of minutes) note(minute, count)
    }
    for (const buffer of this.#buffers)
      buffer.forEach((columns, at) => {
        note(Math.floor(columns.t[at]! / 60), 1)
      })
    return Array.from(counts, (positions, n) => ({ fromMs: Math.round(fromMs + n * width), positions }))
  }

  figures() {
    return {
      added: this.#added,
      waiting: this.#buffers.reduce((sum, buffer) => sum + buffer.rows, 0),
      dropped: this.#dropped,
      pieces: this.#pieces,
    }
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop()
    await this.flush()
    await this.#ask({ task: 'close', id: 0 })
    this.#database.close()
  }
}

const wrapped = (lon: number): number => (lon < -180 ? lon + 360 : lon > 180 ? lon - 360 : lon)

/** In order of ship and sending, doubles left out (a merge or a restart may show a row twice). */
function unique(points: TrackPoint[]): TrackPoint[] {
  points.sort((a, b) => a.mmsi - b.mmsi || a.sentAtMs - b.sentAtMs)
  return points.filter((point, n) => {
    const before = points[n - 1]
    return (
      !before ||
      before.mmsi !== point.mmsi ||
      before.sentAtMs !== point.sentAtMs ||
      before.lat600k !== point.lat600k ||
      before.lon600k !== point.lon600k
    )
  })
}
