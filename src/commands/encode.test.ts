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

test('encode writes nothing round a sentence that would break it', () => {
  const input = [
    { channel: 1 },
    { talker: 'A' },
    { source: 'a,b*' },
    { source: 'a\n!AIVDM' },
    { receivedAt: 'yesterday' },
    { own: 'yes' },
  ].map(around => JSON.stringify({ type: 10, mmsi: 1, ...around }))
  const { stdout, stderr } = mangru(['encode', '--as', 'ais'], input.join('\n'))
  expect(stdout).toBe('')
  const refusals: readonly { readonly refused: string }[] = stderr
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(refusals.map(({ refused }) => refused)).toEqual([
    'channel is 1; it must be a text',
    'talker is "A"; it must be two capital letters, as AI or BS',
    expect.stringMatching(/^source is "a,b\*"; it must be a name without/),
    expect.stringMatching(/^source is "a\\n!AIVDM"; it must be a name without/),
    'receivedAt is "yesterday"; it must be a time as 2026-11-24T07:00:00Z',
    'own is "yes"; it must be true or false',
  ])
})

test('what stood round a message is sent as it was decoded', () => {
  const around = { channel: 'B', talker: 'AB', own: true, source: '부산', receivedAt: '2026-11-24T07:00:00.250Z' }
  const { stdout } = mangru(['encode', '--as', 'ais'], JSON.stringify({ type: 10, mmsi: 1, destinationMmsi: 2, ...around }))
  expect(stdout).toMatch(/^\\s:부산,c:1795503600250\*[0-9A-F]{2}\\!ABVDO,1,1,,B,/)
  expect(JSON.parse(mangru(['decode', '--as', 'nmea'], stdout).stdout)).toEqual({
    ...{ file: '-', line: 1, type: 10, repeat: 0, mmsi: 1, destinationMmsi: 2 },
    ...around,
  })
})
