// An answer as a table, in the reader's language: names for ids, this period beside the others. The same table stands behind each chart, in CSV and in XLSX.
import type { OrganisationTree } from '#access/index.ts'
import type { Table } from '#platform/sheets/index.ts'
import { cellValue, headOf } from './export.ts'
import type { Answer, By, MeasureDefinition, PeriodUnit } from './schema.ts'
import type { SourceWords } from './sources/index.ts'

const KST_MS = 9 * 3_600_000
const WEEKDAYS = { ko: ['월', '화', '수', '목', '금', '토', '일'], en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] } as const
const BY_WORDS: Readonly<Record<By, readonly [string, string]>> = {
  organisation: ['소속', 'site'],
  kind: ['종류', 'kind'],
  sub: ['세부', 'detail'],
  slot: ['시각(KST)', 'time (KST)'],
  hour: ['시', 'hour'],
  weekday: ['요일', 'weekday'],
}

export interface TableWords {
  readonly english: boolean
  readonly tree: OrganisationTree
  readonly slot: PeriodUnit
  sourceOf(id: string): SourceWords | undefined
}

/** One answer, or several of the same `by` side by side. */
export function tableOf(
  title: string,
  answers: readonly { readonly answer: Answer; readonly definition: MeasureDefinition }[],
  words: TableWords,
): Table {
  const { english } = words
  const [first] = answers
  const by = first?.answer.by ?? []
  const keys = new Map<string, readonly string[]>()
  for (const { answer } of answers) for (const row of answer.rows) keys.set(row.key.join('\n'), row.key)
  const say = (ko: string, en: string): string => (english ? en : ko)
  const columns = answers.flatMap(({ definition }) => {
    const head = headOf(definition, english)
    return [head, `${head} ${say('앞 기간', 'before')}`, `${head} ${say('전년', 'year before')}`]
  })
  const cells = (word: string | undefined) =>
    answers.flatMap(({ answer, definition }) => {
      const row = word === undefined ? answer.total : answer.rows.find(one => one.key.join('\n') === word)
      return [row?.value, row?.before?.value, row?.yearBefore?.value].map(value => cellValue(value, definition.unit))
    })
  return {
    title,
    notes: answers.map(({ answer, definition }) =>
      answer.isLinked
        ? `${english ? definition.en : definition.ko}: ${english ? definition.formula.en : definition.formula.ko}`
        : `${english ? definition.en : definition.ko}: ${say('연계 전', 'not linked yet')}`,
    ),
    head: [...by.map(one => BY_WORDS[one][english ? 1 : 0]), ...(by.length === 0 ? [''] : []), ...columns],
    rows: [
      ...[...keys].map(([word, key]) => [...key.map((id, k) => nameOf(by[k], id, first?.definition, words)), ...cells(word)]),
      [say('계', 'total'), ...by.slice(1).map(() => ''), ...cells(undefined)],
    ],
  }
}

function nameOf(
  by: By | undefined,
  id: string,
  definition: MeasureDefinition | undefined,
  { english, tree, slot, sourceOf }: TableWords,
): string {
  const source = definition && sourceOf(definition.source)
  const of = (words: { readonly ko: string; readonly en: string } | undefined): string => (words ? (english ? words.en : words.ko) : id)
  switch (by) {
    case 'organisation':
      return of(tree.get(id))
    case 'kind':
      return of(source?.kinds[id])
    case 'sub':
      return of(source?.subs[id])
    case 'weekday':
      return WEEKDAYS[english ? 'en' : 'ko'][Number(id) - 1] ?? id
    case 'slot':
      return new Date(Number(id) + KST_MS)
        .toISOString()
        .slice(0, slot === 'hour' ? 16 : slot === 'month' || slot === 'quarter' ? 7 : slot === 'year' ? 4 : 10)
        .replace('T', ' ')
    default:
      return id
  }
}
