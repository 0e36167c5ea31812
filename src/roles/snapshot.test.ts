import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../testkit/product.ts'
import { openSnapshots, readSnapshot } from './snapshot.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const file = (): string => join(folder.path, 'picture.snapshot')
const LARGE = 3 << 20
const synced = async (): Promise<void> => {}

/** Saves pieces and a column of `value`s, which changes as soon as the first piece is fetched. */
async function save(value: number, sync = synced): Promise<void> {
  const column = new Uint8Array(LARGE).fill(value)
  function* pieces(): Generator<Uint8Array> {
    column.fill(255)
    yield Uint8Array.of(value)
    yield Uint8Array.of(value, value)
  }
  await openSnapshots(folder.path).save(
    out => ({ nextMark: value, savedAtMs: 0, pass: [out.later(pieces()), out.copy(column)], joining: undefined }),
    sync,
  )
}

/** What is there: the mark and every byte of the bulks, or nothing. */
function saved(): { mark: number; bytes: number[] } | undefined {
  const open = readSnapshot(folder.path)
  if (!open) return undefined
  const bytes = [0, 1].map(id => {
    const values = new Set<number>()
    let sum = 0
    for (const piece of open.from.pieces(id)) {
      for (const byte of piece) values.add(byte)
      sum += piece.length
    }
    return [...values, sum]
  })
  open.close()
  return { mark: open.snapshot.nextMark, bytes: bytes.flat() }
}

test('a column that changes while it is written is saved as it was at the moment of saving', async () => {
  await save(7)
  expect(saved()).toEqual({ mark: 7, bytes: [7, 3, 7, LARGE] })
})

test('a second save of the same run replaces the first', async () => {
  await save(7)
  await save(8)
  expect(saved()?.mark).toBe(8)
})

test('what the ledger has not on the disk is not in a snapshot: the one before stays', async () => {
  await save(7)
  await expect(save(8, () => Promise.reject(new Error('the disk is full')))).rejects.toThrow('the disk is full')
  expect(saved()?.mark).toBe(7)
})

test('whoever gave pieces is told when nobody will fetch them any more, also after a failure', async () => {
  let told = 0
  const take = (sync: () => Promise<void>): Promise<void> =>
    openSnapshots(folder.path).save(
      out => ({ nextMark: 0, savedAtMs: 0, pass: out.later([], () => void told++), joining: undefined }),
      sync,
    )
  await take(synced)
  const afterOne = told
  await take(() => Promise.reject(new Error('no'))).catch(() => {})
  expect([afterOne > 0, told]).toEqual([true, afterOne * 2])
})

test('a snapshot with any bit changed, or cut anywhere, is passed over', async () => {
  await save(7)
  const whole = readFileSync(file())
  const places = [0, 1 << 20, LARGE - 1, LARGE + 1, LARGE + 4, whole.length - 100, whole.length - 16, whole.length - 6, whole.length - 1]
  for (const at of places) {
    const damaged = Buffer.from(whole)
    damaged.writeUInt8((damaged[at] ?? 0) ^ 4, at)
    writeFileSync(file(), damaged)
    expect(saved(), `bit changed at ${at}`).toBeUndefined()
    writeFileSync(file(), whole)
    truncateSync(file(), at)
    expect(saved(), `cut at ${at}`).toBeUndefined()
  }
  writeFileSync(file(), whole)
  expect(saved()?.mark).toBe(7)
})

test('a folder without a snapshot has none', () => {
  expect(readSnapshot(folder.path)).toBeUndefined()
})
