// A layout at work: one walk over the fields of a message, from first to last bit, telling each value to a sink. Objects and JSON are two sinks of
// the same walk, so they cannot differ. HOT PATH: fields are turned into steps of one shape once.
import { readUnsigned } from './bits.ts'
import type { Field } from './fields.ts'

export type StepKind = 'number' | 'signed' | 'flag' | 'text' | 'hex' | 'spare'

/** A field with everything decided that does not depend on the message. */
export interface Step {
  readonly name: string
  readonly kind: StepKind
  /** 0 or less: all that is left, but for so many bits. */
  readonly bits: number
  /** Value = raw / divisor + offset, rounded to so many decimals. */
  readonly divisor: number
  readonly offset: number
  readonly decimals: number
  /** 10^decimals. */
  readonly power: number
  readonly absent: readonly number[]
  readonly signBit: Field['signBit']
  readonly whenNotSent: number | undefined
  readonly whenCut: 'low' | 'padded' | undefined
  readonly derived: Field['derived']
  /** `,"name":` in ASCII. */
  readonly key: Uint8Array
  /** The same of the derived fact. */
  readonly derivedKey: Uint8Array
}

/** What a walk tells. Values that are 'not available' are not told. */
export interface FieldSink {
  number(step: Step, raw: number): void
  flag(step: Step, value: boolean): void
  text(step: Step, six: Uint8Array, at: number, letters: number): void
  hex(step: Step, six: Uint8Array, at: number, bits: number): void
}

const DECIMALS: Readonly<Record<number, number>> = { 1: 0, 2: 1, 10: 1, 20: 2, 100: 2, 600: 7, 60000: 6, 600000: 7 }

const jsonKey = (name: string): Uint8Array => new TextEncoder().encode(`,"${name}":`)

const stepOf = (field: Field): Step => ({
  name: field.name,
  kind: field.kind,
  bits: field.bits,
  divisor: field.divisor ?? 1,
  offset: field.offset ?? 0,
  decimals: DECIMALS[field.divisor ?? 1] ?? 4,
  power: 10 ** (DECIMALS[field.divisor ?? 1] ?? 4),
  absent: field.absent ?? [],
  signBit: field.signBit,
  whenNotSent: field.whenNotSent,
  whenCut: field.whenCut,
  derived: field.derived,
  key: jsonKey(field.name),
  derivedKey: jsonKey(field.derived?.name ?? ''),
})

const made = new WeakMap<readonly Field[], readonly Step[]>()

/** The steps of a layout; made once for each list of fields. */
export function stepsOf(fields: readonly Field[]): readonly Step[] {
  let steps = made.get(fields)
  if (!steps) {
    steps = fields.map(stepOf)
    made.set(fields, steps)
  }
  return steps
}

/** Tells the fields that arrived whole, from bit `from` to `bits`. */
export function walk(steps: readonly Step[], six: Uint8Array, from: number, bits: number, sink: FieldSink): void {
  let at = from
  for (let n = 0; n < steps.length; n++) {
    const step = steps[n]!
    const size = step.bits > 0 ? step.bits : bits - at + step.bits
    if (size < 0 || at + size > bits) {
      tellCut(step, six, at, bits, size, sink)
      at = bits + 1
      continue
    }
    switch (step.kind) {
      case 'spare':
        break
      case 'flag':
        sink.flag(step, readUnsigned(six, at, 1) === 1)
        break
      case 'text':
        sink.text(step, six, at, Math.floor(size / 6))
        break
      case 'hex':
        if (size > 0) sink.hex(step, six, at, size)
        break
      case 'number':
      case 'signed': {
        const raw = readUnsigned(six, at, size)
        const value = step.kind === 'signed' ? signed(step, raw, size) : raw
        if (step.absent.length === 0 || !step.absent.includes(value)) sink.number(step, value)
        break
      }
      default:
        step.kind satisfies never
    }
    at += size
  }
}

function signed(step: Step, raw: number, size: number): number {
  const sign = 1 << (size - 1)
  if (step.signBit === undefined) return raw >= sign ? raw - (1 << size) : raw
  // Minus nothing is nothing.
  return raw >= sign === (step.signBit === 'negative') ? -(raw % sign) || 0 : raw % sign
}

/** Text cut short still gives its whole letters; a number exists only if all its bits arrived, but for those that say otherwise. */
function tellCut(step: Step, six: Uint8Array, at: number, bits: number, size: number, sink: FieldSink): void {
  if (step.kind === 'text' && bits > at) sink.text(step, six, at, Math.floor((bits - at) / 6))
  else if (step.whenCut !== undefined && bits > at) {
    const raw = readUnsigned(six, at, bits - at)
    sink.number(step, step.whenCut === 'low' ? raw : raw * 2 ** (at + size - bits))
  } else if (step.whenNotSent !== undefined) sink.number(step, step.whenNotSent)
}

/** The value of a raw code in the field's unit. */
export function scaled(step: Step, raw: number): number {
  if (step.divisor === 1) return raw + step.offset
  return Math.round((raw / step.divisor + step.offset) * step.power) / step.power
}
