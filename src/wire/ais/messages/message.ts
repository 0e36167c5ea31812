// What a message is: its type, its title and its layout. A layout may depend on a discriminator that stands earlier in the message (part number, flags)
// or on how many bits arrived.
import type { AisObject, Field } from '../fields.ts'

/** What a layout may ask before it answers: raw numbers by name (from the air or from an object to be sent) and the length. */
export interface Shape {
  /** Raw value of an earlier field; 0 where it is not given. */
  raw(name: string): number
  /** Payload bits without fill; Infinity when encoding. */
  readonly bits: number
}

export interface Message {
  readonly type: number
  readonly title: string
  /** Fewer bits than this are refused as `bad-length`. */
  readonly minBits: number
  readonly layout: readonly Field[] | ((shape: Shape) => readonly Field[])
  /** Where the layout's discriminators stand: name → [first bit, bits]. */
  readonly discriminators?: Readonly<Record<string, readonly [number, number]>>
  /** Facts that follow from several fields. */
  complete?(object: AisObject): void
}
