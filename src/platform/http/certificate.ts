// X.509 certificates in DER (RFC 5280, ECDSA P-256 with SHA-256 as RFC 5758 names it): the two kinds the local CA needs and nothing else, so that no package has to come for it.
// Tried against Node's own reader and real TLS handshakes (local-ca.test.ts).
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'

export interface Issued {
  /** PEM. */
  readonly cert: string
  readonly key: string
}

export interface Issuer {
  readonly name: string
  /** PEM. */
  readonly key: string
}

interface Validity {
  readonly fromMs: number
  readonly toMs: number
}

/** Addresses with their mask: what a root may stand for. */
export type Network = readonly [address: string, mask: string]

/** A root that may issue certificates for these names (and what lies below them) and networks alone; not for other authorities. */
export function newRoot(
  name: string,
  validity: Validity,
  permitted: { readonly names: readonly string[]; readonly networks: readonly Network[] },
): Issued {
  const { privateKey, publicKey } = newKeys()
  const subtrees = [
    ...permitted.names.map(dnsName),
    ...permitted.networks.map(([address, mask]) => tlv(0x87, bytesOf(address), bytesOf(mask))),
  ]
  const cert = certificate(name, name, validity, publicKey, privateKey, [
    extension('2.5.29.19', true, sequence(boolean(true), integer(Buffer.of(0)))),
    extension('2.5.29.15', true, bits(0x06, 1)),
    extension('2.5.29.14', false, tlv(0x04, keyId(publicKey))),
    extension('2.5.29.30', true, sequence(tlv(0xa0, ...subtrees.map(one => sequence(one))))),
  ])
  return { cert, key: pemOf(privateKey) }
}

/** A server's certificate for these names and addresses. */
export function newServer(issuer: Issuer, validity: Validity, names: readonly string[]): Issued {
  const { privateKey, publicKey } = newKeys()
  const issuerKey = createPrivateKey(issuer.key)
  const cert = certificate(names.find(name => isIP(name) === 0) ?? 'localhost', issuer.name, validity, publicKey, issuerKey, [
    extension('2.5.29.19', true, sequence()),
    extension('2.5.29.15', true, bits(0x80, 7)),
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.35', false, sequence(tlv(0x80, keyId(createPublicKey(issuerKey))))),
    extension('2.5.29.14', false, tlv(0x04, keyId(publicKey))),
    extension('2.5.29.17', false, sequence(...names.map(name => (isIP(name) === 0 ? dnsName(name) : tlv(0x87, bytesOf(name)))))),
  ])
  return { cert, key: pemOf(privateKey) }
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pemOf = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }))
const dnsName = (name: string): Buffer => tlv(0x82, Buffer.from(name, 'ascii'))

function certificate(
  subject: string,
  issuer: string,
  validity: Validity,
  publicKey: KeyObject,
  signer: KeyObject,
  extensions: readonly Buffer[],
): string {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'))
  const serial = randomBytes(16)
  // Positive, and never shorter.
  serial[0] = (serial[0]! & 0x3f) | 0x40
  const tbs = sequence(
    tlv(0xa0, integer(Buffer.of(2))),
    integer(serial),
    algorithm,
    commonName(issuer),
    sequence(time(validity.fromMs), time(validity.toMs)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', tbs, { key: signer, dsaEncoding: 'der' })
  const der = sequence(tbs, algorithm, tlv(0x03, Buffer.of(0), signature))
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`
}

/** SHA-1 of the key's bits, as RFC 5280 §4.2.1.2 (1) makes it: a name for the key, no protection. */
function keyId(key: KeyObject): Buffer {
  const spki = key.export({ type: 'spki', format: 'der' })
  // An uncompressed point of P-256 is the last 65 bytes.
  return createHash('sha1').update(spki.subarray(-65)).digest()
}

/** Tag, length, content. */
function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}
const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts)
const integer = (bytes: Buffer): Buffer => tlv(0x02, bytes)
const boolean = (is: boolean): Buffer => tlv(0x01, Buffer.of(is ? 0xff : 0))
const bits = (value: number, unused: number): Buffer => tlv(0x03, Buffer.of(unused, value))
const extension = (id: string, isCritical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(isCritical ? [boolean(true)] : []), tlv(0x04, value))
const commonName = (name: string): Buffer => sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(name)))))

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
function time(ms: number): Buffer {
  const digits = `${new Date(ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`
  return digits < '2050' ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits))
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const base128 = (value: number): readonly number[] => {
    const low: number[] = [value & 0x7f]
    for (let high = value >> 7; high > 0; high >>= 7) low.unshift((high & 0x7f) | 0x80)
    return low
  }
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** 4 or 16 bytes of an address or mask; what stands behind a `%` is the machine's own business. */
export function bytesOf(address: string): Buffer {
  const plain = address.replace(/%.*$/, '')
  if (isIP(plain) === 4) return Buffer.from(plain.split('.').map(Number))
  const [before = '', after] = plain.split('::')
  const groups = (part: string): string[] => part.split(':').filter(Boolean)
  const missing = after === undefined ? 0 : 8 - groups(before).length - groups(after).length
  const all = [...groups(before), ...Array.from({ length: missing }, () => '0'), ...groups(after ?? '')]
  return Buffer.from(
    all.flatMap(group => {
      const value = Number.parseInt(group, 16)
      return [value >> 8, value & 0xff]
    }),
  )
}
