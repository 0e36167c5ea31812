// Against a message centre in this process, over sockets; time is moved by hand.
import { afterEach, expect, test } from 'vitest'
import { createHandClock } from '#testkit/hand-clock.ts'
import { createMessageCentre } from '#testkit/message-centre.ts'
import type { ChannelMessage, ChannelNews, SendOutcome } from './channel.ts'
import { createSmsSmpp, type SmsSmppSettings } from './sms-smpp.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const PHONE = '+44 7700 900123'
const DIALLED = '447700900123'
const message = (id: string, text = '무단개항 TEST', to = PHONE): ChannelMessage => ({ id, attempt: 1, to, text })

async function open(more: Partial<SmsSmppSettings> = {}) {
  const centre = await createMessageCentre()
  const clock = createHandClock()
  const news: ChannelNews[] = []
  const waiting: { holds: () => boolean; done: () => void }[] = []
  const channel = createSmsSmpp(
    {
      name: 'operator',
      host: '127.0.0.1',
      port: centre.port,
      systemId: 'mangru',
      password: 'x',
      sender: '1588',
      numberForm: 'international',
      perSecond: 1000,
      ...more,
    },
    {
      clock,
      onNews(one) {
        news.push(one)
        for (const one of waiting.splice(0)) one.holds() ? one.done() : waiting.push(one)
      },
    },
  )
  const until = (holds: () => boolean): Promise<void> => (holds() ? Promise.resolve() : new Promise(done => waiting.push({ holds, done })))
  const up = (): Promise<void> => until(() => channel.trouble() === undefined)
  ends.push(
    () => centre.close(),
    () => channel.close(),
  )
  const receipts = () => news.filter(one => one.news === 'receipt')
  return { centre, clock, channel, news, receipts, until, up }
}

test('a text goes out once, in parts that the centre puts together, and says what it costs', async () => {
  const { centre, channel, up } = await open({ wonPerPart: 9 })
  await up()
  const text =
    '【무단개항】 부산항 신선대 게이트 앞, 컨테이너 CSQU3054383, 차량 부산00가0000, 담당 종합상황실. 확인하시면 1 47 로 답장하여 주십시오. 지도: https://example.kr/a/0000000000'
  expect(await channel.send(message('m1', text))).toEqual({ outcome: 'accepted', providerId: '1000000', parts: 2, costWon: 18 })
  expect(centre.texts()).toEqual([{ to: DIALLED, text }])
  expect(centre.got.map(one => [one.from, one.dataCoding, one.esmClass, one.part?.slice(1)])).toEqual([
    ['1588', 8, 0x40, [2, 1]],
    ['1588', 8, 0x40, [2, 2]],
  ])
  expect(channel.preview(message('m1', text))).toEqual({ text, parts: 2, length: text.length, encoding: 'ucs-2', costWon: 18 })
})

test('by EUC-KR where the operator wants it, under its own data_coding', async () => {
  const { centre, channel, up } = await open({ encoding: 'euc-kr', dataCoding: 0x84 })
  await up()
  await channel.send(message('m1', '무단개항'))
  expect(centre.got[0]?.dataCoding).toBe(0x84)
  expect(Buffer.from(centre.got[0]?.text ?? '').toString('hex')).toBe('b9abb4dcb0b3c7d7')
})

test.each([
  ['decimal', 'decimal', 'after'],
  ['hex', 'decimal', 'after'],
  ['decimal', 'hex', 'after'],
  ['hex', 'hex', 'before'],
  ['hex', 'decimal', 'before'],
  ['decimal', 'tlv', 'after'],
  ['hex', 'tlv', 'before'],
  ['decimal', 'padded', 'after'],
] as const)(
  'numbers given in %s and receipts in %s, %s the answer: each receipt finds its message',
  async (answerIds, receiptIds, receipts) => {
    const { centre, channel, up, until, receipts: told } = await open()
    Object.assign(centre, { answerIds, receiptIds, receipts })
    await up()
    const outcomes = await Promise.all(['a', 'b', 'c'].map(id => channel.send(message(id, id))))
    expect(outcomes.map(one => one.outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    await until(() => told().length === 3)
    expect(
      told()
        .map(one => [one.id, one.state])
        .sort(),
    ).toEqual([
      ['a', 'delivered'],
      ['b', 'delivered'],
      ['c', 'delivered'],
    ])
  },
)

test('a text of two parts is delivered when both are, once, however often the operator says so; late ones change nothing', async () => {
  const { centre, channel, up, until, receipts } = await open()
  centre.receiptCopies = 3
  await up()
  await channel.send(message('long', '가'.repeat(80)))
  const [first, second] = centre.got
  if (!first || !second) throw new Error('two parts were expected')
  centre.receipt(first)
  centre.reply(DIALLED, '1 47')
  await until(() => channel.figures().receipts === 3)
  expect(receipts()).toEqual([])
  centre.receipt(second)
  await until(() => receipts().length === 1)
  centre.receipt(second, 'UNDELIV')
  centre.reply(DIALLED, 'last')
  await until(() => channel.figures().receipts === 9)
  expect(receipts().map(one => [one.id, one.state])).toEqual([['long', 'delivered']])
  expect(channel.figures().duplicateReceipts).toBe(7)
})

test.each(['UNDELIV', 'EXPIRED', 'REJECTD', 'DELETED'])('%s is told as failed, with its error', async state => {
  const { centre, channel, up, until, receipts } = await open()
  Object.assign(centre, { receipts: 'after', receiptState: state })
  await up()
  await channel.send(message('m', 'x'))
  await until(() => receipts().length === 1)
  expect(receipts()[0]).toMatchObject({ id: 'm', state: 'failed', reason: `${state} err 027` })
})

test('a receipt nobody waits for is told with its number; one that is under way is not', async () => {
  const { centre, up, until, news, channel } = await open()
  await up()
  centre.rawReceipt({ source_addr: DIALLED, esm_class: 4, short_message: Buffer.from('id:77 sub:001 stat:ENROUTE err:000 text:') })
  centre.rawReceipt({ source_addr: DIALLED, esm_class: 4, short_message: Buffer.from('id:AB_c@77 sub:001 stat:DELIVRD err:000 text:') })
  centre.rawReceipt({ source_addr: DIALLED, esm_class: 4, short_message: Buffer.from('\x00\xff no receipt at all', 'latin1') })
  centre.rawReceipt({ source_addr: DIALLED, esm_class: 4 })
  centre.reply(DIALLED, '네 1 47')
  await until(() => news.some(one => one.news === 'reply'))
  expect(news.filter(one => one.news !== 'trouble')).toEqual([
    { news: 'receipt', providerId: 'AB_c@77', state: 'delivered', atMs: expect.any(Number) },
    { news: 'reply', from: DIALLED, text: '네 1 47', atMs: expect.any(Number) },
  ])
  expect(channel.figures().unknownReceipts).toBe(1)
})

test('an operator that throttles gets the text again after a pause, longer each time, and all arrive once', async () => {
  const { centre, clock, channel, up } = await open({ window: 4 })
  await up()
  centre.answer = { status: 0x58 }
  const sent = Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(id => channel.send(message(id, id))))
  await centre.until(() => centre.asked() === 4)
  await turns(() => channel.figures().throttled === 4)
  clock.move(499)
  await centre.roundTrip()
  expect(centre.asked()).toBe(4)
  clock.move(1)
  await centre.until(() => centre.asked() === 8)
  await turns(() => channel.figures().throttled === 8)
  centre.answer = 'take'
  clock.move(999)
  await centre.roundTrip()
  expect(centre.asked()).toBe(8)
  clock.move(1)
  expect((await sent).map(one => one.outcome)).toEqual(Array.from({ length: 6 }, () => 'accepted'))
  expect(centre.got.map(one => one.text).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test('an operator that only throttles: whoever waits is told to look for another way', async () => {
  const { centre, clock, channel, up } = await open()
  await up()
  centre.answer = { status: 0x58 }
  let outcome: SendOutcome | undefined
  const sent = channel.send(message('a')).then(one => {
    outcome = one
  })
  for (let n = 0; n < 20 && !outcome; n++) {
    const before = channel.figures().throttled
    await turns(() => channel.figures().throttled > before || outcome !== undefined)
    clock.move(8000)
  }
  await sent
  expect(outcome).toEqual({ outcome: 'refused', reason: expect.stringContaining('ESME_RTHROTTLED'), isFinal: false })
})

test.each([
  [0x0b, true, /no such number/],
  [0x0a, true, /sender/],
  [0x08, false, /fault/],
  [0x45, false, /could not take/],
  [0x999, false, /0x00000999/],
])('a refusal with status %d: final %s', async (status, isFinal, reason) => {
  const { centre, channel, up } = await open()
  await up()
  centre.answer = { status }
  expect(await channel.send(message('a', '가'.repeat(200)))).toEqual({ outcome: 'refused', reason: expect.stringMatching(reason), isFinal })
})

test('no more than the window are on their way, and no more a second than agreed', async () => {
  const { centre, clock, channel, up } = await open({ window: 3, perSecond: 10 })
  await up()
  centre.answer = 'hold'
  const sent = Array.from({ length: 5 }, (_, n) => channel.send(message(`${n}`, `${n}`)))
  await centre.until(() => centre.asked() === 1)
  for (const asked of [2, 3]) {
    clock.move(100)
    await centre.until(() => centre.asked() === asked)
  }
  clock.move(1000)
  await centre.roundTrip()
  expect(centre.asked()).toBe(3)
  centre.answer = 'take'
  centre.release()
  for (let n = 0; n < 5; n++) {
    await turns(() => channel.figures().taken >= Math.min(5, 3 + n))
    clock.move(100)
  }
  expect((await Promise.all(sent)).every(one => one.outcome === 'accepted')).toBe(true)
})

test('an operator that takes and forgets: in doubt after the time, not sent again; the receipt that comes later ends the doubt by our id', async () => {
  const { centre, clock, channel, up, until, receipts } = await open({ answerMs: 5000 })
  await up()
  centre.answer = 'forget'
  const sent = channel.send(message('a', 'one'))
  await centre.until(() => centre.asked() === 1)
  clock.move(5000)
  expect(await sent).toEqual({ outcome: 'in-doubt', reason: 'handed over, no answer within 5 s' })
  clock.move(20_000)
  await centre.roundTrip()
  expect(centre.asked()).toBe(1)
  if (centre.got[0]) centre.receipt(centre.got[0])
  await until(() => receipts().length === 1)
  expect(receipts()[0]).toMatchObject({ id: 'a', providerId: '1000000', state: 'delivered' })
})

test('two in doubt to one phone: a receipt names one only where the operator gives our number back', async () => {
  const { centre, clock, channel, up, until, receipts } = await open({ answerMs: 5000 })
  await up()
  centre.answer = 'forget'
  const sent = [channel.send(message('a', 'one')), channel.send(message('b', 'two'))]
  await centre.until(() => centre.asked() === 2)
  clock.move(5000)
  expect((await Promise.all(sent)).map(one => one.outcome)).toEqual(['in-doubt', 'in-doubt'])
  const [first, second] = centre.got
  if (!first || !second) throw new Error('two were expected')
  centre.receipt(first)
  await until(() => receipts().length === 1)
  expect(receipts()[0]?.id).toBeUndefined()
  expect(receipts()[0]?.providerId).toBe('1000000')
  centre.giveBackReference = true
  centre.receipt(second)
  await until(() => receipts().length === 2)
  expect(receipts()[1]).toMatchObject({ id: 'b', state: 'delivered' })
})

test('an answer that comes too late says that it was taken, and its receipt is found', async () => {
  const { centre, clock, channel, up, until, receipts } = await open({ answerMs: 5000 })
  await up()
  Object.assign(centre, { answer: 'hold', receipts: 'after' })
  const sent = channel.send(message('a'))
  await centre.until(() => centre.asked() === 1)
  clock.move(5000)
  expect((await sent).outcome).toBe('in-doubt')
  centre.release()
  await until(() => receipts().length === 2)
  expect(receipts().map(one => [one.id, one.state])).toEqual([
    ['a', 'accepted'],
    ['a', 'delivered'],
  ])
})

test('a cut line: what was handed over is in doubt, what waits is surely not sent; it comes back by itself, with longer pauses', async () => {
  const { centre, clock, channel, up, until, news } = await open({ window: 1 })
  await up()
  centre.answer = 'forget'
  const sent = [channel.send(message('a')), channel.send(message('b'))]
  await centre.until(() => centre.asked() === 1)
  centre.cut()
  const [a, b] = await Promise.all(sent)
  expect(a).toEqual({ outcome: 'in-doubt', reason: expect.stringMatching(/^handed over, then 127/) })
  expect(b).toEqual({ outcome: 'refused', reason: expect.stringMatching(/127\.0\.0\.1/), isFinal: false })
  expect(await channel.send(message('c'))).toMatchObject({ outcome: 'refused', isFinal: false })
  expect(news.at(-1)).toMatchObject({ news: 'trouble', trouble: channel.trouble() })
  centre.answer = 'take'
  clock.move(1000)
  await until(() => channel.trouble() === undefined)
  expect((await channel.send(message('c'))).outcome).toBe('accepted')
  expect(centre.binds()).toBe(2)
})

test('a bind that is refused says why and what to do, and is tried again', async () => {
  const { centre, clock, channel, until } = await open()
  centre.bindStatus = 14
  await until(() => /wrong password/.test(channel.trouble() ?? ''))
  expect(await channel.send(message('a'))).toMatchObject({
    outcome: 'refused',
    reason: expect.stringMatching(/wrong password/),
    isFinal: false,
  })
  centre.bindStatus = 0
  clock.move(1000)
  await until(() => channel.trouble() === undefined)
})

test('a line that answers no enquiry is cut and bound again', async () => {
  const { centre, clock, channel, up, until } = await open()
  await up()
  clock.move(30_000)
  await centre.until(() => centre.enquiries() === 1)
  await centre.roundTrip()
  centre.answersEnquiry = false
  clock.move(30_000)
  await centre.until(() => centre.enquiries() === 2)
  clock.move(10_000)
  await until(() => /enquire_link/.test(channel.trouble() ?? ''))
  centre.answersEnquiry = true
  clock.move(1000)
  await until(() => channel.trouble() === undefined)
  expect(centre.binds()).toBe(2)
})

test.each([
  ['an absurd length', Buffer.from('7fffffff0000000400000000000000ff', 'hex')],
  ['a length that is no packet', Buffer.from('0000000500000004', 'hex')],
  ['letters', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
])('%s on the line: it is cut and bound again, nothing throws', async (_what, bytes) => {
  const { centre, clock, channel, up, until } = await open()
  await up()
  centre.garbage(bytes)
  await until(() => channel.trouble() !== undefined)
  clock.move(1000)
  await until(() => channel.trouble() === undefined)
  expect((await channel.send(message('a'))).outcome).toBe('accepted')
})

test('commands of no meaning and answers to nothing are answered or passed over', async () => {
  const { centre, channel, up } = await open()
  await up()
  centre.garbage(Buffer.from('000000100000fade0000000000000001', 'hex'))
  centre.garbage(Buffer.from('00000010800000040000000000aaaaaa', 'hex'))
  expect((await channel.send(message('a'))).outcome).toBe('accepted')
  expect(centre.binds()).toBe(1)
})

test('an operator that ends the session in order is bound again', async () => {
  const { centre, clock, channel, up, until } = await open()
  await up()
  centre.unbind()
  await until(() => channel.trouble() !== undefined)
  clock.move(1000)
  await until(() => channel.trouble() === undefined)
})

test.each([
  ['a demo number', message('a', 'x', '010-0000-0000'), /demonstration/],
  ['two numbers', message('a', 'x', '010-0000-0000,010-0000-0001'), /no telephone number/],
  ['a text far too long', message('a', '가'.repeat(2000)), /takes 30 messages, 10 are allowed/],
])('%s never leaves', async (_what, one, reason) => {
  const { centre, channel, up } = await open()
  await up()
  expect(await channel.send(one)).toEqual({ outcome: 'refused', reason: expect.stringMatching(reason), isFinal: true })
  expect(centre.asked()).toBe(0)
})

/** Lets sockets have their turn until it is so. */
async function turns(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(done => setTimeout(done, 1))
}
