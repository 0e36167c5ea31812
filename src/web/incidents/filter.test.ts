import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Filter, formatFilter, NO_FILTER, parseFilter, queryOf, SPANS_DAYS } from './filter.ts'
import { INCIDENT_KINDS, INCIDENT_STATES, URGENCIES } from './kinds.ts'

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined })
const filters: fc.Arbitrary<Filter> = fc.record({
  states: fc.subarray([...INCIDENT_STATES], { minLength: 1 }),
  kind: maybe(fc.constantFrom(...INCIDENT_KINDS)),
  organisation: maybe(fc.constantFrom('busan', 'busan-new-port')),
  urgency: maybe(fc.constantFrom(...URGENCIES)),
  days: maybe(fc.constantFrom(...SPANS_DAYS)),
  report: maybe(fc.constant(true as const)),
  sort: maybe(fc.constant('changed' as const)),
  words: fc.string().map(words => words.trim()),
  people: fc.constant(false),
})

test('a filter in the address is the same filter for whoever opens the link', () => {
  fc.assert(
    fc.property(filters, filter => {
      expect(parseFilter(formatFilter(filter))).toEqual(filter)
    }),
  )
})

test.each([undefined, '', 'state=gone&kind=&urgency=9&organisation=<b>&days=2', '%%%'])('%s in the address shows all', text => {
  expect(parseFilter(text)).toEqual({
    ...NO_FILTER,
    kind: undefined,
    organisation: undefined,
    urgency: undefined,
    days: undefined,
    report: undefined,
    sort: undefined,
  })
  expect(formatFilter(parseFilter(text))).toBe('')
})

test('the server is asked for that grave and graver, since that many days ago', () => {
  const query = queryOf({ ...NO_FILTER, urgency: 2, days: 7 }, Date.UTC(2026, 10, 24))
  expect(Object.fromEntries(query)).toEqual({ urgency: '1,2', from: '2026-11-17T00:00:00.000Z' })
})
