// One product per data folder, whatever lies there and whatever the disk allows.
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../testkit/product.ts'
import { lockState, takeLock } from './index.ts'

const folders: { readonly path: string; remove(): void }[] = []
function newFolder(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder.path
}
afterEach(() => {
  vi.restoreAllMocks()
  for (const folder of folders.splice(0)) folder.remove()
})

test('the folder is taken, its owner is named to the second one, and giving it back frees it', () => {
  const data = newFolder()
  const lock = takeLock(data)
  expect(lockState(data)).toEqual({ state: 'running', pid: process.pid })
  expect(takeLock(data)).toMatchObject({ ok: false, reason: expect.stringContaining(`in use by process ${process.pid}`) })
  if (lock.ok) lock.value()
  expect(lockState(data)).toEqual({ state: 'free' })
})

test.each([
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 30, began: '1' })],
  ['whose number another process has now', JSON.stringify({ pid: process.pid, began: '1' })],
  ['torn while it was written', '{"pid": 12'],
  ['that is empty: killed between making and writing it', ''],
  ['of nobody', JSON.stringify({ pid: 'x' })],
])('a lock %s is in nobody’s way', (_what, words) => {
  const data = newFolder()
  writeFileSync(join(data, 'lock'), words)
  const lock = takeLock(data)
  expect(lock.ok).toBe(true)
  expect(JSON.parse(readFileSync(join(data, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid })
})

test('a folder that cannot be written, with a killed owner’s lock in it, is refused in a sentence', async () => {
  const data = newFolder()
  writeFileSync(join(data, 'lock'), JSON.stringify({ pid: 2 ** 30, began: '1' }))
  // A folder in the lock's place that is not empty cannot be taken away, whoever we are: as on a read-only disk.
  rmSync(join(data, 'lock'))
  const { mkdirSync } = await import('node:fs')
  mkdirSync(join(data, 'lock', 'full'), { recursive: true })
  chmodSync(data, 0o500)
  const lock = takeLock(data)
  chmodSync(data, 0o700)
  expect(lock).toMatchObject({ ok: false, reason: expect.stringMatching(/cannot be written \(.+\); give this user the right/) })
  expect(existsSync(join(data, 'lock', 'full'))).toBe(true)
})

test.runIf(existsSync('/proc/self'))('a folder where none can be made is refused at once, whatever the system calls the reason', () => {
  // Below /proc the kernel says that the folder above is not there, though it is.
  for (const data of ['/proc/mangru', '/proc/mangru/data', '/proc/version/data'])
    expect(takeLock(data)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/cannot be made \(E[A-Z]+\); give this user the right/),
    })
})

test('a folder several floors down is made, and a file in its place is told', () => {
  const data = join(newFolder(), 'a', 'b', 'c')
  expect(takeLock(data).ok).toBe(true)
  expect(takeLock(join(data, 'lock'))).toMatchObject({ ok: false, reason: expect.stringContaining('cannot be written (ENOTDIR)') })
})
