// Is a source heard at all: a coast station, or a feed whose stations are not named? Silent when it brought at least three ships in its last ten minutes and has
// brought nothing for more than five, and for longer than its own rhythm explains. Judged by the time reports were sent, not received: one late packet must not
// make a dead station look alive. design/detectors.md §2 'Station life'.
import type { PictureColumns } from '../picture/columns.ts'
import type { StationLife } from './contract.ts'
import type { HeardBy, Source } from './heard-by.ts'
import { arrive, firstArrival, type Gaps, rareGapMs, usualGapMs } from './usual-gap.ts'

const MINUTE_MS = 60_000
const SILENT_MS = 5 * MINUTE_MS
const USUAL_GAPS = 3
const HAD_WITHIN_MS = 10 * MINUTE_MS
const MIN_SHIPS = 3
/** Heard this recently: alive, with room for receipt that comes two minutes late. */
const FRESH_MS = 4 * MINUTE_MS
/** Ships come back one after the other. */
const SETTLE_MS = 8 * MINUTE_MS
/** Old reports may come this far apart. */
const TRICKLES_MS = 15 * MINUTE_MS
const STRETCH_MS = 30 * MINUTE_MS

export interface StationLifeModel extends StationLife {
  onHeard(source: Source, sentAtMs: number, receivedAtMs: number): void
  onTick(nowMs: number): void
  save(): unknown
  restore(state: unknown): void
}

interface Life {
  gaps: Gaps
  ships: number
  backAtMs: number
}

export function createStationLife(picture: PictureColumns, heardBy: HeardBy): StationLifeModel {
  const lives: (Life | undefined)[] = []
  const silent = new Map<Source, { lastSentMs: number; ships: number }>()
  /** Of all sources: the newest report's time of sending, and when any report last came. */
  const newest = { sentMs: 0, receivedMs: 0 }
  let ships = new Uint32Array(64)

  const countShips = (): void => {
    if (ships.length < lives.length) ships = new Uint32Array(lives.length * 2)
    ships.fill(0)
    for (let slot = 0; slot < picture.highWater; slot++) {
      if (picture.sentAtMs[slot] === 0) continue
      heardBy.every(slot, (source, heardMs) => {
        if (heardMs > (lives[source]?.gaps.lastMs ?? 0) - HAD_WITHIN_MS) ships[source]!++
        return true
      })
    }
  }
  /** After this long without a word it is not its rhythm any more. */
  const limitMs = ({ gaps }: Life): number => Math.max(SILENT_MS, USUAL_GAPS * usualGapMs(gaps), rareGapMs(gaps))

  return {
    silent,
    onHeard(source, sentAtMs, receivedAtMs) {
      newest.sentMs = Math.max(newest.sentMs, sentAtMs)
      newest.receivedMs = receivedAtMs
      const life = lives[source]
      if (life) arrive(life.gaps, sentAtMs, STRETCH_MS)
      else lives[source] = { gaps: firstArrival(sentAtMs, STRETCH_MS), ships: 0, backAtMs: Number.NEGATIVE_INFINITY }
    },
    onTick(clockMs) {
      countShips()
      // While only old reports come (a satellite's, a network that catches up) nobody knows more than up to the newest of them.
      const isBehind = clockMs - newest.receivedMs < TRICKLES_MS && newest.receivedMs - newest.sentMs > FRESH_MS
      const nowMs = isBehind ? newest.sentMs : clockMs
      for (let source = 1; source < lives.length; source++) {
        const life = lives[source]
        if (!life) continue
        const { lastMs } = life.gaps
        const unheardMs = nowMs - lastMs
        if (silent.has(source)) {
          if (unheardMs >= FRESH_MS) continue
          silent.delete(source)
          life.backAtMs = nowMs
        }
        if (unheardMs < FRESH_MS) life.ships = ships[source]!
        else if (life.ships >= MIN_SHIPS && unheardMs > limitMs(life)) silent.set(source, { lastSentMs: lastMs, ships: life.ships })
      }
    },
    lastSentMs: source => lives[source]?.gaps.lastMs ?? 0,
    isAlive(source, nowMs) {
      const life = lives[source]
      return !silent.has(source) && !(life && nowMs - life.backAtMs < SETTLE_MS)
    },
    save: () => ({ lives, silent, newest }),
    restore(state) {
      const saved = state as { lives: (Life | undefined)[]; silent: typeof silent; newest: typeof newest }
      Object.assign(newest, saved.newest)
      for (const [source, life] of saved.lives.entries()) if (life) lives[source] = life
      for (const [source, one] of saved.silent) silent.set(source, one)
    },
  }
}
