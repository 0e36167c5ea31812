// The AIS codec as others get it: packed, unpacked into a project of its own, imported by plain Node and type-checked.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Off Portsmouth; values compared with gpsdecode. */
const SENTENCE = '!AIVDM,1,1,,A,16SteH0P00Jt63hHaa6SagvJ087r,0*42'

const CONSUMER_JS = `
import { createAisStream, decodeSentences, encodeSentences } from 'mangru/ais'
const { messages } = decodeSentences('${SENTENCE}\\n')
const records = []
const stream = createAisStream({ message: record => records.push([record.type, record.mmsi, record.lat600k]) })
stream.push(new TextEncoder().encode('${SENTENCE}\\n'), 0)
stream.end(0)
console.log(JSON.stringify({ message: messages[0].message, again: encodeSentences(messages[0].message, { channel: 'A' }), records }))
`

const CONSUMER_TS = `
import { type AisObject, type AisRecord, createAisStream, decodeSentences, encodeSentences, type Refusal } from 'mangru/ais'
const ship: AisObject = { type: 1, mmsi: 440123456, lat: 35.1, lon: 129.04 }
const lines: string[] = encodeSentences(ship, { talker: 'AI', channel: 'B' })
const refused: readonly { readonly reason: Refusal }[] = decodeSentences(lines.join('\\n')).refused
export const stream = createAisStream({ message: (record: AisRecord): void => void record.lat600k })
stream.push(new Uint8Array(refused.length), 0)
// @ts-expect-error a talker is two letters, not a number
encodeSentences(ship, { talker: 7 })
`

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mangru-ais-'))
  const run = (command: string, args: readonly string[]): string => execFileSync(command, args, { cwd: ROOT, encoding: 'utf8' })
  run(process.execPath, ['src/main.ts', 'dev', 'build-ais'])
  const packed: readonly { readonly filename: string }[] = JSON.parse(
    run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]),
  )
  const into = join(folder, 'node_modules/mangru')
  mkdirSync(into, { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, packed[0]?.filename ?? ''), '-C', into, '--strip-components=1'])
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('plain Node imports mangru/ais without any other package, decodes a sentence and encodes it back', () => {
  writeFileSync(join(folder, 'consumer.js'), CONSUMER_JS)
  const { message, again, records } = JSON.parse(execFileSync(process.execPath, ['consumer.js'], { cwd: folder, encoding: 'utf8' }))
  expect(message).toMatchObject({ type: 1, mmsi: 440_348_000, lat: 43.08015, lon: -70.7582 })
  expect(again).toEqual([SENTENCE])
  expect(records).toEqual([[1, message.mmsi, Math.round(message.lat * 600_000)]])
})

test.each(['nodenext', 'bundler'])('its type declarations hold for a project of module resolution %s', resolution => {
  writeFileSync(join(folder, 'consumer.ts'), CONSUMER_TS)
  const options = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    module: resolution === 'bundler' ? 'esnext' : resolution,
    moduleResolution: resolution,
    types: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }))
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  expect(execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })).toBe('')
})

test('every example of docs/integrators/ais.md prints what the page says', () => {
  const page = readFileSync(join(ROOT, 'docs/integrators/ais.md'), 'utf8')
  const examples = [...page.matchAll(/```js\n(.*?)```\n\n```text\n(.*?)```/gs)]
  expect(examples).toHaveLength(page.split('```js').length - 1)
  for (const [, code = '', printed] of examples) {
    writeFileSync(join(folder, 'example.js'), code)
    expect(execFileSync(process.execPath, ['example.js'], { cwd: folder, encoding: 'utf8' })).toBe(printed)
  }
})
