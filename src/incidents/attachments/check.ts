// Rows and files belong together: each row's original and shared copy is there, as large as it was and with the hash it is kept under. What is under way, and files that
// no row needs any more, are counted and no fault.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Store } from '#platform/store/index.ts'
import { storedFiles } from './attachments.ts'
import { pathOf } from './examine.ts'
import { neededHashes } from './rows.ts'

/** Says what is there; throws the first fault with the file's path. */
export async function checkAttachments(directory: string, store: Pick<Store, 'read'>): Promise<string> {
  const needed = neededHashes(store)
  let bytes = 0
  for (const [sha256, size] of needed) {
    const path = pathOf(directory, sha256)
    const found = await stat(path).catch(() => undefined)
    if (!found) throw new Error(`${path} is missing; restore it from a backup`)
    if (found.size !== size) throw new Error(`${path} has ${found.size} bytes, not ${size}; restore it from a backup`)
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    if (hash.digest('hex') !== sha256)
      throw new Error(`${path} is not what was attached: its bytes have another hash; restore it from a backup`)
    bytes += size
  }
  const others = (await storedFiles(directory)).filter(file => !needed.has(file.name)).length
  return `${needed.size} files of ${bytes} bytes${others > 0 ? `, ${others} nobody needs` : ''}`
}
