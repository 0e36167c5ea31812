// The alarms of the room. What detectors find is shown at once and kept as soon as the disk takes it; what an officer does is answered only when it is on the
// disk. Findings are idempotent by id, so a replay of the ledger after a restart raises nothing twice.
import { auditStatement } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import type { Finding, JoinedAlarm } from '#rules/index.ts'
import { type Alarm, type AlarmDeed, back, developed, done, escalated, isOpen, opened, type Refused } from './alarm.ts'

export const ALERTS_MIGRATIONS: readonly Migration[] = [
  {
    id: 'alerts-0001',
    sql: `CREATE TABLE alarms (
      id TEXT PRIMARY KEY,
      state TEXT NOT NULL,
      is_open INTEGER NOT NULL,
      level INTEGER NOT NULL,
      raised_ms INTEGER NOT NULL,
      closed_ms INTEGER,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX alarms_open ON alarms (is_open, raised_ms);
    CREATE TABLE alarm_deeds (
      deed_id TEXT PRIMARY KEY,
      alarm TEXT NOT NULL,
      at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE ship_findings (
      id TEXT NOT NULL,
      mmsi INTEGER NOT NULL,
      from_ms INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (mmsi, id)
    ) STRICT`,
  },
]

/** Unacknowledged this long: escalated. By level; low ones are not. */
export const ESCALATE_AFTER_MS = [60_000, 120_000, 300_000, 900_000] as const
const LOOK_EVERY_MS = 1000
const RETRY_MS = 2000

export interface AlertsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly escalateAfterMs?: readonly number[]
  /** Every change, in order: for the live line and the picture. */
  onChange(alarm: Alarm): void
}

export interface Alerts {
  /** What joining says; opens, changes or lets be. */
  take(joined: JoinedAlarm): void
  /** A low finding: logged for the ship card. */
  log(finding: Finding): void
  open(): readonly Alarm[]
  get(id: string): Alarm | undefined
  closed(before: number, limit: number): readonly Alarm[]
  /** Low and other findings of a ship, newest first. */
  findingsOf(mmsi: number, limit: number): readonly Finding[]
  /** A person acts. Resolves after it is on the disk. The same deed id does it once. */
  act(id: string, deed: AlarmDeed, who: string, deedId?: string): Promise<Alarm | Refused | undefined>
  alarmsBetween(fromMs: number, toMs: number): readonly { readonly atMs: number; readonly level: number }[]
  isAlarmed(mmsi: number): boolean
  close(): void
}

export function createAlerts(options: AlertsOptions): Alerts {
  const { store, clock } = options
  const escalateAfterMs = options.escalateAfterMs ?? ESCALATE_AFTER_MS
  const alarms = new Map<string, Alarm>()
  /** Ids whose newest state is not on the disk. */
  const unkept = new Set<string>()
  const logged = new Map<string, Finding>()
  let isKeeping = false

  for (const row of store.read<{ body: string }>('SELECT body FROM alarms WHERE is_open = 1')) {
    const alarm: Alarm = JSON.parse(row.body)
    alarms.set(alarm.id, alarm)
  }

  const fromStore = (id: string): Alarm | undefined => {
    const [row] = store.read<{ body: string }>('SELECT body FROM alarms WHERE id = ?', [id])
    return row ? JSON.parse(row.body) : undefined
  }
  const find = (id: string): Alarm | undefined => alarms.get(id) ?? fromStore(id)

  /** Keeps what is shown already; tries again until the disk takes it. */
  const keep = async (): Promise<void> => {
    if (isKeeping || (unkept.size === 0 && logged.size === 0)) return
    isKeeping = true
    const ids = [...unkept]
    const findings = [...logged]
    unkept.clear()
    logged.clear()
    const statements = [
      ...ids.flatMap(id => (alarms.has(id) ? [upsert(alarms.get(id)!)] : [])),
      ...findings.flatMap(([, finding]) => findingStatements(finding)),
    ]
    try {
      await store.write(statements)
      isKeeping = false
      void keep()
    } catch {
      for (const id of ids) unkept.add(id)
      for (const [id, finding] of findings) if (!logged.has(id)) logged.set(id, finding)
      clock.after(RETRY_MS, () => {
        isKeeping = false
        void keep()
      })
    }
  }
  const show = (alarm: Alarm): void => {
    alarms.set(alarm.id, alarm)
    unkept.add(alarm.id)
    options.onChange(alarm)
    void keep()
  }

  const stop = clock.every(LOOK_EVERY_MS, () => {
    const now = clock.now()
    for (const alarm of alarms.values()) {
      if (alarm.state === 'shelved' && alarm.shelvedUntilMs !== undefined && now >= alarm.shelvedUntilMs) {
        const returned = back(alarm)
        show({ ...returned, revision: alarm.revision + 1, history: [...alarm.history, { atMs: now, who: 'mangru', deed: 'unshelved' }] })
      } else if (
        alarm.state === 'raised' &&
        alarm.escalatedAtMs === undefined &&
        alarm.joined.live &&
        alarm.joined.endedAtMs === undefined
      ) {
        const afterMs = escalateAfterMs[alarm.level]
        if (afterMs !== undefined && now - alarm.openedAtMs >= afterMs) show(escalated(alarm, now))
      }
    }
  })

  return {
    take(joined) {
      const known = find(joined.id)
      if (!known) {
        if (!joined.withdrawn) show(opened(joined, clock.now()))
        return
      }
      if (!isOpen(known)) return
      const changed = developed(known, joined, clock.now())
      if (changed) show(changed)
    },
    log(finding) {
      logged.set(finding.id, finding)
      void keep()
    },
    open: () => [...alarms.values()].filter(isOpen),
    get: find,
    closed: (before, limit) =>
      store
        .read<{ body: string }>('SELECT body FROM alarms WHERE is_open = 0 AND raised_ms < ? ORDER BY raised_ms DESC LIMIT ?', [
          before,
          limit,
        ])
        .map(row => JSON.parse(row.body)),
    findingsOf(mmsi, limit) {
      const kept = store
        .read<{ body: string }>('SELECT body FROM ship_findings WHERE mmsi = ? ORDER BY from_ms DESC LIMIT ?', [mmsi, limit])
        .map((row): Finding => JSON.parse(row.body))
      return kept
    },
    async act(id, deed, who, deedId) {
      const before = find(id)
      if (!before) return undefined
      if (deedId !== undefined && store.read('SELECT deed_id FROM alarm_deeds WHERE deed_id = ?', [deedId]).length > 0) return before
      const now = clock.now()
      const after = done(before, deed, who, now)
      if ('code' in after || after === before) return after
      const { deed: name, ...words } = deed
      await store.write([
        upsert(after),
        ...(deedId === undefined
          ? []
          : [{ sql: 'INSERT OR IGNORE INTO alarm_deeds (deed_id, alarm, at_ms) VALUES (?, ?, ?)', values: [deedId, id, now] }]),
        auditStatement({ atMs: now, who, deed: `alarm.${name}`, thing: id, note: Object.values(words).join(' · ') }),
      ])
      // The situation may have gone on while the disk wrote: the person's deed is put on top of what is known now.
      const current = alarms.get(id) ?? before
      const merged =
        current === before ? after : { ...after, joined: current.joined, revision: Math.max(after.revision, current.revision) + 1 }
      if (merged !== after) unkept.add(id)
      alarms.set(id, merged)
      options.onChange(merged)
      if (!isOpen(merged) && merged === after) alarms.delete(id)
      void keep()
      return merged
    },
    alarmsBetween: (fromMs, toMs) =>
      store
        .read<{ raised_ms: number; level: number }>('SELECT raised_ms, level FROM alarms WHERE raised_ms BETWEEN ? AND ?', [fromMs, toMs])
        .map(row => ({ atMs: row.raised_ms, level: row.level })),
    isAlarmed: mmsi => [...alarms.values()].some(alarm => isOpen(alarm) && alarm.joined.ships.includes(mmsi)),
    close: stop,
  }
}

const upsert = (alarm: Alarm): Statement => ({
  sql: `INSERT INTO alarms (id, state, is_open, level, raised_ms, closed_ms, body) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, is_open = excluded.is_open, level = excluded.level, closed_ms = excluded.closed_ms, body = excluded.body`,
  values: [
    alarm.id,
    alarm.state,
    isOpen(alarm) ? 1 : 0,
    alarm.level,
    alarm.joined.raisedAtMs,
    alarm.closedAtMs ?? null,
    JSON.stringify(alarm),
  ],
})

const findingStatements = (finding: Finding): Statement[] =>
  finding.subjects
    .filter(subject => subject.kind === 'ship')
    .map(subject => ({
      sql: 'INSERT INTO ship_findings (id, mmsi, from_ms, body) VALUES (?, ?, ?, ?) ON CONFLICT (mmsi, id) DO UPDATE SET body = excluded.body',
      values: [finding.id, Number(subject.id), finding.from, JSON.stringify(finding)],
    }))
