// Links that are worth one sign-in: the invitation of a new colleague, a new start after a lost password, and the very first administrator's. The secret stands behind the #,
// which browsers send to nobody: it is in no server's log. The first administrator's is in memory alone: each start prints a new one as long as there is none.
import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { auditStatement } from '../audit.ts'
import { endLinksOf, insertLink, type Link, type LinkKind, linkByHash, whoHasLink } from './store.ts'
import { hashOf, newId, newToken } from './token.ts'

const LASTS_MS = 72 * 3_600_000

interface MadeBy {
  readonly who: string
  readonly session?: string
  readonly second?: string
}
export interface MadeLink {
  readonly person: string
  /** Of the address. */
  readonly fragment: string
  readonly endsMs: number
}

export interface Links {
  /** The address' fragment of a new link; older ones of this person are worth nothing any more. */
  make(person: string, kind: LinkKind, by: MadeBy): Promise<string>
  /** The same for many at once: all of them or none. */
  makeAll(people: readonly string[], kind: LinkKind, by: MadeBy): Promise<readonly MadeLink[]>
  /** Who holds a link that would open now. */
  holders(): ReadonlySet<string>
  look(token: string): Link | undefined
  /** Taken out for one use; `undo` when the use failed. */
  take(token: string): { readonly link: Link; readonly spent: Statement; undo(): void } | undefined
  /** Fragment of the first administrator's link. */
  first(): string
  isFirst(token: string): boolean
}

export function createLinks({ store, clock }: { readonly store: Store; readonly clock: Pick<Clock, 'now'> }): Links {
  const inUse = new Set<string>()
  const firstToken = newToken()
  const look = (token: string): Link | undefined => {
    const link = linkByHash(store, hashOf(token))
    return link && clock.now() < link.endsMs && !inUse.has(link.id) ? link : undefined
  }
  const makeAll: Links['makeAll'] = async (people, kind, by) => {
    const nowMs = clock.now()
    const made = people.map(person => {
      const token = newToken()
      const link: Link = { id: newId('l'), person, kind, madeMs: nowMs, endsMs: nowMs + LASTS_MS }
      return { token, link }
    })
    await store.write(
      made.flatMap(({ token, link }) => [
        endLinksOf(link.person),
        insertLink(hashOf(token), link, by.who),
        auditStatement({ atMs: nowMs, ...by, deed: 'link.new', thing: link.person, note: kind }),
      ]),
    )
    return made.map(({ token, link }) => ({ person: link.person, fragment: `#link=${token}`, endsMs: link.endsMs }))
  }
  return {
    async make(person, kind, by) {
      const [made] = await makeAll([person], kind, by)
      return made?.fragment ?? ''
    },
    makeAll,
    holders: () => whoHasLink(store, clock.now()),
    look,
    take(token) {
      const link = look(token)
      if (!link) return undefined
      inUse.add(link.id)
      return { link, spent: endLinksOf(link.person), undo: () => inUse.delete(link.id) }
    },
    first: () => `#first=${firstToken}`,
    isFirst: token => timingSafeEqual(Buffer.from(hashOf(token)), Buffer.from(hashOf(firstToken))),
  }
}
