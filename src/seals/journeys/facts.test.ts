import { expect, test } from 'vitest'
import type { HeardReport } from '../pass-contract.ts'
import { onceEach } from './facts.ts'

const report = (change: Partial<HeardReport>): HeardReport => ({
  seal: 'json:K-7',
  atMs: 1_000_000,
  receivedAtMs: 1_000_500,
  events: [],
  mark: 1,
  lat: 35.1,
  lon: 128.9,
  locked: true,
  ...change,
})

test('a report that was sent again is one, whenever it came; another of the same moment is another', () => {
  const first = report({})
  const again = report({ receivedAtMs: 1_060_000, mark: 2 })
  const ofWrongClock = report({ atMs: 1, receivedAtMs: 1_100_000_000 })
  expect(onceEach([ofWrongClock, { ...ofWrongClock, receivedAtMs: 1_100_060_000 }])).toEqual([ofWrongClock])
  const others = [report({ locked: false }), report({ seal: 'json:K-8' }), report({ atMs: 1_000_001 }), report({ events: ['sealed'] })]
  expect(onceEach([first, again, ...others])).toEqual([first, ...others])
})
