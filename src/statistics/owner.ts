// The one organisation a thing of several is counted at, so that parts add up to their sum; and as what organisations are shown in a table of sites.
import type { OrganisationTree } from '#access/index.ts'
import type { Grant } from '#base/index.ts'

/** The lowest in the tree, the first among equals; head office where it is nobody's. */
export function ownerOf(tree: OrganisationTree, organisations: readonly string[]): string {
  let best = tree.headOffice
  let bestDepth = 0
  for (const id of organisations) {
    const depth = depthOf(tree, id)
    if (depth > bestDepth) {
      best = id
      bestDepth = depth
    }
  }
  return best
}

function depthOf(tree: OrganisationTree, id: string): number {
  let depth = 0
  for (let up = tree.get(id)?.parent; up !== undefined && depth < 20; up = tree.get(up)?.parent) depth++
  return depth
}

/**
 * Organisations that count for a reader → the one each is shown as: below head office the offices with their centres, below an office itself and its centres. Those the reader may
 * not see are not named. `within`: the site chosen; head office means the whole country.
 */
export function sitesOf(
  tree: OrganisationTree,
  within: string | undefined,
  mayCount: (id: string) => boolean,
): Readonly<Record<string, string>> {
  const root = within ?? topOf(tree, mayCount)
  const below = tree.below(root)
  const sites: Record<string, string> = {}
  for (const { id } of tree.all) if (below.has(id) && mayCount(id)) sites[id] = shownAs(tree, root, id, mayCount)
  return sites
}

/** Where the reader's own country begins: the one site that all they may count lies below, else head office. */
function topOf(tree: OrganisationTree, mayCount: (id: string) => boolean): string {
  const tops = tree.all.filter(({ id, parent }) => mayCount(id) && (parent === undefined || !mayCount(parent)))
  const [top] = tops
  return tops.length === 1 && top ? top.id : tree.headOffice
}

/** A centre alone is never shown under the name of the office above it, whose figure that would not be. */
function shownAs(tree: OrganisationTree, root: string, id: string, mayCount: (id: string) => boolean): string {
  let at = id
  for (let up = tree.get(at)?.parent; at !== root && up !== undefined && up !== root && mayCount(up); up = tree.get(at)?.parent) at = up
  return at
}

/** Both rights must reach it. What is head office's is reached only by who reaches everything, or by head office itself. */
export const mayCount =
  (grants: readonly (Grant | undefined)[]) =>
  (id: string): boolean =>
    grants.every(grant => grant !== undefined && (grant.organisations === 'all' || grant.organisations.has(id)))
