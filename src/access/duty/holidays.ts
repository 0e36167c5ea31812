// Public holidays of Korea with their substitutes. Rules: 공휴일에 관한 법률 and 관공서의 공휴일에 관한 규정 (art. 2, 3) as in force in each year: substitutes of the two great
// festivals and of Children's Day since 2014, of national days since August 2021, of Buddha's birthday and Christmas since May 2023, Labour Day and Constitution Day public
// since 2026. Days by the moon are a table (KASI almanac as in ICU 78's Korean calendar, 2014–2050; holidays.test.ts compares all of it), because a roster must not move
// when a library does. Elections and temporary holidays are named one by one.
import { addKstDays, kstWeekday } from '#base/index.ts'
import type { Holiday } from './schema.ts'

/** First of the first moon (설날), eighth of the fourth (부처님오신날), fifteenth of the eighth (추석): MMDD of each year. */
const BY_MOON: Readonly<Record<number, readonly [seollal: string, buddha: string, chuseok: string]>> = {
  2014: ['01-31', '05-06', '09-08'],
  2015: ['02-19', '05-25', '09-27'],
  2016: ['02-08', '05-14', '09-15'],
  2017: ['01-28', '05-03', '10-04'],
  2018: ['02-16', '05-22', '09-24'],
  2019: ['02-05', '05-12', '09-13'],
  2020: ['01-25', '04-30', '10-01'],
  2021: ['02-12', '05-19', '09-21'],
  2022: ['02-01', '05-08', '09-10'],
  2023: ['01-22', '05-27', '09-29'],
  2024: ['02-10', '05-15', '09-17'],
  2025: ['01-29', '05-05', '10-06'],
  2026: ['02-17', '05-24', '09-25'],
  2027: ['02-07', '05-13', '09-15'],
  2028: ['01-27', '05-02', '10-03'],
  2029: ['02-13', '05-20', '09-22'],
  2030: ['02-03', '05-09', '09-12'],
  2031: ['01-23', '05-28', '10-01'],
  2032: ['02-11', '05-16', '09-19'],
  2033: ['01-31', '05-06', '09-08'],
  2034: ['02-19', '05-25', '09-27'],
  2035: ['02-08', '05-15', '09-16'],
  2036: ['01-28', '05-03', '10-04'],
  2037: ['02-15', '05-22', '09-24'],
  2038: ['02-04', '05-11', '09-13'],
  2039: ['01-24', '04-30', '10-02'],
  2040: ['02-12', '05-18', '09-21'],
  2041: ['02-01', '05-07', '09-10'],
  2042: ['01-22', '05-26', '09-28'],
  2043: ['02-10', '05-16', '09-17'],
  2044: ['01-30', '05-05', '10-05'],
  2045: ['02-17', '05-24', '09-25'],
  2046: ['02-06', '05-13', '09-15'],
  2047: ['01-26', '05-02', '10-04'],
  2048: ['02-14', '05-20', '09-22'],
  2049: ['02-02', '05-09', '09-11'],
  2050: ['01-23', '05-28', '09-30'],
}
export const FIRST_HOLIDAY_YEAR = 2014
export const LAST_HOLIDAY_YEAR = 2050

/** On which clashes a substitute is given: Saturday and Sunday, Sunday alone, none at all. Another holiday on the same weekday counts for all but `none`. */
type Substitute = 'weekend' | 'sunday' | 'none'
interface Named {
  readonly day: string
  readonly ko: string
  readonly en: string
  readonly substitute: Substitute
}

/** Named by the government for this once: temporary holidays and elections at the end of a term, as published. Administrators add later ones. */
export const DESIGNATED: readonly Holiday[] = [
  { day: '2023-10-02', ko: '임시공휴일', en: 'temporary holiday' },
  { day: '2024-04-10', ko: '국회의원 선거일', en: 'National Assembly election' },
  { day: '2024-10-01', ko: '임시공휴일', en: 'temporary holiday' },
  { day: '2025-01-27', ko: '임시공휴일', en: 'temporary holiday' },
  { day: '2025-06-03', ko: '대통령 선거일', en: 'presidential election' },
  { day: '2026-06-03', ko: '지방선거일', en: 'local elections' },
].map(one => ({ ...one, isDesignated: true }))

function namedDays(year: number): readonly Named[] {
  const moon = BY_MOON[year]
  if (!moon) return []
  const [seollal, buddha, chuseok] = moon.map(day => `${year}-${day}`)
  const festival = (day: string, ko: string, en: string): readonly Named[] => [
    { day: addKstDays(day, -1), ko: `${ko} 전날`, en: `eve of ${en}`, substitute: 'sunday' },
    { day, ko, en, substitute: 'sunday' },
    { day: addKstDays(day, 1), ko: `${ko} 다음 날`, en: `day after ${en}`, substitute: 'sunday' },
  ]
  const national: Substitute = year >= 2022 ? 'weekend' : 'none'
  // The decree of 4 August 2021 counted for what was left of that year.
  const autumn: Substitute = year >= 2021 ? 'weekend' : 'none'
  const since2023: Substitute = year >= 2023 ? 'weekend' : 'none'
  const fixed = (monthDay: string, ko: string, en: string, substitute: Substitute): Named => ({
    day: `${year}-${monthDay}`,
    ko,
    en,
    substitute,
  })
  return [
    fixed('01-01', '새해 첫날', 'New Year’s Day', 'none'),
    ...festival(seollal!, '설날', 'Seollal'),
    fixed('03-01', '삼일절', 'Independence Movement Day', national),
    ...(year >= 2026 ? [fixed('05-01', '노동절', 'Labour Day', 'weekend')] : []),
    fixed('05-05', '어린이날', 'Children’s Day', 'weekend'),
    { day: buddha!, ko: '부처님 오신 날', en: 'Buddha’s Birthday', substitute: since2023 },
    fixed('06-06', '현충일', 'Memorial Day', 'none'),
    ...(year >= 2026 ? [fixed('07-17', '제헌절', 'Constitution Day', 'weekend')] : []),
    fixed('08-15', '광복절', 'Liberation Day', autumn),
    ...festival(chuseok!, '추석', 'Chuseok'),
    fixed('10-03', '개천절', 'National Foundation Day', autumn),
    fixed('10-09', '한글날', 'Hangeul Day', autumn),
    fixed('12-25', '기독탄신일', 'Christmas', since2023),
  ]
}

const isWeekend = (day: string): boolean => kstWeekday(day) % 6 === 0

/** The holidays whose substitute is due, each day once for the weekend and once for each holiday that another one covers on a weekday. */
function lostDays(named: readonly Named[]): readonly Named[] {
  return named.filter((one, n) => {
    if (one.substitute === 'none') return false
    if (kstWeekday(one.day) === 0) return true
    if (kstWeekday(one.day) === 6) return one.substitute === 'weekend'
    // Of two on one weekday one is had, the other is lost: the later in the list stands for it.
    return named.some((other, m) => other.day === one.day && (m < n || (m > n && other.substitute === 'none')))
  })
}

/** The year's holidays in their order, with the given extra days. Outside 2014–2050 only the extra days. */
export function holidaysOf(year: number, designated: readonly Holiday[] = DESIGNATED): readonly Holiday[] {
  const named = namedDays(year)
  const extra = designated.filter(one => one.day.startsWith(`${year}-`))
  const taken = new Set([...named, ...extra].map(one => one.day))
  const substitutes: Holiday[] = []
  for (const lost of [...lostDays(named)].sort((a, b) => a.day.localeCompare(b.day))) {
    let day = addKstDays(lost.day, 1)
    while (isWeekend(day) || taken.has(day)) day = addKstDays(day, 1)
    taken.add(day)
    const of = lost.ko.replace(/ (전날|다음 날)$/, '')
    substitutes.push({
      day,
      ko: `대체공휴일(${of})`,
      en: `substitute holiday (${lost.en.replace(/^(eve of|day after) /, '')})`,
      isSubstitute: true,
    })
  }
  return [...named.map(({ day, ko, en }) => ({ day, ko, en })), ...extra, ...substitutes].sort((a, b) => a.day.localeCompare(b.day))
}

/** Nobody of the day staff comes: Saturday, Sunday, public holiday. */
export const isRestDay = (day: string, holidays: readonly Holiday[]): boolean => isWeekend(day) || holidays.some(one => one.day === day)
