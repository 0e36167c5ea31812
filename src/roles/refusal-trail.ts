// Every try at what is not theirs is in the trail; the same one once a minute, so that a program gone wild does not fill it.
import { auditStatement, authorOf } from '#access/index.ts'
import type { Caller, Clock } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'

const SAME_EVERY_MS = 60_000
const MAX_REMEMBERED = 10_000

export function createRefusalTrail(store: Pick<Store, 'write'>, clock: Clock): (caller: Caller, deed: string, what: string) => void {
  const notedAtMs = new Map<string, number>()
  return (caller, deed, what) => {
    const key = `${caller.id} ${deed}`
    if (clock.now() - (notedAtMs.get(key) ?? 0) < SAME_EVERY_MS) return
    if (notedAtMs.size > MAX_REMEMBERED) notedAtMs.clear()
    notedAtMs.set(key, clock.now())
    void store
      .write([auditStatement({ atMs: clock.now(), ...authorOf(caller), deed: 'refused', thing: deed, note: what })])
      .catch(() => undefined)
  }
}
