// Reading the ledger: beside a running product and after kill -9 alike. A torn tail simply ends it.
import { noteOf } from './control.ts'
import { forEachEntry, KIND, type LedgerEntry, readHead } from './frame.ts'
import { listSegments, segmentBytes } from './segments.ts'

export interface ReadRange {
  readonly fromMark?: number
  readonly fromMs?: number
  readonly toMs?: number
}

/** Calls `visit` with every entry in the range, in order, the product's own (feed 0) included, and the name of its feed. */
export function readLedger(directory: string, range: ReadRange, visit: (entry: LedgerEntry, feedName: string) => void): void {
  const names = new Map<number, string>([[0, 'mangru']])
  const segments = listSegments(directory)
  for (const [index, segment] of segments.entries()) {
    const bytes = segmentBytes(directory, segment)
    if (!bytes) continue
    // Nothing of this segment is wanted when the next one begins before the wanted mark; its feed names are repeated there.
    const next = segments[index + 1]
    if (range.fromMark !== undefined && next && beginsAtOrBefore(directory, next, range.fromMark)) continue
    for (let head = readHead(bytes, 0); typeof head === 'object'; head = readHead(bytes, head.to)) {
      const isNames = head.kind === KIND.NAMES
      forEachEntry(bytes, head, entry => {
        if (entry.feed === 0) {
          const note = noteOf(entry.bytes)
          if (note?.note === 'feed') names.set(note.feed, note.name)
        }
        if (isNames) return
        if (range.fromMark !== undefined && entry.mark < range.fromMark) return
        if (range.fromMs !== undefined && entry.receivedAtMs < range.fromMs) return
        if (range.toMs !== undefined && entry.receivedAtMs > range.toMs) return
        visit(entry, names.get(entry.feed) ?? `feed-${entry.feed}`)
      })
    }
  }
}

function beginsAtOrBefore(directory: string, segment: Parameters<typeof segmentBytes>[1], mark: number): boolean {
  const bytes = segmentBytes(directory, segment)
  const head = bytes && readHead(bytes, 0)
  return typeof head === 'object' && head.firstMark <= mark
}
