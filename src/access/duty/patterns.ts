// The ready patterns of rosters. An administrator picks one, names the seats, and may change hours, cycle and offsets; what comes out is checked like any other.
import type { Roster, Watch } from './schema.ts'

export interface Pattern {
  readonly id: string
  readonly ko: string
  readonly en: string
  readonly watches: readonly Watch[]
  readonly cycle: string
  /** One a crew. */
  readonly offsets: readonly number[]
  readonly isWorkdaysOnly?: true
}

const watch = (id: string, ko: string, en: string, short: string, shortEn: string, from: number, to: number): Watch => ({
  id,
  ko,
  en,
  short,
  shortEn,
  fromMinute: from * 60,
  toMinute: to * 60,
})

export const PATTERNS: readonly Pattern[] = [
  {
    id: '4x3',
    ko: '4조 3교대',
    en: '4 crews, 3 watches',
    watches: [
      watch('day', '주간', 'day', '주', 'D', 7, 15),
      watch('evening', '저녁', 'evening', '저', 'E', 15, 23),
      watch('night', '야간', 'night', '야', 'N', 23, 7),
    ],
    cycle: '주주저저야야비비',
    offsets: [3, 5, 7, 1],
  },
  {
    id: '4x2',
    ko: '4조 2교대',
    en: '4 crews, 2 watches',
    watches: [watch('day', '주간', 'day', '주', 'D', 9, 18), watch('night', '야간', 'night', '야', 'N', 18, 9)],
    cycle: '주야비휴',
    offsets: [0, 3, 2, 1],
  },
  {
    id: '3x2',
    ko: '3조 2교대',
    en: '3 crews, 2 watches',
    watches: [watch('day', '주간', 'day', '주', 'D', 9, 18), watch('night', '야간', 'night', '야', 'N', 18, 9)],
    cycle: '주주야야비비',
    offsets: [0, 4, 2],
  },
  {
    id: '5-days',
    ko: '5일 일근',
    en: 'five days a week',
    watches: [watch('office', '일근', 'office hours', '일', 'O', 9, 18)],
    cycle: '일',
    offsets: [0],
    isWorkdaysOnly: true,
  },
]

/** A roster of a ready pattern, its crews numbered, each with the same seats. */
export function rosterFrom(
  pattern: Pattern,
  to: Pick<Roster, 'id' | 'organisation' | 'firstDay' | 'fromDay'> & { readonly seats: Roster['crews'][number]['seats'] },
): Roster {
  const { seats, ...rest } = to
  return {
    ...rest,
    ko: pattern.ko,
    en: pattern.en,
    watches: pattern.watches,
    cycle: pattern.cycle,
    crews: pattern.offsets.map((offset, n) => ({ id: `crew-${n + 1}`, ko: `${n + 1}조`, en: `Crew ${n + 1}`, offset, seats })),
    ...(pattern.isWorkdaysOnly ? { isWorkdaysOnly: true } : {}),
  }
}
