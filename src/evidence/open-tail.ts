// Where an opened ledger goes on: the last whole frame. A torn tail (killed while writing) is cut off the file; the next segment records how much.
import { existsSync } from 'node:fs'
import { rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { CONTROL_FEED, CONTROL_NAME, noteOf } from './control.ts'
import { type FrameHead, forEachEntry, hashIsRight, markAfter, ownHash, readHead } from './frame.ts'
import { listFiles, listSegments, type Segment, segmentBytes } from './segments.ts'

export interface Tail {
  readonly lastSegment: number
  readonly nextBatch: number
  readonly nextMark: number
  readonly hash: Uint8Array
  readonly feeds: ReadonlyMap<number, string>
  readonly cut?: { readonly segment: number; readonly goodBytes: number; readonly cutBytes: number }
}

interface Found {
  readonly head: FrameHead
  readonly hash: Buffer
  readonly goodBytes: number
  readonly bytes: Buffer
}

function lastFrame(bytes: Buffer): Found | undefined {
  let found: Found | undefined
  for (let head = readHead(bytes, 0); typeof head === 'object'; head = readHead(bytes, head.to)) {
    if (!hashIsRight(bytes, head)) break
    found = { head, hash: Buffer.from(ownHash(bytes, head)), goodBytes: head.to, bytes }
  }
  return found
}

export const lastHashOf = (directory: string, segment: Segment): Buffer | undefined => {
  const bytes = segmentBytes(directory, segment)
  return bytes && lastFrame(bytes)?.hash
}

/** Finds the end of the ledger, clears half-made files away, cuts a torn tail. */
export async function openTail(directory: string): Promise<Tail> {
  for (const file of listFiles(directory)) {
    const isTwin = file.endsWith('.zst') && existsSync(join(directory, file.slice(0, -4)))
    if (file.endsWith('.part') || isTwin) await rm(join(directory, file), { force: true })
  }
  const segments = listSegments(directory)
  let cut: Tail['cut']
  for (const segment of segments.toReversed()) {
    const bytes = segmentBytes(directory, segment)
    const found = bytes && lastFrame(bytes)
    const goodBytes = found?.goodBytes ?? 0
    if (!segment.file.endsWith('.zst') && goodBytes < segment.bytes) {
      await truncate(join(directory, segment.file), goodBytes)
      cut = { segment: segment.number, goodBytes, cutBytes: segment.bytes - goodBytes }
    }
    if (!found) {
      await rm(join(directory, segment.file))
      continue
    }
    return {
      lastSegment: segment.number,
      nextBatch: found.head.batch + 1,
      nextMark: markAfter(found.head),
      hash: found.hash,
      feeds: feedsOf(found.bytes),
      ...(cut ? { cut } : {}),
    }
  }
  return { lastSegment: 0, nextBatch: 0, nextMark: 0, hash: new Uint8Array(32), feeds: new Map([[CONTROL_FEED, CONTROL_NAME]]) }
}

function feedsOf(bytes: Buffer): Map<number, string> {
  const feeds = new Map<number, string>()
  for (let head = readHead(bytes, 0); typeof head === 'object'; head = readHead(bytes, head.to)) {
    forEachEntry(bytes, head, entry => {
      const note = entry.feed === CONTROL_FEED ? noteOf(entry.bytes) : undefined
      if (note?.note === 'feed') feeds.set(note.feed, note.name)
    })
  }
  return feeds
}
