// Mail, webhooks, CAP and sirens, each against its other side in this process.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { SendOutcome as MailOutcome, Message } from '#platform/mail/index.ts'
import { capFaults } from '#testkit/cap-rules.ts'
import { createHandClock } from '#testkit/hand-clock.ts'
import { createModbusRelay } from '#testkit/modbus-relay.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { createWebPeer } from '#testkit/web-peer.ts'
import { type CapSettings, createCap } from './cap.ts'
import type { ChannelAlarm, ChannelMessage, ChannelNews } from './channel.ts'
import { createEmailOver, mailAddress } from './email.ts'
import { callableUrl, callHttp, type HttpCall, isPrivateAddress } from './http-call.ts'
import { createSiren } from './siren.ts'
import { createWebhook, webhookSignature } from './webhook.ts'

const ends: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
const ALARM: ChannelAlarm = {
  id: 'a-47',
  revision: 1,
  change: 'raised',
  level: 1,
  detector: 'seal-opened',
  atMs: Date.UTC(2026, 10, 24, 0, 5, 6),
  place: { lat: 35.0776, lon: 128.8327, label: '부산항 신항 게이트' },
  subjects: [{ kind: 'container', id: 'CSQU3054383', label: 'CSQU3054383' }],
  why: { ko: '허가 없이 열렸습니다 <1> & "2"', en: 'opened without leave <1> & "2"' },
}
const message = (more: Partial<ChannelMessage> = {}): ChannelMessage => ({
  id: 'm1',
  attempt: 1,
  to: '',
  subject: '무단개항',
  text: '【무단개항】 부산항',
  alarm: ALARM,
  ...more,
})

// ── mail ──
function mail(outcome: MailOutcome = { end: 'sent' }) {
  const sent: Message[] = []
  const news: ChannelNews[] = []
  const channel = createEmailOver(
    'mail',
    {
      async send(one) {
        sent.push(one)
        return outcome
      },
    },
    { clock: createHandClock(), onNews: one => news.push(one) },
  )
  return { channel, sent, news }
}

test('a mail is one message to one address; what is written makes no header', async () => {
  const { channel, sent } = mail()
  const outcome = await channel.send(
    message({
      id: 'm/1\r\nX: y',
      to: ' officer@customs-room.kr ',
      subject: '무단개항\r\nBcc: other@customs-room.kr',
      text: 'a\r\n.\r\nb',
      link: 'https://room.example.kr/l/1',
    }),
  )
  expect(outcome).toEqual({ outcome: 'accepted', parts: 1, isDelivered: true })
  expect(sent).toEqual([
    expect.objectContaining({
      id: 'm-1--X--y',
      to: 'officer@customs-room.kr',
      subject: '무단개항',
      text: 'a\n.\nb\n\nhttps://room.example.kr/l/1',
    }),
  ])
})

test.each(['a@b', 'a@b.kr,c@d.kr', 'a@b.kr\r\nBcc: c@d.kr', '관세 <a@b.kr>', '"a b"@c.kr', 'a@b..kr', '', 'a@example.com', 'a@room.test'])(
  '%j is no address to send to',
  async to => {
    const { channel, sent } = mail()
    expect(mailAddress(to).ok).toBe(false)
    expect(await channel.send(message({ to }))).toMatchObject({ outcome: 'refused', isFinal: true })
    expect(sent).toEqual([])
  },
)

test.each([
  [{ end: 'again', why: '451 later' }, { outcome: 'refused', isFinal: false }, true],
  [{ end: 'never', why: '550 no such' }, { outcome: 'refused', isFinal: true }, false],
  [{ end: 'unclear', why: 'cut' }, { outcome: 'in-doubt' }, false],
] as const)('a mail that ends with %j', async (end, wanted, isTrouble) => {
  const { channel, news } = mail(end)
  expect(await channel.send(message({ to: 'a@b.kr' }))).toMatchObject({ ...wanted, reason: end.why })
  expect(news.length > 0).toBe(isTrouble)
})

// ── webhooks ──
async function hook(allowPrivate = true) {
  const peer = await createWebPeer()
  ends.push(() => peer.close())
  const clock = createHandClock()
  const channel = createWebhook(
    { name: 'hook', url: `${peer.url}/in`, secret: 'sesame', source: 'urn:mangru:room', allowPrivate },
    { clock, onNews: () => undefined },
  )
  return { peer, clock, channel }
}

test('a webhook gets a signed CloudEvent whose id is the same at each try', async () => {
  const { peer, clock, channel } = await hook()
  expect(await channel.send(message())).toEqual({ outcome: 'accepted', parts: 1, isDelivered: true })
  peer.answer = { status: 503, headers: { 'retry-after': '3' } }
  expect(await channel.send(message({ attempt: 2 }))).toEqual({
    outcome: 'refused',
    isFinal: false,
    retryAfterMs: 3000,
    reason: expect.stringMatching(/^HTTP 503/),
  })
  const [first, second] = peer.asked
  expect(first?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8')
  const at = Number(first?.headers['x-mangru-timestamp'])
  expect(at).toBe(clock.now() / 1000)
  expect(first?.headers['x-mangru-signature']).toBe(webhookSignature('sesame', at, first?.body ?? ''))
  expect(webhookSignature('key', 0, '{}')).toBe('v1=7314351dd949aa7ec06f50fc2c96e618291447672c9b7f10b49d1ce46dad00b3')
  const event = JSON.parse(first?.body ?? '')
  expect(event).toEqual({
    specversion: '1.0',
    id: 'm1',
    source: 'urn:mangru:room',
    type: 'kr.mangru.alarm.raised',
    subject: 'a-47',
    time: '2026-11-24T00:05:06.000Z',
    datacontenttype: 'application/json',
    data: {
      text: '【무단개항】 부산항',
      alarm: {
        id: 'a-47',
        revision: 1,
        level: 1,
        detector: 'seal-opened',
        at: '2026-11-24T00:05:06.000Z',
        place: ALARM.place,
        subjects: ALARM.subjects,
        why: ALARM.why,
      },
    },
  })
  expect(JSON.parse(second?.body ?? '').id).toBe('m1')
})

test.each([
  ['ended', 2],
  ['withdrawn', 3],
  ['updated', 4],
] as const)('that an alarm is %s is an event of its own type, at its own time', async (change, revision) => {
  const { peer, channel } = await hook()
  const atMs = ALARM.atMs + 61_000
  await channel.send(
    message({
      id: `a-47.${change}`,
      text: '[망루 상황 종료]',
      alarm: { ...ALARM, revision, change, atMs, earlier: [{ revision: 1, atMs: ALARM.atMs }] },
    }),
  )
  expect(JSON.parse(peer.asked[0]?.body ?? '')).toEqual({
    specversion: '1.0',
    id: `a-47.${change}`,
    source: 'urn:mangru:room',
    type: `kr.mangru.alarm.${change}`,
    subject: 'a-47',
    time: '2026-11-24T00:06:07.000Z',
    datacontenttype: 'application/json',
    data: {
      text: '[망루 상황 종료]',
      alarm: {
        id: 'a-47',
        revision,
        level: 1,
        detector: 'seal-opened',
        at: '2026-11-24T00:06:07.000Z',
        place: ALARM.place,
        subjects: ALARM.subjects,
        why: ALARM.why,
      },
    },
  })
})

test('a redirect is not followed', async () => {
  const { peer, channel } = await hook()
  peer.answer = { status: 307, headers: { location: `${peer.url}/elsewhere` } }
  expect(await channel.send(message())).toMatchObject({ outcome: 'refused', isFinal: true })
  expect(peer.asked.map(one => one.path)).toEqual(['/in'])
})

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://169.254.169.254/latest/meta-data',
  'http://10.1.2.3/',
  'http://172.31.0.1/',
  'http://192.168.0.1/',
  'http://100.64.0.1/',
  'http://0.0.0.0/',
  'http://[fe80::1]/',
  'http://[fd00::1]/',
  'http://localhost:9/',
  'http://a.localhost/',
  'ftp://192.0.2.1/',
  'file:///etc/passwd',
  'http://user:word@192.0.2.1/',
  'nonsense',
])('%s is not called', async to => {
  const { channel, peer } = await hook(false)
  expect(channel.addressOf(to).ok).toBe(false)
  expect(await channel.send(message({ to }))).toMatchObject({ outcome: 'refused', isFinal: true })
  expect(peer.asked).toEqual([])
})

test('a name that leads into this network is not called: the address that is connected to is the one that is looked at', async () => {
  const { peer, clock } = await hook()
  const lookUp: HttpCall['lookUp'] = (_name, found) => found(null, [{ address: '127.0.0.1', family: 4 }])
  const url = peer.url.replace('127.0.0.1', 'rebinding.example.kr')
  expect(await callHttp({ method: 'GET', url, allowsPrivate: false, clock, lookUp })).toMatchObject({ end: 'not-sent', isFinal: true })
  expect(peer.asked).toEqual([])
  expect(await callHttp({ method: 'GET', url, allowsPrivate: true, clock, lookUp })).toMatchObject({ end: 'answer', status: 200 })
  expect(['8.8.8.8', '192.0.2.1', '2001:db8::1'].map(isPrivateAddress)).toEqual([false, false, false])
  expect(callableUrl('https://192.0.2.1/x', false)).toBeInstanceOf(URL)
})

// ── CAP ──
function cap(more: Partial<CapSettings> = {}) {
  const folder = temporaryFolder()
  ends.push(() => folder.remove())
  const settings: CapSettings = {
    name: 'agencies',
    folder: folder.path,
    sender: 'room@mangru.example.kr',
    status: 'Exercise',
    restriction: '관계기관',
    senderName: '종합상황실',
    radiusKm: 2,
    expiresHours: 12,
    ...more,
  }
  const make = () => createCap(settings, { clock: createHandClock(), onNews: () => undefined })
  const files = (): string[] => readdirSync(folder.path).sort()
  return { folder: folder.path, make, files, read: (name: string) => readFileSync(join(folder.path, name), 'utf8') }
}
const value = (xml: string, name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]

test('an alarm, its change and its withdrawal are an Alert, an Update and a Cancel that name their forerunners, also after a restart', async () => {
  const { make, files, read } = cap()
  const first = make()
  await first.send(message())
  await first.send(message({ alarm: { ...ALARM, revision: 2, change: 'updated', level: 0, atMs: ALARM.atMs + 60_000 } }))
  await make().send(message({ alarm: { ...ALARM, revision: 10, change: 'withdrawn', atMs: ALARM.atMs + 120_000 } }))
  expect(files()).toEqual(['room-mangru.example.kr_a-47_1.xml', 'room-mangru.example.kr_a-47_10.xml', 'room-mangru.example.kr_a-47_2.xml'])
  const [alert, cancel, update] = files().map(read)
  for (const xml of [alert, cancel, update]) expect(capFaults(xml ?? '')).toEqual([])
  expect(
    [alert, update, cancel].map(xml => [value(xml ?? '', 'msgType'), value(xml ?? '', 'severity'), value(xml ?? '', 'references')]),
  ).toEqual([
    ['Alert', 'Severe', undefined],
    ['Update', 'Extreme', 'room@mangru.example.kr,room-mangru.example.kr_a-47_1,2026-11-24T09:05:06+09:00'],
    [
      'Cancel',
      'Severe',
      'room@mangru.example.kr,room-mangru.example.kr_a-47_1,2026-11-24T09:05:06+09:00 room@mangru.example.kr,room-mangru.example.kr_a-47_2,2026-11-24T09:06:06+09:00',
    ],
  ])
  expect(alert).toContain('<circle>35.07760,128.83270 2</circle>')
  expect(alert).toContain('<description>opened without leave &lt;1&gt; &amp; "2"</description>')
})

test('a situation that is over is an Update with AllClear; what it follows is named by the message itself where no folder and no memory knows it', async () => {
  const peer = await createWebPeer()
  ends.push(() => peer.close())
  const folder = temporaryFolder()
  ends.push(() => folder.remove())
  const { make } = cap({ url: `${peer.url}/cap`, folder: join(folder.path, 'new') })
  const over = { ...ALARM, revision: 3, change: 'ended', atMs: ALARM.atMs + 60_000, earlier: [{ revision: 1, atMs: ALARM.atMs }] } as const
  expect(await make().send(message({ alarm: over }))).toMatchObject({ outcome: 'accepted' })
  const xml = peer.asked[0]?.body ?? ''
  expect(capFaults(xml)).toEqual([])
  expect(['msgType', 'responseType', 'urgency', 'sent', 'references'].map(name => value(xml, name))).toEqual([
    'Update',
    'AllClear',
    'Past',
    '2026-11-24T09:06:06+09:00',
    'room@mangru.example.kr,room-mangru.example.kr_a-47_1,2026-11-24T09:05:06+09:00',
  ])
})

test('whatever an alarm says, the message keeps the rules of the schema', () => {
  const { make } = cap()
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.integer({ min: -2, max: 9 }), (a, b, level) => {
      const channel = make()
      const { text } = channel.preview(
        message({
          text: a,
          subject: b,
          link: a,
          alarm: {
            ...ALARM,
            id: a,
            level,
            detector: b,
            why: { ko: a, en: b },
            subjects: [{ kind: a, id: a, label: b }],
            place: { lat: 91, lon: 0, label: b },
          },
        }),
      )
      expect(capFaults(text)).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test('what was never told cannot be cancelled; a message without an alarm is none; no file leaves the folder', async () => {
  const { make, files } = cap()
  const channel = make()
  expect(await channel.send(message({ alarm: { ...ALARM, change: 'ended' } }))).toMatchObject({ outcome: 'refused', isFinal: true })
  const { alarm: _none, ...bare } = message()
  expect(await channel.send(bare)).toMatchObject({ outcome: 'refused', isFinal: true })
  await channel.send(message({ alarm: { ...ALARM, id: '../../x/y' } }))
  expect(files()).toEqual(['room-mangru.example.kr_..-..-x-y_1.xml'])
})

test('posted, a refusal of the agency is told and nothing is laid down', async () => {
  const peer = await createWebPeer()
  ends.push(() => peer.close())
  const { make, files } = cap({ url: `${peer.url}/cap` })
  peer.answer = { status: 400, body: 'bad sender' }
  expect(await make().send(message())).toEqual({ outcome: 'refused', isFinal: true, reason: 'HTTP 400: bad sender' })
  expect([files(), peer.asked[0]?.headers['content-type']]).toEqual([[], 'application/cap+xml; charset=utf-8'])
})

// ── sirens ──
async function siren(pulseSeconds = 10) {
  const relay = await createModbusRelay()
  ends.push(() => relay.close())
  const clock = createHandClock()
  const news: ChannelNews[] = []
  const channel = createSiren(
    { name: 'siren', relay: { by: 'modbus', host: '127.0.0.1', port: relay.port, unit: 1, coil: 2 }, pulseSeconds },
    { clock, onNews: one => news.push(one) },
  )
  ends.push(() => channel.close())
  return { relay, clock, channel, news }
}

test('a siren is switched off at the start, on by an alarm, and off after its seconds; another alarm makes it longer', async () => {
  const { relay, clock, channel } = await siren()
  expect(await channel.send(message())).toEqual({ outcome: 'accepted', parts: 1, isDelivered: true })
  clock.move(6000)
  await channel.send(message())
  clock.move(6000)
  expect(relay.switched.map(one => one[2])).toEqual([false, true, true])
  clock.move(4000)
  await relay.until(() => relay.switched.length === 4)
  expect(relay.switched.at(-1)).toEqual([1, 2, false])
})

test('the end of the alarm, and the end of the product, switch it off', async () => {
  const { relay, channel } = await siren()
  await channel.send(message())
  await channel.send(message({ alarm: { ...ALARM, change: 'ended' } }))
  await channel.send(message())
  await channel.close()
  expect(relay.switched.map(one => one[2])).toEqual([false, true, false, true, false])
})

test.each([
  [{ exception: 2 }, 'refused', /no such coil/],
  ['garbage', 'in-doubt', /something else/],
  ['cut', 'in-doubt', /closed|ECONNRESET/],
] as const)('a relay that answers %j', async (answer, outcome, why) => {
  const { relay, channel, news } = await siren(0)
  relay.answer = answer
  expect(await channel.send(message())).toMatchObject({ outcome, reason: expect.stringMatching(why) })
  expect(news).toMatchObject([{ news: 'trouble', trouble: expect.stringMatching(why) }])
})

test('a siren by HTTP', async () => {
  const peer = await createWebPeer()
  ends.push(() => peer.close())
  const clock = createHandClock()
  const channel = createSiren(
    { name: 's', relay: { by: 'http', method: 'POST', onUrl: `${peer.url}/on`, offUrl: `${peer.url}/off` }, pulseSeconds: 5 },
    { clock, onNews: () => undefined },
  )
  await channel.send(message())
  clock.move(5000)
  await peer.until(() => peer.asked.length === 3)
  expect(peer.asked.map(one => one.path)).toEqual(['/off', '/on', '/off'])
})
