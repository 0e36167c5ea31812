// The picture after a start: the newest snapshot, what officers decided, then the tail of the ledger through the same code that hears the feeds.
import { join } from 'node:path'
import type { Clock } from '#base/index.ts'
import { readLedger } from '#evidence/index.ts'
import { loadAreas, readAreas } from '#places/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Joining } from '#rules/index.ts'
import { sealFeedOf } from '#seals/index.ts'
import { loadPermits, type Pass } from '#vessels/index.ts'
import { watchedGround } from './ground.ts'
import { readSnapshot } from './snapshot.ts'

/** Without a snapshot at most this much of the ledger is replayed. */
const MAX_REPLAY_MS = 6 * 3_600_000

/** Snapshot, what officers decided, then the ledger's tail through the same code. */
export function restore({
  data,
  store,
  pass,
  joining,
  clock,
}: {
  data: string
  store: Store
  pass: Pass
  joining: Joining
  clock: Clock
}): { readonly entries: number; readonly bytes: number } {
  const saved = readSnapshot(data)
  if (saved) {
    pass.restore(saved.snapshot.pass, saved.from)
    joining.restore(saved.snapshot.joining)
    saved.close()
  }
  pass.setAreas(watchedGround(loadAreas(store)))
  pass.control({ control: 'permits', permits: loadPermits(store) })
  for (const { mmsi } of store.read<{ mmsi: number }>('SELECT mmsi FROM watched_ships'))
    pass.control({ control: 'watch', mmsi, watched: true })
  let entries = 0
  let bytes = 0
  readLedger(
    join(data, 'ledger'),
    saved ? { fromMark: saved.snapshot.nextMark } : { fromMs: clock.now() - MAX_REPLAY_MS },
    (entry, feedName) => {
      entries++
      bytes += entry.bytes.length
      if (entry.feed !== 0 && sealFeedOf(feedName) !== undefined) return
      if (entry.feed !== 0) pass.bytes(pass.feed(feedName), entry.bytes, entry.receivedAtMs, entry.mark)
      else replayControl(pass, entry.bytes, entry.receivedAtMs)
    },
  )
  return { entries, bytes }
}

function replayControl(pass: Pass, bytes: Uint8Array, atMs: number): void {
  try {
    const entry = JSON.parse(Buffer.from(bytes).toString())
    if (entry.control === undefined) return
    pass.advanceTo(atMs)
    if (entry.control === 'areas') pass.setAreas(watchedGround(readAreas(entry.areas).areas))
    else if (entry.control === 'watch' || entry.control === 'permits') pass.control(entry)
    else if ((entry.control === 'feed-opened' || entry.control === 'feed-stopped') && typeof entry.feed === 'string') pass.control(entry)
  } catch {
    // Not a decision (a note of the ledger itself).
  }
}
