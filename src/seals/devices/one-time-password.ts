// A password that opens one seal, at one place, for a short time: an HMAC of the seal's own key, the place and the time, cut to digits as RFC 4226 §5.3 does. It is worked out
// when it is needed and kept nowhere, so that a restart does not lose it and a copied database holds none: the house's key lies beside the store.
import { createHmac } from 'node:crypto'
import type { PlanPlace } from '../schema.ts'

const DIGITS = 6

export interface BoundTo {
  readonly seal: string
  readonly place: PlanPlace
  readonly fromMs: number
  readonly untilMs: number
  /** Of the command: two of one moment are two. */
  readonly id: string
}

/** Six digits. */
export function oneTimePassword(houseKey: Uint8Array, { seal, place, fromMs, untilMs, id }: BoundTo): string {
  const sealKey = createHmac('sha256', houseKey).update(`seal ${seal}`).digest()
  const where = place.area ?? [place.lat.toFixed(6), place.lon.toFixed(6), place.radiusM ?? ''].join(' ')
  const mac = createHmac('sha256', sealKey)
    .update(JSON.stringify([where, fromMs, untilMs, id]))
    .digest()
  // Dynamic truncation: the last four bits say where 31 bits are taken.
  const number = mac.readUInt32BE(mac[mac.length - 1]! & 15) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}
