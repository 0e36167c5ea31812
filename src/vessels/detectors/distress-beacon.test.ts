import { expect, test } from 'vitest'
import { judgeScene, sail, T0 } from '../../testkit/sea-scene.ts'
import { STATION_CLASS } from '../schema.ts'

const beacon = (mmsi: number, nav: number, minutes = 10, delayS = 1) =>
  sail({ mmsi, at: [34.2, 128.4], legs: [{ minutes, sogKn: 1, cogDeg: 90 }], everyS: 10, nav, delayS }).map(report => ({
    ...report,
    stationClass: STATION_CLASS.DISTRESS,
  }))
const of = (reports: ReturnType<typeof beacon>, thenMin = 0) => judgeScene({ detectors: ['distress-beacon'], reports: [reports], thenMin })

test.each([
  [970_034_787, 'AIS-SART'],
  [972_440_011, 'MOB'],
  [974_440_022, 'EPIRB'],
])('an active transmitter %i is told with its first report, once, of the gravest kind', (mmsi, kind) => {
  const { findings } = of(beacon(mmsi, 14), 90)
  expect(findings).toHaveLength(1)
  expect(findings[0]?.severity).toBe('emergency')
  expect((findings[0]?.raisedAt ?? 0) - T0).toBeLessThanOrEqual(1000)
  expect(findings[0]?.why.ko).toContain(kind)
  expect(findings[0]?.to).toBeDefined()
})

test('its place is kept up to date, a minute apart at least', () => {
  const { events, findings } = of(beacon(970_034_787, 14, 20))
  expect(findings[0]?.place?.lon).toBeGreaterThan(128.4)
  expect(events.length).toBeGreaterThan(15)
  expect(events.length).toBeLessThanOrEqual(21)
})

test('a test of a transmitter is nobody’s alarm, and neither is status 14 of a ship', () => {
  expect(of(beacon(970_034_787, 15)).findings).toEqual([])
  expect(of(beacon(440_900_001, 14)).findings).toEqual([])
})

test('it sounds however late its report comes', () => {
  expect(of(beacon(972_440_011, 14, 5, 1800)).findings[0]?.live).toBe(true)
})
