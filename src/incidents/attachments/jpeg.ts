// A JPEG taken apart and put together without what tells more than the picture: Exif, XMP, IPTC, comments, and whatever was laid behind its end. What a picture needs to
// look the same stays: tables, colour profile, and the turn of the camera (written anew, alone). ITU-T T.81 annex B.
import { readExif, turnedExif } from './exif.ts'

interface Segment {
  readonly marker: number
  readonly at: number
  readonly end: number
}
export interface JpegParts {
  readonly segments: readonly Segment[]
  /** Behind its end marker. */
  readonly end: number
}

const EOI = 0xd9
const SOS = 0xda
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

/** Undefined when it is not a whole JPEG: a segment runs out of the file, or its end is missing. */
export function jpegParts(bytes: Buffer): JpegParts | undefined {
  const segments: Segment[] = []
  let at = 2
  let hasScan = false
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === EOI) return hasScan ? { segments, end: at + 2 } : undefined
    if (isAlone(marker)) {
      segments.push({ marker, at, end: at + 2 })
      at += 2
      continue
    }
    if (at + 4 > bytes.length) return undefined
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) return undefined
    const end = marker === SOS ? scanEnd(bytes, at + 2 + length) : at + 2 + length
    hasScan ||= marker === SOS
    segments.push({ marker, at, end })
    at = end
  }
  return undefined
}

/** Where the coded picture ends: at the next marker that is neither a stuffed FF nor a restart. */
function scanEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

const EXIF = 'Exif\0\0'
/** Tables of the picture, its colour profile (APP2 ICC_PROFILE), JFIF and Adobe's colour mark. */
function staysOf(bytes: Buffer, { marker, at }: Segment): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  if (marker === 0xe0) return bytes.toString('latin1', at + 4, at + 8) === 'JFIF'
  if (marker === 0xe2) return bytes.toString('latin1', at + 4, at + 15) === 'ICC_PROFILE'
  return marker === 0xee && bytes.toString('latin1', at + 4, at + 9) === 'Adobe'
}

/** The TIFF block of its Exif segment. */
export function jpegExif(bytes: Buffer): Buffer | undefined {
  const segment = jpegParts(bytes)?.segments.find(one => one.marker === 0xe1 && bytes.toString('latin1', one.at + 4, one.at + 10) === EXIF)
  return segment && bytes.subarray(segment.at + 10, segment.end)
}

export function strippedJpeg(bytes: Buffer): Buffer {
  const parts = jpegParts(bytes)
  if (!parts) return bytes
  const exif = jpegExif(bytes)
  const turn = exif ? readExif(exif).orientation : undefined
  const own = turn !== undefined && turn !== 1 ? [app1(turnedExif(turn))] : []
  const stays = parts.segments.filter(segment => staysOf(bytes, segment)).map(segment => bytes.subarray(segment.at, segment.end))
  return Buffer.concat([bytes.subarray(0, 2), ...own, ...stays, Buffer.from([0xff, EOI])])
}

function app1(tiff: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(EXIF, 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
