// When the picture is saved: every few minutes, and earlier when so much was received since that a restart would replay it for seconds. Never two at once, and
// not so often that the saving becomes the work: after a long one the next waits longer.
import type { Clock } from '#base/index.ts'

const LOOK_MS = 1000
/** Some 200,000 sentences: one to two seconds of replay. */
const TAIL_BYTES = 12 << 20
const MIN_GAP_MS = 5000
/** At most this share of the time goes to saving. */
const MAX_SHARE = 1 / 20

export interface SavingOptions {
  readonly clock: Clock
  readonly everyMs: number
  /** Bytes received since the start. */
  receivedBytes(): number
  /** Bytes that this start had to replay: a long tail is saved soon. */
  readonly replayedBytes: number
  save(): Promise<void>
  onFault(error: unknown): void
}

/** Begins to save; the returned function ends it with a last save, after the one under way. */
export function startSaving({ clock, everyMs, receivedBytes, replayedBytes, save, onFault }: SavingOptions): () => Promise<void> {
  let savedAtMs: number = clock.now()
  let savedBytes = receivedBytes() - replayedBytes
  let notBeforeMs = savedAtMs + MIN_GAP_MS
  let underWay: Promise<void> | undefined

  const saveNow = async (): Promise<void> => {
    const beganMs = clock.now()
    const bytes = receivedBytes()
    try {
      await save()
      savedBytes = bytes
    } catch (error) {
      onFault(error)
    }
    savedAtMs = beganMs
    const nowMs = clock.now()
    notBeforeMs = nowMs + Math.max(MIN_GAP_MS, (nowMs - beganMs) / MAX_SHARE)
  }
  const stop = clock.every(LOOK_MS, () => {
    const nowMs = clock.now()
    const isDue = nowMs - savedAtMs >= everyMs || receivedBytes() - savedBytes >= TAIL_BYTES
    if (underWay || !isDue || nowMs < notBeforeMs) return
    underWay = saveNow().finally(() => {
      underWay = undefined
    })
  })
  return async () => {
    stop()
    await underWay
    await saveNow()
  }
}
