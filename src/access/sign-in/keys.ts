// Keys of machines and wall screens: `Authorization: Bearer mgk_…`. A key may do what the posts of its account allow and its own rights name. Keys are also made beside the
// running product (`mangru key new`), so the table is looked at again every two seconds and whenever a key comes that is not known.
import type { Clock, Policy } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { auditStatement } from '../audit.ts'
import { endKey, insertKey, type Key, loadKeys, usedKey } from './store.ts'
import { hashOf, newId, newToken } from './token.ts'

const LOOK_MS = 2000
const FLUSH_MS = 60_000
export const KEY_PREFIX = 'mgk_'

/** Deeds that only look. */
const LOOKS = /\.(look|read|records)$/

/** What a key with these rights may do at most; undefined: all its posts allow. `read` looks, at no data of persons; `act` is everything; other words are deeds. */
export function limitOf(rights: readonly string[], policies: readonly Policy[]): ReadonlySet<string> | undefined {
  if (rights.includes('act')) return undefined
  const deeds = new Set(rights)
  if (rights.includes('read'))
    for (const { deed, isPersonal } of policies) if (deed === 'self' || (LOOKS.test(deed) && isPersonal !== true)) deeds.add(deed)
  return deeds
}

/** A key that changes nothing, whatever a deed of looking may do by the way. */
export const isOnlyReading = (rights: readonly string[]): boolean => rights.every(right => right === 'read')

export interface KeyMade {
  /** Shown once. */
  readonly token: string
  readonly key: Key
  readonly statements: readonly Statement[]
}

/** A new key and what keeps it; for the running product and for the command beside it. */
export function newKey(
  from: { readonly person: string; readonly name: string; readonly rights: readonly string[]; readonly endsMs?: number },
  by: { readonly who: string; readonly session?: string },
  nowMs: number,
): KeyMade {
  const token = newToken(KEY_PREFIX)
  const key: Key = { ...from, id: newId('k'), madeMs: nowMs }
  return {
    token,
    key,
    statements: [
      insertKey(hashOf(token), key, by.who),
      auditStatement({ atMs: nowMs, ...by, deed: 'key.new', thing: key.id, note: `${key.name} · ${key.rights.join(' ')} · ${key.person}` }),
    ],
  }
}

export interface Keys {
  byToken(token: string): Key | undefined
  byId(id: string): Key | undefined
  of(person: string): readonly Key[]
  make(from: Parameters<typeof newKey>[0], by: Parameters<typeof newKey>[1]): Promise<KeyMade>
  end(id: string, by: { readonly who: string; readonly session?: string; readonly note?: string }): Promise<void>
  close(): void
}

export function createKeys({ store, clock, onChange }: { readonly store: Store; readonly clock: Clock; onChange(): void }): Keys {
  let byHash = new Map<string, Key>()
  let byId = new Map<string, Key>()
  let known = ''
  const used = new Map<string, number>()
  const load = (): void => {
    const list = loadKeys(store)
    // When it was used last is no change.
    const text = JSON.stringify(list.map(([hash, { usedMs: _used, ...key }]) => [hash, key]))
    byHash = new Map(list)
    byId = new Map(list.map(([, key]) => [key.id, key]))
    if (text !== known && known !== '') onChange()
    known = text
  }
  load()
  const stopLooking = clock.every(LOOK_MS, load)
  const stopFlushing = clock.every(FLUSH_MS, () => {
    const list = [...used]
    used.clear()
    if (list.length > 0) void store.write(list.map(([id, atMs]) => usedKey(id, atMs))).catch(() => undefined)
  })
  const living = (key: Key | undefined): Key | undefined =>
    key !== undefined && key.endedMs === undefined && (key.endsMs === undefined || clock.now() < key.endsMs) ? key : undefined

  const keys: Keys = {
    byToken(token) {
      if (!token.startsWith(KEY_PREFIX)) return undefined
      const hash = hashOf(token)
      // Made beside us a moment ago.
      if (!byHash.has(hash)) load()
      const key = living(byHash.get(hash))
      if (key) used.set(key.id, clock.now())
      return key
    },
    byId: id => living(byId.get(id)),
    of: person => [...byId.values()].filter(key => key.person === person),
    async make(from, by) {
      const made = newKey(from, by, clock.now())
      await store.write(made.statements)
      load()
      return made
    },
    async end(id, { note = '', ...by }) {
      await store.write([endKey(id, clock.now()), auditStatement({ atMs: clock.now(), ...by, deed: 'key.end', thing: id, note })])
      load()
    },
    close() {
      stopLooking()
      stopFlushing()
    },
  }
  return keys
}
