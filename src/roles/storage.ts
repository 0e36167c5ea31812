// What is kept and how long: sizes by kind, the forecast of the full disk, and the removal of what is too old or too much. Held evidence is exempt.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import type { Clock } from '#base/index.ts'
import { fullAtMs, growthOf, type Hold, type Ledger, listSegments, planRemoval, type StoredFile } from '#evidence/index.ts'
import { diskRoom } from '#platform/files/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Log } from '#platform/log/index.ts'

const LOOK_EVERY_MS = 10 * 60_000
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export interface RetentionSettings {
  readonly ledgerDays: number
  readonly tracksDays: number
  readonly minFreeBytes: number
}

export interface StorageOptions {
  readonly http: Http
  readonly data: string
  readonly clock: Clock
  readonly retention: RetentionSettings
  readonly log: Log
  readonly ledger: Ledger
  /** Times whose evidence is held. */
  holds(): readonly Hold[]
}

interface FoundFile {
  readonly path: string
  readonly bytes: number
  readonly toMs: number
}

/** Files below a folder with size and time of last change. */
export function filesBelow(directory: string, ending: RegExp): FoundFile[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap(entry => {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !ending.test(entry.name)) return []
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat ? [{ path, bytes: stat.size, toMs: stat.mtimeMs }] : []
  })
}

/** Ledger segments: each holds what came since the one before it was closed. */
function ledgerFiles(data: string): (StoredFile & { readonly number: number })[] {
  const directory = join(data, 'ledger')
  return listSegments(directory).map(({ number, file, bytes, modifiedAtMs }, n, all) => ({
    kind: 'ledger',
    number,
    path: join(directory, file),
    bytes,
    fromMs: all[n - 1]?.modifiedAtMs ?? Number.NEGATIVE_INFINITY,
    toMs: modifiedAtMs,
  }))
}

/** Track files: the hour of sending stands in their path, whenever they were written. */
function trackFiles(data: string): StoredFile[] {
  return filesBelow(join(data, 'tracks'), /\.parquet$/).map(({ path, bytes, toMs }) => {
    const hour = /(\d{4})\/(\d{2})\/(\d{2})\/(\d{2})[^/]*(?:\/[^/]+)?$/.exec(path.replaceAll('\\', '/'))
    const fromMs = hour ? Date.UTC(Number(hour[1]), Number(hour[2]) - 1, Number(hour[3]), Number(hour[4])) : toMs
    return { kind: 'tracks', path, bytes, fromMs, toMs: hour ? fromMs + HOUR_MS : toMs }
  })
}

export interface RemoveOptions extends Pick<StorageOptions, 'data' | 'retention' | 'ledger' | 'log'> {
  readonly nowMs: number
  readonly freeBytes: number
  readonly holds: readonly Hold[]
}

/** Takes away what is too old or too much. Segments go through the ledger, which records in its chain what went. */
export async function removeOld({ data, retention, ledger, log, nowMs, freeBytes, holds }: RemoveOptions): Promise<void> {
  const segments = ledgerFiles(data)
  const { going, heldBytes, lackingBytes } = planRemoval([...segments, ...trackFiles(data)], {
    nowMs,
    freeBytes,
    minFreeBytes: retention.minFreeBytes,
    keepMs: new Map([
      ['ledger', retention.ledgerDays * DAY_MS],
      ['tracks', retention.tracksDays * DAY_MS],
    ]),
    holds,
  })
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
  if (lackingBytes > 0)
    log.error(
      `the disk has ${megabytes(freeBytes)} left and nothing more may go (${megabytes(heldBytes)} are held as evidence); make room or let held evidence go`,
    )
  if (going.length === 0) return
  log.warn(
    `${going.length} old files are removed (${megabytes(freeBytes)} were free; the ledger is kept ${retention.ledgerDays} days, tracks ${retention.tracksDays})`,
  )
  for (const file of going) if (file.kind === 'tracks') rmSync(file.path, { force: true })
  await ledger.removeSegments(segments.filter(segment => going.includes(segment)).map(segment => segment.number))
}

export function storageRoutes({ http, data, clock, retention, log, ledger, holds }: StorageOptions): { close(): void } {
  const kinds = () => [
    { kind: 'ledger', keepDays: retention.ledgerDays, files: filesBelow(join(data, 'ledger'), /./) },
    { kind: 'tracks', keepDays: retention.tracksDays, files: filesBelow(join(data, 'tracks'), /\.parquet$/) },
    { kind: 'store', keepDays: undefined, files: filesBelow(join(data, 'store'), /./) },
  ]
  http.route({
    method: 'GET',
    path: '/api/storage',
    deed: 'evidence.look',
    summary: 'What is kept, how long, and when the disk is full',
    tag: 'status',
    answer: Type.Object({
      freeBytes: Type.Number(),
      totalBytes: Type.Number(),
      fullAt: Type.Optional(Type.String()),
      kinds: Type.Array(Type.Object({ kind: Type.String(), bytes: Type.Number() })),
    }),
    async handle() {
      const room = await diskRoom(data)
      const now: number = clock.now()
      const views = kinds().map(({ kind, keepDays, files }) => ({
        kind,
        bytes: files.reduce((sum, file) => sum + file.bytes, 0),
        bytesPerDay: growthOf(files, now),
        ...(files.length > 0 ? { oldest: new Date(Math.min(...files.map(file => file.toMs))).toISOString() } : {}),
        ...(keepDays === undefined ? {} : { keepDays }),
      }))
      const fullMs = fullAtMs(
        views.reduce((sum, view) => sum + view.bytesPerDay, 0),
        room.freeBytes,
        now,
      )
      return { ...room, kinds: views, ...(fullMs === undefined ? {} : { fullAt: new Date(fullMs).toISOString() }) }
    },
  })

  const look = async (): Promise<void> => {
    const { freeBytes } = await diskRoom(data)
    await removeOld({ data, retention, ledger, log, nowMs: clock.now(), freeBytes, holds: holds() })
  }
  const close = clock.every(
    LOOK_EVERY_MS,
    () => void look().catch(error => log.error(`old files could not be removed: ${error instanceof Error ? error.message : error}`)),
  )
  return { close }
}
