// The records behind a figure: which they are, each with the way to it, page by page or as a file. Who sees them holds the right of the room they come from.
import { type Static, Type } from 'typebox'
import type { Caller, Grant } from '#base/index.ts'
import { notFound } from '#platform/http/index.ts'
import type { CellValue } from '#platform/sheets/index.ts'
import { cellValue } from './export.ts'
import type { FactRecord } from './facts.ts'
import type { StatisticsRoutesOptions } from './route-options.ts'
import {
  createWithin,
  demoNote,
  isOffered,
  iso,
  kst,
  PeriodShape,
  periodView,
  rowView,
  SiteShape,
  sendTables,
  Word,
} from './route-parts.ts'
import type { Condition } from './schema.ts'
import type { SourceWords } from './sources/index.ts'
import type { Asked } from './statistics.ts'

const Words = Type.Optional(Type.Union([Word, Type.Array(Word, { maxItems: 100 })]))
const RecordsShape = {
  ...PeriodShape,
  measure: Word,
  organisation: SiteShape,
  kind: Words,
  sub: Words,
  hour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23 })),
  weekday: Type.Optional(Type.Integer({ minimum: 1, maximum: 7, description: '1 Monday … 7 Sunday' })),
}
const RecordsQuery = Type.Object({
  ...RecordsShape,
  after: Type.Optional(Type.String({ maxLength: 300 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
})
const RecordsExport = Type.Object({
  ...RecordsShape,
  format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
  title: Type.String({ maxLength: 200 }),
})
const PAGE = 100
/** Rows that a spreadsheet opens without trouble; what lies beyond is said in the file. */
const MAX_ROWS = 100_000

const listOf = (words: string | readonly string[] | undefined): readonly string[] | undefined =>
  words === undefined ? undefined : typeof words === 'string' ? [words] : words

export function recordRoutes(options: StatisticsRoutesOptions): void {
  const { http, access, store, clock, statistics, audit, labelOf } = options
  const withinOf = createWithin(options)
  const askOf = (from: Static<typeof RecordsQuery> | Static<typeof RecordsExport>, caller: Caller, grant: Grant) => {
    const definition = statistics.definition(from.measure)
    const within = withinOf(from, caller, grant)
    if (!definition || !isOffered(options, from.measure, { caller, grant, within }))
      throw notFound({ ko: `통계 항목 ${from.measure}`, en: `measure ${from.measure}` })
    const [kinds, subs] = [listOf(from.kind), listOf(from.sub)]
    const where: Condition[] = [
      ...(kinds === undefined ? [] : [{ field: 'kind', is: kinds }]),
      ...(subs === undefined ? [] : [{ field: 'sub', is: subs }]),
    ]
    const asked: Asked = {
      measure: definition.id,
      by: [],
      where,
      ...(from.hour === undefined ? {} : { hours: [from.hour] }),
      ...(from.weekday === undefined ? {} : { weekdays: [from.weekday] }),
    }
    return { definition, asked, within }
  }
  /** As the screen names it: the words of an incident, the names of an alarm's ships. */
  const titleOf = ({ link }: FactRecord): string | undefined => {
    if (link.kind !== 'alarm') return labelOf(link.kind, link.id)
    return link.label
      .split(' ↔ ')
      .map(id => labelOf('ship', id) ?? id)
      .join(' ↔ ')
  }

  http.route({
    method: 'GET',
    path: '/api/statistics/records',
    deed: 'statistics.records',
    summary: 'The records behind a figure, newest first, paged by `after`',
    tag: 'statistics',
    query: RecordsQuery,
    async handle({ query, caller, grant }) {
      const { definition, asked, within } = askOf(query, caller, grant)
      const limit = query.limit ?? PAGE
      const [records, [answer]] = await Promise.all([
        statistics.records(asked, within.spans, within, limit, markOf(query.after)),
        statistics.ask([asked], within),
      ])
      const last = records.length === limit ? records.at(-1) : undefined
      return {
        measure: definition.id,
        period: periodView(within.spans),
        ...(answer ? { total: rowView(answer.total, -1), isLinked: answer.isLinked } : {}),
        records: records.map(record => {
          const { atMs, id, organisation, kind, sub, numbers, link } = record
          const title = titleOf(record)
          return { id, organisation, kind, sub, numbers, link: { ...link, ...(title === undefined ? {} : { title }) }, at: iso(atMs) }
        }),
        ...(last ? { after: `${last.atMs} ${last.id}` } : {}),
      }
    },
  })

  http.route({
    method: 'POST',
    path: '/api/statistics/records/export',
    // Who may open them may take them out: the same posts hold both rights (policy.ts).
    deed: 'statistics.records',
    summary: 'The records behind a figure as a file: CSV for Korean Excel, or XLSX',
    tag: 'statistics',
    body: RecordsExport,
    produces: 'application/octet-stream',
    async handle({ body, caller, grant, english, reply }) {
      const { definition, asked, within } = askOf(body, caller, grant)
      const found = await statistics.records(asked, within.spans, within, MAX_ROWS + 1)
      const source = statistics.sources.find(one => one.id === definition.source)
      const tree = access.organisations()
      const word = (words: { readonly ko: string; readonly en: string } | undefined, id: string): string =>
        words === undefined ? id : english ? words.en : words.ko
      const { title } = body
      const rows = found
        .slice(0, MAX_ROWS)
        .map((record): readonly CellValue[] => [
          kst(record.atMs),
          word(tree.get(record.organisation), record.organisation),
          word(source?.kinds[record.kind], record.kind),
          word(source?.subs[record.sub], record.sub),
          record.link.label,
          titleOf(record) ?? '',
          ...(source?.numbers ?? []).map(({ id, unit }) => cellValue(record.numbers[id], unit)),
        ])
      const above = [
        title,
        `${kst(within.spans.fromMs)} – ${kst(within.spans.toMs)} KST`,
        `${english ? 'counted' : '집계'} ${kst(clock.now())} KST`,
        ...demoNote(options, english),
        ...(found.length > MAX_ROWS
          ? [
              english
                ? `only the newest ${MAX_ROWS} rows; choose a shorter period`
                : `최근 ${MAX_ROWS}줄만 실음. 기간을 줄여 나누어 받으십시오`,
            ]
          : []),
      ]
      const table = {
        title,
        notes: [`${english ? definition.en : definition.ko}: ${english ? definition.formula.en : definition.formula.ko}`],
        head: headOf(source, english),
        rows,
      }
      await store.write([audit(caller, 'statistics.records.export', body.format, `${title} · ${rows.length}`)])
      return sendTables(reply, { format: body.format, title, fromMs: within.spans.fromMs }, [table], above)
    },
  })
}

const HEAD = {
  ko: ['시각(KST)', '소속', '종류', '세부', '번호', '내용'],
  en: ['time (KST)', 'site', 'kind', 'detail', 'number', 'what'],
} as const
const headOf = (source: SourceWords | undefined, english: boolean): readonly string[] => [
  ...HEAD[english ? 'en' : 'ko'],
  ...(source?.numbers ?? []).map(one => `${english ? one.en : one.ko}${one.unit === 'plain' ? '' : ` (${one.unit})`}`),
]

function markOf(after: string | undefined): { readonly atMs: number; readonly id: string } | undefined {
  const [, at, id] = /^(\d+) (.+)$/.exec(after ?? '') ?? []
  return at === undefined || id === undefined ? undefined : { atMs: Number(at), id }
}
