// The rule book in force: those that ship until an administrator has kept others. Each change is a revision of its own, so that going back is a change like any other.
import { auditStatement, type Deed } from '#access/index.ts'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { TellingRules } from '../schema.ts'
import { DEFAULT_RULES } from './default-rules.ts'
import { type RuleFault, type RuleKnowledge, ruleFaults } from './rules.ts'
import { newestRules, rulesAt, saveRules } from './store.ts'

/** A book as an earlier version, or a program that knows no better, gives it. */
export type AnyBook = Omit<TellingRules, 'closing'> & { readonly closing?: TellingRules['closing'] | undefined }

/** What has come since stands as it ships. */
export const completed = (book: AnyBook): TellingRules => ({
  ...book,
  closing: book.closing ?? DEFAULT_RULES.closing,
  templates: [...book.templates, ...DEFAULT_RULES.templates.filter(one => !book.templates.some(other => other.id === one.id))],
})

type By = Pick<Deed, 'who' | 'session' | 'second'>

export type RuleBook = ReturnType<typeof createRuleBook>

export function createRuleBook(store: Store, clock: Clock, known: RuleKnowledge) {
  const newest = newestRules(store)
  let book = newest ? completed(newest) : DEFAULT_RULES
  return {
    now: (): TellingRules => book,
    /** An earlier one; 0: those that ship. */
    at: (revision: number): TellingRules | undefined => (revision === 0 ? DEFAULT_RULES : rulesAt(store, revision)),
    faults: (next: Omit<TellingRules, 'revision'>): readonly RuleFault[] => ruleFaults(next, known),
    /** `revision` is the one it was made from: whoever has changed it meanwhile is not overwritten. */
    async save(asked: AnyBook, by: By, note: string): Promise<Result<TellingRules, 'overtaken' | readonly RuleFault[]>> {
      const next = completed(asked)
      if (next.revision !== book.revision) return refused('overtaken')
      const faults = ruleFaults(next, known)
      if (faults.length > 0) return refused(faults)
      const kept: TellingRules = { ...next, revision: book.revision + 1 }
      const atMs = clock.now()
      await store.write([
        saveRules(kept, by.who, atMs),
        auditStatement({ atMs, ...by, deed: 'telling.rules', thing: String(kept.revision), note }),
      ])
      book = kept
      return ok(kept)
    },
  }
}
