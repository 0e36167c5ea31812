// The thinned past of each ship: a sample about every two minutes, four hours and a bit. Rings are lent in slabs when a ship first needs one, so that 200,000
// slots of which few are used cost little. 16 bytes a sample, 2 kB a ship: by far the largest thing to save (400 MB at 200,000 ships), so it is saved
// ring by ring beside the pass. A ring that would be written to before its turn is copied aside first.
import type { PictureColumns, Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import { type BulkIn, type BulkOut, fill } from '../saving.ts'
import type { Past } from './contract.ts'

const SAMPLE_MS = 2 * 60_000
const SAMPLES = 128
const SLAB_SHIPS = 512
/** A sample is four words: seconds · latitude · longitude · speed and course. */
const WORDS = 4
const RING_WORDS = SAMPLES * WORDS
const PIECE_BYTES = 1 << 20

export interface PastModel extends Past {
  onReport(slot: Slot, now: PositionReport): void
  onForget(slot: Slot): void
  save(out: BulkOut): unknown
  restore(state: unknown, from: BulkIn): void
}

/** A save under way: rings below `next` are with whoever writes them. */
interface Saving {
  next: number
  /** Samples in each ring at the moment of saving. */
  readonly counts: Uint8Array
  readonly aside: Map<number, Int32Array>
}

interface SavedPast {
  readonly used: number
  readonly free: readonly number[]
  readonly counts: Uint8Array
  readonly ring: number
  readonly taken: number
  readonly lastMs: number
  readonly samples: number
}

export function createPast(picture: PictureColumns): PastModel {
  const slabs: Int32Array[] = []
  const free: number[] = []
  let lent = 0
  /** Ring of each slot, -1 = none yet. */
  const ring = new Int32Array(picture.capacity).fill(-1)
  const taken = new Uint32Array(picture.capacity)
  const lastMs = new Float64Array(picture.capacity)
  let saving: Saving | undefined

  const slabOf = (ring: number): Int32Array => slabs[Math.floor(ring / SLAB_SHIPS)]!
  const startOf = (ring: number): number => (ring % SLAB_SHIPS) * RING_WORDS
  const lend = (): number => {
    const reused = free.pop()
    if (reused !== undefined) return reused
    if (lent % SLAB_SHIPS === 0) slabs.push(new Int32Array(SLAB_SHIPS * RING_WORDS))
    return lent++
  }
  const samplesOf = (ring: number, count: number): Int32Array => slabOf(ring).subarray(startOf(ring), startOf(ring) + count * WORDS)

  /** Whoever saves gets the ring as it was. */
  const keepFor = ({ next, counts, aside }: Saving, ring: number): void => {
    if (ring >= next && ring < counts.length && !aside.has(ring)) aside.set(ring, samplesOf(ring, counts[ring]!).slice())
  }

  function* pieces(mine: Saving): Generator<Uint8Array> {
    const piece = new Int32Array(PIECE_BYTES / 4)
    let used = 0
    for (; mine.next < mine.counts.length; mine.next++) {
      const count = mine.counts[mine.next]!
      if (used + count * WORDS > piece.length) {
        yield new Uint8Array(piece.buffer, 0, used * 4)
        used = 0
      }
      piece.set(mine.aside.get(mine.next) ?? samplesOf(mine.next, count), used)
      mine.aside.delete(mine.next)
      used += count * WORDS
    }
    if (used > 0) yield new Uint8Array(piece.buffer, 0, used * 4)
  }

  return {
    onReport(slot, now) {
      if (now.sentAtMs - lastMs[slot]! < SAMPLE_MS) return
      lastMs[slot] = now.sentAtMs
      if (ring[slot]! < 0) ring[slot] = lend()
      if (saving) keepFor(saving, ring[slot]!)
      const slab = slabOf(ring[slot]!)
      const at = startOf(ring[slot]!) + (taken[slot]! % SAMPLES) * WORDS
      slab[at] = now.sentAtMs / 1000
      slab[at + 1] = now.lat600k
      slab[at + 2] = now.lon600k
      slab[at + 3] = (now.sogDeciknots << 16) | now.cogDecidegrees
      taken[slot]!++
    },
    onForget(slot) {
      if (ring[slot]! >= 0) free.push(ring[slot]!)
      ring[slot] = -1
      taken[slot] = lastMs[slot] = 0
    },
    backwards(slot, visit) {
      if (ring[slot]! < 0) return
      const slab = slabOf(ring[slot]!)
      const base = startOf(ring[slot]!)
      const last = taken[slot]!
      for (let n = last - 1; n >= 0 && n >= last - SAMPLES; n--) {
        const at = base + (n % SAMPLES) * WORDS
        if (!visit((slab[at]! >>> 0) * 1000, slab[at + 1]!, slab[at + 2]!, slab[at + 3]! >>> 16, slab[at + 3]! & 0xffff)) return
      }
    },
    save(out) {
      const used = picture.highWater
      const counts = new Uint8Array(lent)
      for (let slot = 0; slot < used; slot++) if (ring[slot]! >= 0) counts[ring[slot]!] = Math.min(taken[slot]!, SAMPLES)
      const mine: Saving = { next: 0, counts, aside: new Map() }
      saving = mine
      return {
        used,
        free: [...free],
        counts,
        ring: out.copy(ring.subarray(0, used)),
        taken: out.copy(taken.subarray(0, used)),
        lastMs: out.copy(lastMs.subarray(0, used)),
        samples: out.later(pieces(mine), () => {
          if (saving === mine) saving = undefined
        }),
      } satisfies SavedPast
    },
    restore(state, from) {
      const saved = state as SavedPast
      fill(ring.subarray(0, saved.used), from, saved.ring)
      fill(taken.subarray(0, saved.used), from, saved.taken)
      fill(lastMs.subarray(0, saved.used), from, saved.lastMs)
      free.push(...saved.free)
      lent = saved.counts.length
      while (slabs.length * SLAB_SHIPS < lent) slabs.push(new Int32Array(SLAB_SHIPS * RING_WORDS))
      let next = 0
      for (const piece of from.pieces(saved.samples)) {
        for (let at = 0; at < piece.length; next++) {
          const bytes = saved.counts[next]! * WORDS * 4
          const to = samplesOf(next, saved.counts[next]!)
          new Uint8Array(to.buffer, to.byteOffset, bytes).set(piece.subarray(at, at + bytes))
          at += bytes
        }
      }
    },
  }
}
