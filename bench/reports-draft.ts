// The daily report from five years of records: how long a draft takes for this morning and for one of three years ago, for a week and a month; and whether two drafts are the same
// bytes. Rows are made by a seed, as the rooms keep them, and read through the rooms' own front doors. Positions are not among them: what the archive takes for the ships of a moment
// is measured apart (`archive`); here 2,000 of them are handed over ready.
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { createDuty } from '#access/duty/index.ts'
import { createAccess, seedOrganisations } from '#access/index.ts'
import { createAlerts } from '#alerts/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import { createIncidents, GOODS_TYPES, INCIDENT_KINDS, type Incident, type Step } from '#incidents/index.ts'
import { createBus } from '#platform/bus/index.ts'
import { openStore, type Statement, type Store } from '#platform/store/index.ts'
import { type PaperKind, periodOf, type ReportSources } from '#reports/index.ts'
import { insertIncident, insertStep, updateIncident } from '../src/incidents/store.ts'
import { composedPaper } from '../src/reports/reports.ts'
import { REPORTS_DEFAULTS, readBoxes } from '../src/reports/settings.ts'
import { withOwn } from '../src/reports/store.ts'
import { MIGRATIONS } from '../src/roles/migrations.ts'
import { POLICIES } from '../src/roles/policies.ts'
import { reportSources } from '../src/roles/report-sources.ts'
import type { HandOver } from '../src/shifts/schema.ts'
import { saveHandOver } from '../src/shifts/store.ts'
import { dayOf } from '../src/statistics/day.ts'
import { saveSource } from '../src/statistics/facts.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import { alarmStatement } from '../src/testkit/report-desk.ts'
import type { Bench, Figure } from './bench.ts'

const ROWS = Number(process.env.MANGRU_BENCH_ROWS ?? 5_000_000)
/** 07:00 KST. */
const AS_OF = Date.UTC(2026, 10, 23, 22)
const DAY_MS = 86_400_000
/** Fewer years with as much fewer rows: nights as busy as these, to see whether a draft grows with the years behind it. */
const YEARS = Number(process.env.MANGRU_BENCH_YEARS ?? 5)
const SPAN_MS = Math.round(YEARS * 365.25) * DAY_MS
const TIMES = 7
const BOXES = readBoxes(REPORTS_DEFAULTS.boxes)
const AT_ONCE = 50_000
/** Of a hundred records, so many are these; an incident is three (itself, its report, how it ended). */
const SHARES = ['alarm', 30, 'incident', 8, 'log', 21, 'call', 15, 'audit', 10, 'hand-over', 2] as const
const OFFICES = ['busan', 'incheon', 'ulsan', 'yeosu', 'gwangyang', 'pyeongtaek', 'gunsan', 'mokpo', 'incheon-airport', 'hq']
const DETECTORS = ['rendezvous', 'area-entered', 'signal-lost', 'loitering', 'speed-exceeded']

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** What a moment of the five years has: so many statements of one kind. */
function statementsOf(kind: string, n: number, atMs: number, next: () => number): readonly Statement[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const office = pick(OFFICES)
  switch (kind) {
    case 'alarm': {
      const made = alarmStatement({
        id: `a${n}`,
        at: '00:00',
        atMs,
        level: 1 + Math.floor(next() * 3),
        detector: pick(DETECTORS),
        office,
        ship: 440_000_000 + Math.floor(next() * 20_000),
        actedAfterMin: Math.floor(next() * 20),
        ...(next() < 0.98 ? { resolvedAfterMin: 20 + Math.floor(next() * 120) } : {}),
      })
      return [made]
    }
    case 'incident':
      return incidentStatements(n, atMs, office, next)
    case 'log':
      return [
        {
          sql: 'INSERT INTO duty_log (id, at_ms, taken_ms, edited_ms, kind, is_hand, corrects, body) VALUES (?, ?, ?, ?, ?, 1, NULL, ?)',
          values: [
            `log-${n}`,
            atMs,
            atMs,
            atMs,
            next() < 0.01 ? 'weather' : 'note',
            JSON.stringify({
              id: `log-${n}`,
              organisations: [office],
              atMs,
              takenAtMs: atMs,
              isByHand: true,
              kind: 'weather',
              text: `${n}번째 기록, 특이사항 없음`,
              by: { id: 'bench', name: '당직', organisation: office },
              links: [],
            }),
          ],
        },
      ]
    case 'call':
      return [
        {
          sql: `INSERT INTO statistics_facts (source, day, at_ms, id, origin, organisation, kind, sub, numbers, subject, link_kind, link_id, label)
            VALUES ('ship-calls', ?, ?, ?, ?, ?, ?, '', NULL, ?, 'ship', ?, ?)`,
          values: [
            dayOf(atMs),
            atMs,
            `c${n}`,
            `c${n}`,
            office,
            next() < 0.5 ? 'arrival' : 'departure',
            `s${n % 20_000}`,
            String(440_000_000 + (n % 20_000)),
            `SHIP ${n % 20_000}`,
          ],
        },
      ]
    case 'hand-over':
      return [handOverStatement(n, atMs, office, next)]
    default:
      return [
        {
          sql: "INSERT INTO audit (at_ms, who, deed, thing, note, session, second, hash) VALUES (?, 'bench', 'bench', ?, '', '', '', ?)",
          values: [atMs, `x${n}`, n.toString(16).padStart(64, '0')],
        },
      ]
  }
}

/** A signed sheet of a dozen lines, two of them with a remark. */
function handOverStatement(n: number, endsMs: number, organisation: string, next: () => number): Statement {
  const id = `${organisation}:${n}`
  const watch = { id: 'night', ko: '야간', en: 'night', short: '야', shortEn: 'N', fromMinute: 1320, toMinute: 420 }
  const crew = { id: `crew-${n % 4}`, ko: '1조', en: 'crew 1' }
  const side = (fromMs: number) => ({
    id: `${id}:${fromMs}`,
    organisation,
    roster: 'bench',
    day: '2026-11-23',
    watch,
    crew,
    fromMs,
    toMs: fromMs + 8 * 3_600_000,
  })
  const signed = (atMs: number) => ({ person: 'bench', name: '조장', atMs, isOnRoster: true, hash: n.toString(16).padStart(64, '0') })
  const items = Array.from({ length: 12 }, (_, k): HandOver['items'][number] => ({
    id: `alarm:${n}-${k}`,
    part: 'alarms',
    ko: `열린 경보 ${k}: 검색 결과를 기다림`,
    en: `open alarm ${k}: waiting for the search`,
    state: { ko: '처리 중', en: 'in hand' },
    ...(next() < 0.16 ? { remark: '09:00까지 추가 보고' } : {}),
    tick: { by: 'bench', atMs: endsMs, seen: `["처리 중",0,2,""]` },
  }))
  return saveHandOver(
    {
      id,
      organisation,
      from: side(endsMs - 8 * 3_600_000),
      to: side(endsMs),
      state: 'done',
      openedAtMs: endsMs - 3_600_000,
      items,
      unlinked: [],
      outgoing: signed(endsMs),
      incoming: signed(endsMs + 300_000),
      changedAtMs: endsMs + 300_000,
      revision: 14,
    },
    id,
  )
}

function incidentStatements(n: number, atMs: number, organisation: string, next: () => number): readonly Statement[] {
  const by = { id: 'bench', name: '현장', organisation }
  const kind = INCIDENT_KINDS[Math.floor(next() * INCIDENT_KINDS.length)] ?? 'other'
  const isSeized = kind === 'seizure' || kind === 'drug-offender'
  const closedAtMs = atMs + Math.floor(next() * 6 * 3_600_000)
  const id = `i${n}`
  const reported: Incident = {
    id,
    number: '',
    organisation,
    organisations: [organisation],
    kind,
    urgency: next() < 0.03 ? 1 : 3,
    state: 'reported',
    text: `${n}번 부두에서 상자를 옮기던 사람 확인\n기동반 도착, 화물 대조 중입니다.`,
    place: { label: '감천 5부두', lat: 33 + next() * 5, lon: 124.5 + next() * 6 },
    occurredAtMs: atMs,
    reportedAtMs: atMs,
    reportedBy: by,
    goods: isSeized
      ? [
          {
            type: GOODS_TYPES[Math.floor(next() * GOODS_TYPES.length)] ?? 'other',
            name: '물품',
            quantity: 3,
            unit: '점',
            valueWon: 1_000_000,
          },
        ]
      : [],
    people: [],
    links: [],
    attachments: [],
    dailyReport: { isIn: next() < 0.04 },
    mergedFrom: [],
    related: [],
    answers: 0,
    steps: 1,
    changedAtMs: atMs,
  }
  const outcome = isSeized ? 'seized' : 'done'
  const closed: Incident = { ...reported, state: 'closed', outcome, closedAtMs, changedAtMs: closedAtMs, steps: 2 }
  const steps: readonly Step[] = [
    { id: `${id}:1`, incident: id, n: 1, atMs, by, deed: 'report', text: reported.text, attachments: [] },
    { id: `${id}:2`, incident: id, n: 2, atMs: closedAtMs, by, deed: 'state', from: 'reported', to: 'closed', note: '', outcome },
  ]
  return [...insertIncident(reported), updateIncident(closed), ...steps.map(insertStep)]
}

/** Straight into the tables, in the order of time; the store's own way would take an hour for what lies behind. */
function fill(file: string): number {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -512000')
  const prepared = new Map<string, StatementSync>()
  const run = ({ sql, values = [] }: Statement): void => {
    const statement = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, statement)
    statement.run(...values)
  }
  const next = random(20_261_124)
  const plan: string[] = []
  for (let at = 0; at < SHARES.length; at += 2) plan.push(...Array(Number(SHARES[at + 1])).fill(String(SHARES[at])))
  let rows = 0
  for (let n = 0; rows < ROWS; n++) {
    if (n % AT_ONCE === 0) database.exec(n === 0 ? 'BEGIN' : 'COMMIT; BEGIN')
    const kind = plan[Math.floor(next() * plan.length)] ?? 'alarm'
    const atMs = Math.floor(AS_OF - SPAN_MS + (rows / ROWS) * SPAN_MS)
    for (const one of statementsOf(kind, n, atMs, next)) run(one)
    rows += kind === 'incident' ? 3 : 1
  }
  database.exec('COMMIT')
  database.close()
  return rows
}

function sourcesOf(store: Store): ReportSources {
  const clock: Clock = { now: () => epochMs(AS_OF), every: () => () => {}, after: () => () => {} }
  const access = createAccess({
    policies: POLICIES,
    store,
    clock,
    secondExpiresAfterMs: 1,
    keepLeaversMs: 1,
  })
  const incidents = createIncidents({
    store,
    clock,
    bus: createBus(() => {}),
    organisationsAt: () => [],
    isOrganisation: () => true,
    areAttached: () => true,
  })
  const alerts = createAlerts({ store, clock, organisationsOf: () => [], onChange: () => {} })
  const duty = createDuty({ store, clock, nameOf: () => undefined, organisations: () => [], onChange: () => {} })
  const places = Array.from({ length: 2000 }, (_, n) => ({
    mmsi: 440_000_000 + n,
    lat600k: (33 + (n % 50) / 10) * 600_000,
    lon600k: (124.5 + (n % 60) / 10) * 600_000,
    sogDeciknots: n % 3 === 0 ? 0 : 120,
    sentAtMs: AS_OF - 60_000,
  }))
  const rooms = reportSources({
    store,
    access,
    alerts,
    incidents,
    duty,
    labelOf: (_kind, id) => `SHIP ${id}`,
    isDemo: () => false,
    past: () => Promise.resolve(places),
    wasHeard: () => true,
  })
  return withOwn(rooms, store)
}

export const bench: Bench = {
  name: 'reports-draft',
  question: 'how long does the draft of a report take out of five years of records?',
  async run() {
    const folder = temporaryFolder()
    const file = join(folder.path, 'store.db')
    let store = await openStore({ file, migrations: MIGRATIONS })
    try {
      await seedOrganisations(store)
      await store.write([saveSource('ship-calls', { sinceMs: 1, caughtUpMs: 1 })])
      await store.close()
      const began = performance.now()
      const rows = fill(file)
      const filledS = (performance.now() - began) / 1000
      store = await openStore({ file, migrations: MIGRATIONS })
      const sources = sourcesOf(store)
      const figures: Figure[] = [{ name: 'rows made', value: rows / filledS, unit: 'rows/s', size: `${rows} rows` }]
      const measure = async (name: string, kind: PaperKind, toMs: number, language: 'ko' | 'en', goal?: string): Promise<void> => {
        const times: number[] = []
        const cpuTimes: number[] = []
        const drafts = new Set<string>()
        let of = ''
        for (let n = 0; n < TIMES; n++) {
          const at = performance.now()
          const cpu = process.cpuUsage()
          const { paper } = await composedPaper({ store, sources, boxes: BOXES, phone: '' }, periodOf(kind, toMs), undefined, language)
          times.push(performance.now() - at)
          const { user, system } = process.cpuUsage(cpu)
          cpuTimes.push((user + system) / 1000)
          drafts.add(JSON.stringify(paper))
          of = `${paper.grounds.alarm ?? 0} alarms, ${paper.grounds.incident ?? 0} incidents`
        }
        if (drafts.size !== 1) throw new Error(`${name}: ${drafts.size} different drafts of the same rows`)
        times.sort((a, b) => a - b)
        cpuTimes.sort((a, b) => a - b)
        const size = `${rows} rows; ${of}`
        figures.push(
          { name: `${name}, worst of ${TIMES}`, value: times.at(-1) ?? 0, unit: 'ms', size, ...(goal ? { goal } : {}) },
          { name: `${name}, median of ${TIMES}`, value: cpuTimes[TIMES >> 1] ?? 0, unit: 'CPU ms', size },
        )
      }
      await measure('daily, this morning', 'daily', AS_OF, 'ko', '< 2000')
      await measure('daily, this morning, English', 'daily', AS_OF, 'en', '< 2000')
      if (YEARS > 4) await measure('daily, three years ago', 'daily', AS_OF - 3 * 365 * DAY_MS, 'ko', '< 2000')
      await measure('weekly', 'weekly', AS_OF, 'ko')
      await measure('monthly', 'monthly', AS_OF, 'ko')
      return figures
    } finally {
      await store.close()
      folder.remove()
    }
  },
}
