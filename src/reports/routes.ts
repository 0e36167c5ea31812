// The doors of the room. The report is head office's: who stands below sees none of it (404), and hands in the line of their own office.
import { Type } from 'typebox'
import type { Caller } from '#base/index.ts'
import { approvedId, unapprovedId } from './deliver.ts'
import type { EditDeed } from './edits.ts'
import { fileRoutes } from './file-routes.ts'
import { lineRoutes } from './line-routes.ts'
import type { PaperLanguage } from './model.ts'
import { dayOf } from './period.ts'
import { refusal } from './refusals.ts'
import { standing } from './reports.ts'
import {
  type Act,
  closed,
  DeedId,
  doerOf,
  EditShape,
  Full,
  Head,
  Id,
  Language,
  mine,
  postsOf,
  type ReportRoutesOptions,
  Target,
  Text,
} from './route-options.ts'
import { signRoutes } from './sign-routes.ts'
import { opensAtMs } from './timetable.ts'
import { fullView, headView, rulesView } from './view.ts'
import { whyView } from './why.ts'

export type { ReportRoutesOptions } from './route-options.ts'

const PAGE = 100
const MAX_SPAN_MS = 366 * 86_400_000

export function reportRoutes(options: ReportRoutesOptions): void {
  const view = async (caller: Caller, id: string, language: PaperLanguage = 'ko') => {
    const composed = await options.reports.paper(id, language)
    if (!composed) throw refusal('no-report')
    const report = options.reports.get(id)
    const of = report ?? { kind: id.split('-')[0] ?? '', day: id.slice(id.indexOf('-') + 1) }
    const offices = options.offices(of)
    return fullView({
      report,
      id,
      composed,
      boxes: options.settings.boxes,
      offices: offices?.state,
      missing: offices?.missing ?? [],
      isFrozen: options.isFrozen(id),
      mail: [...options.mail.lines(approvedId({ id })), ...options.mail.lines(unapprovedId({ id }))],
      you: {
        id: caller.id,
        posts: postsOf(caller, options.organisations().headOffice),
        isAlone: options.isAlone(caller),
        finalFrom: options.settings.finalFrom,
        isEarly: options.now() < opensAtMs(composed.paper.toMs, options.settings.timetable),
      },
    })
  }
  const act: Act = async (id, acting, deedId, deedOf, language = 'ko') => {
    mine(acting)
    const outcome = await options.reports.act(id, doerOf(acting.caller, deedId), deedOf)
    if (!outcome.ok) throw typeof outcome.reason === 'string' ? refusal(outcome.reason) : refusal(outcome.reason.code, outcome.reason.now)
    return view(acting.caller, id, language)
  }
  lookRoutes(options, view)
  fileRoutes(options)
  editRoutes(options, act)
  signRoutes(options, act)
  lineRoutes(options)
}

type View = (caller: Caller, id: string, language?: PaperLanguage) => Promise<unknown>

function lookRoutes(options: ReportRoutesOptions, view: View): void {
  const { http, reports } = options
  http.route({
    method: 'GET',
    path: '/api/reports',
    deed: 'reports.look',
    summary: 'Reports that were begun, newest first; paged by before',
    tag: 'reports',
    query: Type.Object({ before: Type.Optional(Type.String({ description: 'ISO 8601' })) }),
    answer: Type.Array(Head),
    handle({ query, ...acting }) {
      mine(acting)
      const beforeMs = query.before === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(query.before)
      return reports.list(Number.isNaN(beforeMs) ? Number.MAX_SAFE_INTEGER : beforeMs, PAGE).map(headView)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/report-rules',
    deed: 'reports.look',
    summary: 'The hours of the daily report, its boxes, and to whom it is sent when',
    tag: 'reports',
    answer: Type.Object({ mailTo: Type.Array(Type.String()), mailUnapprovedTo: Type.Array(Type.String()) }),
    handle(acting) {
      mine(acting)
      const sinceMs = options.sources.recordsSinceMs()
      return rulesView(sinceMs === undefined ? undefined : dayOf(sinceMs), options.settings)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/reports/:id',
    deed: 'reports.look',
    summary: 'A report whole: its paper, changes by hand, checks, boxes, comments (daily-2026-11-24, weekly-…, monthly-…)',
    tag: 'reports',
    params: Id,
    query: Type.Object({ lang: Language }),
    answer: Full,
    handle({ params, query, ...acting }) {
      mine(acting)
      return view(acting.caller, params.id, query.lang)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/reports/:id/steps',
    deed: 'reports.look',
    summary: 'What was done to a report, in order',
    tag: 'reports',
    params: Id,
    answer: Type.Array(Type.Object({ n: Type.Integer(), at: Type.String(), who: Type.String() })),
    handle({ params, ...acting }) {
      mine(acting)
      return reports.steps(params.id).map(({ atMs, ...step }) => ({ ...step, at: new Date(atMs).toISOString() }))
    },
  })
  http.route({
    method: 'GET',
    path: '/api/reports/:id/why',
    deed: 'reports.look',
    summary: 'Why a line or figure stands there: the question it answers, a recount, the records behind it',
    tag: 'reports',
    params: Id,
    query: Type.Object({ target: Target, lang: Language }),
    answer: Type.Object({ target: Type.String(), total: Type.Integer() }),
    async handle({ params, query, ...acting }) {
      mine(acting)
      const found = await whyView(options, params.id, query.target, query.lang ?? 'ko')
      if (!found) throw refusal('no-target')
      return found
    },
  })
  http.route({
    method: 'POST',
    path: '/api/reports',
    deed: 'reports.edit',
    summary: 'A special report of a span',
    tag: 'reports',
    body: Type.Object({ id: Type.String({ pattern: '^[a-z0-9-]{4,40}$' }), from: Type.String(), to: Type.String() }, closed),
    answer: Full,
    status: 201,
    async handle({ body, ...acting }) {
      mine(acting)
      const [fromMs, toMs] = [Date.parse(body.from), Date.parse(body.to)]
      if (!(toMs > fromMs) || toMs - fromMs > MAX_SPAN_MS || toMs > options.now()) throw refusal('bad-span')
      const id = `special-${body.id}`
      if (!(await reports.newSpecial(id, fromMs, toMs, doerOf(acting.caller, id)))) throw refusal('id-taken')
      return view(acting.caller, id)
    },
  })
}

function editRoutes({ http, reports }: ReportRoutesOptions, act: Act): void {
  const post = { method: 'POST' as const, deed: 'reports.edit', tag: 'reports', params: Id, answer: Full }
  http.route({
    ...post,
    path: '/api/reports/:id/edits',
    summary: 'A change by hand: wording, order, left out, added; kept beside the machine’s value',
    body: Type.Object(
      {
        deedId: DeedId,
        base: Type.Integer({ description: 'revision it was made on' }),
        lang: Language,
        reason: Type.Optional(Text),
        edit: EditShape,
      },
      closed,
    ),
    async handle({ params, body, ...acting }) {
      const language = body.lang ?? 'ko'
      const edit: EditDeed = body.edit
      const english = language === 'en' ? await reports.paper(params.id, 'en') : undefined
      return act(
        params.id,
        acting,
        body.deedId,
        (_report, paper) => ({
          deed: 'edit',
          edit,
          language,
          base: body.base,
          before: standing((english ?? paper).paper, edit),
          reason: body.reason ?? '',
        }),
        language,
      )
    },
  })
  http.route({
    ...post,
    path: '/api/reports/:id/edits/:edit/undo',
    summary: 'Takes a change back; it stays in the history',
    params: Type.Object({ ...Id.properties, edit: Type.String({ maxLength: 100 }) }),
    body: Type.Object({ deedId: DeedId, lang: Language }, closed),
    handle: ({ params, body, ...acting }) => act(params.id, acting, body.deedId, () => ({ deed: 'undo', edit: params.edit }), body.lang),
  })
  http.route({
    ...post,
    path: '/api/reports/:id/comments',
    summary: 'A comment on a line or figure',
    body: Type.Object({ deedId: DeedId, target: Target, text: Text, lang: Language }, closed),
    handle: ({ params, body, ...acting }) =>
      act(params.id, acting, body.deedId, () => ({ deed: 'comment', target: body.target, text: body.text }), body.lang),
  })
  http.route({
    ...post,
    path: '/api/reports/:id/comments/:comment/settle',
    summary: 'A comment is answered and settled',
    params: Type.Object({ ...Id.properties, comment: Type.String({ maxLength: 100 }) }),
    body: Type.Object({ deedId: DeedId, text: Type.Optional(Text), lang: Language }, closed),
    handle: ({ params, body, ...acting }) =>
      act(params.id, acting, body.deedId, () => ({ deed: 'settle', comment: params.comment, text: body.text ?? '' }), body.lang),
  })
}
