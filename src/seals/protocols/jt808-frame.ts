// The envelope of JT/T 808: 0x7e … 0x7e with 7d 01 and 7d 02 for 7d and 7e inside, a header, a body, and the XOR of both. 2013 (six bytes of BCD phone) and
// 2019 (attribute bit 14: a version byte and ten bytes). Some makers use 0xe7 with escapes of their own, and an identifier of seven bytes. The padlock messages
// 0x5501 and 0x5502 count with one byte.
import { ByteWriter, hexOf, xorOf } from './bytes.ts'
import { type FrameRule, find } from './framing.ts'

export const [MARK, OTHER_MARK, OPEN] = [0x7e, 0xe7, 0x28]
const CLOSE = 0x29
const IS_2019 = 1 << 14
const IS_PART = 1 << 13
const LENGTH_MASK = 0x3ff
/** Attribute bit 15 of the padlock messages: the device wants an answer. */
export const WANTS_ANSWER = 1 << 15

export interface Jt808Header {
  readonly mark: number
  readonly messageId: number
  readonly attributes: number
  readonly bodyLength: number
  readonly protocolVersion?: number
  /** The identifier's bytes. */
  readonly id: Uint8Array
  readonly serial: number
  readonly part?: { readonly total: number; readonly number: number }
}

export interface Jt808Frame {
  readonly header: Jt808Header
  readonly body: Uint8Array
  readonly checksumValid: boolean
  /** It stood as on the line, with escapes. */
  readonly wireEscaped: boolean
}

/** Marks stand between frames as well as around them: what lies between two of them is a frame, nothing between them is none. */
export const frames: FrameRule = (bytes, from, to) => {
  const first = bytes[from]
  if (first === OPEN) {
    const end = find(bytes, CLOSE, from, to)
    // Another beginning before the end: this one's end was lost.
    const next = nextBegin(bytes, from + 1, end < 0 ? to : end)
    if (next < (end < 0 ? to : end)) return -(next - from)
    return end < 0 ? 0 : end + 1 - from
  }
  if (first !== MARK && first !== OTHER_MARK) return -(nextBegin(bytes, from + 1, to) - from)
  if (from + 1 >= to) return 0
  // A text between frames, and the mark that ended the frame before it.
  if (bytes[from + 1] === OPEN || bytes[from + 1] === first) return -1
  const end = find(bytes, first, from + 1, to)
  return end < 0 ? 0 : end + 1 - from
}

function nextBegin(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] !== MARK && bytes[at] !== OTHER_MARK && bytes[at] !== OPEN) at++
  return at
}

/** The inside of a frame, as it stands or with its escapes undone, whichever its header and checksum agree with; undefined where it is too short. */
export function readFrame(frame: Uint8Array): Jt808Frame | undefined {
  const mark = frame[0]!
  const inside = frame.subarray(1, frame.at(-1) === mark ? -1 : undefined)
  const plain = readInside(mark, inside, false)
  if (plain?.checksumValid && plain.body.length === plain.header.bodyLength) return plain
  const undone = unescaped(inside, mark)
  if (undone.length === inside.length) return plain
  const escaped = readInside(mark, undone, true)
  if (escaped === undefined) return plain
  const isBetter = escaped.checksumValid || escaped.body.length === escaped.header.bodyLength
  return isBetter || plain === undefined ? escaped : plain
}

function readInside(mark: number, bytes: Uint8Array, wireEscaped: boolean): Jt808Frame | undefined {
  if (bytes.length < 5) return undefined
  const messageId = (bytes[0]! << 8) | bytes[1]!
  const attributes = (bytes[2]! << 8) | bytes[3]!
  const isPadlock = messageId === 0x5501 || messageId === 0x5502
  const is2019 = (attributes & IS_2019) !== 0
  const idAt = is2019 ? 5 : 4
  const serialAt = idAt + (is2019 ? 10 : mark === OTHER_MARK ? 7 : 6)
  const isPart = (attributes & IS_PART) !== 0 && !isPadlock
  const bodyAt = serialAt + (isPadlock ? 1 : 2) + (isPart ? 4 : 0)
  const end = bytes.length - 1
  if (bodyAt > end) return undefined
  const word = (at: number): number => (bytes[at]! << 8) | bytes[at + 1]!
  const header: Jt808Header = {
    mark,
    messageId,
    attributes,
    bodyLength: attributes & LENGTH_MASK,
    ...(is2019 ? { protocolVersion: bytes[4]! } : {}),
    id: bytes.subarray(idAt, serialAt),
    serial: isPadlock ? bytes[serialAt]! : word(serialAt),
    ...(isPart ? { part: { total: word(serialAt + 2), number: word(serialAt + 4) } } : {}),
  }
  return { header, body: bytes.subarray(bodyAt, end), checksumValid: xorOf(bytes, 0, end) === bytes[end], wireEscaped }
}

/** Escape byte and second byte → what they stand for. */
const UNESCAPED: Readonly<Record<number, ReadonlyMap<number, number>>> = {
  [MARK]: new Map([
    [0x7d01, 0x7d],
    [0x7d02, 0x7e],
  ]),
  [OTHER_MARK]: new Map([
    [0xe601, 0xe6],
    [0xe602, 0xe7],
    [0x3e01, 0x3e],
    [0x3e02, 0x3d],
  ]),
}

/** One pass: what an escape gives is never the beginning of another. */
function unescaped(bytes: Uint8Array, mark: number): Uint8Array {
  const pairs = UNESCAPED[mark]
  const out = new Uint8Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = pairs?.get((bytes[at]! << 8) | (bytes[at + 1] ?? 0))
    if (byte !== undefined) at++
    out[length++] = byte ?? bytes[at]!
  }
  return out.subarray(0, length)
}

const ESCAPES: Readonly<Record<number, ReadonlyMap<number, number>>> = Object.fromEntries(
  Object.entries(UNESCAPED).map(([mark, pairs]) => [mark, new Map([...pairs].map(([pair, byte]) => [byte, pair]))]),
)

export interface Jt808Message {
  readonly mark?: number
  readonly messageId: number
  readonly protocolVersion?: number | undefined
  readonly id: Uint8Array
  readonly serial: number
  /** One byte for the padlock messages and their answer. */
  readonly serialBytes?: 1 | 2
  /** Attribute bits beside the length. */
  readonly attributes?: number
  readonly body: Uint8Array
}

/** A message as it goes on the line, escapes and all. */
export function writeFrame(message: Jt808Message): Uint8Array {
  const { mark = MARK, messageId, protocolVersion, id, serial, serialBytes = 2, attributes = 0, body } = message
  const inside = new ByteWriter().u16(messageId).u16(body.length | attributes | (protocolVersion === undefined ? 0 : IS_2019))
  if (protocolVersion !== undefined) inside.u8(protocolVersion)
  inside.raw(id)
  if (serialBytes === 1) inside.u8(serial)
  else inside.u16(serial)
  const plain = inside.raw(body).done()
  const escapes = ESCAPES[mark]
  const line = new ByteWriter().u8(mark)
  for (const byte of [...plain, xorOf(plain, 0, plain.length)]) {
    const pair = escapes?.get(byte)
    if (pair === undefined) line.u8(byte)
    else line.u16(pair)
  }
  return line.u8(mark).done()
}

/** The identifier as people know it: its decimal digits, or, where it is no decimal, the IMEI that it is as a number, with its check digit (Luhn). */
export function deviceIdOf(id: Uint8Array): string {
  const digits = hexOf(id)
  if (/^\d+$/.test(digits)) return digits
  const number = id.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0)
  return `${number}${luhn(number)}`
}

/** The other way. */
export function idOf(deviceId: string, bytes: number): Uint8Array {
  const writer = new ByteWriter()
  if (bytes === 6 && deviceId.length % 2 === 1) {
    const number = Number(deviceId.slice(0, -1))
    return writer
      .u16(Math.floor(number / 2 ** 32))
      .u32(number % 2 ** 32)
      .done()
  }
  return writer.hex(deviceId.padStart(2 * bytes, '0').slice(-2 * bytes)).done()
}

function luhn(number: number): number {
  let sum = 0
  for (const [at, digit] of [...String(number)].reverse().entries()) {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return (10 - (sum % 10)) % 10
}
