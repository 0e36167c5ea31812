// Reading the ledger: beside a running product and after kill -9 alike. A torn tail simply ends it; behind damage reading goes on at the next whole frame.
import { noteOf } from './control.ts'
import { ENTRY_BYTES, forEachEntry, frameAt, HEADER_BYTES, KIND, type LedgerEntry } from './frame.ts'
import { listSegments, type Segment, segmentBeginning, segmentBytes } from './segments.ts'

export interface ReadRange {
  readonly fromMark?: number
  readonly fromMs?: number
  readonly toMs?: number
}

/** By times a segment is passed over only when it lies this far outside: the machine's clock may have been set back meanwhile. */
const CLOCK_MARGIN_MS = 2 * 3_600_000

/** Calls `visit` with every entry in the range, in order, the product's own (feed 0) included, and the name of its feed. */
export function readLedger(directory: string, range: ReadRange, visit: (entry: LedgerEntry, feedName: string) => void): void {
  const names = new Map<number, string>([[0, 'mangru']])
  for (const segment of segmentsInRange(directory, range)) {
    const bytes = segmentBytes(directory, segment)
    if (typeof bytes === 'string') continue
    for (let head = frameAt(bytes, 0); head; head = frameAt(bytes, head.to)) {
      const isNotes = head.kind === KIND.NOTES
      forEachEntry(bytes, head, entry => {
        if (entry.feed === 0) {
          const note = noteOf(entry.bytes)
          if (note?.note === 'feed') names.set(note.feed, note.name)
        }
        if (isNotes) return
        if (range.fromMark !== undefined && entry.mark < range.fromMark) return
        if (range.fromMs !== undefined && entry.receivedAtMs < range.fromMs) return
        if (range.toMs !== undefined && entry.receivedAtMs > range.toMs) return
        visit(entry, names.get(entry.feed) ?? `feed-${entry.feed}`)
      })
    }
  }
}

/** Each segment repeats the names of the feeds, so reading may begin at any; only the beginnings of the others are looked at. */
function segmentsInRange(directory: string, { fromMark, fromMs, toMs }: ReadRange): readonly Segment[] {
  const segments = listSegments(directory)
  if (fromMark === undefined && fromMs === undefined && toMs === undefined) return segments
  const begins = segments.map(segment => beginOf(segmentBeginning(directory, segment)))
  return segments.filter((_, n) => {
    const [own, next] = [begins[n], begins[n + 1]]
    if (next && fromMark !== undefined && next.mark <= fromMark) return false
    if (next && fromMs !== undefined && next.atMs <= fromMs - CLOCK_MARGIN_MS) return false
    return !(own && toMs !== undefined && own.atMs > toMs + CLOCK_MARGIN_MS)
  })
}

function beginOf(bytes: Buffer): { readonly mark: number; readonly atMs: number } | undefined {
  const isThere = bytes.length >= HEADER_BYTES + ENTRY_BYTES && bytes.toString('latin1', 0, 4) === 'MGL1' && bytes.readUInt32LE(12) > 0
  return isThere ? { mark: bytes.readDoubleLE(20), atMs: bytes.readDoubleLE(HEADER_BYTES) } : undefined
}
