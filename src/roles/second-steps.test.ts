// What comes after the password, at the product's real doors: second factors, tickets, proving anew, a lost device, the sealed account, the identity provider. And those who
// try to get past them.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditAfter } from '#access/index.ts'
import { hashOf } from '#access/sign-in/index.ts'
import { POSTS, type Post } from '#base/index.ts'
import { readStore } from '#platform/store/index.ts'
import { type AuthenticatorApp, authenticatorApp } from '#testkit/authenticator-app.ts'
import { type IdentityProvider, identityProvider } from '#testkit/identity-provider.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { softwarePasskey } from '#testkit/software-passkey.ts'
import { type Answer, type Visitor, visitor } from '#testkit/visitor.ts'
import { MIGRATIONS } from './migrations.ts'
import { type Doors, openDoors, PLACES, type Place } from './test-doors.ts'

const PASSWORD = 'sea wind at night 7'
const folder = temporaryFolder()
let doors: Doors
let provider: IdentityProvider
/** Called by its name: passkeys know no bare addresses. */
let url: string
let envelope: { readonly login: string; readonly password: string }

beforeAll(async () => {
  provider = await identityProvider()
  doors = await openDoors(folder.path, [], {
    signIn: true,
    secondPosts: POSTS,
    oidc: {
      issuer: provider.issuer,
      clientId: 'mangru',
      clientSecret: provider.secret,
      name: '기관 통합인증',
      loginClaim: 'preferred_username',
      scope: 'openid profile',
      trustsSecond: false,
      acr: '',
    },
  })
  url = doors.url.replace('127.0.0.1', 'localhost')
  provider.open(`${url}/sign-in/oidc/back`)
})
afterAll(async () => {
  await doors?.stop()
  await provider?.close()
  folder.remove()
})

const browser = (from = '127.0.0.1', cookies: Record<string, string> = {}): Visitor => visitor(url, from, cookies)
/** Rows beside the running product, as a command writes them. */
function beside(sql: string, ...values: (string | number)[]): void {
  const database = new DatabaseSync(join(folder.path, 'store', 'mangru.db'))
  database.exec('PRAGMA busy_timeout = 5000')
  database.prepare(sql).run(...values)
  database.close()
}
/** The link an administrator gives to somebody. */
function linkFor(person: string): string {
  const token = randomBytes(32).toString('base64url')
  beside(
    "INSERT INTO links (id, hash, person, kind, made_by, made_ms, ends_ms) VALUES (?, ?, ?, 'invitation', 'test', ?, ?)",
    `l-${randomBytes(6).toString('hex')}`,
    hashOf(token),
    person,
    Date.now(),
    Date.now() + 3_600_000,
  )
  return token
}
const word = (answer: Answer, name: string): string => String(answer.body[name] ?? '')
const codesIn = ({ body }: Answer): readonly string[] => (Array.isArray(body.recoveryCodes) ? body.recoveryCodes.map(String) : [])

interface Officer {
  readonly id: string
  readonly login: string
  readonly own: Visitor
  readonly app: AuthenticatorApp
  readonly codes: readonly string[]
}
const known = new Map<string, Officer>()
/** Somebody of this post there comes by a link, sets a password and an authenticator app, and is in; asked for again it is the same. */
async function officer(post: Post, place: Place, from = '127.0.0.1'): Promise<Officer> {
  const before = known.get(`${post}.${place}`)
  if (before) return before
  const { id } = doors.caller(post, place)
  const own = browser(from)
  const ticket = word(await own.ask('POST', '/sign-in/link', { token: linkFor(id), password: PASSWORD }), 'ticket')
  const { secret = '' } = (await own.ask('POST', '/sign-in/enrol/totp', { ticket })).body
  const app = authenticatorApp(String(secret))
  const entered = await own.ask('POST', '/sign-in/enrol/totp/confirm', { ticket, code: app.next() })
  expect(entered.body).toMatchObject({ step: 'in', login: `${post}.${place}` })
  const one = { id, login: `${post}.${place}`, own, app, codes: codesIn(entered) }
  known.set(one.login, one)
  return one
}
const toSecond = (one: Visitor, login: string): Promise<Answer> => one.ask('POST', '/sign-in/password', { login, password: PASSWORD })
const trail = (deed: string) => {
  const store = readStore(join(folder.path, 'store', 'mangru.db'), MIGRATIONS)
  try {
    return auditAfter(store, 0, [deed])
  } finally {
    void store.close()
  }
}

/** The first administrator's browser. */
let chief: Visitor
let chiefCodes: readonly string[]

test('the first administrator sets up a second factor at once, and gets recovery codes and the envelope for the safe', async () => {
  chief = browser()
  const token = doors.room.firstSignIn()?.slice('#first='.length) ?? ''
  const first = await chief.ask('POST', '/sign-in/first', { token, login: 'chief', name: '본청 관리자', password: PASSWORD })
  expect(first.body).toMatchObject({ step: 'enrol', breakGlass: { login: 'breakglass' } })
  envelope = { login: 'breakglass', password: String(Object(first.body.breakGlass).password) }
  expect(envelope.password).toMatch(/^([2-9A-HJ-NP-TV-Z]{5}-){5}[2-9A-HJ-NP-TV-Z]{5}$/)
  expect(first.setCookies).toEqual([])
  expect((await chief.ask('GET', '/api/me')).status).toBe(401)
  const ticket = word(first, 'ticket')
  const { secret, uri } = (await chief.ask('POST', '/sign-in/enrol/totp', { ticket })).body
  expect(uri).toContain(`secret=${secret}`)
  expect((await chief.ask('POST', '/sign-in/enrol/totp/confirm', { ticket, code: '000000' })).body.code).toBe('wrong-code')
  const app = authenticatorApp(String(secret))
  const entered = await chief.ask('POST', '/sign-in/enrol/totp/confirm', { ticket, code: app.next(), name: '전화기' })
  expect(entered.body).toMatchObject({ step: 'in', login: 'chief' })
  chiefCodes = codesIn(entered)
  expect(chiefCodes).toHaveLength(10)
  expect((await chief.ask('GET', '/api/me')).body).toMatchObject({ login: 'chief', hasSecondFactor: true, ways: ['password', 'totp'] })
  expect((await chief.ask('GET', '/api/me/factors')).body).toMatchObject({
    factors: [{ kind: 'totp', name: '전화기' }],
    recoveryCodesLeft: 10,
  })
  expect(trail('break-glass').map(row => row.deed)).toEqual(['break-glass.seal'])
})

test('the password alone opens nothing: a code of the app does, once, with the ticket it belongs to', async () => {
  const kim = await officer('watch-officer', 'busan')
  const desk = browser()
  const stepped = await toSecond(desk, kim.login)
  expect(stepped.body).toMatchObject({ step: 'second', ways: ['totp', 'recovery'] })
  expect(stepped.setCookies).toEqual([])
  const ticket = word(stepped, 'ticket')
  expect((await desk.ask('POST', '/sign-in/second', { ticket, code: '000000' })).body.code).toBe('wrong-code')
  const code = kim.app.next()
  expect((await desk.ask('POST', '/sign-in/second', { ticket, code, desk: '자리 3' })).body).toMatchObject({ step: 'in', login: kim.login })
  expect(Object((await desk.ask('GET', '/api/me/sessions')).body)).toMatchObject([{}, { desk: '자리 3', isThis: true }])
  // Seen over the shoulder: the same code with a ticket of one's own, and the ticket again.
  const thief = browser('127.0.5.1')
  const another = word(await toSecond(thief, kim.login), 'ticket')
  expect((await thief.ask('POST', '/sign-in/second', { ticket: another, code })).body.code).toBe('code-used')
  expect((await thief.ask('POST', '/sign-in/second', { ticket, code: kim.app.next() })).body.code).toBe('ticket-over')
  expect(trail('sign-in').at(-1)).toMatchObject({ deed: 'sign-in.failed', who: kim.id, note: 'totp' })
})

test('a ticket is one person’s and one step’s: neither another’s code nor another step take it', async () => {
  const kim = await officer('field-officer', 'busan')
  const lee = await officer('field-officer', 'incheon')
  const desk = browser()
  const ticket = word(await toSecond(desk, lee.login), 'ticket')
  expect((await desk.ask('POST', '/sign-in/second', { ticket, code: kim.app.next() })).body.code).toBe('wrong-code')
  expect((await desk.ask('POST', '/sign-in/recovery', { ticket, code: kim.codes[0] })).body.code).toBe('wrong-code')
  // Who knows the password does not set up a factor of their own in the place of the second step.
  for (const path of ['/sign-in/enrol/totp', '/sign-in/enrol/passkey/options'])
    expect((await desk.ask('POST', path, { ticket })).body.code, path).toBe('ticket-over')
  expect((await desk.ask('POST', '/sign-in/enrol/totp/confirm', { ticket, code: '000000' })).body.code).toBe('ticket-over')
  for (const bad of ['', 'x'.repeat(43), ticket.slice(1)])
    expect((await desk.ask('POST', '/sign-in/second', { ticket: bad, code: '123456' })).status).toBeGreaterThanOrEqual(400)
  expect((await desk.ask('POST', '/sign-in/second', { ticket, code: lee.app.next() })).body.step).toBe('in')
})

test('of two who hold an enrolment ticket of one person only the first sets up a factor', async () => {
  const { id } = doors.caller('statistician', 'busan')
  const [own, thief] = [browser(), browser('127.0.5.2')]
  const first = word(await own.ask('POST', '/sign-in/link', { token: linkFor(id), password: PASSWORD }), 'ticket')
  const second = word(await toSecond(thief, 'statistician.busan'), 'ticket')
  const app = authenticatorApp(word(await own.ask('POST', '/sign-in/enrol/totp', { ticket: first }), 'secret'))
  expect((await own.ask('POST', '/sign-in/enrol/totp/confirm', { ticket: first, code: app.next() })).body.step).toBe('in')
  expect((await thief.ask('POST', '/sign-in/enrol/totp', { ticket: second })).body.code).toBe('ticket-over')
  expect((await thief.ask('POST', '/sign-in/enrol/totp/confirm', { ticket: second, code: app.next() })).body.code).toBe('ticket-over')
})

test('guessing codes ends after ten tries from strangers’ addresses, and the true user still gets in', async () => {
  const kim = await officer('risk-analyst', 'busan', '127.0.6.1')
  const thief = browser('127.0.6.2')
  const ticket = word(await toSecond(thief, kim.login), 'ticket')
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      browser(`127.0.6.${n + 10}`).ask('POST', '/sign-in/second', { ticket, code: String(n).padStart(6, '0') }),
    ),
  )
  expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10)
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20)
  const again = word(await toSecond(kim.own, kim.login), 'ticket')
  expect((await kim.own.ask('POST', '/sign-in/second', { ticket: again, code: kim.app.next() })).body.step).toBe('in')
})

test('a recovery code opens once; the answer says how many are left', async () => {
  const kim = await officer('report-editor', 'busan')
  const desk = browser()
  const ticket = word(await toSecond(desk, kim.login), 'ticket')
  const entered = await desk.ask('POST', '/sign-in/recovery', { ticket, code: kim.codes[0]?.toLowerCase() })
  expect(entered.body).toMatchObject({ step: 'in', codesLeft: 9 })
  const again = word(await toSecond(desk, kim.login), 'ticket')
  expect((await desk.ask('POST', '/sign-in/recovery', { ticket: again, code: kim.codes[0] })).body.code).toBe('wrong-code')
})

test('what changes a factor asks for a proof of the last minutes, by the second factor and in this session', async () => {
  const kim = await officer('investigator', 'busan')
  const other = browser()
  const ticket = word(await toSecond(other, kim.login), 'ticket')
  await other.ask('POST', '/sign-in/second', { ticket, code: kim.app.next() })
  const renew = (one: Visitor) => one.ask('POST', '/api/me/recovery-codes')
  expect((await renew(kim.own)).body.code).toBe('confirm-needed')
  const confirm = (body: object) => kim.own.ask('POST', '/api/session/confirm', body)
  expect((await confirm({ password: PASSWORD })).body.code).toBe('second-needed')
  expect((await confirm({ code: '000000' })).body.code).toBe('wrong-code')
  expect((await confirm({ code: kim.codes[0] })).status).toBe(204)
  expect((await renew(other)).body.code).toBe('confirm-needed')
  const fresh = await renew(kim.own)
  expect(codesIn(fresh)).toHaveLength(10)
  expect((await confirm({ code: kim.codes[1] })).body.code).toBe('wrong-code')
  const { factors } = (await kim.own.ask('GET', '/api/me/factors')).body
  const id = Object(Array.isArray(factors) ? factors[0] : {}).id
  expect((await kim.own.ask('DELETE', `/api/me/factors/${id}`)).body.code).toBe('last-factor')
})

test('a passkey is added, enters alone, is the second step, unlocks the desk and proves anew; under a bare address there are none', async () => {
  const kim = await officer('watch-leader', 'busan')
  const key = softwarePasskey()
  await kim.own.ask('POST', '/api/session/confirm', { code: kim.app.next() })
  const options = (await kim.own.ask('POST', '/api/me/factors/passkey/options')).body
  const added = await kim.own.ask('POST', '/api/me/factors/passkey', { response: key.create(options, url), name: '자리 보안키' })
  expect([added.status, codesIn(added)]).toEqual([201, []])
  expect((await kim.own.ask('GET', '/api/me')).body.ways).toEqual(['password', 'totp', 'passkey'])

  const desk = browser()
  const alone = (await desk.ask('POST', '/sign-in/passkey/options', {})).body
  const response = key.get(alone, url)
  expect((await desk.ask('POST', '/sign-in/passkey', { response })).body).toMatchObject({ step: 'in', login: kim.login })
  expect((await browser().ask('POST', '/sign-in/passkey', { response })).body.code).toBe('passkey-refused')

  const second = browser()
  const ticket = word(await toSecond(second, kim.login), 'ticket')
  const asked = (await second.ask('POST', '/sign-in/passkey/options', { ticket })).body
  expect((await second.ask('POST', '/sign-in/passkey', { response: key.get(asked, url) })).body.code).toBe('passkey-refused')
  const askedAgain = (await second.ask('POST', '/sign-in/passkey/options', { ticket })).body
  expect((await second.ask('POST', '/sign-in/passkey', { ticket, response: key.get(askedAgain, url) })).body.step).toBe('in')

  await desk.ask('POST', '/api/session/lock')
  const unlocking = (await desk.ask('POST', '/api/session/passkey/options')).body
  const ofAnother = (await second.ask('POST', '/api/session/passkey/options')).body
  expect((await desk.ask('POST', '/api/session/unlock', { response: key.get(ofAnother, url) })).status).toBe(401)
  expect((await desk.ask('POST', '/api/session/unlock', { response: { junk: true } })).status).toBe(401)
  expect((await desk.ask('POST', '/api/session/unlock', { response: key.get(unlocking, url) })).status).toBe(204)
  expect((await desk.ask('POST', '/api/me/recovery-codes')).body.code).toBe('confirm-needed')
  const proving = (await desk.ask('POST', '/api/session/passkey/options')).body
  expect((await desk.ask('POST', '/api/session/confirm', { response: key.get(proving, url) })).status).toBe(204)
  expect((await desk.ask('POST', '/api/me/recovery-codes')).status).toBe(200)

  const bare = visitor(doors.url)
  expect((await bare.ask('POST', '/sign-in/passkey/options', {})).body.code).toBe('passkey-needs-name')
})

test('a first second factor may be a passkey', async () => {
  const { id } = doors.caller('director', 'busan')
  const own = browser()
  const ticket = word(await own.ask('POST', '/sign-in/link', { token: linkFor(id), password: PASSWORD }), 'ticket')
  const key = softwarePasskey()
  const options = (await own.ask('POST', '/sign-in/enrol/passkey/options', { ticket })).body
  const entered = await own.ask('POST', '/sign-in/enrol/passkey', { ticket, response: key.create(options, url) })
  expect(entered.body).toMatchObject({ step: 'in', login: 'director.busan' })
  expect(codesIn(entered)).toHaveLength(10)
})

test('a report is signed only by who has just proved anew', async () => {
  const director = await officer('director', 'hq')
  const day = new Date(Date.now() + 9 * 3_600_000 - 86_400_000).toISOString().slice(0, 10)
  const sign = () =>
    director.own.ask('POST', `/api/reports/daily-${day}/sign`, { deedId: randomBytes(8).toString('hex'), fingerprint: 'none' })
  expect(await sign()).toMatchObject({ status: 403, body: { code: 'confirm-needed' } })
  await director.own.ask('POST', '/api/session/confirm', { code: director.app.next() })
  expect((await sign()).body.code).not.toBe('confirm-needed')
})

test('a copied passkey is stopped, and the watch is told by an alarm', async () => {
  const kim = await officer('watch-officer', 'hq')
  const key = softwarePasskey()
  await kim.own.ask('POST', '/api/session/confirm', { code: kim.app.next() })
  const options = (await kim.own.ask('POST', '/api/me/factors/passkey/options')).body
  await kim.own.ask('POST', '/api/me/factors/passkey', { response: key.create(options, url) })
  const enter = async (counter: number): Promise<string> => {
    key.setCounter(counter)
    const asked = (await kim.own.ask('POST', '/sign-in/passkey/options', {})).body
    const answer = await browser().ask('POST', '/sign-in/passkey', { response: key.get(asked, url) })
    return word(answer, 'step') || word(answer, 'code')
  }
  expect([await enter(50), await enter(49), await enter(51)]).toEqual(['in', 'passkey-copied', 'passkey-copied'])
  expect(await alarms(kim.own)).toMatchObject([{ detector: 'passkey-copied', level: 2 }])
})

const alarms = async (one: Visitor): Promise<readonly { readonly detector: string; readonly endedAt?: string }[]> => {
  const list: unknown = (await one.ask('GET', '/api/alarms')).body
  return Array.isArray(list) ? list.filter(alarm => ['passkey-copied', 'sealed-account-used'].includes(alarm.detector)) : []
}

test('a lost second factor: two administrators take everything away, and a link begins anew', async () => {
  const [head, second] = [await officer('administrator', 'hq'), await officer('administrator', 'busan')]
  const lost = await officer('watch-officer', 'gamcheon')
  const reset = () => head.own.ask('POST', `/api/people/${lost.id}/reset-factors`, { reason: '전화기 분실' })
  expect((await reset()).body.code).toBe('confirm-needed')
  await head.own.ask('POST', '/api/session/confirm', { code: head.app.next() })
  const asked = await reset()
  expect(asked.status).toBe(202)
  const { number } = Object(asked.body.request)
  expect((await head.own.ask('POST', `/api/second/${number}/approve`, {})).status).toBe(403)
  expect((await lost.own.ask('GET', '/api/me')).status).toBe(200)
  const agree = () => second.own.ask('POST', `/api/second/${number}/approve`, {})
  expect((await agree()).body.code).toBe('confirm-needed')
  await second.own.ask('POST', '/api/session/confirm', { code: second.app.next() })
  expect((await agree()).body.state).toBe('done')
  // Sessions, password, app, recovery codes: nothing opens any more.
  expect((await lost.own.ask('GET', '/api/me')).status).toBe(401)
  expect((await toSecond(lost.own, lost.login)).body.code).toBe('wrong-credentials')
  expect(trail('factor.reset').at(-1)).toMatchObject({ who: head.id, second: second.id, thing: lost.id })
  known.clear()
  known.set(head.login, head)
  const anew = await officer('watch-officer', 'gamcheon')
  expect(anew.codes).not.toContain(lost.codes[0])
})

test('the sealed account enters by its password alone; that is a critical alarm until two have sealed it again', async () => {
  const watch = await officer('watch-leader', 'hq')
  const opened = browser('127.0.7.1')
  expect((await opened.ask('POST', '/sign-in/password', envelope)).body).toMatchObject({ step: 'in', login: 'breakglass' })
  const [alarm] = (await alarms(watch.own)).filter(one => one.detector === 'sealed-account-used')
  expect(alarm).toMatchObject({ level: 1, subjects: [{ kind: 'account', label: '봉인 계정' }] })
  expect(trail('break-glass.use')).toMatchObject([{ deed: 'break-glass.use' }])
  // It may do what an administrator may: give links, so that people get in again.
  expect((await opened.ask('GET', '/api/break-glass')).body).toMatchObject({ login: 'breakglass', mayReseal: false })

  const head = await officer('administrator', 'hq')
  await head.own.ask('POST', '/api/session/confirm', { code: head.codes[1] })
  expect((await head.own.ask('POST', '/api/break-glass/password')).body.code).toBe('needs-second')
  const asked = await head.own.ask('POST', '/api/break-glass/reseal', { reason: '사용 뒤 다시 봉인' })
  expect(asked.status).toBe(202)
  const { number } = Object(asked.body.request)
  await chief.ask('POST', '/api/session/confirm', { code: chiefCodes[0] })
  const approved = await chief.ask('POST', `/api/second/${number}/approve`, {})
  expect(approved.body.state).toBe('done')
  expect((await head.own.ask('GET', '/api/break-glass')).body.mayReseal).toBe(true)
  const sealed = await head.own.ask('POST', '/api/break-glass/password')
  expect(sealed.body).toEqual({ login: 'breakglass', password: expect.stringMatching(/^(\w{5}-){5}\w{5}$/) })
  expect((await head.own.ask('POST', '/api/break-glass/password')).body.code).toBe('needs-second')
  // The new password is in nothing that was kept; the old one and its session are worth nothing.
  expect(readFileSync(join(folder.path, 'store', 'mangru.db')).includes(word(sealed, 'password'))).toBe(false)
  expect((await opened.ask('GET', '/api/me')).status).toBe(401)
  expect((await browser('127.0.7.2').ask('POST', '/sign-in/password', envelope)).status).toBe(401)
  const over = (await alarms(watch.own)).filter(one => one.detector === 'sealed-account-used')
  expect(over).toMatchObject([{ endedAt: expect.any(String) }])
  envelope = { login: 'breakglass', password: word(sealed, 'password') }
})

test('an administrator who is the only one and has lost everything is helped by the sealed account, alone, and the trail says so', async () => {
  const other = temporaryFolder()
  const house = await openDoors(other.path, [], { signIn: true, secondPosts: POSTS })
  try {
    const { people } = house.room.access
    for (const place of PLACES) await people.end(house.caller('administrator', place).id, { who: 'test' })
    const only = visitor(house.url)
    const token = house.room.firstSignIn()?.slice('#first='.length) ?? ''
    const first = await only.ask('POST', '/sign-in/first', { token, login: 'only', name: '하나', password: PASSWORD })
    const ticket = word(first, 'ticket')
    const app = authenticatorApp(word(await only.ask('POST', '/sign-in/enrol/totp', { ticket }), 'secret'))
    await only.ask('POST', '/sign-in/enrol/totp/confirm', { ticket, code: app.next() })
    const sealed = visitor(house.url)
    const { login, password } = Object(first.body.breakGlass)
    await sealed.ask('POST', '/sign-in/password', { login, password })
    await sealed.ask('POST', '/api/session/confirm', { password })
    const id = people.personByLogin('only')?.id
    expect((await sealed.ask('POST', `/api/people/${id}/reset-factors`, { reason: '전화기 분실' })).body).toMatchObject({
      request: { state: 'done' },
    })
    expect((await only.ask('GET', '/api/me')).status).toBe(401)
    const store = readStore(join(other.path, 'store', 'mangru.db'), MIGRATIONS)
    expect(auditAfter(store, 0, ['second']).map(row => row.deed)).toEqual(['second.ask', 'second.alone', 'second.done'])
    await store.close()
  } finally {
    await house.stop()
    other.remove()
  }
})

/** Through the provider and back to our page. */
async function walk(one: Visitor, path = '/sign-in/oidc', jar = new Map<string, string>()): Promise<Answer> {
  const sent = await one.ask('GET', path, undefined, {})
  const back = await provider.browse(sent.location ?? '', jar)
  return one.ask('GET', `${back.pathname}${back.search}`, undefined, {})
}

test('by the identity provider: there and back, no secret in an address, then our own second factor, then in', async () => {
  const { id } = doors.caller('auditor', 'hq')
  provider.account = { sub: 'n-77', claims: { preferred_username: 'auditor.hq' } }
  const own = browser()
  expect((await own.ask('GET', '/sign-in/state')).body.oidc).toEqual({ name: '기관 통합인증' })
  const back = await walk(own)
  expect([back.status, back.location]).toEqual([302, '/#sign-in-oidc'])
  for (const line of back.setCookies) expect(line).toMatch(/^mangru-oidc=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/)
  // Not in another browser.
  expect((await browser().ask('POST', '/sign-in/oidc/enter', {})).body.code).toBe('oidc-expired')
  const enrol = await own.ask('POST', '/sign-in/oidc/enter', {})
  expect(enrol.body.step).toBe('enrol')
  expect(own.cookies).toEqual({})
  const ticket = word(enrol, 'ticket')
  const app = authenticatorApp(word(await own.ask('POST', '/sign-in/enrol/totp', { ticket }), 'secret'))
  const entered = await own.ask('POST', '/sign-in/enrol/totp/confirm', { ticket, code: app.next() })
  expect(entered.body).toMatchObject({ step: 'in', login: 'auditor.hq' })
  expect((await own.ask('GET', '/api/me')).body.ways).toEqual(['totp', 'oidc'])

  const desk = browser()
  await walk(desk)
  const stepped = await desk.ask('POST', '/sign-in/oidc/enter', { desk: '자리 1' })
  expect(stepped.body).toMatchObject({ step: 'second', ways: ['totp', 'recovery'] })
  const inNow = await desk.ask('POST', '/sign-in/second', { ticket: word(stepped, 'ticket'), code: app.next() })
  expect(inNow.body.step).toBe('in')
  expect(trail('sign-in').at(-1)).toMatchObject({ who: id, note: expect.stringMatching(/^oidc \+ totp/) })

  // Proving anew, and unlocking, by a fresh sign-in there; not by somebody else's.
  await desk.ask('POST', '/api/session/lock')
  provider.account = { sub: 'n-78', claims: { preferred_username: 'auditor.busan' } }
  await walk(desk, '/sign-in/oidc?again=1')
  expect((await desk.ask('POST', '/sign-in/oidc/enter', {})).body.code).toBe('oidc-refused')
  provider.account = { sub: 'n-77' }
  await walk(desk, '/sign-in/oidc?again=1')
  expect((await desk.ask('POST', '/sign-in/oidc/enter', {})).body).toEqual({ step: 'confirmed' })
  expect((await desk.ask('GET', '/api/me')).body.isLocked).toBe(false)
  expect((await desk.ask('POST', '/api/me/recovery-codes')).status).toBe(200)
})

test('who comes back with another’s answer, or as nobody of ours, is sent to the sign-in page with the reason', async () => {
  provider.account = { sub: 'n-99', claims: { preferred_username: 'nobody.here' } }
  expect((await walk(browser())).location).toBe('/#sign-in-failed=oidc-unknown')
  // Another's code and state, slipped into my browser (so that I work in their account).
  const thief = browser()
  const sent = await thief.ask('GET', '/sign-in/oidc', undefined, {})
  const theirs = await provider.browse(sent.location ?? '')
  const mine = browser()
  expect((await mine.ask('GET', `${theirs.pathname}${theirs.search}`, undefined, {})).location).toBe('/#sign-in-failed=oidc-expired')
  await mine.ask('GET', '/sign-in/oidc', undefined, {})
  expect((await mine.ask('GET', `${theirs.pathname}${theirs.search}`, undefined, {})).location).toBe('/#sign-in-failed=oidc-refused')
})

test('a dead identity provider is said at once; the password and the sealed account remain', async () => {
  const revive = await provider.die()
  const own = browser()
  const sent = await own.ask('GET', '/sign-in/oidc', undefined, {})
  // Asked whether it is there at most every two seconds.
  expect([302, sent.location?.startsWith(provider.issuer) || sent.location === '/#sign-in-failed=oidc-down']).toEqual([sent.status, true])
  expect((await own.ask('POST', '/sign-in/password', envelope)).body.step).toBe('in')
  await revive()
})
