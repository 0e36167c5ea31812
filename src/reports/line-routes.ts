// Lines of the offices (소속 보고): each hands in its own until the closing time.
import { Type } from 'typebox'
import { isDay } from './period.ts'
import { refusal } from './refusals.ts'
import { closed, DeedId, doerOf, type ReportRoutesOptions, Text } from './route-options.ts'
import { lineView } from './view.ts'

const Day = Type.Object({ day: Type.String() })
/** Days before and after today for which a line may be handed in. */
const OPEN_MS = 7 * 86_400_000

export function lineRoutes({ http, reports, now, offices, settings }: ReportRoutesOptions): void {
  http.route({
    method: 'GET',
    path: '/api/report-lines/:day',
    deed: 'reports.line',
    summary: 'Lines that offices have handed in for a day’s report, those of the caller’s offices; which are missing; when it closes',
    tag: 'reports',
    params: Day,
    answer: Type.Object({
      lines: Type.Array(Type.Object({ organisation: Type.String(), text: Type.String() })),
      missing: Type.Array(Type.String()),
      closeMinute: Type.Integer({ description: 'minutes of the KST day' }),
    }),
    handle({ params, grant }) {
      if (!isDay(params.day)) throw refusal('no-report')
      return {
        lines: reports
          .officeLines(params.day)
          .filter(line => grant.covers([line.organisation]))
          .map(lineView),
        missing: (offices({ kind: 'daily', day: params.day })?.missing ?? []).filter(id => grant.covers([id])),
        closeMinute: settings.timetable.close,
      }
    },
  })
  http.route({
    method: 'POST',
    path: '/api/report-lines/:day',
    deed: 'reports.line',
    summary: 'Hands in the line of an office: a text, or that there is nothing to tell; a later one takes the place of the earlier',
    tag: 'reports',
    params: Day,
    body: Type.Object(
      { deedId: DeedId, organisation: Type.String({ maxLength: 40 }), text: Type.Optional(Text), isNothing: Type.Optional(Type.Boolean()) },
      closed,
    ),
    async handle({ params, body, caller, grant }) {
      if (!grant.covers([body.organisation])) throw refusal('no-report')
      if (!isDay(params.day) || Math.abs(Date.parse(`${params.day}T00:00:00Z`) - now()) > OPEN_MS) throw refusal('not-closed')
      const text = (body.text ?? '').trim()
      if (text === '' && !body.isNothing) throw refusal('text-empty')
      const line = { id: body.deedId, organisation: body.organisation, text, isNothing: text === '', atMs: now(), by: caller.name }
      await reports.handIn(params.day, line, doerOf(caller, body.deedId))
      return undefined
    },
  })
}
