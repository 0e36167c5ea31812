// Alarm codes of Topflytech trackers: of vehicles, and of the solar trackers with a removal switch.
import type { SealEvent } from './events.ts'

export const VEHICLE_EVENTS: Readonly<Record<number, SealEvent>> = {
  1: 'power-cut',
  2: 'low-battery',
  3: 'sos',
  4: 'overspeed',
  5: 'entered-area',
  6: 'left-area',
  7: 'towed',
  8: 'vibration',
  10: 'vibration',
  21: 'jamming',
  23: 'power-restored',
  24: 'low-power',
}

export const SOLAR_EVENTS: Readonly<Record<number, SealEvent>> = {
  1: 'removed',
  2: 'shell-tampered',
  3: 'sos',
  4: 'removed',
  5: 'dropped',
  6: 'low-battery',
  14: 'entered-area',
  15: 'left-area',
}
