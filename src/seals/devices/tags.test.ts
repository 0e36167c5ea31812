// What a tag's number says it is on.
import { expect, test } from 'vitest'
import type { Seal } from '../schema.ts'
import { ownerOfTag } from './tags.ts'

const tag = (number: string): Seal => ({
  id: 'rfid:abcd',
  deviceId: 'abcd',
  protocol: 'rfid',
  number,
  life: 'in-stock',
  organisation: 'busan',
  reportEveryS: 60,
})

test.each([
  ['TEMU1234565', { container: 'TEMU1234565' }],
  ['temu 123456-5', { container: 'TEMU1234565' }],
  // The check digit is wrong: no container is known by it.
  ['TEMU1234566', { seal: 'rfid:abcd' }],
  ['부산81아0000', { vehicle: '부산81아0000' }],
  ['부산 81아 0000', { vehicle: '부산81아0000' }],
  ['12가3456', { vehicle: '12가3456' }],
  ['123가4567', { vehicle: '123가4567' }],
  ['KC-0028-6117', { seal: 'rfid:abcd' }],
  ['abcd', { seal: 'rfid:abcd' }],
])('%s', (number, owner) => {
  expect(ownerOfTag(tag(number))).toEqual(owner)
})

test('a tag that is not in the stock is nobody’s', () => {
  expect(ownerOfTag(undefined)).toBeUndefined()
})
