// Passkeys (WebAuthn): the two ceremonies, each bound to what it is for (a ticket, a session, a person) and to the name the desk calls us by. No attestation is asked for: who
// made the device is not our business. A counter that goes backwards means there are two of the key: neither counts any more.
import { randomBytes } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import { auditStatement } from '../../audit.ts'
import type { Person, Refused } from '../../person.ts'
import { createChallenges } from './challenge.ts'
import type { Site } from './site.ts'
import { type Passkey, passkeyByCredential, passkeyCopied, passkeysOf, passkeyUsed } from './store.ts'

const Base64Url = Type.String({ maxLength: 20_000, pattern: '^[A-Za-z0-9_-]*$' })
/** A browser's answers, as its `toJSON()` writes them. */
export const AssertionShape = Type.Object({
  id: Base64Url,
  rawId: Base64Url,
  type: Type.Literal('public-key'),
  response: Type.Object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Type.Optional(Base64Url),
  }),
  clientExtensionResults: Type.Object({}),
})
export type Assertion = Static<typeof AssertionShape>
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
export const RegistrationShape = Type.Object({
  id: Base64Url,
  rawId: Base64Url,
  type: Type.Literal('public-key'),
  response: Type.Object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 })),
  }),
  clientExtensionResults: Type.Object({}),
})
export type Registration = Static<typeof RegistrationShape>

/** For what an assertion is: signing in by it alone, the second step of a ticket, proving oneself again in a session. */
export type PasskeyUse =
  | { readonly for: 'alone' }
  | { readonly for: 'second'; readonly ticket: string; readonly person: string }
  | { readonly for: 'confirm'; readonly session: string; readonly person: string }

export interface Passkeys {
  /** What the browser makes a new one by. `whose` (a ticket or session) must come back with the answer. */
  registration(person: Person, whose: string, site: Site): Promise<object>
  /** The new passkey, checked; keeping it is the caller's. */
  registered(person: Person, whose: string, site: Site, answer: Registration): Promise<Result<Omit<Passkey, 'name'>, Refused>>
  options(use: PasskeyUse, site: Site): Promise<Result<object, Refused>>
  /** Whose passkey signed. Good once. */
  used(use: PasskeyUse, site: Site, answer: Assertion): Promise<Result<Passkey, Refused>>
}

export interface PasskeysOptions {
  readonly store: Store
  readonly clock: Clock
  /** A key that exists twice: told once, with whose it is. */
  onCopied?(passkey: Passkey): void
}

const NOT_TAKEN: Refused = {
  code: 'passkey-refused',
  ko: '패스키를 확인하지 못했습니다. 다시 하거나 다른 방법을 쓰십시오',
  en: 'the passkey could not be checked; try again or use another way',
}
const COPIED: Refused = {
  code: 'passkey-copied',
  ko: '이 패스키는 복제된 것으로 보여 막혔습니다. 다른 방법으로 들어오고 관리자에게 알리십시오',
  en: 'this passkey seems to have been copied and is stopped; use another way and tell an administrator',
}
const NONE_HERE: Refused = {
  code: 'no-passkey-here',
  ko: '이 주소에 등록된 패스키가 없습니다. 다른 방법을 쓰십시오',
  en: 'no passkey is registered for this address; use another way',
}

/** Some 250 files of certificates and ASN.1: fetched when the first passkey is used, not at every start. */
const webAuthn = (): Promise<typeof import('@simplewebauthn/server')> => import('@simplewebauthn/server')

export function createPasskeys({ store, clock, onCopied }: PasskeysOptions): Passkeys {
  const challenges = createChallenges(clock)
  const purposeOf = (use: PasskeyUse, rp: string): readonly string[] => {
    switch (use.for) {
      case 'alone':
        return [rp, 'alone']
      case 'second':
        return [rp, 'second', use.ticket, use.person]
      case 'confirm':
        return [rp, 'confirm', use.session, use.person]
    }
  }
  const newOf = (person: Person, whose: string, rp: string): readonly string[] => [rp, 'new', whose, person.id]
  const stopCopied = async (passkey: Passkey, counter: number): Promise<void> => {
    await store.write([
      passkeyCopied(passkey.id),
      auditStatement({
        atMs: clock.now(),
        who: passkey.person,
        deed: 'sign-in.passkey-copied',
        thing: passkey.person,
        note: `${passkey.name} ${passkey.counter} > ${counter}`.trim(),
      }),
    ])
    onCopied?.(passkey)
  }

  return {
    registration: async (person, whose, { rp }) =>
      (await webAuthn()).generateRegistrationOptions({
        rpName: 'Mangru',
        rpID: rp,
        userName: person.loginName ?? person.name,
        userDisplayName: person.name,
        userID: Uint8Array.from(Buffer.from(person.id)),
        challenge: Uint8Array.from(challenges.make(newOf(person, whose, rp))),
        attestationType: 'none',
        excludeCredentials: passkeysOf(store, person.id)
          .filter(one => one.rp === rp)
          .map(one => ({ id: one.credential })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      }),
    async registered(person, whose, { rp, origins }, answer) {
      let challenge = ''
      const { verifyRegistrationResponse } = await webAuthn()
      const checked = await verifyRegistrationResponse({
        response: { ...answer, response: { ...answer.response, transports: transportsOf(answer.response.transports) } },
        expectedChallenge: sent => {
          challenge = sent
          return challenges.isOurs(sent, newOf(person, whose, rp))
        },
        expectedOrigin: [...origins],
        expectedRPID: rp,
        requireUserVerification: false,
      }).catch(() => undefined)
      if (!checked?.verified || !challenges.spend(challenge)) return refused(NOT_TAKEN)
      const { credential } = checked.registrationInfo
      if (passkeyByCredential(store, credential.id)) return refused(NOT_TAKEN)
      return ok({
        id: `f-${randomBytes(6).toString('hex')}`,
        person: person.id,
        credential: credential.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: credential.transports ?? [],
        rp,
        isCopied: false,
        addedAtMs: clock.now(),
      })
    },
    async options(use, { rp }) {
      const known = use.for === 'alone' ? [] : passkeysOf(store, use.person).filter(one => one.rp === rp && !one.isCopied)
      if (use.for !== 'alone' && known.length === 0) return refused(NONE_HERE)
      return ok(
        await (await webAuthn()).generateAuthenticationOptions({
          rpID: rp,
          challenge: Uint8Array.from(challenges.make(purposeOf(use, rp))),
          // Alone it must be two factors in one: the device, and the finger or number that opens it.
          userVerification: use.for === 'alone' ? 'required' : 'preferred',
          allowCredentials: known.map(one => ({ id: one.credential, transports: transportsOf(one.transports) })),
        }),
      )
    },
    async used(use, { rp, origins }, answer) {
      const passkey = passkeyByCredential(store, answer.id)
      if (!passkey || passkey.rp !== rp || (use.for !== 'alone' && passkey.person !== use.person)) return refused(NOT_TAKEN)
      const { userHandle } = answer.response
      if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== passkey.person) return refused(NOT_TAKEN)
      let challenge = ''
      const { verifyAuthenticationResponse } = await webAuthn()
      const checked = await verifyAuthenticationResponse({
        response: answer,
        expectedChallenge: sent => {
          challenge = sent
          return challenges.isOurs(sent, purposeOf(use, rp))
        },
        expectedOrigin: [...origins],
        expectedRPID: rp,
        requireUserVerification: use.for === 'alone',
        // The counter is judged below, where what is wrong has a name.
        credential: { id: passkey.credential, publicKey: passkey.publicKey, counter: 0 },
      }).catch(() => undefined)
      if (!checked?.verified || !challenges.spend(challenge)) return refused(NOT_TAKEN)
      if (passkey.isCopied) return refused(COPIED)
      const { newCounter } = checked.authenticationInfo
      if (passkey.counter > 0 && newCounter <= passkey.counter) {
        await stopCopied(passkey, newCounter)
        return refused(COPIED)
      }
      await store.write([passkeyUsed(passkey.id, newCounter, clock.now())])
      return ok(passkey)
    },
  }
}

const transportsOf = (words: readonly string[] = []) => TRANSPORTS.filter(one => words.includes(one))
