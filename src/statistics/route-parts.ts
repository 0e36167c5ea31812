// What the routes of the room share: the period and the sites that are asked for, answers as JSON, tables as files.
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Caller, Grant } from '#base/index.ts'
import { badInput, notFound } from '#platform/http/index.ts'
import { type Table, tablesXlsx } from '#platform/sheets/index.ts'
import { tablesCsv } from './export.ts'
import { isSeen } from './own.ts'
import { mayCount, sitesOf } from './owner.ts'
import { type Period, periodAt, slotUnitOf, spanPeriod } from './period.ts'
import type { StatisticsRoutesOptions } from './route-options.ts'
import { type Answer, type Ask, BYS, type MeasureDefinition, PERIOD_UNITS, type Row, type Span } from './schema.ts'
import type { Source } from './sources/index.ts'
import type { Asked, Statistics, Within } from './statistics.ts'

export const Word = Type.String({ maxLength: 100 })
export const PeriodShape = {
  unit: Type.Optional(
    Type.Union(
      PERIOD_UNITS.map(unit => Type.Literal(unit)),
      { description: 'the calendar period (KST) that holds `at`' },
    ),
  ),
  at: Type.Optional(Type.String({ description: 'a moment in the period; now where absent' })),
  from: Type.Optional(Type.String({ description: 'instead of a unit: a free span of whole hours' })),
  to: Type.Optional(Type.String()),
}
export const SiteShape = Type.Optional(Type.String({ maxLength: 60, description: 'only this site and those below it' }))
export const WithinShape = {
  ...PeriodShape,
  organisation: SiteShape,
  kinds: Type.Optional(
    Type.Record(Type.String({ maxLength: 40 }), Type.Array(Word, { maxItems: 100 }), { description: 'source → kinds that count' }),
  ),
}
export const AskShape = Type.Object({
  measure: Word,
  by: Type.Optional(Type.Array(Type.Union(BYS.map(by => Type.Literal(by))), { maxItems: 3 })),
})

interface PeriodBody {
  readonly unit?: (typeof PERIOD_UNITS)[number]
  readonly at?: string
  readonly from?: string
  readonly to?: string
}
type Kinds = Readonly<Record<string, readonly string[]>>

export function periodOf(body: PeriodBody, nowMs: number): Period | (Span & Partial<Period>) {
  if (body.from !== undefined || body.to !== undefined) {
    const span = { fromMs: timeOf(body.from), toMs: timeOf(body.to) }
    if (span.toMs <= span.fromMs) throw badInput({ ko: '끝이 시작보다 뒤여야 합니다', en: 'the end comes after the beginning' })
    return spanPeriod(span)
  }
  return periodAt(body.unit ?? 'month', body.at === undefined ? nowMs : timeOf(body.at), nowMs)
}

/** The period asked for, and what the caller may count of each source, by site. */
export const createWithin =
  ({ access, clock }: Pick<StatisticsRoutesOptions, 'access' | 'clock'>) =>
  (body: PeriodBody & { readonly organisation?: string }, caller: Caller, grant: Grant): Within => {
    const tree = access.organisations()
    const { organisation } = body
    if (organisation !== undefined && !tree.get(organisation))
      throw notFound({ ko: `조직 ${organisation}`, en: `organisation ${organisation}` })
    // Another's site is not known to whoever has no right to it; 0 would be a figure of it.
    const isReached = grant.organisations === 'all' || [...tree.below(organisation ?? tree.headOffice)].some(mayCount([grant]))
    if (!isReached) throw notFound({ ko: `조직 ${organisation}`, en: `organisation ${organisation}` })
    const spans = periodOf(body, clock.now())
    return {
      spans,
      slot: slotUnitOf(spans),
      sites: (source: Source) => sitesOf(tree, organisation, mayCount([grant, access.grantOf(caller, source.deed)])),
    }
  }

export const askedOf = (
  statistics: Statistics,
  asks: readonly { readonly measure: string; readonly by?: Ask['by'] }[],
  kinds: Kinds | undefined,
): readonly Asked[] =>
  asks.map(({ measure, by = [] }) => {
    const wanted = kinds?.[statistics.definition(measure)?.source ?? '']
    return { measure, by, ...(wanted?.length ? { where: [{ field: 'kind', is: wanted }] } : {}) }
  })

/** Measures made by others count only where they are shared with the caller; records that the caller may see nowhere give no figure, least of all 0. */
export function isOffered(
  { own, access, statistics }: Pick<StatisticsRoutesOptions, 'own' | 'access' | 'statistics'>,
  id: string,
  { caller, grant, within }: { readonly caller: Caller; readonly grant: Grant; readonly within: Within },
): boolean {
  const theirs = own.measure(id)
  return (
    isCounted(statistics, statistics.definition(id), within) &&
    (theirs === undefined || isSeen(theirs, caller, grant, access.organisations()))
  )
}

export function isCounted({ sources }: Pick<Statistics, 'sources'>, definition: MeasureDefinition | undefined, within: Within): boolean {
  const source = sources.find(one => one.id === definition?.source)
  return source === undefined || Object.keys(within.sites(source)).length > 0
}

export const demoNote = ({ isDemo }: Pick<StatisticsRoutesOptions, 'isDemo'>, english: boolean): readonly string[] =>
  isDemo() ? [english ? 'DEMO DATA: no real incidents, persons or ships' : '시연 자료: 실제 사건·인물·선박과 관련이 없음'] : []

export async function sendTables(
  reply: FastifyReply,
  { format, title, fromMs }: { readonly format: 'csv' | 'xlsx'; readonly title: string; readonly fromMs: number },
  tables: readonly Table[],
  above: readonly string[],
): Promise<unknown> {
  const name = encodeURIComponent(`${title} ${kst(fromMs).slice(0, 10)}.${format}`)
  reply.header('content-disposition', `attachment; filename="statistics.${format}"; filename*=UTF-8''${name}`)
  reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  return reply.send(format === 'csv' ? tablesCsv(tables, above) : await tablesXlsx(tables, above))
}

export const iso = (ms: number): string => new Date(ms).toISOString()
export const kst = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

function timeOf(text: string | undefined): number {
  const ms = Date.parse(text ?? '')
  if (Number.isNaN(ms))
    throw badInput({ ko: `시각 ‘${text ?? ''}’은(는) ISO 8601 형식이어야 합니다`, en: `‘${text ?? ''}’ is no time in ISO 8601` })
  return ms
}

const spanView = ({ fromMs, toMs }: Span) => ({ from: iso(fromMs), to: iso(toMs) })
export function periodView(period: Within['spans'] & Partial<Period>) {
  return {
    ...spanView(period),
    ...(period.unit === undefined
      ? {}
      : { unit: period.unit, end: iso(period.endMs ?? period.toMs), isRunning: period.isRunning === true }),
    ...(period.before ? { before: spanView(period.before) } : {}),
    ...(period.yearBefore ? { yearBefore: spanView(period.yearBefore) } : {}),
    ...(period.earlierMs === undefined ? {} : { earlier: iso(period.earlierMs) }),
    ...(period.laterMs === undefined ? {} : { later: iso(period.laterMs) }),
  }
}

export const answerView = (answer: Answer) => ({
  measure: answer.measure,
  isKnown: true,
  isLinked: answer.isLinked,
  ...(answer.measuredFromMs === undefined ? {} : { measuredFrom: iso(answer.measuredFromMs) }),
  by: answer.by,
  rows: answer.rows.map(row => rowView(row, answer.by.indexOf('slot'))),
  total: rowView(answer.total, -1),
})
/** Starts of slots are times, and times are ISO in JSON. */
export const rowView = ({ key, ...figures }: Row, slot: number): Row => ({
  key: key.map((word, k) => (k === slot ? iso(Number(word)) : word)),
  ...figures,
})
