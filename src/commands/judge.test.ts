import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sail, square } from '../testkit/sea-scene.ts'
import { CommandFailure, UsageError } from './command.ts'
import { judge } from './judge.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'judge-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
/** A watched ship that sails through an area, as JSON reports. */
const recording = (): string =>
  sail({ mmsi: 440_900_001, at: [34, 127.9], legs: [{ minutes: 70, sogKn: 12, cogDeg: 90 }] })
    .map(({ sentAtMs, receivedAtMs, mmsi, lat, lon, sogKn, cogDeg }) =>
      JSON.stringify({
        time: new Date(sentAtMs).toISOString(),
        received: new Date(receivedAtMs).toISOString(),
        src: 'ais-coast',
        station: 'S',
        mmsi,
        lat,
        lon,
        sog: sogKn,
        cog: cogDeg,
        hdg: null,
        nav: 0,
      }),
    )
    .join('\n')
const context = (severity?: 'low'): string =>
  put(
    'context.json',
    JSON.stringify({
      watch: [440_900_001],
      areas: [square({ id: 'Z', name: 'Z', kind: 'designated', ...(severity ? { severity } : {}) }, [34, 128.02], 1800)],
      unknownKey: 1,
    }),
  )

/** What the command wrote and answered. */
async function run(...args: string[]): Promise<{ code: number; lines: Record<string, unknown>[]; said: string }> {
  const written: string[] = []
  const said: string[] = []
  const [out, err] = [process.stdout.write, process.stderr.write]
  const keep =
    (into: string[]) =>
    (piece: string | Uint8Array, ...rest: unknown[]) => {
      into.push(typeof piece === 'string' ? piece : new TextDecoder().decode(piece))
      for (const one of rest) if (typeof one === 'function') one()
      return true
    }
  process.stdout.write = keep(written)
  process.stderr.write = keep(said)
  try {
    const code = await judge.run(args)
    const lines = written
      .join('')
      .split('\n')
      .filter(Boolean)
      .map((line): Record<string, unknown> => JSON.parse(line))
    return { code: code ?? 0, lines, said: said.join('') }
  } finally {
    process.stdout.write = out
    process.stderr.write = err
  }
}

test('findings are printed once each, in order of being raised, with what the doors promise', async () => {
  const { code, lines, said } = await run(put('night.jsonl', recording()), '--context', context())
  expect(code).toBe(0)
  expect(said).toBe('')
  expect(lines.map(line => line.detector)).toEqual(['area-entered', 'area-left'])
  expect(lines[0]).toMatchObject({
    ships: [440_900_001],
    severity: 'medium',
    why: { ko: expect.stringContaining('진입'), en: expect.stringContaining('entered') },
  })
  for (const key of ['from', 'raisedAt', 'to']) expect(String(lines[0]?.[key])).toMatch(/^2026-01-15T.*Z$/)
})

test('as alarms, findings on one ship are one, and what is only logged is none', async () => {
  const { lines } = await run(put('night.jsonl', recording()), '--context', context(), '--alarms')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({ detector: 'area-entered', level: 3, reasons: [{ detector: 'area-entered' }, { detector: 'area-left' }] })
  const logged = await run(put('night.jsonl', recording()), '--context', context('low'), '--alarms')
  expect(logged.lines).toEqual([])
})

test('only the detectors asked for speak', async () => {
  const { lines } = await run(put('night.jsonl', recording()), '--context', context(), '--detectors', 'area-left')
  expect(lines.map(line => line.detector)).toEqual(['area-left'])
})

test('bad lines are named with their number and counted, the rest is judged', async () => {
  const bad = `{"mmsi": 1\n${recording()}\nno sentence\n{"mmsi": 440900001}\n`
  const { code, lines, said } = await run(put('night.jsonl', bad), '--context', context())
  expect(code).toBe(0)
  expect(lines).toHaveLength(2)
  expect(said).toContain('"line":1,')
  expect(said).toMatch(/3 of \d+ lines could not be used/)
})

test('sentences without any time are said aloud, not judged in silence', async () => {
  const { said } = await run(put('bare.nmea', '!AIVDM,1,1,,A,15M67FC000G?ufbE`FepT@3n00Sa,0*5C\n'))
  expect(said).toContain('nothing could be judged')
})

test.each([
  [['x.nmea', '--detectors', 'rendezvou'], UsageError, /no detector rendezvou; there are .*rendezvous/],
  [['x.nmea', '--loud'], UsageError, /no option --loud/],
  [[], UsageError, /name a recording/],
  [['nowhere.nmea'], CommandFailure, /no file nowhere\.nmea/],
])('%j is refused with what to do', async (args, kind, sentence) => {
  const refusal = await run(...args).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(kind)
  expect(String(refusal)).toMatch(sentence)
})

test('settings are used, and a typo or a value out of bounds is refused', async () => {
  const night = put('night.jsonl', recording())
  const deep = put('deep.json', '{"area-entered": {"depthM": 2000, "atOnceM": 10000}}')
  expect((await run(night, '--context', context(), '--settings', deep)).lines).toEqual([])
  for (const [text, sentence] of [
    ['{"rendevous": {}}', /no detector rendevous/],
    ['{"rendezvous": {"minute": 20}}', /has no setting minute; it has withinM/],
    ['{"rendezvous": {"minutes": 1}}', /rendezvous\.minutes is 1; use 5 to 600 min/],
    ['[1]', /no JSON object/],
  ] as const)
    await expect(run(night, '--settings', put('bad.json', text))).rejects.toThrow(sentence)
})
