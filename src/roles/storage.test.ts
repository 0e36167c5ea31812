import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { type Ledger, listSegments, openLedger, verifyLedger } from '#evidence/index.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { type RemoveOptions, removeOld } from './storage.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 24, 12)
const clock: Clock = { now: () => epochMs(NOW), every: () => () => {}, after: () => () => {} }
const folders: { readonly path: string; remove(): void }[] = []
const ledgers: Ledger[] = []
afterEach(async () => {
  for (const ledger of ledgers.splice(0)) await ledger.close()
  for (const folder of folders.splice(0)) folder.remove()
})

/** A ledger of one segment a day and an hour of tracks a day, `days` back; segment n is n − 1 days younger than the oldest. */
async function kept(days: number) {
  const folder = temporaryFolder()
  folders.push(folder)
  // A path full of digits: no file may go because its number stands in a folder's name.
  const data = join(folder.path, '1', '2026', '2')
  const directory = join(data, 'ledger')
  const ledger = await openLedger({ directory, clock, segmentBytes: 1000 })
  ledgers.push(ledger)
  const feed = ledger.feed('busan')
  for (let n = 0; n < days; n++) {
    ledger.append(feed, Buffer.alloc(1000, 'x'), NOW - (days - n) * DAY)
    await ledger.sync()
    const at = (NOW - (days - 1 - n) * DAY) / 1000
    utimesSync(join(directory, `${String(n + 1).padStart(8, '0')}.mgl`), at, at)
    const path = join(data, 'tracks', new Date(NOW - (days - 1 - n) * DAY).toISOString().slice(0, 10).replaceAll('-', '/'), '07.parquet')
    mkdirSync(dirname(path), { recursive: true })
    // Written today, whatever its hour: late merges do that.
    writeFileSync(path, Buffer.alloc(100))
  }
  await ledger.packClosed()
  const said: string[] = []
  const say = (sentence: string): void => void said.push(sentence)
  const remove = (more: Partial<RemoveOptions> = {}): Promise<void> =>
    removeOld({
      data,
      ledger,
      log: { info: say, warn: say, error: say },
      nowMs: NOW,
      freeBytes: 1e9,
      retention: { ledgerDays: 5, tracksDays: 8, minFreeBytes: 0 },
      holds: [],
      ...more,
    })
  return { data, ledger, remove, said, numbers: () => listSegments(directory).map(segment => segment.number) }
}
/** Closed once: the rest is closed after each test. */
async function closed(ledger: Ledger): Promise<void> {
  ledgers.splice(ledgers.indexOf(ledger), 1)
  await ledger.close()
}
const trackDays = (data: string): string[] =>
  readdirSync(join(data, 'tracks'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.parquet'))
    .map(name => name.slice(0, 10))
    .sort()

test('what is too old goes, each kind by its own time, and the ledger stays provable', async () => {
  const { data, ledger, remove, numbers } = await kept(12)
  await remove()
  expect(numbers()[0]).toBe(7)
  expect(trackDays(data)[0]).toBe('2026/11/17')
  expect(trackDays(data)).toHaveLength(8)
  await closed(ledger)
  expect(verifyLedger(join(data, 'ledger'))).toMatchObject({ ok: true })
})

test('held days stay in ledger and tracks, and the ledger stays provable with a hole before and behind them', async () => {
  const { data, ledger, remove, numbers } = await kept(12)
  const dayStart = NOW - 9 * DAY
  await remove({ holds: [{ fromMs: dayStart - 6 * 3_600_000, toMs: dayStart - 4 * 3_600_000, reason: 'case 7' }] })
  expect(numbers().slice(0, 2)).toEqual([3, 7])
  expect(trackDays(data)[0]).toBe('2026/11/15')
  await closed(ledger)
  expect(verifyLedger(join(data, 'ledger'))).toMatchObject({ ok: true })
})

test('packing keeps the time of the last record: a hold finds its segment however late it was packed', async () => {
  const { data, remove, numbers } = await kept(12)
  expect(existsSync(join(data, 'ledger', '00000002.mgl.zst'))).toBe(true)
  await remove({ holds: [{ fromMs: NOW - 10.6 * DAY, toMs: NOW - 10.5 * DAY, reason: 'case 8' }] })
  expect(numbers()[0]).toBe(2)
})

test('a full disk on which everything is held is said aloud, and nothing goes', async () => {
  const { remove, said, numbers } = await kept(4)
  const before = numbers()
  await remove({
    freeBytes: 0,
    retention: { ledgerDays: 90, tracksDays: 90, minFreeBytes: 1e6 },
    holds: [{ fromMs: 0, toMs: NOW + DAY, reason: 'all' }],
  })
  expect(numbers()).toEqual(before)
  expect(said).toEqual([expect.stringMatching(/nothing more may go .*held as evidence.*make room/)])
})
