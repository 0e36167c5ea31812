// The words of Jointech locks: the place in BCD, and the status word of the JT701 (manual V1.4 field 17; the same in HB-1AL and, as JSON, TeraTrack).
import { bcdByte, bit, type Cursor } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { type SealReport, tell } from './report.ts'
import { utcMs } from './times.ts'

const KMH_PER_KNOT = 1.852
const DEGREES_PER_COURSE_STEP = 2

interface StatusBit {
  /** The name in reports. */
  readonly name: string
  /** What it means that it is set, where that is an event. */
  readonly event?: SealEvent
}

/** Lowest bit first. */
export const STATUS_BITS: readonly StatusBit[] = [
  { name: 'lbsFix' },
  { name: 'enterFenceAlarm', event: 'entered-area' },
  { name: 'exitFenceAlarm', event: 'left-area' },
  { name: 'stringCutAlarm', event: 'wire-cut' },
  { name: 'vibrationAlarm', event: 'vibration' },
  { name: 'ackRequired' },
  { name: 'stringInserted' },
  { name: 'motorLocked' },
  { name: 'unlockAlarm', event: 'unlock-alarm' },
  { name: 'wrongPasswordAlarm', event: 'wrong-password-limit' },
  { name: 'unauthorisedCardAlarm', event: 'unknown-card' },
  { name: 'lowBatteryAlarm', event: 'low-battery' },
  { name: 'backCoverOpenAlarm', event: 'cover-opened' },
  { name: 'backCoverClosed' },
  { name: 'motorFaultAlarm', event: 'motor-stuck' },
]

/** Names of the set bits; the report gets the states and the events. */
export function readStatusWord(report: SealReport, word: number): string[] {
  const names: string[] = []
  for (const [at, { name, event }] of STATUS_BITS.entries()) {
    if (!bit(word, at)) continue
    names.push(name)
    tell(report, event)
  }
  Object.assign(report.status, {
    locked: bit(word, 7),
    ropeInserted: bit(word, 6),
    coverClosed: bit(word, 13),
    word: `0x${word.toString(16).padStart(4, '0')}`,
  })
  return names
}

export interface JointechPlace {
  sentAtMs?: number
  lat: number
  lon: number
  fixValid: boolean
  speedKmh: number
  courseDeg: number
}

/**
 * Date and time DDMMYYhhmmss, latitude DDMM.MMMM, longitude DDDMM.MMMM and its half byte of signs, speed in knots, half the course: 17 bytes.
 * The JT701's speed is a binary byte (manual V1.4 field 12), the JT600's two decimal digits.
 */
export function jointechPlace(cursor: Cursor, speed: 'binary' | 'bcd'): JointechPlace {
  const [day, month, year] = [cursor.bcd(1), cursor.bcd(1), cursor.bcd(1)]
  const sentAtMs = utcMs(year, month, day, cursor.bcd(1), cursor.bcd(1), cursor.bcd(1))
  const lat = degreesOf(cursor.bcd(4))
  const high = cursor.bcd(4)
  const last = cursor.u8()
  const lon = degreesOf(high * 10 + (last >> 4))
  const knots = cursor.u8()
  return {
    ...(sentAtMs === undefined ? {} : { sentAtMs }),
    lat: bit(last, 1) ? lat : 0 - lat,
    lon: bit(last, 2) ? lon : 0 - lon,
    fixValid: bit(last, 0),
    speedKmh: round((speed === 'binary' ? knots : bcdByte(knots)) * KMH_PER_KNOT, 3),
    courseDeg: cursor.u8() * DEGREES_PER_COURSE_STEP,
  }
}

/** DDDMMmmmm, ten-thousandths of a minute; six places of a degree are finer than those. */
const degreesOf = (packed: number): number => round(Math.floor(packed / 1e6) + (packed % 1e6) / 1e4 / 60, 6)

export const round = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places
