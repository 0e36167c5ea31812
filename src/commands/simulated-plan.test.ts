// The file of a simulated day is what the product's doors take.
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { areaOf } from '#places/index.ts'
import { Plan, SealInput } from '#seals/shapes.ts'
import { journeysOf, SCRIPTS } from '#sim/index.ts'
import { SEALS_HELP } from './simulate-seals.ts'
import { planFile } from './simulated-plan.ts'

const journeys = journeysOf({
  seed: 2,
  count: 60,
  startMs: Date.UTC(2026, 10, 26),
  spreadMs: 0,
  scripts: SCRIPTS,
  oneIn: 2,
  protocols: ['jt808', 'jt600', 'eelink'],
})
const file = JSON.parse(planFile(journeys, 30))

test('seals, journeys and areas have the shapes of their routes', () => {
  expect(file.journeys).toHaveLength(60)
  expect(file.journeys.flatMap((one: unknown) => [...Value.Errors(Plan, one)])).toEqual([])
  expect(file.seals.flatMap((one: unknown) => [...Value.Errors(SealInput, one)])).toEqual([])
  expect(file.areas.filter((one: { id: string }) => typeof areaOf(one, one.id) === 'string')).toEqual([])
})

test('each seal that a journey names is among the seals, and the script names each journey in which something happens', () => {
  const seals = new Set(file.seals.map((one: { protocol: string; deviceId: string }) => `${one.protocol}:${one.deviceId}`))
  const named = file.journeys.flatMap((one: { seals: { seal: string }[] }) => one.seals.map(({ seal }) => seal))
  expect(named.filter((one: string) => !seals.has(one))).toEqual([])
  expect(file.script).toHaveLength(journeys.filter(one => one.script).length)
  expect(file.script.filter((one: { live: boolean }) => !one.live)).toHaveLength(journeys.filter(one => one.isLate).length)
})

test('the help names every violation', () => {
  expect(SCRIPTS.filter(one => !SEALS_HELP.includes(one))).toEqual([])
})
