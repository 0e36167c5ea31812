// The ergonomic face: a payload becomes an object with the names and units of the field tables, and back. 'Not available' is absent.
import { APPLICATIONS } from './applications/index.ts'
import { BitWriter, readHex, readSigned, readText, readUnsigned } from './bits.ts'
import type { AisObject, AisValue, Field } from './fields.ts'
import { MESSAGES } from './messages/index.ts'
import type { Message, Shape } from './messages/message.ts'
import type { Refusal } from './record.ts'

const BY_TYPE: readonly (Message | undefined)[] = Array.from({ length: 64 }, (_, type) => MESSAGES.find(message => message.type === type))
const HEAD_BITS = 38

/** Reads the fields that arrived whole, from bit `at` to `bits`, into `into`. */
export function decodeFields(fields: readonly Field[], six: Uint8Array, from: number, bits: number, into: AisObject): void {
  let at = from
  for (const field of fields) {
    const size = field.bits > 0 ? field.bits : bits - at + field.bits
    if (size < 0 || at + size > bits) {
      // Text cut short still gives its whole letters; a number exists only if all its bits arrived.
      if (field.kind === 'text' && bits > at) setText(field, six, at, Math.floor((bits - at) / 6), into)
      return
    }
    decodeField(field, six, at, size, into)
    at += size
  }
}

function setText(field: Field, six: Uint8Array, at: number, letters: number, into: AisObject): void {
  const text = readText(six, at, letters)
  if (text !== '') into[field.name] = text
}

function decodeField(field: Field, six: Uint8Array, at: number, bits: number, into: AisObject): void {
  switch (field.kind) {
    case 'spare':
      return
    case 'flag':
      into[field.name] = readUnsigned(six, at, 1) === 1
      return
    case 'text':
      setText(field, six, at, Math.floor(bits / 6), into)
      return
    case 'hex':
      if (bits > 0) into[field.name] = readHex(six, at, bits)
      return
    case 'number':
    case 'signed': {
      const raw = field.kind === 'signed' ? readSigned(six, at, bits) : readUnsigned(six, at, bits)
      if (field.absent?.includes(raw)) return
      into[field.name] = scale(raw, field)
      return
    }
    default:
      field.kind satisfies never
  }
}

function scale(raw: number, field: Field): number {
  const divisor = field.divisor ?? 1
  if (divisor === 1) return raw + (field.offset ?? 0)
  const digits = divisor >= 100_000 ? 1e7 : divisor === 600 ? 1e7 : 1e4
  return Math.round((raw / divisor + (field.offset ?? 0)) * digits) / digits
}

/** A payload of six-bit letters as an object, or why not. */
export function decodePayload(six: Uint8Array, bits: number): AisObject | Refusal {
  if (bits < HEAD_BITS) return 'bad-length'
  const type = readUnsigned(six, 0, 6)
  const message = BY_TYPE[type]
  if (!message) return 'unknown-type'
  if (bits < message.minBits) return 'bad-length'
  const object: AisObject = { type, repeat: readUnsigned(six, 6, 2), mmsi: readUnsigned(six, 8, 30) }
  const shape: Shape = {
    bits,
    raw: name => {
      const place = message.discriminators?.[name]
      return place ? readUnsigned(six, place[0], place[1]) : 0
    },
  }
  if (type === 24 && shape.raw('part') > 1) return 'invalid-part-number'
  decodeFields(layoutOf(message, shape), six, HEAD_BITS, bits, object)
  if (type === 21) object.name = aidName(six, bits)
  if (object.name === '') delete object.name
  message.complete?.(object)
  readApplication(object, six, bits)
  return object
}

const layoutOf = (message: Message, shape: Shape): readonly Field[] => (typeof message.layout === 'function' ? message.layout(shape) : message.layout)

/** Name and extension are one text; the extension counts only after 20 letters, whole letters only, at most 14. */
function aidName(six: Uint8Array, bits: number): string {
  const extension = Math.max(0, Math.min(14, Math.floor((bits - 272) / 6)))
  let name = ''
  for (let letter = 0; letter < 20 + extension; letter++) {
    const at = letter < 20 ? 43 + letter * 6 : 272 + (letter - 20) * 6
    const code = readUnsigned(six, at, 6)
    if (code === 0) break
    name += readLetter(code)
  }
  return name.trimEnd()
}

function readLetter(code: number): string {
  return readText(Uint8Array.of(code), 0, 1) || ' '
}

const APPLICATION_AT: Readonly<Record<number, number>> = { 6: 88, 8: 56 }

function readApplication(object: AisObject, six: Uint8Array, bits: number): void {
  const at = typeof object.type === 'number' ? APPLICATION_AT[object.type] : undefined
  if (at === undefined) return
  const application = APPLICATIONS.find(known => known.dac === object.dac && known.fid === object.fid)
  if (!application || bits - at < application.minBits) return
  const app = application.decode(six, at, bits)
  if (!app) return
  object.app = app
  delete object.payloadHex
}

/** Why an object cannot be sent. */
export class EncodeRefusal extends Error {}

/** An object of the ergonomic face as payload bits. Throws EncodeRefusal naming the field, its value and its limits. */
export function encodePayload(object: AisObject): { readonly six: Uint8Array; readonly fillBits: number } {
  const message = typeof object.type === 'number' ? BY_TYPE[object.type] : undefined
  if (!message) throw new EncodeRefusal(`type ${JSON.stringify(object.type)} is not an AIS message type (1 to 27)`)
  const writer = new BitWriter()
  writer.unsigned(message.type, 6)
  encodeField({ name: 'repeat', bits: 2, kind: 'number', fallback: 0 }, object, writer)
  if (object.mmsi === undefined) throw new EncodeRefusal('mmsi is missing')
  encodeField({ name: 'mmsi', bits: 30, kind: 'number' }, object, writer)
  const source = withRaw(object)
  encodeFields(layoutOf(message, { bits: Number.POSITIVE_INFINITY, raw: name => numeric(source[name]) }), source, writer)
  return writer.finish()
}

const numeric = (value: AisValue | undefined): number => (typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : 0)

/** What the tables need beside what the object says: the application's bits, the aid's extension. */
function withRaw(object: AisObject): AisObject {
  if (object.type === 21 && typeof object.name === 'string' && object.name.length > 20) return { ...object, nameExtension: object.name.slice(20, 34) }
  if (object.app === undefined || (object.type !== 6 && object.type !== 8)) return object
  const application = APPLICATIONS.find(known => known.dac === object.dac && known.fid === object.fid)
  if (!application) throw new EncodeRefusal(`there is no application DAC ${object.dac} FI ${object.fid}; give its bits as payloadHex`)
  const writer = new BitWriter()
  if (!isObject(object.app)) throw new EncodeRefusal('app must be an object')
  application.encode(object.app, writer)
  return { ...object, payloadBits: [...bitsOf(writer)].join('') }
}

function* bitsOf(writer: BitWriter): Generator<number> {
  const { six } = writer.finish()
  for (let bit = 0; bit < writer.length; bit++) yield readUnsigned(six, bit, 1)
}

const isObject = (value: AisValue): value is AisObject => typeof value === 'object' && !Array.isArray(value)

export function encodeFields(fields: readonly Field[], object: AisObject, writer: BitWriter): void {
  for (const [index, field] of fields.entries()) {
    if (field.optional && fields.slice(index).every(later => later.kind === 'spare' || object[later.name] === undefined)) return
    encodeField(field, object, writer)
  }
}

function encodeField(field: Field, object: AisObject, writer: BitWriter): void {
  const value = object[field.name]
  switch (field.kind) {
    case 'spare':
      writer.unsigned(0, field.bits)
      return
    case 'flag':
      writer.unsigned(value === true || value === 1 ? 1 : 0, 1)
      return
    case 'text': {
      const text = typeof value === 'string' ? value : ''
      writer.text(text, field.bits > 0 ? field.bits / 6 : text.length)
      return
    }
    case 'hex':
      if (field.name === 'payloadHex' && typeof object.payloadBits === 'string') for (const bit of object.payloadBits) writer.unsigned(Number(bit), 1)
      else if (typeof value === 'string') writer.hex(value)
      return
    case 'number':
    case 'signed':
      writeNumber(field, value, writer)
      return
    default:
      field.kind satisfies never
  }
}

function writeNumber(field: Field, value: AisValue | undefined, writer: BitWriter): void {
  const raw = value === undefined ? (field.absent?.[0] ?? field.fallback ?? 0) : Math.round((numeric(value) - (field.offset ?? 0)) * (field.divisor ?? 1))
  const [low, high] = field.kind === 'signed' ? [-(2 ** (field.bits - 1)), 2 ** (field.bits - 1) - 1] : [0, 2 ** field.bits - 1]
  if (!(raw >= low && raw <= high)) {
    const divisor = field.divisor ?? 1
    throw new EncodeRefusal(`${field.name} is ${JSON.stringify(value)}; it must lie between ${low / divisor} and ${high / divisor}`)
  }
  if (field.kind === 'signed') writer.signed(raw, field.bits)
  else writer.unsigned(raw, field.bits)
}
