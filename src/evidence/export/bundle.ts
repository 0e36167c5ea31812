// An evidence export: members, a manifest that names each with its size and SHA-256, an Ed25519 signature over the manifest's bytes, and the key to check it with.
// `mangru verify FILE` says whether anything was changed, added or taken out, and whose key signed; that the key is the house's own is compared by its fingerprint.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { membersOf, type ZipMember, zipOf } from './zip.ts'

export const FORMAT = 'mangru-evidence/1'
const MANIFEST = 'manifest.json'
const SIGNATURE = 'manifest.sig'
const KEY = 'public-key.pem'

/** What the export is about: who asked, who agreed, why, of what time. */
export type Custody = Readonly<Record<string, unknown>>

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const fingerprintOf = (publicPem: string): string => sha256(createPublicKey(publicPem).export({ type: 'spki', format: 'der' })).slice(0, 32)

/** The house's signing key: made at first use, readable by the product alone. */
export function signingKey(file: string): { readonly privatePem: string; readonly publicPem: string; readonly fingerprint: string } {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  }
  const privatePem = readFileSync(file, 'utf8')
  const publicPem = String(createPublicKey(privatePem).export({ type: 'spki', format: 'pem' }))
  return { privatePem, publicPem, fingerprint: fingerprintOf(publicPem) }
}

/** The whole file. The same members, custody and key give the same bytes. */
export function bundleOf(members: readonly ZipMember[], custody: Custody, privatePem: string): Buffer {
  const publicPem = String(createPublicKey(privatePem).export({ type: 'spki', format: 'pem' }))
  const manifest = Buffer.from(
    `${JSON.stringify(
      {
        format: FORMAT,
        key: fingerprintOf(publicPem),
        custody,
        files: members.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
      },
      null,
      2,
    )}\n`,
  )
  const signature = sign(null, manifest, createPrivateKey(privatePem)).toString('base64')
  return zipOf([
    { name: MANIFEST, bytes: manifest },
    { name: SIGNATURE, bytes: Buffer.from(`${signature}\n`) },
    { name: KEY, bytes: Buffer.from(publicPem) },
    ...members,
  ])
}

export type BundleVerdict =
  | { readonly ok: true; readonly files: number; readonly key: string; readonly custody: Custody }
  | { readonly ok: false; readonly why: string }

/** Checks every byte: signature over the manifest, each member against it, nothing beside it. */
export function verifyBundle(zip: Buffer): BundleVerdict {
  const no = (why: string): BundleVerdict => ({ ok: false, why })
  const members = membersOf(zip)
  if (typeof members === 'string') return no(members)
  const byName = new Map(members.map(({ name, bytes }) => [name, Buffer.from(bytes)]))
  if (byName.size !== members.length) return no('a name stands in it twice')
  const [manifest, signature, key] = [byName.get(MANIFEST), byName.get(SIGNATURE), byName.get(KEY)]
  if (!manifest || !signature || !key) return no(`it is no evidence export: ${MANIFEST}, ${SIGNATURE} or ${KEY} is missing`)
  let parsed: { format?: unknown; key?: unknown; custody?: unknown; files?: unknown }
  try {
    if (!verify(null, manifest, createPublicKey(key), Buffer.from(signature.toString(), 'base64')))
      return no(`${MANIFEST}: its signature does not fit: it was changed after signing, or signed with another key`)
    parsed = Object(JSON.parse(manifest.toString()))
  } catch (error) {
    return no(`${KEY} or ${MANIFEST} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
  const fingerprint = fingerprintOf(key.toString())
  if (parsed.format !== FORMAT || parsed.key !== fingerprint || !Array.isArray(parsed.files))
    return no(`${MANIFEST}: it is not of ${FORMAT}`)
  const named = new Set([MANIFEST, SIGNATURE, KEY])
  for (const one of parsed.files) {
    const { name, bytes, sha256: hash } = Object(one)
    const member = byName.get(String(name))
    if (!member) return no(`${name}: it is missing`)
    if (member.length !== bytes || sha256(member) !== hash) return no(`${name}: it is not what was signed`)
    named.add(String(name))
  }
  const stranger = members.find(({ name }) => !named.has(name))
  if (stranger) return no(`${stranger.name}: the manifest does not name it`)
  return { ok: true, files: parsed.files.length, key: fingerprint, custody: Object(parsed.custody) }
}
