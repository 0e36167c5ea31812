// What the backup panel shows, and the two requests it makes.
import type { Api } from '../live/api.ts'
import { field, list, number, present, text, time } from '../live/wire.ts'

export interface BackupView {
  readonly name: string
  readonly atMs: number
  /** Absent: made by hand, its figures are in its own list. */
  readonly bytes?: number
  readonly newBytes?: number
  readonly tookMs?: number
  readonly by?: string
}

export interface BackupsView {
  /** Absent: none are made by schedule. */
  readonly to?: string
  readonly everyMinutes: number
  readonly keepNewest: number
  readonly keepDays: number
  readonly hasSealedKeys: boolean
  readonly nextAtMs?: number
  readonly running?: { readonly sinceMs: number; readonly what: string; readonly bytes: number; readonly ofBytes: number }
  readonly failure?: { readonly atMs: number; readonly why: { readonly ko: string; readonly en: string }; readonly sentence: string }
  readonly backups: readonly BackupView[]
}

/** mangru-2026-11-25T18-00-00-000Z → its moment. */
const momentOf = (name: string): number => Date.parse(name.replace(/^mangru-(.{10})T(..)-(..)-(..)-(...)Z$/, '$1T$2:$3:$4.$5Z'))

function backup(from: unknown): BackupView[] {
  const name = text(from, 'name') ?? ''
  const atMs = time(from, 'at') ?? momentOf(name)
  if (!Number.isFinite(atMs)) return []
  return [
    {
      name,
      atMs,
      ...present({
        bytes: number(from, 'bytes'),
        newBytes: number(from, 'newBytes'),
        tookMs: number(from, 'tookMs'),
        by: text(from, 'by'),
      }),
    },
  ]
}

export function readBackups(from: unknown): BackupsView {
  const running = field(from, 'running')
  const failure = field(from, 'failure')
  const why = field(failure, 'why')
  return {
    everyMinutes: number(from, 'everyMinutes') ?? 0,
    keepNewest: number(from, 'keepNewest') ?? 0,
    keepDays: number(from, 'keepDays') ?? 0,
    hasSealedKeys: field(from, 'hasSealedKeys') === true,
    backups: list(from, 'backups').flatMap(backup),
    ...present({ to: text(from, 'to'), nextAtMs: time(from, 'nextAt') }),
    ...(running === undefined
      ? {}
      : {
          running: {
            sinceMs: time(running, 'since') ?? 0,
            what: text(running, 'what') ?? '',
            bytes: number(running, 'bytes') ?? 0,
            ofBytes: number(running, 'ofBytes') ?? 0,
          },
        }),
    ...(failure === undefined
      ? {}
      : {
          failure: {
            atMs: time(failure, 'at') ?? 0,
            why: { ko: text(why, 'ko') ?? '', en: text(why, 'en') ?? '' },
            sentence: text(failure, 'sentence') ?? '',
          },
        }),
  }
}

/** How much is done, 0 to 1; what is still to be read back and listed keeps it below the end. */
export const shareOf = ({ bytes, ofBytes }: { readonly bytes: number; readonly ofBytes: number }): number =>
  Math.min(0.99, bytes / Math.max(1, ofBytes))

export const backups = async (api: Pick<Api, 'json'>): Promise<BackupsView> => readBackups(await api.json('GET', '/api/backups'))
export const backUpNow = async (api: Pick<Api, 'json'>): Promise<BackupsView> => readBackups(await api.json('POST', '/api/backups'))
