// Is every byte of the ledger as it was written? Walks the chain from its first record to its head; the first thing that does not fit is named.
// What it proves and what not: docs/operators/evidence.md.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LedgerNote, noteOf } from './control.ts'
import { type FrameHead, forEachEntry, hashIsRight, KIND, markAfter, ownHash, previousHash, readHead } from './frame.ts'
import { headFile } from './open-tail.ts'
import { HEAD_FILE, listFiles, listSegments, type Segment, segmentBytes } from './segments.ts'

export type Verdict =
  | { readonly ok: true; readonly head: string; readonly entries: number; readonly segments: number; readonly notes: readonly string[] }
  | VerifyFault

export interface VerifyFault {
  readonly ok: false
  readonly file: string
  readonly batch?: number
  readonly offset?: number
  readonly why: string
}

export interface VerifyOptions {
  /** The product runs, or was killed: a torn tail and a missing closing record are no fault. */
  readonly isOpen?: boolean
  /** Only these bytes are here (a segment by itself): what came before it and its number are not asked for. */
  readonly isPart?: boolean
  /** The chain must pass through this hash (hex). */
  readonly throughHash?: string
}

/** Segments that are not there; only records of their removal make that right, and those stand later in the chain. */
interface Gap {
  readonly from: number
  readonly to: number
  /** What the record behind the gap says of the one before it. */
  readonly previous: string
  readonly before: Segment
}

interface Walk {
  readonly directory: string
  readonly options: VerifyOptions
  readonly segments: readonly Segment[]
  readonly said: string[]
  readonly gaps: Gap[]
  readonly removed: Extract<LedgerNote, { note: 'removed' }>[]
  readonly packed: Map<string, string>
  altered: Extract<LedgerNote, { note: 'altered' }> | undefined
  number: number
  hash: string
  batch: number
  mark: number
  entries: number
  isClosed: boolean
  sawWanted: boolean
  /** HEAD as it was before the walk: it names the last record as long as it is there, whatever a lock says. */
  readonly headBefore: string | undefined
}

const NOTHING_BEFORE = '0'.repeat(64)

/** Walks the whole ledger of a directory. Reads only. */
export function verifyLedger(directory: string, options: VerifyOptions = {}): Verdict {
  const segments = listSegments(directory)
  const stranger = listFiles(directory).find(file => file !== HEAD_FILE && !segments.some(segment => segment.file === file))
  if (stranger !== undefined && !options.isOpen) return { ok: false, file: stranger, why: 'this file does not belong to the ledger' }
  const walk: Walk = {
    directory,
    options,
    segments,
    said: [],
    gaps: [],
    removed: [],
    packed: new Map(),
    altered: undefined,
    number: 0,
    hash: NOTHING_BEFORE,
    batch: -1,
    mark: 0,
    entries: 0,
    isClosed: false,
    sawWanted: options.throughHash === undefined,
    headBefore: headFile(directory),
  }
  for (const segment of segments) {
    const fault = verifySegment(walk, segment)
    if (fault) return fault
  }
  return finish(walk)
}

function verifySegment(walk: Walk, segment: Segment): VerifyFault | undefined {
  const bytes = segmentBytes(walk.directory, segment)
  if (bytes === 'gone') return walk.options.isOpen ? undefined : { ok: false, file: segment.file, why: 'the file has vanished' }
  if (bytes === 'damaged') return { ok: false, file: segment.file, why: 'the packed file is damaged' }
  const canBeTorn = segment === walk.segments.at(-1) && walk.options.isOpen
  for (let at = 0; ; ) {
    const head = readHead(bytes, at)
    if (head === 'end') return at === 0 && !canBeTorn ? { ok: false, file: segment.file, why: 'the file is empty' } : undefined
    if (typeof head === 'string') {
      const where = walk.batch < 0 ? 'at the very beginning' : `after batch ${walk.batch}`
      if (!(canBeTorn && head === 'torn'))
        return {
          ok: false,
          file: segment.file,
          offset: at,
          why: `${head === 'torn' ? 'a record is cut off' : 'no record begins here'}, ${where}`,
        }
      walk.said.push(`${segment.file}: a torn tail of ${bytes.length - at} bytes (the product was writing)`)
      return undefined
    }
    const why = verifyFrame(walk, segment, bytes, head)
    if (why) return { ok: false, file: segment.file, batch: head.batch, offset: head.from, why }
    at = head.to
  }
}

/** Why the frame is not the next of the chain; undefined when it is. */
function verifyFrame(walk: Walk, segment: Segment, bytes: Buffer, head: FrameHead): string | undefined {
  if (!hashIsRight(bytes, head)) return `batch ${head.batch} was changed: its hash does not fit`
  const previous = previousHash(bytes, head).toString('hex')
  const isFirst = head.from === 0
  if (isFirst && segment.number !== walk.number + 1) {
    walk.gaps.push({ from: walk.number + 1, to: segment.number - 1, previous, before: segment })
  } else {
    if (previous !== walk.hash) return `batch ${head.batch} does not follow batch ${walk.batch}: the chain is broken`
    if (head.batch !== walk.batch + 1) return `batch ${walk.batch + 1} is missing`
    if (head.firstMark !== walk.mark && !isDropRecorded(bytes, head, walk.mark))
      return `entries ${walk.mark} to ${head.firstMark - 1} are missing`
  }
  walk.number = segment.number
  walk.hash = ownHash(bytes, head).toString('hex')
  walk.batch = head.batch
  walk.mark = markAfter(head)
  walk.isClosed = head.kind === KIND.CLOSING
  if (walk.hash === walk.options.throughHash) walk.sawWanted = true
  if (head.kind === KIND.ENTRIES) walk.entries += head.entries
  takeNotes(walk, bytes, head)
  return undefined
}

/** A hole in the running numbers is right only where a record says that those entries were given up. */
function isDropRecorded(bytes: Buffer, head: FrameHead, fromMark: number): boolean {
  let isRecorded = false
  if (head.kind === KIND.NOTES)
    forEachEntry(bytes, head, entry => {
      const note = noteOf(entry.bytes)
      if (note?.note === 'dropped') isRecorded = note.fromMark === fromMark && note.toMark === head.firstMark
    })
  return isRecorded
}

function takeNotes(walk: Walk, bytes: Buffer, head: FrameHead): void {
  forEachEntry(bytes, head, entry => {
    const note = entry.feed === 0 ? noteOf(entry.bytes) : undefined
    switch (note?.note) {
      case 'removed':
        walk.removed.push(note)
        break
      case 'compressed':
        walk.packed.set(note.file, note.sha256)
        break
      case 'altered':
        walk.altered ??= note
        break
      case 'dropped':
        walk.said.push(`${note.toMark - note.fromMark} entries from ${note.fromMark} on were given up: the disk took nothing`)
        break
      case 'recovered':
        walk.said.push(`segment ${note.segment}: a torn tail of ${note.cutBytes} bytes was cut off at a start`)
        break
      case 'copied':
        walk.said.push(`this ledger was copied at ${note.at}: what the other one received later is not here`)
        break
      case 'feed':
      case undefined:
        break
    }
  })
}

/** What only the whole tells: removed segments, packed files, the closing record and HEAD. */
function finish(walk: Walk): Verdict {
  const { directory, options, segments } = walk
  const last = segments.at(-1)?.file ?? ''
  const fault = (file: string, why: string): VerifyFault => ({ ok: false, file, why })
  if (walk.altered) {
    const { expected, found } = walk.altered
    return fault(last, `the tail was cut or changed after an orderly stop: the last record was ${expected}, and ${found} at the next start`)
  }
  for (const { from, to, previous, before } of options.isPart ? [] : walk.gaps) {
    for (let number = from; number <= to; number++)
      if (!walk.removed.some(one => one.from <= number && number <= one.to))
        return fault(before.file, `segment ${number} is missing before it, and no record says that retention removed it`)
    if (!walk.removed.some(one => one.to === to && one.hash === previous))
      return fault(before.file, `it does not follow the segment ${to} that retention removed: the chain is broken`)
    walk.said.push(from === to ? `segment ${from} was removed by retention` : `segments ${from} to ${to} were removed by retention`)
  }
  for (const { file } of segments) {
    if (!file.endsWith('.zst') || options.isPart) continue
    const recorded = walk.packed.get(file)
    if (recorded === undefined && !options.isOpen) return fault(file, 'no record says that this file was packed')
    if (recorded !== undefined && recorded !== sha256Of(join(directory, file)))
      return fault(file, 'the packed file is not the one that was recorded')
  }
  if (!options.isOpen && !options.isPart) {
    const recorded = headFile(directory)
    if (segments.length === 0 && recorded !== undefined) return fault(HEAD_FILE, 'HEAD stands alone: all segments are missing')
    if (segments.length > 0 && !walk.isClosed)
      return {
        ...fault(last, 'there is no closing record: the tail was cut off, or the product was killed and its lock taken away'),
        batch: walk.batch,
      }
    if (segments.length > 0 && recorded !== `${walk.hash}\n`)
      return fault(HEAD_FILE, 'HEAD does not name the last record: the tail was cut off or HEAD was changed')
  }
  // A product removes HEAD before it writes: one that stood there all the while and names another record means a tail that was cut.
  if (
    options.isOpen &&
    !options.isPart &&
    walk.headBefore !== undefined &&
    walk.headBefore !== `${walk.hash}\n` &&
    headFile(directory) === walk.headBefore
  )
    return fault(HEAD_FILE, 'HEAD does not name the last record: the tail was cut off or HEAD was changed')
  if (!walk.sawWanted) return fault(segments[0]?.file ?? '', `the chain does not pass through ${options.throughHash}`)
  return { ok: true, head: segments.length === 0 ? '' : walk.hash, entries: walk.entries, segments: segments.length, notes: walk.said }
}

/** Undefined where the file went while we looked. */
function sha256Of(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return undefined
  }
}
