// Payloads written bit by bit, without the codec's own encoder: what a test of the decoder starts from.

const MARGIN = 8

/** A value and how many bits it takes; a text takes six a letter (codes as ITU-R M.1371-5 table 47 counts them, given as numbers in a list). */
export type Piece = readonly [value: number, bits: number]

export interface Payload {
  readonly six: Uint8Array
  readonly bits: number
}

/** Two's complement for negative values. */
export function payload(...pieces: readonly Piece[]): Payload {
  const text = pieces.map(([value, bits]) => BigInt.asUintN(bits, BigInt(value)).toString(2).padStart(bits, '0')).join('')
  const six = new Uint8Array(Math.ceil(text.length / 6) + MARGIN)
  for (let at = 0; at < text.length; at += 6) six[at / 6] = Number.parseInt(text.slice(at, at + 6).padEnd(6, '0'), 2)
  return { six, bits: text.length }
}

/** Letters as six-bit pieces, padded with '@' (0) up to `letters`. */
export function letters(text: string, count = text.length): Piece[] {
  return Array.from({ length: count }, (_, n) => {
    const code = n < text.length ? text.charCodeAt(n) : 64
    return [code >= 64 ? code - 64 : code, 6]
  })
}

/** Type, repeat 0 and a sender. */
export const head = (type: number, mmsi = 440_123_456): Piece[] => [
  [type, 6],
  [0, 2],
  [mmsi, 30],
]

const armour = (six: number): string => String.fromCharCode(six < 40 ? six + 48 : six + 56)

/** One sentence with its checksum, in a single part whatever its length. */
export function sentence({ six, bits }: Payload, options: { readonly part?: string; readonly channel?: string } = {}): string {
  const letterCount = Math.ceil(bits / 6)
  const text = [...six.subarray(0, letterCount)].map(armour).join('')
  return withChecksum(`!AIVDM,${options.part ?? '1,1,'},${options.channel ?? 'A'},${text},${letterCount * 6 - bits}`)
}

/** `!…` or `$…` with `*hh` behind. */
export function withChecksum(body: string): string {
  let sum = 0
  for (let at = 1; at < body.length; at++) sum ^= body.charCodeAt(at)
  return `${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`
}

/** The content of a TAG block with its checksum and backslashes. */
export const tagBlock = (content: string): string => `\\${withChecksum(`\\${content}`).slice(1)}\\`
