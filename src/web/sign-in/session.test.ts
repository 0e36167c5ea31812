// What stands between the person and the house: which barrier is shown, who may go on, when a desk locks itself, and the screens of one desk in step.
import { expect, test } from 'vitest'
import { type Ask, Refusal } from '../live/ask.ts'
import { createSession, type Screens } from './session.ts'

const MINUTE = 60_000

/** Desks of one browser share a channel; each has its own pages. */
function browser() {
  const pages: { readonly takes: ((word: unknown) => void)[] }[] = []
  return (): Screens => {
    const mine: (typeof pages)[number] = { takes: [] }
    pages.push(mine)
    return {
      tell: word => void pages.filter(page => page !== mine).forEach(page => void page.takes.forEach(take => void take(word))),
      listen: take => mine.takes.push(take),
    }
  }
}

function desk({ channel, isSame = true }: { channel?: Screens; isSame?: boolean } = {}) {
  const clock = { ms: 0 }
  const told: string[] = []
  const left: number[] = []
  const refusals = new Map<string, Refusal>()
  const json = async (method: string, path: string): Promise<unknown> => {
    told.push(`${method} ${path}`)
    const refusal = refusals.get(path)
    if (refusal) throw refusal
    return undefined
  }
  const call = async (method: string, path: string): Promise<Response> => {
    await json(method, path)
    return new Response()
  }
  const ask: Ask = Object.assign(call, { json })
  const session = createSession({
    ask,
    now: () => clock.ms,
    isSamePerson: async () => isSame,
    ...(channel ? { screens: channel } : {}),
    leave: () => left.push(clock.ms),
  })
  return { session, clock, told, left, refusals }
}
const settled = (): Promise<void> => new Promise(done => setTimeout(done, 0))

test('the outermost barrier is shown: signing in before unlocking before confirming', async () => {
  const { session } = desk()
  void session.clear('confirm')
  void session.clear('unlock')
  expect(session.barrier.get()).toBe('unlock')
  void session.clear('sign-in')
  expect(session.barrier.get()).toBe('sign-in')
})

test('whoever signs in again as the same person goes on: what waited is done, the lock is gone', async () => {
  const { session, left } = desk()
  const deeds = Promise.all([session.clear('sign-in'), session.clear('unlock')])
  await session.returned()
  expect(await deeds).toEqual([true, true])
  expect(session.barrier.get()).toBeUndefined()
  expect(session.lockedAtMs.get()).toBeUndefined()
  expect(left).toEqual([])
})

test('somebody else who signs in gets a screen of their own: nothing of the first person is done', async () => {
  const { session, left } = desk({ isSame: false })
  let done = false
  void session.clear('sign-in').then(() => (done = true))
  await session.returned()
  await settled()
  expect([done, left.length]).toEqual([false, 1])
})

test('a confirmation that is turned away ends the deed, and the next deed asks again', async () => {
  const { session } = desk()
  const first = session.clear('confirm')
  session.settle('confirm', false)
  expect(await first).toBe(false)
  const second = session.clear('confirm')
  expect(session.barrier.get()).toBe('confirm')
  session.settle('confirm', true)
  expect(await second).toBe(true)
})

test('a desk locks after its idle minutes and not before; work puts it off', async () => {
  const { session, clock, told } = desk()
  clock.ms = 14 * MINUTE
  session.tick(15)
  session.worked()
  clock.ms = 28 * MINUTE
  session.tick(15)
  expect(session.barrier.get()).toBeUndefined()
  clock.ms = 29 * MINUTE
  session.tick(15)
  expect(session.barrier.get()).toBe('unlock')
  expect(session.lockedAtMs.get()).toBe(29 * MINUTE)
  expect(told).toEqual(['POST /api/session/active', 'POST /api/session/lock'])
})

test('a desk of a wall, whose idle minutes are 0, never locks by itself', () => {
  const { session, clock } = desk()
  clock.ms = 1000 * MINUTE
  session.tick(0)
  expect(session.barrier.get()).toBeUndefined()
})

test('the server hears at most once a minute that somebody works', () => {
  const { session, clock, told } = desk()
  for (let second = 0; second < 150; second++) {
    clock.ms = second * 1000
    session.worked()
  }
  expect(told).toEqual(Array(3).fill('POST /api/session/active'))
})

test('the screens of one desk lock and open together, and work on one keeps the others open', async () => {
  const channel = browser()
  const [one, other] = [desk({ channel: channel() }), desk({ channel: channel() })]
  one.session.lock()
  expect(other.session.barrier.get()).toBe('unlock')
  one.session.settle('unlock', true)
  expect(other.session.barrier.get()).toBeUndefined()
  other.clock.ms = 10 * MINUTE
  one.clock.ms = 10 * MINUTE
  one.session.worked()
  other.clock.ms = 20 * MINUTE
  other.session.tick(15)
  expect(other.session.barrier.get()).toBeUndefined()
})

test('signing out leaves on every screen of the desk; a session already gone is no fault', async () => {
  const channel = browser()
  const [one, other] = [desk({ channel: channel() }), desk({ channel: channel() })]
  one.refusals.set('/api/session/sign-out', new Refusal('gone', 'not-signed-in', 401))
  await one.session.signOut()
  expect([one.left.length, other.left.length]).toEqual([1, 1])
})

test('a sign-out that the server could not do is said and the screen stays', async () => {
  const { session, left, refusals } = desk()
  refusals.set('/api/session/sign-out', new Refusal('broken', 'internal', 500))
  await expect(session.signOut()).rejects.toThrow('broken')
  expect(left).toEqual([])
})
