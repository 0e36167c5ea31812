// The word of a journey on the screen and its side states, from what stands open.
import type { JourneyWord, SideState, Violation } from '../schema.ts'

const VIOLATED: ReadonlySet<Violation> = new Set(['seal-opened', 'seal-cut', 'shell-tampered', 'seal-removed'])
const OFF: ReadonlySet<Violation> = new Set(['left-route', 'forbidden-area-entered', 'designated-area-left', 'separated'])
const SLOW: ReadonlySet<Violation> = new Set(['late', 'not-started', 'stopped-off-plan', 'wrong-area-stop', 'co-stop'])

/** `everViolated`: the seal was broken on this journey, also where it was closed again: that does not go away by itself. */
export function sideOf(open: readonly Violation[], everViolated: boolean, stands: boolean, isSuspended: boolean): readonly SideState[] {
  const side: SideState[] = []
  if (everViolated || open.some(one => VIOLATED.has(one))) side.push('violated')
  if (open.some(one => OFF.has(one))) side.push('off-route')
  if (open.includes('seal-silent')) side.push('silent')
  if (stands) side.push('stopped')
  if (isSuspended) side.push('suspended')
  return side
}

export function wordOf(open: readonly Violation[], side: readonly SideState[]): JourneyWord {
  if (side.includes('violated')) return 'opened'
  if (side.includes('off-route')) return 'off-route'
  if (side.includes('silent')) return 'silent'
  return open.some(one => SLOW.has(one)) ? 'late' : 'normal'
}

export const isBroken = (violation: Violation): boolean => VIOLATED.has(violation)
