// Decoding beside its peers: CPU seconds of whole processes, start included (all with Node's compile cache, as bin/mangru.mjs starts us), same file,
// interleaved rounds in one run. The file is the shared recordings
// repeated; where they are not beside the project, our own encoder makes a like mix.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { sharedData } from '../src/testkit/shared-data.ts'
import { type AisObject, encodeSentences } from '../src/wire/ais/index.ts'
import type { Bench, Figure } from './bench.ts'

const SENTENCES = 2_400_000
const HEAP_SENTENCES = 5_000_000
const ROUNDS = 3

const CHILD = fileURLToPath(new URL('wire-decode-child.ts', import.meta.url))
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const GPSDECODE = '/usr/bin/gpsdecode'

/** Sentences of the shared recordings, bare, in their order. */
function recorded(folder: string): string[] {
  const sentences: string[] = []
  for (const name of readdirSync(folder).sort()) {
    if (!/\.(nmea|txt|log|aivdm|ais)(\.gz)?$/.test(name)) continue
    const bytes = readFileSync(join(folder, name))
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')
    for (const [sentence] of text.matchAll(/![A-Z]{2}VD[MO],[^*\\!$\n]*\*[0-9A-F]{2}/g)) sentences.push(sentence)
  }
  return sentences
}

/** Seven position reports of class A to two of class B to one of static data: about what a coast station hears. */
function made(): string[] {
  return Array.from({ length: 3000 }, (_, n): AisObject => {
    const place = { mmsi: 440_000_000 + n, lat: 33 + (n % 500) / 100, lon: 125 + (n % 600) / 100, sogKn: (n % 200) / 10, cogDeg: n % 360 }
    if (n % 10 === 0) return { type: 5, mmsi: place.mmsi, name: `SHIP ${n}`, callSign: `D${n}`, shipType: 70, destination: 'KR PUS' }
    return { type: n % 10 < 3 ? 18 : 1, ...place, headingDeg: n % 360, second: n % 60 }
  }).flatMap((object, n) => encodeSentences(object, { sequence: n % 10, channel: n % 2 === 0 ? 'A' : 'B' }))
}

const checksum = (text: string): string => {
  let sum = 0
  for (let at = 0; at < text.length; at++) sum ^= text.charCodeAt(at)
  return sum.toString(16).toUpperCase().padStart(2, '0')
}

/** The same sentences as a shore network sends them: station, time, and group where there are several parts. */
function withTagBlock(sentence: string, n: number): string {
  const [, total = '1', part = '1', sequence = ''] = sentence.split(',')
  const group = total === '1' ? '' : `g:${part}-${total}-${sequence || 0}${Math.floor(n / 200) % 100},`
  const tag = `${group}s:station-${n % 40},c:${1_767_225_600 + Math.floor(n / 300)}`
  return `\\${tag}*${checksum(tag)}\\${sentence}`
}

function repeated(sentences: readonly string[], wanted: number, shape: (sentence: string, n: number) => string): string {
  const once = `${sentences.map(shape).join('\n')}\n`
  return once.repeat(Math.ceil(wanted / sentences.length))
}

/** CPU seconds, user and system, of a command and its children, told by the shell that waited for it; and its last line of output. */
function cpuSeconds(command: string, folder: string): { readonly seconds: number; readonly output: string } {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') }
  const run = spawnSync('sh', ['-ec', `${command}\ntimes >&2`], { encoding: 'utf8', maxBuffer: 1 << 24, env })
  const children = run.stderr.trimEnd().split('\n').at(-1) ?? ''
  const times = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds))
  if (run.status !== 0 || times.length !== 2) throw new Error(`${command} failed: ${run.stderr.slice(-500)}`)
  return { seconds: (times[0] ?? 0) + (times[1] ?? 0), output: run.stdout.trim() }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

interface Runner {
  readonly name: string
  readonly command: string
  readonly rounds: number[]
}

export const bench: Bench = {
  name: 'wire-decode',
  question: 'What does decoding cost beside gpsdecode and the npm decoders, and does it hold memory?',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'mangru-bench-'))
    try {
      return measure(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

function measure(folder: string): Figure[] {
  const shared = sharedData('ais')
  const sentences = shared === undefined ? made() : recorded(shared)
  const [bare, tagged] = [join(folder, 'bare.nmea'), join(folder, 'tagged.nmea')]
  writeFileSync(
    bare,
    repeated(sentences, SENTENCES, sentence => sentence),
    'latin1',
  )
  writeFileSync(tagged, repeated(sentences, SENTENCES, withTagBlock), 'latin1')
  const count = Math.ceil(SENTENCES / sentences.length) * sentences.length
  const size = `${count} sentences, ${shared === undefined ? 'made' : 'recorded'}, median of ${ROUNDS} rounds`

  const node = `'${process.execPath}'`
  const runner = (name: string, command: string): Runner => ({ name, command, rounds: [] })
  const child = (who: string, file: string): string => `${node} '${CHILD}' ${who} '${file}'`
  const typed = runner('typed fields', child('typed', bare))
  const typedTagged = runner('typed fields, TAG blocks', child('typed', tagged))
  const json = runner('JSON lines', `${node} '${MAIN}' decode --as nmea '${bare}' >/dev/null 2>'${join(folder, 'refused')}'`)
  const gps = runner('gpsdecode -j', `${GPSDECODE} -j <'${bare}' >/dev/null 2>&1`)
  const gpsTagged = runner('gpsdecode -j, TAG blocks', `${GPSDECODE} -j <'${tagged}' >/dev/null 2>&1`)
  const streamDecoder = runner('ais-stream-decoder', child('ais-stream-decoder', bare))
  const ggencoder = runner('ggencoder', child('ggencoder', bare))
  const hasGpsdecode = existsSync(GPSDECODE)
  if (!hasGpsdecode) process.stderr.write(`gpsdecode is left out: there is no ${GPSDECODE} (Debian: gpsd-clients)\n`)

  const runners = [typed, typedTagged, json, ...(hasGpsdecode ? [gps, gpsTagged] : []), streamDecoder, ggencoder]
  for (let round = 1; round <= ROUNDS; round++)
    for (const one of runners) {
      const { seconds, output } = cpuSeconds(one.command, folder)
      one.rounds.push(seconds)
      process.stderr.write(`round ${round}: ${one.name} ${seconds.toFixed(2)} CPU s${output ? `, ${output} messages` : ''}\n`)
    }

  const figure = (ours: Runner, peer: Runner, goal: string): readonly Figure[] => {
    if (peer.rounds.length === 0) return []
    const ratio = median(ours.rounds.map((seconds, round) => (peer.rounds[round] ?? Number.NaN) / seconds))
    const value = count / median(ours.rounds)
    return [{ name: ours.name, value, unit: 'sentences/CPU s', ratio: { to: peer.name, value: ratio }, size, goal }]
  }
  const grown = Number(cpuSeconds(`${node} --expose-gc '${CHILD}' heap '${bare}' ${HEAP_SENTENCES}`, folder).output)
  return [
    ...figure(typed, gps, '≥ 6 ×, aim 9 ×'),
    ...figure(typedTagged, gpsTagged, '≥ 12 ×'),
    ...figure(json, gps, '≥ 2 ×'),
    ...figure(typed, streamDecoder, '≥ 10 ×'),
    ...figure(typed, ggencoder, '≥ 15 ×'),
    { name: 'heap growth', value: grown / 1e6, unit: 'MB', size: `${HEAP_SENTENCES} sentences`, goal: '< 5 MB' },
  ]
}
