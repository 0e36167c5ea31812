// Boards and measures of one's own: saved, shared, thrown away. Only the owner changes them.
import { type Static, Type } from 'typebox'
import type { Caller } from '#base/index.ts'
import { HttpRefusal, notFound } from '#platform/http/index.ts'
import { type MeasureForm, measureOfForm } from './measure-form.ts'
import type { StatisticsRoutesOptions } from './route-options.ts'
import { BYS, CHARTS, FUNCTIONS, type Widget } from './schema.ts'

const Id = Type.Object({ id: Type.String({ pattern: '^own-[A-Za-z0-9-]{1,60}$', description: 'made by the browser: own-…' }) })
const Name = Type.String({ minLength: 1, maxLength: 80 })
const ConditionShape = Type.Object(
  {
    field: Type.String({ maxLength: 40 }),
    is: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
    not: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
    atLeast: Type.Optional(Type.Number()),
    below: Type.Optional(Type.Number()),
  },
  { additionalProperties: false },
)
export const MeasureFormShape = Type.Object(
  {
    ko: Name,
    en: Type.Optional(Type.String({ maxLength: 80 })),
    source: Type.String({ maxLength: 40 }),
    where: Type.Array(ConditionShape, { maxItems: 8 }),
    function: Type.Union(FUNCTIONS.map(one => Type.Literal(one))),
    number: Type.Optional(Type.String({ maxLength: 40 })),
    part: Type.Optional(Type.Array(ConditionShape, { minItems: 1, maxItems: 8 })),
    whole: Type.Optional(Type.String({ maxLength: 40 })),
    group: Type.Optional(Type.Union([Type.Literal('kind'), Type.Literal('sub'), Type.Literal('organisation')])),
  },
  { additionalProperties: false },
)
const BoardShape = Type.Object(
  {
    ko: Name,
    en: Type.Optional(Type.String({ maxLength: 80 })),
    widgets: Type.Array(
      Type.Object(
        {
          id: Type.String({ minLength: 1, maxLength: 40 }),
          chart: Type.Union(CHARTS.map(one => Type.Literal(one))),
          measures: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 12 }),
          by: Type.Optional(Type.Union(BYS.map(one => Type.Literal(one)))),
          width: Type.Integer({ minimum: 3, maximum: 12 }),
          title: Type.Optional(Type.Object({ ko: Name, en: Name })),
        },
        { additionalProperties: false },
      ),
      { maxItems: 24 },
    ),
  },
  { additionalProperties: false },
)
export const formOf = (body: Static<typeof MeasureFormShape>): MeasureForm => ({
  ...body,
  en: body.en ?? body.ko,
  group: body.group ?? 'kind',
})
const SharedShape = Type.Object({ shared: Type.Boolean() })

export function ownRoutes({ http, statistics, own }: StatisticsRoutesOptions): void {
  const tag = 'statistics'
  /** What is another's is not there for whoever does not own it. */
  const owned = (kind: 'boards' | 'measures', id: string, caller: Caller): void => {
    const thing = kind === 'boards' ? own.board(id) : own.measure(id)
    if (!thing || thing.owner !== caller.id)
      throw notFound(kind === 'boards' ? { ko: `판 ${id}`, en: `board ${id}` } : { ko: `통계 항목 ${id}`, en: `measure ${id}` })
  }
  const freeOr = (kind: 'boards' | 'measures', id: string, caller: Caller): void => {
    const there = kind === 'boards' ? own.board(id) : own.measure(id)
    if (there && there.owner !== caller.id) owned(kind, id, caller)
  }

  http.route({
    method: 'PUT',
    path: '/api/statistics/measures/:id',
    deed: 'statistics.measures',
    summary: 'Make or change a measure of one’s own: records, filter, group, function',
    tag,
    params: Id,
    body: MeasureFormShape,
    async handle({ params, body, caller }) {
      freeOr('measures', params.id, caller)
      const made = measureOfForm(params.id, formOf(body), statistics.sources)
      if (!made.ok) throw new HttpRefusal(400, 'measure-does-not-fit', made.reason)
      await own.saveMeasure(made.value, caller)
      const { changedAtMs, ...kept } = own.measure(params.id) ?? { ...made.value, changedAtMs: 0 }
      return { ...kept, changedAt: new Date(changedAtMs).toISOString() }
    },
  })
  http.route({
    method: 'PUT',
    path: '/api/statistics/boards/:id',
    deed: 'statistics.boards',
    summary: 'Make or change a board of one’s own',
    tag,
    params: Id,
    body: BoardShape,
    async handle({ params, body, caller }) {
      freeOr('boards', params.id, caller)
      const unknown = body.widgets.flatMap(widget => widget.measures).find(id => !statistics.definition(id))
      if (unknown !== undefined)
        throw new HttpRefusal(400, 'no-such-measure', {
          ko: `‘${unknown}’(이)라는 통계 항목은 없습니다`,
          en: `there is no measure ‘${unknown}’`,
        })
      const widgets: readonly Widget[] = body.widgets
      await own.saveBoard({ id: params.id, ko: body.ko.trim(), en: (body.en ?? body.ko).trim(), widgets }, caller)
    },
  })
  for (const kind of ['boards', 'measures'] as const) {
    http.route({
      method: 'DELETE',
      path: `/api/statistics/${kind}/:id`,
      deed: kind === 'boards' ? 'statistics.boards' : 'statistics.measures',
      summary: kind === 'boards' ? 'Throw a board of one’s own away' : 'Throw a measure of one’s own away',
      tag,
      params: Id,
      async handle({ params, caller }) {
        owned(kind, params.id, caller)
        const board =
          kind === 'measures' ? own.boards().find(one => one.widgets.some(widget => widget.measures.includes(params.id))) : undefined
        if (board)
          throw new HttpRefusal(409, 'measure-in-use', {
            ko: `‘${board.ko}’ 판에서 쓰고 있습니다. 먼저 판에서 빼십시오`,
            en: `the board ‘${board.en}’ uses it; take it off there first`,
          })
        await own.remove(kind, params.id, caller)
      },
    })
    http.route({
      method: 'PUT',
      path: `/api/statistics/${kind}/:id/shared`,
      deed: 'statistics.share',
      summary: 'Let colleagues of one’s organisation and below see it, or no longer',
      tag,
      params: Id,
      body: SharedShape,
      async handle({ params, body, caller }) {
        owned(kind, params.id, caller)
        if (kind === 'boards' && body.shared) {
          const hidden = own
            .board(params.id)
            ?.widgets.flatMap(widget => widget.measures)
            .flatMap(id => own.measure(id) ?? [])
            .find(one => !one.isShared)
          if (hidden)
            throw new HttpRefusal(409, 'measure-not-shared', {
              ko: `이 판의 ‘${hidden.ko}’ 항목을 먼저 함께 보기로 바꾸십시오`,
              en: `share the measure ‘${hidden.en}’ of this board first`,
            })
        }
        await own.share(kind, params.id, body.shared, caller)
      },
    })
  }
}
