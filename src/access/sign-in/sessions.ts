// Sessions of people and wall screens. In memory whole and in the store by the hash of their token, so that a restart at night signs nobody out and a stolen store opens
// nothing. Times of use are written together once a minute; beginnings, ends and locks at once.
import type { Clock } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { auditStatement } from '../audit.ts'
import { endSession, forgetSessions, insertSession, loadSessions, type Session, touchSession } from './store.ts'
import { hashOf, newId, newToken } from './token.ts'

const FLUSH_MS = 60_000
/** Kept that long after their end: `lastSignInAt`, and addresses that are known. */
const KEPT_MS = 90 * 86_400_000
const MAX_AGENT = 200

export interface SessionsOptions {
  readonly store: Store
  readonly clock: Clock
  /** A session of a person lasts at most this long. */
  readonly lastsMs: number
  /** Nobody works at a desk this long: it locks. 0: never. */
  readonly idleMs: number
}

export interface NewSession {
  readonly person: string
  readonly ways: readonly string[]
  readonly agent: string
  readonly address: string
  readonly desk?: string
  readonly key?: string
  /** Wall screens stay for long. */
  readonly lastsMs?: number
}

/** What goes into the trail with it. */
export interface Ending {
  readonly who: string
  readonly session?: string
  readonly second?: string
  readonly why: string
}

export interface Sessions {
  /** The token is known to nobody after this. */
  open(from: NewSession, more?: readonly Statement[]): Promise<{ readonly token: string; readonly session: Session }>
  byToken(token: string): Session | undefined
  byId(id: string): Session | undefined
  of(person: string): readonly Session[]
  end(id: string, by: Ending): Promise<void>
  /** All of a person, but perhaps the one they are in. */
  endAllOf(person: string, by: Ending, but?: string): Promise<void>
  /** Sessions for which this holds. */
  endWhere(isOver: (session: Session) => boolean, by: Ending): Promise<void>
  isLocked(session: Session): boolean
  /** Somebody works there. */
  active(session: Session): void
  lock(session: Session): Promise<void>
  unlock(session: Session): Promise<void>
  close(): Promise<void>
}

export function createSessions({ store, clock, lastsMs, idleMs }: SessionsOptions): Sessions {
  const byHash = new Map<string, Session>()
  const byId = new Map<string, { readonly session: Session; readonly hash: string }>()
  const changed = new Set<Session>()
  const take = (hash: string, session: Session): void => {
    byHash.set(hash, session)
    byId.set(session.id, { session, hash })
  }
  for (const [hash, session] of loadSessions(store, clock.now())) take(hash, session)

  const drop = (session: Session): void => {
    const known = byId.get(session.id)
    if (!known) return
    byId.delete(session.id)
    byHash.delete(known.hash)
    changed.delete(session)
  }
  /** Whoever's time is over is nobody. */
  const living = (session: Session | undefined): Session | undefined => {
    if (session === undefined || clock.now() < session.endsMs) return session
    drop(session)
    return undefined
  }
  const flush = async (): Promise<void> => {
    const list = [...changed]
    changed.clear()
    for (const session of [...byId.values()]) living(session.session)
    await store.write([...list.map(touchSession), forgetSessions(clock.now() - KEPT_MS)])
  }
  const stopFlushing = clock.every(FLUSH_MS, () => void flush().catch(() => undefined))
  const endAll = async (list: readonly Session[], { why, ...by }: Ending): Promise<void> => {
    if (list.length === 0) return
    // At once for whoever asks; a disk that refuses does not keep a session open.
    for (const session of list) drop(session)
    const atMs = clock.now()
    await store.write(
      list.flatMap(session => [
        endSession(session.id, atMs, why),
        auditStatement({ atMs, ...by, deed: 'session.end', thing: session.id, note: `${session.person} · ${why}` }),
      ]),
    )
  }

  const sessions: Sessions = {
    async open(from, more = []) {
      const token = newToken()
      const nowMs = clock.now()
      const session: Session = {
        id: newId('s'),
        person: from.person,
        ways: from.ways,
        ...(from.key === undefined ? {} : { key: from.key }),
        agent: from.agent.slice(0, MAX_AGENT),
        address: from.address,
        ...(from.desk === undefined ? {} : { desk: from.desk }),
        madeMs: nowMs,
        endsMs: nowMs + (from.lastsMs ?? lastsMs),
        seenMs: nowMs,
        activeMs: nowMs,
        lockedMs: undefined,
      }
      const hash = hashOf(token)
      await store.write([
        insertSession(hash, session),
        ...more,
        auditStatement({
          atMs: nowMs,
          who: session.person,
          session: session.id,
          deed: 'sign-in',
          // Which desk, where one was chosen: the duty log tells it.
          thing: session.desk ?? '',
          note: `${session.ways.join(' + ')} · ${session.address}`,
        }),
      ])
      take(hash, session)
      return { token, session }
    },
    byToken(token) {
      const session = living(byHash.get(hashOf(token)))
      if (session && clock.now() - session.seenMs > 1000) {
        session.seenMs = clock.now()
        changed.add(session)
      }
      return session
    },
    byId: id => living(byId.get(id)?.session),
    of: person => [...byId.values()].flatMap(({ session }) => (session.person === person ? (living(session) ?? []) : [])),
    end: async (id, by) => endAll([sessions.byId(id) ?? []].flat(), by),
    endAllOf: async (person, by, but) =>
      endAll(
        sessions.of(person).filter(one => one.id !== but),
        by,
      ),
    endWhere: async (isOver, by) => endAll([...byId.values()].map(one => one.session).filter(isOver), by),
    isLocked: session =>
      session.lockedMs !== undefined ||
      (idleMs > 0 && session.key === undefined && !session.ways.includes('demo') && clock.now() - session.activeMs > idleMs),
    active(session) {
      if (sessions.isLocked(session)) return
      session.activeMs = clock.now()
      changed.add(session)
    },
    async lock(session) {
      session.lockedMs ??= clock.now()
      await store.write([
        touchSession(session),
        auditStatement({ atMs: clock.now(), who: session.person, session: session.id, deed: 'session.lock', thing: session.id }),
      ])
    },
    async unlock(session) {
      const lockedMs = session.lockedMs
      await store.write([
        touchSession({ ...session, lockedMs: undefined, activeMs: clock.now() }),
        auditStatement({
          atMs: clock.now(),
          who: session.person,
          session: session.id,
          deed: 'session.unlock',
          thing: session.id,
        }),
      ])
      // Locked again while that was written: it stays so.
      if (session.lockedMs !== lockedMs) return
      session.lockedMs = undefined
      session.activeMs = clock.now()
    },
    async close() {
      stopFlushing()
      await flush()
    },
  }
  return sessions
}
