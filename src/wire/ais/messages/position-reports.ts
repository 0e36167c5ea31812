// Types 1, 2, 3 (class A), 9 (search and rescue aircraft), 18 and 19 (class B), 27 (long range). ITU-R M.1371-5 annex 8, tables 48, 56, 68, 69, 77.
import { coarsePlace, course, dimensions, flag, heading, number, place, signed, spare, speed, text } from '../fields.ts'
import type { Message } from './message.ts'

const second = number('second', 6, { fallback: 60 })

/** Rate of turn as sent is 4.733 √(°/min); ±127 tells the side only, −128 is 'not available': then there is no rotDegMin. */
const rotDegMin = (raw: number): number | undefined =>
  Math.abs(raw) >= 127 ? undefined : Math.round((Math.sign(raw) * (raw / 4.733) ** 2 || 0) * 1000) / 1000

const MAX_ROT_RAW = 126
const rotRaw = (degMin: number): number | undefined => {
  const raw = Math.round(4.733 * Math.sqrt(Math.abs(degMin))) * Math.sign(degMin)
  return Math.abs(raw) <= MAX_ROT_RAW ? raw : undefined
}

const classA = (type: number, title: string): Message => ({
  type,
  title,
  minBits: 149,
  layout: [
    number('navigationStatus', 4, { fallback: 15 }),
    signed('rotRaw', 8, { fallback: -128, derived: { name: 'rotDegMin', value: rotDegMin, raw: rotRaw } }),
    speed,
    flag('accurate'),
    ...place,
    course,
    heading,
    second,
    number('manoeuvre', 2),
    spare(3),
    flag('raim'),
    number('radio', 19, { whenCut: 'low' }),
  ],
})

export const positionReports: readonly Message[] = [
  classA(1, 'Position report, scheduled'),
  classA(2, 'Position report, assigned schedule'),
  classA(3, 'Position report, special'),
]

export const searchAndRescueAircraft: Message = {
  type: 9,
  title: 'Search and rescue aircraft position',
  minBits: 148,
  layout: [
    number('altitudeM', 12, { absent: [4095] }),
    number('sogKn', 10, { absent: [1023] }),
    flag('accurate'),
    ...place,
    course,
    second,
    number('regional', 8),
    flag('dte'),
    spare(3),
    flag('assigned'),
    flag('raim'),
    number('radio', 20),
  ],
}

export const classBPosition: Message = {
  type: 18,
  title: 'Class B position report',
  minBits: 148,
  layout: [
    number('regional', 8),
    speed,
    flag('accurate'),
    ...place,
    course,
    heading,
    second,
    number('regional2', 2),
    flag('cs'),
    flag('display'),
    flag('dsc'),
    flag('band'),
    flag('msg22'),
    flag('assigned'),
    flag('raim'),
    number('radio', 20),
  ],
}

export const classBExtended: Message = {
  type: 19,
  title: 'Class B extended position report',
  minBits: 301,
  layout: [
    number('regional', 8),
    speed,
    flag('accurate'),
    ...place,
    course,
    heading,
    second,
    number('regional2', 4),
    text('name', 20),
    number('shipType', 8),
    ...dimensions,
    number('epfd', 4),
    flag('raim'),
    flag('dte'),
    flag('assigned'),
    spare(4),
  ],
}

export const longRange: Message = {
  type: 27,
  title: 'Long-range position report',
  minBits: 94,
  layout: [
    flag('accurate'),
    flag('raim'),
    number('navigationStatus', 4, { fallback: 15 }),
    ...coarsePlace('lon', 'lat'),
    number('sogKn', 6, { absent: [63] }),
    number('cogDeg', 9, { absent: [511, 360] }),
    flag('gnssBit'),
    spare(1),
  ],
}
