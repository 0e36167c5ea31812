// What a paper asks of the store, through the rooms' own front doors: each question finds its rows by an index, so that a draft takes as long after five years as after one.

import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDuty } from '#access/duty/index.ts'
import { createAccess, seedOrganisations } from '#access/index.ts'
import { createAlerts } from '#alerts/index.ts'
import { createIncidents } from '#incidents/index.ts'
import { openStore, type SqlValue, type Store } from '#platform/store/index.ts'
import { draftPaper, PAPER_KINDS, periodOf } from '#reports/index.ts'
import { journeysBetween } from '#seals/index.ts'
import { withOwn } from '../reports/store.ts'
import { AS_OF, type ReportDesk, reportDesk } from '../testkit/report-desk.ts'
import { MIGRATIONS } from './migrations.ts'
import { POLICIES } from './policies.ts'
import { reportSources } from './report-sources.ts'

/** Some rows whatever the years: a row an organisation, a source, a person or a watch's cycle. */
const SMALL = ['statistics_sources', 'watched_ships', 'organisations', 'people', 'appointments', 'areas', 'rosters', 'json_each']

let desk: ReportDesk
let store: Store
beforeAll(async () => {
  desk = await reportDesk()
  store = await openStore({ file: join(desk.folder, 'whole.db'), migrations: MIGRATIONS })
  await seedOrganisations(store)
})
afterAll(async () => {
  await store.close()
  await desk.close()
})

test('no question of a draft goes through a table that grows', async () => {
  const asked = new Map<string, readonly SqlValue[]>()
  const told: Pick<Store, 'read'> = {
    read(sql, values = []) {
      asked.set(sql, values)
      return store.read(sql, values)
    },
  }
  const watched = { ...store, read: told.read }
  const { clock, bus } = desk
  const incidents = createIncidents({
    store: watched,
    clock,
    bus,
    organisationsAt: () => [],
    isOrganisation: () => true,
    areAttached: () => true,
  })
  const access = createAccess({ policies: POLICIES, store, clock, secondExpiresAfterMs: 1, keepLeaversMs: 1 })
  const alerts = createAlerts({ store: watched, clock, organisationsOf: () => [], onChange: () => {} })
  const duty = createDuty({ store, clock, nameOf: () => undefined, organisations: () => [], onChange: () => {} })
  asked.clear()
  const sources = reportSources({
    store: told,
    access,
    alerts,
    incidents,
    duty: { ...duty, organisations: () => ['busan'] },
    labelOf: () => undefined,
    isDemo: () => false,
    past: () => Promise.resolve([]),
    wasHeard: () => true,
  })
  for (const kind of PAPER_KINDS) await draftPaper(withOwn(sources, told), periodOf(kind, AS_OF), { language: 'ko', boxes: [], phone: '' })
  sources.auditHead(AS_OF)
  // Asked only where seals are in use.
  journeysBetween(told, 0, AS_OF)
  expect(asked.size).toBeGreaterThan(12)
  const through = [...asked].flatMap(([sql, values]) =>
    store
      .read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values)
      .map(({ detail }) => detail)
      .filter(detail => /^SCAN /.test(detail) && !SMALL.some(table => detail.includes(table)) && !/CONSTANT ROW|SUBQUERY/.test(detail))
      .map(detail => `${detail}: ${sql}`),
  )
  expect(through).toEqual([])
})
