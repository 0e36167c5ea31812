// Reading and writing the bytes of frames: big and little endian, BCD, hex, text. Nothing here throws: what lies past the end reads as zero and is
// remembered in `isShort`, so that a decoder looks at `left` before it trusts a group of fields. HOT PATH (bench seal-decode).

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Two small letters a byte. */
export function hexOf(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = ''
  for (let at = from; at < to; at++) text += HEX[bytes[at]!]
  return text
}

/** The bytes of an even count of hex digits; undefined where it is none. */
export function bytesOfHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16))
}

/** Each byte is a letter (ISO 8859-1), so that none is lost. */
export function textOf(bytes: Uint8Array, from = 0, to = bytes.length): string {
  const [first, end] = [Math.max(from, 0), Math.min(to, bytes.length)]
  return first < end ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', first, end) : ''
}

/** The other way; letters above 255 become `?`. */
export function bytesOfText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    bytes[at] = code > 255 ? 63 : code
  }
  return bytes
}

export function xorOf(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum ^= bytes[at]!
  return sum
}

/** Sum of the bytes, eight bits of it. */
export function sumOf(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += bytes[at]!
  return sum & 0xff
}

/** CRC-16/MODBUS: polynomial 0x8005 reflected, from 0xffff. */
export function crc16Of(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0xffff
  for (let at = from; at < to; at++) {
    crc ^= bytes[at]!
    for (let n = 0; n < 8; n++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
  }
  return crc
}

export const bit = (word: number, at: number): boolean => ((word >>> at) & 1) === 1

/** Places of the bits that are set in a word of 32 bits, lowest first. */
export function bitsOf(word: number): number[] {
  const places: number[] = []
  for (let at = 0; at < 32; at++) if ((word >>> at) & 1) places.push(at)
  return places
}

/** Two decimal digits of a byte; a digit above 9 counts as what it is (0x1a → 20), as devices with a lost clock send it. */
export const bcdByte = (byte: number): number => (byte >> 4) * 10 + (byte & 15)

/** Walks once over bytes[at, end). */
export class Cursor {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
  /** Something was read past the end. */
  isShort = false

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes
    this.at = at
    this.end = Math.min(end, bytes.length)
  }

  get left(): number {
    return this.end - this.at
  }

  u8(): number {
    if (this.at < this.end) return this.bytes[this.at++]!
    this.isShort = true
    return 0
  }

  i8(): number {
    return (this.u8() << 24) >> 24
  }

  u16(): number {
    return (this.u8() << 8) | this.u8()
  }

  i16(): number {
    return (this.u16() << 16) >> 16
  }

  u24(): number {
    return (this.u16() << 8) | this.u8()
  }

  u32(): number {
    return this.u16() * 0x10000 + this.u16()
  }

  i32(): number {
    return this.u32() | 0
  }

  u64(): bigint {
    return (BigInt(this.u32()) << 32n) | BigInt(this.u32())
  }

  u16le(): number {
    return this.u8() | (this.u8() << 8)
  }

  i16le(): number {
    return (this.u16le() << 16) >> 16
  }

  u32le(): number {
    return this.u16le() + this.u16le() * 0x10000
  }

  i32le(): number {
    return this.u32le() | 0
  }

  /** IEEE 754, four bytes, little endian. */
  f32le(): number {
    const word = this.u32le()
    FLOAT.setUint32(0, word, true)
    return FLOAT.getFloat32(0, true)
  }

  /** Two digits a byte. */
  bcd(bytes: number): number {
    let value = 0
    for (let n = 0; n < bytes; n++) value = value * 100 + bcdByte(this.u8())
    return value
  }

  hex(bytes: number): string {
    const from = this.at
    this.skip(bytes)
    return hexOf(this.bytes, from, this.at)
  }

  text(bytes: number): string {
    const from = this.at
    this.skip(bytes)
    return textOf(this.bytes, from, this.at)
  }

  skip(bytes: number): void {
    if (bytes > this.left) this.isShort = true
    this.at = Math.min(this.at + bytes, this.end)
  }

  /** A walk over the next bytes alone; this one goes on behind them. */
  part(bytes: number): Cursor {
    const from = this.at
    this.skip(bytes)
    return new Cursor(this.bytes, from, this.at)
  }
}

const FLOAT = new DataView(new ArrayBuffer(4))

/** Builds bytes, big endian unless the name says `le`. */
export class ByteWriter {
  readonly #bytes: number[] = []

  get length(): number {
    return this.#bytes.length
  }

  u8(value: number): this {
    this.#bytes.push(value & 0xff)
    return this
  }

  u16(value: number): this {
    return this.u8(value >> 8).u8(value)
  }

  u32(value: number): this {
    return this.u16(Math.floor(value / 0x10000)).u16(value)
  }

  u16le(value: number): this {
    return this.u8(value).u8(value >> 8)
  }

  u32le(value: number): this {
    return this.u16le(value).u16le(Math.floor(value / 0x10000))
  }

  f32le(value: number): this {
    FLOAT.setFloat32(0, value, true)
    return this.u32le(FLOAT.getUint32(0, true))
  }

  /** Decimal digits, two a byte, zeros in front. */
  bcd(value: number, bytes: number): this {
    return this.hex(
      String(value)
        .padStart(2 * bytes, '0')
        .slice(-2 * bytes),
    )
  }

  hex(text: string): this {
    return this.raw(bytesOfHex(text) ?? [])
  }

  text(text: string): this {
    return this.raw(bytesOfText(text))
  }

  raw(bytes: Iterable<number>): this {
    for (const byte of bytes) this.u8(byte)
    return this
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}
