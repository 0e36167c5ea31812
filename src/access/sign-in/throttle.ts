// Guessing is slow, and nobody can be locked out by it. Strangers together have ten tries at an account in fifteen minutes, from however many addresses they come; a device
// that has signed in there before, and an address it was signed in from lately, have ten of their own, which strangers cannot use up. An address has a limit too, over all
// accounts. A try is counted before the password is looked at, so that a thousand at once are not a thousand tries; a right one gives its own back.
import type { Clock } from '#base/index.ts'

export const TRIES = 10
export const TRIES_OF_ADDRESS = 100
export const SPAN_MS = 15 * 60_000
/** Names that nobody has are counted too (else they would show): the oldest are forgotten. */
const MOST_KEPT = 50_000

export interface Attempt {
  /** Account: a person's id, or the name that was typed where nobody has it. */
  readonly account: string
  readonly address: string
  /** The device or address is known to have been this person's: which. */
  readonly familiar?: string
}

export interface Throttle {
  /** Counts a try. The milliseconds to wait where there is none left; then nothing is counted. */
  begin(attempt: Attempt): { readonly waitMs: number }
  /** It was right: the try is given back. */
  passed(attempt: Attempt): void
}

export function createThrottle(clock: Pick<Clock, 'now'>): Throttle {
  /** Times of the last tries, oldest first. */
  const tries = new Map<string, number[]>()
  const lastOf = (key: string): number[] => {
    const since = clock.now() - SPAN_MS
    const list = (tries.get(key) ?? []).filter(atMs => atMs > since)
    // What is used last stands last; what stands first goes first.
    tries.delete(key)
    tries.set(key, list)
    return list
  }
  const limitsOf = ({ account, address, familiar }: Attempt): readonly (readonly [key: string, most: number])[] =>
    familiar === undefined
      ? [
          [`account ${account}`, TRIES],
          [`address ${networkOf(address)}`, TRIES_OF_ADDRESS],
        ]
      : [[`familiar ${familiar} ${account}`, TRIES]]

  return {
    begin(attempt) {
      const lists = limitsOf(attempt).map(([key, most]) => ({ list: lastOf(key), most }))
      const waitMs = Math.max(
        0,
        ...lists.map(({ list, most }) => (list.length < most ? 0 : (list[list.length - most] ?? 0) + SPAN_MS - clock.now())),
      )
      if (waitMs === 0) for (const { list } of lists) list.push(clock.now())
      for (const key of tries.keys()) {
        if (tries.size <= MOST_KEPT) break
        tries.delete(key)
      }
      return { waitMs }
    },
    passed(attempt) {
      for (const [key] of limitsOf(attempt)) lastOf(key).pop()
    },
  }
}

/** An IPv6 line has 2^64 addresses of its own: they count as one. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [before = '', after] = plain.split('::')
  const groups = before.split(':').filter(Boolean)
  const rest = (after ?? '').split(':').filter(Boolean)
  const all = after === undefined ? groups : [...groups, ...Array.from({ length: 8 - groups.length - rest.length }, () => '0'), ...rest]
  return all.slice(0, 4).join(':')
}
