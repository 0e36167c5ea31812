// A sealed journey on a straight road, as tests need it: 40 km from the port to the depot, a report every 30 s at 60 km/h. What a test wants otherwise it changes.
import { distanceM, offset } from '#base/index.ts'
import type { Finding, FindingEvent } from '#rules/index.ts'
import {
  createSealPass,
  type HeardFact,
  type HeardReport,
  type JourneyChange,
  type JourneyDeed,
  type JourneyLine,
  type JourneyPlan,
  type PlanPlace,
  type SealPlaces,
} from '#seals/index.ts'

export const MINUTE_MS = 60_000
/** 2026-11-24 01:00 KST. */
export const LEAVES_MS = Date.UTC(2026, 10, 23, 16)
const ORIGIN = { lat: 35.08, lon: 128.83 }
const BEARING = 320
export const ROAD_M = 40_000
export const SEAL = 'jt808:013912344323'

/** The place so far along the road, and so far to its right. */
export function onRoad(alongM: number, rightM = 0): { lat: number; lon: number } {
  const on = offset(ORIGIN.lat, ORIGIN.lon, BEARING, alongM)
  return rightM === 0 ? on : offset(on.lat, on.lon, BEARING + 90, rightM)
}
const place = (name: string, alongM: number, radiusM = 500): PlanPlace => ({ name, ...onRoad(alongM), radiusM })

export const madePlan = (change: Partial<JourneyPlan> = {}): JourneyPlan => ({
  id: 'J1',
  declaration: '12345-26-000001X',
  unit: 'container',
  container: 'TEMU1234565',
  seals: [{ seal: SEAL, fitting: 'container' }],
  vehicle: '부산81아0000',
  origin: place('부산신항 2부두', 0),
  destination: place('양산 ICD', ROAD_M),
  stops: [place('진영휴게소', 20_000, 200)],
  corridor: { line: [0, 10_000, 20_000, 30_000, ROAD_M].map(m => [onRoad(m).lon, onRoad(m).lat] as const), halfWidthM: 1000 },
  departFromMs: LEAVES_MS - 60 * MINUTE_MS,
  departUntilMs: LEAVES_MS + 30 * MINUTE_MS,
  arriveUntilMs: LEAVES_MS + 120 * MINUTE_MS,
  officers: {
    origin: [{ name: '부산 담당', phone: '010-0000-0000' }],
    destination: [{ name: '양산 담당', phone: '010-0000-0000', card: '1234567890' }],
  },
  risk: 'medium',
  organisations: ['busan'],
  ...change,
})

export interface MadePlaces {
  readonly designated?: readonly (PlanPlace & { readonly id: string })[]
  readonly forbidden?: readonly (PlanPlace & { readonly id: string })[]
  readonly dead?: readonly PlanPlace[]
  readonly black?: readonly PlanPlace[]
}
export function madePlaces({ designated = [], forbidden = [], dead = [], black = [] }: MadePlaces = {}): SealPlaces {
  const insideM = (one: PlanPlace, lat: number, lon: number): number => (one.radiusM ?? 500) - distanceM(one.lat, one.lon, lat, lon)
  return {
    at: (lat, lon) => ({
      designated: designated.filter(one => insideM(one, lat, lon) >= 0).map(one => one.id),
      forbidden: forbidden.filter(one => insideM(one, lat, lon) >= 0).map(one => one.id),
    }),
    isIn: (one, lat, lon) => insideM(one, lat, lon) >= 0,
    depthInsideM: insideM,
    isDeadZone: (lat, lon) => dead.some(one => insideM(one, lat, lon) >= 0),
    isBlackSpot: (lat, lon) => black.some(one => insideM(one, lat, lon) >= 0),
    nameAt: () => undefined,
  }
}

/** A report at this minute of the journey, this far along. */
export const madeReport = (
  minute: number,
  alongM: number,
  change: Partial<HeardReport> & { readonly rightM?: number } = {},
): HeardReport => {
  const { rightM = 0, ...rest } = change
  const atMs = LEAVES_MS + minute * MINUTE_MS
  return {
    seal: SEAL,
    atMs,
    receivedAtMs: atMs + 2000,
    ...onRoad(alongM, rightM),
    fixValid: true,
    speedKmh: 60,
    events: [],
    locked: true,
    batteryPercent: 80,
    mark: 1,
    ...rest,
  }
}
export const deed = (minute: number, what: JourneyDeed['deed'], change: Partial<JourneyDeed> = {}): JourneyDeed => ({
  id: `${what}-${minute}`,
  journey: 'J1',
  atMs: LEAVES_MS + minute * MINUTE_MS,
  who: 'kim',
  deed: what,
  ...change,
})

/** Fitted and armed at the port, then every half minute on its way: from this minute to that one, at 1 km a minute from minute 0. */
export function drive(
  fromMinute: number,
  toMinute: number,
  change: (minute: number) => Partial<HeardReport> & { readonly rightM?: number } = () => ({}),
) {
  const reports: HeardReport[] = []
  for (let minute = fromMinute; minute <= toMinute; minute += 0.5)
    reports.push(madeReport(minute, Math.min(ROAD_M, minute * 1000), change(minute)))
  return reports
}
export const armed = (): readonly (HeardReport | JourneyDeed)[] => [
  deed(-20, 'fit', { seal: SEAL, container: 'TEMU1234565' }),
  madeReport(-10, 0, { speedKmh: 0, events: ['sealed'] }),
  madeReport(-1, 0, { speedKmh: 0 }),
]

/** A pass with one journey, and what it tells. */
export function madePass(plan: JourneyPlan = madePlan(), places: SealPlaces = madePlaces(), isKept = true) {
  const kept: HeardFact[] = []
  const events: FindingEvent[] = []
  const changes: JourneyChange[] = []
  const lines = new Map<number, JourneyLine>()
  const findings = new Map<string, Finding>()
  const faults: unknown[] = []
  const pass = createSealPass({
    places,
    sink: event => {
      events.push(event)
      findings.set(event.finding.id, event.finding)
    },
    onChange: change => {
      changes.push(change)
      for (const line of change.lines) lines.set(line.n, line)
      for (const n of change.withdrawn) lines.delete(n)
    },
    onFault: (_detector, error) => faults.push(error),
    history: () => (isKept ? kept : undefined),
  })
  pass.setSeals([
    { id: SEAL, deviceId: '013912344323', protocol: 'jt808', number: 'KC-1', life: 'issued', organisation: 'busan', reportEveryS: 30 },
  ])
  pass.plan(plan)
  const keeps = (...facts: readonly (HeardReport | JourneyDeed)[]): void => {
    for (const fact of facts) kept.push('deed' in fact ? { kind: 'deed', body: fact } : { kind: 'report', body: fact })
  }
  const feed = (...facts: readonly (HeardReport | JourneyDeed)[]): void => {
    for (const fact of facts) {
      keeps(fact)
      if ('deed' in fact) pass.deed(fact)
      else pass.report(fact)
    }
  }
  const standing = () => {
    const now = pass.standing(plan.id)
    if (!now) throw new Error('there is no such journey')
    return now
  }
  return {
    pass,
    feed,
    /** Lies in the store, and was not heard by this pass. */
    keeps,
    standing,
    events,
    changes,
    lines,
    faults,
    /** Those that stand or stood: not taken back. */
    found: () =>
      [...findings.values()]
        .filter(one => one.withdrawnAt === undefined)
        .map(one => one.detector)
        .sort(),
    findings: () => [...findings.values()],
    states: () =>
      [...lines.values()]
        .filter(line => line.kind === 'state')
        .sort((a, b) => a.atMs - b.atMs)
        .map(line => line.what),
  }
}
