// The duty log over HTTP: read by the book (a site's), written a line at a time, changed by its author within its minute, put right by a new line. What a caller may not see
// is not there.
import { Type } from 'typebox'
import { type Caller, DAY_MS, type Grant } from '#base/index.ts'
import { badInput, notFound } from '#platform/http/index.ts'
import { handOverRoutes } from './hand-over-routes.ts'
import type { LogBy } from './log.ts'
import { answered, Id, Params, refusal, type ShiftRoutesOptions, strict } from './route-parts.ts'
import { HAND_KINDS, type HandKind, LOG_KINDS, LOG_LINK_KINDS, type LogLine, type LogLink, MAX_LINE_LETTERS } from './schema.ts'

const Organisation = Type.String({ maxLength: 100 })
const Time = Type.String({ maxLength: 40, description: 'ISO 8601' })
const Link = Type.Object(
  {
    kind: Type.Unsafe<LogLink['kind']>({ enum: [...LOG_LINK_KINDS] }),
    id: Type.String({ minLength: 1, maxLength: 200 }),
    label: Type.String({ minLength: 1, maxLength: 120 }),
  },
  strict,
)
const MAX_LINES = 5000

const timeOf = (text: string): number => {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw badInput({ ko: `시각 ‘${text}’은(는) ISO 8601 형식이어야 합니다`, en: `‘${text}’ is no time in ISO 8601` })
  return ms
}

const iso = (ms: number): string => new Date(ms).toISOString()
/** A line as the API and the live line give it. */
export const lineView = ({ atMs, takenAtMs, dueMs, edits, ...line }: LogLine, correctedBy: string | undefined) => ({
  ...line,
  at: iso(atMs),
  takenAt: iso(takenAtMs),
  ...(dueMs === undefined ? {} : { due: iso(dueMs) }),
  ...(edits === undefined ? {} : { edits: edits.map(({ atMs: editedMs, text }) => ({ at: iso(editedMs), text })) }),
  ...(correctedBy === undefined ? {} : { correctedBy }),
})

export function shiftRoutes(options: ShiftRoutesOptions): void {
  const { http, log } = options
  const seen = (line: LogLine | undefined, caller: Caller): LogLine | undefined =>
    line && options.grantOf(caller, 'log.look')?.covers(line.organisations) ? line : undefined
  const view = (line: LogLine) => lineView(line, log.correctionOf(line.id))
  /** As whom the caller writes: the organisation asked for, where it is theirs; else the first of theirs. */
  const byOf = (caller: Caller, grant: Grant, asked: string | undefined): LogBy => {
    const organisation = asked ?? caller.appointments.map(one => one.organisation).find(one => grant.covers([one]))
    if (organisation === undefined || !grant.covers([organisation])) throw refusal('not-yours')
    const seat = options.seatOf(caller.id, organisation)
    return {
      author: { id: caller.id, name: caller.name, organisation },
      ...(seat ? { seat } : {}),
      ...(caller.session === undefined ? {} : { session: caller.session }),
    }
  }
  handOverRoutes(options)

  http.route({
    method: 'GET',
    path: '/api/log',
    deed: 'log.look',
    summary: 'The duty log, oldest first: the book of an organisation, or of all the caller may see',
    tag: 'shifts',
    query: Type.Object({
      organisation: Type.Optional(Organisation),
      from: Type.Optional(Time),
      to: Type.Optional(Time),
      source: Type.Optional(Type.Unsafe<'hand' | 'machine'>({ enum: ['hand', 'machine'] })),
      kinds: Type.Optional(Type.String({ maxLength: 200, description: LOG_KINDS.join(',') })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LINES })),
    }),
    answer: Type.Object({ lines: Type.Array(Type.Unknown()), now: Time }),
    handle({ query, grant }) {
      const { organisation } = query
      if (organisation !== undefined && !grant.covers([organisation]))
        throw notFound({ ko: `조직 ${organisation}`, en: `organisation ${organisation}` })
      const nowMs = options.now()
      const fromMs = query.from === undefined ? nowMs - DAY_MS : timeOf(query.from)
      const kinds = query.kinds?.split(',').filter(Boolean)
      const lines = log.find({
        whose: organisation === undefined ? grant.organisations : [organisation],
        fromMs,
        toMs: query.to === undefined ? nowMs + 60_000 : timeOf(query.to),
        limit: query.limit ?? 1000,
        ...(query.source ? { source: query.source } : {}),
        ...(kinds?.length ? { kinds } : {}),
      })
      return { lines: lines.map(view), now: iso(nowMs) }
    },
  })
  http.route({
    method: 'POST',
    path: '/api/log',
    deed: 'log.write',
    summary: 'Write a line; with `corrects` one that puts another right',
    tag: 'shifts',
    body: Type.Object(
      {
        id: Id,
        kind: Type.Optional(Type.Unsafe<HandKind>({ enum: [...HAND_KINDS] })),
        text: Type.String({ maxLength: MAX_LINE_LETTERS }),
        links: Type.Optional(Type.Array(Link, { maxItems: 20 })),
        at: Type.Optional(Time),
        due: Type.Optional(Time),
        corrects: Type.Optional(Id),
        as: Type.Optional(Organisation),
      },
      strict,
    ),
    answer: Type.Unknown(),
    status: 201,
    async handle({ body, caller, grant }) {
      if (body.corrects !== undefined) {
        const before = seen(log.get(body.corrects), caller)
        if (!before) throw notFound({ ko: `일지 ${body.corrects}`, en: `line ${body.corrects}` })
        if (!grant.covers(before.organisations)) throw refusal('not-yours')
      }
      const line = await answered(
        log.write(
          {
            id: body.id,
            kind: body.kind ?? 'note',
            text: body.text,
            links: body.links ?? [],
            ...(body.at === undefined ? {} : { atMs: timeOf(body.at) }),
            ...(body.due === undefined ? {} : { dueMs: timeOf(body.due) }),
            ...(body.corrects === undefined ? {} : { corrects: body.corrects }),
          },
          byOf(caller, grant, body.as),
        ),
      )
      return view(line)
    },
  })
  http.route({
    method: 'PUT',
    path: '/api/log/:id',
    deed: 'log.write',
    summary: 'Change one’s own line within its minute; what it said before is kept',
    tag: 'shifts',
    params: Params,
    body: Type.Object({ text: Type.String({ maxLength: MAX_LINE_LETTERS }) }, strict),
    answer: Type.Unknown(),
    async handle({ params, body, caller, grant }) {
      const line = seen(log.get(params.id), caller)
      if (!line) throw notFound({ ko: `일지 ${params.id}`, en: `line ${params.id}` })
      return view(await answered(log.edit(line.id, body.text, byOf(caller, grant, line.by.organisation))))
    },
  })
  http.route({
    method: 'GET',
    path: '/api/log/links',
    deed: 'log.write',
    summary: 'Ships, people and posts that can be named in a line',
    tag: 'shifts',
    query: Type.Object({ q: Type.String({ maxLength: 100 }) }),
    answer: Type.Array(Type.Unknown()),
    handle: ({ query, caller }) => options.findLinks(query.q, caller),
  })
}
