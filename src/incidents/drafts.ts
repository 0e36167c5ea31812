// Drafts of reports, saved while they are written: a desk that is closed, a phone that dies, another desk loses nothing. A draft is its writer's alone, is gone with
// the report it becomes, and after a month. What a draft holds is the form's business: it is kept as sent, up to a size.
import type { Clock } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import { type Draft, draftsOf, removeDraft, removeOldDrafts, saveDraft } from './store.ts'

const KEPT_MS = 31 * 86_400_000
export const MAX_DRAFT_LETTERS = 100_000

export interface Drafts {
  /** Answers when it was saved. */
  save(id: string, person: string, body: unknown): Promise<number>
  remove(id: string, person: string): Promise<void>
  of(person: string): readonly Draft[]
  forgetOld(): Promise<void>
}

export function createDrafts(store: Store, clock: Clock): Drafts {
  return {
    async save(id, person, body) {
      const savedMs = clock.now()
      await store.write([saveDraft(id, person, savedMs, JSON.stringify(body))])
      return savedMs
    },
    remove: (id, person) => store.write([removeDraft(id, person)]),
    of: person => draftsOf(store, person),
    forgetOld: () => store.write([removeOldDrafts(clock.now() - KEPT_MS)]),
  }
}
