// One-time codes of an authenticator app: RFC 6238 over RFC 4226, SHA-1, six digits, 30 seconds: what every app on a phone speaks. Pure; which step was used last is
// for the keeper to know. Twenty lines of a standard are simpler to answer for than a package.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const STEP_MS = 30_000
const DIGITS = 6
/** One step before and after: a phone's clock may be half a minute off (RFC 6238 §5.2). */
const WINDOW = 1
const SECRET_BYTES = 20
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES)
export const stepAt = (ms: number): number => Math.floor(ms / STEP_MS)

/** The code of one step. */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 0xf
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The step whose code this is, within the window; undefined: of none. Every step of the window is compared, so that the time tells nothing. */
export function stepOfCode(secret: Uint8Array, code: string, nowMs: number): number | undefined {
  const typed = code.replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(typed)) return undefined
  let found: number | undefined
  for (let step = stepAt(nowMs) - WINDOW; step <= stepAt(nowMs) + WINDOW; step++)
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(typed))) found = step
  return found
}

/** Base32 (RFC 4648) without padding, as apps take it by hand. */
export function base32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map(five => LETTERS[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** What the picture holds that an app photographs (the `otpauth` form all apps read). */
export const otpauthUri = (secret: Uint8Array, account: string): string =>
  `otpauth://totp/Mangru:${encodeURIComponent(account)}?secret=${base32(secret)}&issuer=Mangru&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1000}`
