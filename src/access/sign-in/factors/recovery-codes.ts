// Recovery codes: ten, each good once, for the day the phone is at the bottom of the harbour. 50 random bits in letters nobody mistakes (Crockford's base32); kept as
// argon2id, one salt a set (ASVS 5.0, 6.5.2: lookup secrets below 112 bits are hashed as passwords are), so that a try costs one hash and not ten.
import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

export const CODES_IN_A_SET = 10
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10
const SALT_BYTES = 16

const hash = promisify(argon2)

/** `K7QPM-3XV9D`: two groups of five. */
export function newRecoveryCodes(): readonly string[] {
  const codes = new Set<string>()
  while (codes.size < CODES_IN_A_SET) {
    const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
    codes.add(`${letters.slice(0, 5)}-${letters.slice(5)}`)
  }
  return [...codes]
}

/** As typed by a tired person: small letters, blanks, O for 0, I and L for 1; undefined where it cannot be one. */
export function recoveryCodeKey(typed: string): string | undefined {
  const letters = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return letters.length === LENGTH && [...letters].every(letter => LETTERS.includes(letter)) ? letters : undefined
}

export interface HashedCodes {
  readonly salt: Uint8Array
  readonly hashes: readonly Uint8Array[]
}

export const hashCode = (key: string, salt: Uint8Array): Promise<Buffer> =>
  hash('argon2id', { message: key, nonce: salt, parallelism: 1, tagLength: 32, memory: 19 * 1024, passes: 2 })

export async function hashedCodes(codes: readonly string[]): Promise<HashedCodes> {
  const salt = randomBytes(SALT_BYTES)
  return { salt, hashes: await Promise.all(codes.map(code => hashCode(recoveryCodeKey(code) ?? '', salt))) }
}

/** Which of the set it is; undefined: none. */
export async function codeIn({ salt, hashes }: HashedCodes, key: string): Promise<Uint8Array | undefined> {
  const hashed = await hashCode(key, salt)
  return hashes.find(one => one.length === hashed.length && timingSafeEqual(one, hashed))
}
