// A copy of the ledger that is a whole ledger of its own, made while the product writes. Closed segments are files that change no more; the newest is copied up to a
// frame, and a note and a closing record of the copy's own end it. Where to stop is the store's matter: the copy must hold all that was received before the store was
// copied, and no hash of an audit row that came later (`verify` would look for that row in vain).
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Clock } from '#base/index.ts'
import { type FrameHead, forEachEntry, frameAt, hashIsRight, type LedgerEntry } from './frame.ts'
import { openLedger } from './ledger.ts'
import { headFile } from './open-tail.ts'
import { HEAD_FILE, listSegments, type Segment, segmentBytes, segmentFile } from './segments.ts'

export interface CopyLedger {
  readonly from: string
  readonly to: string
  /** Takes a file as it is; false when it went meanwhile. */
  take(file: string): Promise<boolean>
}

export interface CopyTail extends CopyLedger {
  /** Segments up to this number are there already. */
  readonly after: number
  /** A product writes this ledger now. */
  readonly isRunning: boolean
  /** When the store was as it is copied. */
  readonly pinnedAtMs: number
  /** This entry speaks of what came after that. */
  isTooNew(entry: LedgerEntry): boolean
}

/** The ledger changed under the copy (retention took a segment, or one frame holds the time before and after): to be begun again. */
export type Copied = 'whole' | 'again'

/** Longest wait for what was received before the store was copied to be written: it is 50 ms behind, more only when the disk is in trouble. */
const CATCH_UP_MS = 3000
const LOOK_EVERY_MS = 50

/** The segments that are closed. The number of the last one taken. */
export async function copyClosed({ from, take }: CopyLedger): Promise<number | 'again'> {
  let last = 0
  for (const { number, file } of listSegments(from).slice(0, -1)) {
    // Packed away since it was listed: the packed one is the same, and its record is written already.
    if (!(await take(file)) && !(await take(`${segmentFile(number)}.zst`))) return 'again'
    last = number
  }
  return last
}

/** The rest, up to where it belongs to the store as it was at `pinnedAtMs`. */
export async function copyTail(options: CopyTail): Promise<Copied> {
  const { from, to, take, after, isRunning, pinnedAtMs } = options
  await mkdir(to, { recursive: true })
  if (isRunning) await caughtUp(from, pinnedAtMs)
  const segments = listSegments(from).filter(({ number }) => number > after)
  for (const segment of segments) {
    if (!isRunning && segment.file.endsWith('.zst')) {
      if (!(await take(segment.file))) return 'again'
      continue
    }
    const bytes = segmentBytes(from, segment)
    if (typeof bytes === 'string') return 'again'
    const end = endOf(bytes, options)
    if (end === 'again') return 'again'
    // A tail torn by a kill is evidence too: opening the copy cuts it and notes how much.
    const isWhole = !isRunning || (!end.isCut && segment !== segments.at(-1))
    await writeSegment(to, segment, isWhole ? bytes : bytes.subarray(0, end.at))
    if (end.isCut) break
  }
  if (!isRunning && headFile(from) !== undefined) await take(HEAD_FILE)
  return 'whole'
}

/** Ends the copy in order, as a ledger of its own. How many entries it has, and its head. */
export async function endCopy(
  directory: string,
  clock: Clock,
  copiedAtMs: number,
): Promise<{ readonly entries: number; readonly head: string }> {
  const ledger = await openLedger({ directory, clock })
  const { entries } = ledger.figures()
  ledger.control({ note: 'copied', at: new Date(copiedAtMs).toISOString() }, clock.now())
  const lost = await ledger.close()
  if (lost > 0) throw Object.assign(new Error('the closing record of the copied ledger cannot be written'), { code: 'ENOSPC' })
  return { entries, head: (headFile(directory) ?? '').trim() }
}

async function writeSegment(to: string, segment: Segment, bytes: Uint8Array): Promise<void> {
  const path = join(to, segmentFile(segment.number))
  await writeFile(path, bytes, { flush: true })
  await utimes(path, segment.modifiedAtMs / 1000, segment.modifiedAtMs / 1000)
}

/** Waits until something is written that was received after this time; a quiet ledger is waited for in vain. */
async function caughtUp(directory: string, atMs: number): Promise<void> {
  let seenBytes = -1
  for (let waitedMs = 0; waitedMs < CATCH_UP_MS; waitedMs += LOOK_EVERY_MS) {
    await setTimeout(LOOK_EVERY_MS)
    const segment = listSegments(directory).at(-1)
    const size = segment && (await stat(join(directory, segment.file)).catch(() => undefined))?.size
    if (!segment || size === undefined || size === seenBytes) continue
    seenBytes = size
    const bytes = segmentBytes(directory, segment)
    if (typeof bytes !== 'string' && newestMs(bytes) > atMs) return
  }
}

function newestMs(bytes: Buffer): number {
  let newest = 0
  let last: FrameHead | undefined
  for (let head = frameAt(bytes, 0); head; head = frameAt(bytes, head.to)) last = head
  if (last)
    forEachEntry(bytes, last, entry => {
      newest = Math.max(newest, entry.receivedAtMs)
    })
  return newest
}

/** Where the copy of this segment ends: after its last whole frame, or before the first that holds something too new. */
function endOf(bytes: Buffer, { isTooNew, pinnedAtMs, isRunning }: CopyTail): { readonly at: number; readonly isCut: boolean } | 'again' {
  let at = 0
  for (let head = frameAt(bytes, 0); head; head = frameAt(bytes, head.to)) {
    let isCut = false
    let oldestMs = Number.POSITIVE_INFINITY
    forEachEntry(bytes, head, entry => {
      oldestMs = Math.min(oldestMs, entry.receivedAtMs)
      isCut ||= entry.feed === 0 && isTooNew(entry)
    })
    if (isCut) return isRunning && oldestMs <= pinnedAtMs ? 'again' : { at, isCut }
    // Being written just now: the next reader finds it whole.
    if (head.to === bytes.length && !hashIsRight(bytes, head)) break
    at = head.to
  }
  return { at, isCut: false }
}
