// What a journey is judged from, in one order: by device time, and at the same moment by kind and content, so that the order in which things came never shows.
import type { GateEvent, HeardReport, JourneyDeed } from '../pass-contract.ts'

export type Fact =
  | { readonly kind: 'deed'; readonly atMs: number; readonly knownAtMs: number; readonly key: string; readonly deed: JourneyDeed }
  | { readonly kind: 'gate'; readonly atMs: number; readonly knownAtMs: number; readonly key: string; readonly gate: GateEvent }
  | {
      readonly kind: 'report'
      readonly atMs: number
      readonly knownAtMs: number
      readonly key: string
      readonly report: HeardReport
      /** How far the device's clock was from ours, where that is more than a delay explains. */
      readonly driftMs?: number
    }

/** A device's clock may be this far ahead of ours; and this far behind before its reports are no delayed ones but of another time (seals keep some days of reports). */
const AHEAD_MS = 5 * 60_000
const BEHIND_MS = 7 * 86_400_000

/**
 * Identity of a report: what the device said, not when it came. Of one moment, what tells an event comes before what only tells a state: the card explains the open lock.
 */
const keyOfReport = (report: HeardReport): string =>
  `r${report.events.length > 0 ? 0 : 1}|${report.seal}|${report.lat ?? ''},${report.lon ?? ''}|${report.speedKmh ?? ''}|${report.events.join('+')}|${report.locked ?? ''}|${report.card ?? ''}`

export function factOfReport(report: HeardReport): Fact {
  const aheadMs = report.atMs - report.receivedAtMs
  const key = keyOfReport(report)
  // A clock that is plainly wrong says nothing of when it was: then our time of receipt counts.
  if (aheadMs > AHEAD_MS || aheadMs < -BEHIND_MS)
    return {
      kind: 'report',
      atMs: report.receivedAtMs,
      knownAtMs: report.receivedAtMs,
      key: `${key}|${report.atMs}`,
      report,
      driftMs: aheadMs,
    }
  return { kind: 'report', atMs: report.atMs, knownAtMs: report.receivedAtMs, key, report }
}
export const factOfDeed = (deed: JourneyDeed): Fact => ({
  kind: 'deed',
  atMs: deed.atMs,
  knownAtMs: deed.atMs,
  key: `d|${deed.id}`,
  deed,
})
export const factOfGate = (gate: GateEvent): Fact => ({
  kind: 'gate',
  atMs: gate.atMs,
  knownAtMs: gate.receivedAtMs,
  key: `g|${gate.id}`,
  gate,
})

const RANK = { deed: 0, gate: 1, report: 2 } as const

export const compareFacts = (a: Fact, b: Fact): number =>
  a.atMs - b.atMs || RANK[a.kind] - RANK[b.kind] || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
