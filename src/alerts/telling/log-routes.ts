// The message log over HTTP: pages with sums, the same as CSV, what came back, how the channels do and what a text looks like there, and what is sent again by hand.
import { type Static, type TObject, Type } from 'typebox'
import { auditStatement, authorOf } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import { badInput, type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Channel, Preview } from '../channels/channel.ts'
import { type ChannelView, MESSAGE_KINDS, MESSAGE_STATES, type ReplyView } from '../schema.ts'
import { wayOf } from './composer.ts'
import type { Telling } from './contract.ts'
import { type LogFilter, messageCsv, messagePage } from './log.ts'
import { again } from './message.ts'
import { strict } from './rule-shapes.ts'
import { sampleMessage } from './sample.ts'
import * as kept from './store.ts'
import { masked, messageView } from './views.ts'

export interface LogRoutesOptions {
  readonly http: Http
  readonly store: Store
  readonly clock: Clock
  readonly channels: readonly Channel[]
  readonly telling: Telling
}

const PAGE = 100
const LogQuery = {
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  channel: Type.Optional(Type.String()),
  state: Type.Optional(Type.Union(MESSAGE_STATES.map(state => Type.Literal(state)))),
  kind: Type.Optional(Type.Union(MESSAGE_KINDS.map(kind => Type.Literal(kind)))),
  person: Type.Optional(Type.String()),
  alarm: Type.Optional(Type.String()),
}
const timeOf = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw badInput({ ko: `${name}은(는) ISO 8601 시각이어야 합니다`, en: `${name} is a time in ISO 8601` })
  return ms
}
function filterOf({ from, to, ...words }: Static<TObject<typeof LogQuery>>): LogFilter {
  const fromMs = timeOf(from, 'from')
  const toMs = timeOf(to, 'to')
  return { ...words, ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) }
}

export function logRoutes({ http, store, clock, channels, telling }: LogRoutesOptions): void {
  const common = { tag: 'telling', answer: Type.Unknown() } as const
  http.route({
    ...common,
    method: 'GET',
    path: '/api/telling/messages',
    deed: 'telling.log',
    summary: 'The message log, newest first, with sums of parts and cost',
    query: Type.Object({
      ...LogQuery,
      before: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    }),
    handle: ({ query: { before, limit, ...query } }) => messagePage(store, filterOf(query), before, limit ?? PAGE),
  })
  http.route({
    tag: 'telling',
    method: 'GET',
    path: '/api/telling/messages.csv',
    deed: 'telling.log',
    summary: 'All messages that fit, as CSV',
    query: Type.Object(LogQuery),
    produces: 'text/csv; charset=utf-8',
    handle({ query, reply }) {
      reply.header('content-disposition', 'attachment; filename="mangru-messages.csv"')
      return reply.type('text/csv; charset=utf-8').send(messageCsv(store, filterOf(query)))
    },
  })
  http.route({
    ...common,
    method: 'GET',
    path: '/api/telling/replies',
    deed: 'telling.log',
    summary: 'Texts that came and what they did; also those of unknown numbers',
    query: Type.Object({ before: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) }),
    handle: ({ query }): readonly ReplyView[] =>
      kept
        .repliesBefore(store, timeOf(query.before, 'before') ?? Number.MAX_SAFE_INTEGER, query.limit ?? PAGE)
        .map(({ atMs, from, person: _person, ...one }) => ({
          ...one,
          from: masked(from),
          at: new Date(atMs).toISOString(),
        })),
  })
  http.route({
    ...common,
    method: 'GET',
    path: '/api/telling/channels',
    deed: 'telling.log',
    summary: 'The channels that are configured, whether they work, and what they have done',
    handle: (): readonly ChannelView[] =>
      channels.map(channel => {
        const trouble = channel.trouble()
        const since = telling.troubleSince(channel.name)
        const way = wayOf(channel)
        return {
          name: channel.name,
          kind: channel.kind,
          ...telling.outbox.figures(channel.name),
          ...(way === undefined ? {} : { way }),
          ...(trouble === undefined ? {} : { trouble }),
          ...(since === undefined ? {} : { troubleSince: new Date(since).toISOString() }),
        }
      }),
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/telling/channels/preview',
    deed: 'telling.log',
    summary: 'What a text in force looks like by this channel, filled with examples: exactly, with its length and parts. Nothing goes out',
    body: Type.Object(
      {
        channel: Type.String({ maxLength: 100 }),
        template: Type.String({ maxLength: 80 }),
        language: Type.Optional(Type.Union([Type.Literal('ko'), Type.Literal('en')])),
      },
      strict,
    ),
    handle({ body }): Preview {
      const channel = channels.find(one => one.name === body.channel)
      if (!channel) throw notFound({ ko: `알리는 길 ${body.channel}`, en: `channel ${body.channel}` })
      const sample = sampleMessage(telling.composer, body.template, body.language ?? 'ko', clock.now())
      if (!sample) throw notFound({ ko: `문안 ${body.template}`, en: `text ${body.template}` })
      return channel.preview(sample)
    },
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/telling/messages/:id/again',
    deed: 'telling.again',
    summary: 'Sends again what failed or is in doubt; what is in doubt goes marked as sent again, for it may have come',
    params: Type.Object({ id: Type.String({ maxLength: 300 }) }),
    async handle({ params, caller }) {
      const message = kept.messageById(store, params.id)
      if (!message || message.kind === 'confirm' || message.kind === 'test')
        throw notFound({ ko: `메시지 ${params.id}`, en: `message ${params.id}` })
      const nowMs = clock.now()
      let isDone = false
      await telling.outbox.change(
        message.id,
        now => {
          const after = again(now, nowMs)
          isDone = after !== now
          return after
        },
        [auditStatement({ atMs: nowMs, ...authorOf(caller), deed: 'telling.again', thing: message.id, note: message.recipient.name })],
      )
      if (!isDone)
        throw new HttpRefusal(409, 'not-failed', {
          ko: '실패했거나 접수가 불확실한 것만 다시 보냅니다',
          en: 'only what failed or is in doubt is sent again',
        })
      return messageView(kept.messageById(store, message.id) ?? message)
    },
  })
}
