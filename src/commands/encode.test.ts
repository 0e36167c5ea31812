import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const mangru = (args: readonly string[], input: string): { stdout: string; stderr: string; status: number | null } =>
  spawnSync(process.execPath, [MAIN, ...args], { input, encoding: 'utf8' })

const LINES = `{"type":1,"mmsi":440123456,"lat":35.1,"lon":129.04,"sogKn":12.3}
{"type":1,"mmsi":440123456,
[1]
{"type":1,"mmsi":440123456,"sogKn":"fast"}
{"type":1,"mmsi":440123456,"sog":12}
{"type":14,"mmsi":440123456,"text":"부산"}
`

test('encode refuses what it cannot send line by line, says what to do, and encodes the rest; decode gives it back', () => {
  const { stdout, stderr, status } = mangru(['encode', '--as', 'ais'], LINES)
  expect(status).toBe(0)
  const refusals: readonly { readonly refused: string; readonly line: number }[] = stderr
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(refusals.map(({ line, refused }) => [line, refused.replace(/\(.*\)/, '(…)')])).toEqual([
    [2, 'the line is no JSON (…); write one message a line, {"type":1,"mmsi":440123456,…}, as decode prints it'],
    [3, 'the line is JSON but no object; write one message a line, {"type":1,"mmsi":440123456,…}, as decode prints it'],
    [4, 'sogKn is "fast"; it must be a number'],
    [5, 'message 1 has no field sog; did you mean sogKn?'],
    [6, expect.stringMatching(/^text is "부산"; it must be made of A to Z, 0 to 9, blank and .*; "부" cannot be sent$/)],
  ])
  const decoded = mangru(['decode', '--as', 'nmea'], stdout)
  expect(JSON.parse(decoded.stdout)).toMatchObject({ type: 1, mmsi: 440_123_456, lat: 35.1, lon: 129.04, sogKn: 12.3, channel: 'A' })
})
