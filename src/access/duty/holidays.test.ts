import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addKstDays, kstWeekday } from '#base/index.ts'
import { FIRST_HOLIDAY_YEAR, holidaysOf, isRestDay, LAST_HOLIDAY_YEAR } from './holidays.ts'

const korean = new Intl.DateTimeFormat('en-u-ca-dangi', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
const moonDay = (day: string): string => {
  const parts = korean.formatToParts(new Date(`${day}T00:00:00Z`))
  return `${parts.find(part => part.type === 'month')?.value}/${parts.find(part => part.type === 'day')?.value}`
}
const years = Array.from({ length: LAST_HOLIDAY_YEAR - FIRST_HOLIDAY_YEAR + 1 }, (_, n) => FIRST_HOLIDAY_YEAR + n)

test.each(years)('%d: 설날, 부처님 오신 날 and 추석 stand where ICU’s Korean calendar has them', year => {
  const on = (ko: string): string => holidaysOf(year).find(one => one.ko === ko)?.day ?? ''
  expect([moonDay(on('설날')), moonDay(on('부처님 오신 날')), moonDay(on('추석'))]).toEqual(['1/1', '4/8', '8/15'])
})

// As the official almanacs had them, and as python-holidays 0.105 (KR) has those to come.
test.each([
  [2014, ['09-10']],
  [2015, ['09-29']],
  [2016, ['02-10']],
  [2017, ['01-30', '10-06']],
  [2018, ['05-07', '09-26']],
  [2019, ['05-06']],
  [2020, ['01-27']],
  [2021, ['08-16', '10-04', '10-11']],
  [2022, ['09-12', '10-10']],
  [2023, ['01-24', '05-29']],
  [2024, ['02-12', '05-06']],
  [2025, ['03-03', '05-06', '10-08']],
  [2026, ['03-02', '05-25', '08-17', '10-05']],
  [2027, ['02-09', '05-03', '07-19', '08-16', '10-04', '10-11', '12-27']],
  [2028, ['10-05']],
  [2029, ['05-07', '05-21', '09-24']],
])('%d: the substitute holidays are %j', (year, days) => {
  expect(holidaysOf(year).flatMap(one => (one.isSubstitute ? [one.day.slice(5)] : []))).toEqual(days)
})

test('a substitute is a weekday that is no other holiday, and all days between it and the lost one are days of rest', () => {
  fc.assert(
    fc.property(fc.constantFrom(...years), year => {
      const all = holidaysOf(year)
      for (const one of all.filter(day => day.isSubstitute)) {
        expect(kstWeekday(one.day) % 6).not.toBe(0)
        expect(all.filter(other => other.day === one.day)).toHaveLength(1)
        // Walking back over days of rest we come to a holiday of its name.
        let day = addKstDays(one.day, -1)
        const name = one.ko.slice('대체공휴일('.length, -1)
        while (isRestDay(day, all) && !all.some(other => other.day === day && other.ko.startsWith(name))) day = addKstDays(day, -1)
        expect(
          all.some(other => other.day === day && other.ko.startsWith(name)),
          `${one.day} for ${name}`,
        ).toBe(true)
      }
    }),
  )
})

test('a named day is a holiday of that year only', () => {
  const election = { day: '2030-06-12', ko: '지방선거일', en: 'local elections', isDesignated: true } as const
  expect(holidaysOf(2030, [election])).toContainEqual(election)
  expect(holidaysOf(2031, [election])).not.toContainEqual(election)
})
