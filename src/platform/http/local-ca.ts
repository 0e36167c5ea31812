// A certificate authority of this one product, for houses that have none: made on first use, its root is given out at /ca.crt and trusted once on each desk. The root may
// stand for this product's own names and for addresses of private networks alone (name constraints), so that a stolen key opens no other site. The certificate is renewed
// at a start and in the running product, a month before its end, and when names have changed.
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { type Clock, ok } from '#base/index.ts'
import { bytesOf, type Issued, type Network, newRoot, newServer } from './certificate.ts'
import { namesOf, type Tls, type TlsPair } from './tls.ts'

const DAY_MS = 86_400_000
const ROOT_DAYS = 3650
/** What browsers take at most for a server. */
const LEAF_DAYS = 397
const RENEW_DAYS = 30
/** A desk's clock may be behind ours. */
const BEFORE_MS = DAY_MS
/** RFC 1918, loopback, link-local, RFC 4193. */
const PRIVATE: readonly Network[] = [
  ['10.0.0.0', '255.0.0.0'],
  ['172.16.0.0', '255.240.0.0'],
  ['192.168.0.0', '255.255.0.0'],
  ['127.0.0.0', '255.0.0.0'],
  ['169.254.0.0', '255.255.0.0'],
  ['::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fc00::', 'fe00::'],
  ['fe80::', 'ffc0::'],
]

export interface LocalCaOptions {
  readonly directory: string
  /** Host names and addresses of this product. */
  readonly names: readonly string[]
  readonly clock: Pick<Clock, 'now'>
}

export interface LocalCa extends Tls {
  readonly root: string
  /** SHA-256 of the root, as browsers and `openssl x509 -fingerprint -sha256` show it: compared before it is trusted. */
  readonly fingerprint: string
  /** Desks that trusted an earlier one must take the new one. */
  readonly isNewRoot: boolean
}

/** Opens the CA kept in the folder, or makes it. */
export function openLocalCa(options: LocalCaOptions): LocalCa {
  const { directory, clock } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const names = [...new Set(options.names.map(name => canonical(name.toLowerCase())))]
  const keptRoot = readPair(directory, 'root')
  const isGood = keptRoot && endsMs(keptRoot) > clock.now() + LEAF_DAYS * DAY_MS && standsFor(directory, names)
  const root = keptRoot && isGood ? keptRoot : makeRoot(directory, names, clock.now())
  let current = leafOf(directory, names, root, clock.now())
  return {
    pair: current,
    names,
    root: root.cert,
    fingerprint: new X509Certificate(root.cert).fingerprint256,
    isNewRoot: root !== keptRoot,
    async renewed() {
      const now = leafOf(directory, names, root, clock.now())
      if (now.cert === current.cert) return ok(undefined)
      current = now
      return ok(now)
    },
  }
}

function makeRoot(directory: string, names: readonly string[], nowMs: number): Issued {
  const dns = ['localhost', ...names.filter(name => isIP(name) === 0)]
  const addresses = names.filter(name => isIP(name) !== 0 && !isPrivate(name))
  const single = addresses.map((name): Network => [name, isIP(name) === 4 ? '255.255.255.255' : 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'])
  const root = newRoot(rootName(names, nowMs), validity(nowMs, ROOT_DAYS), { names: [...new Set(dns)], networks: [...PRIVATE, ...single] })
  keep(directory, 'root', root)
  writeFileSync(join(directory, 'root.names'), `${names.join('\n')}\n`)
  return root
}

/** Two roots of one house differ by name too: some programs look for an issuer by name alone. */
const rootName = (names: readonly string[], nowMs: number): string =>
  `Mangru local CA ${new Date(nowMs).toISOString().slice(0, 10)} ${createHash('sha256').update(`${nowMs} ${names}`).digest('hex').slice(0, 8)}`

function leafOf(directory: string, names: readonly string[], root: TlsPair, nowMs: number): TlsPair {
  const issuer = new X509Certificate(root.cert)
  const kept = readPair(directory, 'server')
  if (kept && endsMs(kept) > nowMs + RENEW_DAYS * DAY_MS) {
    const there = new X509Certificate(kept.cert)
    const told = namesOf(kept.cert).map(canonical)
    if (there.verify(issuer.publicKey) && names.every(name => told.includes(name))) return kept
  }
  const leaf = newServer({ name: issuer.subject.replace(/^CN=/, ''), key: root.key }, validity(nowMs, LEAF_DAYS), names)
  keep(directory, 'server', leaf)
  return leaf
}

const validity = (nowMs: number, days: number) => ({ fromMs: nowMs - BEFORE_MS, toMs: nowMs - BEFORE_MS + days * DAY_MS })
const endsMs = ({ cert }: TlsPair): number => Date.parse(new X509Certificate(cert).validTo)

/** One spelling of an address: IPv6 in eight groups. */
function canonical(name: string): string {
  if (isIP(name) !== 6) return name
  const bytes = bytesOf(name)
  return Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16)).join(':')
}

/** What cannot be read (a torn file) counts as not there: it is made anew. */
function readPair(directory: string, name: string): TlsPair | undefined {
  try {
    const [cert = '', key = ''] = [`${name}.crt`, `${name}.key`].map(file => readFileSync(join(directory, file), 'utf8'))
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? { cert, key } : undefined
  } catch {
    return undefined
  }
}

/** The key first and for its owner alone; each file whole or as before. */
function keep(directory: string, name: string, { key, cert }: TlsPair): void {
  for (const [file, text, mode] of [
    [`${name}.key`, key, 0o600],
    [`${name}.crt`, cert, 0o644],
  ] as const) {
    const path = join(directory, file)
    writeFileSync(`${path}.new`, text, { mode })
    chmodSync(`${path}.new`, mode)
    renameSync(`${path}.new`, path)
  }
}

/** May the root kept here stand for these names? */
function standsFor(directory: string, names: readonly string[]): boolean {
  const file = join(directory, 'root.names')
  const known = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return names.every(name => known.includes(name) || isPrivate(name))
}

const isPrivate = (name: string): boolean =>
  isIP(name) !== 0 &&
  PRIVATE.some(([address, mask]) => {
    const [one, other, bits] = [bytesOf(name), bytesOf(address), bytesOf(mask)]
    return one.length === other.length && one.every((byte, at) => (byte & bits[at]!) === other[at])
  })
