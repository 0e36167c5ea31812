// What seals tell of: one list of names for all makers. The first 25 are the event list of the G-300, G-316 and G-666 padlocks, in its order (its code is
// the place), because it is the fullest that is published and in use; the rest are what other devices tell besides. The maker's own words and bits
// always stand beside them in the report.

/** Place = code of the G-300 list. */
export const CANONICAL_EVENTS = [
  'shackle-closed',
  'shackle-opened',
  'sealed-automatically',
  'sealed-by-card',
  'unsealed-by-card',
  'sealed-by-bluetooth',
  'unsealed-by-bluetooth',
  'sealed-by-platform',
  'unsealed-by-platform',
  'sealed-by-sms',
  'unsealed-by-sms',
  'seal-refused-unknown-card',
  'unseal-refused-unknown-card',
  'seal-refused-outside-area',
  'unseal-refused-outside-area',
  'opened-while-sealed',
  'shell-tampered',
  'wire-cut',
  'battery-exhausted',
  'wrong-password-limit',
  'resealed-automatically',
  'woken-by-turning',
  'woken-by-touch',
  'low-battery',
  'motor-stuck',
] as const

const OTHER_EVENTS = [
  // Seals and padlocks.
  'sealed',
  'unsealed',
  'unlock-alarm',
  'unseal-refused',
  'unseal-refused-wrong-password',
  'unknown-card',
  'vehicle-card',
  'cover-opened',
  'removed',
  'vibration',
  'shock',
  'dropped',
  'door-opened',
  'door',
  'light',
  // Place and movement.
  'entered-area',
  'left-area',
  'area',
  'overspeed',
  'low-speed',
  'moved',
  'towed',
  'parked',
  'idle',
  // Power and radio.
  'power-cut',
  'power-restored',
  'low-power',
  'power-on',
  'power-off',
  'jamming',
  'gps-antenna-fault',
  'fault',
  'temperature',
  // Driving.
  'sos',
  'accident',
  'fatigue',
  'harsh-acceleration',
  'harsh-braking',
  'harsh-cornering',
  'lane-change',
  'general',
] as const

export type SealEvent = (typeof CANONICAL_EVENTS)[number] | (typeof OTHER_EVENTS)[number]

export const SEAL_EVENTS: readonly SealEvent[] = [...CANONICAL_EVENTS, ...OTHER_EVENTS]

const CODES: ReadonlyMap<SealEvent, number> = new Map(CANONICAL_EVENTS.map((event, code) => [event, code]))

/** The code of the G-300 list; undefined for events that it does not have. */
export const canonicalCode = (event: SealEvent | undefined): number | undefined => (event === undefined ? undefined : CODES.get(event))
