// Reliability check 20: what a session is worth. Laid beforehand, after signing out, after a new password, from another page, on a socket, over a restart: refused where it must be; a
// change of posts and the end of an account act within five seconds on open sockets.
import { WebSocket } from 'ws'
import { eventually, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { type Visitor, visitor } from '../src/testkit/visitor.ts'
import { firstToken, PASSWORD, passwordAlone, signInFirst } from './by-password.ts'
import type { Check } from './check.ts'

const MOST_MS = 5000

export const check: Check = {
  name: 'session',
  promise:
    'fixation, reuse after sign-out, other pages, old sockets: refused; a change of posts acts within 5 s on open sockets; a restart signs nobody out',
  async run() {
    const folder = temporaryFolder()
    let product = await startProduct(folder.path, passwordAlone(folder.path), { officer: false })
    const faults: string[] = []
    let tried = 0
    const must = (isSo: boolean, fault: string): void => {
      tried++
      if (!isSo) faults.push(fault)
    }
    try {
      const token = firstToken(product.firstSignIn)
      const chief = await signInFirst(product.url, token)
      must(
        (await visitor(product.url).ask('POST', '/sign-in/first', { token, login: 'second', name: 'x', password: PASSWORD })).status ===
          410,
        'the first link works twice',
      )

      const { url } = product
      const enter = async (from: string, cookies: Record<string, string> = {}): Promise<Visitor> => {
        const own = visitor(url, from, cookies)
        const answer = await own.ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })
        if (answer.body.step !== 'in') throw new Error(`signing in: ${JSON.stringify(answer.body)}`)
        return own
      }
      const copyOf = (own: Visitor): Visitor => visitor(url, '127.0.8.8', { ...own.cookies })
      const isIn = async (own: Visitor): Promise<boolean> => (await own.ask('GET', '/api/me')).status === 200

      // Fixation: a token that was laid there, and one that was good before.
      const laid = await enter('127.0.2.1', { mangru: 'x'.repeat(43) })
      must(laid.cookies.mangru !== 'x'.repeat(43), 'a laid token became a session')
      const before = copyOf(laid)
      const again = visitor(url, '127.0.2.1', laid.cookies)
      await again.ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })
      must(before.cookies.mangru !== again.cookies.mangru, 'signing in again kept the token')
      must(!(await isIn(before)), 'the session of before goes on beside the new one')

      // Reuse after sign-out.
      const left = await enter('127.0.2.1')
      const kept = copyOf(left)
      await left.ask('POST', '/api/session/sign-out')
      must(!(await isIn(kept)), 'a session goes on after signing out')
      must(!(await opens(url, kept.cookie)), 'a socket opens with the cookie of a session that ended')

      // Other pages.
      const own = await enter('127.0.2.1')
      for (const headers of [
        {},
        { origin: 'http://elsewhere.example' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ] as Record<string, string>[]) {
        const answer = await own.ask('POST', '/api/areas', { name: 'x' }, headers)
        must(answer.body.code === 'foreign-origin', `a change from another page (${JSON.stringify(headers)}) is answered ${answer.status}`)
      }
      must(!(await opens(url, own.cookie, 'http://elsewhere.example')), 'a socket opens for another page')
      must(!(await opens(url, '')), 'a socket opens for nobody')
      must(await opens(url, own.cookie), 'a socket does not open for its own session')

      // The cookie itself.
      const flags = (await visitor(url, '127.0.2.1').ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })).setCookies
      must(
        flags.length > 0 &&
          flags.every(line => /HttpOnly/.test(line) && /SameSite=Strict/.test(line) && /Path=\//.test(line) && !/Domain=/.test(line)),
        `cookies are ${flags.join(' | ')}`,
      )

      // Posts of a colleague change while their socket is open; then the account is locked.
      const id = String((await chief.ask('POST', '/api/people', { loginName: 'officer', name: '당직관', organisation: 'hq' })).body.id)
      const link = await chief.ask('POST', `/api/people/${id}/link`)
      const officer = visitor(url, '127.0.4.1')
      await officer.ask('POST', '/sign-in/link', { token: /#link=(.+)$/.exec(String(link.body.url))?.[1], password: PASSWORD })
      must((await officer.ask('GET', '/api/alarms')).status === 403, 'somebody without a post sees alarms')
      const line = await listen(url, officer.cookie)
      const given = await chief.ask('POST', `/api/people/${id}/posts`, { post: 'watch-officer', organisation: 'hq', reason: '점검' })
      const givenAt = performance.now()
      if (given.status >= 300) throw new Error(`giving a post: ${given.status} ${JSON.stringify(given.body)}`)
      await eventually(async () => (line.heard.includes('rights') ? true : undefined), MOST_MS).catch(() =>
        faults.push('new posts are not told on the open socket within 5 s'),
      )
      const actsMs = performance.now() - givenAt
      must((await officer.ask('GET', '/api/alarms')).status === 200, 'a new post does not act')
      await chief.ask('PUT', `/api/people/${id}`, { isActive: false })
      const lockedAt = performance.now()
      await eventually(async () => (line.closed() === undefined ? undefined : true), MOST_MS).catch(() =>
        faults.push('the socket of a locked account stays open'),
      )
      const cutMs = performance.now() - lockedAt
      must(line.closed() === 4401, `the socket was closed with ${line.closed()}`)
      must(!(await isIn(officer)), 'a locked account acts')
      await chief.ask('PUT', `/api/people/${id}`, { isActive: true })
      must(!(await isIn(officer)), 'a session comes back when the account is unlocked')

      // A restart, in order and by force: who was in is in, who was out is out.
      const leftAgain = await enter('127.0.2.1')
      const gone = copyOf(leftAgain)
      await leftAgain.ask('POST', '/api/session/sign-out')
      await product.kill()
      product = await startProduct(folder.path, passwordAlone(folder.path), { officer: false })
      const there = (one: Visitor): Visitor => visitor(product.url, '127.0.2.1', one.cookies)
      must(await isIn(there(own)), 'a restart signed somebody out')
      must(!(await isIn(there(gone))), 'a session that had ended is back after kill -9')
      must(product.firstSignIn === undefined, 'a first sign-in is offered although there is an administrator')
      return {
        pass: faults.length === 0,
        figure: `${tried} tries; new posts act after ${Math.round(actsMs)} ms, a locked account is cut after ${Math.round(cutMs)} ms ${faults.join(' | ')}`,
      }
    } finally {
      await product.stop()
      folder.remove()
    }
  },
}

const socketTo = (url: string, cookie: string, origin: string): WebSocket =>
  new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { ...(cookie === '' ? {} : { cookie }), origin } })

const opens = (url: string, cookie: string, origin = url): Promise<boolean> =>
  new Promise(done => {
    const socket = socketTo(url, cookie, origin)
    socket.once('open', () => {
      socket.terminate()
      done(true)
    })
    socket.once('error', () => done(false))
  })

async function listen(url: string, cookie: string): Promise<{ readonly heard: readonly string[]; closed(): number | undefined }> {
  const socket = socketTo(url, cookie, url)
  const heard: string[] = []
  let code: number | undefined
  socket.on('message', (data, isBinary) => {
    if (!isBinary) heard.push(String(JSON.parse(String(data)).kind))
  })
  socket.on('close', why => (code = why))
  await new Promise((done, fail) => socket.once('open', done).once('error', fail))
  return { heard, closed: () => code }
}
