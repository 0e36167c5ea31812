import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { listSegments, openLedger, readLedger, verifyLedger } from './index.ts'

const still: Clock = { now: () => epochMs(1_800_000_000_000), every: () => () => {}, after: () => () => {} }

async function someLedger(directory: string, pieces: readonly string[]): Promise<void> {
  const ledger = await openLedger({ directory, clock: still })
  const feed = ledger.feed('busan')
  for (const piece of pieces) {
    ledger.append(feed, Buffer.from(piece), 1_800_000_000_000)
    await ledger.sync()
  }
  await ledger.close()
}

function received(directory: string): string[] {
  const lines: string[] = []
  readLedger(directory, {}, (entry, feed) => {
    if (feed !== 'mangru') lines.push(`${feed} ${Buffer.from(entry.bytes)}`)
  })
  return lines
}

test('what was received is read back as received, over several runs', async () => {
  const folder = temporaryFolder()
  await someLedger(folder.path, ['one', 'two'])
  await someLedger(folder.path, ['three'])
  expect(received(folder.path)).toEqual(['busan one', 'busan two', 'busan three'])
  expect(verifyLedger(folder.path)).toMatchObject({ ok: true, segments: 2 })
  folder.remove()
})

test('each single changed bit of a closed ledger is found', async () => {
  const folder = temporaryFolder()
  await someLedger(folder.path, ['!AIVDM,1,1,,A,13P7aB0000Ooo=8PqiN8c57N0>`<,0*69\r\n'])
  const file = join(folder.path, listSegments(folder.path)[0]?.file ?? '')
  const whole = readFileSync(file)
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const changed = Buffer.from(whole)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    writeFileSync(file, changed)
    expect(verifyLedger(folder.path).ok, `bit ${bit}`).toBe(false)
  }
  folder.remove()
})

test('a tail cut at any byte is found after an orderly stop, and is no fault while the product runs or was killed', async () => {
  const folder = temporaryFolder()
  await someLedger(folder.path, ['first', 'second'])
  const file = join(folder.path, listSegments(folder.path)[0]?.file ?? '')
  const whole = readFileSync(file)
  for (let length = whole.length - 1; length > 0; length--) {
    truncateSync(file, length)
    expect(verifyLedger(folder.path).ok, `${length} bytes`).toBe(false)
  }
  // While the product runs, and after a kill, there is no HEAD.
  rmSync(join(folder.path, 'HEAD'))
  writeFileSync(file, whole)
  for (let length = whole.length - 1; length > 0; length--) {
    truncateSync(file, length)
    expect(verifyLedger(folder.path, { isOpen: true }).ok, `${length} bytes, open`).toBe(true)
  }
  folder.remove()
})

test('after a torn tail the ledger goes on in a new segment and says what was cut', async () => {
  const folder = temporaryFolder()
  await someLedger(folder.path, ['first', 'second'])
  const file = join(folder.path, listSegments(folder.path)[0]?.file ?? '')
  // As a killed product leaves it: torn, and without HEAD.
  truncateSync(file, readFileSync(file).length - 130)
  rmSync(join(folder.path, 'HEAD'))
  await someLedger(folder.path, ['third'])
  expect(received(folder.path)).toEqual(['busan first', 'busan third'])
  expect(verifyLedger(folder.path)).toMatchObject({ ok: true })
  folder.remove()
})

test('with a disk that refuses, nothing is lost and nothing is corrupted: the data waits and goes to a new segment', async () => {
  const { open } = await import('node:fs/promises')
  for (let failing = 0; failing < 12; failing++) {
    const folder = temporaryFolder()
    let writes = 0
    const faults: (string | undefined)[] = []
    let now = 1_800_000_000_000
    const ledger = await openLedger({
      directory: folder.path,
      clock: {
        ...still,
        now() {
          now += 3000
          return epochMs(now)
        },
      },
      onFault: fault => faults.push(fault?.code),
      openFile: async path => {
        const file = await open(path, 'a')
        return {
          write: bytes =>
            writes++ === failing
              ? file.write(bytes.subarray(0, 7)).then(() => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })))
              : file.write(bytes),
          datasync: () => file.datasync(),
          close: () => file.close(),
        }
      },
    })
    const feed = ledger.feed('busan')
    for (let n = 0; n < 5; n++) {
      ledger.append(feed, Buffer.from(`piece ${n}`), now)
      await ledger.sync().catch(() => {})
    }
    await ledger.sync()
    await ledger.close()
    expect(received(folder.path)).toEqual([0, 1, 2, 3, 4].map(n => `busan piece ${n}`))
    expect(verifyLedger(folder.path)).toMatchObject({ ok: true })
    if (failing < 5) expect(faults).toEqual(['ENOSPC', undefined])
    folder.remove()
  }
})

test('pieces bigger than a batch keep their numbers and their order', async () => {
  const folder = temporaryFolder()
  const ledger = await openLedger({ directory: folder.path, clock: still })
  const feed = ledger.feed('busan')
  const marks = [1, 300_000, 10, 700_000, 5].map(size => ledger.append(feed, Buffer.alloc(size, 'x'), 1_800_000_000_000))
  await ledger.close()
  expect(marks).toEqual([1, 2, 3, 4, 5])
  expect(verifyLedger(folder.path)).toMatchObject({ ok: true, entries: 6 })
  folder.remove()
})
