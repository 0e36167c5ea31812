// Half a sign-in: the password was right, the second factor is still to come. A ticket is one person's, for five minutes, in memory alone: after a
// restart one begins again.
import type { Clock } from '#base/index.ts'
import { newToken } from './token.ts'

const LASTS_MS = 5 * 60_000
const MOST = 10_000

export interface Ticket {
  readonly person: string
  readonly step: 'second' | 'enrol'
  /** What has been shown already: `password`, `link`, `oidc`. */
  readonly ways: readonly string[]
}

export interface Tickets {
  open(person: string, step: Ticket['step'], ways?: readonly string[]): string
  /** Not used up by looking. */
  look(ticket: string): Ticket | undefined
  /** True once. */
  end(ticket: string): boolean
}

export function createTickets(clock: Pick<Clock, 'now'>): Tickets {
  const open = new Map<string, Ticket & { readonly endsMs: number }>()
  const look = (ticket: string): Ticket | undefined => {
    const known = open.get(ticket)
    return known && clock.now() < known.endsMs ? known : undefined
  }
  return {
    open(person, step, ways = []) {
      for (const [ticket, { endsMs }] of open) {
        if (endsMs > clock.now() && open.size < MOST) break
        open.delete(ticket)
      }
      const ticket = newToken()
      open.set(ticket, { person, step, ways, endsMs: clock.now() + LASTS_MS })
      return ticket
    },
    look,
    end(ticket) {
      const isGood = look(ticket) !== undefined
      open.delete(ticket)
      return isGood
    },
  }
}
