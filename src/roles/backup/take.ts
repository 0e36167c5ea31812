// Taking whole folders: files that stay as they are, and pieces that are merged and removed while we look. Drafts that a process is still writing are left out.
import type { Dirent } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Clock } from '#base/index.ts'
import { diskRoom, syncFolder } from '#platform/files/index.ts'
import type { Copier, Seen } from './copier.ts'
import type { DataPart } from './data-folder.ts'
import type { BackupFile } from './manifest.ts'
import { pinStore } from './pinned-store.ts'

/** Being written, or beside a database that is copied by itself. */
const DRAFT = /\.tmp$|\.part(?:\.|$)|\.db-(?:wal|shm|journal)$/
/** How pieces and what they are merged into end. */
const PIECE = '.parquet'
const AT_ONCE = 8
const LEAST_FREE_BYTES = 64 << 20

/** Every file at or below this name; what goes while we look is left out. What cannot be read is a fault: a backup without it is none. */
async function filesBelow(data: string, name: string): Promise<readonly Seen[]> {
  const own = await stat(join(data, name)).catch(unlessGone)
  if (!own) return []
  if (own.isFile()) return DRAFT.test(name) ? [] : [{ path: name, bytes: own.size, mtimeMs: own.mtimeMs }]
  const found: Seen[] = []
  for (const entry of (await readdir(join(data, name)).catch(unlessGone)) ?? []) found.push(...(await filesBelow(data, `${name}/${entry}`)))
  return found
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}

/** Files that are made once. A second call takes what came since. */
export async function takeFiles(copier: Copier, data: string, to: string, name: string, clock: Clock): Promise<void> {
  const fresh = (await filesBelow(data, name)).filter(file => !copier.has(file))
  for (const file of fresh) if (file.path.endsWith('.db')) await takeDatabase(copier, data, to, file, clock)
  await takeAll(
    copier,
    fresh.map(({ path }) => path).filter(path => !path.endsWith('.db')),
  )
}

/** Several at a time: the disk syncs them together (1.2 ms a small file instead of 5). Those that were gone. */
async function takeAll(copier: Copier, paths: readonly string[]): Promise<readonly string[]> {
  let next = 0
  const gone: string[] = []
  const taking = async (): Promise<void> => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) if (!(await copier.take(path))) gone.push(path)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, taking))
  return gone
}

/** A database of a part that the list does not name: of one moment too. */
async function takeDatabase(copier: Copier, data: string, to: string, file: Seen, clock: Clock): Promise<void> {
  await copier.drop(file.path)
  await mkdir(dirname(join(to, file.path)), { recursive: true, mode: 0o700 })
  const pin = pinStore(join(data, file.path), () => clock.now())
  try {
    await pin?.copyTo(join(to, file.path), () => {})
    if (pin) await copier.note(file.path, file)
  } finally {
    pin?.release()
  }
}

/**
 * Pieces lie in a folder, are merged into the file beside it that has its name, and only then removed; files at the top say by their names how far all is there. So the
 * top is read first, then what is below; of a piece that went before it was taken, the file it was merged into is taken as it is then. One look is enough, however
 * fast the archive is written and merged: all that the top vouched for is in the copy, and what came later is in the ledger.
 */
export async function takePieces(copier: Copier, data: string, name: string): Promise<void> {
  // Another name vouches for more by now: this copy is of this one.
  for (const path of await takeAll(copier, await ownFiles(data, name))) await copier.putEmpty(path)
  const gone = await takeAll(copier, await piecesBelow(data, name))
  for (const folder of new Set(gone.map(path => dirname(path)))) {
    const left = new Set(await readdir(join(data, folder)).catch(unlessGone))
    // No such file: not merged but removed, as too old to be kept.
    if (!(await copier.take(`${folder}${PIECE}`))) continue
    for (const { path } of copier.files()) if (dirname(path) === folder && !left.has(basename(path))) await copier.drop(path)
  }
}

const entriesOf = async (data: string, name: string): Promise<readonly Dirent[]> =>
  (await readdir(join(data, name), { withFileTypes: true }).catch(unlessGone)) ?? []

const ownFiles = async (data: string, name: string): Promise<readonly string[]> =>
  (await entriesOf(data, name)).filter(entry => entry.isFile() && !DRAFT.test(entry.name)).map(entry => `${name}/${entry.name}`)

/** A folder's own files are listed after what lies below: what was merged meanwhile is among them. */
async function piecesBelow(data: string, name: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of await entriesOf(data, name)) {
    if (!entry.isDirectory()) continue
    const folder = `${name}/${entry.name}`
    found.push(...(await piecesBelow(data, folder)), ...(await ownFiles(data, folder)))
  }
  return found
}

/** What this backup has to write, and a sentence when the disk has not room enough for that. */
export async function roomFor(
  data: string,
  parts: readonly DataPart[],
  destination: string,
  before: readonly BackupFile[],
): Promise<{ readonly bytes: number; readonly lacking?: string }> {
  const earlier = new Map(before.map(file => [file.path, file]))
  let bytes = 0
  for (const { name } of parts)
    for (const file of await filesBelow(data, name)) {
      const old = earlier.get(file.path)
      if (old?.bytes !== file.bytes || old.mtimeMs !== file.mtimeMs) bytes += file.bytes
    }
  const { freeBytes } = await diskRoom(destination)
  const needed = bytes + LEAST_FREE_BYTES
  const megabytes = (count: number): string => `${Math.ceil(count / 1e6).toLocaleString('en')} MB`
  if (freeBytes >= needed) return { bytes }
  return {
    bytes,
    lacking: `the disk of ${destination} has ${megabytes(freeBytes)} free and this backup needs ${megabytes(needed)}: make room, or keep fewer backups`,
  }
}

/** Names of new files are there after a loss of power only when their folders are synced too. */
export async function syncBelow(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) if (entry.isDirectory()) await syncBelow(join(folder, entry.name))
  await syncFolder(folder)
}
