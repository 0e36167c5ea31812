// Telling over HTTP: an alarm's timeline, the log with its cost, channels, preview, own addresses and tests, rules; and the two doors that strangers reach: links in texts and the
// callbacks of providers, each with a secret of its own in the address.
import { timingSafeEqual } from 'node:crypto'
import { Type } from 'typebox'
import { authorOf } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import { type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Alarm } from '../alarm.ts'
import type { Channel } from '../channels/channel.ts'
import type { TellingPreview, TellingRules } from '../schema.ts'
import type { Addresses, Refusal } from './addresses.ts'
import { ANSWER_PAGE_POLICY, answerPage } from './answer-page.ts'
import { callbackSecretOf } from './answers.ts'
import type { Telling } from './contract.ts'
import { logRoutes } from './log-routes.ts'
import { type AnyBook, completed, type RuleBook } from './rule-book.ts'
import { RULES_SHAPE, strict, WayShape } from './rule-shapes.ts'
import * as kept from './store.ts'
import { timelineView } from './views.ts'

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

const orRefuse = ({ code, ko, en }: Refusal): HttpRefusal =>
  new HttpRefusal(code === 'not-found' ? 404 : code === 'too-soon' ? 429 : 400, code, { ko, en })
export function tellingRoutes(options: TellingRoutesOptions): void {
  lookRoutes(options)
  logRoutes(options)
  ownRoutes(options)
  outsideRoutes(options)
}

function lookRoutes({ http, store, getAlarm, preview, book }: TellingRoutesOptions): void {
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
    method: 'POST',
    path: '/api/telling/preview',
    deed: 'telling.look',
    summary:
      'Exactly what would go out for this alarm, text by text with its length in parts, were nobody to answer; with `rules`: by those instead',
    body: Type.Object({ alarm: Type.String(), rules: Type.Optional(RULES_SHAPE) }, strict),
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
    body: Type.Object({ way: WayShape, channel: Type.Optional(Type.String({ maxLength: 100 })) }, strict),
    async handle({ body, caller }) {
      const sent = await addresses.test(caller.id, body.way, authorOf(caller), body.channel)
      if (!sent.ok) throw orRefuse(sent.reason)
      return sent.value
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
      const { alarm } = telling.linkState(params.token)
      const state = await telling.answerLink(params.token)
      void reply.header('content-security-policy', ANSWER_PAGE_POLICY).code(state === 'unknown' ? 404 : state === 'good' ? 200 : 410)
      return reply
        .type('text/html; charset=utf-8')
        .send(answerPage(state === 'good' ? 'done' : state, state === 'good' ? alarm : undefined))
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
