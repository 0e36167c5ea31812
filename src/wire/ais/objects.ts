// The ergonomic face: a payload becomes an object with the names and units of the field tables, and back. 'Not available' is absent.
import { APPLICATIONS } from './applications/index.ts'
import { BitWriter, readText, readUnsigned } from './bits.ts'
import { decodeFields, EncodeRefusal, encodeField, encodeFields, namesOf, numeric, refuseUnknown } from './field-codec.ts'
import { type AisObject, type AisValue, type Field, number } from './fields.ts'
import { MESSAGES } from './messages/index.ts'
import type { Message, Shape } from './messages/message.ts'
import type { Refusal } from './record.ts'

const BY_TYPE: readonly (Message | undefined)[] = Array.from({ length: 64 }, (_, type) => MESSAGES.find(message => message.type === type))
export const HEAD_BITS = 38

/** What kind of message a payload is, or why it is none. */
export function messageOf(six: Uint8Array, bits: number): Message | Refusal {
  if (bits < HEAD_BITS) return 'bad-length'
  const message = BY_TYPE[readUnsigned(six, 0, 6)]
  if (!message) return 'unknown-type'
  if (bits < message.minBits) return 'bad-length'
  if (message.type === 24 && readUnsigned(six, 38, 2) > 1) return 'invalid-part-number'
  return message
}

const shapeOf = (message: Message, six: Uint8Array, bits: number): Shape => ({
  bits,
  raw: name => {
    const place = message.discriminators?.[name]
    return place ? readUnsigned(six, place[0], place[1]) : 0
  },
})

const layoutOf = (message: Message, shape: Shape): readonly Field[] =>
  typeof message.layout === 'function' ? message.layout(shape) : message.layout

/** The fields of a payload. HOT PATH: most messages have one layout, and nothing is made for them. */
export const layoutOfPayload = (message: Message, six: Uint8Array, bits: number): readonly Field[] =>
  typeof message.layout === 'function' ? message.layout(shapeOf(message, six, bits)) : message.layout

/** A payload of six-bit letters as an object, or why not. */
export function decodePayload(six: Uint8Array, bits: number): AisObject | Refusal {
  const message = messageOf(six, bits)
  if (typeof message === 'string') return message
  const object: AisObject = { type: message.type, repeat: readUnsigned(six, 6, 2), mmsi: readUnsigned(six, 8, 30) }
  decodeFields(layoutOfPayload(message, six, bits), six, HEAD_BITS, bits, object)
  if (message.type === 21) object.name = aidName(six, bits)
  if (object.name === '') delete object.name
  message.complete?.(object)
  readApplication(object, six, bits)
  return object
}

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

/** An object of the ergonomic face as payload bits. Throws EncodeRefusal naming the field, its value and what it may be. */
export function encodePayload(object: AisObject): { readonly six: Uint8Array; readonly fillBits: number } {
  const message = typeof object.type === 'number' ? BY_TYPE[object.type] : undefined
  if (!message) throw new EncodeRefusal(`type is ${JSON.stringify(object.type)}; it must be the number of an AIS message, 1 to 27`)
  if (object.mmsi === undefined) throw new EncodeRefusal('mmsi is missing; every message says who sends it')
  const writer = new BitWriter()
  writer.unsigned(message.type, 6)
  for (const field of HEAD) encodeField(field, object[field.name], writer)
  const source = object.type === 21 ? withExtension(object) : object
  const { app, ...rest } = source
  if (app !== undefined && APPLICATION_AT[message.type] === undefined)
    throw new EncodeRefusal(`message ${message.type} carries no application; app belongs to messages 6 and 8`)
  const fields = layoutOf(message, { bits: Number.POSITIVE_INFINITY, raw: name => numeric(rest[name]) })
  refuseUnknown(rest, ['type', 'repeat', 'mmsi', ...namesOf(fields)], `message ${message.type}`)
  encodeFields(fields, rest, writer)
  if (app !== undefined) encodeApplication(object, app, writer)
  return writer.finish()
}

const HEAD: readonly Field[] = [number('repeat', 2), number('mmsi', 30)]
const NAME_LETTERS = 20
const EXTENSION_LETTERS = 14

/** An aid's name longer than its field goes on in the extension. */
function withExtension(object: AisObject): AisObject {
  const name = object.name
  if (typeof name !== 'string' || name.length <= NAME_LETTERS) return object
  if (name.length > NAME_LETTERS + EXTENSION_LETTERS)
    throw new EncodeRefusal(`name is ${JSON.stringify(name)}; it must be 34 letters at most; it has ${name.length}`)
  return { ...object, name: name.slice(0, NAME_LETTERS), nameExtension: name.slice(NAME_LETTERS) }
}

function encodeApplication({ dac, fid, payloadHex }: AisObject, app: AisValue, writer: BitWriter): void {
  const application = APPLICATIONS.find(known => known.dac === dac && known.fid === fid)
  if (!application) throw new EncodeRefusal(`there is no application of dac ${dac} and fid ${fid}; give its bits as payloadHex`)
  if (payloadHex !== undefined) throw new EncodeRefusal('app and payloadHex say the same twice; give one of them')
  if (!isObject(app)) throw new EncodeRefusal(`app is ${JSON.stringify(app)}; it must be an object`)
  application.encode(app, writer)
}

const isObject = (value: AisValue): value is AisObject => typeof value === 'object' && !Array.isArray(value)
