import { expect, test } from 'vitest'
import { offset } from '#base/index.ts'
import { disordered, judgeScene, sail, seeded, T0 } from '../../testkit/sea-scene.ts'

const SHIP = 440_900_041
const MINUTE = 60_000
const minutesAfter = (ms: number): number => (ms - T0) / MINUTE
const judge = (reports: ReturnType<typeof sail>) =>
  judgeScene({ detectors: ['position-jump', 'number-shared'], reports: [reports], thenMin: 20 }).findings
const names = (reports: ReturnType<typeof sail>) => judge(reports).map(finding => `${finding.detector} ${finding.severity}`)

function passage(seed: number, everyS = 30, minutes = 120) {
  const random = seeded(seed)
  const at = [31 + random() * 7, 124 + random() * 7] as const
  return sail({ mmsi: SHIP, at, legs: [{ minutes, sogKn: 12, cogDeg: random() * 360 }], seed, everyS })
}
/** The reports between these minutes come from `miles` away. */
const displaced = (reports: ReturnType<typeof sail>, fromMin: number, toMin: number, miles: number, bearing = 70) =>
  reports.map(report => {
    const sent = minutesAfter(report.sentAtMs)
    return sent >= fromMin && sent < toMin ? { ...report, ...offset(report.lat, report.lon, bearing, miles * 1852) } : report
  })

test('reports from where she cannot be, while her own track is quiet, are one alarm', () => {
  for (const [seed, everyS, miles] of [
    [1, 20, 30],
    [2, 30, 12],
    [3, 60, 40],
    [4, 30, 300],
  ] as const) {
    const found = judge(displaced(passage(seed, everyS), 60, 65, miles))
    expect(found.map(({ detector, severity }) => [detector, severity])).toEqual([['position-jump', 'medium']])
    expect(found[0]?.numbers.distanceNm).toBeCloseTo(miles, -1)
    expect(minutesAfter(found[0]?.raisedAt ?? 0)).toBeLessThan(65)
    expect(found[0]?.to).toBeDefined()
    expect(found[0]?.why.ko).toMatch(/해리 이동한 위치 보고 \d+건 \(한계 55 kn\)/)
  }
})

test('one stray report is only logged; strays within half an hour are one finding', () => {
  const whole = passage(5)
  expect(names(displaced(whole, 60, 60.5, 40))).toEqual(['position-jump low'])
  expect(names(displaced(displaced(whole, 60, 60.5, 40), 80, 80.5, 40))).toEqual(['position-jump low'])
})

test('a stray that was only logged becomes an alarm when more in a row follow within half an hour', () => {
  const whole = displaced(displaced(passage(12), 60, 60.5, 40), 75, 80, 40)
  expect(names(whole)).toEqual(['position-jump medium'])
})

test('a straggler of her own track between the strays is no turn', () => {
  const whole = displaced(passage(13, 60), 60, 64, 40)
  const late = whole.map(report => {
    const sent = minutesAfter(report.sentAtMs)
    return sent >= 59 && sent < 60 ? { ...report, receivedAtMs: report.receivedAtMs + 90_000 } : report
  })
  expect(names(late)).toEqual(['position-jump medium'])
})

test('a fast ferry and a ship heard again after a gap have not jumped', () => {
  const ferry = sail({ mmsi: SHIP, at: [34, 128], legs: [{ minutes: 60, sogKn: 42, cogDeg: 90 }], everyS: 60 })
  expect(names(ferry)).toEqual([])
  expect(names(passage(6, 30, 200).filter(({ sentAtMs }) => minutesAfter(sentAtMs) < 30 || minutesAfter(sentAtMs) > 150))).toEqual([])
})

test('two hulls under one number take turns: a shared number, and no jump, in whatever order it comes', () => {
  for (const [seed, everyS] of [
    [7, 20],
    [8, 60],
    [9, 60],
    [10, 30],
  ] as const)
    for (const isShuffled of [false, true]) {
      const both = [...passage(seed, everyS), ...displaced(passage(seed + 100, everyS), 0, 999, 25)]
      const { findings } = judgeScene({
        detectors: ['position-jump', 'number-shared'],
        reports: [isShuffled ? disordered(both, 120, 0.2, seed) : both],
        thenMin: 60,
      })
      expect(
        findings.filter(({ severity }) => severity !== 'low').map(({ detector }) => detector),
        `seed ${seed}`,
      ).toEqual(['number-shared'])
      expect(minutesAfter(findings.find(({ detector }) => detector === 'number-shared')?.raisedAt ?? 0)).toBeLessThan(15)
      expect(findings.find(({ detector }) => detector === 'number-shared')?.to).toBeDefined()
    }
})

test('numbers that makers left in are nobody in particular', () => {
  const both = [...passage(11), ...displaced(passage(111), 0, 999, 25)].map(report => ({ ...report, mmsi: 123_456_789 }))
  expect(judge(both).filter(({ detector }) => detector === 'number-shared')).toEqual([])
})
