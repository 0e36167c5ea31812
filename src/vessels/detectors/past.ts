// The thinned past of each ship: a sample about every two minutes, four hours and a bit. Rings are lent in slabs when a ship first needs one, so that 200,000
// slots of which few are used cost little. 16 bytes a sample, about 2 kB a ship.
import type { PictureColumns, Slot } from '../picture/columns.ts'
import type { PositionReport } from '../report.ts'
import type { Past } from './contract.ts'

const SAMPLE_MS = 2 * 60_000
const SAMPLES = 128
const SLAB_SHIPS = 512

interface Slab {
  readonly atS: Uint32Array
  readonly lat: Int32Array
  readonly lon: Int32Array
  readonly sog: Uint16Array
  readonly cog: Uint16Array
}

const makeSlab = (): Slab => ({
  atS: new Uint32Array(SLAB_SHIPS * SAMPLES),
  lat: new Int32Array(SLAB_SHIPS * SAMPLES),
  lon: new Int32Array(SLAB_SHIPS * SAMPLES),
  sog: new Uint16Array(SLAB_SHIPS * SAMPLES),
  cog: new Uint16Array(SLAB_SHIPS * SAMPLES),
})

export interface PastModel extends Past {
  onReport(slot: Slot, now: PositionReport): void
  onForget(slot: Slot): void
  save(): unknown
  restore(state: unknown): void
}

export function createPast(picture: PictureColumns): PastModel {
  const slabs: Slab[] = []
  const free: number[] = []
  let lent = 0
  /** Ring of each slot, -1 = none yet. */
  const ring = new Int32Array(picture.capacity).fill(-1)
  const taken = new Uint32Array(picture.capacity)
  const lastMs = new Float64Array(picture.capacity)

  const lend = (): number => {
    const reused = free.pop()
    if (reused !== undefined) return reused
    if (lent % SLAB_SHIPS === 0) slabs.push(makeSlab())
    return lent++
  }

  return {
    onReport(slot, now) {
      if (now.sentAtMs - lastMs[slot]! < SAMPLE_MS) return
      lastMs[slot] = now.sentAtMs
      if (ring[slot]! < 0) ring[slot] = lend()
      const slab = slabs[Math.floor(ring[slot]! / SLAB_SHIPS)]!
      const at = (ring[slot]! % SLAB_SHIPS) * SAMPLES + (taken[slot]! % SAMPLES)
      slab.atS[at] = now.sentAtMs / 1000
      slab.lat[at] = now.lat600k
      slab.lon[at] = now.lon600k
      slab.sog[at] = now.sogDeciknots
      slab.cog[at] = now.cogDecidegrees
      taken[slot]!++
    },
    onForget(slot) {
      if (ring[slot]! >= 0) free.push(ring[slot]!)
      ring[slot] = -1
      taken[slot] = lastMs[slot] = 0
    },
    backwards(slot, visit) {
      if (ring[slot]! < 0) return
      const slab = slabs[Math.floor(ring[slot]! / SLAB_SHIPS)]!
      const base = (ring[slot]! % SLAB_SHIPS) * SAMPLES
      const last = taken[slot]!
      for (let n = last - 1; n >= 0 && n >= last - SAMPLES; n--) {
        const at = base + (n % SAMPLES)
        if (!visit(slab.atS[at]! * 1000, slab.lat[at]!, slab.lon[at]!, slab.sog[at]!, slab.cog[at]!)) return
      }
    },
    save: () => ({
      slabs,
      free,
      lent,
      ring: ring.slice(0, picture.highWater),
      taken: taken.slice(0, picture.highWater),
      lastMs: lastMs.slice(0, picture.highWater),
    }),
    restore(state) {
      const saved = state as { slabs: Slab[]; free: number[]; lent: number; ring: Int32Array; taken: Uint32Array; lastMs: Float64Array }
      slabs.push(...saved.slabs)
      free.push(...saved.free)
      lent = saved.lent
      ring.set(saved.ring)
      taken.set(saved.taken)
      lastMs.set(saved.lastMs)
    },
  }
}
