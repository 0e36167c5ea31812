// A list of seals is judged line by line: what is new, what cannot be taken and why.
import { expect, test } from 'vitest'
import type { Seal } from './schema.ts'
import { type StockOptions, stockLines } from './stock.ts'

const known: Seal = {
  id: 'jt808:1',
  deviceId: '1',
  protocol: 'jt808',
  number: 'KC-1',
  maker: 'G',
  life: 'issued',
  organisation: 'busan',
  reportEveryS: 30,
}
const options: StockOptions = {
  seal: id => [known, { ...known, id: 'jt808:2', organisation: 'incheon' }].find(one => one.id === id),
  journeyOf: () => undefined,
  isOrganisation: id => ['busan', 'incheon'].includes(id),
  covers: id => id === 'busan',
  organisation: 'busan',
}
const input = { protocol: 'jt808', deviceId: '9', number: 'KC-9' }

test('a new seal begins in the stock of whoever brings it; a known one keeps what is not said', () => {
  expect(stockLines([input, { ...input, deviceId: '1', number: 'KC-1a' }], options)).toEqual([
    { n: 1, isNew: true, seal: { ...input, id: 'jt808:9', life: 'in-stock', organisation: 'busan', reportEveryS: 60 } },
    { n: 2, isNew: false, seal: { ...known, number: 'KC-1a' } },
  ])
})

test.each<[string, object, Partial<StockOptions>, string]>([
  ['a protocol nobody speaks', { protocol: 'morse' }, {}, 'no-protocol'],
  ['an office that is not there', { organisation: 'atlantis' }, {}, 'no-organisation'],
  ['another office', { organisation: 'incheon' }, {}, 'not-yours'],
  ['a seal that another office has, taken by naming it one’s own', { deviceId: '2', organisation: 'busan' }, {}, 'not-yours'],
  ['a seal on its journey, retired', { deviceId: '1', life: 'retired' }, { journeyOf: () => 'J1' }, 'on-a-journey'],
])('%s is refused', (_what, change, more, code) =>
  expect(stockLines([{ ...input, ...change }], { ...options, ...more })[0]?.fault?.code).toBe(code),
)

test('a seal on its journey may be lost; one that is there twice is told at its second line', () => {
  const lost: object = { deviceId: '1', life: 'lost' }
  expect(stockLines([{ ...input, ...lost }], { ...options, journeyOf: () => 'J1' })[0]).not.toHaveProperty('fault')
  expect(stockLines([input, input], options).map(one => one.fault?.code)).toEqual([undefined, 'twice'])
})
