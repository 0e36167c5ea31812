// The life of segments: closed by size, packed, taken away by retention, read by range. And what happens when the disk refuses for too long.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { type LedgerOptions, listSegments, openLedger, readLedger, verifyLedger } from './index.ts'

const NOW = 1_800_000_000_000
const HOUR = 3_600_000
/** A segment is full with one piece. */
const PIECE_BYTES = 2000
const folders: { readonly path: string; remove(): void }[] = []

function newFolder(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return join(folder.path, 'ledger')
}
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

function handClock(): { readonly clock: Clock; now: number } {
  const hand = { now: NOW, clock: { now: () => epochMs(hand.now), every: () => () => {}, after: () => () => {} } }
  return hand
}

/** A ledger with one piece a segment, an hour apart, all but the last packed. */
async function hourly(directory: string, pieces: number, options: Partial<LedgerOptions> = {}) {
  const hand = handClock()
  const ledger = await openLedger({ directory, clock: hand.clock, segmentBytes: PIECE_BYTES, ...options })
  const feed = ledger.feed('busan')
  for (let n = 0; n < pieces; n++) {
    ledger.append(feed, Buffer.from(`piece ${n} `.padEnd(PIECE_BYTES)), hand.now)
    await ledger.sync()
    await ledger.packClosed()
    hand.now += HOUR
  }
  return ledger
}

const received = (directory: string, range = {}): string[] => {
  const pieces: string[] = []
  readLedger(directory, range, (entry, feed) => {
    if (feed === 'busan') pieces.push(Buffer.from(entry.bytes).toString().slice(0, 7))
  })
  return pieces
}

test('closed segments are packed, their hashes stand in the chain, and what was received reads the same', async () => {
  const directory = newFolder()
  const ledger = await hourly(directory, 4)
  await ledger.close()
  const files = listSegments(directory).map(segment => segment.file)
  expect(files.filter(file => file.endsWith('.zst')).length).toBeGreaterThanOrEqual(4)
  expect(received(directory)).toEqual(['piece 0', 'piece 1', 'piece 2', 'piece 3'])
  expect(verifyLedger(directory)).toMatchObject({ ok: true })
})

test('each single changed byte of a packed segment is found', async () => {
  const directory = newFolder()
  await (await hourly(directory, 3)).close()
  const file = join(directory, listSegments(directory).find(segment => segment.file.endsWith('.zst'))?.file ?? '')
  const whole = readFileSync(file)
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 0x10
    writeFileSync(file, changed)
    expect(verifyLedger(directory).ok, `byte ${at}`).toBe(false)
  }
  writeFileSync(file, Buffer.concat([whole, Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])]))
  expect(verifyLedger(directory), 'an empty frame that zstd passes over').toMatchObject({ ok: false })
})

test('segments that retention took are no fault, also when a held one is left between; one taken by hand is', async () => {
  const directory = newFolder()
  const ledger = await hourly(directory, 8)
  expect(await ledger.removeSegments([1, 2, 4, 5])).toBe(4)
  await ledger.close()
  const verdict = verifyLedger(directory)
  expect(verdict).toMatchObject({ ok: true })
  expect(verdict.ok && verdict.notes.filter(note => note.includes('removed by retention'))).toHaveLength(2)
  const [first, second] = listSegments(directory)
  rmSync(join(directory, second?.file ?? ''))
  expect(verifyLedger(directory)).toMatchObject({ ok: false, why: expect.stringContaining(`segment ${second?.number} is missing`) })
  expect(first?.number).toBe(3)
})

test('what a removed segment said of others is said again: a held one stays provable when all around it is gone', async () => {
  const directory = newFolder()
  const ledger = await hourly(directory, 8)
  await ledger.removeSegments([1, 2, 4])
  await ledger.removeSegments(
    listSegments(directory)
      .map(segment => segment.number)
      .filter(number => number > 3),
  )
  await ledger.close()
  expect(listSegments(directory)[0]?.number).toBe(3)
  expect(verifyLedger(directory)).toMatchObject({ ok: true })
})

test('a segment put in the place of one that retention took is found', async () => {
  const directory = newFolder()
  const ledger = await hourly(directory, 5)
  await ledger.removeSegments([1, 2])
  await ledger.close()
  const [third, fourth] = listSegments(directory)
  renameSync(join(directory, third?.file ?? ''), join(directory, '00000002.mgl.zst'))
  expect(verifyLedger(directory)).toMatchObject({ ok: false })
  expect(fourth).toBeDefined()
})

test('reading a range by time or by number gives exactly what lies in it', async () => {
  const directory = newFolder()
  const ledger = await hourly(directory, 9)
  await ledger.close()
  expect(received(directory, { fromMs: NOW + 5 * HOUR, toMs: NOW + 6 * HOUR })).toEqual(['piece 5', 'piece 6'])
  const marks: number[] = []
  readLedger(directory, {}, entry => marks.push(entry.mark))
  for (const fromMark of marks) {
    const some: number[] = []
    readLedger(directory, { fromMark }, entry => some.push(entry.mark))
    expect(some, `from ${fromMark}`).toEqual(marks.slice(marks.indexOf(fromMark)))
  }
})

test('when the disk refuses for longer than memory lasts, what is given up is counted, told and recorded, and the rest is whole', async () => {
  const directory = newFolder()
  let isFull = false
  const faults: (string | undefined)[] = []
  const hand = handClock()
  const ledger = await openLedger({
    directory,
    clock: hand.clock,
    maxWaitingBytes: 10_000,
    onFault: fault => faults.push(fault?.message),
    openFile: async path => {
      const file = await open(path, 'a')
      return {
        write: bytes => (isFull ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : file.write(bytes)),
        datasync: () => file.datasync(),
        close: () => file.close(),
      }
    },
  })
  const feed = ledger.feed('busan')
  const write = async (n: number): Promise<boolean> => {
    hand.now += 5000
    ledger.append(feed, Buffer.from(`piece ${n}`.padEnd(1000)), hand.now)
    return ledger.sync().then(
      () => true,
      () => false,
    )
  }
  expect(await write(0)).toBe(true)
  isFull = true
  for (let n = 1; n < 20; n++) expect(await write(n)).toBe(false)
  const dropped = ledger.figures().droppedEntries
  expect(dropped).toBeGreaterThan(5)
  expect(faults.at(-1)).toMatch(/ENOSPC.*given up and counted/)
  isFull = false
  // The first piece after the hole comes while the memory is still full; then all is written.
  await write(20)
  expect(await write(21)).toBe(true)
  await ledger.close()
  const pieces = received(directory)
  expect(pieces.at(-1)).toBe('piece 2')
  expect(pieces.length + ledger.figures().droppedEntries).toBe(22)
  const verdict = verifyLedger(directory)
  expect(verdict).toMatchObject({ ok: true })
  expect(verdict.ok && verdict.notes.some(note => note.includes('were given up'))).toBe(true)
})
