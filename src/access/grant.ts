// What a caller may do with a deed: appointments × policy × the tree of organisations. Pure. HOT PATH: asked for every request and every live message and screen;
// grants are worked out once a caller and deed (bench access-grant prints the cost).
import type { Caller, Grant, Policy } from '#base/index.ts'

export interface Tree {
  /** The organisation and all below it; empty where there is none of that id. */
  below(organisation: string): ReadonlySet<string>
  readonly headOffice: string
}

/** Undefined: no post of the caller may do this at all, or no policy names the deed. */
export function grantOf(caller: Caller, policy: Policy | undefined, tree: Tree): Grant | undefined {
  if (!policy) return undefined
  /** What the caller reaches alone, and what only with a second officer. */
  const alone = emptyReach()
  const together = emptyReach()
  for (const { post, organisation } of caller.appointments) {
    const reach = policy.reach[post]
    if (reach === undefined) continue
    const wider = reach === 'two' ? together : alone
    if (reach === 'own') wider.organisations.add(organisation)
    else if (organisation === tree.headOffice) wider.isEverywhere = true
    else for (const one of tree.below(organisation)) wider.organisations.add(one)
  }
  const isAlone = isSomewhere(alone)
  const isTogether = isSomewhere(together)
  if (!isAlone && !isTogether) return undefined
  const covers = (reach: Reached, whose: readonly string[]): boolean =>
    reach.isEverywhere || (whose.length === 0 ? reach.organisations.has(tree.headOffice) : whose.some(one => reach.organisations.has(one)))
  return {
    organisations: alone.isEverywhere || together.isEverywhere ? 'all' : alone.organisations.union(together.organisations),
    covers: whose => covers(alone, whose) || covers(together, whose),
    needsSecond: whose => isTogether && (whose === undefined ? !isAlone : !covers(alone, whose)),
  }
}

interface Reached {
  isEverywhere: boolean
  readonly organisations: Set<string>
}
const emptyReach = (): Reached => ({ isEverywhere: false, organisations: new Set() })
const isSomewhere = (reach: Reached): boolean => reach.isEverywhere || reach.organisations.size > 0
