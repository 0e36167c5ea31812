// The picture, the detectors' windows and the joined alarms, saved every few minutes so that a restart need only replay the ledger's tail.
// One file, structured clone, appears whole or not at all; an unreadable one is passed over (the ledger holds everything).
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { writeWhole } from '#platform/files/index.ts'

/** Raised when the shape of what is saved changes: an older snapshot is then passed over. */
const SHAPE = 1

export interface Snapshot {
  /** The first ledger entry that is not in it. */
  readonly nextMark: number
  readonly savedAtMs: number
  readonly pass: unknown
  readonly joining: unknown
}

const fileOf = (directory: string): string => join(directory, 'picture.snapshot')

export const saveSnapshot = (directory: string, snapshot: Snapshot): Promise<void> =>
  writeWhole(fileOf(directory), serialize({ shape: SHAPE, ...snapshot }))

export function readSnapshot(directory: string): Snapshot | undefined {
  if (!existsSync(fileOf(directory))) return undefined
  try {
    const saved: unknown = deserialize(readFileSync(fileOf(directory)))
    return typeof saved === 'object' && saved !== null && 'shape' in saved && saved.shape === SHAPE
      ? (saved as unknown as Snapshot)
      : undefined
  } catch {
    return undefined
  }
}
