// Bits of a six-bit payload: one byte a letter, six bits each, as the armour brings them. Reading past the end reads zeros; callers check lengths first.

/** Six-bit letters of ITU-R M.1371-5 table 47: 31 is '_' and 39 is an apostrophe (some decoders print '-' and '`'). */
export const LETTERS = '@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !"#$%&\'()*+,-./0123456789:;<=>?'

/** Unsigned number of up to 32 bits. */
export function readUnsigned(six: Uint8Array, at: number, bits: number): number {
  let index = (at / 6) | 0
  const skip = at - index * 6
  let have = 6 - skip
  let value = (six[index] ?? 0) & (63 >> skip)
  if (skip + bits <= 30) {
    for (; have < bits; have += 6) value = (value << 6) | (six[++index] ?? 0)
    return value >> (have - bits)
  }
  for (; have < bits; have += 6) value = value * 64 + (six[++index] ?? 0)
  return Math.floor(value / 2 ** (have - bits))
}

/** Text of whole letters: cut at the first '@', trailing blanks dropped, leading blanks kept. */
export function readText(six: Uint8Array, at: number, letters: number): string {
  let text = ''
  for (let letter = 0; letter < letters; letter++) {
    const code = readUnsigned(six, at + letter * 6, 6)
    if (code === 0) break
    text += LETTERS[code]
  }
  return text.trimEnd()
}

/** Bits as hex digits, the last one padded with zeros. */
export function readHex(six: Uint8Array, at: number, bits: number): string {
  let hex = ''
  for (let done = 0; done < bits; done += 4) {
    const step = Math.min(4, bits - done)
    hex += (readUnsigned(six, at + done, step) << (4 - step)).toString(16)
  }
  return hex
}

/** Collects bits for sending. */
export class BitWriter {
  readonly #bits: number[] = []

  get length(): number {
    return this.#bits.length
  }

  unsigned(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) this.#bits.push(Math.floor(value / 2 ** bit) % 2)
  }

  signed(value: number, bits: number): void {
    this.unsigned(value < 0 ? value + 2 ** bits : value, bits)
  }

  /** Letters of the alphabet, padded with '@' up to `letters`. */
  text(text: string, letters: number): void {
    for (let at = 0; at < letters; at++) this.unsigned(at < text.length ? LETTERS.indexOf(text.charAt(at)) : 0, 6)
  }

  hex(hex: string): void {
    for (const digit of hex) this.unsigned(Number.parseInt(digit, 16), 4)
  }

  /** Six bits a byte, the last filled up with zeros, and how many fill bits that took. */
  finish(): { readonly six: Uint8Array; readonly fillBits: number } {
    const fillBits = (6 - (this.#bits.length % 6)) % 6
    const six = new Uint8Array((this.#bits.length + fillBits) / 6)
    this.#bits.forEach((bit, at) => {
      const letter = Math.floor(at / 6)
      six[letter] = (six[letter] ?? 0) | (bit << (5 - (at % 6)))
    })
    return { six, fillBits }
  }
}
