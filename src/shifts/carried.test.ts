// What a sheet of an earlier moment carries: incidents as they were then, not as they are now.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type IncidentDesk, incidentDesk, NIGHT } from '#testkit/incident-desk.ts'
import { openThen } from './carried.ts'

const HOUR = 3_600_000
let desk: IncidentDesk
beforeEach(async () => {
  desk = await incidentDesk()
})
afterEach(() => desk.close())

test('what is closed by now was open then, with its order still to do; what came later is not there', async () => {
  const { id } = await desk.report('open-then-001')
  const given = await desk.incidents.give(id, { text: '결과 보고', to: { organisation: 'gamcheon' }, dueMs: NIGHT + 2 * HOUR }, desk.by())
  desk.hand.nowMs = NIGHT + HOUR
  if (given.ok) await desk.incidents.carry(given.value.id, 'order-done', '이상 없음', desk.by())
  await desk.incidents.act(id, { deed: 'state', to: 'closed', note: '', outcome: 'nothing' }, desk.by())
  await desk.report('later-000001')
  expect(openThen(desk.incidents, 'all', NIGHT + HOUR / 2).map(one => [one.incident.id, one.incident.state, one.orders[0]?.state])).toEqual(
    [[id, 'reported', 'open']],
  )
  expect(openThen(desk.incidents, 'all', NIGHT + 2 * HOUR).map(one => one.incident.id)).toEqual(['later-000001'])
  expect(openThen(desk.incidents, new Set(['incheon']), NIGHT + HOUR / 2)).toEqual([])
})
