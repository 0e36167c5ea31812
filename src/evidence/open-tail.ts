// Where an opened ledger goes on: after the last whole frame. A tail torn by a kill is cut off the file and the chain says how much. Everything else that does
// not fit is damage or a foreign hand: it stays as it lies, for `verify` to name, and the ledger goes on after it.
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CONTROL_FEED, CONTROL_NAME, type LedgerNote, noteOf } from './control.ts'
import { type FrameHead, forEachEntry, frameAfter, hashIsRight, markAfter, ownHash, readHead } from './frame.ts'
import { cutFile } from './segment-writer.ts'
import { HEAD_FILE, listFiles, listSegments, segmentBytes } from './segments.ts'

export interface Tail {
  readonly lastSegment: number
  readonly nextBatch: number
  readonly nextMark: number
  readonly hash: Uint8Array
  readonly feeds: ReadonlyMap<number, string>
  /** What was found and done, for the chain. */
  readonly notes: readonly LedgerNote[]
  /** The last record is not the one that an orderly stop left. */
  readonly isAltered: boolean
}

/** Finds the end of the ledger, clears half-made files away, cuts a torn tail. */
export async function openTail(directory: string): Promise<Tail> {
  for (const file of listFiles(directory)) {
    const isTwin = file.endsWith('.zst') && existsSync(join(directory, file.slice(0, -4)))
    if (file.endsWith('.part') || file.endsWith('.tmp') || isTwin) await rm(join(directory, file), { force: true })
  }
  const expected = headFile(directory)
  const notes: LedgerNote[] = []
  const end = await lastEnd(directory, expected !== undefined, notes)
  const found = Buffer.from(end.hash).toString('hex')
  const isAltered = expected !== undefined && expected !== `${found}\n`
  if (isAltered) notes.push({ note: 'altered', expected: expected.trimEnd(), found })
  return { ...end, notes, isAltered }
}

/** What an orderly stop left: the hash of the last record and a line end; undefined after a kill. */
export function headFile(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, HEAD_FILE), 'latin1')
  } catch {
    return undefined
  }
}

async function lastEnd(directory: string, wasOrderly: boolean, notes: LedgerNote[]): Promise<Omit<Tail, 'notes' | 'isAltered'>> {
  const segments = listSegments(directory)
  let lastSegment = 0
  for (const segment of segments.toReversed()) {
    const bytes = segmentBytes(directory, segment)
    if (typeof bytes === 'string') {
      lastSegment = Math.max(lastSegment, segment.number)
      continue
    }
    let last: FrameHead | undefined
    for (const head of framesOf(bytes)) last = head
    const isTorn = (last?.to ?? 0) < bytes.length && !segment.file.endsWith('.zst') && !wasOrderly
    const goodBytes = last?.to ?? 0
    if (isTorn && goodBytes > 0) await cutFile(join(directory, segment.file), goodBytes)
    if (isTorn) notes.push({ note: 'recovered', segment: segment.number, goodBytes, cutBytes: bytes.length - goodBytes })
    if (!last && (isTorn || bytes.length === 0)) await rm(join(directory, segment.file))
    else lastSegment = Math.max(lastSegment, segment.number)
    if (!last) continue
    return {
      lastSegment,
      nextBatch: last.batch + 1,
      nextMark: markAfter(last),
      hash: Buffer.from(ownHash(bytes, last)),
      feeds: feedsOf(bytes),
    }
  }
  return { lastSegment, nextBatch: 0, nextMark: 0, hash: new Uint8Array(32), feeds: new Map([[CONTROL_FEED, CONTROL_NAME]]) }
}

/** The whole and unchanged frames, past damage in the middle. */
function* framesOf(bytes: Buffer): Generator<FrameHead> {
  for (let at = 0; ; ) {
    const head = readHead(bytes, at)
    const next = typeof head === 'object' && hashIsRight(bytes, head) ? head : frameAfter(bytes, at + 1)
    if (!next) return
    yield next
    at = next.to
  }
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
