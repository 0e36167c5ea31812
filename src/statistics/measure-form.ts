// A measure that an officer puts together from records, filter, group and function: checked against what its source has, its unit and its wording made from it, so that a formula in
// words never says something else than what is counted.
import { ok, type Result, refused } from '#base/index.ts'
import type { Condition, MeasureDefinition, MeasureFunction, Unit, Words } from './schema.ts'
import type { KindWords, SourceWords } from './sources/index.ts'

export interface MeasureForm extends Words {
  readonly source: string
  readonly where: readonly Condition[]
  readonly function: MeasureFunction
  readonly number?: string
  readonly part?: readonly Condition[]
  readonly whole?: string
  readonly group: MeasureDefinition['group']
}

const NEEDS_NUMBER: ReadonlySet<MeasureFunction> = new Set(['sum', 'mean', 'median', 'p90'])

/** Refuses with a sentence that names what does not fit and what there is instead. */
export function measureOfForm(id: string, form: MeasureForm, sources: readonly SourceWords[]): Result<MeasureDefinition, Words> {
  const source = sources.find(one => one.id === form.source)
  if (!source)
    return no(
      `‘${form.source}’(이)라는 기록은 없습니다. ${sources.map(one => one.id).join(', ')} 가운데 고르십시오`,
      `there are no records ‘${form.source}’; choose among ${sources.map(one => one.id).join(', ')}`,
    )
  const fields = ['kind', 'sub', ...source.numbers.map(one => one.id)]
  for (const { field, is, not, atLeast, below } of [...form.where, ...(form.part ?? [])]) {
    if (!fields.includes(field))
      return no(
        `${source.ko} 기록에는 ‘${field}’ 항목이 없습니다(${fields.join(', ')})`,
        `records of ${source.en} have no ‘${field}’ (${fields.join(', ')})`,
      )
    const isWord = field === 'kind' || field === 'sub'
    if (isWord && (atLeast !== undefined || below !== undefined))
      return no(`‘${field}’에는 크기 조건을 쓸 수 없습니다`, `‘${field}’ has no size`)
    if (!isWord && (is || not))
      return no(`‘${field}’에는 이상·미만 조건만 쓸 수 있습니다`, `‘${field}’ takes a lower and an upper limit only`)
    if (!is?.length && !not?.length && atLeast === undefined && below === undefined)
      return no(`‘${field}’의 조건이 비어 있습니다`, `the condition on ‘${field}’ is empty`)
    if (atLeast !== undefined && below !== undefined && !(atLeast < below))
      return no(`‘${field}’: 이상 값은 미만 값보다 작아야 합니다`, `‘${field}’: the lower limit is below the upper one`)
  }
  const wanted = form.function === 'share' && !form.part ? [form.number, form.whole] : NEEDS_NUMBER.has(form.function) ? [form.number] : []
  for (const number of wanted)
    if (!source.numbers.some(one => one.id === number))
      return no(
        `어느 값을 셀지 고르십시오(${source.numbers.map(one => one.ko).join(', ') || '이 기록에는 값이 없습니다'})`,
        `say which number (${source.numbers.map(one => one.en).join(', ') || 'these records have none'})`,
      )
  if (form.function === 'share' && !form.part && form.number === undefined)
    return no('비율의 분자 조건을 정하십시오', 'say which part the share is of')
  if (form.function === 'distinct' && !source.hasSubject)
    return no(`${source.ko} 기록은 서로 다른 것을 셀 수 없습니다`, `records of ${source.en} cannot be told apart`)
  const { ko, en, where, group } = form
  return ok({
    id,
    ko: ko.trim(),
    en: en.trim() || ko.trim(),
    source: source.id,
    where,
    function: form.function,
    group,
    unit: unitOf(form, source),
    formula: { ko: formulaOf(form, source, 0), en: formulaOf(form, source, 1) },
    ...(wanted.length > 0 && form.number !== undefined ? { number: form.number } : {}),
    ...(form.function === 'share' && form.part ? { part: form.part } : {}),
    ...(wanted.length === 2 && form.whole !== undefined ? { whole: form.whole } : {}),
  })
}

const no = (ko: string, en: string): Result<never, Words> => refused({ ko, en })

function unitOf(form: MeasureForm, source: SourceWords): Unit {
  if (form.function === 'share') return 'share'
  if (form.function === 'count') return 'cases'
  if (form.function === 'distinct') return 'ships'
  return source.numbers.find(one => one.id === form.number)?.unit ?? 'plain'
}

const FUNCTION_WORDS: Readonly<Record<MeasureFunction, readonly [string, string]>> = {
  count: ['건수', 'number'],
  sum: ['합', 'sum'],
  mean: ['평균', 'mean'],
  median: ['중앙값', 'median'],
  p90: ['90백분위', '90th percentile'],
  share: ['비율', 'share'],
  distinct: ['서로 다른 수', 'number of different ones'],
}

function formulaOf(form: MeasureForm, source: SourceWords, of: 0 | 1): string {
  const word = ({ ko, en }: Words): string => (of === 0 ? ko : en)
  const number = (id: string | undefined): string => {
    const found = source.numbers.find(one => one.id === id)
    return found ? word(found) : ''
  }
  const conditions = (list: readonly Condition[]): string => list.map(one => conditionWords(one, source, of)).join(', ')
  const records = `${word(source)}${form.where.length > 0 ? ` (${conditions(form.where)})` : ''}`
  const how = FUNCTION_WORDS[form.function][of]
  if (form.function === 'share' && form.part)
    return of === 0 ? `${records} 가운데 ${conditions(form.part)}의 ${how}` : `${how} of ${conditions(form.part)} among ${records}`
  if (form.function === 'share') return `${records}: ${number(form.number)} ÷ ${number(form.whole)}`
  if (form.number !== undefined && NEEDS_NUMBER.has(form.function))
    return of === 0 ? `${records}의 ${number(form.number)} ${how}` : `${how} of ${number(form.number)} of ${records}`
  return of === 0 ? `${records}의 ${how}` : `${how} of ${records}`
}

function conditionWords({ field, is, not, atLeast, below }: Condition, source: SourceWords, of: 0 | 1): string {
  const names = (ids: readonly string[], words: Readonly<Record<string, KindWords>>): string =>
    ids.map(id => (of === 0 ? words[id]?.ko : words[id]?.en) ?? id).join('·')
  if (field === 'kind' || field === 'sub') {
    const words = field === 'kind' ? source.kinds : source.subs
    const except = not?.length ? (of === 0 ? `${names(not, words)} 제외` : `without ${names(not, words)}`) : ''
    return [is?.length ? names(is, words) : '', except].filter(Boolean).join(', ')
  }
  const number = source.numbers.find(one => one.id === field)
  const name = (of === 0 ? number?.ko : number?.en) ?? field
  const limits = [
    atLeast === undefined ? '' : of === 0 ? `${atLeast} 이상` : `≥ ${atLeast}`,
    below === undefined ? '' : of === 0 ? `${below} 미만` : `< ${below}`,
  ]
  return `${name} ${limits.filter(Boolean).join(' ')}`
}
