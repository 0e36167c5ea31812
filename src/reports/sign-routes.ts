// Doors of the approval line: to sign a box, to send back, to tell of what came after.
import { Type } from 'typebox'
import { checksOf } from './checks.ts'
import { isDay } from './period.ts'
import { refusal } from './refusals.ts'
import { idOf } from './reports.ts'
import { type Act, closed, DeedId, Full, Id, postsOf, type ReportRoutesOptions, Text } from './route-options.ts'
import { opensAtMs } from './timetable.ts'

export function signRoutes(options: ReportRoutesOptions, act: Act): void {
  const { http, settings } = options
  const post = { method: 'POST' as const, tag: 'reports', params: Id, answer: Full }
  http.route({
    ...post,
    path: '/api/reports/:id/sign',
    deed: 'reports.sign',
    summary: 'Signs the box that is next (as stand-in: 대결, as final: 전결); the last one approves and seals the report',
    body: Type.Object(
      {
        deedId: DeedId,
        fingerprint: Type.String({ description: 'of the paper that was looked at' }),
        as: Type.Optional(Type.Union([Type.Literal('stand-in'), Type.Literal('final')])),
      },
      closed,
    ),
    handle({ params, body, ...acting }) {
      const { caller } = acting
      // Sent again after a lost line: what was signed stays signed, and nobody is asked twice.
      if (!options.reports.isDone(body.deedId, caller.id) && !options.confirmed(caller)) throw refusal('confirm-needed')
      return act(params.id, acting, body.deedId, (report, { paper, fingerprint }) => {
        if (options.now() < opensAtMs(paper.toMs, settings.timetable)) throw refusal('too-early')
        if (fingerprint !== body.fingerprint) throw refusal('not-current')
        return {
          deed: 'sign',
          ...(body.as ? { as: body.as } : {}),
          fingerprint,
          isBlocked: checksOf(paper, undefined, []).some(check => check.blocks && !check.isGood),
          posts: postsOf(caller, options.organisations().headOffice),
          isAlone: options.isAlone(caller),
          finalFrom: Math.min(settings.finalFrom, report.boxes.length) - 1,
        }
      })
    },
  })
  http.route({
    ...post,
    path: '/api/reports/:id/return',
    deed: 'reports.sign',
    summary: 'Sends it back with a note: all signatures begin anew',
    body: Type.Object({ deedId: DeedId, text: Text }, closed),
    handle: ({ params, body, ...acting }) =>
      act(params.id, acting, body.deedId, () => ({
        deed: 'return',
        text: body.text,
        posts: postsOf(acting.caller, options.organisations().headOffice),
      })),
  })
  http.route({
    ...post,
    path: '/api/reports/:id/corrections',
    deed: 'reports.edit',
    summary: 'A fact that came after approval: told in the next day’s report, this one stays as it is',
    body: Type.Object(
      { deedId: DeedId, text: Text, into: Type.Optional(Type.String({ description: 'day of the report that tells it' })) },
      closed,
    ),
    async handle({ params, body, ...acting }) {
      const report = options.reports.get(params.id)
      const day = body.into ?? nextDay(report?.day ?? '')
      if (!isDay(day)) throw refusal('no-report')
      const answer = await act(params.id, acting, body.deedId, () => ({ deed: 'correct', text: body.text, inReport: idOf('daily', day) }))
      await act(idOf('daily', day), acting, `${body.deedId}:into`, () => ({
        deed: 'edit',
        edit: { deed: 'add', section: 'events', lead: '정정', text: `${report?.day ?? ''} ${body.text}`.trim() },
        language: 'ko',
        base: Number.MAX_SAFE_INTEGER,
        before: '',
        reason: params.id,
      }))
      return answer
    },
  })
}

const nextDay = (day: string): string =>
  isDay(day) ? new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) : ''
