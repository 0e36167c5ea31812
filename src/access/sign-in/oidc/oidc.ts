// Signing in by an agency's identity provider: which person of ours it vouches for, and what a browser must bring along from one step to the next. Nobody is made here: who is
// not registered is told so. The first time a person is found by the login name, from then on by the provider's own number for them, which no renaming moves.
import { randomBytes } from 'node:crypto'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import { auditStatement } from '../../audit.ts'
import type { People } from '../../people.ts'
import type { Person } from '../../person.ts'
import { secretBox } from '../factors/secret-box.ts'
import { type Begun, createProvider, type OidcRefusal, type Vouched } from './provider.ts'
import type { OidcSettings } from './settings.ts'
import { bindSubject, isBound, personOfSubject } from './store.ts'

/** `oidc-expired`: not begun in this browser, or too long ago, or used. `oidc-unknown`: vouched for, but nobody of ours. */
export type OidcFailure = OidcRefusal | 'oidc-expired' | 'oidc-unknown' | 'oidc-locked'

/** Somebody has come back: who, and for what. */
export interface Arrived {
  readonly person: string
  readonly hasSecond: boolean
  /** The session that is to be proved anew; absent: to sign in. */
  readonly session?: string
}

export interface Oidc {
  readonly name: string
  /** Where to send the browser, and the cookie's content for the way back. */
  begin(redirectUri: string, session?: string): Promise<Result<{ readonly url: string; readonly kept: string }, OidcFailure>>
  /** The browser is back with this query and this cookie; what it keeps for `enter`. */
  back(query: string, kept: string | undefined): Promise<Result<{ readonly kept: string }, OidcFailure>>
  /** Once. */
  arrived(kept: string | undefined): Result<Arrived, OidcFailure>
  /** May this person sign in so, as far as is known? */
  isBound(person: string): boolean
}

export interface OidcOptions {
  readonly settings: OidcSettings
  readonly store: Store
  readonly clock: Clock
  readonly people: Pick<People, 'personById' | 'personByLogin'>
  onTrouble(sentence: string): void
}

const UNDER_WAY_MS = 10 * 60_000
const ARRIVED_MS = 2 * 60_000

interface Kept<Step> {
  readonly id: string
  readonly untilMs: number
  readonly step: Step
}
interface Away {
  readonly begun: Begun
  readonly session?: string
}

export function createOidc({ settings, store, clock, people, onTrouble }: OidcOptions): Oidc {
  const provider = createProvider({ settings, clock, onTrouble })
  // Of this process alone: after a restart one begins again.
  const box = secretBox(randomBytes(32))
  const spent = new Map<string, number>()

  const keep = <Step>(step: Step, whose: string, lastsMs: number): string => {
    const kept: Kept<Step> = { id: randomBytes(16).toString('base64url'), untilMs: clock.now() + lastsMs, step }
    return box.seal(Buffer.from(JSON.stringify(kept)), whose).toString('base64url')
  }
  /** What was kept, once. Only what this process sealed opens, so its shape is ours. */
  const take = <Step>(kept: string | undefined, whose: string): Step | undefined => {
    const opened = kept === undefined ? undefined : box.open(Buffer.from(kept, 'base64url'), whose)
    if (!opened) return undefined
    const { id, untilMs, step }: Kept<Step> = JSON.parse(opened.toString())
    if (untilMs <= clock.now() || spent.has(id)) return undefined
    for (const [one, endsMs] of spent) if (endsMs <= clock.now()) spent.delete(one)
    spent.set(id, untilMs)
    return step
  }
  const personOf = async ({ issuer, subject, login }: Vouched): Promise<Result<Person, OidcFailure>> => {
    const bound = personOfSubject(store, issuer, subject)
    const person = bound === undefined ? people.personByLogin(login ?? '') : people.personById(bound)
    // A login name that changed hands at the provider opens nothing of who had it before.
    if (person?.kind !== 'person' || (bound === undefined && isBound(store, issuer, person.id))) {
      onTrouble(`identity provider ${issuer}: it vouches for somebody who is not registered here`)
      return refused('oidc-unknown')
    }
    if (!person.isActive) return refused('oidc-locked')
    if (bound === undefined)
      await store.write([
        bindSubject(issuer, subject, person.id, clock.now()),
        auditStatement({ atMs: clock.now(), who: person.id, deed: 'factor.add', thing: person.id, note: `oidc ${issuer}` }),
      ])
    return ok(person)
  }

  return {
    name: settings.name,
    isBound: person => isBound(store, settings.issuer, person),
    async begin(redirectUri, session) {
      const begun = await provider.begin(redirectUri, session !== undefined)
      if (!begun.ok) return begun
      const away: Away = { begun: begun.value.begun, ...(session === undefined ? {} : { session }) }
      return ok({ url: begun.value.url, kept: keep(away, 'away', UNDER_WAY_MS) })
    },
    async back(query, kept) {
      const away = take<Away>(kept, 'away')
      if (!away) return refused('oidc-expired')
      const vouched = await provider.end(query, away.begun)
      if (!vouched.ok) return vouched
      const person = await personOf(vouched.value)
      if (!person.ok) return person
      const arrived: Arrived = {
        person: person.value.id,
        hasSecond: vouched.value.hasSecond,
        ...(away.session === undefined ? {} : { session: away.session }),
      }
      return ok({ kept: keep(arrived, 'arrived', ARRIVED_MS) })
    },
    arrived(kept) {
      const arrived = take<Arrived>(kept, 'arrived')
      return arrived ? ok(arrived) : refused('oidc-expired')
    },
  }
}
