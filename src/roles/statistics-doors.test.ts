// Statistics at the product's own doors: whoever counts counts only their own sites, by answer, file and drill-down; and what leaves as a file does nothing in a spreadsheet.
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Post } from '#base/index.ts'
import type { Statement } from '#platform/store/index.ts'
import { replaceFacts } from '../statistics/facts.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { type Doors, openDoors, PLACES, type Place } from './test-doors.ts'

const folder = temporaryFolder()
let doors: Doors
const ask = (post: Post, place: Place, method: string, path: string, body?: unknown) =>
  doors.ask(doors.caller(post, place).id, method, path, body)

/** 2026-11-24, KST. */
const DAY = { unit: 'day', at: '2026-11-24T03:00:00Z' } as const
const AT_MS = Date.UTC(2026, 10, 24, 1)
/** Of each place so many, so that every sum tells whose it is made of. */
const COUNTS: Readonly<Record<Place, number>> = { hq: 1000, busan: 100, gamcheon: 10, incheon: 1 }
/** What a spreadsheet would run, beside what only looks like it. */
const EVIL = ['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(1)', '\t=1', '\r=1', ' =1', '"=1', "=cmd|' /C calc'!A0"] as const

/** Kinds that the rooms' own records of this test do not have. */
const facts = (): readonly Statement[] => [
  ...PLACES.flatMap(place =>
    Array.from({ length: COUNTS[place] }, (_, n) =>
      replaceFacts('incidents', {
        origin: `test:${place}:${n}`,
        facts: [
          {
            atMs: AT_MS,
            organisation: place,
            kind: 'smuggling-report',
            sub: 'reported',
            link: { kind: 'incident', id: `${place}-${n}`, label: `${place} ${n}` },
          },
        ],
      }),
    ).flat(),
  ),
  ...EVIL.flatMap((label, n) =>
    replaceFacts('incidents', {
      origin: `evil:${n}`,
      facts: [
        { atMs: AT_MS - 86_400_000, organisation: 'incheon', kind: label, sub: label, link: { kind: 'incident', id: `evil-${n}`, label } },
      ],
    }),
  ),
]

beforeAll(async () => {
  doors = await openDoors(folder.path, facts())
})
afterAll(async () => {
  await doors?.stop()
  folder.remove()
})

const answers = async (post: Post, place: Place, more: object = {}, measure = 'incidents') => {
  const answer = await ask(post, place, 'POST', '/api/statistics/answers', { ...DAY, ...more, asks: [{ measure, by: ['organisation'] }] })
  if (answer.status !== 200) return { status: answer.status, code: Object(answer.json()).code }
  const [one] = Object(answer.json()).answers
  return {
    isKnown: one.isKnown,
    total: one.total.value,
    sites: Object.fromEntries(one.rows.map((row: { key: string[]; value: number }) => [row.key[0], row.value])),
  }
}

test.each<readonly [Post, Place, number, Readonly<Record<string, number>>]>([
  ['statistician', 'hq', 1111, { hq: 1000, busan: 110, incheon: 1 }],
  ['statistician', 'busan', 110, { busan: 100, gamcheon: 10 }],
  ['statistician', 'gamcheon', 10, { gamcheon: 10 }],
  ['statistician', 'incheon', 1, { incheon: 1 }],
  ['director', 'busan', 110, { busan: 100, gamcheon: 10 }],
  ['watch-officer', 'incheon', 1, { incheon: 1 }],
  ['field-officer', 'busan', 100, { busan: 100 }],
])('a %s of %s counts %d: only their own sites, whatever is asked', async (post, place, total, sites) => {
  expect(await answers(post, place)).toEqual({ isKnown: true, total, sites: expect.objectContaining(sites) })
  const seen = Object.keys(Object((await answers(post, place)).sites))
  expect(seen.filter(id => Object(sites)[id] === undefined)).toEqual([])
})

test('another’s site is not found: neither its figures, nor its records, nor its files; and never 0', async () => {
  const elsewhere = { status: 404, code: 'no-such-thing' }
  expect(Object(await answers('statistician', 'busan', { organisation: 'incheon' })).status).toBe(elsewhere.status)
  expect(Object(await answers('statistician', 'gamcheon', { organisation: 'busan' })).total).toBe(10)
  expect(await answers('statistician', 'busan', { organisation: 'gamcheon' })).toMatchObject({ total: 10 })
  const query = `unit=day&at=${DAY.at}&measure=incidents&organisation=incheon`
  expect((await ask('statistician', 'busan', 'GET', `/api/statistics/records?${query}`)).status).toBe(404)
  const file = { ...DAY, organisation: 'incheon', format: 'csv', title: 't' }
  const whole = await ask('statistician', 'busan', 'POST', '/api/statistics/exports', {
    ...file,
    tables: [{ title: 't', asks: [{ measure: 'incidents' }] }],
  })
  expect(whole.status).toBe(404)
  expect((await ask('statistician', 'busan', 'POST', '/api/statistics/records/export', { ...file, measure: 'incidents' })).status).toBe(404)
})

test('drill-down and files hold the records of the reader’s sites and no others', async () => {
  const ids = async (post: Post, place: Place) => {
    const found: string[] = []
    for (let after = ''; ; ) {
      const page = Object(
        (await ask(post, place, 'GET', `/api/statistics/records?unit=day&at=${DAY.at}&measure=incidents&limit=400${after}`)).json(),
      )
      found.push(...page.records.map((one: { organisation: string }) => one.organisation))
      if (page.after === undefined) return { total: page.total.value, sites: [...new Set(found)].sort(), n: found.length }
      after = `&after=${encodeURIComponent(page.after)}`
    }
  }
  expect(await ids('statistician', 'busan')).toEqual({ total: 110, sites: ['busan', 'gamcheon'], n: 110 })
  expect(await ids('statistician', 'hq')).toEqual({ total: 1111, sites: ['busan', 'gamcheon', 'hq', 'incheon'], n: 1111 })
  const { text } = await ask('statistician', 'gamcheon', 'POST', '/api/statistics/records/export', {
    ...DAY,
    measure: 'incidents',
    format: 'csv',
    title: '사건',
  })
  expect(text.match(/gamcheon \d+/g)).toHaveLength(10)
  expect(text).not.toMatch(/busan|incheon|hq/)
  const table = await ask('statistician', 'incheon', 'POST', '/api/statistics/exports', {
    ...DAY,
    format: 'csv',
    title: '사건',
    tables: [{ title: '세관별', asks: [{ measure: 'incidents', by: ['organisation'] }] }],
  })
  expect(table.text).toContain('인천본부세관,1,')
  expect(table.text).toContain('계,1,')
  expect(table.text).not.toContain('부산')
})

test('records that the reader may see nowhere give no figure and no column of a file, not a 0', async () => {
  // A field officer looks at statistics, not at the daily report.
  const measure = 'office-lines-on-time'
  expect(await answers('field-officer', 'busan', {}, measure)).toEqual({ isKnown: false, total: undefined, sites: {} })
  expect(await answers('statistician', 'busan', {}, measure)).toMatchObject({ isKnown: true })
  const { text } = await ask('field-officer', 'busan', 'POST', '/api/statistics/exports', {
    ...DAY,
    format: 'csv',
    title: '마감',
    tables: [{ title: '세관별', asks: [{ measure, by: ['organisation'] }] }],
  })
  expect(text).toContain('세관별')
  expect(text).not.toMatch(/06:20|,\d+,/)
  expect((await ask('field-officer', 'busan', 'GET', `/api/statistics/records?unit=day&at=${DAY.at}&measure=${measure}`)).status).toBe(404)
})

const YESTERDAY = { unit: 'day', at: '2026-11-23T03:00:00Z' } as const

test('a CSV begins with the mark of UTF-8, and no cell of it, nor its title, begins as a formula', async () => {
  for (const [path, more] of [
    ['records/export', { measure: 'incidents' }],
    ['exports', { tables: EVIL.map(title => ({ title: title.slice(0, 200), asks: [{ measure: 'incidents', by: ['kind', 'sub'] }] })) }],
  ] as const) {
    const answer = await fetch(`${doors.url}/api/statistics/${path}`, {
      method: 'POST',
      headers: { ...doors.headers(doors.caller('statistician', 'hq').id), 'content-type': 'application/json' },
      body: JSON.stringify({ ...YESTERDAY, ...more, format: 'csv', title: EVIL[0] }),
    })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const cells = cellsOf(new TextDecoder().decode(bytes))
    expect(cells.filter(cell => /^\s*[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell))).toEqual([])
    // Nothing of it is lost either: the apostrophe stands before it.
    for (const label of EVIL.filter(one => /^\s*[=+\-@\t\r]/.test(one))) expect(cells).toContain(`'${label}`)
    expect(cells).toContain('"=1')
  }
})

test('in an XLSX the same cells are texts: no formula, nothing that links outside', async () => {
  for (const [path, more] of [
    ['records/export', { measure: 'incidents' }],
    ['exports', { tables: [{ title: '=1+1', asks: [{ measure: 'incidents', by: ['kind'] }] }] }],
  ] as const) {
    const answer = await fetch(`${doors.url}/api/statistics/${path}`, {
      method: 'POST',
      headers: { ...doors.headers(doors.caller('statistician', 'hq').id), 'content-type': 'application/json' },
      body: JSON.stringify({ ...YESTERDAY, ...more, format: 'xlsx', title: '=1+1' }),
    })
    const files = Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer()))).map(
      ([name, one]) => [name, strFromU8(one)] as const,
    )
    expect(files.map(([name]) => name).filter(name => /externalLink|vbaProject|connections/.test(name))).toEqual([])
    const xml = files.map(([, text]) => text).join('\n')
    expect(xml).not.toMatch(/<f[ >]|TargetMode="External"|<ddeLink/)
    expect(xml).toContain('=HYPERLINK("http://x")')
    expect(xml).toContain('@SUM(1)')
  }
})

/** A reader of RFC 4180, by hand: what a spreadsheet sees in each cell. */
function cellsOf(text: string): readonly string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (letter === '"') isQuoted = true
    else if (letter === ',' || (letter === '\r' && text[at + 1] === '\n')) {
      cells.push(cell)
      cell = ''
      if (letter === '\r') at++
    } else cell += letter
  }
  return cells
}
