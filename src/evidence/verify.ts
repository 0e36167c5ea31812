// Is every byte of the ledger as it was written? Walks the chain from its first frame to its head; the first thing that does not fit is named.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LedgerNote, noteOf } from './control.ts'
import { type FrameHead, forEachEntry, hashIsRight, KIND, markAfter, ownHash, previousHash, readHead } from './frame.ts'
import { HEAD_FILE, listFiles, listSegments, type Segment, segmentBytes } from './segments.ts'

export type Verdict =
  | { readonly ok: true; readonly head: string; readonly entries: number; readonly segments: number; readonly notes: readonly string[] }
  | { readonly ok: false; readonly file: string; readonly batch?: number; readonly offset?: number; readonly why: string }

export interface VerifyOptions {
  /** The product runs, or was killed: a torn tail and a missing closing record are no fault. */
  readonly isOpen?: boolean
  /** The chain must pass through this hash (hex). */
  readonly throughHash?: string
}

const ZERO = Buffer.alloc(32)

interface Walk {
  previous: Buffer | undefined
  batch: number
  mark: number
  closed: boolean
  sawWanted: boolean
  readonly notes: LedgerNote[]
}

/** Walks the whole ledger of a directory. Reads only. */
export function verifyLedger(directory: string, options: VerifyOptions = {}): Verdict {
  const segments = listSegments(directory)
  const strangers = listFiles(directory).filter(
    file => file !== HEAD_FILE && !segments.some(segment => segment.file === file) && !isTwin(file, segments),
  )
  if (strangers[0] !== undefined && !options.isOpen)
    return { ok: false, file: strangers[0], why: 'this file does not belong to the ledger' }
  const walk: Walk = { previous: undefined, batch: -1, mark: -1, closed: false, sawWanted: options.throughHash === undefined, notes: [] }
  const said: string[] = []
  for (const [index, segment] of segments.entries()) {
    const before = segments[index - 1]
    if (before && segment.number !== before.number + 1)
      return { ok: false, file: segment.file, why: `segment ${before.number + 1} is missing before it` }
    const isLast = index === segments.length - 1
    const fault = verifySegment(directory, segment, walk, options, isLast, said)
    if (fault) return fault
  }
  return finish(directory, segments, walk, options, said)
}

const isTwin = (file: string, segments: readonly Segment[]): boolean =>
  segments.some(segment => `${segment.file}.zst` === file || `${segment.file}.zst.part` === file)

function verifySegment(
  directory: string,
  segment: Segment,
  walk: Walk,
  options: VerifyOptions,
  isLast: boolean,
  said: string[],
): Verdict | undefined {
  const bytes = segmentBytes(directory, segment)
  if (!bytes) return { ok: false, file: segment.file, why: 'the compressed file is damaged' }
  const fail = (why: string, head?: FrameHead, offset?: number): Verdict => ({
    ok: false,
    file: segment.file,
    why,
    ...(head ? { batch: head.batch, offset: head.from } : offset === undefined ? {} : { offset }),
  })
  let at = 0
  for (;;) {
    const head = readHead(bytes, at)
    if (head === 'end') return at === 0 && !(isLast && options.isOpen) ? fail('the file is empty') : undefined
    if (typeof head === 'string') {
      if (isLast && options.isOpen && head === 'torn') {
        said.push(`${segment.file}: a torn tail of ${bytes.length - at} bytes (the product was writing)`)
        return undefined
      }
      return fail(
        head === 'torn' ? `the record after batch ${walk.batch} is cut off` : `no record begins here, after batch ${walk.batch}`,
        undefined,
        at,
      )
    }
    if (!hashIsRight(bytes, head)) return fail(`batch ${head.batch} was changed: its hash does not fit`, head)
    const previous = previousHash(bytes, head)
    if (walk.previous === undefined) {
      if (!previous.equals(ZERO)) walk.notes.push({ note: 'removed', segment: -1, hash: previous.toString('hex') })
    } else if (!previous.equals(walk.previous))
      return fail(`batch ${head.batch} does not follow batch ${walk.batch}: the chain is broken`, head)
    if (walk.batch >= 0 && head.batch !== walk.batch + 1) return fail(`batch ${walk.batch + 1} is missing`, head)
    if (walk.mark >= 0 && head.firstMark !== walk.mark) return fail(`entries ${walk.mark} to ${head.firstMark - 1} are missing`, head)
    walk.previous = Buffer.from(ownHash(bytes, head))
    walk.batch = head.batch
    walk.mark = markAfter(head)
    walk.closed = head.kind === KIND.CLOSING
    if (options.throughHash !== undefined && walk.previous.toString('hex') === options.throughHash) walk.sawWanted = true
    forEachEntry(bytes, head, entry => {
      const note = entry.feed === 0 ? noteOf(entry.bytes) : undefined
      if (note && note.note !== 'feed') walk.notes.push(note)
    })
    at = head.to
  }
}

/** What only the whole tells: removed beginnings, compressed files, the closing record and HEAD. */
function finish(directory: string, segments: readonly Segment[], walk: Walk, options: VerifyOptions, said: string[]): Verdict {
  const begin = walk.notes.find(note => note.note === 'removed' && note.segment === -1)
  if (begin?.note === 'removed') {
    const recorded = walk.notes.some(note => note.note === 'removed' && note.segment >= 0 && note.hash === begin.hash)
    if (!recorded)
      return {
        ok: false,
        file: segments[0]?.file ?? '',
        why: 'the beginning of the ledger is missing and no record says that retention removed it',
      }
  }
  for (const note of walk.notes) {
    if (note.note !== 'compressed') continue
    const segment = segments.find(found => found.file === note.file)
    if (!segment) continue
    const sha256 = createHash('sha256')
      .update(readFileSync(join(directory, segment.file)))
      .digest('hex')
    if (sha256 !== note.sha256) return { ok: false, file: segment.file, why: 'the compressed file is not the one that was recorded' }
  }
  const head = walk.previous?.toString('hex') ?? ''
  if (!options.isOpen && segments.length > 0) {
    const last = segments.at(-1)?.file ?? ''
    if (!walk.closed)
      return {
        ok: false,
        file: last,
        batch: walk.batch,
        why: 'there is no closing record: the tail was cut off, or the product was killed and its lock taken away',
      }
    const recorded = readHeadFile(directory)
    if (recorded !== `${head}\n`)
      return { ok: false, file: HEAD_FILE, why: 'HEAD does not name the last record: the tail was cut off or HEAD was changed' }
  }
  if (!options.isOpen && segments.length === 0 && listFiles(directory).length > 0)
    return { ok: false, file: directory, why: 'HEAD stands alone: all segments are missing' }
  if (!walk.sawWanted) return { ok: false, file: segments[0]?.file ?? '', why: `the chain does not pass through ${options.throughHash}` }
  return { ok: true, head, entries: Math.max(0, walk.mark), segments: segments.length, notes: said }
}

function readHeadFile(directory: string): string {
  try {
    return readFileSync(join(directory, HEAD_FILE), 'utf8')
  } catch {
    return ''
  }
}
