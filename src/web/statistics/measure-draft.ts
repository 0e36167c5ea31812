// A measure being put together, step by step: what is chosen in one step takes back what no longer fits from the others. Pure.
import { type Condition, FUNCTIONS, type MeasureFunction } from '#statistics/schema.ts'
import type { MeasureDraft } from './desk.ts'
import type { MeasureView, SourceView } from './model.ts'

export const emptyDraft = (id: string, source: SourceView | undefined): MeasureDraft => ({
  id,
  ko: '',
  en: '',
  source: source?.id ?? '',
  where: [],
  function: 'count',
  part: [],
  group: 'kind',
})

/** To change one that is there; another’s, or one of the product: as a copy under an id of one’s own. */
export const draftOf = (measure: MeasureView, id: string): MeasureDraft => ({
  id,
  ko: measure.ko,
  en: measure.en,
  source: measure.source,
  where: measure.where,
  function: measure.function,
  part: measure.part ?? [],
  group: measure.group,
  ...(measure.number === undefined ? {} : { number: measure.number }),
  ...(measure.whole === undefined ? {} : { whole: measure.whole }),
})

/** Functions that these records can be counted by. */
export const functionsFor = (source: SourceView): readonly MeasureFunction[] =>
  FUNCTIONS.filter(one => (one === 'distinct' ? source.hasSubject : one === 'count' || one === 'share' || source.numbers.length > 0))
export const needsNumber = (how: MeasureFunction): boolean => how === 'sum' || how === 'mean' || how === 'median' || how === 'p90'

/** Other records: conditions and numbers of the old ones do not fit them. */
export function withSource(draft: MeasureDraft, source: SourceView): MeasureDraft {
  const { number: _number, whole: _whole, ...rest } = draft
  const how = functionsFor(source).includes(draft.function) ? draft.function : 'count'
  return withFunction({ ...rest, source: source.id, where: [], part: [], function: how }, how, source)
}
export function withFunction(draft: MeasureDraft, how: MeasureFunction, source: SourceView): MeasureDraft {
  const { number, whole, ...rest } = draft
  const first = number ?? source.numbers[0]?.id
  if (needsNumber(how)) return { ...rest, function: how, part: [], ...(first === undefined ? {} : { number: first }) }
  if (how !== 'share') return { ...rest, function: how, part: [] }
  // Of facts: which part. Of amounts, where both are chosen: number by number.
  return { ...rest, function: how, ...(number !== undefined && whole !== undefined ? { number, whole } : {}) }
}

export const conditionOn = (conditions: readonly Condition[], field: string): Condition | undefined =>
  conditions.find(one => one.field === field)
/** An empty condition is none. */
export function withCondition(conditions: readonly Condition[], condition: Condition): readonly Condition[] {
  const rest = conditions.filter(one => one.field !== condition.field)
  const isEmpty = !condition.is?.length && !condition.not?.length && condition.atLeast === undefined && condition.below === undefined
  return isEmpty ? rest : [...rest, condition]
}
/** A word that counts, or no longer. */
export function toggledWord(conditions: readonly Condition[], field: 'kind' | 'sub', word: string): readonly Condition[] {
  const is = conditionOn(conditions, field)?.is ?? []
  return withCondition(conditions, { field, is: is.includes(word) ? is.filter(one => one !== word) : [...is, word] })
}
export function withLimit(
  conditions: readonly Condition[],
  field: string,
  limit: 'atLeast' | 'below',
  value: number | undefined,
): readonly Condition[] {
  const { [limit]: _old, ...rest } = conditionOn(conditions, field) ?? { field }
  return withCondition(conditions, value === undefined ? { ...rest, field } : { ...rest, field, [limit]: value })
}
