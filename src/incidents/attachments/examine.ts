// Looks at an uploaded file whole, in the thread beside: what it is, its SHA-256, where and when it was taken; lays the original and the copy for sharing (without what
// tells more than the picture) under their hashes. Files appear whole or not at all.
import { createHash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ok, type Result, refused } from '#base/index.ts'
import { type AttachmentKind, type Content, type ContentFault, contentOf, movieBoxes, type Source } from './content.ts'
import { type Exif, readExif } from './exif.ts'
import { jpegExif, strippedJpeg } from './jpeg.ts'
import { pngExif, strippedPng } from './png.ts'
import { strippedWebp, webpExif } from './webp.ts'

export interface Examined extends Content {
  readonly sha256: string
  readonly bytes: number
  readonly sharedSha256: string
  readonly sharedBytes: number
  readonly exif: Exif
}
export interface Order {
  /** The uploaded file; it is moved away when it is taken. */
  readonly part: string
  /** Folder of files by hash. */
  readonly directory: string
  readonly maxBytes: Readonly<Record<AttachmentKind, number>>
  /** What the sender said it is. */
  readonly sha256?: string
}
export type ExamineFault = ContentFault | 'attachment-large' | 'attachment-hash'

const PIECE_BYTES = 1 << 20
/** Boxes of a film that tell where, with what and by whom it was taken. */
const TELLING_BOXES = new Set(['udta', 'meta', 'uuid'])

export const pathOf = (directory: string, sha256: string): string => join(directory, sha256.slice(0, 2), sha256)

export function examine({ part, directory, maxBytes, sha256: told }: Order): Result<Examined, ExamineFault> {
  const file = openSync(part, 'r')
  let content: Result<Content, ContentFault>
  let hash: string
  let bytes: number
  let shared: Buffer | undefined
  let exif: Exif = {}
  let patches: readonly number[] = []
  try {
    bytes = fstatSync(file).size
    const source: Source = { bytes, read: (at, length) => readAt(file, at, length) }
    // A photo or PDF that is larger than any may be is not read into memory.
    if (bytes > Math.max(maxBytes.photo, maxBytes.video, maxBytes.pdf)) return refused('attachment-large')
    const looksLikeFilm = source.read(4, 4).toString('latin1') === 'ftyp' || source.read(0, 4).equals(Buffer.from('1a45dfa3', 'hex'))
    if (!looksLikeFilm && bytes > Math.max(maxBytes.photo, maxBytes.pdf)) return refused('attachment-large')
    content = contentOf(source)
    if (!content.ok) return content
    if (bytes > maxBytes[content.value.kind]) return refused('attachment-large')
    hash = hashOf(source)
    if (told !== undefined && told !== hash) return refused('attachment-hash')
    if (content.value.kind === 'photo') {
      const whole = source.read(0, bytes)
      const block = EXIF_OF[content.value.type]?.(whole)
      exif = block ? readExif(block) : {}
      shared = STRIPPED[content.value.type]?.(whole)
    } else if (content.value.type === 'video/mp4' || content.value.type === 'video/quicktime') patches = tellingBoxes(source)
  } finally {
    closeSync(file)
  }
  const sharedSha256 = shared
    ? createHash('sha256').update(shared).digest('hex')
    : patches.length > 0
      ? putPatched(part, directory, patches)
      : hash
  if (shared && sharedSha256 !== hash) put(pathOf(directory, sharedSha256), shared)
  move(part, pathOf(directory, hash))
  return ok({ ...content.value, sha256: hash, bytes, sharedSha256, sharedBytes: shared?.length ?? bytes, exif })
}

const EXIF_OF: Readonly<Record<string, (bytes: Buffer) => Buffer | undefined>> = {
  'image/jpeg': jpegExif,
  'image/png': pngExif,
  'image/webp': webpExif,
}
const STRIPPED: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'image/jpeg': strippedJpeg,
  'image/png': strippedPng,
  'image/webp': strippedWebp,
}

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length))
  let got = 0
  while (got < bytes.length) {
    const n = readSync(file, bytes, got, bytes.length - got, at + got)
    if (n === 0) break
    got += n
  }
  return bytes.subarray(0, got)
}

function hashOf(source: Source): string {
  const hash = createHash('sha256')
  for (let at = 0; at < source.bytes; at += PIECE_BYTES) hash.update(source.read(at, Math.min(PIECE_BYTES, source.bytes - at)))
  return hash.digest('hex')
}

/** Where the types of telling boxes stand: at the top, in moov, in its tracks. */
function tellingBoxes(source: Source): readonly number[] {
  const found: number[] = []
  const walk = (from: number, to: number): void => {
    for (const box of movieBoxes(source, from, to) ?? []) {
      if (TELLING_BOXES.has(box.type)) found.push(box.at + 4)
      else if (box.type === 'moov' || box.type === 'trak') walk(box.inside, box.end)
    }
  }
  walk(0, source.bytes)
  return found
}

/** A copy whose telling boxes are blank: their type becomes `free` and what they held zeros, so that nothing else moves. */
function putPatched(part: string, directory: string, types: readonly number[]): string {
  const temporary = `${part}.shared`
  copyFileSync(part, temporary)
  const file = openSync(temporary, 'r+')
  try {
    for (const at of types) {
      const size = readAt(file, at - 4, 4).readUInt32BE(0)
      writeSync(file, Buffer.from('free', 'latin1'), 0, 4, at)
      for (let blank = at + 4; blank < at - 4 + size; blank += PIECE_BYTES) {
        const length = Math.min(PIECE_BYTES, at - 4 + size - blank)
        writeSync(file, Buffer.alloc(length), 0, length, blank)
      }
    }
    fsyncSync(file)
    const hash = hashOf({ bytes: fstatSync(file).size, read: (at, length) => readAt(file, at, length) })
    move(temporary, pathOf(directory, hash))
    return hash
  } finally {
    closeSync(file)
    rmSync(temporary, { force: true })
  }
}

function put(path: string, bytes: Buffer): void {
  if (existsSync(path)) return
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.tmp`
  try {
    const file = openSync(temporary, 'w')
    try {
      // Whole, also where a disk that is nearly full takes it in parts; or not at all.
      writeFileSync(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/** The same bytes twice are one file. */
function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  if (existsSync(to) && statSync(to).size === statSync(from).size) {
    rmSync(from)
    return
  }
  const file = openSync(from, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(from, to)
  syncFolder(dirname(to))
}

function syncFolder(directory: string): void {
  const folder = openSync(directory, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
