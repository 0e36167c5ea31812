import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { machineClock } from '#platform/clock/index.ts'
import { createHandClock } from '#testkit/hand-clock.ts'
import { createWebPeer } from '#testkit/web-peer.ts'
import { createCallHttp } from './call-http.ts'
import type { ChannelMessage, ChannelNews } from './channel.ts'
import { fillRequest } from './http-template.ts'
import { createSmsHttp, type SmsHttpSettings } from './sms-http.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
const PHONE = '+44 7700 900123'
const message = (more: Partial<ChannelMessage> = {}): ChannelMessage => ({ id: 'm1', attempt: 1, to: PHONE, text: '무단개항', ...more })

async function open(profile: SmsHttpSettings['profile'], more: Partial<SmsHttpSettings> = {}) {
  const peer = await createWebPeer()
  ends.push(() => peer.close())
  const news: ChannelNews[] = []
  const clock = createHandClock()
  const channel = createSmsHttp(
    {
      name: 'gateway',
      profile,
      url: `${peer.url}/`,
      numberForm: 'international',
      variables: { sender: '1588', appKey: 'app/1', secretKey: 's3', accessKey: 'a1', serviceId: 'svc', senderKey: '@room' },
      ...more,
    },
    { clock, onNews: one => news.push(one) },
  )
  return { peer, channel, news, clock }
}

test('the template form: template, variables, the text as the fall-back, and the same idempotency key for each try', async () => {
  const { peer, channel } = await open('nhn')
  peer.answer = { status: 200, body: '{"header":{"isSuccessful":true},"message":{"requestId":"r-7"}}' }
  const one = message({ template: { id: 'SEAL01', variables: { 컨테이너: 'CSQU3054383', 위반: '무단"개항' } } })
  expect(await channel.send(one)).toEqual({ outcome: 'accepted', providerId: 'r-7', parts: 1 })
  await channel.send({ ...one, attempt: 2 })
  expect(peer.asked.map(asked => asked.headers['x-nc-api-idempotency-key'])).toEqual(['m1', 'm1'])
  const [asked] = peer.asked
  expect([asked?.method, asked?.path, asked?.headers['x-secret-key']]).toEqual(['POST', '/alimtalk/v2.3/appkeys/app%2F1/messages', 's3'])
  expect(JSON.parse(asked?.body ?? '')).toEqual({
    senderKey: '@room',
    templateCode: 'SEAL01',
    recipientList: [
      {
        recipientNo: '447700900123',
        templateParameter: { 컨테이너: 'CSQU3054383', 위반: '무단"개항' },
        recipientGroupingKey: 'm1',
        resendParameter: { isResend: true, resendType: 'SMS', resendContent: '무단개항', resendSendNo: '1588' },
      },
    ],
  })
})

test('a gateway that says no in a 200 is a refusal with its words', async () => {
  const { peer, channel } = await open('nhn')
  peer.answer = { status: 200, body: '{"header":{"isSuccessful":false,"resultCode":-1006,"resultMessage":"unregistered\\r\\nsender"}}' }
  expect(await channel.send(message())).toEqual({ outcome: 'refused', reason: 'unregistered sender', isFinal: true })
})

test('the signed form: HMAC over method, path, time and key', async () => {
  const { peer, channel, clock } = await open('sens')
  peer.answer = { status: 202, body: '{"requestId":"RQ","statusCode":"202","statusName":"success"}' }
  expect(await channel.send(message({ text: '가'.repeat(60) }))).toEqual({ outcome: 'accepted', providerId: 'RQ', parts: 1 })
  const [asked] = peer.asked
  const signed = createHmac('sha256', 's3').update(`POST /sms/v2/services/svc/messages\n${clock.now()}\na1`).digest('base64')
  expect(asked?.headers).toMatchObject({
    'x-ncp-apigw-timestamp': String(clock.now()),
    'x-ncp-iam-access-key': 'a1',
    'x-ncp-apigw-signature-v2': signed,
  })
  expect(JSON.parse(asked?.body ?? '')).toMatchObject({
    type: 'LMS',
    from: '1588',
    content: '가'.repeat(60),
    messages: [{ to: '447700900123' }],
  })
})

test('Kannel is asked in UTF-8 with the coding that fits, and told where receipts go', async () => {
  const { peer, channel } = await open('kannel', {
    callbackUrl: 'https://room.example.kr/channels/k/secret',
    variables: { user: 'u', password: 'p&q', sender: '1588' },
  })
  peer.answer = { status: 202, body: '0: Accepted for delivery' }
  await channel.send(message({ text: '가 & 나=다', id: 'm 1' }))
  await channel.send(message({ text: 'plain' }))
  expect(peer.asked[0]?.query).toEqual({
    username: 'u',
    password: 'p&q',
    from: '1588',
    to: '447700900123',
    text: '가 & 나=다',
    charset: 'UTF-8',
    coding: '2',
    'dlr-mask': '27',
    'dlr-url': 'https://room.example.kr/channels/k/secret?id=m%201&type=%d&answer=%A',
  })
  expect(peer.asked[1]?.query.coding).toBe('0')
})

test('a gateway of one’s own form', async () => {
  const { peer, channel } = await open({
    name: 'own',
    request: {
      method: 'PUT',
      url: '{base}/send/{to}',
      headers: { 'X-Id': '{id}' },
      form: { msg: '{text}', from: '{sender}', nothing: '{link}' },
    },
    takesIdempotencyKey: false,
  })
  expect(await channel.send(message({ id: 'm1\r\nX-Evil: 1' }))).toEqual({ outcome: 'accepted', parts: 1 })
  const [asked] = peer.asked
  expect([asked?.method, asked?.path, asked?.headers['x-id'], asked?.headers['x-evil']]).toEqual([
    'PUT',
    '/send/447700900123',
    'm1 X-Evil: 1',
    undefined,
  ])
  expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({ msg: '무단개항', from: '1588' })
})

test.each([
  [200, undefined, { outcome: 'accepted', parts: 1 }],
  [
    302,
    { location: 'http://elsewhere.example/' },
    { outcome: 'refused', isFinal: true, reason: expect.stringMatching(/redirects are not followed/) },
  ],
  [400, undefined, { outcome: 'refused', isFinal: true }],
  [401, undefined, { outcome: 'refused', isFinal: true }],
  [429, { 'retry-after': '7' }, { outcome: 'refused', isFinal: false, retryAfterMs: 7000 }],
  [503, { 'retry-after': 'soon' }, { outcome: 'refused', isFinal: false }],
  [500, undefined, { outcome: 'in-doubt' }],
  [504, undefined, { outcome: 'in-doubt' }],
] as const)('HTTP %d is told truthfully', async (status, headers, wanted) => {
  const { peer, channel } = await open({
    name: 'own',
    request: { method: 'POST', url: '{base}', json: { text: '{text}' } },
    takesIdempotencyKey: false,
  })
  peer.answer = { status, ...(headers ? { headers } : {}) }
  expect(await channel.send(message())).toMatchObject(wanted)
})

test('cut after it was asked, or silent: in doubt; nobody there: surely not sent, and after three times the line is bad', async () => {
  const { peer, channel, news, clock } = await open('kannel')
  peer.answer = 'cut'
  expect((await channel.send(message())).outcome).toBe('in-doubt')
  peer.answer = 'silent'
  const silent = channel.send(message())
  await peer.until(() => peer.asked.length === 2)
  clock.move(10_000)
  expect(await silent).toEqual({ outcome: 'in-doubt', reason: expect.stringMatching(/not answered within 10 s/) })
  peer.answer = { status: 202, body: '0: Accepted' }
  await channel.send(message())
  await peer.close()
  for (let n = 0; n < 3; n++) expect(await channel.send(message())).toMatchObject({ outcome: 'refused', isFinal: false })
  expect(channel.trouble()).toMatch(/ECONNREFUSED/)
  expect(news).toEqual([{ news: 'trouble', trouble: channel.trouble(), atMs: clock.now() }])
})

test('an answer without end is cut short', async () => {
  const { peer, channel } = await open('nhn')
  peer.answer = { status: 200, body: 'x'.repeat(5_000_000) }
  expect(await channel.send(message())).toMatchObject({ outcome: 'in-doubt', reason: expect.stringMatching(/no known form: x{100}/) })
})

test.each([
  ['kannel', { query: { id: 'm1', type: '1', answer: '' }, body: undefined }, [{ news: 'receipt', id: 'm1', state: 'delivered' }]],
  [
    'kannel',
    { query: { id: 'm1', type: '16', answer: 'NACK/0x0b' }, body: undefined },
    [{ news: 'receipt', id: 'm1', state: 'failed', reason: 'NACK/0x0b' }],
  ],
  ['kannel', { query: { id: 'm1', type: '8' }, body: {} }, [{ news: 'receipt', id: 'm1', state: 'accepted' }]],
  ['kannel', { query: { from: '447700900123', text: '1 47' }, body: undefined }, [{ news: 'reply', from: '447700900123', text: '1 47' }]],
  ['kannel', { query: { id: 'm1', type: 'constructor' }, body: null }, []],
  [
    'nhn',
    {
      query: {},
      body: {
        messages: [
          { requestId: 'r1', recipientGroupingKey: 'm1', messageStatus: 'COMPLETED' },
          null,
          7,
          { messageStatus: 'FAILED', requestId: 'r2' },
        ],
      },
    },
    [
      { news: 'receipt', id: 'm1', providerId: 'r1', state: 'delivered' },
      { news: 'receipt', providerId: 'r2', state: 'failed', reason: 'FAILED' },
    ],
  ],
  ['nhn', { query: {}, body: 'garbage' }, []],
  ['sens', { query: {}, body: [{ requestId: 'RQ', status: 'success' }] }, [{ news: 'receipt', providerId: 'RQ', state: 'delivered' }]],
] as const)('%s calls back %j', async (profile, call, wanted) => {
  const { channel, news, clock } = await open(profile)
  expect(channel.handleCallback?.(call)).toBe(wanted.length > 0 ? 'taken' : 'not-understood')
  expect(news).toEqual(wanted.map(one => ({ ...one, atMs: clock.now() })))
})

test('whatever a gateway calls back with, nothing throws', async () => {
  const { channel } = await open('nhn')
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), fc.anything(), (query, body) => void channel.handleCallback?.({ query, body })),
  )
})

test('whatever is written, it stays one text: one parameter, one header, one string', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const filled = fillRequest(
        { method: 'POST', url: 'http://a/{x}', headers: { H: 'h {x}' }, query: { q: 'v{x}' }, json: { a: ['{x}', 1] } },
        { x: text.toWellFormed() },
      )
      const url = new URL(filled.url)
      expect([...url.searchParams.keys()].filter(key => key !== 'q')).toEqual([])
      expect(filled.headers.H).toMatch(/^h[\x20-\x7e]*$/)
      expect(JSON.parse(filled.body ?? '')).toEqual({ a: [text.toWellFormed(), 1] })
    }),
  )
})

test('a call by a provider: what is said, and the keys that come back', async () => {
  const peer = await createWebPeer()
  ends.push(() => peer.close())
  const news: ChannelNews[] = []
  const channel = createCallHttp(
    {
      name: 'voice',
      url: `${peer.url}/calls`,
      numberForm: 'international',
      variables: { sender: '1588', authorization: 'Bearer t' },
      callbackUrl: 'https://room.example.kr/cb',
      wonPerCall: 60,
    },
    { clock: machineClock, onNews: one => news.push(one) },
  )
  peer.answer = { status: 201, body: '{"id":"c-9"}' }
  expect(await channel.send(message({ text: '무단개항입니다. 확인하시면 1번을 누르십시오.' }))).toEqual({
    outcome: 'accepted',
    providerId: 'c-9',
    parts: 1,
    costWon: 60,
  })
  expect(peer.asked[0]?.headers).toMatchObject({ authorization: 'Bearer t', 'idempotency-key': 'm1' })
  expect(JSON.parse(peer.asked[0]?.body ?? '')).toEqual({
    id: 'm1',
    to: '447700900123',
    from: '1588',
    say: '무단개항입니다. 확인하시면 1번을 누르십시오.',
    language: 'ko-KR',
    callback: 'https://room.example.kr/cb',
  })
  channel.handleCallback?.({ query: {}, body: { id: 'm1', callId: 'c-9', state: 'completed', from: '447700900123', digits: '1' } })
  channel.handleCallback?.({ query: {}, body: { id: 'm1', state: 'no-answer' } })
  expect(news).toMatchObject([
    { news: 'reply', id: 'm1', from: '447700900123', text: '1' },
    { news: 'receipt', id: 'm1', providerId: 'c-9', state: 'delivered' },
    { news: 'receipt', id: 'm1', state: 'failed', reason: 'no-answer' },
  ])
})
