// Rules that follow from what the seal itself tells while it is on a journey under seal: one event, one violation, whatever the place.
import type { Sentence, Severity } from '#rules/index.ts'
import { isUnderSeal } from '../journeys/state.ts'
import type { SealEvent } from '../protocols/index.ts'
import type { Violation } from '../schema.ts'
import type { SealDetector } from './contract.ts'
import { whereOf } from './words.ts'

interface Told {
  readonly name: Violation
  readonly tells: Sentence
  readonly severity: Severity
  readonly events: readonly SealEvent[]
  /** Ends the situation, where something does. */
  readonly ends?: readonly SealEvent[]
}

/** A rule that opens when one of these events is told under seal. */
export const byEvent = ({ name, tells, severity, events, ends = [] }: Told): SealDetector => ({
  name,
  tells,
  severity,
  settings: {},
  onFact(step) {
    if (step.fact.kind !== 'report') return
    const { report, atMs } = step.fact
    const about = { kind: 'seal', id: report.seal } as const
    if (report.events.some(event => ends.includes(event))) step.end(atMs, about)
    if (!isUnderSeal(step.before) || !report.events.some(event => events.includes(event))) return
    const where = whereOf(step)
    step.open({
      fromMs: atMs,
      about,
      why: { ko: `${step.plan.container}: ${tells.ko} (${where.ko})`, en: `${step.plan.container}: ${tells.en} (${where.en})` },
      ...(ends.length > 0 ? {} : { toMs: atMs }),
    })
  },
})
