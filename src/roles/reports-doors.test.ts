// The daily report at the product's own doors: who reads it, who hands in a line, who changes and signs it, and what is refused in which words.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Post } from '#base/index.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { type Doors, openDoors, type Place } from './test-doors.ts'

const folder = temporaryFolder()
let doors: Doors
const ask = (post: Post, place: Place, method: string, path: string, body?: unknown) =>
  doors.ask(doors.caller(post, place).id, method, path, body)
let n = 0
const deedId = (): string => `deed-${String(++n).padStart(6, '0')}`
/** KST. */
const day = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10)
const today = day(Date.now())
const ID = `daily-${today}`
interface FullJson {
  readonly state: string
  readonly revision: number
  readonly fingerprint: string
  readonly nextBox: number
  readonly you: Readonly<Record<string, boolean>>
  readonly boxes: readonly { readonly title: string; readonly by?: { readonly name: string } }[]
  readonly paper: { readonly sections: readonly { readonly id: string; readonly blocks: readonly Record<string, unknown>[] }[] }
  readonly marks: readonly { readonly after?: string }[]
}
const read = async (id = ID, post: Post = 'report-editor', lang = 'ko'): Promise<FullJson> => {
  const answer = await ask(post, 'hq', 'GET', `/api/reports/${id}?lang=${lang}`)
  if (answer.status !== 200) throw new Error(answer.text)
  return Object(answer.json())
}
const sign = async (post: Post, id = ID, more: object = {}) =>
  ask(post, 'hq', 'POST', `/api/reports/${id}/sign`, { deedId: deedId(), fingerprint: (await read(id)).fingerprint, ...more })

beforeAll(async () => {
  doors = await openDoors(folder.path)
})
afterAll(async () => {
  await doors.stop()
  folder.remove()
})

test('it is head office’s: who stands below finds none of it, and hands in the line of their own office alone', async () => {
  expect((await ask('watch-officer', 'hq', 'GET', `/api/reports/${ID}`)).status).toBe(200)
  for (const path of ['', '/steps', '/files/pdf', '/pages', '/why?target=x']) {
    const answer = await ask('director', 'busan', 'GET', `/api/reports/${ID}${path}`)
    expect([path, answer.status, Object(answer.json()).code]).toEqual([path, 404, 'no-report'])
  }
  expect((await ask('director', 'busan', 'GET', '/api/reports')).status).toBe(404)
  expect((await ask('director', 'busan', 'GET', '/api/report-rules')).status).toBe(404)

  const own = await ask('watch-officer', 'busan', 'POST', `/api/report-lines/${today}`, {
    deedId: deedId(),
    organisation: 'busan',
    text: '야간 하역 3건 확인했습니다.',
  })
  expect(own.status).toBe(204)
  const other = await ask('watch-officer', 'busan', 'POST', `/api/report-lines/${today}`, {
    deedId: deedId(),
    organisation: 'incheon',
    text: '남의 보고',
  })
  expect(other.status).toBe(404)
  const mine = Object((await ask('watch-officer', 'busan', 'GET', `/api/report-lines/${today}`)).json())
  expect(mine.lines.map((line: { organisation: string }) => line.organisation)).toEqual(['busan'])
  expect(mine.missing).not.toContain('incheon')
  const elsewhere = Object((await ask('watch-officer', 'incheon', 'GET', `/api/report-lines/${today}`)).json())
  expect(elsewhere.lines).toEqual([])
  // Head office reads all of them, clipped, on the paper.
  expect(JSON.stringify((await read()).paper.sections.find(one => one.id === 'events'))).toContain('야간 하역 3건 확인함')
})

test('each file comes as what it is', async () => {
  for (const [form, type] of [
    ['pdf', 'application/pdf'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['hwpx', 'application/hwp+zip'],
    ['html', 'text/html; charset=utf-8'],
  ]) {
    const answer = await fetch(`${doors.url}/api/reports/${ID}/files/${form}`, {
      headers: doors.headers(doors.caller('director', 'hq').id),
    })
    expect([form, answer.status, answer.headers.get('content-type')]).toEqual([form, 200, type])
    await answer.arrayBuffer()
  }
  const pages = await fetch(`${doors.url}/api/reports/${ID}/pages`, { headers: doors.headers(doors.caller('director', 'hq').id) })
  expect(pages.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
  expect(pages.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await pages.text()).toMatch(/^<svg/)
})

test('why a figure stands there: its question, a recount, its records by name; a place that is not on the paper is not found', async () => {
  const raised = await ask('watch-officer', 'hq', 'POST', '/api/incidents', { id: 'weather-0001', text: '서해 중부 안개', kind: 'weather' })
  expect(raised.status).toBe(201)
  // What came after 07:00 stands in the next day's.
  const next = `daily-${day(Date.now() + 17 * 3_600_000)}`
  const target = 'weather/incident:weather-0001'
  const answer = await ask('watch-officer', 'hq', 'GET', `/api/reports/${next}/why?target=${encodeURIComponent(target)}`)
  expect(answer.json()).toMatchObject({
    text: '서해 중부 안개',
    query: { id: 'incidents.weather' },
    recount: { isSame: true },
    total: 1,
    sources: [{ kind: 'incident', id: 'weather-0001', note: { ko: '기상 · 접수' } }],
  })
  expect((await ask('watch-officer', 'hq', 'GET', `/api/reports/${next}/why?target=ships/table/nowhere/alarms`)).status).toBe(404)
})

test('a change on an older reading of the same words is refused with what stands there; a bad section or an empty text is refused too', async () => {
  const { revision } = await read()
  const edit = (post: Post, body: object) =>
    ask(post, 'hq', 'POST', `/api/reports/${ID}/edits`, { deedId: deedId(), base: revision, ...body })
  const target = 'summary/table/now/searches'
  expect((await edit('report-editor', { edit: { deed: 'text', target, text: '7' }, reason: '다시 셈' })).status).toBe(200)
  const second = await edit('watch-leader', { edit: { deed: 'text', target, text: '8' } })
  expect([second.status, Object(second.json()).code]).toEqual([409, 'changed-meanwhile'])
  expect(Object(second.json()).detail).toContain('‘7’')
  expect((await edit('report-editor', { edit: { deed: 'text', target, text: ' ' } })).status).toBe(400)
  expect((await edit('report-editor', { edit: { deed: 'add', section: 'nonsense', text: 'x' } })).status).toBe(400)
  expect((await edit('report-editor', { edit: { deed: 'text', target: 'nowhere', text: 'x' } })).status).toBe(404)
  expect((await edit('watch-officer', { edit: { deed: 'text', target, text: '9' } })).status).toBe(403)
  const { marks } = await read()
  expect(marks.map(mark => mark.after)).toEqual(['7'])
})

test('the line of approval: only the post whose box is next, only what stands there now; each screen is told what it may do', async () => {
  const id = `daily-${day(Date.now() - 86_400_000)}`
  expect((await read(id, 'report-editor')).you).toEqual({ sign: true })
  // Whoever stands above may sign in the place of who is absent.
  expect((await read(id, 'watch-leader')).you).toEqual({ standIn: true })
  expect((await read(id, 'statistician')).you).toEqual({})
  const early = await sign('director', id)
  expect([early.status, Object(early.json()).code]).toEqual([403, 'not-your-box'])
  const stale = await ask('report-editor', 'hq', 'POST', `/api/reports/${id}/sign`, { deedId: deedId(), fingerprint: 'old' })
  expect([stale.status, Object(stale.json()).code]).toEqual([409, 'not-current'])
  expect((await sign('report-editor', id)).status).toBe(200)
  expect((await read(id, 'director')).you).toEqual({ return: true, standIn: true })
  const returned = await ask('watch-leader', 'hq', 'POST', `/api/reports/${id}/return`, { deedId: deedId(), text: '수치 확인' })
  expect(Object(returned.json())).toMatchObject({ state: 'returned', nextBox: 0 })
  expect((await sign('report-editor', id)).status).toBe(200)
  expect((await sign('watch-leader', id)).status).toBe(200)
  expect((await read(id, 'director')).you).toEqual({ sign: true, final: true, return: true })
  const last = await sign('director', id, { as: 'final' })
  expect([last.status, Object(last.json()).state]).toEqual([200, 'approved'])
  const after = await ask('report-editor', 'hq', 'POST', `/api/reports/${id}/edits`, {
    deedId: deedId(),
    base: 99,
    edit: { deed: 'add', section: 'events', text: '뒤늦은 줄' },
  })
  expect([after.status, Object(after.json()).code]).toEqual([409, 'approved-already'])
  // What comes to light later is told in the next day's.
  const corrected = await ask('report-editor', 'hq', 'POST', `/api/reports/${id}/corrections`, {
    deedId: deedId(),
    text: '4건이 아니라 5건',
  })
  expect(Object(corrected.json()).state).toBe('corrected')
  expect(JSON.stringify((await read()).paper)).toContain('4건이 아니라 5건')
  // The sealed file is the one that was sealed.
  const sealed = Object((await ask('auditor', 'hq', 'GET', `/api/reports/${id}`)).json()).seal.sha256['report.pdf']
  const bytes = await (
    await fetch(`${doors.url}/api/reports/${id}/files/pdf`, { headers: doors.headers(doors.caller('auditor', 'hq').id) })
  ).arrayBuffer()
  const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map(byte => byte.toString(16).padStart(2, '0')).join('')
  expect(hash).toBe(sealed)
})

test('a report whose draft does not stand yet is signed by nobody: not tomorrow’s, not the month’s that still runs', async () => {
  for (const id of [`daily-${day(Date.now() + 30 * 3_600_000)}`, `monthly-${day(Date.now() + 40 * 86_400_000)}`]) {
    expect((await read(id, 'report-editor')).you).toEqual({ early: true })
    const early = await sign('report-editor', id)
    expect([id, early.status, Object(early.json()).code]).toEqual([id, 409, 'too-early'])
    expect((await read(id)).state).toBe('writing')
  }
})

test('markup, formulas and long texts in a line are kept as text or refused, never understood', async () => {
  const nasty = '<img src=x onerror=alert(1)> =HYPERLINK("http://x") "따옴표"'
  const add = (text: string) =>
    ask('report-editor', 'hq', 'POST', `/api/reports/${ID}/edits`, {
      deedId: deedId(),
      base: 999,
      edit: { deed: 'add', section: 'hand-over', text },
    })
  expect((await add(nasty)).status).toBe(200)
  const { text } = await ask('report-editor', 'hq', 'GET', `/api/reports/${ID}/files/html`)
  expect(text).not.toContain('<img src=x')
  expect((await add('가'.repeat(1001))).status).toBe(400)
})

test('a special report has a span that begins before it ends, is no longer than a year, and lies behind us', async () => {
  const make = (id: string, from: number, to: number) =>
    ask('report-editor', 'hq', 'POST', '/api/reports', { id, from: new Date(from).toISOString(), to: new Date(to).toISOString() })
  const now = Date.now()
  const hour = 3_600_000
  expect((await make('gamcheon', now - 5 * hour, now - hour)).status).toBe(201)
  expect((await make('gamcheon', now - 5 * hour, now - hour)).status).toBe(201)
  expect((await make('backwards', now - hour, now - 5 * hour)).status).toBe(400)
  expect((await make('ahead', now - hour, now + hour)).status).toBe(400)
  expect((await make('too-long', now - 400 * 24 * hour, now - hour)).status).toBe(400)
  expect((await make('../../etc', now - 5 * hour, now - hour)).status).toBe(400)
})
