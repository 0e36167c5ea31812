// The shared recordings: every value on which independent decoders agree (shared/data/ais/README.md), the same through all three faces and back.
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { differingFields } from '#testkit/ais-faces.ts'
import { sharedData } from '#testkit/shared-data.ts'
import { type AisObject, createAisStream, decodePayload, EncodeRefusal, encodePayload, JsonWriter, type PayloadSink } from './index.ts'

const FOLDER = sharedData('ais') ?? ''
const MARGIN = 8

interface Recorded {
  readonly file: string
  readonly line: number
  readonly six: Uint8Array
  readonly bits: number
}

function bytesOf(file: string): Uint8Array {
  const bytes = readFileSync(`${FOLDER}/${file}`)
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

const recordings = (): string[] => readdirSync(FOLDER).filter(file => /\.(nmea|txt|log|aivdm|ais)(\.gz)?$/.test(file))

/** Every payload of the recordings that is a message. */
function* payloads(): Generator<Recorded & { readonly object: AisObject }> {
  for (const file of recordings()) {
    const found: Recorded[] = []
    const sink: PayloadSink = {
      message: () => {},
      payload(six, bits, { line }) {
        found.push({ file, line, six: six.slice(0, Math.ceil(bits / 6) + MARGIN), bits })
        return undefined
      },
    }
    const stream = createAisStream(sink)
    stream.push(bytesOf(file), 0)
    stream.end(0)
    for (const recorded of found) {
      const object = decodePayload(recorded.six, recorded.bits)
      if (typeof object !== 'string') yield { ...recorded, object }
    }
  }
}

/** How far the reference's own rounding may lie from ours. */
const TOLERANCE: Readonly<Record<string, number>> = {
  lat: 2e-6,
  lon: 2e-6,
  rotDegMin: 0.06,
  neLon: 1e-3,
  neLat: 1e-3,
  swLon: 1e-3,
  swLat: 1e-3,
}
const NOT_VALUES = new Set(['file', 'line', 'sentences', 'bits', '_one', '_disputed', '_weak'])

function isSame(name: string, wanted: unknown, got: unknown): boolean {
  if (wanted === null || wanted === '') return got === undefined
  if (typeof wanted === 'number' && typeof got !== 'string' && got !== undefined)
    return Math.abs(Number(got) - wanted) <= (TOLERANCE[name] ?? (name.startsWith('app.') ? 0.051 : 1e-9))
  return wanted === got
}

interface Reference {
  readonly [name: string]: unknown
  readonly _one?: readonly string[]
  readonly _weak?: unknown
}

describe.runIf(FOLDER !== '')('of the recordings', () => {
  test('every value on which independent decoders agree is decoded', () => {
    const byLine = new Map<string, AisObject>()
    for (const { file, line, object } of payloads()) byLine.set(`${file}:${line}`, object)
    let values = 0
    const wrong: string[] = []
    for (const text of gunzipSync(readFileSync(`${FOLDER}/reference.jsonl.gz`))
      .toString()
      .trim()
      .split('\n')) {
      const reference: Reference = JSON.parse(text)
      if (reference._weak) continue
      const at = `${reference.file}:${reference.line}`
      const object = byLine.get(at) ?? byLine.get(`${reference.file}.gz:${reference.line}`)
      for (const [name, wanted] of Object.entries(reference)) {
        if (NOT_VALUES.has(name) || reference._one?.includes(name)) continue
        values++
        const got = name.startsWith('app.') ? Object(object?.app)[name.slice(4)] : object?.[name]
        if (!isSame(name, wanted, got)) wrong.push(`${at} ${name}: ${wanted} ≠ ${got}`)
      }
    }
    expect(wrong).toEqual([])
    expect(values).toBeGreaterThan(265_000)
  })

  test('every message reads the same as JSON text and as an object', () => {
    const writer = new JsonWriter()
    let messages = 0
    for (const { file, line, six, bits, object } of payloads()) {
      writer.length = 0
      writer.message(six, bits)
      expect({ file, line, ...JSON.parse(`{${Buffer.from(writer.bytes.subarray(0, writer.length)).toString()}}`) }).toEqual({
        file,
        line,
        ...object,
      })
      messages++
    }
    expect(messages).toBeGreaterThan(20_000)
  })

  test('every message is in the record of the fast face what it is as an object', () => {
    const objects = payloads()
    const wrong: string[] = []
    for (const file of recordings()) {
      const stream = createAisStream({
        message(record) {
          const { object, line } = objects.next().value ?? { object: {}, line: 0 }
          for (const field of differingFields(record, object)) wrong.push(`${file}:${record.line} (${line}) ${field}`)
        },
      })
      stream.push(bytesOf(file), 0)
      stream.end(0)
    }
    expect(wrong).toEqual([])
    expect(objects.next().done).toBe(true)
  })

  test('every message encodes to the values it was decoded from; only places off the globe are refused', () => {
    const differing: [string, number][] = []
    const refused: string[] = []
    for (const { file, line, object, bits } of payloads()) {
      try {
        const { six, fillBits } = encodePayload(object)
        const padded = new Uint8Array(six.length + MARGIN)
        padded.set(six)
        const again = decodePayload(padded, six.length * 6 - fillBits)
        // What came cut short goes out whole: then it has more fields than came.
        const isCut = bits < six.length * 6 - fillBits
        const compared = isCut ? Object.fromEntries(Object.keys(object).map(name => [name, Object(again)[name]])) : again
        if (JSON.stringify(compared) !== JSON.stringify(object)) differing.push([file, line])
      } catch (error) {
        if (!(error instanceof EncodeRefusal)) throw error
        refused.push(error.message)
      }
    }
    expect(differing).toEqual([])
    expect(refused.filter(message => !/^(lat|lon) is/.test(message))).toEqual([])
    expect(refused.length).toBeLessThan(10)
  })
})
