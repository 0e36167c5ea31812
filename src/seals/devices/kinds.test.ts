// A gate's address as the feed desk reads it.
import { expect, test } from 'vitest'
import { SEAL_KINDS } from './kinds.ts'

const gate = SEAL_KINDS.find(one => one.name === 'llrp')!

test('a reader is called by llrp://, at LLRP’s port', () => {
  expect(gate).toMatchObject({ schemePort: 5084, options: ['gate', 'lat', 'lon', 'in', 'out', 'rssi', 'again', 'join'] })
})

test('a gate without a place is refused before it is added', () => {
  expect(gate.faultOf?.({ name: 'gate-3' })?.en).toContain('the place of the gate is missing')
  expect(gate.faultOf?.({ name: 'gate-3', lat: '35', lon: '129' })).toBeUndefined()
})
