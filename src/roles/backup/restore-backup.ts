// A backup back into a data folder. Everything is copied to `DIR/restoring` and compared with the manifest first; only when every byte is right it is moved into place,
// the store last. A restore that is cut leaves `restoring` behind, and the product does not start on that.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ok, type Result, refused } from '#base/index.ts'
import { takeLock } from '#evidence/index.ts'
import { diskRoom, syncFolder, writeWhole } from '#platform/files/index.ts'
import { backupsIn } from './destination.ts'
import { type BackupFile, bytesOf, DATA, MANIFEST, type ReadManifest, readManifest, sha256Of } from './manifest.ts'
import { unseal } from './seal.ts'
import { syncBelow } from './take.ts'

export const RESTORING = 'restoring'
export const REPLACED = 'replaced'

export interface RestoreOptions {
  /** A backup, or the folder that backups lie in. */
  readonly from: string
  readonly data: string
  /** The newest backup not after this. */
  readonly atMs?: number
  /** What lies in the data folder is moved aside. */
  readonly force: boolean
  /** Only this key's signature will do. */
  readonly key?: string
  readonly passphrase?: string
  readonly nowMs: number
  onProgress(what: string, bytes: number): void
}

export interface ChosenBackup extends ReadManifest {
  readonly folder: string
}

export interface Restored extends ChosenBackup {
  /** Where what was there before lies now. */
  readonly aside?: string
}

/** Which backup is meant; its manifest is whole and its signature right. */
export function chooseBackup({ from, atMs, key }: Pick<RestoreOptions, 'from' | 'atMs' | 'key'>): Result<ChosenBackup, string> {
  const folder = resolve(from)
  if (!existsSync(folder)) return refused(`there is no folder ${from}; name a backup, or the folder that backups lie in, with --from`)
  const inside = backupsIn(folder)
  const chosen = existsSync(join(folder, MANIFEST)) ? folder : inside.findLast(backup => atMs === undefined || backup.atMs <= atMs)?.folder
  if (chosen === undefined)
    return refused(
      inside.length > 0
        ? `${from} holds no backup from before that time; the oldest is ${inside[0]?.name}`
        : `${from} holds no whole backup; name a backup, or the folder that backups lie in, with --from`,
    )
  const read = readManifest(chosen)
  if (!read.ok) return read
  if (key !== undefined && read.value.key !== key.toLowerCase())
    return refused(
      read.value.key === undefined
        ? `${chosen} is not signed, and --key ${key} asks for a signature`
        : `${chosen} is signed with the key ${read.value.key}, not ${key}`,
    )
  return ok({ folder: chosen, ...read.value })
}

/** Reads every file and compares it with the manifest; the first that does not fit is named. */
export async function verifyBackup(
  { folder, manifest }: ChosenBackup,
  onProgress: RestoreOptions['onProgress'],
): Promise<Result<number, string>> {
  let bytes = 0
  for (const file of manifest.files) {
    const path = join(folder, DATA, file.path)
    if (!existsSync(path)) return refused(`${path} is missing: the backup is not whole; use an earlier one`)
    if ((await sha256Of(path)) !== file.sha256) return refused(badFile(path))
    bytes += file.bytes
    onProgress('comparing', bytes)
  }
  return ok(bytes)
}

const badFile = (path: string): string => `${path} is not what was backed up: its bytes have another hash; use an earlier backup`

/** Refuses with a sentence; the data folder is then as it was. */
export async function restoreBackup(options: RestoreOptions): Promise<Result<Restored, string>> {
  const { data, force, passphrase } = options
  const chosen = chooseBackup(options)
  if (!chosen.ok) return chosen
  const { folder, manifest } = chosen.value
  if (resolve(folder, DATA) === resolve(data)) return refused(`${data} is the backup itself; name another folder with --data`)
  const strange = manifest.files.find(({ path }) => path.startsWith('/') || path.split('/').includes('..'))
  if (strange) return refused(`${folder} names a file outside the data folder (${strange.path}); it was not made by this product`)
  const sealed = manifest.files.find(file => file.sealed)
  if (sealed && passphrase === undefined)
    return refused(`${folder} holds encrypted keys (${sealed.path}); give the passphrase of the backups with --passphrase-file`)

  const lock = takeLock(data)
  if (!lock.ok) return lock
  const staging = join(data, RESTORING)
  let isMoving = false
  try {
    const there = contentOf(data)
    if (there.length > 0 && !force)
      return refused(
        `${data} is not empty (${there.slice(0, 3).join(', ')}${there.length > 3 ? ' …' : ''}); name an empty or new folder, or use --force: what is there is then moved aside, nothing is deleted`,
      )
    await rm(staging, { recursive: true, force: true })
    const { freeBytes } = await diskRoom(data)
    if (freeBytes < bytesOf(manifest))
      return refused(`the disk of ${data} has ${megabytes(freeBytes)} free and the backup has ${megabytes(bytesOf(manifest))}; make room`)
    const fault = await stage(chosen.value, staging, options)
    if (fault !== undefined) return refused(`${fault}; ${data} is as it was`)
    isMoving = true
    const aside = there.length > 0 ? await moveAside(data, there, options.nowMs) : undefined
    await moveIn(staging, data)
    return ok({ ...chosen.value, ...(aside === undefined ? {} : { aside }) })
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return refused(
      isMoving
        ? `the restored files could not be moved into ${data}: ${words}; run restore again with --force`
        : `the restore failed: ${words}; ${data} is as it was`,
    )
  } finally {
    if (!isMoving) await rm(staging, { recursive: true, force: true }).catch(() => {})
    lock.value()
  }
}

const megabytes = (count: number): string => `${Math.ceil(count / 1e6).toLocaleString('en')} MB`
/** What an empty folder may hold. */
const contentOf = (data: string): readonly string[] => readdirSync(data).filter(name => !['lock', 'lost+found', REPLACED].includes(name))

/** Copies everything below `restoring`, comparing as it goes; the fault of the first bad file. */
async function stage(
  { folder, manifest }: ChosenBackup,
  staging: string,
  { passphrase, onProgress }: RestoreOptions,
): Promise<string | undefined> {
  let bytes = 0
  for (const file of manifest.files) {
    const source = join(folder, DATA, file.path)
    const target = join(staging, file.path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const fault = file.sealed ? await unsealTo(source, target, file, passphrase ?? '') : await copyChecked(source, target, file)
    if (fault !== undefined) return fault
    await utimes(target, file.mtimeMs / 1000, file.mtimeMs / 1000)
    bytes += file.bytes
    onProgress('restoring', bytes)
  }
  await writeWhole(join(staging, RESTORED_NOTE), Buffer.from(`${JSON.stringify({ of: manifest.at, version: manifest.version })}\n`))
  await syncBelow(staging)
  return undefined
}

async function unsealTo(source: string, target: string, { sha256, mode }: BackupFile, passphrase: string): Promise<string | undefined> {
  if ((await sha256Of(source).catch(() => '')) !== sha256) return badFile(source)
  const bytes = unseal(await readFile(source), passphrase)
  if (!bytes) return `the passphrase does not open ${source}; give the one these backups were made with`
  const file = await open(target, 'w', mode)
  await file
    .writeFile(bytes)
    .then(() => file.datasync())
    .finally(() => file.close())
  return undefined
}

async function copyChecked(source: string, target: string, { sha256, mode }: BackupFile): Promise<string | undefined> {
  if (!existsSync(source)) return `${source} is missing: the backup is not whole; use an earlier one`
  const hash = createHash('sha256')
  const file = await open(target, 'w', mode | 0o600)
  try {
    for await (const piece of createReadStream(source, { highWaterMark: 1 << 20 })) {
      hash.update(piece)
      await file.writeFile(piece)
    }
    await file.datasync()
  } finally {
    await file.close()
  }
  return hash.digest('hex') === sha256 ? undefined : badFile(source)
}

/** Beside the rest until the product has written into the audit trail that it was restored. */
export const RESTORED_NOTE = 'restored.json'

async function moveAside(data: string, names: readonly string[], nowMs: number): Promise<string> {
  const aside = join(data, REPLACED, new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-'))
  await mkdir(aside, { recursive: true, mode: 0o700 })
  for (const name of names) if (name !== RESTORING) await rename(join(data, name), join(aside, name))
  return aside
}

/** The store last: a folder without it shows what is missing. */
async function moveIn(staging: string, data: string): Promise<void> {
  const names = readdirSync(staging).sort((a, b) => Number(a === 'store') - Number(b === 'store'))
  for (const name of names) await rename(join(staging, name), join(data, name))
  await syncFolder(data)
  await rm(staging, { recursive: true })
  await syncFolder(data)
}
