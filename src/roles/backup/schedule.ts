// Backups made by schedule, and on demand: one at a time, in a process of its own. Each run stands in the store with its outcome. One that failed is an alarm until the next is whole,
// graver when the last whole one is old; it is tried again sooner than the schedule says.
import { auditStatement, type Deed } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Migration, Store } from '#platform/store/index.ts'
import { createFindingDesk, type FindingSink, type Severity, type Subject } from '#rules/index.ts'
import { hasFailed, type RunEnd, type RunFailed, type Running, type RunProgress } from './run.ts'
import type { BackupSettings } from './settings.ts'

export const BACKUP_MIGRATIONS: readonly Migration[] = [
  {
    id: 'backup-0001',
    sql: `CREATE TABLE backup_runs (
      id INTEGER PRIMARY KEY,
      began_ms INTEGER NOT NULL,
      ended_ms INTEGER NOT NULL,
      who TEXT NOT NULL,
      name TEXT,
      code TEXT,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX backup_runs_name ON backup_runs (name)`,
  },
]

const LOOK_EVERY_MS = 15_000
/** A start has other things to do. */
const AFTER_START_MS = 60_000
const RETRY_MS = 10 * 60_000
/** No whole backup for this many intervals, and for at least a day: graver. */
const OLD_INTERVALS = 3
const DAY_MS = 86_400_000
const SUBJECTS: readonly Subject[] = [{ kind: 'disk', id: 'backup' }]
/** By whom: the product's own clock. */
export const SCHEDULE = 'mangru'

/** Why there is none, for an officer's alarm; the operator reads the sentence beside it. */
const WHY: Readonly<Record<RunFailed['code'], { readonly ko: string; readonly en: string }>> = {
  destination: { ko: '백업 폴더에 쓸 수 없음', en: 'its folder cannot be written' },
  busy: { ko: '다른 백업이 진행 중', en: 'another one is being made' },
  full: { ko: '백업 디스크에 자리 없음', en: 'its disk is full' },
  changed: { ko: '복사하는 동안 자료가 계속 바뀜', en: 'the data changed all the time' },
  passphrase: { ko: '암호문 파일을 읽을 수 없음', en: 'the passphrase cannot be read' },
  stalled: { ko: '백업 폴더가 응답하지 않음', en: 'its folder does not answer' },
  ended: { ko: '백업하던 프로세스가 끝나 버림', en: 'its process ended' },
  failed: { ko: '백업하지 못함', en: 'it could not be made' },
}

export interface BackupRun {
  readonly beganAtMs: number
  readonly endedAtMs: number
  /** A person, or the product itself. */
  readonly who: string
  readonly end: RunEnd
}

export interface BackupsState {
  readonly settings: BackupSettings
  readonly running?: RunProgress & { readonly beganAtMs: number; readonly who: string }
  /** When the schedule makes the next one; absent where there is none. */
  readonly nextAtMs?: number
  readonly lastWhole?: BackupRun
  /** The newest run, if it failed. */
  readonly failed?: { readonly atMs: number; readonly why: { readonly ko: string; readonly en: string }; readonly sentence: string }
  /** As of the last whole run, newest first; those made by hand have no figures. */
  readonly there: readonly { readonly name: string; readonly run?: BackupRun }[]
}

export interface Backups {
  state(): BackupsState
  /** The moment of the newest whole one. */
  lastWholeAtMs(): number | undefined
  /** Begins one now, unless one is being made already or there is no folder for it. */
  make(by: Pick<Deed, 'who' | 'session' | 'second'>): Promise<'begun' | 'running' | 'nowhere'>
  close(): void
}

export interface BackupsOptions {
  readonly settings: BackupSettings
  readonly store: Pick<Store, 'read' | 'write'>
  readonly clock: Clock
  readonly sink: FindingSink
  readonly log: Log
  run(settings: BackupSettings, told: { progress(progress: RunProgress): void; warning(sentence: string): void }): Running
}

interface Row extends Record<string, number | string | null> {
  readonly began_ms: number
  readonly ended_ms: number
  readonly who: string
  readonly body: string
}
const runOf = (row: Row): BackupRun => ({ beganAtMs: row.began_ms, endedAtMs: row.ended_ms, who: row.who, end: JSON.parse(row.body) })
const COLUMNS = 'began_ms, ended_ms, who, body'

export function createBackups({ settings, store, clock, sink, log, run }: BackupsOptions): Backups {
  const desk = createFindingDesk({ detector: 'backup-failed', sink })
  let startedAtMs: number = clock.now()
  let running: (RunProgress & { readonly beganAtMs: number; readonly who: string }) | undefined
  let underWay: Running | undefined
  let isClosed = false

  const one = (where: string): BackupRun | undefined =>
    store.read<Row>(`SELECT ${COLUMNS} FROM backup_runs WHERE ${where} ORDER BY id DESC LIMIT 1`).map(runOf)[0]
  /** Known here too: a disk that refuses the outcome's row must not make us begin at once again. */
  let newest = one('1')
  const newestWhole = (): BackupRun | undefined => (newest && !hasFailed(newest.end) ? newest : one('code IS NULL'))
  const lastWholeAtMs = (): number | undefined => {
    const end = newestWhole()?.end
    return end && !hasFailed(end) ? end.atMs : undefined
  }
  /** Since when none was whole, though it was tried. */
  const failingSinceMs = (): number | undefined =>
    store.read<{ ms: number | null }>(
      'SELECT min(ended_ms) AS ms FROM backup_runs WHERE id > coalesce((SELECT max(id) FROM backup_runs WHERE code IS NULL), 0)',
    )[0]?.ms ?? newest?.endedAtMs

  const nextAtMs = (): number | undefined => {
    if (settings.to === '') return undefined
    const last = newest
    // The clock was set back: not to wait until it is there again.
    startedAtMs = Math.min(startedAtMs, clock.now())
    const first = startedAtMs + AFTER_START_MS
    if (!last || last.beganAtMs > clock.now()) return first
    const due = hasFailed(last.end) ? last.endedAtMs + Math.min(RETRY_MS, settings.everyMs) : last.beganAtMs + settings.everyMs
    return Math.max(first, due)
  }

  /** The alarm says what is; deterministic, so that after a restart it is the same one. */
  const tell = (): void => {
    const last = newest
    const sinceMs = failingSinceMs()
    if (!last || !hasFailed(last.end) || sinceMs === undefined || settings.to === '') return desk.end(SUBJECTS, clock.now())
    const wholeAtMs = lastWholeAtMs()
    const isOld = clock.now() - (wholeAtMs ?? sinceMs) > Math.max(DAY_MS, OLD_INTERVALS * settings.everyMs)
    const severity: Severity = isOld ? 'high' : 'medium'
    const why = WHY[last.end.code]
    const when = wholeAtMs === undefined ? undefined : kstMinute(wholeAtMs)
    const words = {
      ko: `정기 백업 실패: ${why.ko}. ${when === undefined ? '온전한 백업이 아직 없음' : `마지막 온전한 백업 ${when}`}. 관리자에게 알리십시오`,
      en: `the backup failed: ${why.en}; ${when === undefined ? 'there is no whole one yet' : `the last whole one is of ${when} KST`}; tell the administrator`,
    }
    if (desk.isOpen(SUBJECTS)) desk.update(SUBJECTS, { severity, why: words })
    else desk.raise({ subjects: SUBJECTS, fromMs: sinceMs, raisedAtMs: clock.now(), severity, numbers: {}, why: words })
  }

  const begin = async (who: string, asked?: Promise<void>): Promise<void> => {
    const beganAtMs: number = clock.now()
    running = { beganAtMs, who, what: '', bytes: 0, ofBytes: 0 }
    try {
      await asked
    } catch (error) {
      running = undefined
      throw error
    }
    void follow(who, beganAtMs)
  }

  const follow = async (who: string, beganAtMs: number): Promise<void> => {
    underWay = run(settings, {
      progress(progress) {
        if (running) running = { ...progress, beganAtMs, who }
      },
      warning: sentence => log.warn(`backup: ${sentence}`),
    })
    const end = await underWay.ended
    if (isClosed) return
    if (hasFailed(end)) log.error(`backup: ${end.sentence}`)
    else log.info(`backup ${end.name}: ${Math.round(end.bytes / 1e6)} MB (${Math.round(end.newBytes / 1e6)} MB new)`)
    newest = { beganAtMs, endedAtMs: clock.now(), who, end }
    await store
      .write([
        {
          sql: 'INSERT INTO backup_runs (began_ms, ended_ms, who, name, code, body) VALUES (?, ?, ?, ?, ?, ?)',
          values: [
            beganAtMs,
            newest.endedAtMs,
            who,
            hasFailed(end) ? null : end.name,
            hasFailed(end) ? end.code : null,
            JSON.stringify(end),
          ],
        },
      ])
      // The store has its own alarm for that; the backup is made all the same.
      .catch(error => log.error(`backup: its outcome could not be kept: ${error instanceof Error ? error.message : error}`))
    running = undefined
    tell()
  }

  tell()
  const stopLooking = clock.every(LOOK_EVERY_MS, () => {
    if (running) return
    const next = nextAtMs()
    if (next !== undefined && clock.now() >= next) void begin(SCHEDULE)
    else tell()
  })

  return {
    state() {
      const last = newest
      const whole = newestWhole()
      const next = nextAtMs()
      const names = whole && !hasFailed(whole.end) ? whole.end.there.toReversed() : []
      const figures = new Map(
        store
          .read<Row>(`SELECT ${COLUMNS} FROM backup_runs WHERE name IN (SELECT value FROM json_each(?))`, [JSON.stringify(names)])
          .map(runOf)
          .flatMap(one => (hasFailed(one.end) ? [] : [[one.end.name, one] as const])),
      )
      return {
        settings,
        ...(running ? { running } : {}),
        ...(next === undefined ? {} : { nextAtMs: next }),
        ...(whole ? { lastWhole: whole } : {}),
        ...(last && hasFailed(last.end) ? { failed: { atMs: last.endedAtMs, why: WHY[last.end.code], sentence: last.end.sentence } } : {}),
        there: names.map(name => {
          const run = figures.get(name)
          return { name, ...(run ? { run } : {}) }
        }),
      }
    },
    lastWholeAtMs,
    async make(by) {
      if (settings.to === '') return 'nowhere'
      if (running) return 'running'
      await begin(by.who, store.write([auditStatement({ atMs: clock.now(), ...by, deed: 'backup.make', thing: settings.to })]))
      return 'begun'
    },
    close() {
      isClosed = true
      stopLooking()
      underWay?.stop()
    },
  }
}

const KST_MS = 9 * 3_600_000
const kstMinute = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(0, 16).replace('T', ' ')
