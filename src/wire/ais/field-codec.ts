// Field tables at work: bits ⇄ objects. Shared by messages and applications.
import { type BitWriter, readHex, readText } from './bits.ts'
import type { AisObject, AisValue, Field } from './fields.ts'
import { type FieldSink, type Step, scaled, stepsOf, walk } from './layout.ts'

/** Puts what a walk tells into an object. */
class ObjectSink implements FieldSink {
  readonly #into: AisObject

  constructor(into: AisObject) {
    this.#into = into
  }

  number(step: Step, raw: number): void {
    this.#into[step.name] = scaled(step, raw)
    const derived = step.derived?.value(raw)
    if (step.derived && derived !== undefined) this.#into[step.derived.name] = derived
  }

  flag(step: Step, value: boolean): void {
    this.#into[step.name] = value
  }

  text(step: Step, six: Uint8Array, at: number, letters: number): void {
    const text = readText(six, at, letters)
    if (text !== '') this.#into[step.name] = text
  }

  hex(step: Step, six: Uint8Array, at: number, bits: number): void {
    this.#into[step.name] = readHex(six, at, bits)
  }
}

/** Reads the fields that arrived whole, from bit `from` to `bits`, into `into`. */
export function decodeFields(fields: readonly Field[], six: Uint8Array, from: number, bits: number, into: AisObject): void {
  walk(stepsOf(fields), six, from, bits, new ObjectSink(into))
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
