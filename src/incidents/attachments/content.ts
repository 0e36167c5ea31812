// What a file is by what is in it, never by its name: photos (JPEG, PNG, WebP), videos (MP4, QuickTime, WebM), PDF. A file that is also something else (a web page, an
// archive, a program) is refused, and so is a PDF that acts. Formats after their specifications: ITU-T T.81, PNG 3rd ed., RIFF/WebP, ISO 14496-12, EBML, ISO 32000.
import { ok, type Result, refused } from '#base/index.ts'
import { jpegParts } from './jpeg.ts'
import { pngChunks } from './png.ts'
import { webpChunks } from './webp.ts'

export type AttachmentKind = 'photo' | 'video' | 'pdf'
export interface Content {
  readonly kind: AttachmentKind
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'video/mp4' | 'video/quicktime' | 'video/webm' | 'application/pdf'
}
export type ContentFault =
  | 'attachment-kind'
  | 'attachment-heic'
  | 'attachment-broken'
  | 'attachment-two-faced'
  | 'attachment-acts'
  | 'attachment-empty'

/** Bytes of a file, at a place: videos are not read whole. */
export interface Source {
  readonly bytes: number
  read(at: number, length: number): Buffer
}

const HEAD_BYTES = 4096
/** A ZIP archive is known by its end record, which lies at most this far from the end. */
const TAIL_BYTES = 65_557
const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to)

/** Refuses with what is wrong. Photos and PDFs are looked at whole, videos box by box and at both ends. */
export function contentOf(source: Source): Result<Content, ContentFault> {
  if (source.bytes === 0) return refused('attachment-empty')
  const head = source.read(0, HEAD_BYTES)
  if (head[0] === 0xff && head[1] === 0xd8) return photo(source, 'image/jpeg', bytes => jpegParts(bytes) !== undefined)
  if (ascii(head, 0, 8) === '\x89PNG\r\n\x1a\n') return photo(source, 'image/png', bytes => pngChunks(bytes) !== undefined)
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP')
    return photo(source, 'image/webp', bytes => webpChunks(bytes) !== undefined)
  if (ascii(head, 4, 8) === 'ftyp') return movie(source, ascii(head, 8, 12))
  if (head.length > 4 && head.readUInt32BE(0) === 0x1a45dfa3) return matroska(source, head)
  if (/^%PDF-[12]\.\d/.test(ascii(head, 0, 8))) return pdf(source)
  return refused('attachment-kind')
}

/** Something of another kind lies in it: a page a browser would run, a script of a server, an archive, a program. */
export function isTwoFaced(head: Buffer, tail: Buffer): boolean {
  return PAGE.test(head.toString('latin1')) || PAGE.test(tail.toString('latin1')) || isArchive(tail)
}
const PAGE = /<(script|html|!doctype|iframe|svg|body|\?php|%@)[\s>/?!a-z]/i

function isArchive(tail: Buffer): boolean {
  const end = Buffer.from('PK\x05\x06', 'latin1')
  for (let at = tail.indexOf(end); at >= 0; at = tail.indexOf(end, at + 1))
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) <= tail.length) return true
  return false
}

function photo(source: Source, type: Content['type'], isWhole: (bytes: Buffer) => boolean): Result<Content, ContentFault> {
  const bytes = source.read(0, source.bytes)
  if (!isWhole(bytes)) return refused('attachment-broken')
  // Readers of PDF take its mark anywhere in the first kilobyte.
  if (isTwoFaced(bytes, bytes.subarray(-TAIL_BYTES)) || ascii(bytes, 0, 1024).includes('%PDF-')) return refused('attachment-two-faced')
  return ok({ kind: 'photo', type })
}

function movie(source: Source, brand: string): Result<Content, ContentFault> {
  if (/^(heic|heix|hevc|mif1|msf1|avif|avis)/.test(brand)) return refused('attachment-heic')
  const boxes = movieBoxes(source, 0, source.bytes)
  if (!boxes?.some(box => box.type === 'moov' || box.type === 'moof')) return refused('attachment-broken')
  if (isTwoFaced(source.read(0, HEAD_BYTES), source.read(Math.max(0, source.bytes - TAIL_BYTES), TAIL_BYTES)))
    return refused('attachment-two-faced')
  return ok({ kind: 'video', type: brand === 'qt  ' ? 'video/quicktime' : 'video/mp4' })
}

export interface Box {
  readonly type: string
  /** Where it begins, where what it holds begins, where it ends. */
  readonly at: number
  readonly inside: number
  readonly end: number
}

/** The boxes of a span, which must fill it exactly; undefined where they do not. */
export function movieBoxes(source: Source, from: number, to: number): readonly Box[] | undefined {
  const boxes: Box[] = []
  for (let at = from; at < to; ) {
    const head = source.read(at, 16)
    if (head.length < 8) return undefined
    const type = ascii(head, 4, 8)
    const short = head.readUInt32BE(0)
    const isLong = short === 1 && head.length === 16
    const size = short === 0 ? to - at : isLong ? Number(head.readBigUInt64BE(8)) : short
    if (size < (isLong ? 16 : 8) || at + size > to || !/^[\x20-\x7e\xa9]{4}$/.test(type) || boxes.length > 100_000) return undefined
    boxes.push({ type, at, inside: at + (isLong ? 16 : 8), end: at + size })
    at += size
  }
  return boxes
}

function matroska(source: Source, head: Buffer): Result<Content, ContentFault> {
  if (!ascii(head, 0, 64).includes('webm')) return refused('attachment-kind')
  if (isTwoFaced(head, source.read(Math.max(0, source.bytes - TAIL_BYTES), TAIL_BYTES))) return refused('attachment-two-faced')
  return ok({ kind: 'video', type: 'video/webm' })
}

/** Names that make a PDF act: scripts, programs, files inside, forms sent away. */
const ACTS = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b/

function pdf(source: Source): Result<Content, ContentFault> {
  const bytes = source.read(0, source.bytes)
  const text = bytes.toString('latin1')
  if (!text.slice(-1024).includes('%%EOF')) return refused('attachment-broken')
  if (isTwoFaced(bytes.subarray(0, HEAD_BYTES), bytes.subarray(-TAIL_BYTES))) return refused('attachment-two-faced')
  // Names may be written with #xx for any letter.
  const plain = text.replace(/#([0-9a-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  if (ACTS.test(text) || ACTS.test(plain)) return refused('attachment-acts')
  return ok({ kind: 'pdf', type: 'application/pdf' })
}
