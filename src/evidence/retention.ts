// What may go: files older than they are kept, and the oldest of the rest while the disk has less room than it must. Held evidence never goes.

export interface StoredFile {
  readonly path: string
  readonly bytes: number
  readonly atMs: number
}

export interface Hold {
  readonly fromMs: number
  readonly toMs: number
  readonly reason: string
}

export interface RetentionRule {
  readonly nowMs: number
  readonly keepMs: number
  readonly freeBytes: number
  readonly minFreeBytes: number
  readonly holds: readonly Hold[]
}

/** The files that go, oldest first. The newest file is never among them. */
export function planRemoval(files: readonly StoredFile[], rule: RetentionRule): readonly StoredFile[] {
  const ordered = [...files].sort((a, b) => a.atMs - b.atMs).slice(0, -1)
  let free = rule.freeBytes
  const going: StoredFile[] = []
  for (const [n, file] of ordered.entries()) {
    // A file holds what came since the one before it was closed.
    const sinceMs = ordered[n - 1]?.atMs ?? Number.NEGATIVE_INFINITY
    if (rule.holds.some(hold => hold.toMs >= sinceMs && hold.fromMs <= file.atMs)) continue
    if (rule.nowMs - file.atMs <= rule.keepMs && free >= rule.minFreeBytes) continue
    going.push(file)
    free += file.bytes
  }
  return going
}
