// The picture, the detectors' windows and the joined alarms, saved every few minutes so that a restart need only replay the ledger's tail.
// The loop stands still only while columns are copied into the arena (64 MB at 200,000 ships: some ten ms); everything else is written in pieces beside the pass.
// One file, appears whole or not at all: pieces with their checksums, then a table of them with the small state, then where the table begins. An unreadable
// file is passed over (the ledger holds everything).
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { deserialize, serialize } from 'node:v8'
import { crc32 } from 'node:zlib'
import { writeWhole } from '#platform/files/index.ts'
import type { BulkIn, BulkOut } from '#vessels/index.ts'

/** Raised when the shape of what is saved changes: an older snapshot is then passed over. */
const SHAPE = 3
const MAGIC = Buffer.from('MGSNAP')
/** MAGIC · u16 shape · u32 bytes of the table · u32 its checksum. */
const TRAILER_BYTES = 16
const PIECE_BYTES = 2 << 20
const TOUCHED_A_TURN = 1 << 20

export interface Snapshot {
  /** The first ledger entry that is not in it. */
  readonly nextMark: number
  readonly savedAtMs: number
  readonly pass: unknown
  readonly joining: unknown
}

/** At the end of the file, before the trailer. */
interface Table {
  /** The snapshot, structured clone. */
  readonly state: Uint8Array
  /** Bytes and checksum of each piece of each bulk, as they lie in the file from its beginning. */
  readonly bulks: readonly (readonly number[])[]
}

export interface Snapshots {
  /** Saves what `take` gives at once, as of that moment. `sync` is awaited before the file counts. One at a time. */
  save(take: (out: BulkOut) => Snapshot, sync: () => Promise<void>): Promise<void>
}

const fileOf = (directory: string): string => join(directory, 'picture.snapshot')

export const hasSnapshot = (directory: string): boolean => existsSync(fileOf(directory))

export function openSnapshots(directory: string): Snapshots {
  // Kept from save to save: the first touch of new memory costs ten times the copying.
  let arena: Uint8Array = new Uint8Array(0)
  return {
    async save(take, sync) {
      arena = await roomFor(bytesToCopy(take), arena)
      const taking = takeBulk(arena)
      const state = take(taking.out)
      const head = serialize(state)
      arena = taking.arena()
      try {
        await writeWhole(fileOf(directory), piecesOfFile(taking.bulks, head, sync))
      } finally {
        taking.done()
      }
    },
  }
}

/** What the columns come to just now. */
function bytesToCopy(take: (out: BulkOut) => Snapshot): number {
  let bytes = 0
  take({
    copy(column) {
      bytes += column.byteLength
      return -1
    },
    later(_pieces, done) {
      done?.()
      return -1
    },
  })
  return bytes
}

/** An arena with room for so much and some more, touched beforehand, a piece a turn of the loop. */
async function roomFor(bytes: number, arena: Uint8Array): Promise<Uint8Array> {
  if (bytes <= arena.length) return arena
  const wider = new Uint8Array(Math.ceil(bytes * 1.5))
  for (let at = 0; at < wider.length; at += TOUCHED_A_TURN) {
    wider.fill(0, at, at + TOUCHED_A_TURN)
    await setImmediate()
  }
  return wider
}

function takeBulk(before: Uint8Array) {
  let arena = before
  let used = 0
  const bulks: Iterable<Uint8Array>[] = []
  const dones: (() => void)[] = []
  const out: BulkOut = {
    copy(column) {
      const from = used
      used += column.byteLength
      if (used > arena.length) {
        const wider = new Uint8Array(Math.ceil(used * 1.25))
        wider.set(arena.subarray(0, from))
        arena = wider
      }
      arena.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), from)
      const to = used
      return bulks.push(cut(() => arena.subarray(from, to))) - 1
    },
    later(pieces, done) {
      if (done) dones.push(done)
      return bulks.push(pieces) - 1
    },
  }
  return {
    out,
    bulks,
    arena: () => arena,
    done() {
      for (const done of dones) done()
    },
  }
}

function* cut(bytes: () => Uint8Array): Generator<Uint8Array> {
  const all = bytes()
  for (let at = 0; at < all.length; at += PIECE_BYTES) yield all.subarray(at, at + PIECE_BYTES)
}

async function* piecesOfFile(
  bulks: readonly Iterable<Uint8Array>[],
  state: Uint8Array,
  sync: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const table: number[][] = []
  for (const bulk of bulks) {
    const pieces: number[] = []
    for (const piece of bulk) {
      pieces.push(piece.length, crc32(piece))
      yield piece
    }
    table.push(pieces)
  }
  // Not ahead of the ledger: what is in the snapshot is on the disk first.
  await sync()
  const tail = serialize({ state, bulks: table } satisfies Table)
  yield tail
  const trailer = Buffer.alloc(TRAILER_BYTES)
  MAGIC.copy(trailer)
  trailer.writeUInt16LE(SHAPE, 6)
  trailer.writeUInt32LE(tail.length, 8)
  trailer.writeUInt32LE(crc32(tail), 12)
  yield trailer
}

export interface OpenSnapshot {
  readonly snapshot: Snapshot
  readonly from: BulkIn
  close(): void
}

/** The newest saved state, every byte of it compared with its checksum; undefined when there is none, or it is damaged or of another shape. */
export function readSnapshot(directory: string): OpenSnapshot | undefined {
  let file: number
  try {
    file = openSync(fileOf(directory), 'r')
  } catch {
    return undefined
  }
  try {
    const table = readTable(file)
    const reader = table && readerOf(file, table)
    if (table && reader?.isWhole()) {
      const snapshot: Snapshot = deserialize(table.state)
      return { snapshot, from: reader, close: () => closeSync(file) }
    }
  } catch {
    // Not readable: as if there were none.
  }
  closeSync(file)
  return undefined
}

function readTable(file: number): Table | undefined {
  const { size } = fstatSync(file)
  const trailer = read(file, Buffer.alloc(TRAILER_BYTES), size - TRAILER_BYTES)
  if (!trailer.subarray(0, MAGIC.length).equals(MAGIC) || trailer.readUInt16LE(6) !== SHAPE) return undefined
  const bytes = trailer.readUInt32LE(8)
  const tail = read(file, Buffer.alloc(bytes), size - TRAILER_BYTES - bytes)
  return crc32(tail) === trailer.readUInt32LE(12) ? deserialize(tail) : undefined
}

function readerOf(file: number, { bulks }: Table): BulkIn & { isWhole(): boolean } {
  let buffer = Buffer.alloc(PIECE_BYTES)
  let from = 0
  const starts = bulks.map(pieces => {
    const start = from
    for (let n = 0; n < pieces.length; n += 2) from += pieces[n] ?? 0
    return start
  })
  function* checked(id: number): Generator<readonly [Uint8Array, boolean]> {
    const pieces = bulks[id] ?? []
    let at = starts[id] ?? 0
    for (let n = 0; n < pieces.length; n += 2) {
      const bytes = pieces[n] ?? 0
      if (bytes > buffer.length) buffer = Buffer.alloc(bytes)
      const piece = read(file, buffer.subarray(0, bytes), at)
      at += bytes
      yield [piece, crc32(piece) === pieces[n + 1]]
    }
  }
  return {
    *pieces(id) {
      for (const [piece] of checked(id)) yield piece
    },
    isWhole() {
      for (const id of bulks.keys()) for (const [, isRight] of checked(id)) if (!isRight) return false
      return true
    },
  }
}

function read(file: number, into: Buffer, from: number): Buffer {
  for (let at = 0; at < into.length; ) {
    const bytes = readSync(file, into, at, into.length - at, from + at)
    if (bytes === 0) throw new Error('the snapshot is cut')
    at += bytes
  }
  return into
}
