// An authenticator app on a phone, for tests: RFC 6238 written a second time, so that the product is not compared with itself.
import { createHmac } from 'node:crypto'

export interface AuthenticatorApp {
  /** A code that was not given yet, within what a server accepts: of the half minute before, of this one, of the next. */
  next(): string
}

export function authenticatorApp(secret: string): AuthenticatorApp {
  const key = bytesOf(secret)
  let last = 0
  return {
    next() {
      const step = Math.floor(Date.now() / 30_000)
      last = Math.max(last + 1, step - 1)
      if (last > step + 1) throw new Error('this app was asked for more codes than half a minute has')
      return codeOf(key, last)
    },
  }
}

/** The code of a moment. */
export const codeAt = (secret: string, ms: number): string => codeOf(bytesOf(secret), Math.floor(ms / 30_000))

export function bytesOf(letters: string): Buffer {
  const bits = [...letters].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(eight => Number.parseInt(eight, 2)))
}
function codeOf(key: Buffer, step: number): string {
  const digest = createHmac('sha1', key)
    .update(Buffer.from(step.toString(16).padStart(16, '0'), 'hex'))
    .digest()
  const from = digest[19]! & 15
  const number = ((digest[from]! & 127) << 24) | (digest[from + 1]! << 16) | (digest[from + 2]! << 8) | digest[from + 3]!
  return `${number % 1_000_000}`.padStart(6, '0')
}
