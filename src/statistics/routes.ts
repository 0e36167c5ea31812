// /api/statistics: what can be counted, the answers, the records behind a figure, files, boards and measures of one's own. Every figure is counted over what its reader reaches with
// two rights at once: to look at statistics, and to look at the records it is made of.
import { Type } from 'typebox'
import { HttpRefusal } from '#platform/http/index.ts'
import { coastOfKorea } from './coast.ts'
import { forgetRollUps } from './facts.ts'
import { measureOfForm } from './measure-form.ts'
import { MEASURES } from './measures.ts'
import { isSeen } from './own.ts'
import { formOf, MeasureFormShape, ownRoutes } from './own-routes.ts'
import { slotUnitOf } from './period.ts'
import { READY_BOARDS } from './ready-boards.ts'
import { recordRoutes } from './record-routes.ts'
import type { StatisticsRoutesOptions } from './route-options.ts'
import {
  AskShape,
  answerView,
  askedOf,
  createWithin,
  demoNote,
  isCounted,
  isOffered,
  iso,
  kst,
  PeriodShape,
  periodOf,
  periodView,
  sendTables,
  WithinShape,
} from './route-parts.ts'
import type { Statistics } from './statistics.ts'
import { tableOf } from './tables.ts'

const AnswersBody = Type.Object({ ...WithinShape, asks: Type.Array(AskShape, { maxItems: 80 }) })
const PreviewBody = Type.Object({ ...WithinShape, form: MeasureFormShape })
const ExportBody = Type.Object({
  ...WithinShape,
  format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
  title: Type.String({ maxLength: 200 }),
  tables: Type.Array(Type.Object({ title: Type.String({ maxLength: 200 }), asks: Type.Array(AskShape, { minItems: 1, maxItems: 20 }) }), {
    minItems: 1,
    maxItems: 40,
  }),
})
/** Facts that one look for differences goes through at most: it shares the thread with the boards. */
const MAX_RECOUNTED_DAYS = 400

export function statisticsRoutes(options: StatisticsRoutesOptions): void {
  const { http, access, store, clock, statistics, own, audit } = options
  const tag = 'statistics'

  const withinOf = createWithin(options)
  http.route({
    method: 'GET',
    path: '/api/statistics',
    deed: 'statistics.look',
    summary: 'What can be counted: measures with their formulas, the records they come from, boards',
    tag,
    handle({ caller, grant }) {
      const tree = access.organisations()
      const seen = <T extends { readonly owner: string; readonly isShared: boolean; readonly organisation: string }>(list: readonly T[]) =>
        list.filter(one => isSeen(one, caller, grant, tree))
      const named = <T extends { readonly owner: string; readonly changedAtMs: number }>({ changedAtMs, ...one }: T) => ({
        ...one,
        ownerName: access.people.personById(one.owner)?.name ?? one.owner,
        isOwn: one.owner === caller.id,
        changedAt: iso(changedAtMs),
      })
      return {
        measures: MEASURES.map(measure => ({ ...measure, isLinked: isLinkedSource(statistics, measure.source) })),
        ownMeasures: seen(own.measures()).map(measure => ({ ...named(measure), isLinked: isLinkedSource(statistics, measure.source) })),
        sources: statistics.sources.map(({ id, ko, en, deed, isLinked, kinds, subs, numbers, hasSubject }) => ({
          id,
          ko,
          en,
          isLinked,
          kinds,
          subs,
          numbers,
          hasSubject: hasSubject === true,
          isSeen: access.grantOf(caller, deed) !== undefined,
        })),
        boards: READY_BOARDS,
        ownBoards: seen(own.boards()).map(named),
      }
    },
  })

  http.route({
    method: 'POST',
    path: '/api/statistics/answers',
    deed: 'statistics.look',
    summary: 'Figures of a period, beside the period before and the year before; nothing is changed by asking',
    tag,
    body: AnswersBody,
    async handle({ body, caller, grant }) {
      const within = withinOf(body, caller, grant)
      const asked = askedOf(statistics, body.asks, body.kinds)
      const answers = await statistics.ask(asked, within)
      return {
        period: periodView(within.spans),
        slot: within.slot,
        countedAt: iso(clock.now()),
        answers: answers.map((answer, k) =>
          answer && isOffered(options, answer.measure, { caller, grant, within })
            ? answerView(answer)
            : { measure: asked[k]?.measure ?? '', isKnown: false, isLinked: false, by: [], rows: [], total: { key: [], n: 0 } },
        ),
      }
    },
  })

  http.route({
    method: 'POST',
    path: '/api/statistics/exports',
    deed: 'statistics.export',
    summary: 'Figures as a file: CSV for Korean Excel, or XLSX',
    tag,
    body: ExportBody,
    produces: 'application/octet-stream',
    async handle({ body, caller, grant, english, reply }) {
      const within = withinOf(body, caller, grant)
      const words = {
        english,
        tree: access.organisations(),
        slot: within.slot ?? slotUnitOf(within.spans),
        sourceOf: (id: string) => statistics.sources.find(one => one.id === id),
      }
      const tables = await Promise.all(
        body.tables.map(async ({ title, asks }) => {
          const answers = await statistics.ask(askedOf(statistics, asks, body.kinds), within)
          const known = answers.flatMap(answer => {
            const definition = answer && statistics.definition(answer.measure)
            return answer && definition && isOffered(options, answer.measure, { caller, grant, within }) ? [{ answer, definition }] : []
          })
          return tableOf(title, known, words)
        }),
      )
      const above = [
        body.title,
        `${kst(within.spans.fromMs)} – ${kst(within.spans.toMs)} KST`,
        `${english ? 'counted' : '집계'} ${kst(clock.now())} KST`,
        ...demoNote(options, english),
      ]
      await store.write([
        audit(caller, 'statistics.export', body.format, `${body.title} · ${kst(within.spans.fromMs)} – ${kst(within.spans.toMs)}`),
      ])
      return sendTables(reply, { format: body.format, title: body.title, fromMs: within.spans.fromMs }, tables, above)
    },
  })

  http.route({
    method: 'POST',
    path: '/api/statistics/preview',
    deed: 'statistics.measures',
    summary: 'What a measure would give that is still being put together; nothing is kept',
    tag,
    body: PreviewBody,
    async handle({ body, caller, grant }) {
      const made = measureOfForm('preview', formOf(body.form), statistics.sources)
      if (!made.ok) throw new HttpRefusal(400, 'measure-does-not-fit', made.reason)
      const within = withinOf(body, caller, grant)
      const definition = made.value
      const answer = isCounted(statistics, definition, within) ? await statistics.tryOut(definition, [definition.group], within) : undefined
      return { definition, period: periodView(within.spans), ...(answer ? { answer: answerView(answer) } : {}) }
    },
  })

  http.route({
    method: 'GET',
    path: '/api/statistics/recount',
    deed: 'statistics.look',
    summary:
      'Are the kept figures of a period what their records give? Its roll-ups are made anew and compared; the first that differs is named',
    tag,
    query: Type.Object(PeriodShape),
    async handle({ query }) {
      const { fromMs, toMs } = periodOf(query, clock.now())
      const found = await statistics.recount({ fromMs, toMs }, MAX_RECOUNTED_DAYS)
      return { at: iso(clock.now()), ...found }
    },
  })

  http.route({
    method: 'GET',
    path: '/api/statistics/coast',
    deed: 'statistics.look',
    summary: 'The coast of Korea for the map by port: rings of latitude and longitude in thousandths of a degree',
    tag,
    handle({ reply }) {
      // The coast changes with the product, not with the day.
      reply.header('cache-control', 'private, max-age=86400')
      return coastOfKorea()
    },
  })

  http.route({
    method: 'POST',
    path: '/api/statistics/rebuild',
    deed: 'statistics.rebuild',
    summary: 'Throws all roll-ups away; they are made anew from the facts, figures stay right meanwhile',
    tag,
    async handle({ caller }) {
      await store.write([...forgetRollUps(), audit(caller, 'statistics.rebuild', 'statistics', '')])
    },
  })
  recordRoutes(options)
  ownRoutes(options)
}

const isLinkedSource = (statistics: Statistics, id: string): boolean => statistics.sources.find(one => one.id === id)?.isLinked === true
