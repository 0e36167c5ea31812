// Telling end to end on a real store: an alarm, a rule, the outbox, a channel, an answer, an escalation that stops; what dead channels, doubts, storms and holes in the roster do.
import { afterEach, expect, test } from 'vitest'
import { epochMs } from '#base/index.ts'
import { findingOf, officerOf, TELLING_NOW, type TellingDesk, type TellingDeskOptions, tellingDesk } from '#testkit/telling-desk.ts'
import { escalationsOf, messagesOf } from './store.ts'

const desks: TellingDesk[] = []
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
})
const open = async (options?: TellingDeskOptions): Promise<TellingDesk> => {
  const desk = await tellingDesk(options)
  desks.push(desk)
  return desk
}
const stateOf = (desk: TellingDesk, alarm: string) => escalationsOf(desk.store, alarm).map(one => one.state)

test('a critical alarm goes by SMS to who is on duty there; the answer ‘1 10’ acknowledges it as that person and nobody else is told', async () => {
  const desk = await open()
  const alarm = await desk.raise(findingOf())
  const [first] = desk.centre().taken
  expect(first).toMatchObject({ to: '010-0000-0001', code: '10' })
  expect(first?.text).toMatch(/^\[망루 긴급\] 무단 개봉 MSKU0000003 12:00 확인 "1 10" 회신 https:\/\/room\.example\/a\/[\w-]{22}$/)
  desk.centre().hear({ news: 'reply', from: '+82 10-0000-0001', text: ' 1 10 ', atMs: desk.clock.now() })
  await desk.advance(600_000)
  expect(desk.centre().taken).toHaveLength(1)
  expect(desk.alerts().get(alarm)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'p-1' })
  expect(stateOf(desk, alarm)).toEqual(['answered'])
  expect(desk.faults).toEqual([])
})

test('nobody answers: again after a minute, then head office, and the answer of head office stops it', async () => {
  const desk = await open({ channels: [['sms', 'sms-smpp']] })
  const alarm = await desk.raise(findingOf())
  await desk.advance(61_000)
  await desk.advance(61_000)
  expect(desk.centre().taken.map(one => one.to)).toEqual(['010-0000-0001', '010-0000-0001', '010-0000-0009'])
  desk.centre().hear({ news: 'reply', from: '01000000009', text: '1', atMs: desk.clock.now() })
  await desk.advance(900_000)
  expect(desk.centre().taken).toHaveLength(3)
  expect(desk.alerts().get(alarm)?.acknowledgedBy).toBe('p-9')
})

test('acknowledged at a desk, nobody is told any more; a later answer by SMS is kept as late', async () => {
  const desk = await open()
  const alarm = await desk.raise(findingOf())
  await desk.alerts().act(alarm, { deed: 'acknowledge' }, 'p-5')
  await desk.advance(1000)
  desk.centre().hear({ news: 'reply', from: '010-0000-0001', text: '1 10', atMs: desk.clock.now() })
  await desk.advance(600_000)
  expect(desk.centre().taken).toHaveLength(1)
  const [escalation] = escalationsOf(desk.store, alarm)
  expect(escalation?.lines.map(line => [line.what, line.by])).toEqual([
    ['begun', undefined],
    ['answered', 'desk'],
    ['late-answer', 'sms'],
  ])
  expect(desk.alerts().get(alarm)?.acknowledgedBy).toBe('p-5')
})

test('nobody on duty is an alarm of its own, and the next level is told at once', async () => {
  const desk = await open()
  desk.duty.set('busan', [])
  await desk.raise(findingOf())
  expect(desk.centre().taken.map(one => one.to)).toEqual(['010-0000-0009'])
  expect(desk.found.map(({ change, finding }) => [change, finding.detector, finding.subjects])).toEqual([
    ['raised', 'nobody-on-duty', [{ kind: 'organisation', id: 'busan' }]],
  ])
  desk.duty.set('busan', [officerOf('p-2', { sms: '010-0000-0002' })])
  await desk.advance(2000)
  expect(desk.found.at(-1)?.change).toBe('ended')
})

test('an unanswered submit is in doubt: a receipt within 20 s settles it, without one the text goes again, marked', async () => {
  const desk = await open()
  desk.centre().mode = 'accept-and-forget'
  const first = await desk.raise(findingOf())
  const [message] = messagesOf(desk.store, first)
  expect(message?.state).toBe('in-doubt')
  desk.centre().hear({ news: 'receipt', id: message?.id ?? '', state: 'delivered', atMs: desk.clock.now() })
  await desk.advance(25_000)
  expect(desk.centre().taken).toHaveLength(1)
  await desk.alerts().act(first, { deed: 'acknowledge' }, 'p-1')
  const second = await desk.raise(findingOf({ id: 'other', detector: 'seal-cut', subjects: [{ kind: 'journey', id: 'J2' }] }))
  desk.centre().mode = 'accept'
  await desk.advance(19_000)
  expect(desk.centre().taken).toHaveLength(2)
  await desk.advance(2000)
  expect(desk.centre().taken[2]?.text).toMatch(/^「재전송」\[망루 긴급\] 봉인 줄 끊김/)
  expect(messagesOf(desk.store, second)[0]).toMatchObject({ state: 'accepted', isResent: true, attempts: 2 })
})

test('a dead channel is passed over at once, and its death is an alarm after ten seconds', async () => {
  const desk = await open({
    channels: [
      ['skt', 'sms-smpp'],
      ['alimtalk', 'sms-http'],
    ],
  })
  desk.centre('skt').dead = 'the line is cut'
  const alarm = await desk.raise(findingOf())
  expect(desk.centre('alimtalk').taken).toHaveLength(1)
  expect(messagesOf(desk.store, alarm)[0]?.failedOver).toMatchObject({ from: 'skt', reason: 'the line is cut' })
  await desk.advance(12_000)
  expect(desk.found.map(one => one.finding.detector)).toEqual(['channel-dead'])
  desk.centre('skt').dead = undefined
  await desk.advance(2000)
  expect(desk.found.at(-1)?.change).toBe('ended')
})

test('with every channel dead a message waits and goes as soon as one works', async () => {
  const desk = await open()
  desk.centre().dead = 'cut'
  await desk.raise(findingOf())
  await desk.advance(20_000)
  expect(desk.centre().taken).toEqual([])
  desk.centre().dead = undefined
  await desk.advance(3000)
  expect(desk.centre().taken).toHaveLength(1)
})

test('a number that cannot be is refused for good: the next level is told at once', async () => {
  const desk = await open()
  desk.centre().mode = 'refuse-for-good'
  const alarm = await desk.raise(findingOf())
  desk.centre().mode = 'accept'
  await desk.advance(2000)
  expect(messagesOf(desk.store, alarm)[0]).toMatchObject({ state: 'failed', reason: 'invalid number' })
  expect(desk.centre().taken).toHaveLength(1)
})

test('receipts come early, late and twice: a state only goes forward', async () => {
  const desk = await open()
  desk.centre().hear({ news: 'receipt', providerId: 'sms-1', state: 'delivered', atMs: TELLING_NOW + 1 })
  await desk.settle()
  const alarm = await desk.raise(findingOf())
  expect(messagesOf(desk.store, alarm)[0]).toMatchObject({ state: 'delivered', deliveredMs: TELLING_NOW + 1 })
  desk.centre().hear({ news: 'receipt', providerId: 'sms-1', state: 'read', atMs: TELLING_NOW + 9 })
  desk.centre().hear({ news: 'receipt', providerId: 'sms-1', state: 'delivered', atMs: TELLING_NOW + 10 })
  desk.centre().hear({ news: 'receipt', providerId: 'sms-1', state: 'failed', atMs: TELLING_NOW + 11 })
  await desk.settle()
  expect(messagesOf(desk.store, alarm)[0]).toMatchObject({ state: 'read', deliveredMs: TELLING_NOW + 1, readMs: TELLING_NOW + 9 })
})

test('a link acknowledges once and is found only by its hash', async () => {
  const desk = await open()
  const alarm = await desk.raise(findingOf())
  const token = desk.centre().taken[0]?.text.match(/\/a\/([\w-]{22})/)?.[1] ?? ''
  expect(desk.telling().linkState(token)).toMatchObject({ state: 'good', alarm: { id: alarm } })
  expect(desk.store.read('SELECT * FROM telling_links WHERE hash = ?', [token])).toEqual([])
  expect(JSON.stringify(messagesOf(desk.store, alarm))).not.toContain(token)
  expect(await Promise.all([desk.telling().answerLink(token), desk.telling().answerLink(token)])).toEqual(['good', 'used'])
  expect(desk.alerts().get(alarm)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'p-1' })
  expect(await desk.telling().answerLink('x'.repeat(22))).toBe('unknown')
})

test('old reports (live: false) and alarms withdrawn or over are told to nobody', async () => {
  const desk = await open()
  await desk.raise(findingOf({ live: false }))
  const alarm = await desk.raise(findingOf({ id: 'b', severity: 'high', subjects: [{ kind: 'journey', id: 'J3' }] }))
  expect(desk.centre().taken).toHaveLength(1)
  await desk.raise(findingOf({ id: 'b', severity: 'high', subjects: [{ kind: 'journey', id: 'J3' }], to: epochMs(TELLING_NOW + 5) }))
  await desk.advance(600_000)
  expect(desk.centre().taken.map(one => one.text.slice(0, 11))).toEqual(['[망루 경고] 무단 ', '[망루 상황 종료] '])
  expect(stateOf(desk, alarm)).toEqual(['stopped'])
})

test('a storm of a hundred high alarms is at most ten messages in ten minutes, one of which counts; three critical ones come at once', async () => {
  const desk = await open()
  for (let n = 0; n < 100; n++) await desk.raise(findingOf({ id: `h${n}`, severity: 'high', subjects: [{ kind: 'journey', id: `H${n}` }] }))
  const before = desk.centre().taken.length
  for (let n = 0; n < 3; n++) await desk.raise(findingOf({ id: `c${n}`, subjects: [{ kind: 'journey', id: `C${n}` }] }))
  expect(desk.centre().taken.length - before).toBe(3)
  await desk.advance(59_000)
  const mine = desk.centre().taken.filter(one => one.to === '010-0000-0001')
  expect(mine.length).toBeLessThanOrEqual(10)
  expect(mine.filter(one => one.text.includes('95건이 더'))).toHaveLength(1)
})

test('two situations open, a bare ‘1’ is ambiguous and kept; unknown numbers and words are kept too', async () => {
  const desk = await open()
  await desk.raise(findingOf())
  await desk.raise(findingOf({ id: 'b', subjects: [{ kind: 'journey', id: 'J2' }] }))
  for (const [from, text] of [
    ['010-0000-0001', '1'],
    ['010-0000-0001', '가고 있습니다'],
    ['010-0000-7777', '1 10'],
  ] as const)
    desk.centre().hear({ news: 'reply', from, text, atMs: desk.clock.now() })
  await desk.settle()
  expect(desk.store.read('SELECT body, outcome FROM telling_replies ORDER BY outcome')).toEqual([
    { body: '1', outcome: 'ambiguous' },
    { body: '1 10', outcome: 'unknown-number' },
    { body: '가고 있습니다', outcome: 'unknown-text' },
  ])
})
