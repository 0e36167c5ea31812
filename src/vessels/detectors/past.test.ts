import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Picture } from '../picture/picture.ts'
import { NETWORK, type PositionReport } from '../report.ts'
import { type BulkOut, memoryBulk } from '../saving.ts'
import { STATION_CLASS } from '../schema.ts'
import { createPast, type PastModel } from './past.ts'

const SHIPS = 6
const STEP_MS = 2 * 60_000

function report(mmsi: number, n: number): PositionReport {
  return {
    mmsi,
    stationClass: STATION_CLASS.A,
    network: NETWORK.COAST,
    feed: 0,
    station: 0,
    sentAtMs: Date.UTC(2026, 10, 24) + n * STEP_MS,
    receivedAtMs: 0,
    mark: -1,
    lat600k: -1000 - n,
    lon600k: 77_000_000 + n,
    sogDeciknots: n % 1024,
    cogDecidegrees: 3600 - (n % 3600),
    headingDeg: 511,
    rotRaw: 0,
    navigationStatus: 0,
    accurate: true,
  }
}

const allOf = (past: PastModel): unknown[][] =>
  Array.from({ length: SHIPS }, (_, slot) => {
    const samples: unknown[] = []
    past.backwards(slot, (...sample) => samples.push(sample) > 0)
    return samples
  })

const emptySea = (): { picture: Picture; past: PastModel } => {
  const picture = new Picture(SHIPS)
  for (let n = 1; n <= SHIPS; n++) picture.openSlot(n)
  return { picture, past: createPast(picture) }
}

test('a sample comes back as it was sent, newest first, every two minutes at most, about four hours of them', () => {
  const { past } = emptySea()
  for (let n = 0; n < 200; n++) {
    past.onReport(0, report(1, n))
    past.onReport(0, { ...report(1, n), sentAtMs: report(1, n).sentAtMs + 1000 })
  }
  const samples = allOf(past)[0] ?? []
  expect(samples.length).toBe(128)
  expect(samples[0]).toEqual([report(1, 199).sentAtMs, -1199, 77_000_199, 199, 3401])
})

/** A deed: a run of reports of a ship, or her leaving. */
const deeds = fc.array(fc.record({ slot: fc.nat(SHIPS - 1), reports: fc.nat(200) }), { maxLength: 20 })

test('what is saved is the past of that moment, whatever comes before it is written', () => {
  fc.assert(
    fc.property(deeds, deeds, (before, after) => {
      const { picture, past } = emptySea()
      let n = 0
      const live = (list: typeof before): void => {
        for (const { slot, reports } of list) {
          if (reports === 0) past.onForget(slot)
          for (let k = 0; k < reports; k++) past.onReport(slot, report(slot, n++))
        }
      }
      live(before)
      const expected = allOf(past)
      const memory = memoryBulk()
      let done = (): void => {}
      const out: BulkOut = {
        copy: column => memory.copy(column),
        later(pieces, whenDone) {
          done = whenDone ?? done
          return memory.later(pieces)
        },
      }
      const state = structuredClone(past.save(out))
      live(after)
      const again = createPast(picture)
      again.restore(state, memory)
      done()
      expect(allOf(again)).toEqual(expected)
    }),
    { numRuns: 100 },
  )
})
