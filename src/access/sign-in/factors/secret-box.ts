// Secrets that must be read again (an authenticator app's) are kept encrypted: AES-256-GCM by a key that lies beside the store, not in it, so that a copied database alone
// opens nothing. Whom a box belongs to is part of it: moved to another person's row it does not open.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface SecretBox {
  seal(secret: Uint8Array, whose: string): Buffer
  /** Undefined: made with another key, for another, or damaged. */
  open(box: Uint8Array, whose: string): Buffer | undefined
}

export function secretBox(key: Uint8Array): SecretBox {
  return {
    seal(secret, whose) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(whose))
      return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
    },
    open(box, whose) {
      if (box.length < NONCE_BYTES + TAG_BYTES) return undefined
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(whose))
          .setAuthTag(box.subarray(-TAG_BYTES))
        return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}

/** The key of this file, made on first use, for its owner alone. Throws where it is there and is none: made anew, every secret would be lost without a word. */
export function boxKey(file: string): Buffer {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // Whole or not at all, and of two that begin at once one makes it.
  const made = `${file}.${process.pid}`
  try {
    writeFileSync(made, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true })
    linkSync(made, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(made, { force: true })
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== KEY_BYTES) throw new Error(`${file} holds no key; bring it back from the backup`)
  return key
}
