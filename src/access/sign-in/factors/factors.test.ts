// What lies beyond the password, on a real store with a clock moved by hand: and those who would get past it.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { bytesOf, codeAt } from '#testkit/authenticator-app.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { softwarePasskey } from '#testkit/software-passkey.ts'
import { auditAfter } from '../../audit.ts'
import { ACCESS_MIGRATIONS } from '../../migrations.ts'
import { insertPerson } from '../../people-store.ts'
import type { Person } from '../../person.ts'
import { createFactors, type Factors } from './factors.ts'
import type { PasskeyUse } from './passkeys.ts'
import { boxKey, secretBox } from './secret-box.ts'
import { siteOf } from './site.ts'
import { FACTOR_MIGRATIONS } from './store.ts'
import { STEP_MS } from './totp.ts'

const NOW = Date.UTC(2026, 10, 24, 3)
const KIM: Person = {
  id: 'p-000000000001',
  loginName: 'kim',
  name: '김○○',
  organisation: 'hq',
  kind: 'person',
  isActive: true,
  createdAtMs: 0,
}
const LEE: Person = { ...KIM, id: 'p-000000000002', loginName: 'lee', name: '이○○' }
const ORIGIN = 'https://mangru.example'
const SITE = siteOf('mangru.example', true)
if (!SITE.ok) throw new Error('it is a name')
const site = SITE.value
const by = { who: KIM.id }

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let nowMs: number
let factors: Factors
let copied: string[]
const clock: Clock = { now: () => epochMs(nowMs), every: () => () => {}, after: () => () => {} }

beforeEach(async () => {
  folder = temporaryFolder()
  nowMs = NOW
  copied = []
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: [...ACCESS_MIGRATIONS, ...FACTOR_MIGRATIONS] })
  await store.write([KIM, LEE].map(insertPerson))
  factors = opened()
})
afterEach(async () => {
  await store.close()
  folder.remove()
})
const opened = (): Factors =>
  createFactors({
    store,
    clock,
    box: secretBox(boxKey(join(folder.path, 'keys', 'factors.key'))),
    onCopied: one => copied.push(one.person),
  })

const codeNow = (secret: string, off = 0): string => codeAt(secret, nowMs + off * STEP_MS)

async function withApp(person = KIM): Promise<{ readonly secret: string; readonly codes: readonly string[] }> {
  const { secret } = factors.beginTotp(person)
  const added = await factors.confirmTotp(person, codeNow(secret), '전화기', { who: person.id })
  if (!added.ok) throw new Error(added.reason.en)
  nowMs += STEP_MS
  return { secret, codes: added.value.codes ?? [] }
}
async function withPasskey(person = KIM, key = softwarePasskey()) {
  const options = await factors.passkeys.registration(person, 'ticket', site)
  const added = await factors.addPasskey(person, 'ticket', site, key.create(options, ORIGIN), '보안키', { who: person.id })
  if (!added.ok) throw new Error(added.reason.en)
  return { key, codes: added.value.codes ?? [] }
}
const ALONE: PasskeyUse = { for: 'alone' }
async function optionsFor(use: PasskeyUse): Promise<object> {
  const options = await factors.passkeys.options(use, site)
  if (!options.ok) throw new Error(options.reason.en)
  return options.value
}
const reasonOf = (outcome: { readonly ok: boolean; readonly reason?: { readonly code: string } }): string | undefined =>
  outcome.reason?.code
const deeds = (): readonly string[] => auditAfter(store, 0, ['factor', 'sign-in']).map(row => row.deed)

test('the first second factor brings ten recovery codes, the next one brings none', async () => {
  expect(factors.ways(KIM.id)).toEqual([])
  const { codes } = await withApp()
  expect(codes).toHaveLength(10)
  expect(new Set(codes).size).toBe(10)
  expect(factors.ways(KIM.id)).toEqual(['totp', 'recovery'])
  expect((await withPasskey()).codes).toEqual([])
  expect(factors.ways(KIM.id)).toEqual(['totp', 'passkey', 'recovery'])
  expect(factors.list(KIM.id).map(({ kind, name }) => [kind, name])).toEqual([
    ['totp', '전화기'],
    ['passkey', '보안키'],
  ])
  expect(deeds()).toEqual(['factor.add', 'factor.add'])
})

test('a code of the app opens once: the same again, by the same or another session, does not', async () => {
  const { secret } = await withApp()
  const code = codeNow(secret)
  expect((await factors.takeTotp(KIM.id, code)).ok).toBe(true)
  expect(reasonOf(await factors.takeTotp(KIM.id, code))).toBe('code-used')
  // After a restart too.
  factors = opened()
  expect(reasonOf(await factors.takeTotp(KIM.id, code))).toBe('code-used')
  nowMs += STEP_MS
  expect(reasonOf(await factors.takeTotp(KIM.id, code))).toBe('code-used')
  expect((await factors.takeTotp(KIM.id, codeNow(secret))).ok).toBe(true)
})

test('of many who come with the same code at once one is let in', async () => {
  const { secret } = await withApp()
  const tries = await Promise.all(Array.from({ length: 20 }, () => factors.takeTotp(KIM.id, codeNow(secret))))
  expect(tries.filter(one => one.ok)).toHaveLength(1)
})

test('after a later code an earlier one of the window is worth nothing', async () => {
  const { secret } = await withApp()
  expect((await factors.takeTotp(KIM.id, codeNow(secret, 1))).ok).toBe(true)
  expect(reasonOf(await factors.takeTotp(KIM.id, codeNow(secret)))).toBe('code-used')
})

test('the code that proved the app while it was set up opens nothing afterwards', async () => {
  const { secret } = factors.beginTotp(KIM)
  const code = codeNow(secret)
  expect((await factors.confirmTotp(KIM, code, '', by)).ok).toBe(true)
  expect(reasonOf(await factors.takeTotp(KIM.id, code))).toBe('code-used')
})

test('setting up takes the right code within ten minutes; two tabs show the same secret', async () => {
  const first = factors.beginTotp(KIM)
  expect(factors.beginTotp(KIM)).toEqual(first)
  expect(factors.beginTotp(LEE).secret).not.toBe(first.secret)
  expect(reasonOf(await factors.confirmTotp(KIM, '000000', '', by))).toBe('wrong-code')
  nowMs += 10 * 60_000
  expect(reasonOf(await factors.confirmTotp(KIM, codeNow(first.secret), '', by))).toBe('not-begun')
  expect(factors.beginTotp(KIM).secret).not.toBe(first.secret)
})

test('one person’s code, recovery code or app opens nothing of another', async () => {
  const kim = await withApp(KIM)
  const lee = await withApp(LEE)
  expect(reasonOf(await factors.takeTotp(LEE.id, codeNow(kim.secret)))).toBe('wrong-code')
  expect(reasonOf(await factors.takeRecovery(LEE.id, kim.codes[0] ?? ''))).toBe('wrong-code')
  expect((await factors.takeRecovery(LEE.id, lee.codes[0] ?? '')).ok).toBe(true)
  expect(reasonOf(await factors.remove(LEE.id, factors.list(KIM.id)[0]?.id ?? '', by))).toBe('not-found')
})

test('a recovery code opens once, however it is typed, and the trail says how many are left', async () => {
  const { codes } = await withApp()
  const [first = '', second = ''] = codes
  expect(await factors.takeRecovery(KIM.id, ` ${first.toLowerCase().replace('-', ' ')} `)).toEqual({ ok: true, value: 9 })
  expect(reasonOf(await factors.takeRecovery(KIM.id, first))).toBe('wrong-code')
  const atOnce = await Promise.all(Array.from({ length: 5 }, () => factors.takeRecovery(KIM.id, second)))
  expect(atOnce.filter(one => one.ok)).toHaveLength(1)
  factors = opened()
  expect(reasonOf(await factors.takeRecovery(KIM.id, second))).toBe('wrong-code')
  expect(factors.codesLeft(KIM.id)).toBe(8)
  expect(auditAfter(store, 0, ['sign-in.recovery']).map(row => row.note)).toEqual(['9', '8'])
})

test('a new set of recovery codes ends the old one', async () => {
  const { codes } = await withApp()
  const fresh = await factors.newCodes(KIM.id, by)
  expect(reasonOf(await factors.takeRecovery(KIM.id, codes[3] ?? ''))).toBe('wrong-code')
  expect((await factors.takeRecovery(KIM.id, fresh[3] ?? '')).ok).toBe(true)
})

test('neither codes nor the app’s secret stand readable in the store, and another’s row opens nothing', async () => {
  const { secret, codes } = await withApp()
  await withApp(LEE)
  await store.close()
  const bytes = readFileSync(join(folder.path, 'store.db'))
  for (const clear of [secret, bytesOf(secret), ...codes, ...codes.map(code => code.replace('-', ''))])
    expect(bytes.includes(clear)).toBe(false)
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: [...ACCESS_MIGRATIONS, ...FACTOR_MIGRATIONS] })
  factors = opened()
  expect((await factors.takeTotp(KIM.id, codeNow(secret))).ok).toBe(true)
  await store.write([
    {
      sql: 'UPDATE totp_factors SET secret = (SELECT secret FROM totp_factors WHERE person = ?) WHERE person = ?',
      values: [KIM.id, LEE.id],
    },
  ])
  expect(reasonOf(await factors.takeTotp(LEE.id, codeNow(secret, 1)))).toBe('wrong-code')
})

test('the key of the secrets is for its owner alone, and a torn one is said instead of made anew', () => {
  const file = join(folder.path, 'keys', 'factors.key')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(boxKey(file)).toEqual(boxKey(file))
  writeFileSync(file, 'half')
  expect(() => boxKey(file)).toThrow(/factors\.key holds no key; bring it back from the backup/)
  expect(existsSync(`${file}.${process.pid}`)).toBe(false)
})

test('a passkey enters alone, as a second step, and proves again in a session', async () => {
  const { key } = await withPasskey()
  const uses: readonly PasskeyUse[] = [
    ALONE,
    { for: 'second', ticket: 't1', person: KIM.id },
    { for: 'confirm', session: 's1', person: KIM.id },
  ]
  for (const use of uses) {
    const used = await factors.passkeys.used(use, site, key.get(await optionsFor(use), ORIGIN))
    expect(used).toMatchObject({ ok: true, value: { person: KIM.id } })
  }
})

test('what a passkey signed is good once', async () => {
  const { key } = await withPasskey()
  const answer = key.get(await optionsFor(ALONE), ORIGIN)
  const atOnce = await Promise.all(Array.from({ length: 5 }, () => factors.passkeys.used(ALONE, site, answer)))
  expect(atOnce.filter(one => one.ok)).toHaveLength(1)
  expect(reasonOf(await factors.passkeys.used(ALONE, site, answer))).toBe('passkey-refused')
})

const OF_ANOTHER: readonly (readonly [string, PasskeyUse, PasskeyUse])[] = [
  ['of another ticket', { for: 'second', ticket: 't1', person: KIM.id }, { for: 'second', ticket: 't2', person: KIM.id }],
  ['of another person', { for: 'second', ticket: 't1', person: KIM.id }, { for: 'second', ticket: 't1', person: LEE.id }],
  ['of another session', { for: 'confirm', session: 's1', person: KIM.id }, { for: 'confirm', session: 's2', person: KIM.id }],
  ['of a second step, to enter alone', { for: 'second', ticket: 't1', person: KIM.id }, ALONE],
  ['to enter alone, as a second step', ALONE, { for: 'second', ticket: 't1', person: KIM.id }],
]
test.each(OF_ANOTHER)('a signature %s is refused', async (_what, made, sent) => {
  const { key } = await withPasskey()
  expect(reasonOf(await factors.passkeys.used(sent, site, key.get(await optionsFor(made), ORIGIN)))).toBe('passkey-refused')
})

test.each([
  ['from another site’s page', 'https://mangru.example.attacker.example', undefined],
  ['over plain HTTP', 'http://mangru.example', undefined],
  ['made for another name', ORIGIN, 'attacker.example'],
])('a signature %s is refused', async (_what, origin, rp) => {
  const { key } = await withPasskey()
  const answer = key.get(await optionsFor(ALONE), origin, rp === undefined ? {} : { rp })
  expect(reasonOf(await factors.passkeys.used(ALONE, site, answer))).toBe('passkey-refused')
})

test('alone it takes a finger or a number; as a second step touching it is enough', async () => {
  const { key } = await withPasskey()
  expect(reasonOf(await factors.passkeys.used(ALONE, site, key.get(await optionsFor(ALONE), ORIGIN, { verified: false })))).toBe(
    'passkey-refused',
  )
  const second: PasskeyUse = { for: 'second', ticket: 't1', person: KIM.id }
  expect((await factors.passkeys.used(second, site, key.get(await optionsFor(second), ORIGIN, { verified: false }))).ok).toBe(true)
})

test('five minutes later the question is old', async () => {
  const { key } = await withPasskey()
  const options = await optionsFor(ALONE)
  nowMs += 5 * 60_000
  expect(reasonOf(await factors.passkeys.used(ALONE, site, key.get(options, ORIGIN)))).toBe('passkey-refused')
})

test('a counter that goes back means a copy: neither the copy nor the first one enters any more, it is told, and it is in the trail', async () => {
  const { key } = await withPasskey()
  key.setCounter(40)
  expect((await factors.passkeys.used(ALONE, site, key.get(await optionsFor(ALONE), ORIGIN))).ok).toBe(true)
  for (const counter of [39, 40]) {
    key.setCounter(counter)
    expect(reasonOf(await factors.passkeys.used(ALONE, site, key.get(await optionsFor(ALONE), ORIGIN)))).toBe('passkey-copied')
  }
  key.setCounter(41)
  expect(reasonOf(await factors.passkeys.used(ALONE, site, key.get(await optionsFor(ALONE), ORIGIN)))).toBe('passkey-copied')
  expect(copied).toEqual([KIM.id])
  expect(deeds()).toEqual(['factor.add', 'sign-in.passkey-copied'])
  // It still counts as having one: a copied key is no way to enrol another.
  expect(factors.ways(KIM.id)).toContain('passkey')
})

test('a key that never counts (0 for ever) is taken as it is', async () => {
  const { key } = await withPasskey()
  await store.write([{ sql: 'UPDATE passkeys SET counter = 0', values: [] }])
  for (let n = 0; n < 3; n++) {
    key.setCounter(0)
    expect((await factors.passkeys.used(ALONE, site, key.get(await optionsFor(ALONE), ORIGIN))).ok).toBe(true)
  }
})

test('a passkey is registered for whom and where it was asked, once, and for one person', async () => {
  const key = softwarePasskey()
  const options = await factors.passkeys.registration(KIM, 'ticket', site)
  const answer = key.create(options, ORIGIN)
  expect(reasonOf(await factors.addPasskey(LEE, 'ticket', site, answer, '', by))).toBe('passkey-refused')
  expect(reasonOf(await factors.addPasskey(KIM, 'another', site, answer, '', by))).toBe('passkey-refused')
  expect((await factors.addPasskey(KIM, 'ticket', site, answer, '', by)).ok).toBe(true)
  expect(reasonOf(await factors.addPasskey(KIM, 'ticket', site, answer, '', by))).toBe('passkey-refused')
  expect(Object(await factors.passkeys.registration(KIM, 'ticket', site)).excludeCredentials).toMatchObject([{ id: answer.id }])
})

test('garbage in the place of a signature is refused, never an error', async () => {
  const { key } = await withPasskey()
  const good = key.get(await optionsFor(ALONE), ORIGIN)
  for (const part of ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'] as const)
    for (const junk of ['', 'AA', Buffer.from('{"type":1}').toString('base64url'), Buffer.alloc(500).toString('base64url')])
      if (!(part === 'userHandle' && junk === ''))
        expect(reasonOf(await factors.passkeys.used(ALONE, site, { ...good, response: { ...good.response, [part]: junk } }))).toBe(
          'passkey-refused',
        )
  expect(reasonOf(await factors.passkeys.used(ALONE, site, { ...good, id: 'AAAA', rawId: 'AAAA' }))).toBe('passkey-refused')
  // The question was not used up by the tries.
  expect((await factors.passkeys.used(ALONE, site, good)).ok).toBe(true)
})

test.each([
  ['127.0.0.1:8642', false, undefined],
  ['[::1]:8642', false, undefined],
  ['192.168.7.5', true, undefined],
  ['localhost:8642', false, { rp: 'localhost', origins: ['https://localhost:8642', 'http://localhost:8642'] }],
  ['Mangru.Busan.example', true, { rp: 'mangru.busan.example', origins: ['https://Mangru.Busan.example'] }],
])('a desk at %s', (host, isTls, expected) => {
  const found = siteOf(host, isTls)
  expect(found.ok ? found.value : found.reason.code).toEqual(expected ?? 'passkey-needs-name')
})

test('the last second factor stays until there is another; a copied one does not count as another', async () => {
  await withApp()
  const [app] = factors.list(KIM.id)
  expect(reasonOf(await factors.remove(KIM.id, app?.id ?? '', by))).toBe('last-factor')
  const { key } = await withPasskey()
  key.setCounter(9)
  await factors.passkeys.used(ALONE, site, key.get(await optionsFor(ALONE), ORIGIN))
  key.setCounter(8)
  await factors.passkeys.used(ALONE, site, key.get(await optionsFor(ALONE), ORIGIN))
  expect(reasonOf(await factors.remove(KIM.id, app?.id ?? '', by))).toBe('last-factor')
  const passkey = factors.list(KIM.id).find(one => one.kind === 'passkey')
  expect((await factors.remove(KIM.id, passkey?.id ?? '', by)).ok).toBe(true)
})

test('a reset takes all of it and leaves a row of the trail; nothing of it opens any more', async () => {
  const { secret, codes } = await withApp()
  const { key } = await withPasskey()
  await factors.reset(KIM.id, { who: LEE.id, second: 'p-000000000003' })
  expect([factors.ways(KIM.id), factors.list(KIM.id), factors.codesLeft(KIM.id)]).toEqual([[], [], 0])
  expect((await factors.takeTotp(KIM.id, codeNow(secret))).ok).toBe(false)
  expect((await factors.takeRecovery(KIM.id, codes[0] ?? '')).ok).toBe(false)
  expect((await factors.passkeys.used(ALONE, site, key.get(await optionsFor(ALONE), ORIGIN))).ok).toBe(false)
  expect(auditAfter(store, 0, ['factor.reset'])).toMatchObject([{ who: LEE.id, second: 'p-000000000003', thing: KIM.id }])
})
