// The law's clock for personal data, from the door to the bytes on the disk: what is erased is nowhere any more, the record of the deed stays. And every look at a person's data
// stands in the trail.
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Post } from '#base/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { type Doors, openDoors, type Place } from './test-doors.ts'

let folder: ReturnType<typeof temporaryFolder>
let doors: Doors
beforeEach(async () => {
  folder = temporaryFolder()
  doors = await openDoors(folder.path)
})
afterEach(async () => {
  await doors.stop()
  folder.remove()
})

const who = (post: Post, place: Place): string => doors.caller(post, place).id
const ask = (by: string, method: string, path: string, body?: unknown) => doors.ask(by, method, path, body)
const deedId = (): string => `deed-${randomBytes(6).toString('hex')}`
/** One asks, another agrees. */
async function byTwo(asker: string, second: string, path: string, body: object): Promise<void> {
  const asked = await ask(asker, 'POST', path, { ...body, reason: '법정 보존 기간', deedId: deedId() })
  expect([path, asked.status, asked.text.slice(0, 200)]).toEqual([path, 202, expect.any(String)])
  const { number } = Object(asked.json()).request
  expect(Object((await ask(second, 'POST', `/api/second/${number}/approve`, {})).json())).toMatchObject({ state: 'done' })
}
/** Files of the data folder that hold these letters, whoever reads them. */
function filesWith(letters: string): readonly string[] {
  const wanted = Buffer.from(letters)
  return readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter(name => {
    const file = join(folder.path, name)
    return statSync(file).isFile() && readFileSync(file).includes(wanted)
  })
}
const rowsOf = (table: string, person: string): number => {
  const database = new DatabaseSync(join(folder.path, 'store', 'mangru.db'), { readOnly: true })
  const row = database.prepare(`SELECT count(*) AS n FROM ${table} WHERE person = ?`).get(person)
  database.close()
  return Number(row?.n)
}
const CREDENTIALS = ['passwords', 'links', 'totp_factors', 'passkeys', 'recovery_codes', 'oidc_subjects']

/** Lays down, beside the running product, all that a person signs in with. */
function credentials(person: string): void {
  const database = new DatabaseSync(join(folder.path, 'store', 'mangru.db'))
  database.exec('PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON')
  const rows: readonly (readonly [sql: string, ...values: (string | Uint8Array)[]])[] = [
    ["INSERT INTO passwords VALUES (?, 'hash-marker', 1)", person],
    ["INSERT INTO links VALUES ('l-1', 'link-marker', ?, 'reset', 'x', 1, 2)", person],
    ["INSERT INTO totp_factors VALUES ('f-1', ?, 'phone-name-marker', x'00', 1, 1, NULL)", person],
    ["INSERT INTO passkeys VALUES ('f-2', ?, 'key-name-marker', 'credential-marker', x'00', 1, '', 'localhost', 0, 1, NULL)", person],
    ["INSERT INTO recovery_codes VALUES (?, x'01', x'02', NULL)", person],
    ["INSERT INTO oidc_subjects VALUES ('https://login.example', 'subject-marker', ?, 1)", person],
    [
      "INSERT INTO sessions VALUES ('s-1', 'token-marker', ?, 'password', NULL, 'browser-marker', '203.0.113.77', 'desk-marker', 1, 1, 1, 2, NULL, 2, 'x')",
      person,
    ],
    ["INSERT INTO devices VALUES ('device-marker', ?, 1, 1)", person],
  ]
  for (const [sql, ...values] of rows) database.prepare(sql).run(...values)
  database.close()
}

test('who has left cannot sign in by anything any more; erased, their data are nowhere on the disk; their name and what they did stay', async () => {
  const [chief, second] = [who('administrator', 'hq'), who('administrator', 'busan')]
  const csv =
    '로그인,이름,소속,전자우편,전화,맡은 일\nlogin-marker-7,박가상,busan,mail-marker@customs.example,+82 10 7777 4242,당직관\nother-8,최가상,busan,,,당직관'
  await byTwo(chief, second, '/api/people/import', { csv })
  const { people } = doors.room.access
  const park = people.personByLogin('login-marker-7')?.id ?? ''
  credentials(park)

  // What they did: a report from the field, a deed on an alarm, a leave with its reason.
  const reported = await ask(park, 'POST', '/api/incidents', { id: 'of-park-00001', text: '감천 부두에서 상자 옮김' })
  expect(reported.status).toBe(201)
  expect((await ask(park, 'POST', '/api/alarms/alarm-busan/note', { text: '확인함' })).status).toBe(200)
  expect((await ask(park, 'POST', '/api/log', { id: 'of-park-line', text: '감천 5부두 순찰 이상 없음' })).status).toBe(201)
  const leave = {
    id: 'leave-000001',
    kind: 'sick',
    fromDay: '2030-01-02',
    toDay: '2030-01-03',
    reason: 'reason-marker 병원 진료',
  }
  const asked = await ask(park, 'POST', '/api/duty/busan/leaves', leave)
  expect([asked.status, asked.text.slice(0, 200)]).toEqual([201, expect.any(String)])

  // Its reason is for them and for who decides.
  const roster = '/api/duty/busan?from=2030-01-01'
  expect((await ask(park, 'GET', roster)).text).toContain('reason-marker')
  expect((await ask(who('watch-leader', 'busan'), 'GET', roster)).text).toContain('reason-marker')
  expect((await ask(who('watch-officer', 'busan'), 'GET', roster)).text).not.toContain('reason-marker')

  expect((await ask(chief, 'POST', `/api/people/${park}/end`)).status).toBe(200)
  expect(CREDENTIALS.map(table => [table, rowsOf(table, park)])).toEqual(CREDENTIALS.map(table => [table, 0]))
  expect((await ask(park, 'GET', '/api/me')).status).toBe(401)
  // Not yet erased: an administrator still finds how to reach them.
  expect(Object((await ask(chief, 'GET', `/api/people/${park}`)).json())).toMatchObject({ email: 'mail-marker@customs.example' })

  await byTwo(chief, second, `/api/people/${park}/erase`, {})
  const shown = Object((await ask(chief, 'GET', `/api/people/${park}`)).json())
  expect(shown).toMatchObject({ name: '박가상', erasedAt: expect.any(String), endedAt: expect.any(String) })
  expect(Object.keys(shown)).not.toEqual(expect.arrayContaining(['loginName']))
  expect([shown.email, shown.phone, shown.loginName]).toEqual([undefined, undefined, undefined])
  expect(Object((await ask(who('watch-officer', 'busan'), 'GET', '/api/incidents/of-park-00001')).json()).reporter).toMatchObject({
    id: park,
    name: '박가상',
  })
  const alarm = Object((await ask(who('watch-officer', 'busan'), 'GET', '/api/alarms/alarm-busan')).json())
  expect(alarm.history.at(-1)).toMatchObject({ who: park, name: '박가상', note: '확인함' })
  const log = Object((await ask(who('watch-officer', 'busan'), 'GET', '/api/log?organisation=busan')).json())
  expect(log.lines).toContainEqual(expect.objectContaining({ id: 'of-park-line', by: expect.objectContaining({ name: '박가상' }) }))
  const trail = (await ask(who('auditor', 'hq'), 'GET', `/api/audit?q=${encodeURIComponent('박가상')}&limit=200`)).text
  for (const deed of ['person.add', 'incident.report', 'alarm.note', 'person.end', 'person.erase']) expect(trail).toContain(deed)
  const requests = (await ask(chief, 'GET', '/api/second')).text
  expect(requests).not.toContain('login-marker-7')
  expect((await ask(who('watch-leader', 'busan'), 'GET', roster)).text).not.toContain('reason-marker')

  await doors.stop()
  for (const marker of [
    'login-marker-7',
    'mail-marker',
    '7777 4242',
    'hash-marker',
    'link-marker',
    'phone-name-marker',
    'key-name-marker',
    'credential-marker',
    'subject-marker',
    'token-marker',
    'browser-marker',
    'device-marker',
    'reason-marker',
  ])
    expect([marker, filesWith(marker)]).toEqual([marker, []])
  expect(filesWith('박가상')).not.toEqual([])
})

test('a person in an incident is erased from rows, search and disk; that there was somebody, in which part, stays', async () => {
  const [leader, director] = [who('watch-leader', 'busan'), who('director', 'busan')]
  const people = [{ id: 'person-000001', role: 'suspect', name: '독고영재', document: 'PASSPORT-M7654321', note: 'note-marker 부산 거주' }]
  await ask(leader, 'PUT', '/api/incident-drafts/draft-000001', { body: { text: 'x', people } })
  expect((await ask(leader, 'POST', '/api/incidents', { id: 'of-busan-0001', text: '상자 옮김', people })).status).toBe(201)
  const search = `/api/incidents?people=true&q=${encodeURIComponent('독고영재')}`
  expect(Object((await ask(director, 'GET', search)).json()).incidents).toHaveLength(1)
  await byTwo(leader, director, '/api/incidents/of-busan-0001/people/person-000001/erase', {})
  expect(Object((await ask(director, 'GET', search)).json()).incidents).toEqual([])
  expect((await ask(director, 'GET', '/api/incidents/of-busan-0001/people?reason=test')).text).toBe('[]')
  const incident = Object((await ask(leader, 'GET', '/api/incidents/of-busan-0001')).json())
  expect(incident.people).toEqual([{ id: 'person-000001', role: 'suspect', masked: '○○○', isErased: true }])
  expect(incident.thread.map((step: { deed: string }) => step.deed)).toContain('person-erase')
  await ask(leader, 'DELETE', '/api/incident-drafts/draft-000001')
  await doors.stop()
  for (const marker of ['독고영재', 'M7654321', 'note-marker']) expect([marker, filesWith(marker)]).toEqual([marker, []])
})

test('every look at a person’s data is in the trail, under looks, with who and at whom', async () => {
  const people = [{ id: 'person-000001', role: 'suspect', name: '독고영재' }]
  const [leader, director, chief] = [who('watch-leader', 'busan'), who('director', 'busan'), who('administrator', 'hq')]
  await ask(leader, 'POST', '/api/incidents', { id: 'of-busan-0001', text: '상자 옮김', people })
  const looks: readonly (readonly [by: string, path: string, deed: string, thing: string])[] = [
    [director, `/api/people/${leader}`, 'person.look', leader],
    [chief, `/api/people/${director}`, 'person.look', director],
    [leader, '/api/phones/busan', 'duty.phones.look', 'busan'],
    [director, '/api/incidents/of-busan-0001/people?reason=test', 'incident.look-people', 'of-busan-0001'],
    [director, `/api/incidents?people=true&q=${encodeURIComponent('독고영재')}`, 'incident.search-people', ''],
    [director, '/api/incidents.csv', 'incident.export', ''],
  ]
  for (const [by, path] of looks) expect([path, (await ask(by, 'GET', path)).status]).toEqual([path, 200])
  // Refused looks leave a row too.
  expect((await ask(who('field-officer', 'busan'), 'GET', `/api/people/${leader}`)).status).toBe(403)
  const auditor = who('auditor', 'hq')
  const rows = Object((await ask(auditor, 'GET', '/api/audit?kind=look&limit=200')).json())
  for (const [by, path, deed, thing] of looks)
    expect(
      rows.some((row: { deed: string; thing: string }) => JSON.stringify(row).includes(by) && row.deed === deed && row.thing === thing),
      `${path}: ${deed}`,
    ).toBe(true)
  // The book is shown beside the watch all the time: one row an hour and reader.
  await ask(leader, 'GET', '/api/phones/busan')
  await ask(director, 'GET', '/api/phones/busan')
  const book = Object((await ask(auditor, 'GET', '/api/audit?deed=duty.phones.look&limit=200')).json())
  expect(book).toHaveLength(2)
  // What was searched for is a name of somebody who may be erased one day: the trail has it masked.
  expect((await ask(auditor, 'GET', '/api/audit?limit=500')).text).not.toContain('독고영재')
})
