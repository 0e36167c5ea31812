// What a change of posts or of the tree does to whom, before it is done: for each person touched, the deeds gained, lost, widened and narrowed. Pure.
import type { Appointment, Caller, Policy } from '#base/index.ts'
import { grantOf } from './grant.ts'
import type { OrganisationTree } from './organisation.ts'

/** How far a person gets with a deed: alone, and with a second officer. Organisations in the order of the tree; `all`: the whole country. */
export interface Extent {
  readonly alone: readonly string[] | 'all'
  readonly second: readonly string[] | 'all'
}

export interface DeedChange {
  readonly deed: string
  readonly before: Extent
  readonly after: Extent
}

export function extentOf(appointments: readonly Appointment[], policy: Policy, tree: OrganisationTree): Extent {
  const caller: Caller = { id: '', name: '', kind: 'person', appointments }
  const grant = grantOf(caller, policy, tree)
  if (!grant) return { alone: [], second: [] }
  const ids = tree.all.map(one => one.id)
  const reached = ids.filter(id => grant.covers([id]))
  const alone = reached.filter(id => !grant.needsSecond([id]))
  // The whole country is more than every organisation: also what belongs to none.
  const isAll = (some: readonly string[]): boolean => grant.organisations === 'all' && some.length === ids.length && grant.covers([])
  const second = reached.filter(id => grant.needsSecond([id]))
  return { alone: isAll(alone) ? 'all' : alone, second: isAll(second) ? 'all' : second }
}

const same = (a: Extent, b: Extent): boolean => JSON.stringify(a) === JSON.stringify(b)

export function deedChanges(
  before: { readonly appointments: readonly Appointment[]; readonly tree: OrganisationTree },
  after: { readonly appointments: readonly Appointment[]; readonly tree: OrganisationTree },
  policies: readonly Policy[],
): readonly DeedChange[] {
  return policies.flatMap(policy => {
    const change = {
      deed: policy.deed,
      before: extentOf(before.appointments, policy, before.tree),
      after: extentOf(after.appointments, policy, after.tree),
    }
    return same(change.before, change.after) ? [] : [change]
  })
}
