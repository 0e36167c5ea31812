import { expect, test } from 'vitest'
import { createAreaIndex } from '#places/index.ts'
import { createPass, type Pass } from '#vessels/index.ts'
import { sail, sized, square, T0 } from '../../testkit/sea-scene.ts'
import { Picture } from '../picture/picture.ts'
import { memoryBulk } from '../saving.ts'
import type { VesselDetector } from './contract.ts'
import { startWatch } from './create-watch.ts'

const MINUTE = 60_000
/** A meeting, a watched ship through an area, and one that goes dark among neighbours, for two and a half hours. */
function night() {
  const still = { minutes: 140, sogKn: 0.3, cogDeg: 10 }
  const meeting = [1, 2].map(n => sail({ mmsi: 440_900_000 + n, at: [34 + n * 0.0005, 128], legs: [still] }))
  const trespass = sail({ mmsi: 440_900_003, at: [34, 128.2], legs: [{ minutes: 140, sogKn: 11, cogDeg: 90 }] })
  const dark = sail({ mmsi: 440_900_004, at: [35, 129], legs: [{ minutes: 60, sogKn: 11, cogDeg: 90 }] })
  const others = [5, 6, 7].map(n =>
    sail({ mmsi: 440_900_000 + n, at: [35 + n * 0.01, 129], legs: [{ minutes: 140, sogKn: 11, cogDeg: 90 }] }),
  )
  return [...meeting, trespass, dark, ...others].flat().sort((a, b) => a.receivedAtMs - b.receivedAtMs)
}
const AREAS = createAreaIndex([square({ id: 'Z', name: 'Z', kind: 'designated' }, [34, 128.5], 4000)])

function room(told: string[]): Pass {
  const pass = createPass({
    capacity: 100,
    sink: ({ change, finding }) => told.push(`${change} ${finding.id} ${finding.raisedAt} ${finding.to ?? ''} ${finding.why.ko}`),
  })
  pass.setAreas(AREAS)
  return pass
}
const begin = (pass: Pass): void => {
  pass.feed('night')
  pass.control({ control: 'watch', mmsi: 440_900_003, watched: true })
  for (let n = 1; n < 8; n++) pass.static(440_900_000 + n, sized(90), 0)
}

test('stopped and started again at any moment, the night gives the same findings', () => {
  const whole: string[] = []
  const pass = room(whole)
  begin(pass)
  for (const report of night()) pass.report(0, report, -1)
  expect(whole.filter(one => one.startsWith('raised')).map(one => one.split(/[ |]/)[1])).toEqual(
    ['area-entered', 'area-left', 'rendezvous', 'signal-lost'].sort(
      (a, b) => whole.findIndex(one => one.includes(a)) - whole.findIndex(one => one.includes(b)),
    ),
  )
  for (const stopMin of [10, 33, 62, 71, 100]) {
    const told: string[] = []
    const first = room(told)
    begin(first)
    const reports = night()
    const at = reports.findIndex(({ receivedAtMs }) => receivedAtMs > T0 + stopMin * MINUTE)
    for (const report of reports.slice(0, at)) first.report(0, report, -1)
    const second = room(told)
    const bulk = memoryBulk()
    second.restore(structuredClone(first.save(bulk)), bulk)
    for (const report of reports.slice(at)) second.report(0, report, -1)
    expect(told, `stopped after ${stopMin} min`).toEqual(whole)
    expect(second.validate()).toEqual([])
  }
})

test('a detector that throws is counted and named, and the others go on', () => {
  const heard: number[] = []
  const base = { tells: { ko: '시험', en: 'test' }, settings: {} }
  const broken: VesselDetector = {
    ...base,
    name: 'broken',
    start: () => ({
      onReport() {
        throw new Error('cannot')
      },
      save: () => undefined,
      restore: () => undefined,
    }),
  }
  const sound: VesselDetector = {
    ...base,
    name: 'sound',
    start: () => ({ onReport: slot => void heard.push(slot), save: () => undefined, restore: () => undefined }),
  }
  const picture = new Picture(10)
  const faults: string[] = []
  const watch = startWatch([broken, sound], {
    picture,
    areas: () => AREAS,
    isWatched: () => false,
    hasPermit: () => false,
    milesOffshore: () => Number.NaN,
    stationName: () => '',
    feedName: () => '',
    stationPlace: () => undefined,
    sink: () => undefined,
    onFault: (detector, error) => faults.push(`${detector}: ${error}`),
  })
  const report = {
    mmsi: 1,
    stationClass: 0,
    network: 0,
    feed: 0,
    station: 0,
    sentAtMs: T0,
    receivedAtMs: T0,
    mark: -1,
    lat600k: 0,
    lon600k: 0,
    sogDeciknots: 0,
    cogDecidegrees: 0,
    headingDeg: 0,
    rotRaw: 0,
    navigationStatus: 0,
    accurate: true,
  } as const
  watch.onReport(3, report, report)
  watch.onReport(4, report, report)
  expect(heard).toEqual([3, 4])
  expect(watch.faults.get('broken')).toBe(2)
  expect(faults).toEqual(['broken: Error: cannot', 'broken: Error: cannot'])
})
