// files: writing that appears whole or not at all, and how much room is left.
import { open, rename, rm, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Temporary name, synced, renamed, folder synced. When it throws, what was there before is still there, and nothing else. One writer a path at a time.
 * Pieces are fetched one by one: the next when the one before is written.
 */
export async function writeWhole(path: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  const temporary = `${path}.tmp`
  try {
    const file = await open(temporary, 'w')
    try {
      await file.writeFile(bytes)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** A new or renamed file is there after a loss of power only when its folder was synced too. */
export async function syncFolder(directory: string): Promise<void> {
  const folder = await open(directory, 'r')
  await folder.sync().finally(() => folder.close())
}

/** Room of the disk that holds the folder, for users without special rights. */
export async function diskRoom(directory: string): Promise<{ readonly freeBytes: number; readonly totalBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(directory)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}
