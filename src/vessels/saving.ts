// How the pass is saved without standing still: small state is handed over as it is, large state goes aside. `copy` takes columns at once, a few GB a second;
// `later` is for what is too large even for that: it is fetched piece by piece afterwards, and whoever gives it sees to it that the pieces are of the moment of saving.
import { deserialize, serialize } from 'node:v8'

export interface BulkOut {
  /** Takes a copy at once; the number by which `BulkIn` gives it back. */
  copy(column: ArrayBufferView): number
  /** Fetched after the save, a piece a turn of the loop; `done` is called when all were fetched, or when nobody will fetch them any more. */
  later(pieces: Iterable<Uint8Array>, done?: () => void): number
}

export interface BulkIn {
  /** The pieces as they were put, each valid until the next is asked for. */
  pieces(id: number): Iterable<Uint8Array>
}

/** Fills the beginning of a column with what was copied from another. */
export function fill(column: ArrayBufferView, from: BulkIn, id: number): void {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
  let at = 0
  for (const piece of from.pieces(id)) {
    bytes.set(piece, at)
    at += piece.length
  }
}

export const bytesOf = (column: ArrayBufferView): Uint8Array => new Uint8Array(column.buffer, column.byteOffset, column.byteLength)

const TEXTS_A_PIECE = 4096

/** Texts as pieces; strings do not change, so a copy of the list is enough to stay at the moment of saving. */
export function* textPieces(texts: readonly string[]): Generator<Uint8Array> {
  for (let at = 0; at < texts.length; at += TEXTS_A_PIECE) yield Buffer.from(JSON.stringify(texts.slice(at, at + TEXTS_A_PIECE)))
}

export function fillTexts(column: string[], from: BulkIn, id: number): void {
  let at = 0
  for (const piece of from.pieces(id)) {
    const texts: readonly unknown[] = JSON.parse(Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString())
    for (const text of texts) column[at++] = String(text)
  }
}

const RECORDS_A_PIECE = 256

/** Records as pieces. They must not change any more once they are given. */
export function* recordPieces(records: readonly unknown[]): Generator<Uint8Array> {
  for (let at = 0; at < records.length; at += RECORDS_A_PIECE) yield serialize(records.slice(at, at + RECORDS_A_PIECE))
}

export function recordsOf(from: BulkIn, id: number): unknown[] {
  const records: unknown[] = []
  for (const piece of from.pieces(id)) for (const record of deserialize(Uint8Array.from(piece)) as unknown[]) records.push(record)
  return records
}

/** In memory, for tests and checks: what is put later is fetched when it is asked for. */
export function memoryBulk(): BulkOut & BulkIn {
  const kept: Iterable<Uint8Array>[] = []
  return {
    copy: column => kept.push([bytesOf(column).slice()]) - 1,
    later: pieces => kept.push(pieces) - 1,
    pieces: id => kept[id] ?? [],
  }
}
