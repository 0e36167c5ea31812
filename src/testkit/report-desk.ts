// A scripted night for the report: incidents and alarms on a real store, with a clock moved by hand. What happens in it is told line by line in `scriptedNight`; tests recount it
// from these lines, not from the product's rows.
import { join } from 'node:path'
import { ACCESS_MIGRATIONS, createAccess } from '#access/index.ts'
import { ALERTS_MIGRATIONS, type Alarm } from '#alerts/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import {
  createIncidents,
  type Goods,
  INCIDENTS_MIGRATIONS,
  type Incident,
  type IncidentKind,
  maskedName,
  type Outcome,
} from '#incidents/index.ts'
import { createBus } from '#platform/bus/index.ts'
import { MAIL_MIGRATIONS } from '#platform/mail/index.ts'
import { openStore, type Statement } from '#platform/store/index.ts'
import { type OfficeLine, REPORTS_MIGRATIONS, type ReportSources } from '#reports/index.ts'
import { temporaryFolder } from './product.ts'

const HOUR_MS = 3_600_000
/** 2026-11-24 07:00 KST. */
export const AS_OF = Date.UTC(2026, 10, 23, 22)
/** Hours and minutes of the night before AS_OF: `kst('02:28')`; evening hours are of the day before. */
export function kst(time: string): number {
  const [h = 0, m = 0] = time.split(':').map(Number)
  const midnight = AS_OF - 7 * HOUR_MS
  return (h >= 7 ? midnight - 24 * HOUR_MS : midnight) + h * HOUR_MS + m * 60_000
}

export interface ScriptedIncident {
  readonly id: string
  readonly at: string
  readonly office: string
  readonly kind: IncidentKind
  readonly urgency: 1 | 2 | 3 | 4
  readonly text: string
  readonly place?: { readonly label: string; readonly lat: number; readonly lon: number }
  readonly goods?: readonly Goods[]
  readonly isMarked?: boolean
  readonly answer?: readonly [at: string, text: string]
  readonly closed?: readonly [at: string, outcome: Outcome, note: string]
  readonly order?: readonly [at: string, text: string, to: string, due: string]
}
export interface ScriptedAlarm {
  readonly id: string
  readonly at: string
  readonly level: number
  readonly detector: string
  readonly office?: string
  readonly ship: number
  /** Minutes until somebody acknowledges. */
  readonly actedAfterMin?: number
  readonly resolved?: readonly [at: string, outcome: string, note: string]
}
/** The same by instants, for benches: `at` and `resolved` are not looked at. */
export interface MadeAlarm extends ScriptedAlarm {
  readonly atMs: number
  readonly resolvedAfterMin?: number
}

export const SHIP_NAMES: Readonly<Record<number, string>> = {
  440000007: 'ORIENT FROST 7',
  440000088: 'HAE DONG 88',
  440000021: 'PACIFIC SUN 21',
}

export const NIGHT_INCIDENTS: readonly ScriptedIncident[] = [
  {
    id: 'transfer',
    at: '02:28',
    office: 'hq',
    kind: 'suspicious-act',
    urgency: 1,
    text: '해상 환적 의심 냉동운반선 검색\n냉동운반선 ORIENT FROST 7과 어선 HAE DONG 88이 182 m 간격으로 47분간 접선했습니다.',
    place: { label: '쓰시마 북방 14 NM', lat: 34.93, lon: 129.45 },
    isMarked: true,
    answer: ['03:22', '냉동명태 1,240톤 적하목록과 대조 중입니다.'],
    order: ['03:30', '검색 결과를 적재 대조표와 함께 보고', 'busan', '09:00'],
  },
  {
    id: 'tobacco',
    at: '02:33',
    office: 'busan',
    kind: 'seizure',
    urgency: 2,
    text: '선용품 미신고 반출, 담배 180보루 유치\n1톤 트럭 2분 31초 정차, 상자 3개 적재.',
    place: { label: '감천항 3부두', lat: 35.078, lon: 129.0 },
    goods: [{ type: 'smuggled', name: '담배', quantity: 180, unit: '보루', valueWon: 8_100_000 }],
    isMarked: true,
    closed: ['06:10', 'seized', '유치, 조사 의뢰'],
  },
  {
    id: 'drugs',
    at: '22:10',
    office: 'incheon-airport',
    kind: 'drug-offender',
    urgency: 1,
    text: '여행자 수하물 마약류 적발',
    goods: [{ type: 'narcotics', name: '필로폰', quantity: 12, unit: 'g' }],
    closed: ['23:40', 'seized', '수사팀 인계'],
  },
  {
    id: 'search',
    at: '04:00',
    office: 'ulsan',
    kind: 'search-result',
    urgency: 3,
    text: 'PACIFIC SUN 21 승선 검색, 이상 없음',
    closed: ['05:00', 'nothing', ''],
  },
  { id: 'fog', at: '19:30', office: 'gunsan', kind: 'weather', urgency: 4, text: '서해 중부 오전 안개' },
  { id: 'camera', at: '03:11', office: 'incheon', kind: 'equipment', urgency: 3, text: '인천 22 카메라 통신 장애' },
]
export const NIGHT_ALARMS: readonly ScriptedAlarm[] = [
  {
    id: 'a1',
    at: '02:29',
    level: 1,
    detector: 'rendezvous',
    ship: 440_000_007,
    actedAfterMin: 2,
    resolved: ['06:30', 'seized', '감시정 출동, 승선 검색'],
  },
  { id: 'a2', at: '02:40', level: 2, detector: 'area-entered', office: 'busan', ship: 440_000_088, actedAfterMin: 5 },
  { id: 'a3', at: '23:50', level: 3, detector: 'signal-lost', office: 'ulsan', ship: 440_000_021 },
  { id: 'a4', at: '05:20', level: 3, detector: 'signal-lost', office: 'incheon', ship: 440_000_088, actedAfterMin: 11 },
]

const AUTHOR = { id: 'kim', name: '김당직', organisation: 'hq' }

export async function reportDesk(change: Partial<ReportSources> = {}) {
  const folder = temporaryFolder()
  const hand = { nowMs: AS_OF }
  const tasks = new Set<() => void>()
  const clock: Clock = {
    now: () => epochMs(hand.nowMs),
    every(_ms, task) {
      tasks.add(task)
      return () => void tasks.delete(task)
    },
    after: (ms, task) => {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
  }
  const store = await openStore({
    file: join(folder.path, 'store.db'),
    migrations: [...ACCESS_MIGRATIONS, ...INCIDENTS_MIGRATIONS, ...ALERTS_MIGRATIONS, ...MAIL_MIGRATIONS, ...REPORTS_MIGRATIONS],
  })
  const bus = createBus(() => {})
  const access = createAccess({
    policies: [],
    store,
    clock,
    secondExpiresAfterMs: 1000,
    keepLeaversMs: 1000,
  })
  const incidents = createIncidents({ store, clock, bus, organisationsAt: () => [], isOrganisation: () => true, areAttached: () => true })
  const lines: OfficeLine[] = []
  const sources: ReportSources = {
    alarms: (fromMs, toMs) =>
      store
        .read<{ body: string }>('SELECT body FROM alarms WHERE raised_ms >= ? AND raised_ms < ? ORDER BY raised_ms', [fromMs, toMs])
        .map((row): Alarm => JSON.parse(row.body)),
    incidents,
    organisations: access.organisations,
    labelOf: (kind, id) => (kind === 'ship' ? SHIP_NAMES[Number(id)] : undefined),
    nameOf: id => (id === 'kim' ? '김당직' : undefined),
    masked: (text, incident) => incidents.peopleOf(incident).reduce((all, one) => all.replaceAll(one.name, maskedName(one.name)), text),
    officeLines: () => lines,
    auditHead: () => undefined,
    coast: () => undefined,
    isDemo: () => false,
    sealedAtMs: () => undefined,
    staff: () => undefined,
    record: () => undefined,
    log: () => [],
    feeds: () => [],
    journeys: () => undefined,
    shipCalls: () => undefined,
    waters: () => Promise.resolve(undefined),
    wasHeard: () => true,
    recordsSinceMs: () => AS_OF - 3 * 24 * HOUR_MS,
    ...change,
  }
  const at = async (time: string, task: () => Promise<unknown>): Promise<void> => {
    hand.nowMs = kst(time)
    await task()
  }
  let step = 0
  const by = () => ({ author: AUTHOR, stepId: `night-step-${++step}` })
  const told = async (one: ScriptedIncident): Promise<void> => {
    const { order, answer, closed } = one
    await at(one.at, () =>
      incidents.report(
        {
          id: one.id,
          organisation: one.office,
          kind: one.kind,
          urgency: one.urgency,
          text: one.text,
          occurredAtMs: kst(one.at),
          goods: one.goods ?? [],
          people: [],
          links: [],
          attachments: [],
          isInDailyReport: one.isMarked ?? false,
          shareWith: [],
          ...(one.place ? { place: one.place } : {}),
        },
        { ...by(), author: { ...AUTHOR, organisation: one.office } },
      ),
    )
    if (answer) await at(answer[0], () => incidents.act(one.id, { deed: 'answer', text: answer[1], attachments: [] }, by()))
    if (order)
      await at(order[0], () =>
        incidents.give(one.id, { text: order[1], to: { organisation: order[2] }, dueMs: kst(order[3]) + 24 * HOUR_MS }, by()),
      )
    if (closed) await at(closed[0], () => incidents.act(one.id, { deed: 'state', to: 'closed', outcome: closed[1], note: closed[2] }, by()))
    hand.nowMs = AS_OF
  }
  return {
    folder: folder.path,
    store,
    bus,
    clock,
    hand,
    access,
    incidents,
    sources,
    lines,
    by,
    tick: () => {
      for (const task of [...tasks]) task()
    },
    report: told,
    alarm: (one: ScriptedAlarm) => store.write([alarmStatement(one)]),
    alarmAt: (one: MadeAlarm) => alarmStatement(one),
    async night() {
      for (const one of NIGHT_INCIDENTS) await told(one)
      await store.write(NIGHT_ALARMS.map(alarmStatement))
    },
    incident: (id: string): Incident => {
      const one = incidents.get(id)
      if (!one) throw new Error(`no incident ${id}`)
      return one
    },
    async close() {
      await store.close()
      folder.remove()
    },
  }
}
export type ReportDesk = Awaited<ReturnType<typeof reportDesk>>

const SEVERITIES = ['emergency', 'critical', 'high', 'medium', 'low'] as const

/** A row as the alerts room keeps it. */
export function alarmStatement(alarm: ScriptedAlarm | MadeAlarm): Statement {
  const { id, at, level, detector, office, ship, actedAfterMin } = alarm
  const atMs = 'atMs' in alarm ? alarm.atMs : kst(at)
  const resolved =
    'atMs' in alarm
      ? alarm.resolvedAfterMin === undefined
        ? undefined
        : { atMs: atMs + alarm.resolvedAfterMin * 60_000, outcome: 'nothing', note: '이상 없음' }
      : alarm.resolved && { atMs: kst(alarm.resolved[0]), outcome: alarm.resolved[1], note: alarm.resolved[2] }
  const subjects = [{ kind: 'ship' as const, id: String(ship) }]
  const why = { ko: `${SHIP_NAMES[ship] ?? ship} ${detector}`, en: `${SHIP_NAMES[ship] ?? ship} ${detector}` }
  const history = [
    { atMs, who: 'mangru', deed: 'raised' },
    ...(actedAfterMin === undefined ? [] : [{ atMs: atMs + actedAfterMin * 60_000, who: 'kim', deed: 'acknowledged' }]),
    ...(resolved ? [{ atMs: resolved.atMs, who: 'kim', deed: 'resolved', note: `${resolved.outcome}: ${resolved.note}` }] : []),
  ]
  const state = resolved ? 'resolved' : actedAfterMin === undefined ? 'raised' : 'acknowledged'
  const body = {
    id,
    organisations: office ? [office] : [],
    state,
    level,
    openedAtMs: atMs,
    revision: 1,
    history,
    ...(actedAfterMin === undefined ? {} : { acknowledgedBy: 'kim', acknowledgedAtMs: atMs + actedAfterMin * 60_000 }),
    ...(resolved ? { outcome: resolved.outcome, closedAtMs: resolved.atMs } : {}),
    joined: {
      id,
      level,
      detector,
      subjects,
      ships: [ship],
      fromMs: atMs,
      raisedAtMs: atMs,
      lastAtMs: atMs,
      withdrawn: false,
      live: true,
      reasons: [
        {
          id: `f-${id}`,
          detector,
          subjects,
          from: atMs,
          raisedAt: atMs,
          severity: SEVERITIES[level] ?? 'medium',
          live: true,
          numbers: {},
          evidence: [],
          why,
        },
      ],
    },
  }
  return {
    sql: 'INSERT INTO alarms (id, state, is_open, level, raised_ms, closed_ms, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    values: [id, state, resolved ? 0 : 1, level, atMs, resolved?.atMs ?? null, JSON.stringify(body)],
  }
}
