// What an incident was at an earlier moment, step by step backwards: for papers of that moment, and for replay. Each step keeps what stood before.
import { put, sameLink } from './incident.ts'
import type { Incident, Step } from './schema.ts'

/**
 * The incident as it was after the steps up to this moment; undefined: not reported yet. `steps` are all of them, in order. Whose it is and who was erased is as it is
 * now: rights and the law know no past.
 */
export function asOf(incident: Incident, steps: readonly Step[], atMs: number): Incident | undefined {
  if (incident.reportedAtMs > atMs) return undefined
  let known = incident
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i]
    if (!step || step.atMs <= atMs) break
    known = before(known, step, steps.slice(0, i))
  }
  return known
}

function before(now: Incident, step: Step, earlier: readonly Step[]): Incident {
  const last = earlier.at(-1)
  const base = { ...now, steps: step.n - 1, changedAtMs: last ? Math.max(...earlier.map(one => one.atMs)) : now.reportedAtMs }
  switch (step.deed) {
    case 'answer': {
      const others = new Set(earlier.flatMap(one => (one.deed === 'answer' || one.deed === 'report' ? one.attachments : [])))
      return {
        ...base,
        answers: now.answers - 1,
        attachments: now.attachments.filter(id => !step.attachments.includes(id) || others.has(id)),
        links: now.links.filter(link => !step.links?.some(added => sameLink(added, link))),
      }
    }
    case 'correct':
      // A place that was not there before is absent from what is kept.
      return put(base, 'place' in step.after ? { place: undefined, ...step.before } : step.before)
    case 'state': {
      const { outcome: _outcome, closedAtMs: _closed, ...open } = base
      if (step.from !== 'closed') return { ...open, state: step.from }
      return {
        ...open,
        state: 'closed',
        ...(step.outcomeBefore ? { outcome: step.outcomeBefore } : {}),
        ...(step.closedBeforeMs === undefined ? {} : { closedAtMs: step.closedBeforeMs }),
      }
    }
    case 'merge-into': {
      const { mergedInto: _into, closedAtMs, ...rest } = base
      const state = step.stateBefore ?? 'reported'
      return { ...rest, state, ...(state === 'closed' && closedAtMs !== undefined ? { closedAtMs } : {}) }
    }
    case 'merge-from':
      return { ...base, mergedFrom: now.mergedFrom.filter(id => id !== step.other) }
    case 'relate':
      return { ...base, related: now.related.filter(id => id !== step.other) }
    case 'link':
      return { ...base, links: now.links.filter(link => !sameLink(link, step.link)) }
    case 'unlink':
      return { ...base, links: [...now.links, step.link] }
    case 'daily-report':
      return { ...base, dailyReport: step.before }
    case 'person':
      return {
        ...base,
        people: now.people.flatMap(one => (one.id !== step.person || one.isErased ? [one] : step.before ? [step.before] : [])),
      }
    default:
      return base
  }
}
