// Who knocks: a machine by its key, everybody else by the cookie of a session; and what stands between a right and its use. A change that comes with a cookie must come from
// our own page (the browser says so, http.ts has looked at the host); at a locked desk nothing is changed and no person's data shown.
import type { IncomingMessage } from 'node:http'
import type { Caller, Hindrance, Policy } from '#base/index.ts'
import type { Door } from '../access.ts'
import type { People } from '../people.ts'
import type { CookieJar } from './cookies.ts'
import { isOnlyReading, type Keys, limitOf } from './keys.ts'
import type { Sessions } from './sessions.ts'
import type { Session } from './store.ts'

export interface DoorParts {
  readonly policies: readonly Policy[]
  readonly people: People
  readonly sessions: Sessions
  readonly keys: Keys
  readonly cookies: CookieJar
  /** Does the demo run? Its sessions end with it. */
  isDemo(): boolean
  isConfirmed(caller: Caller): boolean
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const isChange = (request: IncomingMessage): boolean => !SAFE.has(request.method ?? '')
export const bearerOf = (request: IncomingMessage): string | undefined => /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]

export function createDoor({ policies, people, sessions, keys, cookies, isDemo, isConfirmed }: DoorParts): Door {
  const limits = new Map<string, ReadonlySet<string> | undefined>()
  /** A caller narrowed by a key's rights, made once: grants hang on the object. */
  const narrowed = new WeakMap<Caller, Caller>()

  const byKey = (id: string): Caller | undefined => {
    const key = keys.byId(id)
    const caller = key && people.callerFor(key.person, key.id)
    if (!key || !caller) return undefined
    const words = key.rights.join(' ')
    if (!limits.has(words)) limits.set(words, limitOf(key.rights, policies))
    const limit = limits.get(words)
    if (limit === undefined) return caller
    let narrow = narrowed.get(caller)
    if (narrow?.limit !== limit) {
      narrow = { ...caller, limit }
      narrowed.set(caller, narrow)
    }
    return narrow
  }
  const bySession = (session: Session | undefined): Caller | undefined => {
    if (!session || (session.ways.includes('demo') && !isDemo())) return undefined
    if (session.key !== undefined && !keys.byId(session.key)) return undefined
    return people.callerFor(session.person, session.id)
  }
  const isKey = ({ session }: Caller): boolean => session?.startsWith('k-') === true

  return {
    callerOf(request) {
      if (request.headers.authorization !== undefined) {
        const key = keys.byToken(bearerOf(request) ?? '')
        return key && byKey(key.id)
      }
      const token = cookies.session(request)
      return token === undefined ? undefined : bySession(sessions.byToken(token))
    },
    refreshed: caller => (isKey(caller) ? byKey(caller.session ?? '') : bySession(sessions.byId(caller.session ?? ''))),
    hindrance(caller, policy, request): Hindrance | undefined {
      if (isKey(caller)) {
        const key = keys.byId(caller.session ?? '')
        return key && isOnlyReading(key.rights) && isChange(request) ? 'reading' : undefined
      }
      if (isChange(request) && !isFromOurPage(request)) return 'foreign'
      const session = sessions.byId(caller.session ?? '')
      if (!session) return undefined
      if (policy.deed !== 'session' && (isChange(request) || policy.isPersonal) && sessions.isLocked(session)) return 'locked'
      if (isChange(request) && policy.deed !== 'session') sessions.active(session)
      return policy.confirm && isChange(request) && !isConfirmed(caller) ? 'confirm' : undefined
    },
  }
}

/** Browsers say where a change comes from; that an Origin is ours http.ts has seen to. */
const isFromOurPage = ({ headers }: IncomingMessage): boolean => headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin'
