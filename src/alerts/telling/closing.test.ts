// The end of what was told: the same people once, by text alone, not in the night; the same machines at once; storms, restarts and flickering included.
import { afterEach, expect, test } from 'vitest'
import { epochMs } from '#base/index.ts'
import { findingOf, TELLING_NOW, type TellingDesk, type TellingDeskOptions, tellingDesk } from '#testkit/telling-desk.ts'
import type { TellingRules } from '../schema.ts'
import { DEFAULT_RULES } from './default-rules.ts'
import { again } from './message.ts'
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
const HIGH = { severity: 'high' } as const
const over = (desk: TellingDesk, more: Parameters<typeof findingOf>[0] = {}) =>
  desk.raise(findingOf({ ...more, to: epochMs(desk.clock.now()) }))
const texts = (desk: TellingDesk, name = 'sms') => desk.centre(name).taken.map(one => one.text.replace(/https:\S+/, '…'))
const NIGHT = Date.UTC(2026, 10, 24, 13, 30)

test('who was told of a situation is told once that it is over, a minute later', async () => {
  const desk = await open()
  const alarm = await desk.raise(findingOf(HIGH))
  await desk.advance(30_000)
  await over(desk, HIGH)
  await desk.advance(59_000)
  expect(texts(desk)).toEqual(['[망루 경고] 무단 개봉 MSKU0000003 12:00 확인 "1 10" 회신 …'])
  await desk.advance(3000)
  expect(desk.centre().taken[1]).toMatchObject({ to: '010-0000-0001', text: '[망루 상황 종료] 12:00 무단 개봉 MSKU0000003' })
  await desk.restart()
  await desk.advance(600_000)
  expect(desk.centre().taken).toHaveLength(2)
  expect(messagesOf(desk.store, alarm).map(one => [one.kind, one.state])).toEqual([
    ['alarm', 'accepted'],
    ['closing', 'accepted'],
  ])
  expect(desk.faults).toEqual([])
})

test('a false alarm is taken back, and whoever closed it is not told what they did', async () => {
  const desk = await open({ channels: [['sms', 'sms-smpp']] })
  const alarm = await desk.raise(findingOf())
  await desk.advance(61_000)
  await desk.advance(61_000)
  await desk.alerts().act(alarm, { deed: 'resolve', outcome: 'false-alarm', note: '' }, 'p-9')
  await desk.advance(62_000)
  expect(
    desk
      .centre()
      .taken.slice(3)
      .map(one => [one.to, one.text]),
  ).toEqual([['010-0000-0001', '[망루 경보 취소] 12:00 무단 개봉 MSKU0000003']])
})

test('a critical alarm that nobody has answered goes on being told though it is over; its end is told after the answer', async () => {
  const desk = await open()
  await desk.raise(findingOf())
  await over(desk)
  await desk.advance(125_000)
  expect(texts(desk).filter(one => one.includes('종료'))).toEqual([])
  expect(desk.centre().taken.length).toBeGreaterThan(1)
  desk.centre().hear({ news: 'reply', from: '010-0000-0001', text: '1', atMs: desk.clock.now() })
  await desk.advance(3000)
  expect(
    desk
      .centre()
      .taken.filter(one => one.text.includes('종료'))
      .map(one => one.to),
  ).toEqual(['010-0000-0001', '010-0000-0009'])
})

test('in the night nobody is woken to hear it: it waits until seven; a critical one does not', async () => {
  const desk = await open()
  await desk.advance(NIGHT - TELLING_NOW)
  await desk.raise(findingOf({ ...HIGH, from: epochMs(NIGHT) }))
  await over(desk, { ...HIGH, from: epochMs(NIGHT) })
  await desk.advance(300_000)
  const subjects = [{ kind: 'journey', id: 'J2' }] as const
  const critical = await desk.raise(findingOf({ id: 'c', subjects, from: epochMs(NIGHT) }))
  await desk.alerts().act(critical, { deed: 'resolve', outcome: 'handled', note: '' }, 'p-5')
  await desk.advance(70_000)
  expect(texts(desk).filter(one => one.includes('종료'))).toHaveLength(1)
  await desk.advance(8.5 * 3_600_000)
  expect(texts(desk).filter(one => one.includes('종료'))).toHaveLength(2)
  expect(desk.centre().taken.at(-1)?.atMs).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 24, 22))
})

test('switched off, people hear nothing and machines do', async () => {
  const rules: TellingRules = {
    ...DEFAULT_RULES,
    closing: { isOn: false },
    chains: [
      {
        id: 'high',
        ko: '-',
        en: '-',
        steps: [
          {
            step: 'tell',
            whom: [
              { who: 'on-duty', of: 'place' },
              { who: 'channel', channel: 'hook' },
            ],
            by: ['sms'],
          },
        ],
      },
    ],
    rules: [{ id: 'all', ko: '-', en: '-', isOn: true, chain: 'high' }],
  }
  const desk = await open({
    rules,
    channels: [
      ['sms', 'sms-smpp'],
      ['hook', 'webhook'],
    ],
  })
  await desk.raise(findingOf(HIGH))
  await over(desk, HIGH)
  await desk.advance(120_000)
  expect(desk.centre().taken).toHaveLength(1)
  expect(desk.centre('hook').taken.map(one => one.alarm?.change)).toEqual(['raised', 'ended'])
})

const MACHINES: TellingRules = {
  ...DEFAULT_RULES,
  chains: [
    {
      id: 'machines',
      ko: '-',
      en: '-',
      steps: [{ step: 'tell', whom: ['hook', 'cap', 'siren'].map(channel => ({ who: 'channel', channel }) as const), by: [] }],
    },
  ],
  rules: [{ id: 'all', ko: '-', en: '-', isOn: true, chain: 'machines' }],
}

test('machines are told at once, with what they were told before; a situation that goes on is said to, a siren stays off', async () => {
  const channels = [
    ['hook', 'webhook'],
    ['cap', 'cap'],
    ['siren', 'siren'],
  ] as const
  const desk = await open({ rules: MACHINES, channels })
  const alarm = await desk.raise(findingOf(HIGH))
  await over(desk, HIGH)
  await desk.advance(2000)
  const [raised, ended] = desk.centre('cap').taken.map(one => one.alarm)
  expect([raised?.change, ended?.change]).toEqual(['raised', 'ended'])
  expect(ended?.earlier).toEqual([{ revision: raised?.revision, atMs: TELLING_NOW }])
  expect(ended?.revision).toBeGreaterThan(raised?.revision ?? 0)
  const back = findingOf({ ...HIGH, id: 'again', from: epochMs(desk.clock.now()) })
  const first = findingOf({ ...HIGH, to: epochMs(TELLING_NOW + 1) })
  await desk.raise(first, back)
  await desk.advance(2000)
  await desk.alerts().act(alarm, { deed: 'resolve', outcome: 'false-alarm', note: '' }, 'p-5')
  await desk.advance(2000)
  const changes = (name: string) => desk.centre(name).taken.map(one => one.alarm?.change)
  expect(changes('hook')).toEqual(['raised', 'ended', 'updated', 'withdrawn'])
  expect(changes('cap')).toEqual(['raised', 'ended', 'updated', 'withdrawn'])
  expect(changes('siren')).toEqual(['raised', 'ended', 'withdrawn'])
  expect(desk.centre('cap').taken.at(-1)?.alarm?.earlier).toHaveLength(3)
})

test('a machine that has not been told yet is told first that it began', async () => {
  const desk = await open({ rules: MACHINES, channels: [['hook', 'webhook']] })
  desk.centre('hook').mode = 'refuse'
  await desk.raise(findingOf(HIGH))
  await over(desk, HIGH)
  await desk.advance(3000)
  desk.centre('hook').mode = 'accept'
  await desk.advance(60_000)
  expect(desk.centre('hook').taken.map(one => one.alarm?.change)).toEqual(['raised', 'ended'])
})

test('a situation that flickers within a minute tells people nothing', async () => {
  const desk = await open()
  await desk.raise(findingOf(HIGH))
  await over(desk, HIGH)
  await desk.advance(30_000)
  await desk.raise(
    findingOf({ ...HIGH, to: epochMs(TELLING_NOW + 1) }),
    findingOf({ ...HIGH, id: 'again', from: epochMs(desk.clock.now()) }),
  )
  await desk.advance(90_000)
  expect(texts(desk).filter(one => /종료|재개/.test(one))).toEqual([])
})

test('a storm that ends stays within ten messages in ten minutes: the ends are counted, once', async () => {
  const desk = await open()
  const subjects = (n: number) => [{ kind: 'journey', id: `H${n}` }] as const
  for (let n = 0; n < 40; n++) await desk.raise(findingOf({ ...HIGH, id: `h${n}`, subjects: subjects(n) }))
  for (let n = 0; n < 40; n++) await over(desk, { ...HIGH, id: `h${n}`, subjects: subjects(n) })
  await desk.advance(599_000)
  const mine = desk.centre().taken.filter(one => one.to === '010-0000-0001')
  expect(mine.length).toBeLessThanOrEqual(10)
  expect(mine.filter(one => one.text.includes('35건이 더 있습니다'))).toHaveLength(1)
  expect(mine.filter(one => one.text.includes('5건이 더 끝나거나'))).toHaveLength(1)
})

test('a dead letter that is sent again goes by its first way and is kept with who did it', async () => {
  const desk = await open({ rules: MACHINES, channels: [['hook', 'webhook']] })
  desk.centre('hook').mode = 'refuse-for-good'
  const alarm = await desk.raise(findingOf(HIGH))
  await desk.advance(2000)
  const [dead] = messagesOf(desk.store, alarm)
  expect(dead).toMatchObject({ state: 'failed', reason: 'invalid number' })
  desk.centre('hook').mode = 'accept'
  await desk.telling().outbox.change(dead?.id ?? '', one => again(one, desk.clock.now()))
  await desk.advance(2000)
  expect(messagesOf(desk.store, alarm)).toMatchObject([{ state: 'accepted', attempts: 2 }])
  const [done] = messagesOf(desk.store, alarm)
  expect(done && again(done, 1)).toBe(done)
})

test.each(['sms-http', 'sms-smpp'] as const)(
  'by %s, killed around each durable write of an end: it is told once, and where nobody could know it stands in doubt instead of coming twice',
  async kind => {
    const evening = async (kill?: readonly [write: number, moment: 'before' | 'after']) => {
      const desk = await open({ channels: [['sms', kind]] })
      const alarm = await desk.raise(findingOf(HIGH))
      await desk.advance(1000)
      const from = desk.writes()
      if (kill) desk.killAtWrite(...kill)
      const again = async (): Promise<void> => {
        if (!desk.isKilled()) return
        await desk.restart()
        // What the store had not kept comes again from the ledger.
        await over(desk, HIGH)
      }
      await over(desk, HIGH)
      await again()
      for (let second = 0; second < 100; second += 5) {
        await desk.advance(5000)
        await again()
      }
      const ends = desk.centre().taken.filter(one => one.text.includes('상황 종료'))
      const states = messagesOf(desk.store, alarm)
        .filter(one => one.kind === 'closing')
        .map(one => one.state)
      return { ends: ends.length, states, writes: desk.writes() - (kill ? 0 : from) }
    }
    const whole = await evening()
    expect([whole.ends, whole.states]).toEqual([1, ['accepted']])
    expect(whole.writes).toBeGreaterThanOrEqual(4)
    for (let write = 1; write < whole.writes; write++)
      for (const moment of ['before', 'after'] as const) {
        const { ends, states } = await evening([write, moment])
        const about = `${kind} killed ${moment} write ${write}`
        expect(states, about).toHaveLength(1)
        if (kind === 'sms-http') expect([ends, states], about).toEqual([1, ['accepted']])
        else if (states[0] === 'in-doubt') expect(ends, about).toBeLessThanOrEqual(1)
        else expect([ends, states], about).toEqual([1, ['accepted']])
      }
  },
)

test('ended while the product was down, it is told after the start', async () => {
  const desk = await open()
  const alarm = await desk.raise(findingOf(HIGH))
  await desk.advance(1000)
  // The alarm is kept as ended; the telling of it is not.
  desk.killAtWrite(1, 'after')
  await over(desk, HIGH)
  await desk.restart()
  await desk.advance(65_000)
  expect(texts(desk).filter(one => one.includes('종료'))).toHaveLength(1)
  expect(escalationsOf(desk.store, alarm).at(-1)?.closing).toMatchObject({ is: 'ended', people: 'ended', isDue: false })
})
