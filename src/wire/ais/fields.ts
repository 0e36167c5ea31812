// The language in which messages are written down: a message is a list of fields in the order of ITU-R M.1371-5 tables. Decoding, encoding and the
// documentation all come from the same list, so they cannot differ. This is the ergonomic face; the hot types also have a hand-written fast path
// (stream.ts) that a property test holds equal to these lists.

/** What an object of the ergonomic face may hold. Absent values ('not available') are left out. */
export type AisValue = number | string | boolean | AisObject | readonly AisObject[]
export interface AisObject {
  [name: string]: AisValue
}

export interface Field {
  readonly name: string
  /** Bits on air; 0 = all that is left. */
  readonly bits: number
  readonly kind: 'number' | 'signed' | 'flag' | 'text' | 'hex' | 'spare'
  /** The value is raw / divisor + offset. */
  readonly divisor?: number
  readonly offset?: number
  /** Raw codes that mean 'not available'; the first is what the encoder writes for an absent value. */
  readonly absent?: readonly number[]
  /** A signed number that is a bit for the sign and then a magnitude, not two's complement: which sign the bit 1 stands for. */
  readonly signBit?: 'negative' | 'positive'
  /** Value to send when the object does not say; raw. */
  readonly fallback?: number
  /** Least and greatest value that may be sent, in the field's unit; all that the bits can hold where absent. */
  readonly limits?: readonly [number, number]
  /** Fields of one group at the end of a message are sent together or not at all. */
  readonly group?: number
  /** Value of a field that was not sent. */
  readonly whenNotSent?: number
  /** A number of which only the first bits arrived: left out where absent; `low`, the bits that came as they are; `padded`, zeros for those that did not. */
  readonly whenCut?: 'low' | 'padded'
  /** A second fact that follows from the raw code, to three decimals; undefined where it does not. Where only it is given to be sent, `raw` tells the
   * code, undefined where there is none. */
  readonly derived?: {
    readonly name: string
    readonly value: (raw: number) => number | undefined
    readonly raw: (value: number) => number | undefined
  }
}

type Options = Partial<
  Pick<Field, 'divisor' | 'offset' | 'absent' | 'signBit' | 'fallback' | 'limits' | 'whenNotSent' | 'whenCut' | 'derived'>
>

export const number = (name: string, bits: number, options: Options = {}): Field => ({ name, bits, kind: 'number', ...options })
export const signed = (name: string, bits: number, options: Options = {}): Field => ({ name, bits, kind: 'signed', ...options })
/** The n-th of the groups that may be missing at the end of a message. */
export const group = (n: number, ...fields: readonly Field[]): readonly Field[] => fields.map(field => ({ ...field, group: n }))
/** A field that may be missing at the end of a message; missing reads as 0, the standard's own 'none'. */
export const perhaps = (name: string, bits: number): Field => number(name, bits, { whenNotSent: 0 })
export const flag = (name: string): Field => ({ name, bits: 1, kind: 'flag' })
/** Six-bit text of so many letters. */
export const text = (name: string, letters: number): Field => ({ name, bits: letters * 6, kind: 'text' })
/** Six-bit text to the end of the payload, whole letters only. */
export const restText = (name: string): Field => ({ name, bits: 0, kind: 'text' })
/** Bits to the end as hex, the last digit padded with zeros. */
export const restHex = (name: string): Field => ({ name, bits: 0, kind: 'hex' })
export const spare = (bits: number): Field => ({ name: '', bits, kind: 'spare' })

const DEGREES = 600_000
export const LON_LIMITS = [-180, 180] as const
export const LAT_LIMITS = [-90, 90] as const
/** Longitude and latitude in 1/10 000 minute. */
export const place: readonly Field[] = [
  signed('lon', 28, { divisor: DEGREES, absent: [181 * DEGREES], limits: LON_LIMITS }),
  signed('lat', 27, { divisor: DEGREES, absent: [91 * DEGREES], limits: LAT_LIMITS }),
]
/** The same in 1/10 minute (types 17, 22, 23, 27). */
export const coarsePlace = (lonName: string, latName: string): readonly Field[] => [
  signed(lonName, 18, { divisor: 600, absent: [181 * 600], limits: LON_LIMITS }),
  signed(latName, 17, { divisor: 600, absent: [91 * 600], limits: LAT_LIMITS }),
]
export const dimensions: readonly Field[] = [number('toBowM', 9), number('toSternM', 9), number('toPortM', 6), number('toStarboardM', 6)]
export const speed = number('sogKn', 10, { divisor: 10, absent: [1023] })
export const course = number('cogDeg', 12, { divisor: 10, absent: [3600] })
export const heading = number('headingDeg', 9, { absent: [511] })
