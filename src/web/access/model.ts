// The records as the screen holds them: what is kept, and who did what.

export interface AuditLine {
  readonly id: string
  readonly atMs: number
  readonly who: string
  readonly deed: string
  readonly thing: string
  readonly note?: string
}

export interface StorageKind {
  readonly kind: string
  readonly bytes: number
  readonly oldestMs?: number
  readonly keepDays?: number
  readonly bytesPerDay?: number
}

export interface StorageView {
  readonly freeBytes: number
  readonly totalBytes: number
  /** When the disk is full at today's rate. */
  readonly fullAtMs?: number
  readonly kinds: readonly StorageKind[]
}
