// A text message as bytes: which letters, how many, and in how many parts. One part holds 140 bytes; of several each gives six to a header (3GPP TS 23.040 §9.2.3.24.1) that says which it is.
// GSM-7 is written a septet an octet, as SMPP gateways take it; the operator packs it. What a screen shows before sending is made by the same function as what goes out.
import iconv from 'iconv-lite'

export const SMS_ENCODINGS = ['auto', 'gsm-7', 'ucs-2', 'euc-kr'] as const
/** `auto`: GSM-7 where it fits, else UCS-2. */
export type SmsEncoding = (typeof SMS_ENCODINGS)[number]

export interface SmsParts {
  readonly encoding: Exclude<SmsEncoding, 'auto'>
  /** As the phone will show it: letters that the encoding has not are 「?」. */
  readonly text: string
  /** Of the whole: septets, UTF-16 units or bytes, as the encoding counts. */
  readonly length: number
  /** Bytes of each part, without its header. */
  readonly parts: readonly Buffer[]
}

/** 3GPP TS 23.038 §6.2.1; the index is the septet, 0x1B leads to the extension. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1BÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const GSM_EXTENSION = new Map<string, number>([
  ['\f', 0x0a],
  ['^', 0x14],
  ['{', 0x28],
  ['}', 0x29],
  ['\\', 0x2f],
  ['[', 0x3c],
  ['~', 0x3d],
  [']', 0x3e],
  ['|', 0x40],
  ['€', 0x65],
])
const ESCAPE = 0x1b
const GSM_SEPTETS = new Map<string, readonly number[]>([
  ...[...GSM].map((letter, n) => [letter, [n]] as const).filter(([letter]) => letter !== '\x1B'),
  ...[...GSM_EXTENSION].map(([letter, n]) => [letter, [ESCAPE, n]] as const),
])

const HEADER_BYTES = 6
const PART_BYTES = 140
const PART_SEPTETS = 160
/** 153: the header takes seven septets. */
const HEADER_SEPTETS = 7

/** Line ends are \n, other control characters go: a text is one text, whatever stands in a name within it. */
export const plainText = (text: string): string =>
  text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll('\t', ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff]|\p{Cs}/gu, '')
    .normalize('NFC')

export const fitsGsm7 = (text: string): boolean => [...text].every(letter => GSM_SEPTETS.has(letter))

/** The septets of a text, one an octet. Letters that GSM-7 has not become 「?」. */
export const gsm7Bytes = (text: string): Buffer => Buffer.from([...text].flatMap(letter => GSM_SEPTETS.get(letter) ?? [0x3f]))

/**
 * The parts of a text. `partBytes`: what one message holds where the operator takes less than 140 (EUC-KR only).
 * Never cuts within a letter: neither a pair of UTF-16 (an emoji), nor an escaped septet, nor two bytes of EUC-KR.
 */
export function smsParts(text: string, wanted: SmsEncoding = 'auto', partBytes = PART_BYTES): SmsParts {
  const plain = plainText(text)
  const encoding = wanted === 'auto' ? (fitsGsm7(plain) ? 'gsm-7' : 'ucs-2') : wanted
  switch (encoding) {
    case 'gsm-7': {
      const shown = [...plain].map(letter => (GSM_SEPTETS.has(letter) ? letter : '?'))
      return { encoding, ...cut(shown, gsm7Bytes, PART_SEPTETS, PART_SEPTETS - HEADER_SEPTETS, 1) }
    }
    case 'ucs-2':
      return { encoding, ...cut([...plain], letters => Buffer.from(letters, 'utf16le').swap16(), PART_BYTES, PART_BYTES - HEADER_BYTES, 2) }
    case 'euc-kr': {
      const shown = [...iconv.decode(iconv.encode(plain, 'cp949'), 'cp949')]
      return { encoding, ...cut(shown, letters => iconv.encode(letters, 'cp949'), partBytes, partBytes - HEADER_BYTES, 1) }
    }
  }
}

function cut(
  letters: readonly string[],
  bytesOf: (letters: string) => Buffer,
  single: number,
  each: number,
  unitBytes: number,
): Omit<SmsParts, 'encoding'> {
  const text = letters.join('')
  const whole = bytesOf(text)
  const length = whole.length / unitBytes
  if (whole.length <= single) return { text, length, parts: [whole] }
  const parts: Buffer[] = []
  let part: Buffer[] = []
  let size = 0
  for (const letter of letters) {
    const bytes = bytesOf(letter)
    if (size + bytes.length > each) {
      parts.push(Buffer.concat(part))
      part = []
      size = 0
    }
    part.push(bytes)
    size += bytes.length
  }
  parts.push(Buffer.concat(part))
  return { text, length, parts }
}

/** The header of part `n` (from 1) of `total`, of the text with this reference (0–255). */
export const partHeader = (reference: number, total: number, n: number): Buffer =>
  Buffer.from([0x05, 0x00, 0x03, reference & 0xff, total, n])

/** Text of bytes that came, by their data_coding (SMPP 3.4 §5.2.19) or the operator's own for EUC-KR. */
export function smsTextOf(bytes: Buffer, encoding: Exclude<SmsEncoding, 'auto'>): string {
  switch (encoding) {
    case 'ucs-2':
      return iconv.decode(bytes, 'utf-16be')
    case 'euc-kr':
      return iconv.decode(bytes, 'cp949')
    case 'gsm-7': {
      let text = ''
      for (let n = 0; n < bytes.length; n++) {
        const septet = bytes[n] ?? 0
        if (septet !== ESCAPE) text += GSM[septet] ?? '?'
        else text += [...GSM_EXTENSION].find(([, code]) => code === bytes[n + 1])?.[0] ?? ' '
        if (septet === ESCAPE) n++
      }
      return text
    }
  }
}
