import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Caller, type Clock, EVERYTHING, epochMs, type Grant } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { readAudit, verifyAudit } from './audit.ts'
import { createFourEyes, type FourEyes } from './four-eyes.ts'
import { ACCESS_MIGRATIONS } from './migrations.ts'
import type { SecondRequest } from './second-request.ts'

const START = Date.UTC(2026, 10, 24, 9)
const HALF_HOUR = 30 * 60_000
const person = (id: string): Caller => ({ id, name: id, kind: 'person', appointments: [], session: `s-${id}` })
const [kim, lee, park] = [person('kim'), person('lee'), person('park')]
/** Park may do it at Incheon only. */
const GRANTS: Readonly<Record<string, Grant | undefined>> = {
  kim: EVERYTHING,
  lee: EVERYTHING,
  park: { organisations: new Set(['incheon']), covers: whose => whose.includes('incheon'), needsSecond: () => true },
}
let nowMs = START
let tasks: (() => void)[] = []
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let candidates: Caller[]
let gone: Set<string>
let told: SecondRequest[]
let doneBy: Caller[]
const clock: Clock = {
  now: () => epochMs(nowMs),
  every: (_ms, task) => {
    tasks.push(task)
    return () => {}
  },
  after: () => () => {},
}

function open(perform: (caller: Caller) => Promise<unknown> = async () => ({ file: 'a.zip' })): FourEyes {
  const eyes = createFourEyes({
    store,
    clock,
    expiresAfterMs: HALF_HOUR,
    grantOf: caller => (gone.has(caller.id) ? undefined : GRANTS[caller.id]),
    callerFor: id => (gone.has(id) ? undefined : person(id)),
    candidates: () => candidates,
    onChange: request => void told.push(request),
  })
  eyes.performer('test', async (_input, caller) => {
    doneBy.push(caller)
    return perform(caller)
  })
  return eyes
}
beforeEach(async () => {
  nowMs = START
  tasks = []
  candidates = [kim, lee, park]
  gone = new Set()
  told = []
  doneBy = []
  folder = temporaryFolder()
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: ACCESS_MIGRATIONS })
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

const THING = { id: 'alarm-1', organisations: ['busan'], ko: '경보 1 증거 내보내기', en: 'export alarm 1' }
const ASKED = { deed: 'evidence.export', performer: 'test', input: { a: 1 }, caller: kim, thing: THING, reason: '검찰 요청' }
async function ask(eyes: FourEyes, more: Partial<Parameters<FourEyes['ask']>[0]> = {}): Promise<number> {
  const asked = await eyes.ask({ ...ASKED, ...more })
  if (!asked.ok) throw new Error(asked.reason.code)
  return asked.value.number
}

test('a deed is done once another fitting officer agrees, once, with both in the audit', async () => {
  const eyes = open()
  const number = await ask(eyes)
  expect(doneBy).toEqual([])
  expect(await eyes.approve(number, lee, '확인함')).toMatchObject({
    ok: true,
    value: { state: 'done', second: 'lee', result: { file: 'a.zip' } },
  })
  expect(await eyes.approve(number, lee)).toMatchObject({ ok: false, reason: { code: 'already-decided' } })
  expect(doneBy).toMatchObject([{ id: 'kim', second: 'lee' }])
  expect(readAudit(store).map(({ who, deed, second }) => ({ who, deed, second }))).toEqual([
    { who: 'kim', deed: 'second.done', second: 'lee' },
    { who: 'lee', deed: 'second.approve', second: undefined },
    { who: 'kim', deed: 'second.ask', second: undefined },
  ])
  expect(verifyAudit(store)).toEqual({ rows: 3 })
})

test('two who agree at the same moment do it once', async () => {
  candidates = [kim, lee, person('choi')]
  const eyes = open()
  const number = await ask(eyes)
  const both = await Promise.all([eyes.approve(number, lee), eyes.approve(number, lee), eyes.refuse(number, lee, 'x')])
  expect(both.filter(one => one.ok)).toHaveLength(1)
  expect(doneBy).toHaveLength(1)
})

test('nobody agrees to what they asked for; who does not fit does not even find it', async () => {
  const eyes = open()
  const number = await ask(eyes)
  expect(await eyes.approve(number, { ...kim, session: 'another' })).toMatchObject({ ok: false, reason: { code: 'same-person' } })
  expect(await eyes.approve(number, park)).toMatchObject({ ok: false, reason: { code: 'not-found' } })
  expect(await eyes.refuse(number, park, 'x')).toMatchObject({ ok: false, reason: { code: 'not-found' } })
  expect(await eyes.withdraw(number, lee)).toMatchObject({ ok: false, reason: { code: 'not-found' } })
  expect(await eyes.approve(number, { ...lee, kind: 'machine' })).toMatchObject({ ok: false, reason: { code: 'not-found' } })
  expect([eyes.list(kim).length, eyes.list(lee).length, eyes.list(park).length]).toEqual([1, 1, 0])
  expect(doneBy).toEqual([])
})

test('after its time a request is over, whether or not anybody looked', async () => {
  const eyes = open()
  const number = await ask(eyes)
  nowMs += HALF_HOUR
  expect(await eyes.approve(number, lee)).toMatchObject({ ok: false, reason: { code: 'already-decided' } })
  for (const task of tasks) task()
  await store.write([])
  await Promise.resolve()
  expect(eyes.list(kim)).toMatchObject([{ state: 'expired' }])
})

test('refused and withdrawn requests are not done, and say so', async () => {
  const eyes = open()
  const first = await ask(eyes)
  expect(await eyes.refuse(first, lee, '사유 부족')).toMatchObject({ ok: true, value: { state: 'refused', note: '사유 부족' } })
  const second = await ask(eyes)
  expect(await eyes.withdraw(second, kim)).toMatchObject({ ok: true, value: { state: 'withdrawn' } })
  for (const number of [first, second]) expect(await eyes.approve(number, lee)).toMatchObject({ ok: false })
  expect(doneBy).toEqual([])
})

test('the same deed id asked again, as after a broken line, is the same request', async () => {
  const eyes = open()
  expect(await ask(eyes, { deedId: 'x' })).toBe(await ask(eyes, { deedId: 'x' }))
  expect(await ask(eyes, { deedId: 'x', caller: lee })).not.toBe(await ask(eyes, { deedId: 'x' }))
})

test('a reason is needed, and somebody who could agree', async () => {
  const eyes = open()
  expect(await eyes.ask({ ...ASKED, reason: '' })).toMatchObject({ ok: false, reason: { code: 'reason-needed' } })
  candidates = [kim, park]
  expect(await eyes.ask(ASKED)).toMatchObject({ ok: false, reason: { code: 'nobody-to-agree' } })
  expect(readAudit(store)).toEqual([])
})

test('the first administrator may do alone what takes two as long as nobody else could agree; the trail says so', async () => {
  candidates = [kim]
  const eyes = open()
  expect(await eyes.ask({ ...ASKED, reason: '', aloneWhileNobodyElse: true })).toMatchObject({ ok: true, value: { state: 'done' } })
  expect(readAudit(store).map(row => row.deed)).toEqual(['second.done', 'second.alone', 'second.ask'])
  candidates = [kim, lee]
  expect(await eyes.ask({ ...ASKED, aloneWhileNobodyElse: true })).toMatchObject({ ok: true, value: { state: 'asked' } })
  expect(doneBy).toHaveLength(1)
})

test('who asked and has lost the right meanwhile, or is gone, gets nothing done', async () => {
  const eyes = open()
  const number = await ask(eyes)
  gone.add('kim')
  expect(await eyes.approve(number, lee)).toMatchObject({ ok: true, value: { state: 'failed' } })
  expect(doneBy).toEqual([])
})

test('what fails says why and is not tried again', async () => {
  const eyes = open(async () => {
    throw new Error('디스크가 가득 찼습니다')
  })
  const number = await ask(eyes)
  expect(await eyes.approve(number, lee)).toMatchObject({ ok: true, value: { state: 'failed', note: '디스크가 가득 찼습니다' } })
  expect(doneBy).toHaveLength(1)
})

test('a request outlives a restart; one that was under way at a kill is not done again but shown as interrupted', async () => {
  const number = await ask(open())
  expect(await open().approve(number, lee)).toMatchObject({ ok: true, value: { state: 'done' } })
  const other = await ask(open())
  await store.write([{ sql: "UPDATE second_requests SET state = 'approved', second = 'lee' WHERE number = ?", values: [other] }])
  const after = open()
  await store.write([])
  await Promise.resolve()
  expect(after.list(kim).find(one => one.number === other)).toMatchObject({ state: 'interrupted' })
  expect(doneBy).toHaveLength(1)
})
