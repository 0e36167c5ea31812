// Evidence leaves the house: asked by one, agreed to by another, made, taken, verified by the command anybody can run; and everything of it in the trail.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand, temporaryFolder } from '#testkit/product.ts'
import { type Doors, openDoors } from './test-doors.ts'

const folder = temporaryFolder()
let doors: Doors
beforeAll(async () => {
  doors = await openDoors(folder.path)
})
afterAll(async () => {
  await doors?.stop()
  folder.remove()
})
const number = (answer: { json(): unknown }): number => Number(Object(Object(answer.json()).request).number)

test('an export of an alarm takes two, is kept for those two, and verifies', async () => {
  const { ask } = doors
  const who = (post: 'watch-leader' | 'investigator', place: 'hq' | 'busan' | 'incheon') => doors.caller(post, place).id
  const [leader, investigator] = [who('watch-leader', 'busan'), who('investigator', 'busan')]
  expect((await ask(leader, 'POST', '/api/evidence/exports', { alarm: 'alarm-busan' })).text).toContain('reason-needed')
  expect((await ask(leader, 'POST', '/api/evidence/exports', { alarm: 'alarm-incheon', reason: '검찰 요청' })).status).toBe(404)
  const asked = await ask(leader, 'POST', '/api/evidence/exports', { alarm: 'alarm-busan', reason: '검찰 요청' })
  expect(asked.status).toBe(202)
  const path = `/api/second/${number(asked)}/approve`
  expect((await ask(leader, 'POST', path, {})).status).toBe(403)
  expect((await ask(who('investigator', 'incheon'), 'POST', path, {})).status).toBe(404)
  const done = Object((await ask(investigator, 'POST', path, {})).json())
  expect(done).toMatchObject({ state: 'done', mayDecide: false })
  const [row] = [(await ask(leader, 'GET', '/api/evidence/exports')).json()].flat()
  const { id, sha256 } = Object(row)
  expect((await ask(who('watch-leader', 'hq'), 'GET', `/api/evidence/exports/${id}`)).status).toBe(404)
  const answer = await fetch(`${doors.url}/api/evidence/exports/${id}`, { headers: doors.headers(investigator) })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const file = join(folder.path, 'taken.zip')
  writeFileSync(file, bytes)
  const key = Object((await ask(leader, 'GET', '/api/evidence/key')).json()).fingerprint
  const whole = await runCommand(['verify', file])
  expect(whole).toMatchObject({ code: 0 })
  expect(whole.stdout).toContain(key)
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  writeFileSync(file, bytes)
  expect((await runCommand(['verify', file])).code).not.toBe(0)

  const trail = [(await ask(doors.caller('auditor', 'hq').id, 'GET', '/api/audit?q=evidence')).json()].flat().map(line => Object(line))
  expect(trail.map(line => line.deed).reverse()).toEqual(
    expect.arrayContaining(['second.ask', 'second.approve', 'evidence.export', 'second.done', 'evidence.take']),
  )
  const made = trail.find(line => line.deed === 'evidence.export')
  expect(made).toMatchObject({ name: 'watch-leader busan', second: 'investigator busan', thing: 'alarm-busan' })
  expect(made?.note).toContain(sha256)
})

test('rights are changed by two administrators; what would change is told before, and acts at once', async () => {
  const { ask } = doors
  const [one, other] = [doors.caller('administrator', 'hq').id, doors.caller('administrator', 'busan').id]
  const person = doors.caller('field-officer', 'busan').id
  const give = { post: 'watch-leader', organisation: 'busan' }
  const effect = Object((await ask(one, 'POST', '/api/rights/effect', { give: { person, ...give } })).json())
  expect(effect.people).toHaveLength(1)
  expect(effect.people[0].deeds.map((deed: unknown) => Object(deed).deed)).toContain('evidence.export')
  expect((await ask(person, 'GET', '/api/evidence/exports')).status).toBe(403)
  const asked = await ask(one, 'POST', `/api/people/${person}/posts`, { ...give, reason: '인사 발령' })
  expect(asked.status).toBe(202)
  expect((await ask(person, 'GET', '/api/evidence/exports')).status).toBe(403)
  expect(Object((await ask(other, 'POST', `/api/second/${number(asked)}/approve`, {})).json())).toMatchObject({ state: 'done' })
  expect((await ask(person, 'GET', '/api/evidence/exports')).status).toBe(200)
})

test('an organisation moved changes who reaches it; a regional administrator cannot move one to where they have no right', async () => {
  const { ask } = doors
  const officer = doors.caller('watch-officer', 'busan').id
  expect((await ask(officer, 'GET', '/api/alarms/alarm-gamcheon')).status).toBe(200)
  const regional = doors.caller('administrator', 'busan').id
  expect((await ask(regional, 'PUT', '/api/organisations/gamcheon', { parent: 'incheon', reason: '조직 개편' })).status).toBe(404)
  const asked = await ask(doors.caller('administrator', 'hq').id, 'PUT', '/api/organisations/gamcheon', {
    parent: 'incheon',
    reason: '조직 개편',
  })
  expect(Object((await ask(regional, 'POST', `/api/second/${number(asked)}/approve`, {})).json())).toMatchObject({ state: 'done' })
  expect((await ask(officer, 'GET', '/api/alarms/alarm-gamcheon')).status).toBe(404)
  expect((await ask(doors.caller('watch-officer', 'incheon').id, 'GET', '/api/alarms/alarm-gamcheon')).status).toBe(200)
})

test('a list of people is judged line by line before it is asked for, and taken whole or not at all', async () => {
  const { ask } = doors
  const admin = doors.caller('administrator', 'hq').id
  const csv =
    '\uFEFF로그인,이름,소속,맡은 일,시작\r\nhong1,홍길동,부산본부세관,당직관,2026-01-01\r\nhong1,홍길동,busan,조장,2026-02-30\r\nkim2,=cmd(),부산신항 모니터링센터,당직관,2026-01-01\r\nlee3,이순신,아틀란티스,,\r\n'
  const preview = Object((await ask(admin, 'POST', '/api/people/import/preview', { csv })).json())
  expect(preview.lines.map((line: unknown) => [Object(line).line, Object(line).does])).toEqual([
    [2, 'add'],
    [3, 'refused'],
    [4, 'add'],
    [5, 'refused'],
  ])
  expect((await ask(admin, 'POST', '/api/people/import', { csv, reason: '발령' })).text).toContain('bad-line')
  const good = csv
    .split('\r\n')
    .filter(line => !/조장|아틀란티스/.test(line))
    .join('\r\n')
  const asked = await ask(admin, 'POST', '/api/people/import', { csv: good, reason: '발령' })
  expect(asked.status).toBe(202)
  expect(doors.room.access.people.personByLogin('hong1')).toBeUndefined()
  expect((await ask(doors.caller('administrator', 'incheon').id, 'POST', `/api/second/${number(asked)}/approve`, {})).status).toBe(404)
  const agreed = await ask(doors.caller('administrator', 'busan').id, 'POST', `/api/second/${number(asked)}/approve`, {})
  expect(Object(agreed.json())).toMatchObject({ state: 'done' })
  expect(doors.room.access.people.personByLogin('hong1')).toMatchObject({ name: '홍길동', organisation: 'busan' })
  expect(doors.room.access.people.personByLogin('kim2')).toMatchObject({ organisation: 'busan-new-port' })
})

test.each([
  ['its last day whole', '2036-11-30T15:00:00Z', '지금 ~ 2036-11-30'],
  ['a part of its last day', '2036-11-30T03:00:00Z', '지금 ~ 2036-11-30'],
])('who agrees to a loan reads the day it lasts to: %s', async (_, until, words) => {
  const leader = doors.caller('watch-leader', 'busan').id
  const asked = await doors.ask(leader, 'POST', '/api/delegations', {
    giver: leader,
    taker: doors.caller('investigator', 'busan').id,
    post: 'watch-leader',
    organisation: 'busan',
    until,
    reason: '휴가',
  })
  expect(Object(asked.json()).request.what.ko).toContain(words)
  await doors.ask(leader, 'POST', `/api/second/${number(asked)}/withdraw`, {})
})

test('a look at a colleague’s personal data stands in the trail, with the reason', async () => {
  const admin = doors.caller('administrator', 'hq').id
  const person = doors.caller('director', 'busan').id
  await doors.ask(admin, 'GET', `/api/people/${person}?reason=${encodeURIComponent('연락처 확인')}`)
  const [line] = [(await doors.ask(doors.caller('auditor', 'hq').id, 'GET', `/api/audit?kind=look&thing=${person}`)).json()].flat()
  expect(line).toMatchObject({ who: admin, deed: 'person.look', note: '연락처 확인' })
  // An auditor of Incheon does not see what head office did.
  expect((await doors.ask(doors.caller('auditor', 'incheon').id, 'GET', `/api/audit?kind=look&thing=${person}`)).json()).toEqual([])
  expect((await doors.ask(doors.caller('auditor', 'hq').id, 'GET', '/api/audit.csv?q=연락처')).text).toMatch(/^\uFEFF?번호/)
})
