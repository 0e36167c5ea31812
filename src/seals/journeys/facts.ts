// What a journey is judged from, in one order: by device time, and at the same moment by kind and content, so that the order in which things came never shows.
import type { GateEvent, HeardFact, HeardReport, JourneyDeed } from '../pass-contract.ts'

export type Fact =
  | { readonly kind: 'deed'; readonly atMs: number; readonly knownAtMs: number; readonly deed: JourneyDeed }
  | { readonly kind: 'gate'; readonly atMs: number; readonly knownAtMs: number; readonly gate: GateEvent }
  | {
      readonly kind: 'report'
      readonly atMs: number
      readonly knownAtMs: number
      readonly report: HeardReport
      /** How far the device's clock was from ours, where that is more than a delay explains. */
      readonly driftMs?: number
    }

/** A device's clock may be this far ahead of ours; and this far behind before its reports are no delayed ones but of another time (seals keep some days of reports). */
export const AHEAD_MS = 5 * 60_000
const BEHIND_MS = 7 * 86_400_000

/** When it was so. A clock that is plainly wrong says nothing of that: then our time of receipt counts. */
export function judgedAtMs({ atMs, receivedAtMs }: Pick<HeardReport, 'atMs' | 'receivedAtMs'>): number {
  const aheadMs = atMs - receivedAtMs
  return aheadMs > AHEAD_MS || aheadMs < -BEHIND_MS ? receivedAtMs : atMs
}
export function factOfReport(report: HeardReport): Fact {
  const { receivedAtMs } = report
  const atMs = judgedAtMs(report)
  if (atMs !== report.atMs) return { kind: 'report', atMs, knownAtMs: receivedAtMs, report, driftMs: report.atMs - receivedAtMs }
  return { kind: 'report', atMs, knownAtMs: receivedAtMs, report }
}
export const factOfDeed = (deed: JourneyDeed): Fact => ({ kind: 'deed', atMs: deed.atMs, knownAtMs: deed.atMs, deed })
export const factOfGate = (gate: GateEvent): Fact => ({ kind: 'gate', atMs: gate.atMs, knownAtMs: gate.receivedAtMs, gate })

export const factOf = ({ kind, body }: HeardFact): Fact =>
  kind === 'report' ? factOfReport(body) : kind === 'deed' ? factOfDeed(body) : factOfGate(body)

const RANK = { deed: 0, gate: 1, report: 2 } as const

/**
 * What the fact is, apart from its time: of a report what the device said, not when it came. Of one moment, what tells an event comes before what only tells a state: the
 * card explains the open lock. Made only where two are of one moment.
 */
export function keyOfFact(fact: Fact): string {
  if (fact.kind !== 'report') return fact.kind === 'deed' ? fact.deed.id : fact.gate.id
  const { report, driftMs } = fact
  const said = `r${report.events.length > 0 ? 0 : 1}|${report.seal}|${report.lat ?? ''},${report.lon ?? ''}|${report.speedKmh ?? ''}|${report.events.join('+')}|${report.locked ?? ''}|${report.card ?? ''}`
  return driftMs === undefined ? said : `${said}|${report.atMs}`
}

export function compareFacts(a: Fact, b: Fact): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs
  if (a.kind !== b.kind) return RANK[a.kind] - RANK[b.kind]
  const [one, other] = [keyOfFact(a), keyOfFact(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

/** A report that was sent again, since its answer was lost, is one: each is kept as it came, and counts once. */
export function onceEach(reports: readonly HeardReport[]): readonly HeardReport[] {
  const seen = new Set<string>()
  return reports.filter(report => {
    const fact = factOfReport(report)
    // Of a wrong clock it is the device's time that comes again, not ours.
    const drifts = fact.kind === 'report' && fact.driftMs !== undefined
    const said = drifts ? keyOfFact(fact) : `${fact.atMs}|${keyOfFact(fact)}`
    if (seen.has(said)) return false
    seen.add(said)
    return true
  })
}
