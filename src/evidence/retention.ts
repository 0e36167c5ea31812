// What may go, and when the disk will be full. Pure: the caller says what lies there, the executor is roles/storage.ts.
// A file goes when all of it is older than its kind is kept, and, while the disk has less room than it must, the oldest of all kinds go too. Held evidence never
// goes, and never the newest file of a kind: it is still being written.

export interface StoredFile {
  /** `ledger`, `tracks`: kept for different times, on one disk. */
  readonly kind: string
  readonly path: string
  readonly bytes: number
  /** What the file holds lies between these times. */
  readonly fromMs: number
  readonly toMs: number
}

export interface Hold {
  readonly fromMs: number
  readonly toMs: number
  readonly reason: string
}

export interface RetentionRule {
  readonly nowMs: number
  /** How long each kind is kept; a kind that is not here stays for ever. */
  readonly keepMs: ReadonlyMap<string, number>
  readonly freeBytes: number
  readonly minFreeBytes: number
  readonly holds: readonly Hold[]
}

export interface RemovalPlan {
  /** Oldest first. */
  readonly going: readonly StoredFile[]
  /** What would go but is held. */
  readonly heldBytes: number
  /** What the disk still lacks when all that may go is gone. */
  readonly lackingBytes: number
}

export function planRemoval(files: readonly StoredFile[], rule: RetentionRule): RemovalPlan {
  const newest = new Map<string, StoredFile>()
  for (const file of files) if (file.toMs >= (newest.get(file.kind)?.toMs ?? Number.NEGATIVE_INFINITY)) newest.set(file.kind, file)
  const going: StoredFile[] = []
  let free = rule.freeBytes
  let heldBytes = 0
  for (const file of files.toSorted((a, b) => a.toMs - b.toMs)) {
    const keepMs = rule.keepMs.get(file.kind)
    if (keepMs === undefined || newest.get(file.kind) === file) continue
    if (rule.nowMs - file.toMs <= keepMs && free >= rule.minFreeBytes) continue
    if (rule.holds.some(hold => hold.toMs >= file.fromMs && hold.fromMs <= file.toMs)) {
      heldBytes += file.bytes
      continue
    }
    going.push(file)
    free += file.bytes
  }
  return { going, heldBytes, lackingBytes: Math.max(0, rule.minFreeBytes - free) }
}

const DAY_MS = 86_400_000
/** Before this much has been seen a rate says nothing. */
const MIN_SEEN_MS = 60_000
/** A disk that is full in more than ten years is not worth a date. */
const MAX_FORECAST_MS = 3650 * DAY_MS

/** Growth by what was written in the last day, or since the first file when that is later. Bytes a day; 0 while too little is known. */
export function growthOf(files: readonly Pick<StoredFile, 'bytes' | 'toMs'>[], nowMs: number): number {
  const oldestMs = files.reduce((oldest, file) => Math.min(oldest, file.toMs), nowMs)
  const sinceMs = Math.max(nowMs - DAY_MS, oldestMs)
  if (nowMs - sinceMs < MIN_SEEN_MS) return 0
  const recent = files.filter(file => file.toMs >= sinceMs).reduce((sum, file) => sum + file.bytes, 0)
  return Math.round((recent / (nowMs - sinceMs)) * DAY_MS)
}

/** When the disk has no room left if all goes on like this and nothing is removed; undefined when that is far away or unknown. */
export function fullAtMs(bytesPerDay: number, freeBytes: number, nowMs: number): number | undefined {
  const inMs = bytesPerDay > 0 ? (freeBytes / bytesPerDay) * DAY_MS : Number.POSITIVE_INFINITY
  return inMs < MAX_FORECAST_MS ? nowMs + inMs : undefined
}
