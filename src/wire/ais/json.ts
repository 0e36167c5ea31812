// Messages as JSON text, without objects between: what `decode` writes. The same walk and the same names as the ergonomic face; a property test holds the
// two equal. HOT PATH: bytes into one growing buffer; bench/wire-decode.ts prints the cost.
import { APPLICATIONS } from './applications/index.ts'
import { readHex, readUnsigned } from './bits.ts'
import { type FieldSink, type Step, stepsOf, walk } from './layout.ts'
import type { Message } from './messages/message.ts'
import { decodePayload, HEAD_BITS, layoutOfPayload, messageOf } from './objects.ts'
import type { Refusal } from './record.ts'
import { ASCII } from './tables.ts'

const [BLANK, QUOTE, MINUS, DOT, ZERO, BACKSLASH] = [32, 34, 45, 46, 48, 92]
const encoder = new TextEncoder()
const ascii = (text: string): Uint8Array => encoder.encode(text)
const TYPE = ascii('"type":')
const REPEAT = ascii(',"repeat":')
const MMSI = ascii(',"mmsi":')
const TRUE = ascii('true')
const FALSE = ascii('false')

const POWERS = Float64Array.from({ length: 11 }, (_, digits) => 10 ** digits)

/** More than any message takes: six bits a letter escape to two bytes, or to a hex digit and a half. */
const ROOM = 8192

/** Collects text in one buffer, `bytes[0, length)`. */
export class JsonWriter {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 19)
  length = 0
  readonly #sink = new JsonSink(this)

  /** Any text. */
  literal(text: string): void {
    this.room(text.length * 3)
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written
  }

  /** Text made beforehand, for what stands in every line. */
  ready(bytes: Uint8Array): void {
    this.room(bytes.length)
    this.#sink.put(bytes)
  }

  /** A whole number. */
  integer(value: number): void {
    this.room(ROOM)
    this.#sink.decimal(value, 0)
  }

  /** A payload's values, `"type":1,"repeat":0,…` without braces; or why there are none. */
  message(six: Uint8Array, bits: number): Refusal | undefined {
    const message = messageOf(six, bits)
    if (typeof message === 'string') return message
    if (message.complete || isApplication(message, six)) {
      const object = decodePayload(six, bits)
      if (typeof object === 'string') return object
      this.literal(JSON.stringify(object).slice(1, -1))
      return undefined
    }
    this.room(ROOM)
    this.#sink.put(TYPE)
    this.#sink.decimal(message.type, 0)
    this.#sink.put(REPEAT)
    this.#sink.decimal(readUnsigned(six, 6, 2), 0)
    this.#sink.put(MMSI)
    this.#sink.decimal(readUnsigned(six, 8, 30), 0)
    walk(stepsOf(layoutOfPayload(message, six, bits)), six, HEAD_BITS, bits, this.#sink)
    return undefined
  }

  /** Makes sure that so many bytes more have a place. */
  room(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return
    const wider = new Uint8Array(2 * this.bytes.length + bytes)
    wider.set(this.bytes.subarray(0, this.length))
    this.bytes = wider
  }
}

const isApplication = (message: Message, six: Uint8Array): boolean => {
  if (message.type !== 6 && message.type !== 8) return false
  const at = message.type === 6 ? 72 : 40
  const [dac, fid] = [readUnsigned(six, at, 10), readUnsigned(six, at + 10, 6)]
  return APPLICATIONS.some(known => known.dac === dac && known.fid === fid)
}

/** Writes what a walk tells. The writer has made room. */
class JsonSink implements FieldSink {
  readonly #writer: JsonWriter

  constructor(writer: JsonWriter) {
    this.#writer = writer
  }

  put(bytes: Uint8Array): void {
    const writer = this.#writer
    const into = writer.bytes
    const at = writer.length
    for (let n = 0; n < bytes.length; n++) into[at + n] = bytes[n]!
    writer.length = at + bytes.length
  }

  number(step: Step, raw: number): void {
    this.put(step.key)
    if (step.divisor === 1) this.decimal(raw + step.offset, 0)
    else this.decimal(Math.round((raw / step.divisor + step.offset) * step.power), step.decimals)
    const derived = step.derived?.value(raw)
    if (derived === undefined) return
    this.put(step.derivedKey)
    this.decimal(Math.round(derived * 1000), 3)
  }

  flag(step: Step, value: boolean): void {
    this.put(step.key)
    this.put(value ? TRUE : FALSE)
  }

  /** Blanks at the end are dropped, and a text of nothing but blanks is not there. */
  text(step: Step, six: Uint8Array, at: number, letters: number): void {
    const writer = this.#writer
    const into = writer.bytes
    const from = writer.length
    this.put(step.key)
    let p = writer.length
    into[p++] = QUOTE
    let end = 0
    for (let n = 0; n < letters; n++) {
      const code = readUnsigned(six, at + n * 6, 6)
      if (code === 0) break
      const letter = ASCII[code]!
      if (letter === QUOTE || letter === BACKSLASH) into[p++] = BACKSLASH
      into[p++] = letter
      if (letter !== BLANK) end = p
    }
    if (end > 0) into[end++] = QUOTE
    writer.length = end > 0 ? end : from
  }

  hex(step: Step, six: Uint8Array, at: number, bits: number): void {
    this.put(step.key)
    this.#writer.literal(`"${readHex(six, at, bits)}"`)
  }

  /** A whole number of 10^−decimals, less than 2^31: digits from the last to the first, zeros at the end of a fraction left out. */
  decimal(whole: number, decimals: number): void {
    const writer = this.#writer
    const into = writer.bytes
    let rest = whole | 0
    if (rest < 0) {
      into[writer.length++] = MINUS
      rest = -rest
    }
    let places = decimals
    for (let tenth = (rest / 10) | 0; places > 0 && tenth * 10 === rest; tenth = (rest / 10) | 0) {
      rest = tenth
      places--
    }
    let digits = places + 1
    while (digits < 10 && rest >= POWERS[digits]!) digits++
    let p = writer.length + digits + (places > 0 ? 1 : 0)
    writer.length = p
    for (let n = 0; n < digits; n++) {
      if (n === places && n > 0) into[--p] = DOT
      const tenth = (rest / 10) | 0
      into[--p] = ZERO + rest - tenth * 10
      rest = tenth
    }
  }
}
