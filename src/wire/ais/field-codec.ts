// Field tables at work: bits ⇄ objects. Shared by messages and applications.
import { type BitWriter, readHex, readSigned, readText, readUnsigned } from './bits.ts'
import type { AisObject, AisValue, Field } from './fields.ts'

/** Reads the fields that arrived whole, from bit `at` to `bits`, into `into`. */
export function decodeFields(fields: readonly Field[], six: Uint8Array, from: number, bits: number, into: AisObject): void {
  let at = from
  for (const field of fields) {
    const size = field.bits > 0 ? field.bits : bits - at + field.bits
    if (size < 0 || at + size > bits) {
      // Text cut short still gives its whole letters; a number exists only if all its bits arrived.
      if (field.kind === 'text' && bits > at) setText(field, six, at, Math.floor((bits - at) / 6), into)
      if (field.whenCut !== undefined && bits > at) {
        const raw = readUnsigned(six, at, bits - at)
        into[field.name] = field.whenCut === 'low' ? raw : raw * 2 ** (at + size - bits)
        at = bits + 1
        continue
      }
      // A group of stations or slots that was not sent reads as the standard's own "none", 0.
      if (field.optional && field.whenNotSent !== undefined) into[field.name] = field.whenNotSent
      at = bits + 1
      continue
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

/** Why an object cannot be sent. */
export class EncodeRefusal extends Error {}

export const numeric = (value: AisValue | undefined): number =>
  typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : 0

export function encodeFields(fields: readonly Field[], object: AisObject, writer: BitWriter): void {
  for (const [index, field] of fields.entries()) {
    if (
      field.optional &&
      fields
        .slice(index)
        .every(later => later.kind === 'spare' || object[later.name] === undefined || object[later.name] === later.whenNotSent)
    )
      return
    encodeField(field, object, writer)
  }
}

export function encodeField(field: Field, object: AisObject, writer: BitWriter): void {
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
      if (field.name === 'payloadHex' && typeof object.payloadBits === 'string')
        for (const bit of object.payloadBits) writer.unsigned(Number(bit), 1)
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
  const raw =
    value === undefined
      ? (field.absent?.[0] ?? field.fallback ?? 0)
      : Math.round((numeric(value) - (field.offset ?? 0)) * (field.divisor ?? 1))
  const [low, high] = field.kind === 'signed' ? [-(2 ** (field.bits - 1)), 2 ** (field.bits - 1) - 1] : [0, 2 ** field.bits - 1]
  if (!(raw >= low && raw <= high)) {
    const divisor = field.divisor ?? 1
    throw new EncodeRefusal(`${field.name} is ${JSON.stringify(value)}; it must lie between ${low / divisor} and ${high / divisor}`)
  }
  if (field.kind === 'signed') writer.signed(raw, field.bits)
  else writer.unsigned(raw, field.bits)
}
