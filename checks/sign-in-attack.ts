// Reliability check 19: 10,000 guesses from one address and 10,000 from five hundred at accounts that exist. At most ten tries each in fifteen minutes are looked at, the true
// user gets in meanwhile, and neither words nor time tell which names exist.
import { startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { type Answer, type Visitor, visitor } from '../src/testkit/visitor.ts'
import { firstToken, PASSWORD, passwordAlone, signInFirst } from './by-password.ts'
import { type Check, seeded } from './check.ts'

const GUESSES = 10_000
const ADDRESSES = 500
const AT_ONCE = 32
const TRIES = 10
/** Accounts whose time of answer is compared with that of names nobody has; so many tries each, so that no throttle speaks. */
const KNOWN = 24
const ASKED = 8
const MOST_MS = 5

/** A colleague with a password, let in by a link. */
async function addColleague(chief: Visitor, url: string, login: string, from: string): Promise<Visitor> {
  const added = await chief.ask('POST', '/api/people', { loginName: login, name: login, organisation: 'hq' })
  const link = await chief.ask('POST', `/api/people/${added.body.id}/link`)
  const own = visitor(url, from)
  const token = /#link=(.+)$/.exec(String(link.body.url))?.[1]
  const answer = await own.ask('POST', '/sign-in/link', { token, password: PASSWORD })
  if (answer.body.step !== 'in') throw new Error(`${login}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return own
}

interface Attack {
  readonly looked: number
  readonly later: number
  readonly entered: number
  readonly others: number
  readonly tookMs: number
}
async function attack(url: string, login: string, addresses: readonly string[], guesses: number): Promise<Attack> {
  const seen: Answer[] = []
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < guesses) {
        const n = next++
        // The right password is among the guesses, when it is long too late.
        const password = n === guesses - 7 ? PASSWORD : `guess number ${n}`
        seen.push(await visitor(url, addresses[n % addresses.length]).ask('POST', '/sign-in/password', { login, password }))
      }
    }),
  )
  const count = (status: number): number => seen.filter(one => one.status === status).length
  const [looked, later, entered] = [count(401), count(429), count(200)]
  return { looked, later, entered, others: seen.length - looked - later - entered, tookMs: performance.now() - began }
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN

/** Wrong passwords for accounts and for nobody's names, in turn and one at a time. */
async function compareTimes(
  url: string,
  logins: readonly string[],
  random: () => number,
): Promise<readonly [known: number, unknown: number, words: number]> {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  const words = new Set<string>()
  for (let round = 0; round < ASKED; round++)
    for (const [n, login] of logins.entries())
      for (const kind of random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
        const name = kind === 'known' ? login : `no-${login}`
        const answer = await visitor(url, `127.20.${round}.${n + 1}`).ask('POST', '/sign-in/password', {
          login: name,
          password: `wrong ${round} ${n}`,
        })
        times[kind].push(answer.tookMs)
        words.add(`${answer.status} ${JSON.stringify(answer.body)}`)
      }
  return [median(times.known), median(times.unknown), words.size]
}

export const check: Check = {
  name: 'sign-in-attack',
  promise:
    '10,000 guesses from one address and from 500: at most ten looked at, the true user gets in, neither words nor time tell who exists',
  async run({ seed, times = GUESSES, say }) {
    const folder = temporaryFolder()
    const product = await startProduct(folder.path, passwordAlone(folder.path), { officer: false })
    const { url } = product
    const faults: string[] = []
    try {
      const chief = await signInFirst(url, firstToken(product.firstSignIn))
      await addColleague(chief, url, 'leader', '127.0.2.2')
      const logins = Array.from({ length: KNOWN }, (_, n) => `officer-${n}`)
      for (const login of logins) await chief.ask('POST', '/api/people', { loginName: login, name: login, organisation: 'hq' })
      for (const login of logins.slice(0, KNOWN / 2)) await addColleague(chief, url, `${login}-in`, '127.0.2.3')
      const some = Array.from({ length: ADDRESSES }, (_, n) => `127.10.${n >> 8}.${n & 255 || 256 - 1}`)
      const figures: string[] = []
      for (const [login, addresses, device] of [
        ['chief', ['127.0.3.1'], '127.0.2.1'],
        ['leader', some, '127.0.2.2'],
      ] as const) {
        const { looked, later, entered, others, tookMs } = await attack(url, login, addresses, times)
        const words = `${login} from ${addresses.length}: ${looked} looked at, ${later} sent away in ${(tookMs / 1000).toFixed(0)} s`
        say(words)
        figures.push(words)
        if (looked > TRIES) faults.push(`${looked} guesses at ${login} were looked at`)
        if (entered > 0 || others > 0) faults.push(`${login}: ${entered} entered, ${others} other answers`)
        // At the usual desk, with nothing but what the browser keeps there, and with not even that.
        const known = chief.cookies['mangru-device']
        const cookies = login === 'chief' && known !== undefined ? { 'mangru-device': known } : {}
        const own = await visitor(url, login === 'chief' ? '127.0.9.9' : device, cookies).ask('POST', '/sign-in/password', {
          login,
          password: PASSWORD,
        })
        if (own.body.step !== 'in') faults.push(`the true ${login} is told ${own.status} ${JSON.stringify(own.body)}`)
      }
      const [known, unknown, words] = await compareTimes(
        url,
        logins.flatMap((login, n) => [login, ...(n < KNOWN / 2 ? [`${login}-in`] : [])]),
        seeded(seed),
      )
      if (words !== 1) faults.push(`${words} different answers tell names apart`)
      if (!(Math.abs(known - unknown) < MOST_MS)) faults.push('the time of the answer tells names apart')
      figures.push(`median answer ${known.toFixed(1)} ms for accounts, ${unknown.toFixed(1)} ms for nobody’s names`)
      return { pass: faults.length === 0, figure: `${figures.join('; ')}${faults.length > 0 ? ` · ${faults.join(' | ')}` : ''}` }
    } finally {
      await product.stop()
      folder.remove()
    }
  },
}
