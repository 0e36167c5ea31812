// What disks, crashes and hands do to a ledger. Faults are injected behind LedgerFile; a kill is a copy of the folder taken while the ledger is open.
import { cpSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { HASH_BYTES, HEADER_BYTES } from './frame.ts'
import { type LedgerFile, listSegments, openLedger, readLedger, verifyLedger } from './index.ts'

const NOW = 1_800_000_000_000
const still: Clock = { now: () => epochMs(NOW), every: () => () => {}, after: () => () => {} }
const folders: { readonly path: string; remove(): void }[] = []

function newFolder(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return join(folder.path, 'ledger')
}
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

/** Every call of `now` is three seconds later: each write is also a sync, and a retry is always due. */
function hurrying(): Clock {
  let now = NOW
  return {
    ...still,
    now() {
      now += 3000
      return epochMs(now)
    },
  }
}

async function write(directory: string, pieces: readonly string[]): Promise<void> {
  const ledger = await openLedger({ directory, clock: still })
  const feed = ledger.feed('busan')
  for (const piece of pieces) {
    ledger.append(feed, Buffer.from(piece), NOW)
    await ledger.sync()
  }
  await ledger.close()
}

/** The folder as it would lie there had the product been killed after these pieces. */
async function killed(pieces: readonly string[]): Promise<string> {
  const directory = newFolder()
  const copy = newFolder()
  const ledger = await openLedger({ directory, clock: still })
  const feed = ledger.feed('busan')
  for (const piece of pieces) {
    ledger.append(feed, Buffer.from(piece), NOW)
    await ledger.sync()
  }
  cpSync(directory, copy, { recursive: true })
  await ledger.close()
  return copy
}

function received(directory: string): string[] {
  const pieces: string[] = []
  readLedger(directory, {}, (entry, feed) => {
    if (feed !== 'mangru') pieces.push(Buffer.from(entry.bytes).toString())
  })
  return pieces
}

const firstFile = (directory: string): string => join(directory, listSegments(directory)[0]?.file ?? '')
const PIECES = ['piece 0', 'piece 1', 'piece 2', 'piece 3', 'piece 4']

/** A real file whose n-th call of one kind misbehaves. */
function faultyFile(kind: 'write' | 'datasync', at: number, how: 'refuse' | 'short') {
  const calls = { write: 0, datasync: 0 }
  const fails = (what: keyof typeof calls): boolean => calls[what]++ === at && what === kind
  const full = () => Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  return async (path: string): Promise<LedgerFile> => {
    const file = await open(path, 'a')
    return {
      async write(bytes) {
        if (!fails('write')) return file.write(bytes)
        const part = await file.write(bytes.subarray(0, 7))
        if (how === 'refuse') throw full()
        return part
      },
      async datasync() {
        if (fails('datasync')) throw full()
        await file.datasync()
      },
      close: () => file.close(),
    }
  }
}

test.each(['write', 'datasync'] as const)(
  'whichever %s the disk refuses, all is kept once, in order, and the chain is whole',
  async kind => {
    for (let at = 0; at < 10; at++) {
      const directory = newFolder()
      const ledger = await openLedger({ directory, clock: hurrying(), openFile: faultyFile(kind, at, 'refuse') })
      const feed = ledger.feed('busan')
      for (const piece of PIECES) {
        ledger.append(feed, Buffer.from(piece), NOW)
        await ledger.sync().catch(() => {})
      }
      await ledger.close()
      expect(received(directory), `${kind} ${at}`).toEqual(PIECES)
      expect(verifyLedger(directory), `${kind} ${at}`).toMatchObject({ ok: true })
    }
  },
)

test('a write that takes only a part of the bytes is carried on, not left torn in the middle', async () => {
  for (let at = 0; at < 8; at++) {
    const directory = newFolder()
    const ledger = await openLedger({ directory, clock: hurrying(), openFile: faultyFile('write', at, 'short') })
    const feed = ledger.feed('busan')
    for (const piece of PIECES) {
      ledger.append(feed, Buffer.from(piece), NOW)
      await ledger.sync()
    }
    await ledger.close()
    expect(received(directory), `write ${at}`).toEqual(PIECES)
    expect(verifyLedger(directory), `write ${at}`).toMatchObject({ ok: true, segments: 1 })
  }
})

test('what a refused sync may have lost is written again: nothing counts as synced before it is', async () => {
  const directory = newFolder()
  const ledger = await openLedger({ directory, clock: hurrying(), openFile: faultyFile('datasync', 0, 'refuse') })
  const mark = ledger.append(ledger.feed('busan'), Buffer.from('one'), NOW)
  await expect(ledger.sync()).rejects.toThrow()
  expect(ledger.figures().syncedMark).toBeLessThanOrEqual(mark)
  expect(received(directory)).toEqual([])
  await ledger.sync()
  expect(ledger.figures().syncedMark).toBeGreaterThan(mark)
  expect(received(directory)).toEqual(['one'])
  await ledger.close()
})

test('a bit changed in the last segment is still there, and still found, after the product was started again', async () => {
  for (const place of [70, 400, -100]) {
    const directory = newFolder()
    await write(directory, PIECES)
    const file = firstFile(directory)
    const bytes = readFileSync(file)
    const at = place < 0 ? bytes.length + place : place
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(file, bytes)
    await write(directory, ['later'])
    expect(readFileSync(file).equals(bytes), `byte ${at}`).toBe(true)
    expect(verifyLedger(directory), `byte ${at}`).toMatchObject({ ok: false })
    expect(received(directory)).toContain('later')
  }
})

test('a tail cut off after an orderly stop is found even when the product was started and stopped in order since', async () => {
  for (const cut of ['within a record', 'between records'] as const) {
    const directory = newFolder()
    await write(directory, PIECES)
    const file = firstFile(directory)
    const closing = HEADER_BYTES + HASH_BYTES
    truncateSync(file, readFileSync(file).length - closing - (cut === 'within a record' ? 10 : 0))
    await write(directory, ['later'])
    const why = cut === 'within a record' ? 'is cut off' : 'after an orderly stop'
    expect(verifyLedger(directory), cut).toMatchObject({ ok: false, why: expect.stringContaining(why) })
  }
})

test('a torn tail after kill -9 is cut, noted, and no fault, at whatever byte it tore', async () => {
  const source = await killed(PIECES)
  const whole = readFileSync(firstFile(source))
  for (let length = 1; length < whole.length; length += 23) {
    const directory = newFolder()
    cpSync(source, directory, { recursive: true })
    truncateSync(firstFile(directory), length)
    await write(directory, ['later'])
    expect(verifyLedger(directory), `${length} bytes`).toMatchObject({ ok: true })
    expect(received(directory).at(-1)).toBe('later')
  }
})

test('after an orderly stop no file lies in the ledger that verify does not cover', async () => {
  const directory = newFolder()
  await write(directory, PIECES)
  for (const name of ['00000001.mgl.zst', '00000001.mgl.zst.part', 'HEAD.tmp']) {
    writeFileSync(join(directory, name), 'something')
    expect(verifyLedger(directory), name).toMatchObject({ ok: false, file: name })
    rmSync(join(directory, name))
  }
  expect(existsSync(join(directory, 'HEAD'))).toBe(true)
  expect(verifyLedger(directory)).toMatchObject({ ok: true })
})

test('a disk that hangs is told, what comes is kept as far as memory lasts, and all goes on when it answers', async () => {
  const directory = newFolder()
  let isHanging = false
  let answer = (): void => {}
  const faults: (string | undefined)[] = []
  let now = NOW
  const tasks: (() => void)[] = []
  const clock: Clock = {
    now: () => epochMs(now),
    every(_ms, task) {
      tasks.push(task)
      return () => {}
    },
    after: () => () => {},
  }
  const ledger = await openLedger({
    directory,
    clock,
    maxWaitingBytes: 5000,
    onFault: fault => faults.push(fault?.message),
    openFile: async path => {
      const file = await open(path, 'a')
      return {
        write: bytes => file.write(bytes),
        datasync: async () => {
          if (isHanging) await new Promise<void>(done => (answer = done))
          await file.datasync()
        },
        close: () => file.close(),
      }
    },
  })
  const feed = ledger.feed('busan')
  const piece = (n: number): void => {
    ledger.append(feed, Buffer.from(`piece ${n}`.padEnd(1000)), now)
    now += 1000
    for (const task of tasks) task()
  }
  piece(0)
  await ledger.sync()
  isHanging = true
  for (let n = 1; n <= 20; n++) {
    piece(n)
    await new Promise(done => setImmediate(done))
  }
  expect(faults[0]).toMatch(/does not answer/)
  expect(faults.at(-1)).toMatch(/given up and counted/)
  expect(ledger.figures().droppedEntries).toBeGreaterThan(10)
  expect(faults.length).toBeLessThan(5)
  isHanging = false
  answer()
  await ledger.sync().catch(() => {})
  piece(21)
  await ledger.sync()
  expect(faults.at(-1)).toBeUndefined()
  await ledger.close()
  expect(verifyLedger(directory)).toMatchObject({ ok: true, notes: [expect.stringMatching(/were given up/)] })
  const kept = received(directory).map(text => Number(text.slice(6)))
  expect(kept.slice(0, 3)).toEqual([0, 1, 2])
  expect(kept.at(-1)).toBe(21)
})
