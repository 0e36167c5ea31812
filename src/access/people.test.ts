import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clock, epochMs, POSTS } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { readAudit, verifyAudit } from './audit.ts'
import { ACCESS_MIGRATIONS } from './migrations.ts'
import { createPeople, type People } from './people.ts'
import { type Delegation, type HeldPost, inForce, loginKey } from './person.ts'

const START = Date.UTC(2026, 10, 24, 9)
const HOUR = 3_600_000
const BY = { who: 'admin' }
let nowMs = START
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let people: People
const clock: Clock = { now: () => epochMs(nowMs), every: () => () => {}, after: () => () => {} }
const open = (): People => createPeople({ store, clock, isOrganisation: id => ['hq', 'busan', 'gamcheon'].includes(id) })

beforeEach(async () => {
  nowMs = START
  folder = temporaryFolder()
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: ACCESS_MIGRATIONS })
  people = open()
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

async function added(loginName: string, organisation = 'busan', post?: HeldPost['post']) {
  const outcome = await people.add(
    { loginName, name: `이름 ${loginName}`, organisation, ...(post ? { posts: [{ post, organisation, fromMs: nowMs }] } : {}) },
    BY,
  )
  if (!outcome.ok) throw new Error(outcome.reason.en)
  return outcome.value.id
}

test('a person added is found by id and by login however it is typed, and is there after a restart', async () => {
  const id = await added('Kim.Officer', 'busan', 'watch-officer')
  for (const words of ['kim.officer', ' KIM.Officer ', 'ｋｉｍ.ｏｆｆｉｃｅｒ']) expect(people.personByLogin(words)?.id).toBe(id)
  expect(open().callerFor(id, 's')?.appointments).toEqual([{ post: 'watch-officer', organisation: 'busan' }])
})

test.each([
  [{ loginName: 'kim.officer' }, 'login-taken'],
  [{ loginName: 'KIM.officer' }, 'login-taken'],
  [{ loginName: 'a b' }, 'bad-login'],
  [{ name: ' ' }, 'bad-name'],
  [{ name: 'a\u0000b' }, 'bad-name'],
  [{ email: 'nobody' }, 'bad-email'],
  [{ phone: 'call me' }, 'bad-phone'],
  [{ organisation: 'atlantis' }, 'no-organisation'],
  [{ posts: [{ post: 'director' as const, organisation: 'atlantis', fromMs: 0 }] }, 'no-organisation'],
  [{ posts: [{ post: 'director' as const, organisation: 'hq', fromMs: 5, untilMs: 5 }] }, 'bad-span'],
])('what cannot be kept is refused with a reason: %j', async (wrong, code) => {
  await added('kim.officer')
  const outcome = await people.add({ loginName: 'lee', name: '이', organisation: 'hq', ...wrong }, BY)
  expect(outcome).toMatchObject({ ok: false, reason: { code } })
  expect(people.all()).toHaveLength(1)
})

test('a post counts from its beginning to its end, to the millisecond, without anybody pressing anything', async () => {
  const id = await added('kim')
  await people.give(id, { post: 'watch-leader', organisation: 'busan', fromMs: START + HOUR, untilMs: START + 2 * HOUR }, BY)
  const posts = () => people.callerFor(id, 's')?.appointments.map(one => one.post)
  expect(posts()).toEqual([])
  nowMs = START + HOUR
  expect(posts()).toEqual(['watch-leader'])
  nowMs = START + 2 * HOUR - 1
  expect(posts()).toEqual(['watch-leader'])
  nowMs = START + 2 * HOUR
  expect(posts()).toEqual([])
})

test('the caller is one and the same object until rights change', async () => {
  const id = await added('kim', 'busan', 'watch-officer')
  const before = people.callerFor(id, 's')
  expect(people.callerFor(id, 's')).toBe(before)
  await people.give(id, { post: 'director', organisation: 'busan', fromMs: START }, BY)
  expect(people.callerFor(id, 's')).not.toBe(before)
  expect(people.callerFor(id, 's')?.appointments).toHaveLength(2)
})

test('a delegated post is the taker’s until its end, and ends with the giver’s own', async () => {
  const giver = await added('leader', 'busan', 'watch-leader')
  const taker = await added('officer', 'busan', 'watch-officer')
  const span = { post: 'watch-leader' as const, organisation: 'busan', fromMs: START, untilMs: START + 8 * HOUR, reason: '연가' }
  expect(await people.delegate({ from: giver, to: taker, ...span }, BY)).toMatchObject({ ok: true })
  expect(people.callerFor(taker, 's')?.appointments).toContainEqual({ post: 'watch-leader', organisation: 'busan', delegatedBy: giver })
  nowMs = START + 8 * HOUR
  expect(people.callerFor(taker, 's')?.appointments).toEqual([{ post: 'watch-officer', organisation: 'busan' }])
  nowMs = START + HOUR
  await people.takeBack(people.posts().find(one => one.person === giver)?.id ?? 0, BY)
  expect(people.callerFor(taker, 's')?.appointments).toEqual([{ post: 'watch-officer', organisation: 'busan' }])
})

test.each([
  [{ reason: ' ' }, 'reason-needed'],
  [{ post: 'director' as const }, 'not-held'],
  [{ organisation: 'gamcheon' }, 'not-held'],
  [{ untilMs: START }, 'bad-span'],
  [{ fromMs: START + 9 * HOUR }, 'bad-span'],
])('a delegation that cannot be is refused: %j', async (wrong, code) => {
  const from = await added('leader', 'busan', 'watch-leader')
  const to = await added('officer')
  const right = {
    from,
    to,
    post: 'watch-leader' as const,
    organisation: 'busan',
    fromMs: START,
    untilMs: START + 8 * HOUR,
    reason: '연가',
  }
  expect(await people.delegate({ ...right, ...wrong }, BY)).toMatchObject({ ok: false, reason: { code } })
})

test('what was lent to one cannot be lent on by them', async () => {
  const [a, b, c] = [await added('a1', 'busan', 'watch-leader'), await added('b1'), await added('c1')]
  const span = { post: 'watch-leader' as const, organisation: 'busan', fromMs: START, untilMs: START + HOUR, reason: '교육' }
  await people.delegate({ from: a, to: b, ...span }, BY)
  expect(await people.delegate({ from: b, to: c, ...span }, BY)).toMatchObject({ ok: false, reason: { code: 'not-held' } })
})

test('who has left may do nothing; the name and the deeds stay, the personal data go by the law’s clock', async () => {
  const id = await added('kim', 'busan', 'watch-officer')
  await people.change(id, { email: 'kim@example.go.kr', phone: '051-620-6114' }, BY)
  expect(await people.erase(id, BY)).toMatchObject({ ok: false, reason: { code: 'still-here' } })
  await people.end(id, BY)
  expect(people.callerFor(id, 's')).toBeUndefined()
  expect(people.appointmentsOf(id, nowMs)).toEqual([])
  expect(await people.give(id, { post: 'director', organisation: 'hq', fromMs: nowMs }, BY)).toMatchObject({ ok: false })
  await people.erase(id, BY)
  const { name, loginName, email, phone } = people.personById(id) ?? {}
  expect({ name, loginName, email, phone }).toEqual({ name: '이름 kim', loginName: undefined, email: undefined, phone: undefined })
  expect(JSON.stringify(store.read('SELECT * FROM people'))).not.toMatch(/example|6114|"login_name":"/)
  // No personal data beside the name ever went into the trail, which cannot forget.
  const trail = readAudit(store)
  expect(JSON.stringify(trail)).not.toMatch(/example|6114/)
  expect(trail.map(row => row.deed)).toEqual(['person.erase', 'person.end', 'person.change', 'person.add'])
  expect(verifyAudit(store)).toEqual({ rows: 4 })
  // The login name is free for somebody else, who is another person.
  expect(await added('kim')).not.toBe(id)
})

test('the law’s clock erases who left long enough ago, and nobody else', async () => {
  const [gone, fresh, here] = [await added('gone'), await added('fresh'), await added('here')]
  await people.end(gone, BY)
  nowMs += 10 * HOUR
  await people.end(fresh, BY)
  expect(await people.eraseLeftBefore(nowMs - HOUR)).toBe(1)
  expect(await people.eraseLeftBefore(nowMs - HOUR)).toBe(0)
  expect([gone, fresh, here].map(id => people.personById(id)?.loginName)).toEqual([undefined, 'fresh', 'here'])
})

test('a locked person holds nothing until unlocked', async () => {
  const id = await added('kim', 'busan', 'watch-officer')
  await people.change(id, { isActive: false }, BY)
  expect(people.callerFor(id, 's')).toBeUndefined()
  await people.change(id, { isActive: true }, BY)
  expect(people.callerFor(id, 's')?.appointments).toHaveLength(1)
})

test('whatever posts and delegations there are: what is in force now stays so until the next edge, and nobody gets what no giver holds', () => {
  const who = fc.constantFrom('a', 'b', 'c')
  const at = fc.integer({ min: 0, max: 20 })
  const post = fc.constantFrom(...POSTS.slice(0, 3))
  const held = fc.record({ id: fc.nat(), person: who, post, organisation: fc.constant('hq'), fromMs: at, untilMs: at })
  const lent = fc.record({
    id: fc.nat(),
    from: who,
    to: who,
    post,
    organisation: fc.constant('hq'),
    fromMs: at,
    untilMs: at,
    reason: fc.constant('x'),
  })
  fc.assert(
    fc.property(fc.array(held), fc.array(lent), at, (posts: HeldPost[], delegations: Delegation[], nowMs) => {
      const now = inForce('a', posts, delegations, nowMs)
      for (let later = nowMs; later < Math.min(now.untilMs, 25); later++)
        expect(inForce('a', posts, delegations, later).appointments).toEqual(now.appointments)
      for (const one of now.appointments)
        expect(
          posts.some(p => p.person === (one.delegatedBy ?? 'a') && p.post === one.post && p.fromMs <= nowMs && nowMs < (p.untilMs ?? 99)),
        ).toBe(true)
    }),
  )
})

test('one login name has one spelling, and keeps it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), words => void expect(loginKey(loginKey(words))).toBe(loginKey(words))),
    { numRuns: 2000 },
  )
})
