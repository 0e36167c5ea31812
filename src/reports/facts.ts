// All that one paper is made of, asked once: alarms, incidents and orders as they were at the end of the span, with what sections ask of each worked out. Deterministic: the
// same rows give the same facts, whenever they are asked.
import type { Organisation } from '#access/index.ts'
import { type Alarm, alarmAsOf, type HistoryLine } from '#alerts/index.ts'
import { type Incident, isOrderOpen, type Order, type Step } from '#incidents/index.ts'
import type { JourneyReading } from '#seals/index.ts'
import { VIOLATIONS } from '#seals/schema.ts'
import { before, monthSoFar, type Period } from './period.ts'
import { type OfficeLine, officeOf, type ReportSources, type ShipCalls, type SiteStaff, type WaterCount } from './sources.ts'

export interface AlarmFact {
  readonly alarm: Alarm
  /** Customs office in whose waters it lies; absent: head office's. */
  readonly office?: string
  /** The first act of a person, and how long after the alarm was raised. */
  readonly firstAct?: HistoryLine
  readonly responseMs?: number
}
export interface IncidentFact {
  readonly incident: Incident
  readonly steps: readonly Step[]
}

export interface Late {
  readonly sealedAtMs: number
  readonly alarms: readonly AlarmFact[]
  readonly incidents: readonly Incident[]
}

export interface Facts {
  readonly period: Period
  readonly sources: ReportSources
  readonly offices: readonly Organisation[]
  readonly alarms: readonly AlarmFact[]
  readonly alarmsBefore: readonly AlarmFact[]
  /** Of those: about journeys under seal, not taken back. */
  readonly sealAlarms: readonly AlarmFact[]
  readonly sealAlarmsBefore: readonly AlarmFact[]
  /** Undefined: seals are not in use here. */
  readonly journeys: readonly JourneyReading[] | undefined
  /** Reported within the span. */
  readonly reported: readonly Incident[]
  readonly reportedBefore: readonly Incident[]
  /** Marked for the report, moved within the span; oldest first. */
  readonly marked: readonly IncidentFact[]
  /** Reported or moved within the span. */
  readonly moved: readonly Incident[]
  readonly seized: {
    readonly span: readonly Incident[]
    readonly before: readonly Incident[]
    readonly month: readonly Incident[]
    readonly lastYear: readonly Incident[]
  }
  readonly openOrders: readonly (Order & { readonly number: string })[]
  readonly officeLines: readonly OfficeLine[]
  readonly waters: readonly WaterCount[] | undefined
  readonly calls: ShipCalls | undefined
  readonly callsBefore: ShipCalls | undefined
  readonly staff: readonly SiteStaff[] | undefined
  /** What came between the sealing of the paper before and its hour: in no paper yet. */
  readonly late: Late | undefined
  readonly wasHeard: boolean
  readonly wasHeardBefore: boolean
  /** Are there records of the span before, of the same month last year? */
  readonly hasBefore: boolean
  readonly hasLastYear: boolean
}

const ORDERS_BACK_MS = 60 * 86_400_000
/** Author of the machine's own lines. */
const MACHINE = 'mangru'

export async function gatherFacts(sources: ReportSources, period: Period, day: string): Promise<Facts> {
  const { incidents } = sources
  const { fromMs, toMs } = period
  /** Nothing of the end itself: what comes at 07:00:00.000 is of the next day. */
  const atMs = toMs - 1
  const earlier = before(period)
  const asOf = (id: string, then = atMs): Incident | undefined => {
    const now = incidents.get(id)
    if (!now) return undefined
    return now.changedAtMs <= then && now.reportedAtMs <= then ? now : incidents.asOf(id, then)
  }
  const alarmFacts = (span: { readonly fromMs: number; readonly toMs: number }): readonly AlarmFact[] =>
    sources.alarms(span.fromMs, span.toMs).flatMap(alarm => alarmFact(alarm, span.toMs - 1, sources) ?? [])
  const reportedIn = (from: number, to: number): readonly Incident[] =>
    incidents.between(from, to).flatMap(({ id }) => asOf(id, to - 1) ?? [])
  const seizedIn = (span: { readonly fromMs: number; readonly toMs: number }): readonly Incident[] =>
    incidents
      .seizedBetween(span.fromMs, span.toMs)
      .flatMap(id => asOf(id, span.toMs - 1) ?? [])
      .filter(one => one.state === 'closed' && one.outcome === 'seized' && one.mergedInto === undefined)
      .filter(one => (one.closedAtMs ?? 0) >= span.fromMs)
      .sort((a, b) => (a.closedAtMs ?? 0) - (b.closedAtMs ?? 0) || compare(a.id, b.id))
  const moved = incidents
    .touchedBetween(fromMs, toMs)
    .flatMap(id => asOf(id) ?? [])
    .filter(one => one.mergedInto === undefined)
    .sort((a, b) => a.occurredAtMs - b.occurredAtMs || compare(a.id, b.id))
  const month = monthSoFar(toMs)
  const lateSince = (): Late | undefined => {
    const sealedAtMs = period.kind === 'daily' ? sources.sealedAtMs(earlier) : undefined
    if (sealedAtMs === undefined || sealedAtMs >= fromMs) return undefined
    const late = { sealedAtMs, alarms: alarmFacts({ fromMs: sealedAtMs, toMs: fromMs }), incidents: reportedIn(sealedAtMs, fromMs) }
    return late.alarms.length + late.incidents.length === 0 ? undefined : late
  }
  const since = sources.recordsSinceMs()
  const [alarms, alarmsBefore] = [alarmFacts(period), alarmFacts(earlier)]
  return {
    period,
    sources,
    offices: sources.organisations().all.filter(one => one.kind === 'customs-office'),
    alarms,
    alarmsBefore,
    sealAlarms: alarms.filter(isOfSeals),
    sealAlarmsBefore: alarmsBefore.filter(isOfSeals),
    journeys: sources.journeys(fromMs, toMs),
    reported: reportedIn(fromMs, toMs),
    reportedBefore: reportedIn(earlier.fromMs, earlier.toMs),
    marked: moved
      .filter(one => one.dailyReport.isIn)
      .map(incident => ({ incident, steps: incidents.steps(incident.id).filter(step => step.atMs <= atMs) })),
    moved,
    seized: { span: seizedIn(period), before: seizedIn(earlier), month: seizedIn(month.now), lastYear: seizedIn(month.lastYear) },
    openOrders: ordersOpenAt(sources, atMs),
    officeLines: sources.officeLines(day),
    waters: await sources.waters(toMs),
    calls: sources.shipCalls(fromMs, toMs),
    callsBefore: sources.shipCalls(earlier.fromMs, earlier.toMs),
    staff: sources.staff(atMs),
    late: lateSince(),
    wasHeard: sources.wasHeard(fromMs, toMs),
    wasHeardBefore: sources.wasHeard(earlier.fromMs, earlier.toMs),
    hasBefore: since !== undefined && since < fromMs,
    hasLastYear: since !== undefined && since < month.lastYear.toMs,
  }
}

const SEAL_RULES: ReadonlySet<string> = new Set(VIOLATIONS)
const isOfSeals = ({ alarm }: AlarmFact): boolean => SEAL_RULES.has(alarm.joined.detector) && alarm.joined.withdrawn !== true

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function alarmFact(now: Alarm, atMs: number, sources: ReportSources): AlarmFact | undefined {
  const alarm = alarmAsOf(now, atMs)
  if (!alarm) return undefined
  const tree = sources.organisations()
  const office = (alarm.organisations ?? []).map(id => officeOf(tree, id)).find(one => one?.kind === 'customs-office')
  const firstAct = alarm.history.find(line => line.who !== MACHINE)
  return {
    alarm,
    ...(office ? { office: office.id } : {}),
    ...(firstAct ? { firstAct, responseMs: Math.max(0, firstAct.atMs - alarm.openedAtMs) } : {}),
  }
}

/** Orders given and neither carried out nor recalled at that moment, by due time. */
function ordersOpenAt({ incidents }: ReportSources, atMs: number): Facts['openOrders'] {
  const known = new Map<string, Order>()
  for (const order of incidents.ordersBetween(atMs - ORDERS_BACK_MS, atMs + 1)) known.set(order.id, order)
  for (const order of incidents.openOrders()) if (order.givenAtMs <= atMs) known.set(order.id, order)
  const isOpenThen = (order: Order): boolean => {
    if (isOrderOpen(order)) return true
    const ended = incidents
      .steps(order.incident)
      .find(step => (step.deed === 'order-done' || step.deed === 'order-recall') && step.order === order.id)
    return ended === undefined || ended.atMs > atMs
  }
  return [...known.values()]
    .filter(isOpenThen)
    .map(order => ({ ...order, number: incidents.get(order.incident)?.number ?? '' }))
    .sort((a, b) => a.dueMs - b.dueMs || compare(a.id, b.id))
}

/** Mean of the first acts, in minutes; undefined where nobody has acted. */
export function meanResponseMin(alarms: readonly AlarmFact[]): number | undefined {
  const acted = alarms.flatMap(({ responseMs }) => (responseMs === undefined ? [] : [responseMs]))
  return acted.length === 0 ? undefined : acted.reduce((sum, ms) => sum + ms, 0) / acted.length / 60_000
}

export const alarmSources = (alarms: readonly AlarmFact[]): readonly string[] => alarms.map(({ alarm }) => `alarm:${alarm.id}`)
export const incidentSources = (incidents: readonly Incident[]): readonly string[] => incidents.map(({ id }) => `incident:${id}`)
