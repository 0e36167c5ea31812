// Telling over HTTP: an alarm's timeline, the log with its cost, channels, preview, own addresses and tests, rules; and the two doors that strangers reach: links in texts and the
// callbacks of providers, each with a secret of its own in the address.
import { timingSafeEqual } from 'node:crypto'
import { type Static, type TObject, Type } from 'typebox'
import { authorOf } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import { badInput, type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Alarm } from '../alarm.ts'
import type { Channel } from '../channels/channel.ts'
import { type ChannelView, MESSAGE_STATES, type ReplyView, type TellingPreview, type TellingRules, WAYS } from '../schema.ts'
import type { Addresses, Refusal } from './addresses.ts'
import { ANSWER_PAGE_POLICY, answerPage } from './answer-page.ts'
import { callbackSecretOf } from './answers.ts'
import { wayOf } from './composer.ts'
import type { Telling } from './contract.ts'
import { type LogFilter, messageCsv, messagePage } from './log.ts'
import { type AnyBook, completed, type RuleBook } from './rule-book.ts'
import * as kept from './store.ts'
import { masked, timelineView } from './views.ts'

export interface TellingRoutesOptions {
  readonly http: Http
  readonly store: Store
  readonly clock: Clock
  readonly channels: readonly Channel[]
  readonly telling: Telling
  readonly addresses: Addresses
  readonly book: RuleBook
  readonly key: Uint8Array
  getAlarm(id: string): Alarm | undefined
  preview(alarm: Alarm, rules: TellingRules): TellingPreview
}

const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
const WayShape = Type.Union(WAYS.map(way => Type.Literal(way)))
const Words = Type.String({ minLength: 1, maxLength: 200 })
const Place = Type.String({ minLength: 1, maxLength: 40 })
const WhomShape = Type.Union([
  Type.Object(
    {
      who: Type.Literal('journey-officers'),
      end: Type.Union([Type.Literal('origin'), Type.Literal('destination'), Type.Literal('near'), Type.Literal('both')]),
    },
    strict,
  ),
  Type.Object({ who: Type.Literal('on-duty'), of: Place }, strict),
  Type.Object({ who: Type.Literal('post'), post: Id, of: Place }, strict),
  Type.Object({ who: Type.Literal('person'), person: Id }, strict),
  Type.Object({ who: Type.Literal('channel'), channel: Id }, strict),
])
const StepShape = Type.Union([
  Type.Object(
    {
      step: Type.Literal('tell'),
      whom: Type.Array(WhomShape, { maxItems: 20 }),
      by: Type.Array(WayShape, { maxItems: 3 }),
      orElse: Type.Optional(Type.Array(WhomShape, { maxItems: 20 })),
      when: Type.Optional(Type.Union([Type.Literal('working-hours'), Type.Literal('off-hours')])),
    },
    strict,
  ),
  Type.Object({ step: Type.Literal('wait'), seconds: Type.Integer() }, strict),
  Type.Object({ step: Type.Literal('repeat'), from: Type.Integer({ minimum: 0 }), times: Type.Integer() }, strict),
])
const Minute = Type.Integer({ minimum: 0, maximum: 1440 })
const RulesShape = Type.Object(
  {
    revision: Type.Integer({ minimum: 0, description: 'the one it was made from' }),
    rules: Type.Array(
      Type.Object(
        {
          id: Id,
          ko: Words,
          en: Words,
          isOn: Type.Boolean(),
          levels: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 3 }))),
          detectors: Type.Optional(Type.Array(Id, { maxItems: 100 })),
          senses: Type.Optional(Type.Array(Id, { maxItems: 20 })),
          organisations: Type.Optional(Type.Array(Id, { maxItems: 100 })),
          chain: Type.Optional(Id),
          quiet: Type.Optional(Type.Object({ fromMinute: Minute, toMinute: Minute }, strict)),
        },
        strict,
      ),
      { maxItems: 200 },
    ),
    closing: Type.Optional(
      Type.Object({ isOn: Type.Boolean(), quiet: Type.Optional(Type.Object({ fromMinute: Minute, toMinute: Minute }, strict)) }, strict),
    ),
    chains: Type.Array(Type.Object({ id: Id, ko: Words, en: Words, steps: Type.Array(StepShape, { maxItems: 60 }) }, strict), {
      maxItems: 100,
    }),
    templates: Type.Array(
      Type.Object(
        {
          id: Id,
          version: Type.Integer({ minimum: 1 }),
          ko: Type.String({ maxLength: 500 }),
          en: Type.String({ maxLength: 500 }),
          code: Type.Optional(Id),
        },
        strict,
      ),
      { maxItems: 50 },
    ),
  },
  strict,
)

const orRefuse = ({ code, ko, en }: Refusal): HttpRefusal =>
  new HttpRefusal(code === 'not-found' ? 404 : code === 'too-soon' ? 429 : 400, code, { ko, en })
const PAGE = 100
const LogQuery = {
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  channel: Type.Optional(Type.String()),
  state: Type.Optional(Type.Union(MESSAGE_STATES.map(state => Type.Literal(state)))),
  kind: Type.Optional(Type.String()),
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

export function tellingRoutes(options: TellingRoutesOptions): void {
  lookRoutes(options)
  ownRoutes(options)
  ruleRoutes(options)
  outsideRoutes(options)
}

function lookRoutes({ http, store, channels, telling, getAlarm, preview, book }: TellingRoutesOptions): void {
  const common = { tag: 'telling', answer: Type.Unknown() } as const
  http.route({
    ...common,
    method: 'GET',
    path: '/api/alarms/:id/telling',
    deed: 'telling.look',
    summary: 'Who was told of this alarm, when, by which way, what became of it, who answered, and what is next',
    params: Type.Object({ id: Type.String() }),
    handle({ params, grant }) {
      const alarm = getAlarm(params.id)
      if (!alarm || !grant.covers(alarm.organisations ?? [])) throw notFound({ ko: `경보 ${params.id}`, en: `alarm ${params.id}` })
      return timelineView(alarm.id, kept.escalationsOf(store, alarm.id), kept.messagesOf(store, alarm.id))
    },
  })
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
    path: '/api/telling/preview',
    deed: 'telling.look',
    summary:
      'Exactly what would go out for this alarm, text by text with its length in parts, were nobody to answer; with `rules`: by those instead',
    body: Type.Object({ alarm: Type.String(), rules: Type.Optional(RulesShape) }, strict),
    handle({ body, grant }) {
      const alarm = getAlarm(body.alarm)
      if (!alarm || !grant.covers(alarm.organisations ?? [])) throw notFound({ ko: `경보 ${body.alarm}`, en: `alarm ${body.alarm}` })
      return preview(alarm, body.rules ? completed(body.rules as AnyBook) : book.now())
    },
  })
}

function ownRoutes({ http, addresses }: TellingRoutesOptions): void {
  const common = { tag: 'telling', deed: 'telling.own', answer: Type.Unknown() } as const
  const Address = { way: WayShape, address: Type.String({ minLength: 3, maxLength: 200 }) }
  http.route({
    ...common,
    method: 'GET',
    path: '/api/telling/addresses',
    summary: 'Own numbers and addresses',
    handle: ({ caller }) => addresses.views(caller.id),
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/telling/addresses',
    summary: 'A code goes to this number or address; whoever sends it back has confirmed it',
    body: Type.Object({ ...Address, language: Type.Optional(Type.Union([Type.Literal('ko'), Type.Literal('en')])) }, strict),
    async handle({ body, caller }) {
      const asked = await addresses.ask(caller.id, body.way, body.address, body.language ?? 'ko', authorOf(caller))
      if (!asked.ok) throw orRefuse(asked.reason)
      return addresses.views(caller.id)
    },
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/telling/addresses/confirm',
    summary: 'The code that came',
    body: Type.Object({ ...Address, code: Type.String({ minLength: 4, maxLength: 12 }) }, strict),
    async handle({ body, caller }) {
      const confirmed = await addresses.confirm(caller.id, body.way, body.address, body.code, authorOf(caller))
      if (!confirmed.ok) throw orRefuse(confirmed.reason)
      return addresses.views(caller.id)
    },
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/telling/addresses/remove',
    summary: 'This is mine no more',
    body: Type.Object(Address, strict),
    async handle({ body, caller }) {
      const removed = await addresses.remove(caller.id, body.way, body.address, authorOf(caller))
      if (!removed.ok) throw orRefuse(removed.reason)
      return addresses.views(caller.id)
    },
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/telling/test',
    summary: 'A test to me: only to an own address that is confirmed',
    body: Type.Object({ way: WayShape }, strict),
    async handle({ body, caller }) {
      const sent = await addresses.test(caller.id, body.way, authorOf(caller))
      if (!sent.ok) throw orRefuse(sent.reason)
      return sent.value
    },
  })
}

function ruleRoutes({ http, book }: TellingRoutesOptions): void {
  const common = { tag: 'telling', answer: Type.Unknown() } as const
  http.route({
    ...common,
    method: 'GET',
    path: '/api/telling/rules',
    deed: 'telling.look',
    summary: 'Rules, chains and texts in force; with revision an earlier book (0: those that ship), to go back to',
    query: Type.Object({ revision: Type.Optional(Type.Integer({ minimum: 0 })) }),
    handle({ query }) {
      const found = query.revision === undefined ? book.now() : book.at(query.revision)
      if (!found) throw notFound({ ko: `규칙 ${query.revision}판`, en: `rules of revision ${query.revision}` })
      return found
    },
  })
  http.route({
    ...common,
    method: 'PUT',
    path: '/api/telling/rules',
    deed: 'telling.rules',
    summary: 'Keep other rules; all faults are named with their place. Escalations that run go on by the rules they began with',
    body: RulesShape,
    async handle({ body, caller }) {
      const saved = await book.save(body as AnyBook, authorOf(caller), `${body.rules.length} rules, ${body.chains.length} chains`)
      if (saved.ok) return saved.value
      if (saved.reason === 'overtaken')
        throw new HttpRefusal(409, 'overtaken', {
          ko: '그사이 다른 사람이 규칙을 고쳤습니다. 다시 불러오십시오',
          en: 'somebody has changed the rules meanwhile; load them again',
        })
      throw new HttpRefusal(400, 'bad-rules', {
        ko: saved.reason.map(one => `${one.at}: ${one.ko}`).join(' · '),
        en: saved.reason.map(one => `${one.at}: ${one.en}`).join(' · '),
      })
    },
  })
}

const isSame = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

function outsideRoutes({ http, telling, channels, key }: TellingRoutesOptions): void {
  const link = {
    path: '/a/:token',
    deed: 'open',
    tag: 'telling',
    params: Type.Object({ token: Type.String({ maxLength: 100 }) }),
    produces: 'text/html; charset=utf-8',
  } as const
  http.route({
    ...link,
    method: 'GET',
    summary: 'The page behind a link in a text: a button; looking changes nothing',
    handle({ params, reply }) {
      const { state, alarm } = telling.linkState(params.token)
      void reply.header('content-security-policy', ANSWER_PAGE_POLICY).code(state === 'unknown' ? 404 : state === 'good' ? 200 : 410)
      return reply.type('text/html; charset=utf-8').send(answerPage(state, state === 'good' ? alarm : undefined))
    },
  })
  http.route({
    ...link,
    method: 'POST',
    summary: 'Acknowledges the alarm of this link, once',
    consumes: 'text/plain',
    async handle({ params, reply }) {
      const state = await telling.answerLink(params.token)
      void reply.header('content-security-policy', ANSWER_PAGE_POLICY).code(state === 'unknown' ? 404 : state === 'good' ? 200 : 410)
      return reply.type('text/html; charset=utf-8').send(answerPage(state === 'good' ? 'done' : state, undefined))
    },
  })
  const callback = {
    path: '/api/telling/callback/:channel/:secret',
    deed: 'open',
    tag: 'telling',
    params: Type.Object({ channel: Type.String({ maxLength: 100 }), secret: Type.String({ maxLength: 100 }) }),
    query: Type.Object({}, { additionalProperties: true }),
  } as const
  const taken = (
    params: { readonly channel: string; readonly secret: string },
    query: unknown,
    body: unknown,
  ): { readonly taken: boolean } => {
    const channel = channels.find(one => one.name === params.channel)
    // An unknown channel and a wrong secret are one answer.
    if (!channel?.handleCallback || !isSame(params.secret, callbackSecretOf(key, params.channel)))
      throw notFound({ ko: '그런 주소', en: 'such an address' })
    return { taken: channel.handleCallback({ query: query as Readonly<Record<string, string>>, body }) === 'taken' }
  }
  http.route({
    ...callback,
    method: 'GET',
    summary: 'What a provider tells of a message (receipt, reply); the address with its secret is given to the provider',
    handle: ({ params, query }) => taken(params, query, undefined),
  })
  http.route({
    ...callback,
    method: 'POST',
    summary: 'As GET, with a body',
    handle: ({ params, query, body }) => taken(params, query, body),
  })
}
