// One journey, judged by device time. Facts lie in order; each is folded into a state, with a checkpoint every so many. A fact that comes late is put in its place, the
// newest checkpoint before it is taken up again and what follows is folded anew: so the same facts give the same lines and situations in whatever order they came.
// HOT PATH: one fact at the end costs one step of each rule; docs/decisions/0144-judged-by-folding.md.
import type { SealDetector } from '../detectors/contract.ts'
import type { SealPlaces } from '../pass-contract.ts'
import type { JourneyPlan } from '../schema.ts'
import { type Advance, advance } from './advance.ts'
import type { CorridorLine } from './corridor.ts'
import { compareFacts, type Fact } from './facts.ts'
import type { Checkpoint, Found, JudgedJourney } from './judged.ts'
import { copyOf, freshJourney } from './state.ts'
import { createRules } from './step.ts'

/** A checkpoint every so many facts, so that what is a little late costs few; of those that lie farther back one in four stays. */
const CHECK_EVERY = 16
const KEEP_EVERY = 64
/** Facts held to be judged again; older ones are folded, and read back from where they are kept when one comes that lies before these. */
const MAX_FACTS = 512

export interface Taken {
  /** The first line and the first situation that may have changed. */
  readonly lines: number
  readonly found: number
  /** What lay behind it was judged again. */
  readonly again: boolean
}

export interface Judge {
  readonly detectors: readonly SealDetector[]
  fresh(plan: JourneyPlan): JudgedJourney
  /** Takes a fact in. `before-all`: it lies before every fact that is held, and changes nothing until the journey is judged from its beginning. */
  take(journey: JudgedJourney, fact: Fact, corridor: CorridorLine): Taken | 'known' | 'before-all'
}

export interface JudgeOptions {
  readonly detectors: readonly SealDetector[]
  readonly places: SealPlaces
  readonly settings: Readonly<Record<string, Readonly<Record<string, number>>>>
  onFault?(detector: string, error: unknown): void
}

export function createJudge({ detectors, places, settings, onFault }: JudgeOptions): Judge {
  const showRules = createRules(detectors, places, settings, onFault)

  const fold = (journey: JudgedJourney, fact: Fact, count: number, corridor: CorridorLine): void => {
    const { now, plan, lines, facts } = journey
    const seal = fact.kind === 'report' ? now.seals.find(one => one.seal === fact.report.seal) : undefined
    const before = { state: now.state, arrivedAtMs: now.arrivedAtMs, locked: seal?.locked }
    const on: Advance = { plan, places, corridor, lines, facts }
    const isMove = advance(now, fact, on)
    showRules(journey, fact, before, isMove)
    if (count % CHECK_EVERY === 0) mark(journey, count)
  }
  /** It lies before others: from the newest checkpoint before it all is folded again. */
  const putInPlace = (journey: JudgedJourney, fact: Fact, at: number, corridor: CorridorLine): Taken => {
    const { facts } = journey
    const from = journey.checkpoints.findLastIndex(one => one.facts <= at)
    const point = journey.checkpoints[from]!
    facts.splice(at, 0, fact)
    takeUp(journey, point)
    journey.checkpoints.length = from + 1
    for (let n = point.facts; n < facts.length; n++) fold(journey, facts[n]!, n + 1, corridor)
    return { lines: point.lines, found: point.open[0]?.[0] ?? point.found, again: true }
  }

  return {
    detectors,
    fresh(plan) {
      const journey: JudgedJourney = {
        plan,
        now: freshJourney(plan),
        facts: [],
        lines: [],
        found: [],
        checkpoints: [],
        rules: detectors.map(one => one.begin?.()),
      }
      mark(journey, 0)
      return journey
    },
    take(journey, fact, corridor) {
      const { facts } = journey
      let at = facts.length
      let order = -1
      while (at > 0) {
        order = compareFacts(facts[at - 1]!, fact)
        if (order <= 0) break
        at--
      }
      if (at > 0 && order === 0) return 'known'
      if (at === 0 && journey.folded !== undefined && compareFacts(fact, journey.folded) <= 0) return 'before-all'
      if (at < facts.length) return putInPlace(journey, fact, at, corridor)
      const lines = journey.lines.length
      const found = firstOpen(journey.found)
      facts.push(fact)
      fold(journey, fact, facts.length, corridor)
      if (facts.length > MAX_FACTS) shorten(journey)
      return { lines, found, again: false }
    },
  }
}

const firstOpen = (found: readonly Found[]): number => {
  const at = found.findIndex(one => one.toMs === undefined)
  return at < 0 ? found.length : at
}

/** `count`: facts folded so far; while it is folded again more are held than that. */
function mark(journey: JudgedJourney, count: number): void {
  journey.checkpoints.push({
    facts: count,
    now: copyOf(journey.now),
    rules: copiesOf(journey.rules),
    lines: journey.lines.length,
    found: journey.found.length,
    open: openOf(journey.found),
  })
  const far = count - KEEP_EVERY
  if (count % KEEP_EVERY === 0) journey.checkpoints = journey.checkpoints.filter(({ facts }) => facts % KEEP_EVERY === 0 || facts > far)
}

const copiesOf = (rules: readonly unknown[]): unknown[] => rules.map(state => (state === undefined ? undefined : { ...state }))
const openOf = (found: readonly Found[]): Checkpoint['open'] =>
  found.flatMap((one, n) => (one.toMs === undefined ? [[n, { ...one }] as const] : []))

function takeUp(journey: JudgedJourney, point: Checkpoint): void {
  journey.now = copyOf(point.now)
  journey.rules = copiesOf(point.rules)
  journey.lines.length = point.lines
  journey.found.length = point.found
  for (const [n, one] of point.open) journey.found[n] = { ...one }
}

/** The oldest facts are folded for good: a checkpoint in the middle becomes the first. */
function shorten(journey: JudgedJourney): void {
  const keep = journey.checkpoints.findIndex(one => one.facts >= MAX_FACTS / 3)
  if (keep <= 0) return
  const gone = journey.checkpoints[keep]!.facts
  const folded = journey.facts[gone - 1]
  if (folded) journey.folded = folded
  journey.facts = journey.facts.slice(gone)
  journey.checkpoints = journey.checkpoints.slice(keep).map(one => ({ ...one, facts: one.facts - gone }))
}
