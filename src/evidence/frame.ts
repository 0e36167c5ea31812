// One frame of the ledger: a batch of received pieces, chained to the frame before it by SHA-256. Little-endian.
//
//   0  "MGL1"      magic
//   4  u32         kind: 0 entries, 1 closing (after an orderly stop), 2 notes (the feeds' names at a segment's begin, or what was given up; its entries take no mark)
//   8  u32         batch number within the ledger
//  12  u32         entries
//  16  u32         bytes of the body
//  20  f64         mark (running number) of the first entry
//  28  32 bytes    hash of the frame before (zeros at the very beginning)
//  60  entries ×   { f64 received at (epoch ms), u16 feed, u16 zero, u32 length }
//      body        the pieces, one after another
//      32 bytes    SHA-256 of everything above
import { createHash } from 'node:crypto'

export const HEADER_BYTES = 60
export const ENTRY_BYTES = 16
export const HASH_BYTES = 32
const MAGIC = 0x314c474d
const MAGIC_BYTES = Buffer.from('MGL1')
export const KIND = { ENTRIES: 0, CLOSING: 1, NOTES: 2 } as const
/** No frame is larger: a bigger number is damage, not data. */
export const MAX_FRAME_BYTES = 256 << 20

export interface FrameHead {
  readonly kind: number
  readonly batch: number
  readonly entries: number
  readonly firstMark: number
  /** Where the frame begins and ends in its buffer. */
  readonly from: number
  readonly to: number
}

export interface LedgerEntry {
  /** Running number over the whole ledger. */
  readonly mark: number
  readonly feed: number
  readonly receivedAtMs: number
  readonly bytes: Uint8Array
}

/** A batch on its way into a frame. */
export interface Batch {
  readonly batch: number
  readonly firstMark: number
  readonly times: readonly number[]
  readonly feeds: readonly number[]
  readonly lengths: readonly number[]
  readonly body: Uint8Array
}

/** The running number after this frame. */
export const markAfter = (head: FrameHead): number => head.firstMark + (head.kind === KIND.ENTRIES ? head.entries : 0)

/** The frame's bytes and its hash. */
export function makeFrame(kind: number, batch: Batch, previous: Uint8Array): { readonly bytes: Buffer; readonly hash: Buffer } {
  const entries = batch.times.length
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + entries * ENTRY_BYTES + batch.body.length + HASH_BYTES)
  bytes.writeUInt32LE(MAGIC, 0)
  bytes.writeUInt32LE(kind, 4)
  bytes.writeUInt32LE(batch.batch, 8)
  bytes.writeUInt32LE(entries, 12)
  bytes.writeUInt32LE(batch.body.length, 16)
  bytes.writeDoubleLE(batch.firstMark, 20)
  bytes.set(previous, 28)
  let at = HEADER_BYTES
  for (let n = 0; n < entries; n++) {
    bytes.writeDoubleLE(batch.times[n] ?? 0, at)
    bytes.writeUInt32LE(batch.feeds[n] ?? 0, at + 8)
    bytes.writeUInt32LE(batch.lengths[n] ?? 0, at + 12)
    at += ENTRY_BYTES
  }
  bytes.set(batch.body, at)
  const hash = createHash('sha256')
    .update(bytes.subarray(0, bytes.length - HASH_BYTES))
    .digest()
  bytes.set(hash, bytes.length - HASH_BYTES)
  return { bytes, hash }
}

/** The frame that begins at `from`, or why there is none: `end` nothing left, `torn` not all of it is there, `damaged` it makes no sense. */
export function readHead(bytes: Buffer, from: number): FrameHead | 'end' | 'torn' | 'damaged' {
  if (from === bytes.length) return 'end'
  if (bytes.length - from < HEADER_BYTES) return 'torn'
  if (bytes.readUInt32LE(from) !== MAGIC) return 'damaged'
  const kind = bytes.readUInt32LE(from + 4)
  const entries = bytes.readUInt32LE(from + 12)
  const size = HEADER_BYTES + entries * ENTRY_BYTES + bytes.readUInt32LE(from + 16) + HASH_BYTES
  if (kind > KIND.NOTES || size > MAX_FRAME_BYTES) return 'damaged'
  if (from + size > bytes.length) return 'torn'
  return { kind, batch: bytes.readUInt32LE(from + 8), entries, firstMark: bytes.readDoubleLE(from + 20), from, to: from + size }
}

export const previousHash = (bytes: Buffer, head: FrameHead): Buffer => bytes.subarray(head.from + 28, head.from + 60)
export const ownHash = (bytes: Buffer, head: FrameHead): Buffer => bytes.subarray(head.to - HASH_BYTES, head.to)

export const hashIsRight = (bytes: Buffer, head: FrameHead): boolean =>
  createHash('sha256')
    .update(bytes.subarray(head.from, head.to - HASH_BYTES))
    .digest()
    .equals(ownHash(bytes, head))

/** The next whole and unchanged frame at or after `from`, wherever it begins: how reading goes on behind damage. */
export function frameAfter(bytes: Buffer, from: number): FrameHead | undefined {
  for (let at = bytes.indexOf(MAGIC_BYTES, from); at >= 0; at = bytes.indexOf(MAGIC_BYTES, at + 1)) {
    const head = readHead(bytes, at)
    if (typeof head === 'object' && hashIsRight(bytes, head)) return head
  }
  return undefined
}

/** The frame here, or behind damage the next one. A torn tail has none. */
export function frameAt(bytes: Buffer, at: number): FrameHead | undefined {
  const head = readHead(bytes, at)
  if (typeof head === 'object') return head
  return head === 'end' ? undefined : frameAfter(bytes, at + 1)
}

/** Calls `visit` for each entry of a frame; the bytes are a view, valid as long as the buffer is. */
export function forEachEntry(bytes: Buffer, head: FrameHead, visit: (entry: LedgerEntry) => void): void {
  let table = head.from + HEADER_BYTES
  let at = table + head.entries * ENTRY_BYTES
  for (let n = 0; n < head.entries; n++) {
    const length = bytes.readUInt32LE(table + 12)
    visit({
      mark: head.firstMark + n,
      feed: bytes.readUInt32LE(table + 8),
      receivedAtMs: bytes.readDoubleLE(table),
      bytes: bytes.subarray(at, at + length),
    })
    table += ENTRY_BYTES
    at += length
  }
}
