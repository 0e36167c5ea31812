// Field tables at work: bits ⇄ objects. Shared by messages and applications.
import { type BitWriter, LETTERS, readHex, readText } from './bits.ts'
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

/** Why an object cannot be sent: field, value, and what would be right. */
export class EncodeRefusal extends Error {}

export const numeric = (value: AisValue | undefined): number =>
  typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : 0

/** Writes an object's fields. Groups at the end that say nothing are left out, whole groups only; then the payload is filled up to whole bytes. */
export function encodeFields(fields: readonly Field[], object: AisObject, writer: BitWriter, prefix = ''): void {
  let end = fields.length
  for (let group = fields[end - 1]?.group; group !== undefined; group = fields[end - 1]?.group) {
    const from = fields.findIndex(field => field.group === group)
    if (fields.slice(from, end).some(field => saysSomething(object[field.name]))) break
    end = from
  }
  for (const field of fields.slice(0, end)) encodeField(field, object[field.name] ?? fromDerived(field, object, prefix), writer, prefix)
  if (fields.some(field => field.group !== undefined)) writer.unsigned(0, (8 - (writer.length % 8)) % 8)
}

/** The value of a field of which only the fact that follows from it is given. */
function fromDerived({ derived }: Field, object: AisObject, prefix: string): number | undefined {
  const value = derived && object[derived.name]
  if (!derived || value === undefined) return undefined
  const raw = typeof value === 'number' ? derived.raw(value) : undefined
  if (raw === undefined || Number.isNaN(raw)) throw refusal(`${prefix}${derived.name}`, value, 'a number that can be sent')
  return raw
}

const saysSomething = (value: AisValue | undefined): boolean => value !== undefined && value !== 0

/** Refuses names that no field has, so that a slip of the pen does not lose a value. */
export function refuseUnknown(object: AisObject, known: readonly string[], where: string): void {
  for (const name of Object.keys(object)) {
    if (known.includes(name)) continue
    const near = known.find(
      other => other.toLowerCase().startsWith(name.toLowerCase()) || name.toLowerCase().startsWith(other.toLowerCase()),
    )
    throw new EncodeRefusal(`${where} has no field ${name}; ${near ? `did you mean ${near}?` : `its fields are ${known.join(', ')}`}`)
  }
}

export const namesOf = (fields: readonly Field[]): string[] =>
  fields.flatMap(({ name, derived }) => (name === '' ? [] : derived ? [name, derived.name] : [name]))

export function encodeField(field: Field, value: AisValue | undefined, writer: BitWriter, prefix = ''): void {
  const name = `${prefix}${field.name}`
  switch (field.kind) {
    case 'spare':
      writer.unsigned(0, field.bits)
      return
    case 'flag':
      if (value !== undefined && typeof value !== 'boolean' && value !== 0 && value !== 1) throw refusal(name, value, 'true or false')
      writer.unsigned(numeric(value), 1)
      return
    case 'text':
      writeText(name, value ?? '', field.bits / 6, writer)
      return
    case 'hex':
      if (value === undefined) return
      if (typeof value !== 'string' || !/^[0-9a-f]*$/i.test(value)) throw refusal(name, value, 'hex digits')
      writer.hex(value)
      return
    case 'number':
    case 'signed':
      writeNumber(field, name, value, writer)
      return
    default:
      field.kind satisfies never
  }
}

const refusal = (name: string, value: AisValue, right: string): EncodeRefusal =>
  new EncodeRefusal(`${name} is ${JSON.stringify(value)}; it must be ${right}`)

/** `letters` 0: as many as there are. */
function writeText(name: string, value: AisValue, letters: number, writer: BitWriter): void {
  if (typeof value !== 'string') throw refusal(name, value, 'a text')
  const text = value.toUpperCase()
  for (const letter of text)
    if (letter === '@' || !LETTERS.includes(letter))
      throw refusal(name, value, `made of A to Z, 0 to 9, blank and ${SIGNS}; ${JSON.stringify(letter)} cannot be sent`)
  if (letters > 0 && text.length > letters) throw refusal(name, value, `${letters} letters at most; it has ${text.length}`)
  writer.text(text, letters || text.length)
}

const SIGNS = LETTERS.replace(/[A-Z0-9 @]/g, '')

function writeNumber(field: Field, name: string, value: AisValue | undefined, writer: BitWriter): void {
  if (value !== undefined && (typeof value !== 'number' || !Number.isFinite(value))) throw refusal(name, value, 'a number')
  const [divisor, offset] = [field.divisor ?? 1, field.offset ?? 0]
  const raw = value === undefined ? (field.absent?.[0] ?? field.fallback ?? 0) : Math.round((value - offset) * divisor)
  const span = 2 ** field.bits
  const [least, most] = field.kind === 'signed' ? [-span / 2, span / 2 - 1] : [0, span - 1]
  const [low, high] = field.limits ? [field.limits[0] * divisor, field.limits[1] * divisor] : [least, most]
  if (!(raw >= low && raw <= high) && !field.absent?.includes(raw))
    throw refusal(name, value ?? raw, `from ${low / divisor + offset} to ${high / divisor + offset}`)
  if (field.signBit !== undefined) {
    writer.unsigned(Number(raw < 0 === (field.signBit === 'negative')), 1)
    writer.unsigned(Math.abs(raw), field.bits - 1)
  } else if (field.kind === 'signed') writer.signed(raw, field.bits)
  else writer.unsigned(raw, field.bits)
}
