// What comes after the password, put together: second factors, the agency's identity provider, the sealed account, proving anew. `plug` is what the sign-in asks for; `routes`
// adds the addresses.
import { join } from 'node:path'
import { Value } from 'typebox/value'
import type { Clock, Post } from '#base/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { FindingSink } from '#rules/index.ts'
import type { Access } from '../access.ts'
import { orRefuse } from '../refusal.ts'
import { createAccountAlarm } from './account-alarm.ts'
import type { Parts } from './beyond-parts.ts'
import { createBreakGlass } from './break-glass.ts'
import { breakGlassRoutes } from './break-glass-routes.ts'
import { isDemoPerson } from './demo-people.ts'
import { factorRoutes } from './factor-routes.ts'
import { AssertionShape, boxKey, createFactors, secretBox, siteOf } from './factors/index.ts'
import type { Factors as Plug } from './factors.ts'
import { createOidc, type OidcSettings } from './oidc/index.ts'
import { oidcRoutes } from './oidc-routes.ts'
import { secondStepRoutes } from './second-step-routes.ts'
import type { SignIn } from './sign-in.ts'
import { createStepUp } from './step-up.ts'

/** How long a proof counts for deeds that ask for one. */
const CONFIRMED_MS = 5 * 60_000

export interface BeyondPasswordOptions {
  readonly access: Access
  readonly store: Store
  readonly clock: Clock
  /** The data folder: the key of secrets lies there. */
  readonly data: string
  readonly isTls: boolean
  /** Whoever holds one of these must have a second factor. */
  readonly secondPosts: readonly Post[]
  readonly oidc?: OidcSettings
  /** Made after this; called late. */
  signIn(): SignIn
  readonly sink: FindingSink
  onTrouble(sentence: string): void
}

export interface BeyondPassword {
  readonly plug: Plug
  routes(http: Http): void
}

export function createBeyondPassword(options: BeyondPasswordOptions): BeyondPassword {
  const { access, store, clock, isTls } = options
  const { people } = access
  const alarm = createAccountAlarm(clock, options.sink)
  const box = secretBox(boxKey(join(options.data, 'keys', 'factors.key')))
  const factors = createFactors({
    store,
    clock,
    box,
    onCopied: ({ person }) => alarm.passkeyCopied(person, people.personById(person)?.name ?? person),
  })
  const stepUp = createStepUp(clock)
  const breakGlass = createBreakGlass({
    store,
    clock,
    people,
    alarm,
    headOffice: () => access.organisations().headOffice,
    setPassword: (person, password, by) => options.signIn().changePassword(person, password, by),
    onFault: error => options.onTrouble(`the use of the sealed account was not kept: ${error instanceof Error ? error.message : error}`),
  })
  const oidc = options.oidc && createOidc({ settings: options.oidc, store, clock, people, onTrouble: options.onTrouble })
  const site: Parts['site'] = request => orRefuse(siteOf(request.headers.host ?? '', isTls))
  return {
    plug: {
      ways: factors.ways,
      demands: id =>
        people.personById(id)?.kind === 'person' &&
        !isDemoPerson(id) &&
        people.appointmentsOf(id, clock.now()).some(({ post }) => options.secondPosts.includes(post)),
      async verifyPasskey(person, response, request) {
        const session = access.callerOf(request.raw)?.session
        if (session === undefined || !Value.Check(AssertionShape, response)) return false
        return (await factors.passkeys.used({ for: 'confirm', session, person }, site(request), response)).ok
      },
      ...(oidc ? { oidcName: oidc.name, isVouched: oidc.isBound } : {}),
      hasPasskeys: true,
      // Who came in by a click of the demo has nothing to prove.
      isConfirmed: caller => options.signIn().sessionOf(caller)?.ways.includes('demo') === true || stepUp.isConfirmed(caller, CONFIRMED_MS),
      makeBreakGlass: breakGlass.make,
      usedBreakGlass: breakGlass.used,
    },
    routes(http) {
      const parts: Parts = {
        http,
        access,
        signIn: options.signIn(),
        factors,
        stepUp,
        breakGlass,
        ...(oidc ? { oidc } : {}),
        isTls,
        site,
      }
      secondStepRoutes(parts)
      factorRoutes(parts)
      oidcRoutes(parts)
      breakGlassRoutes(parts)
    },
  }
}
