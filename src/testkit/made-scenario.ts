// A scenario made fresh from a seed: what was sent, what must be found and nothing else. Its makers are in made-meetings.ts, made-silences.ts and made-tracks.ts;
// those where nothing may be found in made-near-misses.ts. Minutes are after T0.
import type { Finding } from '#rules/index.ts'
import { type Leg, type Scene, T0 } from './sea-scene.ts'
import type { Dice, Ship } from './voyages.ts'

export interface Expected {
  readonly detector: string
  /** Empty: about a station or feed. */
  readonly ships: readonly number[]
  /** Bounds of `from`, minutes. */
  readonly from: readonly [number, number]
  readonly raiseBy: number
  /** Bounds of `to`; absent: it lasts to the end of the scene or its end is not asked. */
  readonly to?: readonly [number, number]
  readonly isWithdrawn?: boolean
}

export interface MadeScenario extends Scene {
  readonly name: string
  readonly expected: readonly Expected[]
  /** Findings that may also be there, low ones only. */
  readonly mayLog?: readonly string[]
}

export const MMSI = 440_700_000

/** Seconds between reports of a class A ship, from a raw feed to a thinned one. */
export const rhythm = (dice: Dice): number => dice.pick([6, 10, 20, 30, 60, 60, 120])

export const cargo = (dice: Dice): number => dice.pick([70, 71, 74, 79, 80, 84, 89, 60, 0])

export const straight = (minutes: number, sogKn: number, cogDeg: number): Leg => ({ minutes, sogKn, cogDeg: (cogDeg + 720) % 360 })

/** Minutes that `nm` take at this speed. */
export const minutesFor = (nm: number, sogKn: number): number => (nm / sogKn) * 60

export const factsOf = (ships: readonly Ship[]): NonNullable<Scene['ships']> =>
  Object.fromEntries(ships.map(({ mmsi, facts }) => [mmsi, facts]))

/** What is wrong with the findings, in words; empty = as made. `slackMin`: how much later everything may be raised. */
export function faultsOfMade(made: MadeScenario, findings: readonly Finding[], slackMin = 0): string[] {
  const minute = (atMs: number): number => (atMs - T0) / 60_000
  const shipsOf = (finding: Finding): string =>
    finding.subjects
      .flatMap(({ kind, id }) => (kind === 'ship' ? [id] : []))
      .sort()
      .join()
  const faults: string[] = []
  const matched = new Set<Finding>()
  for (const wanted of made.expected) {
    const hits = findings.filter(one => one.detector === wanted.detector && shipsOf(one) === [...wanted.ships].map(String).sort().join())
    for (const hit of hits) matched.add(hit)
    const [hit] = hits
    if (!hit) {
      faults.push(`${wanted.detector} missed`)
      continue
    }
    if (hits.length > 1) faults.push(`${wanted.detector} ${hits.length} times`)
    const [from, to] = [minute(hit.from), hit.to === undefined ? undefined : minute(hit.to)]
    if (from < wanted.from[0] || from > wanted.from[1]) faults.push(`${wanted.detector} from ${from.toFixed(1)}, not ${wanted.from}`)
    if (minute(hit.raisedAt) > wanted.raiseBy + slackMin)
      faults.push(`${wanted.detector} raised ${minute(hit.raisedAt).toFixed(1)}, not by ${wanted.raiseBy.toFixed(1)}`)
    if (hit.raisedAt < hit.from) faults.push(`${wanted.detector} raised before it began`)
    if ((hit.withdrawnAt !== undefined) !== (wanted.isWithdrawn ?? false))
      faults.push(`${wanted.detector} ${wanted.isWithdrawn ? 'not ' : ''}withdrawn`)
    if (wanted.to && (to === undefined || to < wanted.to[0] || to > wanted.to[1]))
      faults.push(`${wanted.detector} to ${to?.toFixed(1)}, not ${wanted.to.map(one => one.toFixed(1))}`)
  }
  for (const other of findings)
    if (!matched.has(other) && !(other.severity === 'low' && made.mayLog?.includes(other.detector)))
      faults.push(`false ${other.detector} (${other.severity}) at ${minute(other.raisedAt).toFixed(0)}: ${other.why.en}`)
  return faults
}
