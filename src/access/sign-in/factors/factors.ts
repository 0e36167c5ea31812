// What a person has beyond the password: authenticator apps, passkeys, recovery codes. Added, used, taken away; each change with its audit row. A code is good once: the step
// of the app that was used last is kept with it, before anybody is let in.
import { randomBytes } from 'node:crypto'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { auditStatement } from '../../audit.ts'
import type { By } from '../../people.ts'
import type { Person, Refused } from '../../person.ts'
import { createPasskeys, type Passkeys, type Registration } from './passkeys.ts'
import { codeIn, hashedCodes, newRecoveryCodes, recoveryCodeKey } from './recovery-codes.ts'
import type { SecretBox } from './secret-box.ts'
import type { Site } from './site.ts'
import {
  codesOf,
  codeUsed,
  dropFactors,
  insertPasskey,
  insertTotp,
  type Passkey,
  passkeysOf,
  removeFactor,
  replaceCodes,
  totpOf,
  totpUsed,
} from './store.ts'
import { base32, newTotpSecret, otpauthUri, stepOfCode } from './totp.ts'

/** By what a second step can be taken. */
export type Way = 'totp' | 'passkey' | 'recovery'

export interface Factor {
  readonly id: string
  readonly kind: 'totp' | 'passkey'
  readonly name: string
  readonly addedAtMs: number
  readonly usedAtMs?: number
  /** It exists twice and is stopped. */
  readonly isCopied?: true
  /** The host name a passkey is good at. */
  readonly site?: string
}

export interface Factors {
  list(person: string): readonly Factor[]
  codesLeft(person: string): number
  /** Empty: nothing beyond the password has been set up. */
  ways(person: string): readonly Way[]
  readonly passkeys: Pick<Passkeys, 'registration' | 'options' | 'used'>

  /** A secret for an app, shown until its first code comes; asked for again within ten minutes it is the same. */
  beginTotp(person: Person): { readonly secret: string; readonly uri: string }
  /** The first code proves that the app has the secret. `codes`: the recovery codes, where this was the first second factor. */
  confirmTotp(person: Person, code: string, name: string, by: By): Promise<Result<Added, Refused>>
  addPasskey(person: Person, whose: string, site: Site, answer: Registration, name: string, by: By): Promise<Result<Added, Refused>>

  /** Six digits of an app: each step once. */
  takeTotp(person: string, code: string): Promise<Result<undefined, Refused>>
  /** A recovery code: once. How many are left. */
  takeRecovery(person: string, code: string): Promise<Result<number, Refused>>
  /** A new set; the old one is worth nothing any more. */
  newCodes(person: string, by: By): Promise<readonly string[]>
  /** Refuses the last one: who has to have a second factor adds another first. */
  remove(person: string, id: string, by: By): Promise<Result<undefined, Refused>>
  /** All of it goes, with `by.more` in the same transaction. */
  reset(person: string, by: By): Promise<void>
}

export interface Added {
  readonly id: string
  readonly codes?: readonly string[]
}

export interface FactorsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly box: SecretBox
  onCopied?(passkey: Passkey): void
}

const BEGUN_MS = 10 * 60_000
/** Of each kind: a phone, a spare, a key on the ring; more is a list nobody looks after. */
const MOST = 10
const MAX_NAME = 60

const no = (code: string, ko: string, en: string): Result<never, Refused> => refused({ code, ko, en })
const wrongCode = (): Result<never, Refused> => no('wrong-code', '번호가 맞지 않습니다', 'the code is not right')

export function createFactors({ store, clock, box, onCopied }: FactorsOptions): Factors {
  const passkeys = createPasskeys({ store, clock, ...(onCopied ? { onCopied } : {}) })
  const begun = new Map<string, { readonly secret: Buffer; readonly untilMs: number }>()
  /** Used and on the way to the disk: two that come with the same code at once are not both let in. */
  const spentSteps = new Map<string, number>()
  const spentCodes = new Set<string>()
  const newId = (): string => `f-${randomBytes(6).toString('hex')}`

  const nameOf = (name: string): string =>
    name
      .normalize('NFC')
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, MAX_NAME)
  /** Writes a new factor; with the first one come the recovery codes. */
  const add = async (person: string, id: string, kind: Factor['kind'], statement: Statement, by: By): Promise<Result<Added, Refused>> => {
    const codes = codesOf(store, person) ? undefined : newRecoveryCodes()
    await store.write([
      statement,
      ...(codes ? replaceCodes(person, await hashedCodes(codes)) : []),
      ...(by.more ?? []),
      auditStatement({ ...by, atMs: clock.now(), deed: 'factor.add', thing: person, note: kind }),
    ])
    return ok({ id, ...(codes ? { codes } : {}) })
  }

  const factors: Factors = {
    list: person => [
      ...totpOf(store, person).map(({ id, name, addedAtMs, usedAtMs }) => ({
        id,
        kind: 'totp' as const,
        name,
        addedAtMs,
        ...(usedAtMs === undefined ? {} : { usedAtMs }),
      })),
      ...passkeysOf(store, person).map(({ id, name, addedAtMs, usedAtMs, isCopied, rp }) => ({
        id,
        kind: 'passkey' as const,
        name,
        addedAtMs,
        site: rp,
        ...(usedAtMs === undefined ? {} : { usedAtMs }),
        ...(isCopied ? { isCopied } : {}),
      })),
    ],
    codesLeft: person => codesOf(store, person)?.hashes.length ?? 0,
    ways(person) {
      const kinds = new Set(factors.list(person).map(one => one.kind))
      const ways: Way[] = (['totp', 'passkey'] as const).filter(kind => kinds.has(kind))
      return codesOf(store, person) ? [...ways, 'recovery'] : ways
    },
    passkeys,

    beginTotp(person) {
      const before = begun.get(person.id)
      const secret = before && before.untilMs > clock.now() ? before.secret : newTotpSecret()
      begun.set(person.id, { secret, untilMs: clock.now() + BEGUN_MS })
      return { secret: base32(secret), uri: otpauthUri(secret, person.loginName ?? person.name) }
    },
    async confirmTotp(person, code, name, by) {
      const one = begun.get(person.id)
      if (!one || one.untilMs <= clock.now())
        return no('not-begun', '등록 시간이 지났습니다. 처음부터 다시 하십시오', 'the time for this is over; begin again')
      if (totpOf(store, person.id).length >= MOST) return tooMany()
      const step = stepOfCode(one.secret, code, clock.now())
      if (step === undefined) return wrongCode()
      begun.delete(person.id)
      const id = newId()
      const secret = box.seal(one.secret, person.id)
      // This code is used: it does not open the door a second time.
      spentSteps.set(id, step)
      return add(
        person.id,
        id,
        'totp',
        insertTotp({ id, person: person.id, name: nameOf(name), secret, lastStep: step, addedAtMs: clock.now() }),
        by,
      )
    },
    async addPasskey(person, whose, site, answer, name, by) {
      if (passkeysOf(store, person.id).length >= MOST) return tooMany()
      const made = await passkeys.registered(person, whose, site, answer)
      if (!made.ok) return made
      return add(person.id, made.value.id, 'passkey', insertPasskey({ ...made.value, name: nameOf(name) }), by)
    },

    async takeTotp(person, code) {
      let wasUsed = false
      for (const one of totpOf(store, person)) {
        const secret = box.open(one.secret, person)
        const step = secret && stepOfCode(secret, code, clock.now())
        if (step === undefined) continue
        if (step <= Math.max(one.lastStep, spentSteps.get(one.id) ?? 0)) {
          wasUsed = true
          continue
        }
        spentSteps.set(one.id, step)
        await store.write([totpUsed(one.id, step, clock.now())])
        return ok(undefined)
      }
      return wasUsed
        ? no('code-used', '이미 쓴 번호입니다. 다음 번호가 나오면 다시 하십시오', 'this code has been used; wait for the next one')
        : wrongCode()
    },
    async takeRecovery(person, code) {
      const key = recoveryCodeKey(code)
      const set = codesOf(store, person)
      if (key === undefined || !set) return wrongCode()
      const hash = await codeIn(set, key)
      if (!hash) return wrongCode()
      const spent = Buffer.from(hash).toString('hex')
      if (spentCodes.has(spent)) return wrongCode()
      spentCodes.add(spent)
      const left = set.hashes.length - 1
      try {
        await store.write([
          codeUsed(person, hash, clock.now()),
          auditStatement({ atMs: clock.now(), who: person, deed: 'sign-in.recovery', thing: person, note: `${left}` }),
        ])
      } catch (error) {
        // Not kept, not used.
        spentCodes.delete(spent)
        throw error
      }
      return ok(left)
    },
    async newCodes(person, by) {
      const codes = newRecoveryCodes()
      await store.write([
        ...replaceCodes(person, await hashedCodes(codes)),
        auditStatement({ ...by, atMs: clock.now(), deed: 'factor.codes', thing: person }),
      ])
      return codes
    },
    async remove(person, id, by) {
      const list = factors.list(person)
      const one = list.find(factor => factor.id === id)
      if (!one) return no('not-found', `인증 수단 ${id} 없음`, `there is no factor ${id}`)
      if (list.filter(factor => factor.isCopied !== true && factor.id !== id).length === 0)
        return no('last-factor', '마지막 인증 수단입니다. 다른 것을 먼저 등록하십시오', 'it is the last one; add another first')
      await store.write([
        ...removeFactor(person, id),
        auditStatement({ ...by, atMs: clock.now(), deed: 'factor.remove', thing: person, note: one.kind }),
      ])
      return ok(undefined)
    },
    async reset(person, by) {
      begun.delete(person)
      await store.write([
        ...dropFactors(person),
        ...(by.more ?? []),
        auditStatement({ ...by, atMs: clock.now(), deed: 'factor.reset', thing: person }),
      ])
    },
  }
  return factors
}

const tooMany = (): Result<never, Refused> =>
  no(
    'too-many-factors',
    `인증 수단은 종류마다 ${MOST}개까지입니다. 쓰지 않는 것을 지우십시오`,
    `at most ${MOST} of a kind; remove one you do not use`,
  )
