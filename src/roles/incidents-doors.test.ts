// Incidents at the product's own doors, asked by people of different posts and places: what each sees, what none learns, what is refused and in which words.
import { readdirSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Post } from '#base/index.ts'
import { jpeg } from '#testkit/files.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { type Doors, openDoors, type Place } from './test-doors.ts'

const folder = temporaryFolder()
let doors: Doors
const who = (post: Post, place: Place): string => doors.caller(post, place).id
const ask = (post: Post, place: Place, method: string, path: string, body?: unknown) => doors.ask(who(post, place), method, path, body)
let n = 0
const deedId = (): string => `deed-${String(++n).padStart(6, '0')}`
async function report(id: string, place: Place, change: object = {}): Promise<void> {
  const answer = await ask('watch-officer', place, 'POST', '/api/incidents', { id, text: `${place} 부두에서 상자 옮김`, ...change })
  if (answer.status !== 201) throw new Error(answer.text)
}
const listed = async (post: Post, place: Place, query = ''): Promise<string[]> => {
  const { incidents } = Object((await ask(post, place, 'GET', `/api/incidents?limit=200${query}`)).json())
  return incidents.map((one: { id: string }) => one.id).sort()
}

beforeAll(async () => {
  doors = await openDoors(folder.path)
  await report('of-busan-0001', 'busan', { people: [{ id: 'person-000001', role: 'suspect', name: '=홍길동', document: 'M123' }] })
  await report('of-gamcheon-1', 'gamcheon')
  await report('of-incheon-01', 'incheon', { text: '<img src=x onerror=alert(1)> =HYPERLINK("http://x") 인천 북항' })
  await report('of-head-00001', 'hq', { text: '본청 점검' })
})
afterAll(async () => {
  await doors.stop()
  folder.remove()
})

test.each<readonly [Post, Place, readonly string[]]>([
  ['watch-officer', 'hq', ['of-busan-0001', 'of-gamcheon-1', 'of-head-00001', 'of-incheon-01']],
  ['watch-officer', 'busan', ['of-busan-0001', 'of-gamcheon-1']],
  ['watch-officer', 'gamcheon', ['of-gamcheon-1']],
  ['watch-officer', 'incheon', ['of-incheon-01']],
  ['risk-analyst', 'busan', ['of-busan-0001']],
  ['screen', 'incheon', ['of-incheon-01']],
])('%s of %s sees only its own in lists, searches, counts and by number', async (post, place, ids) => {
  expect(await listed(post, place)).toEqual(ids)
  expect(await listed(post, place, '&state=reported')).toEqual(ids)
  const found = await listed(post, place, `&q=${encodeURIComponent('부두')}`)
  expect(found).toEqual(ids.filter(id => id !== 'of-head-00001' && id !== 'of-incheon-01'))
  const counts = Object((await ask(post, place, 'GET', '/api/incidents/counts')).json())
  expect([counts.reported, counts.since]).toEqual([ids.length, ids.length])
})

test('what one may not see is not there, whatever is asked of it; what one sees and may not do is told', async () => {
  const paths = ['', '/people?reason=test', '/answers', '/state', '/orders', '/links', '/read', '/daily-report', '/corrections']
  const bodies = new Map<string, object>([
    ['/answers', { text: 'x', deedId: deedId() }],
    ['/state', { to: 'confirmed', deedId: deedId() }],
    ['/orders', { text: 'x', to: { organisation: 'incheon' }, due: new Date(Date.now() + 60_000).toISOString(), deedId: deedId() }],
    ['/links', { link: { kind: 'other', id: '1', label: '1' }, deedId: deedId() }],
    ['/read', { steps: 1 }],
    ['/daily-report', { isIn: true, deedId: deedId() }],
    ['/corrections', { text: 'x', deedId: deedId() }],
  ])
  for (const path of paths) {
    const body = bodies.get(path)
    const foreign = await ask('watch-leader', 'incheon', body ? 'POST' : 'GET', `/api/incidents/of-busan-0001${path}`, body)
    const nowhere = await ask('watch-leader', 'incheon', body ? 'POST' : 'GET', `/api/incidents/of-nowhere-00${path}`, body)
    expect([path, foreign.status]).toEqual([path, 404])
    // Word for word the answer for one that does not exist, but for the name.
    expect(foreign.text.replaceAll('of-busan-0001', 'X')).toBe(nowhere.text.replaceAll('of-nowhere-00', 'X'))
  }
  const statistician = await ask('statistician', 'busan', 'POST', '/api/incidents/of-busan-0001/answers', { text: 'x', deedId: deedId() })
  expect(statistician.status).toBe(403)
  const merged = await ask('watch-leader', 'busan', 'POST', '/api/incidents/of-busan-0001/merge', {
    other: 'of-incheon-01',
    deedId: deedId(),
  })
  expect(merged.status).toBe(404)
})

test('nobody writes or orders for organisations that are not theirs', async () => {
  const as = await ask('watch-officer', 'busan', 'POST', '/api/incidents', { id: 'as-another-01', text: 'x', organisation: 'incheon' })
  expect(as.status).toBe(403)
  const order = { text: 'x', to: { organisation: 'incheon' }, due: new Date(Date.now() + 60_000).toISOString(), deedId: deedId() }
  expect((await ask('watch-leader', 'busan', 'POST', '/api/incidents/of-busan-0001/orders', order)).status).toBe(403)
  const given = await ask('watch-leader', 'hq', 'POST', '/api/incidents/of-busan-0001/orders', {
    ...order,
    to: { organisation: 'incheon' },
    deedId: deedId(),
  })
  expect(given.status).toBe(201)
  // Whoever gets an order sees what it is about, and takes it on.
  expect(await listed('watch-officer', 'incheon')).toContain('of-busan-0001')
  const { id } = Object(given.json())
  expect((await ask('watch-officer', 'gamcheon', 'POST', `/api/orders/${id}/acknowledge`, { deedId: deedId() })).status).toBe(404)
  expect((await ask('watch-officer', 'busan', 'POST', `/api/orders/${id}/acknowledge`, { deedId: deedId() })).status).toBe(403)
  expect((await ask('watch-officer', 'incheon', 'POST', `/api/orders/${id}/acknowledge`, { deedId: deedId() })).status).toBe(200)
})

test('names are masked for all, shown to who has the right with a reason, and each look is in the trail', async () => {
  const full = await ask('director', 'busan', 'GET', '/api/incidents/of-busan-0001')
  expect(full.text).not.toContain('홍길동')
  expect((await ask('report-editor', 'busan', 'GET', '/api/incidents/of-busan-0001/people?reason=test')).status).toBe(403)
  expect((await ask('director', 'busan', 'GET', '/api/incidents/of-busan-0001/people')).status).toBe(400)
  const shown = await ask('director', 'busan', 'GET', `/api/incidents/of-busan-0001/people?reason=${encodeURIComponent('승선 명부 대조')}`)
  expect(shown.json()).toMatchObject([{ name: '=홍길동', document: 'M123' }])
  const trail = await ask('auditor', 'hq', 'GET', '/api/audit?limit=50')
  expect(trail.text).toContain('incident.look-people')
  expect(trail.text).toContain('승선 명부 대조')
  expect(trail.text).not.toContain('홍길동')
  expect(await listed('director', 'busan', `&q=${encodeURIComponent('홍길동')}`)).toEqual([])
  expect(await listed('director', 'busan', `&people=true&q=${encodeURIComponent('홍길동')}`)).toEqual(['of-busan-0001'])
  expect((await ask('report-editor', 'busan', 'GET', '/api/incidents?people=true&q=x')).status).toBe(403)
})

test('erasing a person’s data takes two', async () => {
  const asked = await ask('watch-leader', 'busan', 'POST', '/api/incidents/of-busan-0001/people/person-000001/erase', {
    reason: '잘못 적음',
    deedId: deedId(),
  })
  expect(asked.status).toBe(202)
  const people = `/api/incidents/of-busan-0001/people?reason=test`
  expect(Object((await ask('director', 'busan', 'GET', people)).json())).toHaveLength(1)
  const [{ number }] = Object((await ask('director', 'busan', 'GET', '/api/second')).json())
  const approved = await ask('director', 'busan', 'POST', `/api/second/${number}/approve`, {})
  expect(Object(approved.json()).state).toBe('done')
  expect(Object((await ask('director', 'busan', 'GET', people)).json())).toEqual([])
})

test('a table for spreadsheets holds what may be seen, in the reader’s language, and no formula', async () => {
  const csv = (await ask('watch-officer', 'incheon', 'GET', '/api/incidents.csv')).text
  expect(csv).toMatch(/^\uFEFF?사건번호,/)
  expect(csv).not.toContain('of gamcheon')
  for (const cell of csv.replaceAll('""', '').match(/(?<=^|,)(?:"[^"]*"|[^,\r\n]*)/gm) ?? [])
    expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@]/)
  await report('formula-00001', 'incheon', { text: '=cmd|calc' })
  expect((await ask('watch-officer', 'incheon', 'GET', '/api/incidents.csv')).text).toContain("'=cmd|calc")
})

test('HTML is kept as the letters it is, and answers are never pages', async () => {
  const answer = await ask('watch-officer', 'incheon', 'GET', '/api/incidents/of-incheon-01')
  expect(Object(answer.json()).text).toContain('<img src=x onerror=alert(1)>')
})

test('attachments are their sender’s until the report, then of who sees the incident; originals only of who may', async () => {
  const bytes = jpeg({ comment: 'secret place' })
  const begin = { id: 'photo-0000001', incident: 'with-photo-01', name: 'a.jpg', kind: 'photo', bytes: bytes.length }
  expect(Object((await ask('field-officer', 'busan', 'POST', '/api/attachments', begin)).json())).toEqual({ received: 0 })
  const put = await fetch(`${doors.url}/api/attachments/photo-0000001/bytes?offset=0`, {
    method: 'PUT',
    headers: { ...doors.headers(who('field-officer', 'busan')), 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
  expect(put.status).toBe(200)
  expect((await ask('field-officer', 'busan', 'POST', '/api/attachments/photo-0000001/done', {})).status).toBe(200)
  expect((await ask('field-officer', 'busan', 'GET', '/api/attachments/photo-0000001')).status).toBe(200)
  expect((await ask('director', 'hq', 'GET', '/api/attachments/photo-0000001')).status).toBe(404)
  const reported = await ask('field-officer', 'busan', 'POST', '/api/incidents', {
    id: 'with-photo-01',
    text: '사진',
    attachments: ['photo-0000001'],
  })
  expect(reported.status).toBe(201)
  const shared = await ask('director', 'hq', 'GET', '/api/attachments/photo-0000001')
  expect([shared.status, shared.text.includes('secret place')]).toEqual([200, false])
  expect((await ask('watch-officer', 'incheon', 'GET', '/api/attachments/photo-0000001')).status).toBe(404)
  expect((await ask('field-officer', 'busan', 'GET', '/api/attachments/photo-0000001/original?reason=test')).status).toBe(403)
  expect((await ask('investigator', 'busan', 'GET', '/api/attachments/photo-0000001/original?reason=test')).text).toContain('secret place')
  const big = await ask('field-officer', 'busan', 'POST', '/api/attachments', { ...begin, id: 'photo-0000002', bytes: 2 ** 31 })
  expect([big.status, Object(big.json()).code]).toEqual([413, 'attachment-large'])
})

/** Begins a body and goes on as long as the server listens: how much it took, and its answer. */
function pour(
  path: string,
  headers: Readonly<Record<string, string | number>>,
  totalBytes: number,
): Promise<{ sent: number; status: number }> {
  return new Promise(done => {
    let sent = 0
    const block = Buffer.alloc(1 << 16, 1)
    const call = request(`${doors.url}${path}`, {
      method: 'PUT',
      headers: { ...doors.headers(who('field-officer', 'busan')), 'content-type': 'application/octet-stream', ...headers },
    })
    let isOver = false
    const end = (status: number): void => {
      isOver = true
      done({ sent, status })
      call.destroy()
    }
    call.on('response', answer => end(answer.statusCode ?? 0))
    call.on('error', () => end(0))
    const more = (): void => {
      while (!isOver && sent < totalBytes) {
        sent += block.length
        if (!call.write(block)) return void call.once('drain', more)
      }
      if (!isOver) call.end()
    }
    more()
  })
}
const HUGE = 2 ** 31
test.each([
  ['whose size is told', { 'content-length': HUGE }],
  ['that says nothing of its size', { 'transfer-encoding': 'chunked' }],
])('a piece of 2 GB %s is cut off after a few megabytes, and nothing of it is kept', async (_how, headers) => {
  const id = `huge-${String(++n).padStart(8, '0')}`
  const begin = { id, incident: 'with-huge-001', name: 'a.jpg', kind: 'photo', bytes: 1000 }
  expect((await ask('field-officer', 'busan', 'POST', '/api/attachments', begin)).status).toBe(200)
  const before = process.memoryUsage().arrayBuffers
  const { sent, status } = await pour(`/api/attachments/${id}/bytes?offset=0`, headers, HUGE)
  expect([413, 0]).toContain(status)
  expect(sent).toBeLessThan(64 << 20)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20)
  expect(Object((await ask('field-officer', 'busan', 'POST', '/api/attachments', begin)).json())).toEqual({ received: 0 })
})

test('a piece that goes on beyond the size that was told is refused, and the file stays as it was', async () => {
  const begin = { id: 'grows-0000001', incident: 'with-huge-001', name: 'a.jpg', kind: 'photo', bytes: 1000 }
  await ask('field-officer', 'busan', 'POST', '/api/attachments', begin)
  const put = (bytes: number, offset: number) =>
    fetch(`${doors.url}/api/attachments/grows-0000001/bytes?offset=${offset}`, {
      method: 'PUT',
      headers: { ...doors.headers(who('field-officer', 'busan')), 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    })
  expect((await put(600, 0)).status).toBe(200)
  const over = await put(4 << 20, 600)
  expect([over.status, Object(await over.json()).code]).toEqual([413, 'attachment-large'])
  expect(
    readdirSync(join(folder.path, 'attachments', 'incoming')).map(
      name => statSync(join(folder.path, 'attachments', 'incoming', name)).size,
    ),
  ).toContain(600)
})

test('the same report and the same deed again do nothing again; bad times and unknown words are told', async () => {
  const body = { id: 'again-000001', text: '한 번', occurredAt: new Date(Date.now() - 1000).toISOString() }
  const [one, two] = [
    await ask('field-officer', 'busan', 'POST', '/api/incidents', body),
    await ask('field-officer', 'busan', 'POST', '/api/incidents', body),
  ]
  expect(two.json()).toEqual(one.json())
  expect(
    (await ask('field-officer', 'busan', 'POST', '/api/incidents', { ...body, id: 'bad-time-001', occurredAt: 'gestern' })).status,
  ).toBe(400)
  expect((await ask('field-officer', 'busan', 'POST', '/api/incidents', { ...body, id: 'bad-kind-001', kind: 'nonsense' })).status).toBe(
    400,
  )
  expect((await ask('field-officer', 'busan', 'POST', '/api/incidents', { ...body, id: 'odd-field-01', secret: 1 })).status).toBe(400)
  const ghost = await ask('field-officer', 'busan', 'POST', '/api/incidents', {
    ...body,
    id: 'ghost-ship-1',
    links: [{ kind: 'ship', id: '999999999', label: '없는 배' }],
  })
  expect(ghost.status).toBe(201)
})

test('who has read and who has not stands by person and post; screens and those who only look are not waited for', async () => {
  await report('receipts-0001', 'gamcheon')
  const receipts = async () =>
    Object((await ask('watch-officer', 'gamcheon', 'GET', '/api/incidents/receipts-0001/receipts')).json()) as {
      name: string
      posts: string[]
      steps: number
      calledAt?: string
    }[]
  // The integrator of these doors is a person; in the house it is a machine.
  const posts = new Set((await receipts()).flatMap(one => one.posts).filter(post => post !== 'integrator'))
  expect([...posts].sort()).toEqual([
    'director',
    'field-officer',
    'investigator',
    'report-editor',
    'risk-analyst',
    'watch-leader',
    'watch-officer',
  ])
  // A risk analyst is told of their own place's alone; Incheon not at all.
  expect((await receipts()).filter(one => one.posts.includes('risk-analyst')).map(one => one.name)).toEqual(['risk-analyst gamcheon'])
  expect((await receipts()).some(one => one.name.endsWith('incheon'))).toBe(false)
  await ask('watch-leader', 'busan', 'POST', '/api/incidents/receipts-0001/read', { steps: 1 })
  const unread = (await receipts()).filter(one => one.steps < 1)
  const reminded = await ask('watch-officer', 'gamcheon', 'POST', '/api/incidents/receipts-0001/remind', { step: 1, deedId: deedId() })
  expect(reminded.json()).toEqual({ reminded: unread.length })
  expect((await receipts()).filter(one => one.calledAt).map(one => one.name)).toEqual(unread.map(one => one.name))
  const calls = Object((await ask('director', 'busan', 'GET', '/api/incidents/calls')).json())
  expect(calls).toMatchObject([{ why: 'reminder', n: 1, by: 'watch-officer gamcheon', about: { id: 'receipts-0001' } }])
  expect((await ask('watch-leader', 'busan', 'GET', '/api/incidents/calls')).json()).toEqual([])
  expect((await ask('watch-leader', 'incheon', 'GET', '/api/incidents/receipts-0001/receipts')).status).toBe(404)
})

test('a post is found by a part of its name, spaces or not; naming it in an answer tells its organisation', async () => {
  await report('naming-00001', 'gamcheon')
  const names = await ask('watch-officer', 'gamcheon', 'GET', `/api/incidents/names?q=${encodeURIComponent('인천당직')}`)
  expect(names.json()).toContainEqual({ kind: 'post', id: 'incheon:watch-officer', label: '인천 당직관' })
  expect((await ask('watch-officer', 'incheon', 'GET', '/api/incidents/naming-00001')).status).toBe(404)
  const answer = {
    text: '@인천 당직관 확인 바람',
    mentions: [{ kind: 'post', id: 'incheon:watch-officer', label: '인천 당직관' }],
    deedId: deedId(),
  }
  expect((await ask('watch-officer', 'gamcheon', 'POST', '/api/incidents/naming-00001/answers', answer)).status).toBe(200)
  expect((await ask('watch-officer', 'incheon', 'GET', '/api/incidents/calls')).json()).toMatchObject([
    { why: 'mention', text: answer.text },
  ])
  expect((await ask('watch-officer', 'incheon', 'GET', '/api/incidents/naming-00001')).status).toBe(200)
})
