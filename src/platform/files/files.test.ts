import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../testkit/product.ts'
import { diskRoom, writeWhole } from './index.ts'

const folders: { readonly path: string; remove(): void }[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})
function newFolder(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder.path
}

test('a file is replaced whole, and no half-made one stays beside it', async () => {
  const folder = newFolder()
  const path = join(folder, 'picture.snapshot')
  await writeWhole(path, Buffer.from('first, the longer one'))
  await writeWhole(path, Buffer.from('second'))
  expect(readFileSync(path, 'utf8')).toBe('second')
  expect(readdirSync(folder)).toEqual(['picture.snapshot'])
})

test('what cannot be put in place throws and leaves nothing behind', async () => {
  const folder = newFolder()
  const path = join(folder, 'taken')
  mkdirSync(path)
  writeFileSync(join(path, 'inside'), 'kept')
  await expect(writeWhole(path, Buffer.from('x'))).rejects.toThrow()
  await expect(writeWhole(join(folder, 'nowhere', 'x'), Buffer.from('x'))).rejects.toThrow(/ENOENT/)
  expect(readdirSync(folder)).toEqual(['taken'])
  expect(readFileSync(join(path, 'inside'), 'utf8')).toBe('kept')
})

test('the room of a disk is what it has and what is free of it', async () => {
  const { freeBytes, totalBytes } = await diskRoom(newFolder())
  expect(freeBytes).toBeGreaterThan(0)
  expect(totalBytes).toBeGreaterThanOrEqual(freeBytes)
})
