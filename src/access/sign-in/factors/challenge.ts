// Challenges of passkeys without a table of them: random bytes, an end and a MAC over both, over what it is for and whose it is. Whoever asks for a million of them costs
// nothing; one that was answered rightly is good for nothing more.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '#base/index.ts'

const GOOD_MS = 5 * 60_000
const RANDOM_BYTES = 16
const TIME_BYTES = 6
const MAC_BYTES = 32

export interface Challenges {
  /** `purpose` says for what and whose: the same words must come with the answer. */
  make(purpose: readonly string[]): Buffer<ArrayBuffer>
  /** `challenge` in base64url, as the browser sends it back. */
  isOurs(challenge: string, purpose: readonly string[]): boolean
  /** True the first time. */
  spend(challenge: string): boolean
}

export function createChallenges(clock: Pick<Clock, 'now'>): Challenges {
  const key = randomBytes(32)
  const spent = new Map<string, number>()
  const macOf = (head: Uint8Array, purpose: readonly string[]): Buffer =>
    createHmac('sha256', key).update(head).update(JSON.stringify(purpose)).digest()
  return {
    make(purpose) {
      const head = Buffer.alloc(RANDOM_BYTES + TIME_BYTES)
      randomBytes(RANDOM_BYTES).copy(head)
      head.writeUIntBE(clock.now() + GOOD_MS, RANDOM_BYTES, TIME_BYTES)
      return Buffer.concat([head, macOf(head, purpose)])
    },
    isOurs(challenge, purpose) {
      const bytes = Buffer.from(challenge, 'base64url')
      if (bytes.length !== RANDOM_BYTES + TIME_BYTES + MAC_BYTES || spent.has(challenge)) return false
      const head = bytes.subarray(0, RANDOM_BYTES + TIME_BYTES)
      return timingSafeEqual(bytes.subarray(head.length), macOf(head, purpose)) && head.readUIntBE(RANDOM_BYTES, TIME_BYTES) > clock.now()
    },
    spend(challenge) {
      if (spent.has(challenge)) return false
      for (const [one, untilMs] of spent) if (untilMs <= clock.now()) spent.delete(one)
      spent.set(challenge, clock.now() + GOOD_MS)
      return true
    },
  }
}
