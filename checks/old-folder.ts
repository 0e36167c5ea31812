// A data folder as the first released tables had it: alarms in every state with their deeds, areas, holds, watched ships, permits, feeds, the chained trail, and the ledger.
// Written by the first migrations alone and in the words of then; what later versions made of a row is not known here.
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openLedger } from '#evidence/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import { openStore, type Statement } from '#platform/store/index.ts'
import { MIGRATIONS } from '../src/roles/migrations.ts'
import { positionSentence } from './traffic.ts'

const FIRST = ['access-0001', 'places-0001', 'vessels-0001', 'alerts-0001', 'evidence-0001']
/** What the first version had, and must read the same after every later step. */
export const FIRST_TABLES: Readonly<Record<string, string>> = {
  audit: 'n, at_ms, who, deed, thing, note, hash',
  areas: 'id, body',
  watched_ships: 'mmsi, note',
  feeds: 'name, url, paused',
  permits: 'id, barge, ship, from_ms, to_ms',
  alarms: 'id, state, is_open, level, raised_ms, closed_ms, body',
  alarm_deeds: 'deed_id, alarm, at_ms',
  ship_findings: 'id, mmsi, from_ms, body',
  holds: 'id, from_ms, to_ms, reason',
}
const STATES = ['raised', 'acknowledged', 'assigned', 'shelved', 'resolved', 'false'] as const
const SENTENCES = 2000
const HOUR_MS = 3_600_000

export async function makeOldFolder(data: string, alarms: number): Promise<void> {
  mkdirSync(join(data, 'store'), { recursive: true })
  const nowMs = machineClock.now()
  const store = await openStore({
    file: join(data, 'store', 'mangru.db'),
    migrations: MIGRATIONS.filter(({ id }) => FIRST.includes(id)),
  })
  for (let n = 0; n < alarms; n++) await store.write(alarmRows(n, nowMs - (alarms - n) * 1000))
  await store.write([
    ...Array.from({ length: 20 }, (_, n) => ({ sql: 'INSERT INTO areas (id, body) VALUES (?, ?)', values: [`area-${n}`, areaBody(n)] })),
    { sql: "INSERT INTO watched_ships (mmsi, note) VALUES (440000007, '관심 <b>')", values: [] },
    { sql: "INSERT INTO feeds (name, url, paused) VALUES ('old', 'udp://127.0.0.1:45999?name=old', 1)", values: [] },
    {
      sql: 'INSERT INTO permits (barge, ship, from_ms, to_ms) VALUES (440000001, 440000002, ?, ?)',
      values: [nowMs - HOUR_MS, nowMs + HOUR_MS],
    },
    { sql: "INSERT INTO holds (from_ms, to_ms, reason) VALUES (?, ?, '사건 7')", values: [nowMs - 48 * HOUR_MS, nowMs - 24 * HOUR_MS] },
    trail(nowMs, 'area.save', 'area-0', ''),
  ])
  await store.close()
  const ledger = await openLedger({ directory: join(data, 'ledger'), clock: machineClock })
  const feed = ledger.feed('old')
  for (let n = 0; n < SENTENCES; n++) ledger.append(feed, Buffer.from(positionSentence(440_000_000 + (n % 200), n)), nowMs - SENTENCES + n)
  await ledger.close()
}

function trail(atMs: number, deed: string, thing: string, note: string): Statement {
  const words = [atMs, 'operator', deed, thing, note]
  return {
    sql: 'INSERT INTO audit (at_ms, who, deed, thing, note, hash) VALUES (?, ?, ?, ?, ?, chain((SELECT hash FROM audit ORDER BY n DESC LIMIT 1), ?))',
    values: [...words, JSON.stringify(words)],
  }
}

function alarmRows(n: number, atMs: number): Statement[] {
  const state = STATES[n % STATES.length] ?? 'raised'
  const isOpen = state !== 'resolved' && state !== 'false'
  const mmsi = 970_000_000 + n
  const id = `A${createHash('sha256').update(String(n)).digest('hex').slice(0, 12)}`
  const place = { lat: 34.5, lon: 129 + (n % 50) * 0.01 }
  const subjects = [{ kind: 'ship', id: String(mmsi) }]
  const finding = {
    id: `distress-beacon|ship:${mmsi}|${new Date(atMs).toISOString()}`,
    detector: 'distress-beacon',
    subjects,
    from: atMs,
    raisedAt: atMs,
    severity: 'emergency',
    live: true,
    numbers: {},
    evidence: [n],
    why: { ko: `조난신호 수신: AIS-SART ${mmsi}`, en: `distress transmitter active: ${mmsi}` },
    place,
    ...(isOpen ? {} : { to: atMs + 500 }),
  }
  const joined = {
    id,
    level: 0,
    detector: 'distress-beacon',
    subjects,
    ships: [mmsi],
    fromMs: atMs,
    raisedAtMs: atMs,
    lastAtMs: atMs,
    withdrawn: false,
    live: true,
    reasons: [finding],
    place,
    ...(isOpen ? {} : { endedAtMs: atMs + 500 }),
  }
  const body = {
    id,
    joined,
    state,
    level: 0,
    openedAtMs: atMs,
    revision: 1,
    history: [
      { atMs, who: 'mangru', deed: 'raised' },
      ...(state === 'raised'
        ? []
        : [{ atMs: atMs + 900, who: 'operator', deed: state === 'acknowledged' ? 'acknowledge' : state, note: '옛 판 <i>' }]),
    ],
    ...(isOpen ? {} : { closedAtMs: atMs + 900, outcome: 'nothing' }),
    ...(state === 'shelved' ? { shelvedUntilMs: atMs + 24 * HOUR_MS } : {}),
    ...(state === 'assigned' ? { assignedTo: '부산 현장' } : {}),
  }
  return [
    {
      sql: 'INSERT INTO alarms (id, state, is_open, level, raised_ms, closed_ms, body) VALUES (?, ?, ?, 0, ?, ?, ?)',
      values: [id, state, isOpen ? 1 : 0, atMs, isOpen ? null : atMs + 900, JSON.stringify(body)],
    },
    { sql: 'INSERT INTO alarm_deeds (deed_id, alarm, at_ms) VALUES (?, ?, ?)', values: [`deed-${n}`, id, atMs + 900] },
    {
      sql: 'INSERT INTO ship_findings (id, mmsi, from_ms, body) VALUES (?, ?, ?, ?)',
      values: [`low-${n}`, mmsi, atMs, JSON.stringify(finding)],
    },
    trail(atMs + 900, `alarm.${state}`, id, '옛 판 <i>'),
  ]
}

const areaBody = (n: number): string =>
  JSON.stringify({
    id: `area-${n}`,
    name: `감시 <i>구역</i> ${n}`,
    kind: 'designated',
    polygon: [
      [
        [129 + n * 0.01, 35],
        [129.2 + n * 0.01, 35],
        [129.2 + n * 0.01, 35.2],
        [129 + n * 0.01, 35],
      ],
    ],
  })
