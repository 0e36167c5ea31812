import { expect, test } from 'vitest'
import { readBackups, shareOf } from './backups.ts'

test('one made by hand is told by the moment in its name; what cannot be told from its name is left out', () => {
  const { backups } = readBackups({
    backups: [
      { name: 'mangru-2026-11-25T18-00-01-250Z' },
      { name: 'strange' },
      { name: 'mangru-x', at: '2026-11-25T17:00:00Z', bytes: 3, newBytes: 1, tookMs: 20 },
    ],
  })
  expect(backups).toEqual([
    { name: 'mangru-2026-11-25T18-00-01-250Z', atMs: Date.UTC(2026, 10, 25, 18, 0, 1, 250) },
    { name: 'mangru-x', atMs: Date.UTC(2026, 10, 25, 17), bytes: 3, newBytes: 1, tookMs: 20 },
  ])
})

test('the bar does not say that all is done before it is, and not more than nothing when nothing is known', () => {
  expect([shareOf({ bytes: 0, ofBytes: 0 }), shareOf({ bytes: 5, ofBytes: 10 }), shareOf({ bytes: 20, ofBytes: 10 })]).toEqual([
    0, 0.5, 0.99,
  ])
})
