import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '#platform/store/index.ts'
import { madePlan } from '#testkit/made-journey.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { checkSeals } from './check.ts'
import { SEALS_MIGRATIONS } from './migrations.ts'
import type { JourneyStanding } from './schema.ts'
import { saveLine, savePlan, saveSeal, saveStanding, saveUnknown } from './store.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
const standing = (journey: string, state: JourneyStanding['state']): JourneyStanding => ({
  journey,
  state,
  side: [],
  word: 'normal',
  open: [],
})
const line = (n: number, what: string) => ({ n, atMs: n * 1000, knownAtMs: n * 1000, kind: 'state' as const, what })

beforeEach(async () => {
  folder = temporaryFolder()
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: SEALS_MIGRATIONS })
  await store.write([
    saveSeal({ id: 'json:A', deviceId: 'A', protocol: 'json', number: 'A', life: 'armed', organisation: 'busan', reportEveryS: 60 }),
    savePlan(madePlan({ id: 'J1', seals: [{ seal: 'json:A', fitting: 'container' }] })),
    saveLine('J1', line(1, 'fitted')),
    saveLine('J1', line(2, 'armed')),
    saveStanding(standing('J1', 'armed'), 2000),
    savePlan(madePlan({ id: 'J2', seals: [{ seal: 'json:B', fitting: 'container' }] })),
    saveStanding(standing('J2', 'planned'), 2000),
  ])
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

test('what belongs together is counted', () => {
  expect(checkSeals(store)).toBe('2 journeys, 2 open, 1 seals')
})

test.each([
  ["UPDATE journeys SET is_over = 1 WHERE id = 'J1'", /J1 is armed and counted as over/],
  ["UPDATE journeys SET standing = json_set(standing, '$.state', 'closed') WHERE id = 'J1'", /J1 is armed and stands as J1 closed/],
  ['DELETE FROM journey_lines WHERE n = 2', /J1 is armed, its custody says fitted/],
  ["UPDATE journeys SET plan = json_set(plan, '$.seals[0].seal', 'json:A') WHERE id = 'J2'", /json:A is on J1 and on J2/],
  ["UPDATE journeys SET plan = json_set(plan, '$.id', 'J9') WHERE id = 'J2'", /J2 has the plan of J9/],
  ["DELETE FROM journeys WHERE id = 'J1'", /journey_lines has rows of the journey J1, which is not there/],
  ["UPDATE seals SET life = 'lost'", /json:A does not read as itself/],
])('%s is found', async (sql, words) => {
  await store.write([{ sql }])
  expect(() => checkSeals(store)).toThrow(words)
})

test('a seal that is known and counted as unknown is found', async () => {
  await store.write([saveUnknown({ id: 'json:A', protocol: 'json', deviceId: 'A', feed: 'f', firstAtMs: 1, lastAtMs: 1, reports: 1 })])
  expect(() => checkSeals(store)).toThrow(/json:A is in the stock and counted as unknown/)
})
