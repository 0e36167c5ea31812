// What must hold for every message there can be: made from the field tables, or of random bits.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differingFields } from '#testkit/ais-faces.ts'
import type { Application } from './applications/application.ts'
import { APPLICATIONS } from './applications/index.ts'
import { LETTERS } from './bits.ts'
import { decodeInto } from './fast.ts'
import type { AisObject, AisValue, Field } from './fields.ts'
import { type AisRecord, createAisStream, decodePayload, encodeSentences, JsonWriter, type PayloadSink } from './index.ts'
import { scaled, stepsOf } from './layout.ts'
import { MESSAGES } from './messages/index.ts'
import type { Message } from './messages/message.ts'
import { createRecord } from './record-memory.ts'

const MARGIN = 8
const LONGEST_REST = 60

const sixBitText = (letters: number): fc.Arbitrary<string | undefined> =>
  fc.string({ unit: fc.constantFrom(...LETTERS.replace('@', '')), maxLength: letters }).map(text => text.trimEnd() || undefined)

/** A value the field may have on air; undefined for 'not available'. */
function valueFor(field: Field): fc.Arbitrary<AisValue | undefined> {
  const step = stepsOf([field])[0]
  if (!step) throw new Error('a field has one step')
  switch (field.kind) {
    case 'spare':
      return fc.constant(undefined)
    case 'flag':
      return fc.boolean()
    case 'text':
      return sixBitText(field.bits > 0 ? field.bits / 6 : LONGEST_REST)
    case 'hex':
      return fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), maxLength: LONGEST_REST }).map(hex => hex || undefined)
    case 'number':
    case 'signed': {
      const span = 2 ** field.bits
      const [low, high] = field.limits
        ? field.limits.map(limit => limit * (field.divisor ?? 1))
        : field.kind === 'signed'
          ? [-span / 2, span / 2 - 1]
          : [0, span - 1]
      return fc.integer({ min: low ?? 0, max: high ?? 0 }).map(raw => (field.absent?.includes(raw) ? undefined : scaled(step, raw)))
    }
  }
}

/** An object of a list of fields. Of the groups at its end the first few are there, each saying something; the others read as not sent. */
function objectOf(fields: readonly Field[]): fc.Arbitrary<AisObject> {
  const groups = Math.max(0, ...fields.map(field => field.group ?? 0))
  return fc.integer({ min: 0, max: groups }).chain(present => {
    const values: Record<string, fc.Arbitrary<AisValue | undefined>> = {}
    const first = fields.find(field => present > 0 && field.group === present && field.name !== '')
    for (const field of fields) {
      if (field.name === '') continue
      if (field.group !== undefined && field.group > present) values[field.name] = fc.constant(field.whenNotSent)
      else if (field === first) values[field.name] = fc.integer({ min: 1, max: 2 ** field.bits - 1 })
      else values[field.name] = valueFor(field)
    }
    return fc.record(values).map(object => withDerived(fields, object))
  })
}

/** Without what is absent, with what follows. */
function withDerived(fields: readonly Field[], object: Readonly<Record<string, AisValue | undefined>>): AisObject {
  const made: AisObject = {}
  for (const [name, value] of Object.entries(object)) if (value !== undefined) made[name] = value
  for (const { name, derived } of fields) {
    const raw = made[name]
    const value = derived && typeof raw === 'number' ? derived.value(raw) : undefined
    if (derived && value !== undefined) made[derived.name] = value
  }
  return made
}

/** Every layout a message may have, with the values that choose it. */
function layoutsOf(message: Message): readonly { readonly chosen: AisObject; readonly fields: readonly Field[] }[] {
  const { layout } = message
  if (typeof layout !== 'function') return [{ chosen: {}, fields: layout }]
  const choices: readonly AisObject[] =
    message.type === 24
      ? [{ part: 0 }, { part: 1 }, { part: 1, mmsi: 984_400_001 }]
      : message.type === 22
        ? [{ addressed: false }, { addressed: true }]
        : [false, true].flatMap(addressed => [false, true].map(structured => ({ addressed, structured })))
  return choices.map(chosen => ({ chosen, fields: layout({ bits: Number.POSITIVE_INFINITY, raw: name => Number(chosen[name] ?? 0) }) }))
}

const isKnown = ({ dac, fid }: AisObject): boolean => APPLICATIONS.some(known => known.dac === dac && known.fid === fid)

const headOf = (type: number): fc.Arbitrary<AisObject> =>
  fc.record({ type: fc.constant(type), repeat: fc.integer({ min: 0, max: 3 }), mmsi: fc.integer({ min: 0, max: 979_999_999 }) })

function messageOf(message: Message): fc.Arbitrary<AisObject> {
  return fc.constantFrom(...layoutsOf(message)).chain(({ chosen, fields }) =>
    fc
      .tuple(headOf(message.type), objectOf(fields.filter(field => field.name !== 'nameExtension')), sixBitText(34))
      .map(([head, object, name]) => ({ ...head, ...object, ...chosen, ...(message.type === 21 && name ? { name } : {}) }))
      .filter(object => !isKnown(object)),
  )
}

function applicationOf({ dac, fid, fields, alternative, shapes }: Application): fc.Arbitrary<AisObject> {
  const app = alternative
    ? fc.boolean().chain(other => objectOf(other ? alternative.fields : fields).map(object => ({ ...object, [alternative.flag]: other })))
    : objectOf(fields)
  const subAreas = fc.array(
    fc
      .constantFrom(...(shapes ?? [{ shape: '', fields: [] }]))
      .chain(({ shape, fields: ofShape }) => objectOf(ofShape).map(object => ({ shape, ...object }))),
    { minLength: 1, maxLength: 10 },
  )
  return fc.tuple(fc.constantFrom(6, 8), app, subAreas).map(([type, object, areas]) => ({
    type,
    repeat: 0,
    mmsi: 440_000_001,
    ...(type === 6 ? { sequence: 1, destinationMmsi: 440_000_002, retransmit: false } : {}),
    dac,
    fid,
    app: shapes ? { ...object, subAreas: areas } : object,
  }))
}

interface Payload {
  readonly six: Uint8Array
  readonly bits: number
}

/** Sent as sentences, received by the stream: the payload that arrives. */
function overTheAir(object: AisObject): Payload {
  const arrived: Payload[] = []
  const sink: PayloadSink = {
    message: () => {},
    payload(six, bits) {
      arrived.push({ six: six.slice(0, Math.ceil(bits / 6) + MARGIN), bits })
      return undefined
    },
  }
  const stream = createAisStream(sink)
  stream.push(Buffer.from(`${encodeSentences(object).join('\n')}\n`), 0)
  const [payload] = arrived
  if (!payload || arrived.length !== 1) throw new Error(`${arrived.length} messages arrived: ${JSON.stringify(stream.counts)}`)
  return payload
}

const RUNS = { numRuns: 60 }

describe('what is sent is what is received', () => {
  test.each(MESSAGES.map(message => [message.type, message] as const))('in messages of type %i', (_, message) => {
    fc.assert(
      fc.property(messageOf(message), object => {
        const { six, bits } = overTheAir(object)
        expect(decodePayload(six, bits)).toEqual(object)
      }),
      RUNS,
    )
  })

  test.each(APPLICATIONS.map(known => [known.dac, known.fid, known] as const))('in application %i/%i', (_dac, _fid, known) => {
    fc.assert(
      fc.property(applicationOf(known), object => {
        const { six, bits } = overTheAir(object)
        expect(decodePayload(six, bits)).toEqual(object)
      }),
      RUNS,
    )
  })
})

/** Bits of any length under each type there is, and some there are not. */
const randomPayload: fc.Arbitrary<Payload> = fc
  .tuple(fc.integer({ min: 0, max: 29 }), fc.uint8Array({ min: 0, max: 63, minLength: 1, maxLength: 180 }), fc.integer({ min: 0, max: 5 }))
  .map(([type, letters, fill]) => {
    const six = new Uint8Array(Math.ceil((letters.length + MARGIN) / 4) * 4)
    six.set(letters)
    six[0] = type
    return { six, bits: letters.length * 6 - fill }
  })

describe('of random bits', () => {
  test('the fast face and the object face say the same, or refuse for the same reason', () => {
    fc.assert(
      fc.property(randomPayload, ({ six, bits }) => {
        const record: AisRecord = createRecord()
        const refusal = decodeInto(record, six, new Int32Array(six.buffer), bits)
        const object = decodePayload(six, bits)
        if (typeof object === 'string') expect(refusal).toBe(object)
        else expect([refusal, ...differingFields(record, object)]).toEqual([undefined])
      }),
      { numRuns: 3000 },
    )
  })

  test('the JSON text and the object say the same, or refuse for the same reason', () => {
    const writer = new JsonWriter()
    fc.assert(
      fc.property(randomPayload, ({ six, bits }) => {
        writer.length = 0
        const refusal = writer.message(six, bits)
        const object = decodePayload(six, bits)
        if (typeof object === 'string') expect(refusal).toBe(object)
        else expect(JSON.parse(`{${Buffer.from(writer.bytes.subarray(0, writer.length)).toString()}}`)).toEqual(object)
      }),
      { numRuns: 2000 },
    )
  })
})
