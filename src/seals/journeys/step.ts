// What the rules are shown of one fact, and how they tell what they find. One object for all: it is laid out anew for each fact. HOT PATH: twenty rules look at it.
import type { Subject } from '#rules/index.ts'
import type { Before, SealDetector, Settings, Step } from '../detectors/contract.ts'
import type { SealPlaces } from '../pass-contract.ts'
import type { Fact } from './facts.ts'
import type { Found, JudgedJourney } from './judged.ts'
import { isOver, type JourneyNow } from './state.ts'

const keyOf = (about: Subject | undefined): string => (about ? `${about.kind}:${about.id}` : '')
const evidenceOf = (fact: Fact): readonly number[] =>
  fact.kind === 'report' && fact.report.mark >= 0 ? [fact.report.mark] : fact.kind === 'gate' && fact.gate.mark >= 0 ? [fact.gate.mark] : []

type Laid = { -readonly [Key in keyof Step]: Step[Key] }
interface Rule {
  readonly detector: SealDetector
  readonly settings: Settings
  /** Where its state stands among those of a journey. */
  readonly at: number
}

/** Shows each rule every fact; a rule that throws is told and the others go on. */
export function createRules(
  detectors: readonly SealDetector[],
  places: SealPlaces,
  settings: Readonly<Record<string, Settings>>,
  onFault?: (detector: string, error: unknown) => void,
): (journey: JudgedJourney, fact: Fact, before: Before, isMove: boolean) => void {
  const rules: readonly Rule[] = detectors.flatMap((detector, at) =>
    detector.onFact ? [{ detector, settings: settings[detector.name] ?? {}, at }] : [],
  )
  let detector = detectors[0]
  let found: Found[] = []

  const openOne = (about: Subject | undefined): Found | undefined => {
    for (let n = found.length - 1; n >= 0; n--) {
      const one = found[n]!
      if (one.toMs === undefined && one.detector === detector?.name && keyOf(one.about) === keyOf(about)) return one
    }
    return undefined
  }
  let step: Laid | undefined
  const layOut = ({ plan, now }: JudgedJourney, fact: Fact, before: Before, isMove: boolean): Laid => {
    const isResting = now.isSuspended || isOver(now)
    if (step) {
      step.fact = fact
      step.plan = plan
      step.now = now
      step.before = before
      step.isMove = isMove
      step.isResting = isResting
      return step
    }
    const laid: Laid = {
      fact,
      plan,
      places,
      now,
      before,
      isMove,
      isResting,
      isOpen: about => openOne(about) !== undefined,
      open(situation) {
        if (!detector) return
        const open = openOne(situation.about)
        if (open) {
          if (situation.severity !== undefined) open.severity = situation.severity
          return
        }
        const place = situation.place ?? placeOf(laid.now)
        found.push({
          ...situation,
          detector: detector.name,
          severity: situation.severity ?? detector.severity,
          decidedByMs: laid.fact.atMs,
          evidence: evidenceOf(laid.fact),
          ...(place ? { place } : {}),
        })
      },
      end(atMs, about) {
        const open = openOne(about)
        if (open) open.toMs = Math.max(atMs, open.fromMs)
      },
    }
    step = laid
    return laid
  }

  return (journey, fact, before, isMove) => {
    const laid = layOut(journey, fact, before, isMove)
    found = journey.found
    for (const rule of rules) {
      detector = rule.detector
      try {
        detector.onFact!(laid, journey.rules[rule.at], rule.settings)
      } catch (error) {
        onFault?.(detector.name, error)
      }
    }
  }
}

const placeOf = ({ lat, lon }: JourneyNow): { readonly lat: number; readonly lon: number } | undefined =>
  lat === undefined || lon === undefined ? undefined : { lat, lon }
