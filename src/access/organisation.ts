// The organisations of the service and how they stand under one another: head office, customs offices, regional centres.
import type { Tree } from './grant.ts'

export const ORGANISATION_KINDS = ['head-office', 'customs-office', 'control-centre', 'monitoring-centre'] as const
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]

export interface Organisation {
  /** Short and stable: `hq`, `busan`, `busan-new-port`. */
  readonly id: string
  readonly kind: OrganisationKind
  /** Absent for head office alone. */
  readonly parent?: string
  readonly ko: string
  readonly en: string
  /** Name in the brackets of the daily report and in narrow columns: 부산세관 → 부산. */
  readonly shortKo: string
  readonly shortEn: string
  readonly phone?: string
  readonly place?: { readonly lat: number; readonly lon: number }
  /** Public sources do not give it: shown as an example until an administrator confirms it. */
  readonly isExample: boolean
  /** Closed: no new posts, still there for the records. */
  readonly closedAtMs?: number
}

export interface OrganisationTree extends Tree {
  readonly all: readonly Organisation[]
  get(id: string): Organisation | undefined
}

/** Short, and never another's: a centre is often called like the customs office above it. */
export const distinctName = ({ kind, ko, en, shortKo, shortEn }: Organisation): { readonly ko: string; readonly en: string } =>
  kind.endsWith('-centre') ? { ko, en } : { ko: shortKo, en: shortEn }

/** Throws on a tree without exactly one head office, with a stranger as parent, or with a circle: bugs of whoever gives it. */
export function organisationTree(all: readonly Organisation[]): OrganisationTree {
  const byId = new Map(all.map(one => [one.id, one]))
  const heads = all.filter(one => one.parent === undefined)
  if (heads.length !== 1 || !heads[0]) throw new Error(`one head office is needed, not ${heads.length}`)
  const headOffice = heads[0].id
  const below = new Map<string, Set<string>>(all.map(one => [one.id, new Set([one.id])]))
  for (const one of all) {
    const seen = new Set([one.id])
    for (let up = one.parent; up !== undefined; up = byId.get(up)?.parent) {
      if (!byId.has(up)) throw new Error(`${one.id} stands under ${up}, which does not exist`)
      if (seen.has(up)) throw new Error(`${one.id} stands under itself`)
      seen.add(up)
      below.get(up)?.add(one.id)
    }
  }
  const none: ReadonlySet<string> = new Set()
  return { all, headOffice, get: id => byId.get(id), below: id => below.get(id) ?? none }
}
