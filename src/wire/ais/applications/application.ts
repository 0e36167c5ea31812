// What an application payload is: DAC and FI, and how its bits become an object and back.
import type { BitWriter } from '../bits.ts'
import type { AisObject, Field } from '../fields.ts'

export interface Application {
  readonly dac: number
  readonly fid: number
  readonly title: string
  readonly minBits: number
  readonly fields: readonly Field[]
  /** The other layout, where the payload's first bit, a flag of this name, is set. */
  readonly alternative?: { readonly flag: string; readonly fields: readonly Field[] }
  /** What repeats after the fields, under `subAreas`: one of these each time, told apart by `shape`. */
  readonly shapes?: readonly { readonly shape: string; readonly fields: readonly Field[] }[]
  /** Bits from `at` to `bits` of the whole payload; undefined when they do not make sense. */
  decode(six: Uint8Array, at: number, bits: number): AisObject | undefined
  encode(app: AisObject, writer: BitWriter): void
}
