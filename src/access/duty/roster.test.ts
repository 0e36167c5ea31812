import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addKstDays, DAY_MS, kstDay, kstDayBegins } from '#base/index.ts'
import { holidaysOf, isRestDay } from './holidays.ts'
import { PATTERNS, rosterFrom } from './patterns.ts'
import { rosterFault, watchesBetween } from './roster.ts'
import type { Roster, Swap } from './schema.ts'
import { occupantOf, standingOf, swapFault } from './standing.ts'

const seats = (crew: number) => [1, 2, 3].map(n => ({ id: `seat-${n}`, ko: `당직 ${n}`, en: `Watch ${n}`, person: `p-${crew}-${n}` }))
function rosterOf(pattern: string, firstDay = '2026-11-23'): Roster {
  const found = PATTERNS.find(one => one.id === pattern)
  if (!found) throw new Error(pattern)
  const roster = rosterFrom(found, { id: 'r', organisation: 'hq', firstDay, fromDay: '2019-01-01', seats: [] })
  return { ...roster, crews: roster.crews.map((crew, n) => ({ ...crew, seats: seats(n + 1) })) }
}
const days = fc.integer({ min: kstDayBegins('2020-01-01'), max: kstDayBegins('2050-12-30') }).map(kstDay)
const holidays = (year: number) => holidaysOf(year)

test.each(PATTERNS.map(one => one.id))('the ready pattern %s can be stood as it is', id => {
  expect(rosterFault(rosterOf(id))).toBeUndefined()
})

test.each(['4x3', '4x2', '3x2'])('%s: any moment of any year is covered by exactly one watch, over months, leap days and midnight', id => {
  fc.assert(
    fc.property(days, days, fc.integer({ min: 0, max: DAY_MS - 1 }), (day, firstDay, atMs) => {
      const moment = kstDayBegins(day) + atMs
      const found = watchesBetween([rosterOf(id, firstDay)], moment, moment + 1, holidays)
      expect(found).toHaveLength(1)
      expect(found[0]!.fromMs <= moment && moment < found[0]!.toMs).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test.each(['4x3', '4x2', '3x2'])(
  '%s: each crew stands as many watches of each kind as every other in as many days as the cycle has',
  id => {
    const roster = rosterOf(id)
    fc.assert(
      fc.property(days, day => {
        const from = kstDayBegins(day)
        const counts = new Map<string, number>()
        for (const watch of watchesBetween([roster], from, from + [...roster.cycle].length * DAY_MS, holidays).filter(
          one => one.fromMs >= from,
        )) {
          const key = `${watch.crew.id} ${watch.watch.id}`
          counts.set(key, (counts.get(key) ?? 0) + 1)
        }
        expect(counts.size).toBe(roster.crews.length * roster.watches.length)
        expect(new Set(counts.values()).size).toBe(1)
      }),
      { numRuns: 50 },
    )
  },
)

test('day staff come on workdays and on no other day', () => {
  fc.assert(
    fc.property(days, day => {
      const noon = kstDayBegins(day) + DAY_MS / 2
      const found = watchesBetween([rosterOf('5-days')], noon, noon + 1, holidays)
      expect(found).toHaveLength(isRestDay(day, holidaysOf(Number(day.slice(0, 4)))) ? 0 : 1)
    }),
  )
})

test('the roster of the picture: on 23 November 2026 crew 2 has the night, crew 3 the day after it', () => {
  const night = kstDayBegins('2026-11-24') + 2 * 3_600_000
  const [now] = watchesBetween([rosterOf('4x3')], night, night + 1, holidays)
  expect([now?.crew.ko, now?.watch.ko, now?.day, now?.id]).toEqual(['2조', '야간', '2026-11-23', 'hq:2026-11-23:night'])
  const morning = kstDayBegins('2026-11-24') + 7 * 3_600_000
  const [next] = watchesBetween([rosterOf('4x3')], morning, morning + 1, holidays)
  expect([next?.crew.ko, next?.watch.ko]).toEqual(['3조', '주간'])
})

test('a new roster begins on its day; the watch that began the day before is stood to its end', () => {
  const old = rosterOf('4x3')
  const young: Roster = { ...rosterOf('4x3'), id: 'young', fromDay: '2027-01-01' }
  const found = watchesBetween(
    [old, young],
    kstDayBegins('2026-12-31') + 16 * 3_600_000,
    kstDayBegins('2027-01-01') + 8 * 3_600_000,
    holidays,
  )
  expect(found.map(one => `${one.day} ${one.watch.id} ${one.roster}`)).toEqual([
    '2026-12-31 evening r',
    '2026-12-31 night r',
    '2027-01-01 day young',
  ])
})

test.each<readonly [string, Partial<Roster>, string]>([
  ['a letter that is no watch', { cycle: '주주저저야야비밤' }, 'strange-letter'],
  ['a watch nobody stands', { cycle: '주주저저야비비비' }, 'nobody'],
  ['two crews on one watch', { cycle: '주주저저야야비주' }, 'twice'],
  ['no crews', { crews: [] }, 'empty'],
  ['an empty cycle', { cycle: '' }, 'empty'],
  ['a gap between watches', { watches: rosterOf('4x3').watches.map(one => (one.id === 'day' ? { ...one, fromMinute: 480 } : one)) }, 'gap'],
  ['one letter twice', { watches: rosterOf('4x3').watches.map(one => ({ ...one, short: '주' })) }, 'bad-letter'],
  ['hours that are none', { watches: rosterOf('4x3').watches.map(one => ({ ...one, toMinute: 1500 })) }, 'bad-hours'],
])('a roster with %s is refused, and the sentence names it', (_what, change, code) => {
  const fault = rosterFault({ ...rosterOf('4x3'), ...change })
  expect(fault?.code).toBe(code)
  expect(fault?.ko).not.toBe('')
})

/** Watches each person stands from 23 November on, for 40 days. */
function countsOf(roster: Roster, swaps: readonly Swap[]): ReadonlyMap<string, number> {
  const from = kstDayBegins('2026-11-23')
  const counts = new Map<string, number>()
  for (const watch of watchesBetween([roster], from, from + 40 * DAY_MS, holidays))
    for (const { person } of standingOf(roster, watch, { swaps, leaves: [] })) counts.set(person ?? '', (counts.get(person ?? '') ?? 0) + 1)
  return counts
}

test('swaps keep everybody’s count of watches, and nobody stands two at once', () => {
  const roster = rosterOf('4x3')
  const all = watchesBetween([roster], kstDayBegins('2026-11-25'), kstDayBegins('2026-12-20'), holidays)
  const before = countsOf(roster, [])
  const slot = fc.record({ watch: fc.constantFrom(...all), seat: fc.constantFrom('seat-1', 'seat-2', 'seat-3') })
  let done = 0
  fc.assert(
    fc.property(fc.array(fc.tuple(slot, slot), { maxLength: 8 }), wanted => {
      const swaps: Swap[] = []
      const sideOf = (one: { readonly watch: (typeof all)[number]; readonly seat: string }) => {
        const place = { day: one.watch.day, watch: one.watch.watch.id, crew: one.watch.crew.id, seat: one.seat }
        return { ...place, person: occupantOf(roster, place, swaps) ?? '' }
      }
      const standing = (watch: (typeof all)[number]) => standingOf(roster, watch, { swaps, leaves: [] })
      for (const [n, [a, b]] of wanted.entries()) {
        const swap = { from: sideOf(a), to: sideOf(b) }
        const fault = swapFault(swap, {
          swaps,
          nowMs: 0,
          rosterOn: () => roster,
          watchOf: place => all.find(one => one.day === place.day && one.watch.id === place.watch),
          watchesOf: (person, fromDay, toDay) =>
            watchesBetween([roster], kstDayBegins(addKstDays(fromDay, -2)), kstDayBegins(addKstDays(toDay, 2)), holidays).filter(watch =>
              standing(watch).some(one => one.person === person),
            ),
        })
        if (fault) continue
        done++
        swaps.push({ ...swap, id: String(n), organisation: 'hq', reason: '', state: 'approved', askedAtMs: 0, decidedAtMs: n })
      }
      expect(countsOf(roster, swaps)).toEqual(before)
      for (const watch of all) expect(new Set(standing(watch).map(one => one.person)).size).toBe(3)
    }),
    { numRuns: 60 },
  )
  expect(done).toBeGreaterThan(20)
})
