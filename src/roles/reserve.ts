// Room on the disk kept for the store alone: when a commit fails because the disk is full the reserve goes, so that alarms and deeds are still kept while the
// ledger and the tracks wait. Taken again when there is room.
import { closeSync, existsSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs'

const RESERVE_BYTES = 16 << 20
const PIECE_BYTES = 1 << 20

export interface Reserve {
  /** Gives the room to the store. */
  free(): void
  /** Takes it again, when there is plenty. */
  keep(freeBytes: number): void
}

export function createReserve(path: string): Reserve {
  const take = (): void => {
    const file = openSync(path, 'w')
    try {
      // Written, not only promised: a sparse file reserves nothing.
      for (let at = 0; at < RESERVE_BYTES; at += PIECE_BYTES) writeSync(file, Buffer.alloc(PIECE_BYTES, 0x6d), 0, PIECE_BYTES, at)
    } catch {
      // No room for the reserve itself: what was taken is given back.
      ftruncateSync(file, 0)
    } finally {
      closeSync(file)
    }
  }
  return {
    free: () => rmSync(path, { force: true }),
    keep(freeBytes) {
      if (!existsSync(path) && freeBytes > RESERVE_BYTES * 4) take()
    },
  }
}
