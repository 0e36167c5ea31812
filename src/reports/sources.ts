// What the report asks of the other rooms, and nothing else: their front doors as functions. What may be absent belongs to rooms that do not stand yet: absent is told as
// ‘연계 전’, never as 0.
import type { Organisation, OrganisationTree } from '#access/index.ts'
import type { Alarm } from '#alerts/index.ts'
import type { Incidents } from '#incidents/index.ts'
import type { JourneyReading } from '#seals/index.ts'
import type { Period } from './period.ts'

/** What an office handed in for a report: a text, or that there is nothing to tell. */
export interface OfficeLine {
  readonly id: string
  readonly organisation: string
  readonly text: string
  readonly isNothing: boolean
  readonly atMs: number
  readonly by: string
}

/** A line of the duty log or of a hand-over sheet that the report prints: weather, a plan of the day, a matter to hand over. */
export interface LogLine {
  readonly id: string
  /** When it was; of a plan: when it is. */
  readonly atMs: number
  readonly organisation: string
  readonly kind: 'weather' | 'plan' | 'hand-over'
  readonly text: string
}

/** Arrivals and departures that were seen. */
export interface ShipCalls {
  /** Since when they are counted: before it nothing was measured. */
  readonly sinceMs: number
  readonly calls: readonly { readonly kind: 'arrival' | 'departure'; readonly organisation: string; readonly mmsi: string }[]
}

/** How a feed of ship positions fared in the span. */
export interface FeedRun {
  readonly name: string
  readonly isRunning: boolean
  readonly silentMs: number
}

/** Ships in an organisation's waters at a moment. */
export interface WaterCount {
  readonly organisation: string
  readonly ships: number
  readonly atRest: number
}

/** Who stands at an organisation at a moment, and whether the watch before has handed over. */
export interface SiteStaff {
  readonly organisation: string
  /** Seats of the watch that stands; absent: nobody stands there then (day staff at home). */
  readonly watch?: { readonly crew: Both; readonly watch: Both; readonly seats: number; readonly empty: number; readonly standIns: number }
  /** Sheet of the last watch that ended before the moment: signed by both by then? Absent: none was kept. */
  readonly handOver?: { readonly id: string; readonly isDone: boolean }
}
export interface Both {
  readonly ko: string
  readonly en: string
}

/** A record behind a figure, as whoever asks ‘which one?’ sees it. */
export interface SourceRecord {
  readonly label: Both
  readonly note?: Both
  readonly atMs?: number
  readonly level?: number
}

export interface ReportSources {
  /** Raised in [from, to), as they are now. */
  alarms(fromMs: number, toMs: number): readonly Alarm[]
  readonly incidents: Pick<
    Incidents,
    'asOf' | 'get' | 'between' | 'touchedBetween' | 'seizedBetween' | 'steps' | 'openOrders' | 'ordersBetween' | 'ordersOf'
  >
  organisations(): OrganisationTree
  /** Ship, area, feed: its name, as alarms tell it. */
  labelOf(kind: string, id: string): string | undefined
  nameOf(person: string): string | undefined
  /** What an incident's people are called is put out of a text: 김○○. */
  masked(text: string, incident: string): string
  officeLines(day: string): readonly OfficeLine[]
  /** When the paper of that end was sealed; undefined: it is not. */
  sealedAtMs(period: Period): number | undefined
  /** Newest row of the audit trail up to a moment. */
  auditHead(atMs: number): { readonly n: number; readonly hash: string } | undefined
  /** The packed coast as rings of lon, lat pairs; absent: the chart was never built. */
  coast(): readonly Float64Array[] | undefined
  /** True when the data are made by the demo. */
  isDemo(): boolean
  /** Weather and hand-overs of the span, plans of the day after it. */
  log(fromMs: number, toMs: number): readonly LogLine[]
  /** Who stands where; undefined: no organisation has a roster. */
  staff(atMs: number): readonly SiteStaff[] | undefined
  /** What stands behind `kind:id`; undefined: it is gone, or was never known. */
  record(kind: string, id: string): SourceRecord | undefined
  /** How feeds fared; none: nobody looked. */
  feeds(fromMs: number, toMs: number): readonly FeedRun[]
  /** Journeys under seal that were not over before the span; undefined: seals are not in use here. */
  journeys(fromMs: number, toMs: number): readonly JourneyReading[] | undefined
  /** Undefined: nothing of the span was measured. */
  shipCalls(fromMs: number, toMs: number): ShipCalls | undefined
  /** Ships in waters at a moment; undefined: nothing was received then. */
  waters(atMs: number): Promise<readonly WaterCount[] | undefined>
  /** Were positions of ships received within the span at all? Where not, 0 alarms say nothing. */
  wasHeard(fromMs: number, toMs: number): boolean
  /** Since when anything is recorded; undefined: nothing yet. Before it there is nothing to compare with. */
  recordsSinceMs(): number | undefined
}

/** What other rooms give; the offices' lines are this room's own. */
export type RoomSources = Omit<ReportSources, 'officeLines' | 'sealedAtMs'>

/** The customs office an organisation belongs to; head office itself; undefined where there is none such. */
export function officeOf(tree: OrganisationTree, id: string): Organisation | undefined {
  let one = tree.get(id)
  for (let up = 0; one && up < 20; up++) {
    if (one.kind === 'customs-office' || one.parent === undefined) return one
    one = tree.get(one.parent)
  }
  return undefined
}
