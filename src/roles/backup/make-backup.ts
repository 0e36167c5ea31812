// One backup of a data folder, whole or not at all, while the product works. The order is what makes it consistent:
//   files (attachments, keys …), tracks, picture, closed ledger segments  — older than the store: whatever they lack is in the ledger
//   the store, as it is at one moment                                      — its rows name files that are there before the row is
//   files again                                                            — those of rows that came since the first look
//   the ledger's tail, with all that was received before that moment       — nothing the store knows is without its evidence
// and of the audit trail's hashes in the ledger none is newer than the store, so `verify` finds each row it looks for.
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import { auditWitnessOf, copyClosed, copyTail, endCopy, lockState, takeLock } from '#evidence/index.ts'
import { syncFolder } from '#platform/files/index.ts'
import { type Copier, createCopier } from './copier.ts'
import { type DataPart, partsOf, STORE_FILE } from './data-folder.ts'
import { backupName, backupsIn, removeCut, underWay, usableDestination } from './destination.ts'
import { DATA, type Manifest, manifestOf, readManifest, writeManifest } from './manifest.ts'
import { type PinnedStore, pinStore } from './pinned-store.ts'
import { roomFor, syncBelow, takeFiles, takePieces } from './take.ts'

export interface BackupOptions {
  readonly data: string
  readonly to: string
  readonly version: string
  readonly clock: Clock
  /** The settings file; its text is kept too. */
  readonly config?: string
  /** Encrypts the keys. */
  readonly passphrase?: string
  /** What is done just now; `bytes` written so far, of about so many. */
  onProgress(what: string, bytes: number, ofBytes: number): void
  warn(sentence: string): void
}

export interface BackupRefusal {
  /** `destination` cannot be used, `busy` with another backup, `full`, `changed` all the time, `failed` otherwise. */
  readonly code: 'destination' | 'busy' | 'full' | 'changed' | 'failed'
  readonly sentence: string
}

export interface MadeBackup {
  readonly folder: string
  readonly manifest: Manifest
}

const TRIES = 5

/** What was backed up before stays as it is. */
export async function makeBackup(options: BackupOptions): Promise<Result<MadeBackup, BackupRefusal>> {
  const { data, clock } = options
  const usable = usableDestination(options.to, data)
  if (!usable.ok) return refused({ code: 'destination', sentence: usable.reason })
  const destination = usable.value
  const kept = (): string => {
    const last = backupsIn(destination).at(-1)
    return last ? `; the backup ${last.name} is still there and whole` : ''
  }
  try {
    await mkdir(destination, { recursive: true, mode: 0o700 })
  } catch (error) {
    return refused({
      code: 'destination',
      sentence: `${destination} cannot be made (${wordsOf(error)}); give this user the right to write there, or name another folder (--to, or the setting backup.to)`,
    })
  }
  const lock = takeLock(destination)
  if (!lock.ok) {
    const isBusy = lock.reason.includes('in use')
    return refused(
      isBusy
        ? { code: 'busy', sentence: `another backup is being made in ${destination}: ${lock.reason}` }
        : { code: 'destination', sentence: `${destination} cannot be written: ${lock.reason}` },
    )
  }
  const name = backupName(clock.now())
  const part = join(destination, underWay(name))
  try {
    await removeCut(destination)
    for (let tries = 1; ; tries++) {
      const made = await attempt(options, destination, part)
      if (made === 'again' && tries < TRIES) {
        await rm(part, { recursive: true, force: true })
        continue
      }
      if (made === 'again')
        return refused({ code: 'changed', sentence: `${data} changed ${TRIES} times while it was copied; try again${kept()}` })
      if (!made.ok) return refused({ ...made.reason, sentence: `${made.reason.sentence}${kept()}` })
      const folder = join(destination, name)
      await rename(part, folder)
      await syncFolder(destination)
      return ok({ folder, manifest: made.value })
    }
  } catch (error) {
    return refused(
      isFull(error)
        ? { code: 'full', sentence: `the disk of ${destination} is full: make room or keep fewer backups${kept()}` }
        : { code: 'failed', sentence: `the backup could not be made: ${wordsOf(error)}${kept()}` },
    )
  } finally {
    await rm(part, { recursive: true, force: true }).catch(() => {})
    lock.value()
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
/** SQLite says it in its own words. */
const isFull = (error: unknown): boolean =>
  (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) ||
  /disk is full|SQLITE_FULL/.test(wordsOf(error))

async function attempt(options: BackupOptions, destination: string, part: string): Promise<Result<Manifest, BackupRefusal> | 'again'> {
  const { data, version, clock, passphrase, warn } = options
  const beganMs = clock.now()
  const { parts, unknown } = partsOf(await readdir(data))
  for (const one of unknown) warn(`${join(data, one)} is not in the list of what a data folder holds; it is copied as whole files`)
  const of = (...hows: DataPart['how'][]): readonly string[] => parts.filter(({ how }) => hows.includes(how)).map(({ name }) => name)
  const before = lastBackup(destination)
  const room = await roomFor(data, parts, destination, before?.files ?? [])
  if (room.lacking !== undefined) return refused({ code: 'full', sentence: room.lacking })
  let bytes = 0
  let what = ''
  const begin = (words: string): void => {
    what = words
    options.onProgress(what, bytes, room.bytes)
  }
  const to = join(part, DATA)
  await mkdir(join(to, 'ledger'), { recursive: true, mode: 0o700 })
  const copier = createCopier({
    from: data,
    to,
    before,
    passphrase,
    nowMs: () => clock.now(),
    onBytes(count) {
      bytes += count
      options.onProgress(what, bytes, room.bytes)
    },
  })

  begin('files')
  for (const name of of('files', 'whole')) await takeFiles(copier, data, to, name, clock)
  begin('tracks')
  for (const name of of('pieces')) await takePieces(copier, data, name)
  begin('ledger')
  const ledger = { from: join(data, 'ledger'), to: join(to, 'ledger'), take: (file: string) => copier.take(`ledger/${file}`) }
  const after = await copyClosed(ledger)
  if (after === 'again') return 'again'

  const owner = lockState(data)
  const pin = pinStore(join(data, 'store', STORE_FILE), () => clock.now())
  const pinnedAtMs = pin?.atMs ?? clock.now()
  try {
    begin('store')
    if (pin) await copyStore(pin, copier, to, (done, total) => options.onProgress(`store, page ${done} of ${total}`, bytes, room.bytes))
    begin('files')
    for (const name of of('files')) await takeFiles(copier, data, to, name, clock)
    begin('ledger')
    const isRunning = owner.state === 'running'
    const isTooNew = ({ bytes }: { readonly bytes: Uint8Array }): boolean =>
      isRunning && (auditWitnessOf(bytes)?.n ?? 0) > (pin?.auditRows ?? 0)
    if ((await copyTail({ ...ledger, after, isRunning, pinnedAtMs, isTooNew })) === 'again') return 'again'
    // A product that began, ended or was killed meanwhile leaves another ledger behind than the one we began with.
    if (!isSame(owner, lockState(data))) return 'again'
  } finally {
    pin?.release()
  }
  const end = await endCopy(ledger.to, clock, pinnedAtMs)
  const listed = new Set(copier.files().map(file => file.path))
  for (const file of await readdir(ledger.to)) if (!listed.has(`ledger/${file}`) || file === 'HEAD') await copier.note(`ledger/${file}`)
  await syncBelow(to)
  const manifest = manifestOf({
    version,
    at: new Date(pinnedAtMs).toISOString(),
    tookMs: clock.now() - beganMs,
    newBytes: copier.newBytes(),
    ledger: end,
    ...(pin ? { audit: { rows: pin.auditRows, head: pin.auditHead } } : {}),
    ...(options.config === undefined ? {} : { settings: await readFile(options.config, 'utf8') }),
    files: copier.files(),
  })
  await writeManifest(part, manifest, houseKey(data))
  return ok(manifest)
}

const isSame = (a: ReturnType<typeof lockState>, b: ReturnType<typeof lockState>): boolean =>
  a.state === b.state && (a.state === 'free' || b.state === 'free' || a.pid === b.pid)

/** The key the house signs evidence with; a folder that never ran has none. */
function houseKey(data: string): string | undefined {
  const file = join(data, 'keys', 'evidence-ed25519.pem')
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function lastBackup(destination: string) {
  const last = backupsIn(destination).at(-1)
  const read = last && readManifest(last.folder)
  return last && read?.ok ? { folder: join(last.folder, DATA), files: read.value.manifest.files } : undefined
}

async function copyStore(pin: PinnedStore, copier: Copier, to: string, onPages: (done: number, total: number) => void): Promise<void> {
  await mkdir(join(to, 'store'), { recursive: true, mode: 0o700 })
  await pin.copyTo(join(to, 'store', STORE_FILE), onPages)
  await copier.note(`store/${STORE_FILE}`)
}
