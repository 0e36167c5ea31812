// One journey, judged by device time. Facts lie in order; each is folded into a state, with a checkpoint every so many. A fact that comes late is put in its place, the
// newest checkpoint before it is taken up again and what follows is folded anew: so the same facts give the same lines and situations in whatever order they came.
// HOT PATH: one fact at the end costs one step of each rule; docs/decisions/0144-judged-by-folding.md.
import type { Severity, Subject } from '#rules/index.ts'
import type { SealDetector, Situation, Step } from '../detectors/contract.ts'
import type { SealPlaces } from '../pass-contract.ts'
import type { JourneyPlan, Violation } from '../schema.ts'
import { type Advance, advance, type Line } from './advance.ts'
import type { CorridorLine } from './corridor.ts'
import { compareFacts, type Fact } from './facts.ts'
import { freshJourney, isOver, type JourneyNow } from './state.ts'

/** A violation as the fold has found it. */
export interface Found extends Omit<Situation, 'severity' | 'toMs'> {
  readonly detector: Violation
  severity: Severity
  toMs?: number
  /** Device time of the fact that decided it. */
  readonly decidedByMs: number
  readonly evidence: readonly number[]
}

interface Checkpoint {
  /** Facts folded into it. */
  readonly facts: number
  readonly now: JourneyNow
  readonly rules: readonly unknown[]
  readonly lines: number
  readonly found: number
  /** Those still open, as they were: index and value. */
  readonly open: readonly (readonly [number, Found])[]
}

export interface JudgedJourney {
  readonly plan: JourneyPlan
  now: JourneyNow
  facts: Fact[]
  readonly lines: Line[]
  readonly found: Found[]
  checkpoints: Checkpoint[]
  rules: unknown[]
  /** The newest fact that is folded for good: what is older than it is kept elsewhere and not judged. */
  folded?: Fact
  tooLate: number
}

const CHECK_EVERY = 64
/** Facts kept to be judged again; older ones are folded for good. */
const MAX_FACTS = 1500

export interface Judge {
  readonly detectors: readonly SealDetector[]
  readonly places: SealPlaces
  readonly settings: Readonly<Record<string, Readonly<Record<string, number>>>>
  onFault?(detector: string, error: unknown): void
}

export function newJourney(plan: JourneyPlan, detectors: readonly SealDetector[]): JudgedJourney {
  const journey: JudgedJourney = {
    plan,
    now: freshJourney(plan),
    facts: [],
    lines: [],
    found: [],
    checkpoints: [],
    rules: detectors.map(one => one.begin?.()),
    tooLate: 0,
  }
  mark(journey)
  return journey
}

const keyOf = (about: Subject | undefined): string => (about ? `${about.kind}:${about.id}` : '')

function mark(journey: JudgedJourney): void {
  journey.checkpoints.push({
    facts: journey.facts.length,
    now: structuredClone(journey.now),
    rules: structuredClone(journey.rules),
    lines: journey.lines.length,
    found: journey.found.length,
    open: journey.found.flatMap((one, n) => (one.toMs === undefined ? [[n, { ...one }] as const] : [])),
  })
}

/**
 * Takes a fact in. Answers from which line and which situation on something may have changed; undefined when nothing has (known already, or too old to be judged).
 */
export function take(
  journey: JudgedJourney,
  fact: Fact,
  corridor: CorridorLine,
  judge: Judge,
): { readonly lines: number; readonly found: number; readonly again: boolean } | undefined {
  const { facts } = journey
  let at = facts.length
  while (at > 0 && compareFacts(facts[at - 1]!, fact) > 0) at--
  if (at > 0 && compareFacts(facts[at - 1]!, fact) === 0) return undefined
  if (journey.folded !== undefined && compareFacts(fact, journey.folded) <= 0) {
    journey.tooLate++
    return undefined
  }
  const isLate = at < facts.length
  if (isLate) {
    const from = journey.checkpoints.findLastIndex(one => one.facts <= at)
    const point = journey.checkpoints[from]!
    const lines = point.lines
    const firstOpen = point.open[0]?.[0] ?? point.found
    facts.splice(at, 0, fact)
    takeUp(journey, point)
    journey.checkpoints.length = from + 1
    for (let n = point.facts; n < facts.length; n++) fold(journey, facts[n]!, n + 1, corridor, judge)
    return { lines, found: firstOpen, again: true }
  }
  const lines = journey.lines.length
  const firstOpen = journey.found.findIndex(one => one.toMs === undefined)
  const before = journey.found.length
  facts.push(fact)
  fold(journey, fact, facts.length, corridor, judge)
  if (facts.length > MAX_FACTS) shorten(journey)
  return { lines, found: firstOpen < 0 ? before : firstOpen, again: false }
}

function takeUp(journey: JudgedJourney, point: Checkpoint): void {
  journey.now = structuredClone(point.now)
  journey.rules = structuredClone(point.rules) as unknown[]
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

function fold(journey: JudgedJourney, fact: Fact, count: number, corridor: CorridorLine, judge: Judge): void {
  const before = { ...journey.now, seals: journey.now.seals.map(seal => ({ ...seal })) }
  const on: Advance = {
    plan: journey.plan,
    places: judge.places,
    corridor,
    line: line => journey.lines.push(line),
    authorised: untilMs =>
      journey.facts.flatMap(one =>
        one.kind === 'deed' && one.deed.deed === 'authorise-unseal' && one.atMs > fact.atMs && one.atMs <= untilMs
          ? [...(one.deed.officers ?? []), one.deed.who]
          : [],
      ),
  }
  const isMove = advance(journey.now, fact, on)
  const teller: Teller = { detector: undefined }
  const step = stepOf(journey, fact, before, isMove, teller, judge)
  for (let n = 0; n < judge.detectors.length; n++) {
    const detector = judge.detectors[n]!
    if (!detector.onFact) continue
    teller.detector = detector
    try {
      detector.onFact(step, journey.rules[n], judge.settings[detector.name] ?? NO_SETTINGS)
    } catch (error) {
      judge.onFault?.(detector.name, error)
    }
  }
  if (count % CHECK_EVERY === 0) mark(journey)
}

const NO_SETTINGS = {}
/** Whose turn it is: one step serves all rules of a fact. */
interface Teller {
  detector: SealDetector | undefined
}

function stepOf(
  { now, plan, found }: JudgedJourney,
  fact: Fact,
  before: JourneyNow,
  isMove: boolean,
  teller: Teller,
  { places }: Judge,
): Step {
  const openOne = (about: Subject | undefined): Found | undefined =>
    found.findLast(one => one.detector === teller.detector?.name && one.toMs === undefined && keyOf(one.about) === keyOf(about))
  return {
    fact,
    plan,
    places,
    now,
    before,
    isMove,
    isResting: now.isSuspended || isOver(now),
    isOpen: about => openOne(about) !== undefined,
    open(situation) {
      const open = openOne(situation.about)
      if (open) {
        if (situation.severity !== undefined) open.severity = situation.severity
        return
      }
      const place = situation.place ?? (now.lat === undefined || now.lon === undefined ? undefined : { lat: now.lat, lon: now.lon })
      const { detector } = teller
      if (!detector) return
      found.push({
        ...situation,
        detector: detector.name,
        severity: situation.severity ?? detector.severity,
        decidedByMs: fact.atMs,
        evidence: evidenceOf(fact),
        ...(place ? { place } : {}),
      })
    },
    end(atMs, about) {
      const open = openOne(about)
      if (open) open.toMs = Math.max(atMs, open.fromMs)
    },
  }
}

const evidenceOf = (fact: Fact): readonly number[] =>
  fact.kind === 'report' && fact.report.mark >= 0 ? [fact.report.mark] : fact.kind === 'gate' && fact.gate.mark >= 0 ? [fact.gate.mark] : []
