// Small files that nobody but the product may read (keys) leave the machine encrypted when the backups have a passphrase: AES-256-GCM, the key by scrypt, a salt and a
// nonce for each file. Without one they are copied as they are, readable by their owner alone.
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

const MAGIC = Buffer.from('MGSEAL1\n')
const [SALT_BYTES, NONCE_BYTES, TAG_BYTES] = [16, 12, 16]
/** 2^15: some 60 ms and 32 MB a file, as OWASP's cheat sheet on password storage has it for scrypt (r = 8, p = 3). */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 << 20 }
const MAX_BYTES = 64 << 10

/** Nobody else may read it, and it is no large file that merely has tight rights. */
export const isSecret = (mode: number, bytes: number): boolean => (mode & 0o077) === 0 && bytes <= MAX_BYTES

export function seal(bytes: Uint8Array, passphrase: string): Buffer {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, COST), nonce)
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([MAGIC, salt, nonce, cipher.getAuthTag(), body])
}

/** Undefined when the passphrase is another one, or the bytes were changed. */
export function unseal(sealed: Buffer, passphrase: string): Buffer | undefined {
  let at = MAGIC.length
  if (!sealed.subarray(0, at).equals(MAGIC)) return undefined
  const next = (bytes: number): Buffer => {
    at += bytes
    return sealed.subarray(at - bytes, at)
  }
  const [salt, nonce, tag] = [next(SALT_BYTES), next(NONCE_BYTES), next(TAG_BYTES)]
  try {
    const decipher = createDecipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, COST), nonce)
    decipher.setAuthTag(tag)
    return Buffer.concat([decipher.update(sealed.subarray(at)), decipher.final()])
  } catch {
    return undefined
  }
}
