// What is the matter with a device, and the order of the stock.
import { expect, test } from 'vitest'
import { type SealView, seal } from './model.ts'
import { illsOf, orderedStock, siftedStock } from './stock-order.ts'

const NOW = Date.UTC(2026, 10, 24)
const of = (more: object): SealView =>
  seal({
    id: 'jt808:1',
    deviceId: '0139',
    number: 'KC-0001',
    protocol: 'jt808',
    life: 'armed',
    organisation: 'busan',
    reportEveryS: 60,
    isConnected: true,
    lastAt: new Date(NOW - 30_000).toISOString(),
    batteryPercent: 80,
    ...more,
  })

test.each<[string, object, readonly string[]]>([
  ['a good one', {}, []],
  ['19 %', { batteryPercent: 19 }, ['battery']],
  ['silent for eleven minutes', { lastAt: new Date(NOW - 660_000).toISOString() }, ['silent']],
  [
    'silent, but asked every hour only',
    { lastAt: new Date(NOW - 660_000).toISOString(), reportEveryS: 3600, isConnected: false },
    ['line'],
  ],
  ['never heard at work', { lastAt: undefined }, ['silent']],
  ['never heard on the shelf', { lastAt: undefined, life: 'in-stock' }, []],
  ['a clock two minutes off and an old battery', { lagMs: -120_000, batteryPercent: 5 }, ['battery', 'clock']],
])('%s', (_what, change, ills) => expect(illsOf(of(change), NOW)).toEqual(ills))

test('the stock is found by numbers however written, narrowed to what is ill, ordered with the unknown last', () => {
  const seals = [
    of({}),
    of({ id: 'b', number: 'KC-0002', batteryPercent: 9 }),
    of({ id: 'c', number: 'KC-0003', batteryPercent: undefined }),
  ]
  expect(siftedStock(seals, { words: 'kc 0002' }, NOW).map(one => one.id)).toEqual(['b'])
  expect(siftedStock(seals, { words: '', isIll: true }, NOW).map(one => one.id)).toEqual(['b'])
  expect(orderedStock(seals, { by: 'battery', isDown: false }, id => id, NOW).map(one => one.number)).toEqual([
    'KC-0002',
    'KC-0001',
    'KC-0003',
  ])
  expect(orderedStock(seals, { by: 'ills', isDown: false }, id => id, NOW)[0]?.number).toBe('KC-0002')
})
