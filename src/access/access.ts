// The one place that decides: who calls, and what they may do. Rooms ask by deed; policies are the rooms' own (roles/policies.ts gathers them).
import type { IncomingMessage } from 'node:http'
import type { Caller, Clock, Decision, Grant, Hindrance, Policy } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { createFourEyes, type FourEyes } from './four-eyes.ts'
import { grantOf } from './grant.ts'
import type { OrganisationTree } from './organisation.ts'
import { createOrganisations, type Organisations } from './organisations.ts'
import { createPeople, type People } from './people.ts'
import type { SecondRequest } from './second-request.ts'

export interface AccessOptions {
  readonly policies: readonly Policy[]
  readonly store: Store
  readonly clock: Clock
  /** A deed that waits for a second officer this long is not done any more. */
  readonly secondExpiresAfterMs: number
  /** Personal data of who has left are kept this long. */
  readonly keepLeaversMs: number
  /** Knows who knocks: the sign-in room. Absent: nobody is known. */
  readonly door?: Door
  /** What else goes, in the same transaction, when somebody leaves, and when they are erased. Statements alone: asked for before anything else stands. */
  onLeave?(person: string): readonly Statement[]
  onErase?(person: string): readonly Statement[]
  /** People, posts or organisations have changed. */
  onChange?(): void
  /** A request for a second officer is new or has changed. */
  onSecond?(request: SecondRequest): void
}

export interface Door {
  /** Who sends this request; undefined: nobody known. */
  callerOf(request: IncomingMessage): Caller | undefined
  /** The caller as they are now; undefined: their session or key has ended. */
  refreshed(caller: Caller): Caller | undefined
  /** Why a right cannot be used by this request, just now. */
  hindrance?(caller: Caller, policy: Policy, request: IncomingMessage): Hindrance | undefined
}

export interface Access {
  readonly policies: readonly Policy[]
  organisations(): OrganisationTree
  readonly organisationDesk: Organisations
  readonly people: People
  readonly fourEyes: FourEyes
  /** Who sends this request; undefined: nobody known. */
  callerOf(request: IncomingMessage): Caller | undefined
  /** A person (machine, screen) with what they hold now; undefined when there is none such, or they may not act any more. */
  callerFor(person: string, session: string): Caller | undefined
  /** The caller as they are now, or undefined when their session has ended. */
  refreshed(caller: Caller): Caller | undefined
  grantOf(caller: Caller, deed: string): Grant | undefined
  decide(deed: string, request: IncomingMessage): Decision
  /** Every deed the caller may do, and whether alone: what the screen shows and hides. */
  deedsOf(caller: Caller): Readonly<Record<string, 'yes' | 'second'>>
  close(): void
}

const ERASE_EVERY_MS = 3_600_000

export function createAccess(options: AccessOptions): Access {
  const policies = new Map(options.policies.map(policy => [policy.deed, policy]))
  if (policies.size !== options.policies.length) throw new Error('two policies name the same deed')
  /** Grants are asked for at every message and screen: worked out once a caller object and deed. */
  let known = new WeakMap<Caller, Map<string, Grant | undefined>>()
  const changed = (): void => options.onChange?.()

  const people = createPeople({
    ...options,
    isOrganisation: id => {
      const one = organisationDesk.tree().get(id)
      return one !== undefined && one.closedAtMs === undefined
    },
    onChange: changed,
  })
  const organisationDesk = createOrganisations({
    ...options,
    isInUse: id =>
      people.all().some(person => person.organisation === id && person.endedAtMs === undefined) ||
      people.posts().some(post => post.organisation === id && (post.untilMs === undefined || post.untilMs > options.clock.now())),
    onChange() {
      known = new WeakMap()
      people.forgetCallers()
      changed()
    },
  })
  const access: Access = {
    policies: options.policies,
    organisations: organisationDesk.tree,
    organisationDesk,
    people,
    callerOf: request => options.door?.callerOf(request),
    callerFor: people.callerFor,
    refreshed: caller => options.door?.refreshed(caller),
    grantOf(caller, deed) {
      if (caller.limit?.has(deed) === false) return undefined
      let grants = known.get(caller)
      if (!grants) {
        grants = new Map()
        known.set(caller, grants)
      }
      if (!grants.has(deed)) grants.set(deed, grantOf(caller, policies.get(deed), organisationDesk.tree()))
      return grants.get(deed)
    },
    decide(deed, request) {
      const caller = access.callerOf(request)
      if (!caller) return { outcome: 'unknown' }
      const policy = policies.get(deed)
      const hindrance = policy && options.door?.hindrance?.(caller, policy, request)
      if (hindrance) return { outcome: 'hindered', by: hindrance, caller }
      const grant = access.grantOf(caller, deed)
      return grant ? { outcome: 'granted', caller, grant } : { outcome: 'refused', caller }
    },
    deedsOf(caller) {
      const deeds: Record<string, 'yes' | 'second'> = {}
      for (const deed of policies.keys()) {
        const grant = access.grantOf(caller, deed)
        if (grant) deeds[deed] = grant.needsSecond() ? 'second' : 'yes'
      }
      return deeds
    },
    fourEyes: createFourEyes({
      store: options.store,
      clock: options.clock,
      expiresAfterMs: options.secondExpiresAfterMs,
      grantOf: (caller, deed) => access.grantOf(caller, deed),
      callerFor: people.callerFor,
      candidates: () =>
        people.all().flatMap(person => (person.isActive && person.kind === 'person' ? (people.callerFor(person.id, '') ?? []) : [])),
      onChange: request => options.onSecond?.(request),
    }),
    close() {
      stopErasing()
      access.fourEyes.close()
    },
  }
  // A disk that refuses is told elsewhere; what is due is due at the next look too.
  const erase = (): void => void people.eraseLeftBefore(options.clock.now() - options.keepLeaversMs).catch(() => undefined)
  const stopErasing = options.clock.every(ERASE_EVERY_MS, erase)
  erase()
  return access
}
