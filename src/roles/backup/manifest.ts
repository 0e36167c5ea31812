// What a backup says of itself: every file with size and SHA-256, the moment it is of, and a signature by the house's key. Whoever holds the folder can tell whether a
// file was changed, is missing or came from elsewhere.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ok, type Result, refused } from '#base/index.ts'
import { writeWhole } from '#platform/files/index.ts'

const FORMAT = 'mangru-backup/1'
export const MANIFEST = 'manifest.json'
const SIGNATURE = 'manifest.sig'
const PUBLIC_KEY = 'public-key.pem'
/** The data folder below a backup. */
export const DATA = 'data'

export interface BackupFile {
  /** Below `data/`, with `/` between. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  /** Of the file that was copied, for the next backup to see that it is the same. */
  readonly mtimeMs: number
  readonly mode: number
  /** When these bytes were last read back and compared. */
  readonly checkedAtMs: number
  /** Encrypted with the passphrase of the backups. */
  readonly sealed?: true
}

export interface Manifest {
  readonly format: string
  /** The version of the product that made it. */
  readonly version: string
  /** The moment it is of: a restore brings back everything acknowledged before. */
  readonly at: string
  readonly tookMs: number
  /** What this run had to write; the rest is shared with the backup before. */
  readonly newBytes: number
  readonly ledger: { readonly entries: number; readonly head: string }
  readonly audit?: { readonly rows: number; readonly head: string }
  /** The settings file, where it was named. */
  readonly settings?: string
  readonly files: readonly BackupFile[]
}

export const bytesOf = (manifest: Manifest): number => manifest.files.reduce((sum, file) => sum + file.bytes, 0)

const fingerprintOf = (publicPem: string): string =>
  createHash('sha256')
    .update(createPublicKey(publicPem).export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 32)

export const manifestOf = (manifest: Omit<Manifest, 'format'>): Manifest => ({ format: FORMAT, ...manifest })

/** Written last, so that a backup without it is none. `privatePem` absent: a folder whose house has no key yet; it is not signed. */
export async function writeManifest(folder: string, manifest: Manifest, privatePem: string | undefined): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
  if (privatePem !== undefined) {
    const signature = sign(null, bytes, createPrivateKey(privatePem)).toString('base64')
    await writeWhole(join(folder, SIGNATURE), Buffer.from(`${signature}\n`))
    await writeWhole(join(folder, PUBLIC_KEY), Buffer.from(String(createPublicKey(privatePem).export({ type: 'spki', format: 'pem' }))))
  }
  await writeWhole(join(folder, MANIFEST), bytes)
}

export interface ReadManifest {
  readonly manifest: Manifest
  /** Whose key signed it; absent: nobody's. */
  readonly key?: string
}

/** Refuses with a sentence when it is missing, of a newer version, or was changed after signing. */
export function readManifest(folder: string): Result<ReadManifest, string> {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) return refused(`${folder} is no backup: it has no ${MANIFEST}`)
  const bytes = readFileSync(path)
  let manifest: Manifest
  try {
    manifest = JSON.parse(bytes.toString())
  } catch {
    return refused(`${path} cannot be read: it was changed or cut; use an earlier backup`)
  }
  if (manifest.format !== FORMAT)
    return refused(`${path} is of ${manifest.format ?? 'another format'}, this version reads ${FORMAT}; use the version that made it`)
  const [signature, key] = [SIGNATURE, PUBLIC_KEY]
    .map(name => join(folder, name))
    .map(file => (existsSync(file) ? readFileSync(file, 'utf8') : undefined))
  if (signature === undefined || key === undefined) return ok({ manifest })
  try {
    if (verify(null, bytes, createPublicKey(key), Buffer.from(signature, 'base64'))) return ok({ manifest, key: fingerprintOf(key) })
  } catch {
    // No key, or no signature: as one that does not fit.
  }
  return refused(`${path}: its signature does not fit: it was changed after it was signed; use an earlier backup`)
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
