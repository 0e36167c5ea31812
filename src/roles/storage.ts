// What is kept and how long: sizes by kind, the forecast of the full disk, and the removal of what is too old or too much. Held evidence is exempt.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import type { Clock } from '#base/index.ts'
import { type Hold, type Ledger, listSegments, planRemoval, type StoredFile } from '#evidence/index.ts'
import { diskRoom } from '#platform/files/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Log } from '#platform/log/index.ts'

const LOOK_EVERY_MS = 10 * 60_000
const DAY_MS = 86_400_000

export interface StorageOptions {
  readonly http: Http
  readonly data: string
  readonly clock: Clock
  readonly retention: { readonly ledgerDays: number; readonly tracksDays: number; readonly minFreeBytes: number }
  readonly log: Log
  readonly ledger: Ledger
  /** Times whose evidence is held. */
  holds(): readonly Hold[]
}

/** Files below a folder with size and time of last change. */
export function filesBelow(directory: string, ending: RegExp): StoredFile[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap(entry => {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !ending.test(entry.name)) return []
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat ? [{ path, bytes: stat.size, atMs: stat.mtimeMs }] : []
  })
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
    right: 'read-records',
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
      const views = kinds().map(({ kind, keepDays, files }) => {
        const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
        const oldestMs = files.reduce((oldest, file) => Math.min(oldest, file.atMs), now)
        // By the last day, or by all there is when that is younger.
        const sinceMs = Math.max(now - DAY_MS, oldestMs)
        const recent = files.filter(file => file.atMs >= sinceMs).reduce((sum, file) => sum + file.bytes, 0)
        const bytesPerDay = now - sinceMs > 60_000 ? (recent / (now - sinceMs)) * DAY_MS : 0
        return {
          kind,
          bytes,
          bytesPerDay: Math.round(bytesPerDay),
          ...(files.length > 0 ? { oldest: new Date(oldestMs).toISOString() } : {}),
          ...(keepDays === undefined ? {} : { keepDays }),
        }
      })
      const perDay = views.reduce((sum, view) => sum + view.bytesPerDay, 0)
      const days = perDay > 0 ? room.freeBytes / perDay : Number.POSITIVE_INFINITY
      return { ...room, kinds: views, ...(days < 3650 ? { fullAt: new Date(now + days * DAY_MS).toISOString() } : {}) }
    },
  })

  const look = async (): Promise<void> => {
    const { freeBytes } = await diskRoom(data)
    const segments = listSegments(join(data, 'ledger'))
    const all = kinds()
    for (const kind of ['ledger', 'tracks']) {
      const own = all.find(one => one.kind === kind)
      if (!own?.keepDays) continue
      const going = planRemoval(own.files, {
        nowMs: clock.now(),
        keepMs: own.keepDays * DAY_MS,
        freeBytes,
        minFreeBytes: retention.minFreeBytes,
        holds: holds(),
      })
      if (going.length === 0) continue
      log.warn(`${going.length} old ${kind} files are removed (${own.keepDays} days are kept, ${Math.round(freeBytes / 1e6)} MB were free)`)
      if (kind === 'tracks') for (const file of going) rmSync(file.path, { force: true })
      else {
        // Segments go through the ledger, which notes what went.
        await ledger.removeSegments(
          segments.filter(segment => going.some(file => file.path.endsWith(segment.file))).map(segment => segment.number),
        )
      }
    }
  }
  const close = clock.every(
    LOOK_EVERY_MS,
    () => void look().catch(error => log.error(`old files could not be removed: ${error instanceof Error ? error.message : error}`)),
  )
  return { close }
}
