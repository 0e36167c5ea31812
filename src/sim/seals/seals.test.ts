// Roads that hang together, are about as long as they are and lie on land; days that are the same for the same seed; trucks that drive as trucks do.
import { beforeAll, describe, expect, test } from 'vitest'
import { distanceM } from '#base/index.ts'
import { ensureChart } from '#places/build.ts'
import { type Coast, loadCoast } from '#places/index.ts'
import { readIdentifier } from '#wire/identifiers/index.ts'
import { demoSealDay } from './demo-day.ts'
import { devicesOf, isWithin, SCRIPTS } from './journey.ts'
import { journeysOf } from './journeys.ts'
import { messageAt } from './message.ts'
import { DEPOTS } from './road-data.ts'
import { createRoads } from './roads.ts'
import { createRoughLine } from './rough-line.ts'

const START_MS = Date.UTC(2026, 10, 23, 16)
const HOUR_MS = 3_600_000
const PROTOCOLS = ['jt808', 'jt600', 'eelink']
const dayOf = (seed: number, count: number, more: Partial<Parameters<typeof journeysOf>[0]> = {}) =>
  journeysOf({ seed, count, startMs: START_MS, spreadMs: HOUR_MS, scripts: [], oneIn: 1, protocols: PROTOCOLS, ...more })

describe('roads', () => {
  const roads = createRoads()
  let coast: Coast
  beforeAll(async () => {
    await ensureChart()
    const built = loadCoast()
    if (!built) throw new Error('the chart was just built and is not there')
    coast = built
  })

  test('from every depot there is a way to every other', () => {
    const missing = DEPOTS.flatMap(from =>
      DEPOTS.flatMap(to => (from === to || roads.way(from.at, to.at) ? [] : [`${from.name} → ${to.name}`])),
    )
    expect(missing).toEqual([])
  })

  test('every point lies on land, or within half a mile of it where ports are built into the sea', () => {
    const wet = [...roads.points.values()].filter(({ lat, lon }) => !coast.isLand(lat, lon) && coast.milesOffshore(lat, lon) > 0.5)
    expect(wet.map(one => one.name)).toEqual([])
  })

  // Kilometres by road.
  test.each([
    ['부산신항', '의왕ICD', 375],
    ['부산신항', '물금', 35],
    ['부산신항', '북대구', 130],
    ['부산북항', '북대구', 125],
    ['인천남항', '의왕ICD', 38],
    ['인천공항', '김포공항', 40],
    ['인천공항', '양재', 66],
    ['평택항', '의왕ICD', 62],
    ['광양항', '신탄진', 230],
    ['광양항', '여수', 30],
    ['대불', '하남', 85],
    ['대불', '광양항', 150],
    ['울산항', '언양JC', 25],
    ['울산항', '경주', 52],
    ['울산항', '영일만', 78],
    ['경주', '영일만', 45],
    ['군산항', '전주', 55],
    ['군산항', '신탄진', 125],
    ['군산항', '인천남항', 215],
    ['이천', '부산신항', 330],
  ])('%s to %s are about %i km', (from, to, km) => {
    const way = roads.way(from, to)!
    expect(way.lengthM / 1000 / km).toBeGreaterThan(0.8)
    expect(way.lengthM / 1000 / km).toBeLessThan(1.2)
    expect(roads.way(to, from)!.lengthM).toBeCloseTo(way.lengthM, 0)
  })

  test('no way is more than twice and a half as long as the crow flies, and none passes its own end before it is there', () => {
    const odd: string[] = []
    for (const from of DEPOTS)
      for (const to of DEPOTS) {
        const way = from === to ? undefined : roads.way(from.at, to.at)
        if (!way) continue
        const [a, b] = [way.at(0), way.at(way.lengthM)]
        const crowM = distanceM(a.lat, a.lon, b.lat, b.lon)
        if (crowM > 20_000 && way.lengthM / crowM > 2.5) odd.push(`${from.name} → ${to.name}: ${way.lengthM / crowM} times`)
        for (let m = 3000; m < way.lengthM - 3000; m += 500) {
          const at = way.at(m)
          const nearM = Math.min(distanceM(at.lat, at.lon, b.lat, b.lon), distanceM(at.lat, at.lon, a.lat, a.lon))
          if (nearM < 1000) odd.push(`${from.name} → ${to.name} passes its end after ${m} m`)
        }
      }
    expect(odd).toEqual([])
  })

  test('an area beside the road lies beside it whichever way one drives, and clear of every road', () => {
    for (const [from, to] of [
      ['부산북항', '양재'],
      ['양재', '부산북항'],
    ] as const) {
      const way = roads.way(from, to)!
      expect(way.areas.length).toBeGreaterThan(1)
      for (const { spot, alongM, rightM } of way.areas) {
        const at = way.at(alongM, rightM)
        expect(distanceM(at.lat, at.lon, spot.lat, spot.lon)).toBeLessThan(20)
      }
    }
    const crossed = DEPOTS.flatMap(from =>
      DEPOTS.flatMap(to => {
        const way = from === to ? undefined : roads.way(from.at, to.at)
        if (!way) return []
        const points = Array.from({ length: Math.floor(way.lengthM / 250) }, (_, n) => way.at(n * 250))
        return roads.areas
          .filter(area => points.some(at => distanceM(at.lat, at.lon, area.lat, area.lon) < area.radiusM))
          .map(one => one.name)
      }),
    )
    expect([...new Set(crossed)]).toEqual([])
  })
})

describe('a day', () => {
  test('the same seed is the same day, another seed another', () => {
    const view = (seed: number) =>
      dayOf(seed, 6, { scripts: SCRIPTS }).map(one => [one.plan, one.deeds, messageAt(one, one.truck.leavesMs + 600_000, 1)])
    expect(view(3)).toEqual(view(3))
    expect(view(4)).not.toEqual(view(3))
  })

  test('containers have right check digits, devices and journeys numbers of their own, and trucks drive as trucks do', () => {
    const journeys = dayOf(5, 30)
    const devices = devicesOf(journeys).map(one => `${one.protocol}:${one.deviceId}`)
    expect(new Set(devices).size).toBe(devices.length)
    expect(new Set(devicesOf(journeys).map(one => one.n)).size).toBe(devices.length)
    expect(new Set(journeys.map(one => one.plan.id)).size).toBe(journeys.length)
    for (const { plan, truck, nearMisses } of journeys) {
      expect(readIdentifier(plan.container)).toMatchObject({ kind: 'container', valid: true })
      for (let ms = truck.leavesMs; ms < truck.arrivesMs; ms += 60_000) {
        const [a, b] = [truck.at(ms), truck.at(ms + 10_000)]
        expect(a.speedKmh).toBeLessThan(115)
        // Beside its line it cuts corners.
        if (!nearMisses.some(one => one.includes('off the line')))
          expect(distanceM(a.lat, a.lon, b.lat, b.lon)).toBeLessThan((125 / 3.6) * 10)
      }
    }
  })

  test('trucks go on from where they arrived, one journey after the other, with the same seal', () => {
    const journeys = dayOf(6, 5, { untilMs: START_MS + 12 * HOUR_MS })
    const byDevice = Map.groupBy(journeys, one => one.deviceId)
    expect(byDevice.size).toBe(5)
    for (const legs of byDevice.values()) {
      expect(legs.length).toBeGreaterThan(1)
      for (const [n, leg] of legs.entries()) {
        const before = legs[n - 1]
        if (!before) continue
        expect(leg.plan.origin.name).toBe(before.plan.destination.name)
        expect(leg.fittedMs).toBeGreaterThanOrEqual(before.closedMs)
        expect(before.saysUntilMs).toBe(leg.fittedMs)
        expect(messageAt(before, leg.fittedMs, 1)).toBeUndefined()
      }
    }
  })

  test('scripted things happen when they are to, one after the other', () => {
    const [firstMs, lastMs] = [START_MS + 75_000, START_MS + 6 * HOUR_MS]
    const moments = dayOf(8, 60, { scripts: SCRIPTS, oneIn: 2, firstMs, lastMs }).flatMap(one => one.scriptMs ?? [])
    expect(moments.length).toBeGreaterThan(25)
    expect(Math.abs(moments[0]! - firstMs)).toBeLessThan(2000)
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
    expect(moments.at(-1)).toBeLessThan(lastMs)
    const gapsMs = moments.slice(1).map((ms, n) => ms - moments[n]!)
    expect(Math.max(...gapsMs)).toBeLessThan(HOUR_MS)
  })

  test('what happens in a dead zone is told more than ten minutes later', () => {
    const late = [1, 2, 3].flatMap(seed => dayOf(seed, 60, { scripts: ['seal-opened', 'seal-cut'], oneIn: 1 })).filter(one => one.isLate)
    expect(late.length).toBeGreaterThan(10)
    for (const { events, unheard, scriptMs } of late) {
      const event = events.find(one => one.atMs >= scriptMs! - 1000)!
      const span = unheard.find(([from, until]) => event.atMs >= from && event.atMs < until)!
      expect(isWithin(unheard, event.atMs)).toBe(true)
      expect(span[1] - event.atMs).toBeGreaterThan(10.5 * 60_000)
    }
  })
})

test('a rough line loses nothing, changes no order and keeps nothing back in the end', () => {
  const out: number[] = []
  let n = 0
  const line = createRoughLine(
    bytes => out.push(...bytes),
    () => [0.9, 0.1, 0.5, 0.01, 0.2][n++ % 5]!,
  )
  for (let at = 0; at < 30; at++) line.write(Uint8Array.of(at, at))
  line.flush()
  expect(out.filter((byte, at) => byte !== out[at - 1])).toEqual(Array.from({ length: 30 }, (_, at) => at))
  expect(out.length).toBeGreaterThan(60)
})

describe('the demo’s day', () => {
  const journeys = journeysOf(demoSealDay(1, START_MS))

  test.each([0, 1, 5, 11, 17, 22])('after %i hours some are planned, many under way, some have arrived', hour => {
    const nowMs = START_MS + hour * HOUR_MS
    const planned = journeys.filter(({ plan, truck }) => plan.departFromMs < nowMs && truck.leavesMs > nowMs)
    const underWay = journeys.filter(({ truck }) => truck.leavesMs <= nowMs && truck.arrivesMs > nowMs)
    const arrived = journeys.filter(({ truck, closedMs }) => truck.arrivesMs <= nowMs && closedMs > nowMs)
    expect(planned.length).toBeGreaterThan(40)
    expect(underWay.length).toBeGreaterThan(90)
    expect(underWay.length).toBeLessThan(240)
    expect(arrived.length + hour).toBeGreaterThan(0)
  })

  test('something happens from time to time all day long, first soon, and all of it at some time', () => {
    const moments = journeys.flatMap(one => one.scriptMs ?? []).sort((a, b) => a - b)
    expect(moments[0]! - START_MS).toBeLessThan(80_000)
    const gapsMs = moments.slice(1).map((ms, n) => ms - moments[n]!)
    expect(Math.max(...gapsMs)).toBeLessThan(1.5 * HOUR_MS)
    expect(moments.filter(ms => ms < START_MS + HOUR_MS).length).toBeGreaterThan(5)
    expect(moments.at(-1)! - START_MS).toBeGreaterThan(20 * HOUR_MS)
    expect(new Set(journeys.flatMap(one => one.script ?? []))).toEqual(new Set(SCRIPTS))
  })

  test('nobody’s journey is over when it begins, and no seal is on two journeys', () => {
    expect(journeys.filter(one => one.closedMs <= START_MS)).toEqual([])
    for (const legs of Map.groupBy(journeys, one => one.deviceId).values())
      for (const [n, leg] of legs.entries()) if (n > 0) expect(leg.fittedMs).toBeGreaterThan(legs[n - 1]!.closedMs)
  })
})
