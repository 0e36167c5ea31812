// Puts files into a backup: linked from the backup before where nothing changed, else copied, synced and read back. Every file gets its line in the manifest.
import { createReadStream } from 'node:fs'
import { link, mkdir, open, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BackupFile, sha256Of } from './manifest.ts'
import { isSecret, seal } from './seal.ts'

export interface CopierOptions {
  /** The data folder that is copied. */
  readonly from: string
  /** `data/` of the new backup. */
  readonly to: string
  /** `data/` of the backup before, and what it says of its files. */
  readonly before?: { readonly folder: string; readonly files: readonly BackupFile[] } | undefined
  /** Encrypts keys. */
  readonly passphrase?: string | undefined
  nowMs(): number
  onBytes(bytes: number): void
}

/** A file of the data folder as it was when it was looked at. */
export interface Seen {
  /** Below the data folder, with `/` between. */
  readonly path: string
  readonly bytes: number
  readonly mtimeMs: number
}

export interface Copier {
  /** Takes a file as it is; false when it is gone. */
  take(path: string): Promise<boolean>
  /** A file that somebody else wrote into the backup; `of`: what it is a copy of, as that was then. */
  note(path: string, of?: Omit<Seen, 'path'>): Promise<void>
  /** A file that is gone and whose name was all it said. */
  putEmpty(path: string): Promise<void>
  /** Takes it out again: it went from the data folder. */
  drop(path: string): Promise<void>
  /** True when the file was taken and has not changed since. */
  has(file: Seen): boolean
  files(): readonly BackupFile[]
  /** Bytes this run wrote. */
  newBytes(): number
}

/** Shared bytes are read again when this old, so that a disk that forgets is found out while there are other copies. */
const CHECK_AGAIN_MS = 7 * 86_400_000
const PIECE_BYTES = 1 << 20

interface Now {
  readonly size: number
  readonly mtimeMs: number
  readonly mode: number
}

export function createCopier({ from, to, before, passphrase, nowMs, onBytes }: CopierOptions): Copier {
  const earlier = new Map(before?.files.map(file => [file.path, file]))
  const done = new Map<string, BackupFile>()
  /** As they were in the data folder when they were taken. */
  const seen = new Map<string, Omit<Seen, 'path'>>()
  let newBytes = 0

  /** Shares the file with the backup before, where that holds the same one and the disk can. */
  const shared = async (path: string, { size, mtimeMs }: Now): Promise<BackupFile | undefined> => {
    const old = earlier.get(path)
    if (!before || !old || old.sealed || old.bytes !== size || old.mtimeMs !== mtimeMs) return undefined
    const file = join(before.folder, path)
    const isDue = nowMs() - old.checkedAtMs > CHECK_AGAIN_MS
    try {
      if ((await stat(file)).size !== old.bytes || (isDue && (await sha256Of(file)) !== old.sha256)) return undefined
      await link(file, join(to, path))
    } catch {
      // No links on this disk, or the old file cannot be read: copied anew.
      return undefined
    }
    return isDue ? { ...old, checkedAtMs: nowMs() } : old
  }

  /** Reads back what was written. */
  const record = async (path: string, { mtimeMs, mode }: Now, more: Pick<BackupFile, 'sealed'> = {}): Promise<void> => {
    const target = join(to, path)
    const { size } = await stat(target)
    newBytes += size
    done.set(path, { path, bytes: size, sha256: await sha256Of(target), mtimeMs, mode: mode & 0o777, checkedAtMs: nowMs(), ...more })
  }

  const copy = async (path: string): Promise<void> => {
    const [source, target] = [join(from, path), join(to, path)]
    const now = await stat(source)
    await makeWay(target)
    seen.set(path, { bytes: now.size, mtimeMs: now.mtimeMs })
    const same = await shared(path, now)
    if (same) {
      done.set(path, same)
      return
    }
    const isSealed = passphrase !== undefined && isSecret(now.mode, now.size)
    if (isSealed) await writeFile(target, seal(await readFile(source), passphrase), { mode: 0o600, flush: true })
    else await copyFile(source, target, now.mode & 0o777, onBytes)
    await utimes(target, now.mtimeMs / 1000, now.mtimeMs / 1000)
    await record(path, now, isSealed ? { sealed: true } : {})
  }

  return {
    async take(path) {
      try {
        await copy(path)
        return true
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
        await this.drop(path)
        return false
      }
    },
    async note(path, of) {
      if (of) seen.set(path, of)
      const now = await stat(join(to, path))
      onBytes(now.size)
      await record(path, now)
    },
    async putEmpty(path) {
      await makeWay(join(to, path))
      await writeFile(join(to, path), '')
      await this.note(path)
    },
    async drop(path) {
      done.delete(path)
      seen.delete(path)
      await rm(join(to, path), { force: true })
    },
    has({ path, bytes, mtimeMs }) {
      const taken = seen.get(path)
      return taken?.bytes === bytes && taken.mtimeMs === mtimeMs
    },
    files: () => [...done.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    newBytes: () => newBytes,
  }
}

/** Nothing lies at the target: a file there may be shared with the backup before, and must not be written into. */
async function makeWay(target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await rm(target, { force: true })
}

/** Copies in pieces and syncs; the target is as large as what was read, whatever the source did meanwhile. */
async function copyFile(source: string, target: string, mode: number, onBytes: (bytes: number) => void): Promise<void> {
  const file = await open(target, 'wx', mode | 0o600)
  try {
    for await (const piece of createReadStream(source, { highWaterMark: PIECE_BYTES })) {
      await file.writeFile(piece)
      onBytes(piece.length)
    }
    await file.datasync()
  } finally {
    await file.close()
  }
}
