import { beforeAll, expect, test } from 'vitest'
import { ensureChart } from '#places/build.ts'
import { type Coast, loadCoast } from '#places/index.ts'
import { createAisStream } from '#wire/ais/index.ts'
import { createAisSimulator } from './simulator.ts'

const START = Date.UTC(2026, 10, 24, 3)
let coast: Coast

beforeAll(async () => {
  await ensureChart()
  const built = loadCoast()
  if (!built) throw new Error('the chart was just built and is not there')
  coast = built
})

function sentences(seed: number, minutes: number, count = 300): string[] {
  const lines: string[] = []
  createAisSimulator({ coast, seed, count, startMs: START }).advance(START + minutes * 60_000, line => lines.push(line))
  return lines
}

test('every sentence of the simulator is a real one: none is refused, ships, statics, base stations and beacons among them', () => {
  const types = new Map<number, number>()
  const stream = createAisStream({ message: record => void types.set(record.type, (types.get(record.type) ?? 0) + 1) })
  const lines = sentences(1, 14)
  stream.push(Buffer.from(`${lines.join('\r\n')}\r\n`), START)
  expect(Object.values(stream.counts.refused).reduce((sum, n) => sum + n, 0)).toBe(0)
  expect([...types.keys()].sort((a, b) => a - b)).toEqual([1, 4, 5, 18, 24])
  expect(stream.stations.length).toBeGreaterThan(5)
})

test('the same seed is the same day, another seed another', () => {
  const day = sentences(3, 1, 150)
  expect(sentences(3, 1, 150)).toEqual(day)
  expect(sentences(4, 1, 150)).not.toEqual(day)
})

test('ships stay on the water', () => {
  const simulator = createAisSimulator({ coast, seed: 2, count: 600, startMs: START })
  const ashore = simulator.ships.filter(ship => {
    const { lat, lon } = ship.at(START + 3_600_000)
    return coast.isLand(lat, lon) && coast.milesOffshore(lat, lon) > 1
  })
  expect(ashore.map(ship => ship.name)).toEqual([])
})

test('speeds told and places passed agree', () => {
  const simulator = createAisSimulator({ coast, seed: 5, count: 300, startMs: START })
  for (const ship of simulator.ships.filter(one => one.name.includes('CARGO'))) {
    const [a, b] = [ship.at(START), ship.at(START + 60_000)]
    const metres = Math.hypot((b.lat - a.lat) * 111_200, (b.lon - a.lon) * 111_200 * Math.cos((a.lat * Math.PI) / 180))
    expect(metres / 60 / 0.5144).toBeLessThan(Math.max(a.sogKn, b.sogKn) + 12)
  }
})
