// The alarms of the room. What detectors find is shown at once and kept as soon as the disk takes it; what an officer does is answered only when it is on the
// disk. Findings are idempotent by id, so a replay of the ledger after a restart raises nothing twice.
import { auditStatement } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import type { Finding, JoinedAlarm } from '#rules/index.ts'
import { type Alarm, type AlarmDeed, back, developed, done, escalated, isOpen, opened, type Refused, rebased } from './alarm.ts'

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
  {
    id: 'alerts-0002',
    sql: `CREATE TABLE alarm_ships (
      mmsi INTEGER NOT NULL,
      alarm TEXT NOT NULL,
      PRIMARY KEY (mmsi, alarm)
    ) STRICT;
    INSERT OR IGNORE INTO alarm_ships (mmsi, alarm)
      SELECT ship.value, alarms.id FROM alarms, json_each(alarms.body, '$.joined.ships') AS ship`,
  },
  {
    id: 'alerts-0003',
    sql: 'CREATE INDEX alarms_closed ON alarms (closed_ms) WHERE closed_ms IS NOT NULL',
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
  /** Whose it is: in whose waters it lies, whose order it is about; none: head office's. */
  organisationsOf(joined: JoinedAlarm): readonly string[]
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
  /** Newest first, only those a caller may see. */
  closed(before: number, limit: number, isVisible: (alarm: Alarm) => boolean): readonly Alarm[]
  /** Open and closed ones of a ship, newest first, only those a caller may see. */
  ofShip(mmsi: number, limit: number, isVisible: (alarm: Alarm) => boolean): readonly Alarm[]
  /** Low and other findings of a ship, newest first. */
  findingsOf(mmsi: number, limit: number): readonly Finding[]
  /** A person acts. Resolves after it is on the disk. The same deed id does it once. */
  act(id: string, deed: AlarmDeed, who: string, deedId?: string): Promise<Alarm | Refused | undefined>
  /** Open and closed ones raised in this time, oldest first. */
  between(fromMs: number, toMs: number): readonly Alarm[]
  /** Closed at or after this: with the open ones, all that may have changed since. */
  closedSince(ms: number): readonly Alarm[]
  /** Has she an open alarm (one of those that `isTheirs`)? */
  isAlarmed(mmsi: number, isTheirs?: (alarm: Alarm) => boolean): boolean
  close(): void
}

export function createAlerts(options: AlertsOptions): Alerts {
  const { store, clock } = options
  const escalateAfterMs = options.escalateAfterMs ?? ESCALATE_AFTER_MS
  const alarms = new Map<string, Alarm>()
  /** Ids whose newest state is not on the disk. */
  const unkept = new Set<string>()
  const logged = new Map<string, Finding>()
  /** Deeds on one alarm wait for each other: each begins from what the one before has made of it. */
  const turns = new Map<string, Promise<unknown>>()
  /** Alarms whose deed is on its way to the disk: what the situation does meanwhile is kept after it, never over it. */
  const acting = new Set<string>()
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
    const ids = [...unkept].filter(id => !acting.has(id))
    if (isKeeping || (ids.length === 0 && logged.size === 0)) return
    isKeeping = true
    const findings = [...logged]
    for (const id of ids) unkept.delete(id)
    logged.clear()
    try {
      await store.write([
        ...ids.flatMap(id => (alarms.has(id) ? upsert(alarms.get(id)!) : [])),
        ...findings.flatMap(([, finding]) => findingStatements(finding)),
      ])
      isKeeping = false
      for (const id of ids) forgetClosed(id)
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
  /** What is closed and kept is asked of the store from now on. */
  const forgetClosed = (id: string): void => {
    const alarm = alarms.get(id)
    if (alarm && !isOpen(alarm) && !unkept.has(id) && !acting.has(id)) alarms.delete(id)
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
      if (acting.has(alarm.id)) continue
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
        if (afterMs !== undefined && now - (alarm.askedAtMs ?? alarm.openedAtMs) >= afterMs) show(escalated(alarm, now))
      }
    }
  })

  const act = async (id: string, deed: AlarmDeed, who: string, deedId: string | undefined): Promise<Alarm | Refused | undefined> => {
    const before = find(id)
    if (!before) return undefined
    if (deedId !== undefined && store.read('SELECT deed_id FROM alarm_deeds WHERE deed_id = ?', [deedId]).length > 0) return before
    const now = clock.now()
    const after = done(before, deed, who, now)
    if ('code' in after || after === before) return after
    const { deed: name, ...words } = deed
    acting.add(id)
    try {
      await store.write([
        ...upsert(after),
        ...(deedId === undefined
          ? []
          : [{ sql: 'INSERT OR IGNORE INTO alarm_deeds (deed_id, alarm, at_ms) VALUES (?, ?, ?)', values: [deedId, id, now] }]),
        auditStatement({ atMs: now, who, deed: `alarm.${name}`, thing: id, note: Object.values(words).join(' · ') }),
      ])
      const merged = rebased(after, before, alarms.get(id) ?? before, clock.now())
      if (merged === after) unkept.delete(id)
      else unkept.add(id)
      alarms.set(id, merged)
      options.onChange(merged)
      return merged
    } finally {
      acting.delete(id)
      forgetClosed(id)
      void keep()
    }
  }

  return {
    take(joined) {
      const known = find(joined.id)
      if (!known) {
        if (!joined.withdrawn) show(opened(joined, clock.now(), options.organisationsOf(joined)))
        return
      }
      if (!isOpen(known)) return
      const changed = developed(known, joined, clock.now(), options.organisationsOf(joined))
      if (changed) show(changed)
    },
    log(finding) {
      logged.set(finding.id, finding)
      void keep()
    },
    open: () => [...alarms.values()].filter(isOpen),
    get: find,
    closed(before, limit, isVisible) {
      const found: Alarm[] = []
      for (let passed = 0; found.length < limit; passed += limit) {
        const rows = store.read<{ body: string }>(
          'SELECT body FROM alarms WHERE is_open = 0 AND raised_ms < ? ORDER BY raised_ms DESC, id LIMIT ? OFFSET ?',
          [before, limit, passed],
        )
        const alarms = rows.map((row): Alarm => JSON.parse(row.body)).filter(isVisible)
        found.push(...alarms.slice(0, limit - found.length))
        if (rows.length < limit) break
      }
      return found
    },
    ofShip(mmsi, limit, isVisible) {
      const open = [...alarms.values()].filter(alarm => isOpen(alarm) && alarm.joined.ships.includes(mmsi))
      const closed = store
        .read<{ body: string }>(
          `SELECT alarms.body FROM alarm_ships JOIN alarms ON alarms.id = alarm_ships.alarm
            WHERE alarm_ships.mmsi = ? AND alarms.is_open = 0 ORDER BY alarms.raised_ms DESC, alarms.id LIMIT ?`,
          [mmsi, limit],
        )
        .map((row): Alarm => JSON.parse(row.body))
      return [...open, ...closed]
        .filter(isVisible)
        .sort((a, b) => b.joined.raisedAtMs - a.joined.raisedAtMs)
        .slice(0, limit)
    },
    findingsOf(mmsi, limit) {
      const kept = store
        .read<{ body: string }>('SELECT body FROM ship_findings WHERE mmsi = ? ORDER BY from_ms DESC LIMIT ?', [mmsi, limit])
        .map((row): Finding => JSON.parse(row.body))
      return kept
    },
    act(id, deed, who, deedId) {
      const turn = (turns.get(id) ?? Promise.resolve()).then(() => act(id, deed, who, deedId))
      const over = turn.then(
        () => {},
        () => {},
      )
      turns.set(id, over)
      void over.then(() => {
        if (turns.get(id) === over) turns.delete(id)
      })
      return turn
    },
    between: (fromMs, toMs) =>
      store
        // Open or not: so that the index on both serves.
        .read<{ body: string }>('SELECT body FROM alarms WHERE is_open IN (0, 1) AND raised_ms BETWEEN ? AND ? ORDER BY raised_ms', [
          fromMs,
          toMs,
        ])
        .map((row): Alarm => JSON.parse(row.body)),
    closedSince: ms =>
      store
        .read<{ body: string }>('SELECT body FROM alarms WHERE closed_ms >= ? ORDER BY closed_ms', [ms])
        .map((row): Alarm => JSON.parse(row.body)),
    isAlarmed(mmsi, isTheirs = () => true) {
      for (const alarm of alarms.values()) if (isOpen(alarm) && alarm.joined.ships.includes(mmsi) && isTheirs(alarm)) return true
      return false
    },
    close: stop,
  }
}

const upsert = (alarm: Alarm): Statement[] => [
  {
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
  },
  ...alarm.joined.ships.map(mmsi => ({ sql: 'INSERT OR IGNORE INTO alarm_ships (mmsi, alarm) VALUES (?, ?)', values: [mmsi, alarm.id] })),
]

const findingStatements = (finding: Finding): Statement[] =>
  finding.subjects
    .filter(subject => subject.kind === 'ship')
    .map(subject => ({
      sql: 'INSERT INTO ship_findings (id, mmsi, from_ms, body) VALUES (?, ?, ?, ?) ON CONFLICT (mmsi, id) DO UPDATE SET body = excluded.body',
      values: [finding.id, Number(subject.id), finding.from, JSON.stringify(finding)],
    }))
