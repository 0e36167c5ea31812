// Signing in by an identity provider, against a real one that runs in the tests; and those who would come in by it who should not.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { type IdentityProvider, identityProvider } from '#testkit/identity-provider.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { auditAfter } from '../../audit.ts'
import { ACCESS_MIGRATIONS } from '../../migrations.ts'
import { insertPerson } from '../../people-store.ts'
import { loginKey, type Person } from '../../person.ts'
import { createOidc, type Oidc } from './oidc.ts'
import { OIDC_SETTINGS, type OidcSettings, readOidcSettings } from './settings.ts'
import { OIDC_MIGRATIONS } from './store.ts'

const BACK = 'https://mangru.example/sign-in/oidc/back'
const KIM: Person = {
  id: 'p-000000000001',
  loginName: 'kim',
  name: '김○○',
  organisation: 'hq',
  kind: 'person',
  isActive: true,
  createdAtMs: 0,
}
const PEOPLE: Person[] = [
  KIM,
  { ...KIM, id: 'p-000000000002', loginName: 'lee' },
  { ...KIM, id: 'p-000000000003', loginName: 'gone', isActive: false },
  { ...KIM, id: 'p-000000000004', loginName: 'sealed', kind: 'break-glass' },
]

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let provider: IdentityProvider
let offMs: number
let troubles: string[]
const clock: Clock = { now: () => epochMs(Date.now() + offMs), every: () => () => {}, after: () => () => {} }
const people = {
  personById: (id: string) => PEOPLE.find(one => one.id === id),
  personByLogin: (login: string) => PEOPLE.find(one => one.loginName === loginKey(login)),
}

beforeEach(async () => {
  folder = temporaryFolder()
  offMs = 0
  troubles = []
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: [...ACCESS_MIGRATIONS, ...OIDC_MIGRATIONS] })
  await store.write(PEOPLE.map(insertPerson))
  provider = await identityProvider()
  provider.open(BACK)
  provider.account = { sub: 'n-1', claims: { preferred_username: 'Kim' } }
})
afterEach(async () => {
  await provider.close()
  await store.close()
  folder.remove()
})

const opened = (more: Partial<OidcSettings> = {}): Oidc =>
  createOidc({
    settings: {
      issuer: provider.issuer,
      clientId: 'mangru',
      clientSecret: provider.secret,
      name: '기관 통합인증',
      loginClaim: 'preferred_username',
      scope: 'openid profile',
      trustsSecond: false,
      acr: '',
      ...more,
    },
    store,
    clock,
    people,
    onTrouble: sentence => troubles.push(sentence),
  })

/** A browser that goes there and comes back: what it is sent back with, and what it kept. */
async function walk(oidc: Oidc, session?: string, jar = new Map<string, string>()) {
  const begun = await oidc.begin(BACK, session)
  if (!begun.ok) throw new Error(begun.reason)
  const back = await provider.browse(begun.value.url, jar)
  return { query: back.search.slice(1), kept: begun.value.kept, sent: new URL(begun.value.url).searchParams }
}
async function signIn(oidc: Oidc) {
  const { query, kept } = await walk(oidc)
  const back = await oidc.back(query, kept)
  return back.ok ? oidc.arrived(back.value.kept) : back
}
const reasonOf = (outcome: { readonly ok: boolean; readonly reason?: string }): string | undefined => outcome.reason
/** The query with one parameter changed. */
function changed(query: string, name: string, value: string): string {
  const params = new URLSearchParams(query)
  params.set(name, value)
  return params.toString()
}

test('who is registered comes in, is known by the subject from then on, and it is in the trail once', async () => {
  const oidc = opened()
  expect(oidc.isBound(KIM.id)).toBe(false)
  expect(await signIn(oidc)).toEqual({ ok: true, value: { person: KIM.id, hasSecond: false } })
  expect(oidc.isBound(KIM.id)).toBe(true)
  // Renamed there: the same person here.
  provider.account = { sub: 'n-1', claims: { preferred_username: 'somebody.else' } }
  expect(await signIn(oidc)).toMatchObject({ ok: true, value: { person: KIM.id } })
  expect(auditAfter(store, 0, ['factor'])).toMatchObject([{ who: KIM.id, deed: 'factor.add', note: `oidc ${provider.issuer}` }])
})

test('PKCE by S256, a state and a nonce go along, and no secret', async () => {
  const { sent } = await walk(opened())
  expect([sent.get('code_challenge_method'), sent.get('response_type'), sent.get('scope'), sent.get('client_secret')]).toEqual([
    'S256',
    'code',
    'openid profile',
    null,
  ])
  for (const name of ['code_challenge', 'state', 'nonce']) expect(sent.get(name)?.length, name).toBeGreaterThanOrEqual(43)
})

test.each([
  ['is not registered here', 'nobody-here', 'oidc-unknown'],
  ['has no login name there', undefined, 'oidc-unknown'],
  ['is locked here', 'gone', 'oidc-locked'],
  ['is called as the sealed account is', 'sealed', 'oidc-unknown'],
])('who %s does not come in', async (_what, login, code) => {
  provider.account = { sub: 'n-9', claims: login === undefined ? {} : { preferred_username: login } }
  expect(reasonOf(await signIn(opened()))).toBe(code)
  expect(auditAfter(store, 0, ['factor'])).toEqual([])
})

test('a login name given to another person there opens nothing of who had it', async () => {
  const oidc = opened()
  await signIn(oidc)
  provider.account = { sub: 'n-2', claims: { preferred_username: 'kim' } }
  expect(reasonOf(await signIn(oidc))).toBe('oidc-unknown')
})

test('an e-mail address counts as a login name only where the provider has verified it', async () => {
  const oidc = opened({ loginClaim: 'email', scope: 'openid email' })
  provider.account = { sub: 'n-1', claims: { email: 'lee', email_verified: false } }
  expect(reasonOf(await signIn(oidc))).toBe('oidc-unknown')
  provider.account = { sub: 'n-1', claims: { email: 'lee', email_verified: true } }
  expect(await signIn(oidc)).toMatchObject({ ok: true, value: { person: 'p-000000000002' } })
})

test.each([
  [false, '', { amr: ['pwd', 'mfa'] }, false],
  [true, '', { amr: ['pwd', 'mfa'] }, true],
  [true, '', { amr: ['pwd'] }, false],
  [true, '', {}, false],
  [true, 'urn:tests:two', { acr: 'urn:tests:two' }, true],
  [true, 'urn:tests:two', { amr: ['mfa'], acr: 'urn:tests:one' }, false],
])(
  'its second factor counts only where that is set (%s, acr ‘%s’) and the token says so: %o',
  async (trustsSecond, acr, says, hasSecond) => {
    provider.account = { ...provider.account, ...says }
    expect(await signIn(opened({ trustsSecond, acr }))).toMatchObject({ ok: true, value: { hasSecond } })
  },
)

test('a code of another’s walk is worth nothing in mine: neither with my cookie nor with theirs and my state', async () => {
  const oidc = opened()
  const thief = await walk(oidc)
  const mine = await walk(oidc)
  const stolen = new URLSearchParams(thief.query).get('code') ?? ''
  expect(reasonOf(await oidc.back(changed(mine.query, 'code', stolen), mine.kept))).toBe('oidc-refused')
  // Slipped into my browser as it is: the state is not the one I was given.
  const again = await walk(oidc)
  expect(reasonOf(await oidc.back(thief.query, again.kept))).toBe('oidc-refused')
  expect(troubles.join()).toMatch(/grant|state/i)
})

test.each([
  ['state', 'another'],
  ['state', ''],
  ['iss', 'https://attacker.example'],
  ['code', 'guessed'],
])('an answer whose %s is changed to ‘%s’ is refused', async (name, value) => {
  const oidc = opened()
  const { query, kept } = await walk(oidc)
  expect(reasonOf(await oidc.back(changed(query, name, value), kept))).toBe('oidc-refused')
})

test('an answer that does not say which provider it is from is refused, where this one always says (mix-up)', async () => {
  const oidc = opened()
  const { query, kept } = await walk(oidc)
  const params = new URLSearchParams(query)
  params.delete('iss')
  expect(reasonOf(await oidc.back(params.toString(), kept))).toBe('oidc-refused')
})

test('a way back is walked once, by the browser that began it, within ten minutes', async () => {
  const oidc = opened()
  const one = await walk(oidc)
  expect((await oidc.back(one.query, one.kept)).ok).toBe(true)
  expect(reasonOf(await oidc.back(one.query, one.kept))).toBe('oidc-expired')
  const two = await walk(oidc)
  expect(reasonOf(await oidc.back(two.query, undefined))).toBe('oidc-expired')
  expect(reasonOf(await oidc.back(two.query, Buffer.alloc(80).toString('base64url')))).toBe('oidc-expired')
  // Sealed for the way there, not for having arrived; nor by another process.
  expect(reasonOf(oidc.arrived(two.kept))).toBe('oidc-expired')
  expect(reasonOf(await opened().back(two.query, two.kept))).toBe('oidc-expired')
  offMs = 10 * 60_000
  expect(reasonOf(await oidc.back(two.query, two.kept))).toBe('oidc-expired')
})

test('having arrived counts once, and for two minutes', async () => {
  const oidc = opened()
  const arrive = async () => {
    const { query, kept } = await walk(oidc)
    const back = await oidc.back(query, kept)
    if (!back.ok) throw new Error(back.reason)
    return back.value.kept
  }
  const one = await arrive()
  expect(oidc.arrived(one).ok).toBe(true)
  expect(reasonOf(oidc.arrived(one))).toBe('oidc-expired')
  const two = await arrive()
  offMs = 2 * 60_000
  expect(reasonOf(oidc.arrived(two))).toBe('oidc-expired')
})

test('to prove oneself again the provider asks again: an old sign-in there is not enough', async () => {
  const oidc = opened()
  const jar = new Map<string, string>()
  await walk(oidc, undefined, jar)
  const { query, kept, sent } = await walk(oidc, 's-1', jar)
  expect([sent.get('prompt'), sent.get('max_age')]).toEqual(['login', '0'])
  const back = await oidc.back(query, kept)
  expect(back.ok && oidc.arrived(back.value.kept)).toEqual({ ok: true, value: { person: KIM.id, hasSecond: false, session: 's-1' } })

  // A provider (or somebody between) that does not ask: the sign-in of before comes back.
  offMs = 5 * 60_000
  const begun = await oidc.begin(BACK, 's-1')
  if (!begun.ok) throw new Error(begun.reason)
  const unasked = new URL(begun.value.url)
  unasked.searchParams.delete('prompt')
  unasked.searchParams.delete('max_age')
  const old = await provider.browse(unasked.href, jar)
  expect(reasonOf(await oidc.back(old.search.slice(1), begun.value.kept))).toBe('oidc-refused')
  expect(troubles.join()).toMatch(/fresh/)
})

test('who turns back at the provider is told so', async () => {
  const oidc = opened()
  const { query, kept } = await walk(oidc)
  const params = new URLSearchParams(query)
  params.delete('code')
  params.set('error', 'access_denied')
  expect(reasonOf(await oidc.back(params.toString(), kept))).toBe('oidc-refused')
})

test('a provider that is gone is said to be down: before the way, on the way; and it is there again when it is', async () => {
  const oidc = opened()
  const before = await provider.die()
  expect(reasonOf(await oidc.begin(BACK))).toBe('oidc-down')
  await before()
  const { query, kept } = await walk(oidc)
  const revive = await provider.die()
  expect(reasonOf(await oidc.back(query, kept))).toBe('oidc-down')
  // Known from a moment ago, and gone since: nobody is sent to an address where nothing answers.
  offMs = 2000
  expect(reasonOf(await oidc.begin(BACK))).toBe('oidc-down')
  await revive()
  expect((await signIn(oidc)).ok).toBe(true)
  expect(troubles.every(sentence => sentence.startsWith(`identity provider ${provider.issuer}: `))).toBe(true)
})

test('a wrong secret of ours is refused there and said in the log, without the secret', async () => {
  expect(reasonOf(await signIn(opened({ clientSecret: 'another-secret' })))).toBe('oidc-refused')
  expect(troubles.join()).toMatch(/invalid_client/)
  expect(troubles.join()).not.toContain('another-secret')
})

const setting = (path: string) => OIDC_SETTINGS.find(one => one.path === path)
test.each([
  ['https://login.customs.example', undefined],
  ['https://login.customs.example/realms/kcs', undefined],
  ['http://127.0.0.1:4000', undefined],
  ['http://login.customs.example', /must be https/],
  ['login.customs.example', /is no address/],
  ['https://login.customs.example/?a=1', /neither/],
])('issuer %s: %s', (issuer, fault) => {
  const said = setting('access.oidc.issuer')?.faultOf?.(issuer)
  if (fault === undefined) expect(said).toBeUndefined()
  else expect(said).toMatch(fault)
})

test('without an issuer there is no such button; the secret’s file may be empty', () => {
  const text = (issuer: string) => (path: string) => (path === 'access.oidc.issuer' ? issuer : String(setting(path)?.default))
  expect(readOidcSettings(text(''), 'x')).toBeUndefined()
  expect(readOidcSettings(text('https://login.customs.example'), '')).toEqual({
    issuer: 'https://login.customs.example',
    clientId: 'mangru',
    name: '기관 통합인증',
    loginClaim: 'preferred_username',
    scope: 'openid profile',
    trustsSecond: false,
    acr: '',
  })
})
