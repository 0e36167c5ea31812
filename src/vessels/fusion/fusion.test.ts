import { expect, test } from 'vitest'
import { encodeSentences } from '#wire/ais/index.ts'
import { createPass } from '../index.ts'
import { Duplicates } from './duplicates.ts'
import { eventTimeMs } from './event-time.ts'
import { Lateness } from './order.ts'
import { compareClocks, SourceClock } from './source-clock.ts'

const at = (text: string): number => Date.parse(`2026-11-24T${text}Z`)

test.each([
  ['the source’s time, set to the report’s own second', at('12:00:30'), at('12:00:40'), 28, at('12:00:28')],
  ['a second just before the minute', at('12:00:02'), at('12:00:03'), 58, at('11:59:58')],
  ['a second just after the minute', at('11:59:58'), at('12:00:03'), 1, at('12:00:01')],
  ['no second told', at('12:00:30'), at('12:00:40'), 60, at('12:00:30')],
  ['no source time: receipt', Number.NaN, at('12:00:40'), 60, at('12:00:40')],
  ['a source clock ahead by hours is not believed', at('15:00:00'), at('12:00:40'), 60, at('12:00:40')],
  ['a source clock ahead by less than a minute is not believed either', at('12:01:02'), at('12:00:12'), 10, at('12:00:10')],
  ['a stamp rounded up to the next second is as good', at('12:00:41'), at('12:00:40'), 39, at('12:00:39')],
  ['a source clock behind is believed: the report may be late', at('11:50:00'), at('12:00:40'), 60, at('11:50:00')],
])('event time: %s', (_name, source, received, second, expected) => {
  expect(eventTimeMs(source, received, second)).toBe(expected)
})

test('the same transmission heard twice is one report, also two minutes later; a resting ship may repeat herself', () => {
  const duplicates = new Duplicates()
  expect(duplicates.isCopy(1234, 440_000_001, 1000, true)).toBe(false)
  expect(duplicates.isCopy(1234, 440_000_001, 100_000, true)).toBe(true)
  expect(duplicates.isCopy(1234, 440_000_002, 1000, true)).toBe(false)
  expect(duplicates.isCopy(99, 440_000_003, 1000, false)).toBe(false)
  expect(duplicates.isCopy(99, 440_000_003, 181_000, false)).toBe(false)
  expect(duplicates.isCopy(99, 440_000_003, 183_000, false)).toBe(true)
})

test('a feed in order is not waited for; one out of order only as long as its lateness asks; a rare straggler changes nothing', () => {
  const lateness = new Lateness()
  for (let n = 0; n < 400; n++) lateness.note(0)
  lateness.note(100_000)
  expect(lateness.waitMs).toBe(0)
  for (let n = 0; n < 100; n++) lateness.note(n % 2 === 0 ? 0 : 3000)
  expect(lateness.waitMs).toBe(4000)
  for (let n = 0; n < 6000; n++) lateness.note(0)
  expect(lateness.waitMs).toBe(0)
})

test('a copy of a moving ship’s report is known by its receipt, whatever another source’s clock says; a resting one’s is not', () => {
  const duplicates = new Duplicates()
  const heard = (source: number, receivedAtMs: number, stampMs: number) => ({ source, receivedAtMs, stampMs })
  expect(duplicates.isCopy(7, 440_000_001, 1_000_000, true, heard(1, 1_001_000, 1_000_500))).toBe(false)
  expect(duplicates.isCopy(7, 440_000_001, 400_000, true, heard(2, 1_002_000, 400_500))).toBe(true)
  expect([duplicates.firstSource, duplicates.firstStampMs]).toEqual([1, 1_000_500])
  expect(duplicates.isCopy(8, 440_000_001, 1_000_000, false, heard(1, 1_001_000, 1_000_500))).toBe(false)
  expect(duplicates.isCopy(8, 440_000_001, 400_000, false, heard(2, 1_002_000, 400_500))).toBe(false)
})

test('a clock that is behind others is put right after eight agreeing comparisons, and left alone when it is right again', () => {
  const [right, wrong] = [new SourceClock(), new SourceClock()]
  for (let n = 0; n < 7; n++) compareClocks(right, n * 10_000, wrong, n * 10_000 - 600_000, n * 10_000)
  expect(wrong.behindMs).toBe(0)
  compareClocks(wrong, -600_000, right, 500, 500)
  expect([right.behindMs, Math.round(wrong.behindMs / 1000)]).toEqual([0, 600])
  for (let n = 0; n < 100; n++) compareClocks(right, n * 10_000, wrong, n * 10_000 - 600_000, n * 10_000)
  expect([right.behindMs, wrong.behindMs]).toEqual([0, 600_000])
  // Set right: its stamps, put right, would lie ahead of now.
  compareClocks(right, 2_000_000, wrong, 2_000_000, 2_000_500)
  expect([right.behindMs, wrong.behindMs]).toEqual([0, 0])
})

test('comparisons that do not agree, and differences that a report’s own second heals, change no clock', () => {
  const [a, b, c] = [new SourceClock(), new SourceClock(), new SourceClock()]
  for (let n = 0; n < 100; n++) compareClocks(a, n * 10_000, b, n * 10_000 - (n % 10) * 60_000, n * 10_000)
  for (let n = 0; n < 100; n++) compareClocks(a, n * 10_000, c, n * 10_000 - 25_000, n * 10_000)
  expect([a.behindMs, b.behindMs, c.behindMs]).toEqual([0, 0, 0])
})

test('two feeds ten minutes apart hear the same ships: one track each, none of it at a wrong time, also of ships that only the wrong one hears', () => {
  const START = Date.UTC(2026, 10, 24, 12)
  const placed: { mmsi: number; sentAtMs: number; standing: number }[] = []
  const pass = createPass({
    capacity: 100,
    sink: () => {},
    archive: ({ mmsi, sentAtMs }, standing) => void placed.push({ mmsi, sentAtMs, standing }),
  })
  const [right, wrong] = [pass.feed('right'), pass.feed('wrong')]
  const sentence = (mmsi: number, atMs: number, clockMs: number): Buffer => {
    const [line = ''] = encodeSentences({
      ...{ type: 1, repeat: 0, navigationStatus: 0, accurate: true, headingDeg: 90, raim: false, sogKn: 10, cogDeg: 90, lat: 34 },
      mmsi,
      lon: 128 + ((atMs - START) / 3_600_000) * 0.2,
      second: Math.floor(atMs / 1000) % 60,
    })
    const fields = `s:st${clockMs === 0 ? 'a' : 'b'},c:${Math.floor((atMs + clockMs) / 1000)}`
    let sum = 0
    for (const letter of fields) sum ^= letter.charCodeAt(0)
    return Buffer.from(`\\${fields}*${sum.toString(16).toUpperCase().padStart(2, '0')}\\${line}\r\n`)
  }
  for (let n = 0; n < 60; n++) {
    const atMs = START + n * 10_000
    pass.bytes(right, sentence(440_000_001, atMs, 0), atMs + 500, -1)
    pass.bytes(wrong, sentence(440_000_001, atMs, -600_000), atMs + 700, -1)
    pass.bytes(wrong, sentence(440_000_002, atMs, -600_000), atMs + 800, -1)
  }
  pass.flush()
  const of = (mmsi: number) => placed.filter(one => one.mmsi === mmsi)
  expect(of(440_000_001).map(one => one.sentAtMs)).toEqual(Array.from({ length: 60 }, (_, n) => START + n * 10_000))
  expect(
    of(440_000_002)
      .slice(-45)
      .map(one => one.sentAtMs),
  ).toEqual(Array.from({ length: 45 }, (_, n) => START + (n + 15) * 10_000))
  expect(placed.filter(one => one.standing !== 0)).toEqual([])
})
