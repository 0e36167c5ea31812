// Passwords: argon2id by the runtime's own crypto, with the parameters OWASP names first (19 MiB, 2 passes, 1 lane), on the pool's threads and two at a time, so that a
// night of guesses takes neither the loop nor the memory. Kept in the PHC form: parameters can grow, and what was made with others is still read.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { createTurns } from './turns.ts'

const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const TAG_BYTES = 32
const SALT_BYTES = 16
const AT_ONCE = 2
/** Who comes when so many wait is asked to try later. */
const MOST_WAITING = 200
export const MIN_PASSWORD = 10
export const MAX_PASSWORD = 256

interface Parameters {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}
const OURS: Parameters = { memory: MEMORY_KIB, passes: PASSES, parallelism: LANES }

const derive = (password: string, salt: Uint8Array, { memory, passes, parallelism }: Parameters, tagLength: number): Promise<Buffer> =>
  new Promise((done, fail) =>
    argon2(
      'argon2id',
      // One spelling of composed letters: a Korean password typed on another machine is the same.
      { message: password.normalize('NFC'), nonce: salt, parallelism, tagLength, memory, passes },
      (error, key) => (error ? fail(error) : done(key)),
    ),
  )

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

function read(
  kept: string,
): { readonly parameters: Parameters; readonly salt: Uint8Array<ArrayBuffer>; readonly tag: Uint8Array<ArrayBuffer> } | undefined {
  const [, m, t, p, salt = '', tag = ''] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(kept) ?? []
  if (m === undefined) return undefined
  return {
    parameters: { memory: Number(m), passes: Number(t), parallelism: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

/** Nobody's password: whoever names an unknown account waits as long as for a wrong password. */
const NOBODYS = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(randomBytes(SALT_BYTES))}$${base64(randomBytes(TAG_BYTES))}`

export interface Hasher {
  /** What the store keeps. */
  hash(password: string): Promise<string>
  /** `undefined`: there is no such account, or no password; takes the same time. Known devices go first when many wait. */
  verify(password: string, kept: string | undefined, isFamiliar?: boolean): Promise<boolean>
}

export function createHasher(): Hasher {
  const turns = createTurns(AT_ONCE, MOST_WAITING)
  return {
    hash: password =>
      turns.take(async () => {
        const salt = randomBytes(SALT_BYTES)
        const tag = await derive(password, salt, OURS, TAG_BYTES)
        return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(salt)}$${base64(tag)}`
      }, true),
    verify: (password, kept, isFamiliar = false) =>
      turns.take(async () => {
        const known = read(kept ?? NOBODYS)
        if (!known) return false
        const tag = await derive(password, known.salt, known.parameters, known.tag.length)
        return timingSafeEqual(tag, known.tag) && kept !== undefined
      }, isFamiliar),
  }
}
