// What a lock says at each turn of its journey, by protocol; and which protocol has a word for what is to happen.
import { SEAL_PROTOCOLS, type SealEvent } from '#seals/protocols/index.ts'

export interface Lock {
  readonly protocol: string
  /** Absent where its state alone tells it. */
  readonly seals?: SealEvent
  readonly opens: SealEvent
  readonly unseals: SealEvent
  readonly recloses?: SealEvent
  /** Digits of a card as this protocol writes it; absent where it tells none. */
  readonly cardDigits?: number
  readonly tellsBattery: boolean
  /** It says when it has no fix. */
  readonly tellsFix: boolean
}

export const LOCKS: readonly Lock[] = [
  {
    protocol: 'jt808',
    seals: 'sealed-by-card',
    opens: 'opened-while-sealed',
    unseals: 'unsealed-by-card',
    recloses: 'resealed-automatically',
    cardDigits: 8,
    tellsBattery: true,
    tellsFix: true,
  },
  {
    protocol: 'jt600',
    seals: 'sealed-automatically',
    opens: 'shackle-opened',
    unseals: 'unsealed-by-card',
    recloses: 'sealed-automatically',
    cardDigits: 10,
    tellsBattery: true,
    tellsFix: true,
  },
  {
    protocol: 'eseal',
    seals: 'sealed',
    opens: 'door-opened',
    unseals: 'unsealed-by-platform',
    recloses: 'sealed',
    tellsBattery: false,
    tellsFix: true,
  },
  { protocol: 'teratrack', opens: 'unlock-alarm', unseals: 'unlock-alarm', tellsBattery: true, tellsFix: false },
  { protocol: 'r16h', opens: 'unlock-alarm', unseals: 'unlock-alarm', tellsBattery: true, tellsFix: false },
  {
    protocol: 'json',
    seals: 'sealed-by-card',
    opens: 'opened-while-sealed',
    unseals: 'unsealed-by-card',
    recloses: 'resealed-automatically',
    cardDigits: 10,
    tellsBattery: true,
    tellsFix: true,
  },
  {
    protocol: 'envotech',
    seals: 'sealed',
    opens: 'unsealed',
    unseals: 'unsealed',
    recloses: 'sealed',
    tellsBattery: false,
    tellsFix: true,
  },
]

/** Protocols whose devices can lock a container; the others' sit on tractors. */
export const LOCK_PROTOCOLS: readonly string[] = LOCKS.map(one => one.protocol)
export const lockOf = (protocol: string): Lock | undefined => LOCKS.find(one => one.protocol === protocol)

/** Whose devices can be simulated. */
export const SPEAKS: ReadonlySet<string> = new Set(SEAL_PROTOCOLS.map(one => one.name))

const TELLS = new Map(SEAL_PROTOCOLS.map(one => [one.name, one.device.tells]))
/** The first of these that the protocol has a word for. */
export const wordOf = (protocol: string, events: readonly SealEvent[]): SealEvent | undefined =>
  events.find(event => TELLS.get(protocol)?.includes(event))

/** Numbers as the makers have them: twelve, ten, six digits, else an IMEI. */
export function deviceIdOf(protocol: string, n: number): string {
  if (protocol === 'jt808') return String(13_900_000_000 + n).padStart(12, '0')
  if (protocol === 'jt600') return String(7_700_000_000 + n)
  if (protocol === 'envotech') return String(100_000 + (n % 900_000))
  return String(860_000_000_000_000 + n)
}
