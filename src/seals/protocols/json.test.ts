// Our own form: what must be right, what is kept and named where it cannot be read, and commands.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { json, readJsonReport } from './json.ts'
import { isoMs } from './times.ts'

const NOW = Date.UTC(2026, 0, 31)
const read = (value: unknown, owner?: string) => {
  const answer = readJsonReport(value, owner)
  if ('fault' in answer) throw new Error(`${answer.fault.field}: ${answer.fault.reason}`)
  return answer
}
const bytes = (text: string): Uint8Array => Buffer.from(text)

test('a whole report comes out as every maker’s, the rest under its own names', () => {
  const { report, notRead } = read({
    device: 'KC-0028-6117',
    id: 4711,
    at: '2026-01-31T09:00:00.250+09:00',
    lat: 35.08,
    lon: 128.83,
    speedKmh: 42.5,
    courseDeg: 310,
    batteryPercent: 81,
    hdop: 1.2,
    locked: true,
    doorOpen: false,
    events: ['sealed-by-card', 'low-battery'],
    card: 1234567,
    buffered: true,
    cable: { ohm: 12 },
  })
  expect(notRead).toEqual([])
  expect(report).toEqual({
    kind: 'report',
    deviceId: 'KC-0028-6117',
    sentAtMs: NOW + 250,
    lat: 35.08,
    lon: 128.83,
    fixValid: true,
    speedKmh: 42.5,
    courseDeg: 310,
    batteryPercent: 81,
    buffered: true,
    events: ['sealed-by-card', 'low-battery'],
    status: { locked: true, doorOpen: false },
    more: { id: 4711, card: '1234567', hdop: 1.2, cable: { ohm: 12 } },
  })
})

test.each([
  ['no object', 42, ''],
  ['no device', {}, 'device'],
  ['a device with a blank', { device: 'a b' }, 'device'],
  ['a device of 41 letters', { device: 'x'.repeat(41) }, 'device'],
  ['another kind', { device: 'a', kind: 'alarm' }, 'kind'],
])('%s is refused, and the field is named', (_what, value, field) => {
  expect(readJsonReport(value)).toMatchObject({ fault: { field } })
})

test.each<[string, object, readonly string[]]>([
  ['a time without its zone', { at: '2026-01-31T09:00:00' }, ['at']],
  ['30 February', { at: '2026-02-30T09:00:00Z' }, ['at']],
  ['half a place', { lat: 35 }, ['lat', 'lon']],
  ['a place off the earth', { lat: 91, lon: 128 }, ['lat', 'lon']],
  ['a text for a speed', { speedKmh: '42' }, ['speedKmh']],
  ['a battery of 140 %', { batteryPercent: 140 }, ['batteryPercent']],
  ['a lock that is 1', { locked: 1 }, ['locked']],
  ['an event nobody knows', { events: ['sealed', 'opened-by-ghost'] }, ['events']],
  ['an hdop that is none', { hdop: null }, ['hdop']],
])('%s does not spoil the report: it is kept as it came and named', (_what, wrong, fields) => {
  const { report, notRead } = read({ device: 'a', at: '2026-01-31T00:00:00Z', batteryV: 3.7, ...wrong })
  expect(notRead.map(({ field }) => field)).toEqual(fields)
  expect(Object.keys(report.more.notRead ?? {})).toEqual(fields)
  expect(report.batteryV).toBe(3.7)
})

test('the one event that is known of two counts', () => {
  expect(read({ device: 'a', events: ['sealed', 'opened-by-ghost'] }).report.events).toEqual(['sealed'])
})

test('who speaks may be said by the topic; the report’s own word counts', () => {
  expect(read({}, 'topic-7').report.deviceId).toBe('topic-7')
  expect(read({ device: 'own' }, 'topic-7').report.deviceId).toBe('own')
})

test.each([
  ['2026-01-31T00:00Z', NOW],
  ['2026-01-31T09:00:00+09:00', NOW],
  ['2026-01-30T19:30:00-0430', NOW],
  ['2026-01-31T00:00:00.5Z', NOW + 500],
  ['2026-01-31T00:00:00+25:00', undefined],
  ['2026-01-31', undefined],
])('%s is %s', (text, ms) => expect(isoMs(text)).toBe(ms))

describe('on a line', () => {
  test('a report is acknowledged by its own id, an answer to a command is not', () => {
    const [report, answer] = ['{"device":"a","id":7}', '{"device":"a","kind":"answer","answersSerial":3,"result":0}'].map(text =>
      json.decode(bytes(text), { nowMs: NOW }),
    )
    expect(report).toMatchObject({ answer: bytes('{"acknowledged":7}\n') })
    expect(answer).toMatchObject({ reports: [{ kind: 'answer', more: { answersSerial: 3, result: 0 } }] })
    expect(answer).not.toHaveProperty('answer')
  })

  test.each(['{"device":', '{"device":"a"}}', '{"device":"\\u00"}', '{"":'.repeat(4000)])(
    '%j is malformed, and nothing is thrown',
    text => {
      expect(json.decode(bytes(text), { nowMs: NOW })).toBe('malformed')
    },
  )

  test('areas go down and are understood as they were meant', () => {
    const areas = [
      {
        id: 3,
        corners: [
          { lat: 35, lon: 129 },
          { lat: 35.1, lon: 129 },
          { lat: 35, lon: 129.1 },
        ],
      },
    ]
    const down = json.command({ kind: 'set-areas', areas }, { deviceId: 'a', serial: 9, nowMs: NOW }) as Uint8Array
    expect(json.device.read?.(down)).toEqual({ kind: 'command', serial: 9, command: { kind: 'set-areas', areas } })
  })
})

/** Fields that have a meaning: what they hold stands elsewhere in the report. */
const READ = new Set(
  'device kind at lat lon fix events locked doorOpen byCells buffered card id altitudeM speedKmh courseDeg batteryPercent batteryV powerV satellites odometerM'.split(
    ' ',
  ),
)

test('whatever JSON comes, nothing is thrown and nothing is lost', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (any, fields) => {
      readJsonReport(any)
      const answer = readJsonReport({ ...fields, device: 'a', kind: 'report' })
      if ('fault' in answer) throw new Error('refused')
      const { report, notRead } = answer
      const kept = JSON.stringify(report)
      const told = new Set([...notRead.map(({ field }) => field), ...Object.keys(report.more)])
      for (const field of Object.keys(fields)) if (!READ.has(field)) expect([field, told.has(field)]).toEqual([field, true])
      for (const { field } of notRead) expect(kept).toContain(JSON.stringify(field))
    }),
    { numRuns: 300, examples: [[0, JSON.parse('{"__proto__":1,"constructor":2,"toString":[]}')]] },
  )
})
