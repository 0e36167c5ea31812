// What a roster says: which crew stands which watch on a day, and whether a cycle can be stood at all. Pure. In a cycle of n letters a crew of offset k stands on day d the
// letter (d + k) mod n; a roster is right when on each day of its cycle every watch is stood by exactly one crew and the watches follow one another round the clock.
import { addKstDays, kstDay, kstDayBegins, kstDaysFrom } from '#base/index.ts'
import { isRestDay } from './holidays.ts'
import { type Crew, type Holiday, OFF_LETTERS, type Roster, type Watch, type WatchTime } from './schema.ts'

export interface Refused {
  readonly code: string
  readonly ko: string
  readonly en: string
}

const DAY_MINUTES = 1440
const MAX_CYCLE = 84
const MAX_CREWS = 12
const MAX_SEATS = 30
const mod = (a: number, n: number): number => ((a % n) + n) % n

/** The letter a crew stands on that day. */
export const letterOn = (roster: Pick<Roster, 'cycle' | 'firstDay'>, crew: Pick<Crew, 'offset'>, day: string): string => {
  const letters = [...roster.cycle]
  return letters[mod(kstDaysFrom(roster.firstDay, day) + crew.offset, letters.length)] ?? ''
}

const minutesOf = ({ fromMinute, toMinute }: Watch): number => (toMinute > fromMinute ? toMinute : toMinute + DAY_MINUTES) - fromMinute

/** Watches that begin on this day, in the order of their hours. */
export function watchesOn(roster: Roster, day: string, holidays: readonly Holiday[]): readonly WatchTime[] {
  if (roster.isWorkdaysOnly && isRestDay(day, holidays)) return []
  return [...roster.watches]
    .sort((a, b) => a.fromMinute - b.fromMinute)
    .flatMap(watch => {
      const crew = roster.crews.find(one => letterOn(roster, one, day) === watch.short)
      if (!crew) return []
      const fromMs = kstDayBegins(day) + watch.fromMinute * 60_000
      return [
        {
          id: `${roster.organisation}:${day}:${watch.id}`,
          organisation: roster.organisation,
          roster: roster.id,
          day,
          watch,
          crew: { id: crew.id, ko: crew.ko, en: crew.en },
          fromMs,
          toMs: fromMs + minutesOf(watch) * 60_000,
        },
      ]
    })
}

/** The roster in force on a day: the one that began last. */
export const rosterOn = (rosters: readonly Roster[], day: string): Roster | undefined =>
  rosters
    .filter(one => one.fromDay <= day)
    .reduce<Roster | undefined>((best, one) => (best && best.fromDay > one.fromDay ? best : one), undefined)

/** Every watch of these rosters (of one organisation) that has a moment in [from, to), in order. */
export function watchesBetween(
  rosters: readonly Roster[],
  fromMs: number,
  toMs: number,
  holidaysIn: (year: number) => readonly Holiday[],
): readonly WatchTime[] {
  const found: WatchTime[] = []
  for (let day = addKstDays(kstDay(fromMs), -1); kstDayBegins(day) < toMs; day = addKstDays(day, 1)) {
    const roster = rosterOn(rosters, day)
    if (roster)
      found.push(...watchesOn(roster, day, holidaysIn(Number(day.slice(0, 4)))).filter(one => one.fromMs < toMs && one.toMs > fromMs))
  }
  return found
}

const no = (code: string, ko: string, en: string): Refused => ({ code, ko, en })

/** What is wrong with it, in a sentence; undefined: it can be stood. */
export function rosterFault(roster: Roster): Refused | undefined {
  const letters = [...roster.cycle]
  const { watches, crews } = roster
  if (watches.length === 0 || crews.length === 0 || crews.length > MAX_CREWS || letters.length === 0 || letters.length > MAX_CYCLE)
    return no(
      'empty',
      `근무와 조를 하나 이상, 주기는 ${MAX_CYCLE}일 이내로 적으십시오`,
      `write at least one watch and one crew, and a cycle of at most ${MAX_CYCLE} days`,
    )
  if (crews.some(crew => crew.seats.length === 0 || crew.seats.length > MAX_SEATS))
    return no('no-seats', '조마다 자리를 하나 이상 두십시오', 'every crew needs at least one seat')
  const shorts = watches.map(watch => watch.short)
  const off: readonly string[] = OFF_LETTERS
  if (new Set(shorts).size !== shorts.length || shorts.some(short => [...short].length !== 1 || off.includes(short)))
    return no('bad-letter', '근무마다 한 글자를 서로 다르게 정하십시오(비·휴 제외)', 'each watch needs a letter of its own (not 비 or 휴)')
  const strange = letters.find(letter => !shorts.includes(letter) && !off.includes(letter))
  if (strange) return no('strange-letter', `주기의 ‘${strange}’는 정한 근무가 아닙니다`, `‘${strange}’ in the cycle is none of the watches`)
  return hoursFault(roster) ?? coverFault(roster, letters)
}

function hoursFault({ watches, isWorkdaysOnly }: Roster): Refused | undefined {
  if (
    watches.some(
      ({ fromMinute, toMinute }) =>
        ![fromMinute, toMinute].every(minute => Number.isInteger(minute) && minute >= 0 && minute <= DAY_MINUTES),
    )
  )
    return no('bad-hours', '시각은 00:00에서 24:00 사이여야 합니다', 'hours lie between 00:00 and 24:00')
  if (isWorkdaysOnly) return undefined
  const sorted = [...watches].sort((a, b) => a.fromMinute - b.fromMinute)
  const gap = sorted.find(
    (watch, n) => mod(watch.toMinute, DAY_MINUTES) !== mod(sorted[(n + 1) % sorted.length]?.fromMinute ?? 0, DAY_MINUTES),
  )
  return gap
    ? no(
        'gap',
        `‘${gap.ko}’ 다음 근무가 끝나는 시각에 이어지지 않습니다. 하루가 비거나 겹칩니다`,
        `no watch follows ‘${gap.en}’ when it ends: the day has a gap or an overlap`,
      )
    : undefined
}

function coverFault(roster: Roster, letters: readonly string[]): Refused | undefined {
  for (let n = 0; n < letters.length; n++) {
    const day = addKstDays(roster.firstDay, n)
    for (const watch of roster.watches) {
      const standing = roster.crews.filter(crew => letterOn(roster, crew, day) === watch.short)
      if (standing.length === 1) continue
      const names = (language: 'ko' | 'en'): string => standing.map(crew => crew[language]).join(', ')
      return standing.length === 0
        ? no('nobody', `주기 ${n + 1}일째 ‘${watch.ko}’에 서는 조가 없습니다`, `day ${n + 1} of the cycle: nobody stands ‘${watch.en}’`)
        : no(
            'twice',
            `주기 ${n + 1}일째 ‘${watch.ko}’에 ${names('ko')}가 함께 섭니다`,
            `day ${n + 1} of the cycle: ${names('en')} both stand ‘${watch.en}’`,
          )
    }
  }
  return undefined
}
