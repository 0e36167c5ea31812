// Damaged input: nothing is thrown, every sentence is accounted for, and the three faces agree. A million of them: checks/ais-fuzz.ts.
import { expect, test } from 'vitest'
import { damagedLines } from '#testkit/ais-mutations.ts'
import { seeded } from '#testkit/sea-scene.ts'
import { createAisStream, decodePayload, JsonWriter, type PayloadSink } from './index.ts'

const SEED = 20_261_124
const LINES = 20_000
const PER_PIECE = 100

test(`${LINES} damaged lines (seed ${SEED}) throw nothing, and record and object face take the same messages`, () => {
  const next = damagedLines(seeded(SEED))
  const json = new JsonWriter()
  let [records, objects, refused] = [0, 0, 0]
  const fast = createAisStream({ message: () => records++, refused: () => refused++ })
  const sink: PayloadSink = {
    message: () => {},
    payload(six, bits) {
      const object = decodePayload(six, bits)
      json.length = 0
      expect(json.message(six, bits)).toBe(typeof object === 'string' ? object : undefined)
      if (typeof object !== 'string') objects++
    },
  }
  const ergonomic = createAisStream(sink)
  for (let n = 0; n < LINES; n += PER_PIECE) {
    const piece = Buffer.from(Array.from({ length: PER_PIECE }, next).join(''), 'latin1')
    fast.push(piece, n)
    ergonomic.push(piece, n)
  }
  fast.end(LINES)
  ergonomic.end(LINES)
  expect(records).toBe(objects)
  expect(records).toBeGreaterThan(LINES / 10)
  expect(refused).toBe(Object.values(fast.counts.refused).reduce((sum, count) => sum + count, 0))
  // Each reason is met: the damage reaches every door.
  expect(Object.entries(fast.counts.refused).filter(([, count]) => count === 0)).toEqual([])
})
