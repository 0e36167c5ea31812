// Signing in at the product's real doors: what strangers are told, what a session is worth, when it ends.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { temporaryFolder } from '#testkit/product.ts'
import { type Visitor, visitor } from '#testkit/visitor.ts'
import { type Doors, openDoors } from './test-doors.ts'

const folder = temporaryFolder()
let doors: Doors
beforeAll(async () => {
  doors = await openDoors(folder.path, [], { signIn: true })
})
afterAll(async () => {
  await doors?.stop()
  folder.remove()
})

/** A client of its own at an address of its own, with the cookies it is given. */
const client = (from?: string, cookies?: Record<string, string>): Visitor => visitor(doors.url, from, cookies)
const PASSWORD = 'sea wind at night 7'

test('the first administrator comes by the link of the first start, once; then nobody else does', async () => {
  const token = doors.room.firstSignIn()?.slice('#first='.length) ?? ''
  expect(token.length).toBeGreaterThan(40)
  const chief = client()
  expect((await chief.ask('GET', '/sign-in/state')).body).toMatchObject({ needsFirst: true, isDemo: false })
  const first = { token, login: 'chief', name: '본청 관리자', password: PASSWORD }
  expect((await chief.ask('POST', '/sign-in/first', { ...first, token: 'x'.repeat(43) })).status).toBe(410)
  expect((await chief.ask('POST', '/sign-in/first', { ...first, password: 'short' })).body.code).toBe('password-too-short')
  expect((await chief.ask('POST', '/sign-in/first', { ...first, password: 'chief-chief-1' })).body.code).toBe('password-common')
  const entered = await chief.ask('POST', '/sign-in/first', first)
  expect(entered.body).toMatchObject({ step: 'in', name: '본청 관리자', login: 'chief' })
  for (const line of entered.setCookies) expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
  expect((await chief.ask('GET', '/api/me')).body).toMatchObject({ name: '본청 관리자', login: 'chief', isLocked: false })
  expect((await client().ask('POST', '/sign-in/first', { ...first, login: 'other' })).body.code).toBe('link-used')
  expect(doors.room.firstSignIn()).toBeUndefined()
})

test('strangers are asked who they are before anything is looked at, whatever they ask for', async () => {
  const stranger = client()
  for (const [method, path] of [
    ['GET', '/api/alarms'],
    ['POST', '/api/incidents'],
    ['GET', '/api/nowhere'],
    ['OPTIONS', '/api/alarms'],
    ['HEAD', '/api/ships'],
    ['GET', '/metrics'],
  ] as const)
    expect([path, (await stranger.ask(method, path, method === 'POST' ? { not: 'looked at' } : undefined)).status]).toEqual([path, 401])
  for (const path of ['/healthz', '/openapi.json', '/sign-in/state']) expect((await stranger.ask('GET', path)).status).toBe(200)
})

test('an unknown name, a wrong password and a locked account are the same answer', async () => {
  const answers = await Promise.all(
    ['chief', 'nobody-knows', 'watch-officer.hq'].map((login, n) =>
      client(`127.0.1.${n + 1}`).ask('POST', '/sign-in/password', { login, password: 'wrong wrong wrong' }),
    ),
  )
  expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1)
  expect(answers[0]?.body.code).toBe('wrong-credentials')
  expect(answers.every(one => one.setCookies.length === 0)).toBe(true)
})

test('ten wrong passwords close an account to strangers from whatever address; whoever signed in from this device before still gets in', async () => {
  const own = client('127.0.2.1')
  expect((await own.ask('POST', '/sign-in/password', { login: 'CHIEF', password: PASSWORD })).body.step).toBe('in')
  const tried = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      client(`127.0.3.${n + 1}`).ask('POST', '/sign-in/password', { login: 'chief', password: `wrong guess ${n}` }),
    ),
  )
  // One wrong password of the test before counts too.
  expect(tried.filter(one => one.status === 401).length).toBeLessThanOrEqual(10)
  expect(tried.filter(one => one.status === 429).length).toBeGreaterThanOrEqual(30)
  const { 'mangru-device': device = '' } = own.cookies
  expect(
    (await client('127.0.4.1', { 'mangru-device': device }).ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })).body
      .step,
  ).toBe('in')
  expect((await client('127.0.4.2').ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })).status).toBe(429)
})

test('a session is new at each sign-in, ends at signing out, and its cookie is worth nothing from another page', async () => {
  const own = client('127.0.2.1', { mangru: 'laid-there-by-somebody-else-0000000000000000' })
  await own.ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })
  const { mangru: token = '' } = own.cookies
  expect(token).not.toContain('laid-there')
  const foreign = client('127.0.2.1', { mangru: token })
  for (const headers of [{}, { 'sec-fetch-site': 'cross-site' }, { origin: 'http://elsewhere.example' }] as Record<string, string>[])
    expect((await foreign.ask('POST', '/api/session/lock', undefined, headers)).body.code).toBe('foreign-origin')
  expect((await foreign.ask('GET', '/api/me')).status).toBe(200)
  expect((await own.ask('POST', '/api/session/sign-out')).status).toBe(204)
  expect(own.cookies.mangru).toBeUndefined()
  expect((await foreign.ask('GET', '/api/me')).status).toBe(401)
})

test('a locked desk goes on looking and does nothing until its password is given', async () => {
  const own = client('127.0.2.1')
  await own.ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })
  expect((await own.ask('POST', '/api/session/lock')).status).toBe(204)
  expect((await own.ask('GET', '/api/alarms')).status).toBe(200)
  expect((await own.ask('GET', '/api/me')).body.isLocked).toBe(true)
  expect((await own.ask('POST', '/api/alarms/alarm-busan/note', { text: 'x' })).body.code).toBe('locked')
  expect((await own.ask('GET', `/api/people/${doors.caller('director', 'hq').id}`)).status).toBe(423)
  expect((await own.ask('POST', '/api/session/unlock', { password: 'not this one at all' })).status).toBe(401)
  expect((await own.ask('POST', '/api/session/unlock', { password: PASSWORD })).status).toBe(204)
  expect((await own.ask('POST', '/api/alarms/alarm-busan/note', { text: 'x' })).status).toBe(200)
})

test('a new password ends the other sessions, and only it opens the account', async () => {
  const [own, other] = [client('127.0.2.1'), client('127.0.2.1')]
  for (const one of [own, other]) await one.ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })
  await own.ask('POST', '/api/session/confirm', { password: PASSWORD })
  expect((await own.ask('POST', '/api/me/password', { old: 'wrong wrong wrong', new: 'another sea wind 8' })).status).toBe(401)
  expect((await own.ask('POST', '/api/me/password', { old: PASSWORD, new: 'another sea wind 8' })).status).toBe(204)
  expect((await own.ask('GET', '/api/me')).status).toBe(200)
  expect((await other.ask('GET', '/api/me')).status).toBe(401)
  expect((await own.ask('POST', '/api/me/password', { old: 'another sea wind 8', new: PASSWORD })).status).toBe(204)
})

test('nobody enters by a click where no demo runs', async () => {
  expect((await client().ask('POST', '/sign-in/demo', { person: 'demo-hq-administrator' })).status).toBe(404)
  expect((await client().ask('GET', '/sign-in/state')).body.demoPosts).toBeUndefined()
})

/** The administrator, who has just proved anew who they are. */
async function confirmedChief(): Promise<Visitor> {
  const chief = client('127.0.2.1')
  await chief.ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })
  expect((await chief.ask('POST', `/api/people/${doors.caller('director', 'hq').id}/link`)).body.code).toBe('confirm-needed')
  expect((await chief.ask('POST', '/api/session/confirm', { password: PASSWORD })).status).toBe(204)
  return chief
}

test('a colleague comes in by a link, once; an older link is worth nothing; ending the account ends the sessions at once', async () => {
  const chief = await confirmedChief()
  const { id } = doors.caller('watch-officer', 'busan')
  const linkOf = async (): Promise<string> =>
    /#link=(.+)$/.exec(String((await chief.ask('POST', `/api/people/${id}/link`)).body.url))?.[1] ?? ''
  const [older, token] = [await linkOf(), await linkOf()]
  const [own, other] = [client('127.0.5.1'), client('127.0.5.2')]
  expect((await own.ask('POST', '/sign-in/link/look', { token: older })).body.code).toBe('link-used')
  expect((await own.ask('POST', '/sign-in/link/look', { token })).body).toEqual({
    name: 'watch-officer busan',
    login: 'watch-officer.busan',
    kind: 'invitation',
  })
  expect((await own.ask('POST', '/sign-in/link', { token, password: 'watch-officer.busan' })).body.code).toBe('password-common')
  const used = await Promise.all([own, other].map(one => one.ask('POST', '/sign-in/link', { token, password: 'harbour lights at six' })))
  expect(used.map(one => one.status).sort()).toEqual([200, 410])
  const officer = used[0]?.status === 200 ? own : other
  expect((await officer.ask('GET', '/api/alarms')).status).toBe(200)
  expect((await chief.ask('GET', `/api/people/${id}/sessions`)).body).toMatchObject([{ isThis: false }])
  expect((await chief.ask('PUT', `/api/people/${id}`, { isActive: false })).status).toBe(200)
  expect((await officer.ask('GET', '/api/alarms')).status).toBe(401)
  await chief.ask('PUT', `/api/people/${id}`, { isActive: true })
  expect((await officer.ask('GET', '/api/alarms')).status).toBe(401)
})

test('who never came in gets an invitation with the list of an organisation, once; nobody who works here already loses a password by it', async () => {
  const chief = await confirmedChief()
  const invite = async (body: object) => {
    const { status, body: said } = await chief.ask('POST', '/api/people/links', body)
    expect(status).toBe(200)
    return Array.isArray(said.links)
      ? said.links.map(one => ({ login: String(one.login), token: String(one.url).split('#link=')[1] ?? '' }))
      : []
  }
  const first = await invite({ organisation: 'incheon' })
  expect(first.length).toBeGreaterThan(5)
  expect(first.every(({ login }) => login.endsWith('.incheon'))).toBe(true)
  expect(await invite({ organisation: 'incheon' })).toEqual([])

  const own = client('127.0.5.9')
  const [one, other] = first
  expect((await own.ask('POST', '/sign-in/link', { token: one?.token, password: 'harbour lights at six' })).body).toMatchObject({
    step: 'in',
    login: one?.login,
  })
  const again = await invite({ organisation: 'incheon', again: true })
  expect(again.map(({ login }) => login)).toEqual(first.map(({ login }) => login).filter(login => login !== one?.login))
  expect((await own.ask('POST', '/sign-in/link/look', { token: other?.token })).body.code).toBe('link-used')
  expect((await own.ask('POST', '/sign-in/link/look', { token: again[0]?.token })).body).toMatchObject({
    login: other?.login,
    kind: 'invitation',
  })
  // Of all places, machines and wall screens have keys instead, and who has a password keeps it.
  const everywhere = await invite({})
  expect(everywhere.some(({ login }) => login === 'chief' || login.endsWith('.incheon'))).toBe(false)
})

test('a key does what its posts and its rights allow, and no more; once ended it is nobody’s', async () => {
  const chief = await confirmedChief()
  const added = await doors.room.access.people.add(
    {
      loginName: 'terminal-7',
      name: '부두 7 연계',
      organisation: 'busan',
      kind: 'machine',
      posts: [{ post: 'watch-leader', organisation: 'busan', fromMs: 0 }],
    },
    { who: 'test' },
  )
  const id = added.ok ? added.value.id : ''
  const keyOf = async (rights: readonly string[]) => {
    const made = await chief.ask('POST', `/api/people/${id}/keys`, { name: 'seven', rights })
    return { id: String(made.body.id), headers: { authorization: `Bearer ${made.body.key}` } }
  }
  const [reads, notes, acts] = [await keyOf(['read']), await keyOf(['alarms.look']), await keyOf(['act'])]
  const machine = client('127.0.6.1')
  const status = async (key: typeof reads, method: string, path: string, body?: unknown) =>
    (await machine.ask(method, path, body, key.headers)).status
  const note = { text: 'x' }
  for (const [key, look, areas, act, person] of [
    [reads, 200, 200, 403, 403],
    [notes, 200, 403, 403, 403],
    [acts, 200, 200, 200, 200],
  ] as const)
    expect([
      await status(key, 'GET', '/api/alarms/alarm-busan'),
      await status(key, 'GET', '/api/areas'),
      await status(key, 'POST', '/api/alarms/alarm-busan/note', note),
      await status(key, 'GET', `/api/people/${doors.caller('director', 'busan').id}`),
    ]).toEqual([look, areas, act, person])
  expect(await status(acts, 'GET', '/api/alarms/alarm-incheon')).toBe(404)
  expect((await machine.ask('POST', '/sign-in/key', { key: acts.headers.authorization.slice(7) })).status).toBe(401)
  expect((await chief.ask('DELETE', `/api/people/${id}/keys/${reads.id}`)).status).toBe(204)
  expect(await status(reads, 'GET', '/api/areas')).toBe(401)
  expect((await chief.ask('POST', `/api/people/${doors.caller('director', 'hq').id}/keys`, { name: 'x', rights: ['read'] })).status).toBe(
    409,
  )
})

test('a wall screen enters by its key, sees, never acts, and is gone with its key; open lines are cut', async () => {
  const chief = await confirmedChief()
  const added = await doors.room.access.people.add(
    {
      loginName: 'wall-2',
      name: '상황판 2',
      organisation: 'hq',
      kind: 'screen',
      posts: [{ post: 'screen', organisation: 'hq', fromMs: 0 }],
    },
    { who: 'test' },
  )
  const id = added.ok ? added.value.id : ''
  const { body } = await chief.ask('POST', `/api/people/${id}/keys`, { name: 'wall', rights: ['read'] })
  const wall = client('127.0.7.1')
  expect((await wall.ask('POST', '/sign-in/key', { key: body.key })).body.step).toBe('in')
  expect((await wall.ask('GET', '/api/alarms')).status).toBe(200)
  expect((await wall.ask('POST', '/api/alarms/alarm-hq/note', { text: 'x' })).status).toBe(403)
  const socket = new WebSocket(`${doors.url.replace('http', 'ws')}/live`, {
    headers: { cookie: `mangru=${wall.cookies.mangru}`, origin: doors.url },
  })
  const closed = new Promise<number>(done => socket.on('close', code => done(code)))
  await new Promise((done, fail) => socket.once('open', done).once('error', fail))
  await chief.ask('DELETE', `/api/people/${id}/keys/${body.id}`)
  expect(await closed).toBe(4401)
  expect((await wall.ask('GET', '/api/alarms')).status).toBe(401)
})

test('a socket with no cookie, with one of a session that has ended, or from another page is not opened', async () => {
  const own = client('127.0.2.1')
  await own.ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })
  const opens = (headers: Record<string, string>): Promise<boolean> =>
    new Promise(done => {
      const socket = new WebSocket(`${doors.url.replace('http', 'ws')}/live`, { headers })
      socket.once('open', () => {
        socket.terminate()
        done(true)
      })
      socket.once('error', () => done(false))
    })
  const cookie = `mangru=${own.cookies.mangru}`
  expect(await opens({ cookie, origin: doors.url })).toBe(true)
  expect(await opens({ cookie, origin: 'http://elsewhere.example' })).toBe(false)
  expect(await opens({ origin: doors.url })).toBe(false)
  await own.ask('POST', '/api/session/sign-out')
  expect(await opens({ cookie, origin: doors.url })).toBe(false)
})
