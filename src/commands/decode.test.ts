// The commands that read messages, as a script uses them: exit codes, both outputs, files and pipes.
import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { encodeSentences } from '#wire/ais/index.ts'
import { temporaryFolder } from '../testkit/product.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const folder = temporaryFolder()
afterAll(() => folder.remove())

function mangru(args: readonly string[], input: string | Buffer = '') {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, ...args], { input, cwd: folder.path })
  const objects = (text: Buffer): unknown[] =>
    text
      .toString()
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => JSON.parse(line))
  return { status, out: objects(stdout), refused: objects(stderr), stderr: stderr.toString() }
}

const position = (mmsi: number): string => encodeSentences({ type: 1, mmsi, lat: 35, lon: 129 })[0] ?? ''
const file = (name: string, bytes: string | Buffer): string => {
  writeFileSync(join(folder.path, name), bytes)
  return name
}

test('decode tells what stood round a message, and names each refused line as it came', () => {
  const [own = ''] = encodeSentences(
    { type: 1, mmsi: 2 },
    { own: true, talker: 'AB', channel: 'B', source: '부산', receivedAtMs: 1_732_432_800_500 },
  )
  const [short = ''] = encodeSentences({ type: 14, mmsi: 3, text: 'A' })
  const unknown = short.replace(/A,>/, 'A,l')
  const input = `2024-11-24T07:21:40Z ${position(1)}\n${own}\n${short.slice(0, -1)}x\n${unknown}\nno sentence\n`
  const { status, out, refused } = mangru(['decode', '--as', 'nmea', '-'], input)
  expect(status).toBe(0)
  expect(out).toMatchObject([
    { file: '-', line: 1, channel: 'A', talker: 'AI', receivedAt: '2024-11-24T07:21:40.000Z', mmsi: 1 },
    { file: '-', line: 2, channel: 'B', talker: 'AB', own: true, source: '부산', receivedAt: '2024-11-24T07:20:00.500Z', mmsi: 2 },
  ])
  expect(refused).toMatchObject([
    { refused: 'bad-checksum', line: 3, input: `${short.slice(0, -1)}x` },
    { refused: 'bad-checksum', line: 4, input: unknown },
    { refused: 'malformed', line: 5, input: 'no sentence' },
  ])
})

test('decode shows the sentence also of a message whose type or length cannot be', () => {
  const of = (payload: string): string => withChecksum(`AIVDM,1,1,,A,${payload},0`)
  const { refused } = mangru(['decode', '--as', 'nmea'], `${of('lPH0')}\n${of('l00000000000')}\n`)
  expect(refused).toMatchObject([
    { refused: 'bad-length', line: 1, input: of('lPH0') },
    { refused: 'unknown-type', line: 2, input: of('l00000000000') },
  ])
})

test('files may be packed, even of several pieces; a missing one ends the command after what came before', () => {
  const packed = file('a.gz', Buffer.concat([gzipSync(`${position(1)}\n`), gzipSync(`${position(2)}\n`)]))
  const other = file('b.zst', Buffer.concat([zstdCompressSync(`${position(3)}\nnonsense\n`), zstdCompressSync(`${position(4)}`)]))
  const { status, out, refused, stderr } = mangru(['decode', '--as=nmea', packed, other, 'missing.nmea'])
  expect(out).toMatchObject([1, 2, 3, 4].map(mmsi => ({ mmsi })))
  expect(refused).toMatchObject([{ file: 'b.zst', line: 2, input: 'nonsense' }])
  expect([status, stderr.split('\n').at(-2)]).toEqual([1, 'mangru decode: there is no file missing.nmea; check the name'])
})

test('decode reads identifiers and says what their last digit should be', () => {
  const { out, refused, status } = mangru(['decode', '--as', 'identifiers'], 'CSQU3054383\r\nIMO 9074728\n440123456\n\nHAE\n')
  expect(out).toEqual([
    { file: '-', line: 1, kind: 'container', value: 'CSQU3054383', valid: true, expectedCheckDigit: 3 },
    { file: '-', line: 2, kind: 'imo', value: '9074728', valid: false, expectedCheckDigit: 9 },
    { file: '-', line: 3, kind: 'mmsi', value: '440123456', valid: true },
  ])
  expect(refused).toEqual([{ refused: 'unknown-identifier', file: '-', line: 5, input: 'HAE' }])
  expect(status).toBe(0)
})

test.each([
  [['decode'], '--as is missing; say what the input is: nmea, identifiers, '],
  [['decode', '--as', 'toString'], '--as toString is not known; this version reads nmea, identifiers, '],
  [['toString'], 'there is no command "toString"'],
  [['check', 'data'], 'data is a word too many; name the data folder with --data'],
  [['raw', '--from', 'yesterday'], '--from yesterday is no time'],
  [['near', '35,129,1', '--within', '10'], 'name a place as LAT,LON'],
  [['start', '--feed', 'gopher://x'], '--feed: "gopher://x" is no feed URL of this version'],
])('mangru %j is wrong usage', (args, sentence) => {
  const { status, stderr } = mangru(args)
  expect(stderr).toContain(sentence)
  expect(status).toBe(2)
})

test('nobody reading the refusals does not end decode', async () => {
  const child = spawn(process.execPath, [MAIN, 'decode', '--as', 'nmea'], { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stderr.destroy()
  child.stdin.end(`${'nonsense\n'.repeat(100_000)}${position(1)}\n`)
  const pieces: Buffer[] = []
  for await (const piece of child.stdout) pieces.push(piece)
  expect(JSON.parse(Buffer.concat(pieces).toString())).toMatchObject({ line: 100_001, mmsi: 1 })
  expect(child.exitCode ?? (await new Promise(done => child.once('exit', done)))).toBe(0)
})

test('replay sends the bytes of a recording as they are', async () => {
  const line = Buffer.concat([Buffer.from('\\s:'), Buffer.from([0xc7, 0xd1, 0x80, 0xff]), Buffer.from(`\\${position(1)}`)])
  const recording = file('bytes.nmea', Buffer.concat([line, Buffer.from('\n')]))
  const received: Buffer[] = []
  const server = createServer(socket => socket.on('data', (bytes: Buffer) => received.push(bytes)))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const child = spawn(process.execPath, [MAIN, 'replay', recording, '--speed', 'max', '--to', `tcp://127.0.0.1:${port}`], {
    cwd: folder.path,
  })
  await new Promise(done => child.once('exit', done))
  await new Promise(done => server.close(done))
  expect(Buffer.concat(received)).toEqual(Buffer.concat([line, Buffer.from('\r\n')]))
})

function withChecksum(body: string): string {
  const sum = Buffer.from(body).reduce((all, byte) => all ^ byte, 0)
  return `!${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`
}
