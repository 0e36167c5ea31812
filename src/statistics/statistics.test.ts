// Every measure is recounted from the facts' rows by SQL written for this test alone (window functions, no roll-ups), on random facts with random late corrections, over
// random spans and sites; and roll-ups that grew are the roll-ups that are built at once.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SqlValue } from '#platform/store/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { checkStatistics } from './check.ts'
import { HOUR_MS } from './day.ts'
import { saveSource } from './facts.ts'
import { MEASURES } from './measures.ts'
import { spanPeriod } from './period.ts'
import type { By, Condition, Fact, MeasureDefinition } from './schema.ts'
import { SOURCES } from './sources/index.ts'
import { openDesk, type TestDesk } from './test-desk.ts'

const folder = temporaryFolder()
let desk: TestDesk
const FROM = Date.UTC(2024, 1, 27, 15)
const ORGANISATIONS = ['hq', 'busan', 'incheon', 'gamcheon']

beforeAll(async () => {
  desk = await openDesk(folder.path)
  await desk.store.write(SOURCES.map(source => saveSource(source.id, { sinceMs: 1, caughtUpMs: 1 })))
})
afterAll(async () => {
  await desk.close()
  folder.remove()
})

/** Words that conditions of measures name, and some that they do not. */
const kindsOf = (source: string): readonly string[] => [
  ...new Set([
    ...MEASURES.filter(one => one.source === source).flatMap(one =>
      one.where.filter(({ field }) => field === 'kind').flatMap(({ is }) => is ?? []),
    ),
    'other',
    '그 밖',
  ]),
]
const subsOf = (source: string): readonly string[] => [
  ...new Set([
    ...MEASURES.filter(one => one.source === source).flatMap(one =>
      [...one.where, ...(one.part ?? [])].filter(({ field }) => field === 'sub').flatMap(({ is, not }) => [...(is ?? []), ...(not ?? [])]),
    ),
    'x',
  ]),
]
const factOf = (source: string): fc.Arbitrary<Fact> => {
  const numbers = SOURCES.find(one => one.id === source)?.numbers.map(one => one.id) ?? []
  return fc.record({
    // Around midnight KST and the leap day of 2024.
    atMs: fc.integer({ min: FROM, max: FROM + 6 * 24 * HOUR_MS }),
    organisation: fc.constantFrom(...ORGANISATIONS),
    kind: fc.constantFrom(...kindsOf(source)),
    sub: fc.constantFrom(...subsOf(source)),
    subject: fc.constantFrom('440000001', '440000002', '440000003'),
    numbers: fc.dictionary(fc.constantFrom(...(numbers.length > 0 ? numbers : ['none'])), fc.integer({ min: 0, max: 900 })),
    link: fc.constant({ kind: 'x', id: 'x', label: 'x' }),
  })
}
const changes = fc.constantFrom(...SOURCES.map(one => one.id)).chain(source =>
  fc.record({
    source: fc.constant(source),
    changes: fc.array(
      fc.record({ origin: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), facts: fc.array(factOf(source), { maxLength: 6 }) }),
      {
        minLength: 1,
        maxLength: 30,
      },
    ),
    fromH: fc.integer({ min: -3, max: 140 }),
    hours: fc.integer({ min: 1, max: 90 }),
    sites: fc.constantFrom('all' as const, new Set(['busan', 'gamcheon']), new Set(['hq', 'incheon'])),
  }),
)

const SQL_FIELD = (field: string): string =>
  field === 'kind' || field === 'sub' ? field : `CAST(json_extract(numbers, '$.${field}') AS REAL)`
function sqlOf({ field, is, not, atLeast, below }: Condition): string {
  const list = (words: readonly string[]): string => words.map(word => `'${word}'`).join(', ')
  return [
    ...(is ? [`${SQL_FIELD(field)} IN (${list(is)})`] : []),
    ...(not ? [`${SQL_FIELD(field)} NOT IN (${list(not)})`] : []),
    ...(atLeast === undefined ? [] : [`${SQL_FIELD(field)} >= ${atLeast}`]),
    ...(below === undefined ? [] : [`${SQL_FIELD(field)} < ${below}`]),
  ].join(' AND ')
}
const SQL_BY: Readonly<Record<By, string>> = {
  organisation: "CASE organisation WHEN 'gamcheon' THEN 'busan' ELSE organisation END",
  kind: 'kind',
  sub: 'sub',
  hour: "CAST(strftime('%H', at_ms / 1000 + 9 * 3600, 'unixepoch') AS INTEGER)",
  weekday:
    "CASE strftime('%w', at_ms / 1000 + 9 * 3600, 'unixepoch') WHEN '0' THEN 7 ELSE CAST(strftime('%w', at_ms / 1000 + 9 * 3600, 'unixepoch') AS INTEGER) END",
  slot: "CAST(strftime('%s', date(at_ms / 1000 + 9 * 3600, 'unixepoch')) - 9 * 3600 AS INTEGER) * 1000",
}

/** The recount: plain SQL over the facts, no roll-up, no code of the room. */
function recounted(
  measure: MeasureDefinition,
  by: readonly By[],
  fromMs: number,
  toMs: number,
  sites: 'all' | ReadonlySet<string>,
): Map<string, number> {
  const value = measure.number ? `CAST(json_extract(numbers, '$.${measure.number}') AS REAL)` : '1'
  const where = [
    `source = '${measure.source}'`,
    `at_ms >= ${fromMs}`,
    `at_ms < ${toMs}`,
    ...(sites === 'all' ? [] : [`organisation IN (${[...sites].map(id => `'${id}'`).join(', ')})`]),
    ...measure.where.map(sqlOf),
    ...(measure.number ? [`${value} IS NOT NULL`] : []),
    ...(measure.whole ? [`json_extract(numbers, '$.${measure.whole}') IS NOT NULL`] : []),
  ].join(' AND ')
  const key = by.map(one => SQL_BY[one]).join(" || '|' || ") || "''"
  const picked = `SELECT ${key} AS key, ${value} AS v, subject, sub, kind, numbers FROM statistics_facts WHERE ${where}`
  const share = measure.part
    ? `avg(CASE WHEN ${measure.part.map(sqlOf).join(' AND ')} THEN 1.0 ELSE 0.0 END)`
    : `sum(v) / nullif(sum(CAST(json_extract(numbers, '$.${measure.whole}') AS REAL)), 0)`
  const quantile = (p: number): string =>
    `SELECT key, sum(v * w) AS value FROM (
       SELECT key, v, max(0, 1 - abs((n - 1) * ${p} - (r - 1))) AS w FROM (
         SELECT key, v, row_number() OVER (PARTITION BY key ORDER BY v) AS r, count(*) OVER (PARTITION BY key) AS n FROM (${picked})))
     GROUP BY key`
  const sql = {
    count: `SELECT key, count(*) AS value FROM (${picked}) GROUP BY key`,
    sum: `SELECT key, sum(v) AS value FROM (${picked}) GROUP BY key`,
    mean: `SELECT key, avg(v) AS value FROM (${picked}) GROUP BY key`,
    distinct: `SELECT key, count(DISTINCT subject) AS value FROM (${picked}) GROUP BY key`,
    share: `SELECT key, ${share} AS value FROM (${picked}) GROUP BY key`,
    median: quantile(0.5),
    p90: quantile(0.9),
  }[measure.function]
  const rows = desk.sql<{ key: SqlValue; value: number | null }>(sql)
  return new Map(rows.flatMap(row => (row.value === null ? [] : [[String(row.key), row.value] as const])))
}

test('every measure is what other SQL counts from the facts, after late corrections, by site, kind, hour and weekday, over midnight and the leap day', async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(changes, fc.boolean(), async ({ source, changes: list, fromH, hours, sites }, isTended) => {
      for (const change of list) desk.statistics.take(source, change)
      await desk.statistics.settled()
      if (isTended) while (await desk.statistics.tend());
      const fromMs = FROM + fromH * HOUR_MS
      const span = spanPeriod({ fromMs, toMs: fromMs + hours * HOUR_MS })
      for (const measure of MEASURES.filter(one => one.source === source))
        for (const by of [[], ['organisation'], ['kind', 'sub'], ['weekday', 'hour']] satisfies By[][]) {
          const answer = await desk.statistics.measure(measure.id, by, span, sites)
          const wanted = recounted(measure, by, span.fromMs, span.toMs, sites)
          const found = new Map(
            (answer?.rows ?? []).flatMap(row => (row.n === 0 || row.value === undefined ? [] : [[row.key.join('|'), row.value] as const])),
          )
          if (by.length === 0) {
            const total = wanted.get('')
            if (total === undefined) expect(answer?.total.value ?? 0).toBe(0)
            else expect(answer?.total.value, measure.id).toBeCloseTo(total, 6)
            const before = recounted(measure, by, span.before?.fromMs ?? 0, span.before?.toMs ?? 0, sites).get('')
            expect(answer?.total.before?.value ?? 0, measure.id).toBeCloseTo(before ?? 0, 6)
          } else {
            expect([...found.keys()].sort(), `${measure.id} by ${by}`).toEqual([...wanted.keys()].sort())
            for (const [key, value] of wanted) expect(found.get(key), `${measure.id} by ${by}: ${key}`).toBeCloseTo(value, 6)
          }
          compared++
        }
    }),
    { numRuns: 60 },
  )
  expect(compared).toBeGreaterThan(400)
})

test('roll-ups that grew with news and corrections are those built at once from the facts', async () => {
  while (await desk.statistics.tend());
  expect(checkStatistics(desk.store)).toMatch(/ 0 days to be rolled up/)
  const before = desk.sql('SELECT source, day, facts, pack FROM statistics_days ORDER BY source, day')
  expect(before.length).toBeGreaterThan(3)
  await desk.store.write([
    { sql: 'DELETE FROM statistics_days' },
    { sql: 'INSERT OR IGNORE INTO statistics_dirty SELECT DISTINCT source, day, 1 FROM statistics_facts' },
  ])
  while (await desk.statistics.tend());
  expect(desk.sql('SELECT source, day, facts, pack FROM statistics_days ORDER BY source, day')).toEqual(before)
})

test('a roll-up that is not what its facts say is named by source and day', async () => {
  const [row] = desk.sql<{ source: string; day: number }>('SELECT source, day FROM statistics_days LIMIT 1')
  await desk.store.write([
    {
      sql: 'UPDATE statistics_days SET pack = (SELECT pack FROM statistics_days WHERE facts <> (SELECT facts FROM statistics_days WHERE source = ?1 AND day = ?2) LIMIT 1) WHERE source = ?1 AND day = ?2',
      values: [row?.source ?? '', row?.day ?? 0],
    },
  ])
  expect(() => checkStatistics(desk.store)).toThrow(new RegExp(`roll-up of ${row?.source} on \\d{4}-\\d\\d-\\d\\d`))
})

test.each([
  ['counted before', false],
  ['read ahead', true],
])(
  'what was %s is told again only as long as nothing of it has changed: a late record, one taken back, a roll-up made anew',
  async (_, isAhead) => {
    const { statistics } = desk
    const period = spanPeriod({ fromMs: FROM + 24 * HOUR_MS, toMs: FROM + 72 * HOUR_MS })
    const asked = async (): Promise<readonly unknown[]> => {
      const answer = await statistics.measure('alarms', ['organisation'], period)
      return [answer?.total.value, answer?.total.before?.value, answer?.rows.reduce((sum, row) => sum + (row.value ?? 0), 0)]
    }
    const rolledUp = async (): Promise<void> => {
      await statistics.settled()
      while (await statistics.tend());
      if (isAhead) await statistics.readAhead()
    }
    const late = (atMs: number) => ({
      atMs,
      organisation: 'busan',
      kind: 'loitering',
      sub: 'real',
      numbers: {},
      link: { kind: 'x', id: 'x', label: 'x' },
    })
    await rolledUp()
    const [now = 0, before = 0] = (await asked()).map(Number)
    expect(await asked()).toEqual([now, before, now])
    statistics.take('alarms', { origin: 'late', facts: [late(FROM + 30 * HOUR_MS), late(FROM - 10 * HOUR_MS)] })
    await statistics.settled()
    expect(await asked()).toEqual([now + 1, before + 1, now + 1])
    await rolledUp()
    expect(await asked()).toEqual([now + 1, before + 1, now + 1])
    statistics.take('alarms', { origin: 'late', facts: [late(FROM + 31 * HOUR_MS)] })
    await rolledUp()
    expect(await asked()).toEqual([now + 1, before, now + 1])
    statistics.take('alarms', { origin: 'late', facts: [] })
    await rolledUp()
    expect(await asked()).toEqual([now, before, now])
  },
)
