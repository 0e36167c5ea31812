import { expect, test } from 'vitest'
import { breachOf, findBreaches, readSources } from './import-rules.ts'

test.each([
  ['vessels/fusion/order.ts', 'base/units.ts', undefined],
  ['vessels/fusion/order.ts', 'wire/ais/index.ts', undefined],
  ['vessels/fusion/order.ts', 'wire/ais/stream.ts', /past the door/],
  ['vessels/fusion/order.ts', 'vessels/picture/columns.ts', undefined],
  ['vessels/pass.ts', 'seals/index.ts', /sideways/],
  ['vessels/pass.ts', 'alerts/index.ts', /upward/],
  ['rules/desk.ts', 'places/index.ts', undefined],
  ['places/area.ts', 'rules/index.ts', /sideways/],
  ['platform/http/server.ts', 'wire/ais/index.ts', /upward/],
  ['web/map/ships.ts', 'vessels/schema.ts', undefined],
  ['web/map/ships.ts', 'vessels/index.ts', /any schema\.ts only/],
  ['sim/fleet.ts', 'places/index.ts', undefined],
  ['sim/fleet.ts', 'vessels/index.ts', /only/],
  ['sim/fleet.ts', 'seals/protocols/index.ts', undefined],
  ['sim/fleet.ts', 'seals/index.ts', /only/],
  ['seals/protocols/jt808.ts', 'base/index.ts', undefined],
  ['seals/protocols/jt808.ts', 'seals/store.ts', /is pure/],
  ['seals/protocols/jt808.ts', 'wire/ais/index.ts', /is pure/],
  ['vessels/pass.ts', 'sim/index.ts', /beside the floors/],
  ['commands/start.ts', 'vessels/index.ts', undefined],
  ['base/units.ts', 'commands/start.ts', /roof/],
  ['attic/things.ts', 'base/units.ts', /stands on no floor/],
])('%s importing %s is judged by the floors', (from, to, breach) => {
  if (breach) expect(breachOf(from, to)).toMatch(breach)
  else expect(breachOf(from, to)).toBeUndefined()
})

test('a circle inside a room is named from file to file', () => {
  const files = [
    { path: 'rules/a.ts', text: "import { b } from './b.ts'\nexport const a = b" },
    { path: 'rules/b.ts', text: "export { a as b } from './a.ts'" },
  ]
  expect(findBreaches(files)).toEqual([{ file: 'rules/a.ts', imports: 'rules/a.ts → rules/b.ts → rules/a.ts', rule: 'circle' }])
})

test('a lazy import counts like any other', () => {
  expect(findBreaches([{ path: 'wire/x.ts', text: "export const load = () => import('#alerts/index.ts')" }])).toHaveLength(1)
})

test('the house keeps its own rules, and the check saw files', () => {
  const files = readSources(new URL('../src', import.meta.url).pathname)
  expect(files.length).toBeGreaterThan(20)
  expect(findBreaches(files)).toEqual([])
})
