// What has to be in the chain before segments may go: which went, with the hash that the chain goes on from, and what their own records said of segments that
// stay or went before (those records would otherwise go with them).
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type LedgerNote, noteOf } from './control.ts'
import { forEachEntry, frameAt, ownHash } from './frame.ts'
import { type Segment, segmentBytes } from './segments.ts'

type Removed = Extract<LedgerNote, { note: 'removed' }>

export interface Removal {
  /** Those of the asked that can go: a damaged one stays, for `verify` to name. */
  readonly going: readonly Segment[]
  readonly notes: readonly LedgerNote[]
}

/** Looks at one segment a turn of the loop, so that the pass goes on between. */
export async function planNotes(directory: string, asked: readonly Segment[]): Promise<Removal> {
  const going: Segment[] = []
  const removed: Removed[] = []
  const packed = new Map<string, LedgerNote>()
  let altered: LedgerNote | undefined
  for (const segment of asked) {
    await setImmediate()
    const bytes = segmentBytes(directory, segment)
    if (typeof bytes === 'string') continue
    let hash: string | undefined
    for (let head = frameAt(bytes, 0); head; head = frameAt(bytes, head.to)) {
      hash = ownHash(bytes, head).toString('hex')
      forEachEntry(bytes, head, entry => {
        const note = entry.feed === 0 ? noteOf(entry.bytes) : undefined
        if (note?.note === 'removed') removed.push(note)
        if (note?.note === 'compressed') packed.set(note.file, note)
        if (note?.note === 'altered') altered ??= note
      })
    }
    if (hash === undefined) continue
    going.push(segment)
    removed.push({ note: 'removed', from: segment.number, to: segment.number, hash })
  }
  for (const segment of going) packed.delete(segment.file)
  const staying = [...packed].filter(([file]) => existsSync(join(directory, file))).map(([, note]) => note)
  return { going, notes: going.length === 0 ? [] : [...joined(removed), ...staying, ...(altered ? [altered] : [])] }
}

/** Neighbours become one. */
function joined(removed: readonly Removed[]): readonly Removed[] {
  const ranges: Removed[] = []
  for (const next of removed.toSorted((a, b) => a.from - b.from)) {
    const last = ranges.at(-1)
    if (last && next.from <= last.to + 1) ranges[ranges.length - 1] = next.to > last.to ? { ...next, from: last.from } : last
    else ranges.push(next)
  }
  return ranges
}
