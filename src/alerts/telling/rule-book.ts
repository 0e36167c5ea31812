// The rule book in force: those that ship until an administrator has kept others. Each change is a revision of its own, so that going back is a change like any other.
import { auditStatement, type Deed } from '#access/index.ts'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { RuleCheck, TellingRules } from '../schema.ts'
import { DEFAULT_RULES } from './default-rules.ts'
import { type RuleFault, type RuleKnowledge, ruleFaults, ruleWarnings } from './rules.ts'
import { newestRules, rulesAt, rulesBefore, saveRules } from './store.ts'

/** A book as an earlier version, or a program that knows no better, gives it. */
export type AnyBook = Omit<TellingRules, 'closing'> & { readonly closing?: TellingRules['closing'] | undefined }

/** What has come since stands as it ships. */
export const completed = (book: AnyBook): TellingRules => ({
  ...book,
  closing: book.closing ?? DEFAULT_RULES.closing,
  templates: [...book.templates, ...DEFAULT_RULES.templates.filter(one => !book.templates.some(other => other.id === one.id))],
})

type By = Pick<Deed, 'who' | 'session' | 'second'>

export interface KeptRevision {
  readonly revision: number
  readonly atMs: number
  readonly who: string
  readonly changed: readonly string[]
}

/** The same words in whatever order a program writes its fields. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

/** Which parts differ, by their place: `rules.house`, `chains.high`, `closing`; `order` where the same rules stand otherwise. */
export function changesBetween(before: TellingRules, after: TellingRules): readonly string[] {
  const parts = (['rules', 'chains', 'templates'] as const).flatMap(part => {
    const old = new Map(before[part].map(one => [one.id, inOrder(one)]))
    const now = new Map(after[part].map(one => [one.id, inOrder(one)]))
    return [...new Set([...old.keys(), ...now.keys()])].filter(id => old.get(id) !== now.get(id)).map(id => `${part}.${id}`)
  })
  const order = (book: TellingRules, other: TellingRules): string =>
    book.rules
      .filter(one => other.rules.some(rule => rule.id === one.id))
      .map(one => one.id)
      .join()
  return [
    ...parts,
    ...(inOrder(before.closing) === inOrder(after.closing) ? [] : ['closing']),
    ...(order(before, after) === order(after, before) ? [] : ['order']),
  ]
}

export type RuleBook = ReturnType<typeof createRuleBook>

export function createRuleBook(store: Store, clock: Clock, known: RuleKnowledge) {
  const newest = newestRules(store)
  let book = newest ? completed(newest) : DEFAULT_RULES
  let isSaving = false
  const at = (revision: number): TellingRules | undefined => {
    const found = revision === 0 ? DEFAULT_RULES : rulesAt(store, revision)
    return found && completed(found)
  }
  return {
    now: (): TellingRules => book,
    /** An earlier one; 0: those that ship. */
    at,
    check(next: AnyBook): RuleCheck {
      const whole = completed(next)
      return { faults: ruleFaults(whole, known), warnings: ruleWarnings(whole) }
    },
    history(most: number): readonly KeptRevision[] {
      return rulesBefore(store, most).map(({ body, ...one }) => {
        const before = at(one.revision - 1)
        return { ...one, changed: before ? changesBetween(before, completed(body)) : [] }
      })
    },
    /** `revision` is the one it was made from: whoever has changed it meanwhile is not overwritten. */
    async save(asked: AnyBook, by: By, reason: string): Promise<Result<TellingRules, 'overtaken' | readonly RuleFault[]>> {
      const next = completed(asked)
      if (next.revision !== book.revision || isSaving) return refused('overtaken')
      const faults = ruleFaults(next, known)
      if (faults.length > 0) return refused(faults)
      const kept: TellingRules = { ...next, revision: book.revision + 1 }
      const note = [changesBetween(book, kept).join(', '), reason].filter(one => one !== '').join(' · ')
      const atMs = clock.now()
      isSaving = true
      try {
        await store.write([
          saveRules(kept, by.who, atMs),
          auditStatement({ atMs, ...by, deed: 'telling.rules', thing: String(kept.revision), note: note.slice(0, 1000) }),
        ])
        book = kept
        return ok(kept)
      } finally {
        isSaving = false
      }
    },
  }
}
