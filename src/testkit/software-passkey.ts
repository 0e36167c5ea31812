// An authenticator made of software, for tests: ES256 keys, `none` attestation, a counter that can be set back as one that was copied does. Speaks the JSON forms a browser's
// `toJSON()` gives (WebAuthn level 3, §5.1), so that the server's own library judges what it makes; no code is shared with it.
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

interface Made {
  readonly id: string
  readonly privateKey: KeyObject
  readonly rp: string
  readonly userHandle: string
  counter: number
}

export interface SoftwarePasskey {
  /** `navigator.credentials.create` at this origin. */
  create(options: object, origin: string): ReturnType<typeof registration>
  /** `navigator.credentials.get`; `as` gives what a forger would give instead. */
  get(options: object, origin: string, as?: { readonly verified?: boolean; readonly rp?: string }): ReturnType<typeof assertion>
  /** The next signature says this many have been made. */
  setCounter(counter: number): void
}

const FLAG = { present: 0x01, verified: 0x04, attested: 0x40 } as const
const sha256 = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest()
const text = (from: object, name: string): string => String(Object(from)[name] ?? '')

export function softwarePasskey(): SoftwarePasskey {
  const made: Made[] = []
  /** Many authenticators count from 0 for ever; this one counts. */
  let next: number | undefined
  return {
    create(options, origin) {
      const rp = text(Object(options).rp, 'id')
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const id = randomBytes(32)
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const cose = map([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ])
      made.push({ id: id.toString('base64url'), privateKey, rp, userHandle: text(Object(options).user, 'id'), counter: 1 })
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const data = Buffer.concat([head(rp, FLAG.present | FLAG.verified | FLAG.attested, 1), Buffer.alloc(16), length, id, cose.cbor])
      return registration(id.toString('base64url'), clientData('webauthn.create', text(options, 'challenge'), origin), data)
    },
    get(options, origin, { verified = true, rp } = {}) {
      const allowed: readonly unknown[] = Object(options).allowCredentials ?? []
      const one = made.find(key => allowed.length === 0 || allowed.some(other => Object(other).id === key.id))
      if (!one) throw new Error('this authenticator holds none of those keys')
      one.counter = next ?? one.counter + 1
      next = undefined
      const data = head(rp ?? one.rp, FLAG.present | (verified ? FLAG.verified : 0), one.counter)
      const client = clientData('webauthn.get', text(options, 'challenge'), origin)
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(one.privateKey)
      return assertion(one, client, data, signature)
    },
    setCounter(counter) {
      next = counter
    },
  }
}

const clientData = (type: string, challenge: string, origin: string): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

function head(rp: string, flags: number, counter: number): Buffer {
  const end = Buffer.alloc(5)
  end.writeUInt8(flags)
  end.writeUInt32BE(counter, 1)
  return Buffer.concat([sha256(rp), end])
}

const registration = (id: string, client: Buffer, data: Buffer) => ({
  id,
  rawId: id,
  type: 'public-key' as const,
  response: {
    clientDataJSON: client.toString('base64url'),
    attestationObject: map([
      ['fmt', 'none'],
      ['attStmt', map([])],
      ['authData', data],
    ]).cbor.toString('base64url'),
    transports: ['internal'],
  },
  clientExtensionResults: {},
})

const assertion = (one: Made, client: Buffer, data: Buffer, signature: Buffer) => ({
  id: one.id,
  rawId: one.id,
  type: 'public-key' as const,
  response: {
    clientDataJSON: client.toString('base64url'),
    authenticatorData: data.toString('base64url'),
    signature: signature.toString('base64url'),
    userHandle: one.userHandle,
  },
  clientExtensionResults: {},
})

/** What is written already. */
interface Encoded {
  readonly cbor: Buffer
}
type Item = number | string | Uint8Array | Encoded

/** CBOR (RFC 8949), as much as these two need: small numbers, text, bytes, maps of them. */
const map = (entries: readonly (readonly [number | string, Item])[]): Encoded => ({
  cbor: Buffer.concat([start(5, entries.length), ...entries.flatMap(([key, value]) => [item(key), item(value)])]),
})
function item(value: Item): Buffer {
  if (typeof value === 'number') return value < 0 ? start(1, -1 - value) : start(0, value)
  if (typeof value === 'string') return Buffer.concat([start(3, Buffer.byteLength(value)), Buffer.from(value)])
  return 'cbor' in value ? value.cbor : Buffer.concat([start(2, value.length), value])
}
function start(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length])
  if (length < 256) return Buffer.from([(major << 5) | 24, length])
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff])
}
