import { afterEach, beforeEach, expect, test } from 'vitest'
import { createIncidents } from '#incidents/index.ts'
import { type IncidentDesk, incidentDesk } from '#testkit/incident-desk.ts'
import { playDemoIncidents, removeDemoIncidents } from './demo-incidents.ts'
import { DEMO_NIGHT, DEMO_NIGHT_BEFORE, WRITERS } from './demo-night.ts'

let desk: IncidentDesk
beforeEach(async () => {
  desk = await incidentDesk([...new Set(Object.values(WRITERS).map(([organisation]) => organisation))])
})
afterEach(() => desk.close())

const MINUTE = 60_000
/** 2026-11-24 in KST. */
const kst = (hour: number, minute: number): number => Date.UTC(2026, 10, 23, hour - 9 + 24, minute)

async function play(atMs: number) {
  desk.hand.nowMs = atMs
  const later: { readonly afterMs: number; task(): void }[] = []
  const clock = { ...desk.clock, after: (afterMs: number, task: () => void) => (later.push({ afterMs, task }) > 0 ? () => {} : () => {}) }
  const make = (of: typeof clock) =>
    createIncidents({
      store: desk.store,
      clock: of,
      bus: desk.bus,
      organisationsAt: () => [],
      isOrganisation: () => true,
      areAttached: () => true,
    })
  const incidents = make(clock)
  await playDemoIncidents({ clock, at: of => make({ ...clock, ...of }), incidents, onFault: fail => Promise.reject(fail) })
  return { incidents, later }
}

test.each([
  ['the night', DEMO_NIGHT],
  ['the night before', DEMO_NIGHT_BEFORE],
])(
  'the lines of %s stand in the order of their times, from 18:00 into the morning, and every incident begins with its report',
  (_name, script) => {
    const times = script.map(line => line.at)
    for (const id of new Set(script.map(line => line.incident)))
      expect([id, script.find(line => line.incident === id)?.what.deed]).toEqual([id, 'report'])
    expect([...times].sort()).toEqual(times)
    expect(times.every(time => time >= '18:00' && time < '35:00')).toBe(true)
  },
)

test('at four in the morning the night so far is there with its times and numbers, the rest is still to come', async () => {
  const { incidents, later } = await play(kst(4, 0))
  const transfer = incidents.get('demo-2026-11-23-transfer')
  expect(transfer).toMatchObject({
    state: 'in-hand',
    number: '2026-1124-01',
    reportedAtMs: kst(2, 28),
    place: { label: '쓰시마 북방 14 NM' },
  })
  expect(incidents.asOf('demo-2026-11-23-transfer', kst(2, 40))?.place?.label).toBe('쓰시마 북방 12 NM')
  expect(incidents.openOrders().map(order => order.text)).toEqual(['검색 결과를 적재 대조표와 함께 보고'])
  expect(later.length).toBe(DEMO_NIGHT.filter(line => line.at > '28:00').length)
  // The night before is another, over by now; what it has to do with the morning is its end.
  expect(incidents.get('demo-2026-11-22-transfer')).toBeUndefined()
  expect(incidents.get('demo-2026-11-22-cold-store')).toMatchObject({ state: 'closed', closedAtMs: kst(8, 30) - 24 * 60 * MINUTE })
})

test('what comes later is told at its minute; told again after a restart, nothing is there twice', async () => {
  const { later, incidents } = await play(kst(4, 0))
  const [next] = later
  desk.hand.nowMs += next?.afterMs ?? 0
  next?.task()
  await expect.poll(() => incidents.openOrders().length).toBe(2)
  const before = desk.store.read<{ n: number }>('SELECT count(*) AS n FROM incident_steps')[0]?.n
  const again = await play(kst(4, 0) + 6 * MINUTE)
  expect(desk.store.read<{ n: number }>('SELECT count(*) AS n FROM incident_steps')[0]?.n).toBe(before)
  expect(again.incidents.openOrders()).toHaveLength(2)
})

test('a night whose story was told while it went on keeps it: a restart a day later tells no other', async () => {
  await play(kst(4, 0))
  const { incidents } = await play(kst(4, 0) + 24 * 60 * MINUTE)
  expect(incidents.get('demo-2026-11-23-transfer')).toBeDefined()
  expect(incidents.get('demo-2026-11-23-cold-store')).toBeUndefined()
  expect(incidents.get('demo-2026-11-24-transfer')).toBeDefined()
})

test('when real feeds come all of it goes, and what officers wrote stays', async () => {
  const { incidents } = await play(kst(4, 0))
  await desk.report('real-000001')
  await desk.store.write(removeDemoIncidents())
  expect(incidents.list({ whose: 'all', limit: 100 }).map(one => one.id)).toEqual(['real-000001'])
  expect(incidents.search('냉동', { whose: 'all', limit: 10 })).toEqual([])
  expect(desk.store.read("SELECT id FROM incident_steps WHERE incident LIKE 'demo-%'")).toEqual([])
})
