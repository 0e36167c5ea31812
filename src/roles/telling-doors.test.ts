// Telling at the product's real doors: an alarm that stood open is told when it starts, the link in the text acknowledges it, the timeline shows it, own numbers are confirmed, rules
// are kept and refused, and other offices see nothing of it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AlarmTelling, MessagePage, RuleCheck, RuleRevision, TellingPreview, TellingRules, TellingTrial } from '#alerts/schema.ts'
import { machineClock } from '#platform/clock/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { memoryCentre } from '#testkit/telling-desk.ts'
import { type Doors, openDoors } from './test-doors.ts'

const folder = temporaryFolder()
const centre = memoryCentre(
  'operator',
  'sms-http',
  machineClock,
  () => {},
  () => true,
)
let doors: Doors
const asOf = (post: 'watch-officer' | 'watch-leader' | 'administrator', place: 'busan' | 'incheon' | 'hq') => doors.caller(post, place).id
beforeAll(async () => {
  doors = await openDoors(
    folder.path,
    [
      { sql: "UPDATE alarms SET body = json_set(body, '$.joined.live', json('true')) WHERE id = 'alarm-busan'" },
      { sql: "INSERT INTO telling_marks (name, at_ms) VALUES ('since', 0)" },
      {
        sql: "INSERT INTO people (id, login_name, name, phone, organisation, kind, is_active, created_ms) VALUES ('p-0000000000aa', 'leader', '조장', '010-1000-0001', 'busan', 'person', 1, 0)",
      },
      { sql: "INSERT INTO appointments (person, post, organisation, from_ms) VALUES ('p-0000000000aa', 'watch-leader', 'busan', 0)" },
    ],
    { telling: { channels: [{ name: 'operator', open: () => centre.channel }], linkBase: 'https://room.example' } },
  )
  for (let tries = 0; tries < 100 && centre.taken.length === 0; tries++) await new Promise(done => setTimeout(done, 20))
})
afterAll(async () => {
  await doors?.stop()
  folder.remove()
})
interface AlarmRow {
  readonly id: string
  readonly state: string
  readonly detector: string
  readonly acknowledgedBy?: string
}
const alarmsOfBusan = async (): Promise<readonly AlarmRow[]> =>
  (await doors.ask(asOf('watch-officer', 'busan'), 'GET', '/api/alarms')).json() as AlarmRow[]
const busanAlarm = async (): Promise<AlarmRow> => {
  const alarm = (await alarmsOfBusan()).find(one => one.id === 'alarm-busan')
  if (!alarm) throw new Error('no alarm of busan')
  return alarm
}

test('with nobody on the roster the leader is told; the log shows whom, by their last digits, and its sums', async () => {
  expect(centre.taken.map(one => one.to)).toContain('010-1000-0001')
  const page = (await doors.ask(asOf('watch-leader', 'hq'), 'GET', '/api/telling/messages?limit=1')).json() as MessagePage
  expect(page.messages[0]).toMatchObject({ channel: 'operator', name: '조장', address: '…0001', state: 'accepted' })
  expect(page.messages[0]?.text).not.toMatch(/\/a\//)
  expect(page.sums.messages).toBe(centre.taken.length)
  expect((await alarmsOfBusan()).map(one => one.detector)).toContain('nobody-on-duty')
  const csv = await doors.ask(asOf('watch-leader', 'hq'), 'GET', '/api/telling/messages.csv')
  expect(csv.text.split('\r\n')).toHaveLength(centre.taken.length + 2)
})

test('the timeline is for those whose alarm it is; for another office it is not there', async () => {
  const { id } = await busanAlarm()
  const told = (await doors.ask(asOf('watch-officer', 'busan'), 'GET', `/api/alarms/${id}/telling`)).json() as AlarmTelling
  expect(told.timeline.map(one => one.what)).toEqual(expect.arrayContaining(['begun', 'nobody', 'told', 'accepted']))
  expect((await doors.ask(asOf('watch-officer', 'incheon'), 'GET', `/api/alarms/${id}/telling`)).status).toBe(404)
  const preview = (await doors.ask(asOf('watch-officer', 'busan'), 'POST', '/api/telling/preview', { alarm: id })).json() as TellingPreview
  expect(preview.messages[0]).toMatchObject({ afterS: 0, name: '조장', channel: 'operator', parts: expect.any(Number) })
})

test('a link in a text shows a button and no name; pressing it acknowledges once, as whom it was sent to', async () => {
  const { id } = await busanAlarm()
  const text = centre.taken.find(one => one.alarm?.id === id)?.text ?? ''
  const path = text.match(/\/a\/[\w-]{22}/)?.[0] ?? ''
  const page = await doors.ask(undefined, 'GET', path)
  expect([page.status, page.text.includes('<button>'), page.text.includes('조장')]).toEqual([200, true, false])
  expect((await busanAlarm()).state).toBe('raised')
  const pressed = await fetch(`${doors.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: doors.url },
    body: '',
  })
  expect(pressed.status).toBe(200)
  expect(await busanAlarm()).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'p-0000000000aa' })
  expect((await fetch(`${doors.url}${path}`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '' })).status).toBe(410)
  expect((await doors.ask(undefined, 'GET', '/a/nothing')).status).toBe(404)
  const told = (await doors.ask(asOf('watch-officer', 'busan'), 'GET', `/api/alarms/${id}/telling`)).json() as AlarmTelling
  expect(told.state).toBe('answered')
})

test('a test goes only to an own number that its code has confirmed', async () => {
  const me = asOf('watch-officer', 'busan')
  const mine = { way: 'sms', address: '010-1000-0077' }
  expect((await doors.ask(me, 'POST', '/api/telling/test', { way: 'sms' })).status).toBe(400)
  expect((await doors.ask(me, 'POST', '/api/telling/addresses', mine)).status).toBe(200)
  for (let tries = 0; tries < 100 && !centre.taken.some(one => one.to.endsWith('0077')); tries++)
    await new Promise(done => setTimeout(done, 20))
  const code = centre.taken.find(one => one.to.endsWith('0077'))?.text.match(/\d{6}/)?.[0] ?? ''
  const wrong = code === '000000' ? '000001' : '000000'
  expect((await doors.ask(me, 'POST', '/api/telling/addresses/confirm', { ...mine, code: wrong })).status).toBe(400)
  const confirmed = await doors.ask(me, 'POST', '/api/telling/addresses/confirm', { ...mine, code })
  expect(confirmed.json()).toMatchObject([{ address: '01010000077', isConfirmed: true }])
  expect((await doors.ask(me, 'POST', '/api/telling/test', { way: 'sms' })).status).toBe(200)
  const page = (await doors.ask(asOf('watch-leader', 'hq'), 'GET', '/api/telling/messages?kind=confirm')).json() as MessagePage
  expect(page.messages[0]?.text).not.toContain(code)
})

test('rules are kept by an administrator, each fault named with its place, and never over somebody else’s change', async () => {
  const admin = asOf('administrator', 'hq')
  const rules = (await doors.ask(asOf('watch-officer', 'busan'), 'GET', '/api/telling/rules')).json() as TellingRules
  const bad = await doors.ask(admin, 'PUT', '/api/telling/rules', { ...rules, chains: [] })
  expect([bad.status, bad.text.includes('rules.seal-critical.chain')]).toEqual([400, true])
  const kept = await doors.ask(admin, 'PUT', '/api/telling/rules', { ...rules, rules: rules.rules.slice(0, 3) })
  expect([kept.status, (kept.json() as TellingRules).revision]).toEqual([200, 1])
  expect((await doors.ask(admin, 'PUT', '/api/telling/rules', rules)).status).toBe(409)
  expect((await doors.ask(admin, 'PUT', '/api/telling/rules', { ...rules, revision: 1 })).status).toBe(200)
  const before = (await doors.ask(asOf('watch-officer', 'busan'), 'GET', '/api/telling/rules?revision=1')).json() as TellingRules
  expect(before.rules).toHaveLength(3)
})

test('the book is the country’s: a regional administrator changes nothing, a watch leader asks a second officer, the history says what changed', async () => {
  const rules = (await doors.ask(asOf('administrator', 'hq'), 'GET', '/api/telling/rules')).json() as TellingRules
  const changed = { ...rules, closing: { isOn: false }, reason: '야간 문자 줄이기' }
  expect((await doors.ask(asOf('administrator', 'busan'), 'PUT', '/api/telling/rules', changed)).status).toBe(403)
  expect((await doors.ask(asOf('watch-officer', 'hq'), 'PUT', '/api/telling/rules', changed)).status).toBe(403)
  const asked = await doors.ask(asOf('watch-leader', 'hq'), 'PUT', '/api/telling/rules', changed)
  expect([asked.status, (asked.json() as { request: { state: string } }).request.state]).toEqual([202, 'asked'])
  expect(((await doors.ask(asOf('administrator', 'hq'), 'GET', '/api/telling/rules')).json() as TellingRules).revision).toBe(rules.revision)
  expect((await doors.ask(asOf('administrator', 'hq'), 'PUT', '/api/telling/rules', changed)).status).toBe(200)
  const turned = {
    ...changed,
    revision: rules.revision + 1,
    templates: changed.templates.map(one => Object.fromEntries(Object.entries(one).reverse())),
  }
  expect(
    (await doors.ask(asOf('administrator', 'hq'), 'PUT', '/api/telling/rules', { ...turned, rules: [...rules.rules].reverse() })).status,
  ).toBe(200)
  const history = (await doors.ask(asOf('watch-officer', 'busan'), 'GET', '/api/telling/rules/history')).json() as RuleRevision[]
  expect(history[0]).toMatchObject({ revision: rules.revision + 2, changed: ['order'] })
  expect(history[1]).toMatchObject({ revision: rules.revision + 1, changed: ['closing'] })
  expect(history.at(-1)?.revision).toBe(1)
  expect(history.at(-1)?.changed).toContain('rules.high')
})

test('a try names whom, when and in which words, by the roster of a moment, and the holes in it; nobody is told', async () => {
  const before = centre.taken.length
  const subject = { level: 1, detector: 'seal-opened', senses: ['journey'], organisation: 'busan' }
  const rules = (await doors.ask(asOf('watch-officer', 'busan'), 'GET', '/api/telling/rules?revision=0')).json() as TellingRules
  const answer = await doors.ask(asOf('watch-officer', 'busan'), 'POST', '/api/telling/rules/try', {
    rules,
    subject,
    at: '2026-11-24T03:00:00Z',
  })
  const trial = answer.json() as TellingTrial
  expect([trial.rule?.id, trial.chain?.id, trial.heldS, trial.at]).toEqual([
    'seal-critical',
    'seal-critical',
    0,
    '2026-11-24T03:00:00.000Z',
  ])
  expect(trial.steps[0]).toMatchObject({ step: 0, afterS: 0, isElse: false, told: [{ name: '출발지 담당자' }, { name: '도착지 담당자' }] })
  expect(trial.steps[0]?.holes.map(one => one.ko)).toEqual([expect.stringMatching(/당직자$/)])
  expect(trial.steps.map(one => one.afterS).slice(0, 3)).toEqual([0, 30, 60])
  const ships = { ...subject, detector: 'rendezvous', senses: ['ship'] }
  const other = (
    await doors.ask(asOf('watch-officer', 'busan'), 'POST', '/api/telling/rules/try', { rules, subject: ships })
  ).json() as TellingTrial
  expect(other.steps[0]).toMatchObject({
    isElse: true,
    told: [{ name: '조장', address: '…0001', channel: 'operator', parts: expect.any(Number) }],
  })
  expect(other.steps[0]?.told[0]?.text).toContain('"1 10"')
  expect(centre.taken).toHaveLength(before)
  expect((await doors.ask(asOf('watch-officer', 'busan'), 'POST', '/api/telling/rules/try', { rules })).status).toBe(400)
})

test('faults come with their place and a rule that can never be used is said to be one; nothing is kept', async () => {
  const rules = (await doors.ask(asOf('administrator', 'hq'), 'GET', '/api/telling/rules?revision=0')).json() as TellingRules
  const check = async (change: object) =>
    (await doors.ask(asOf('administrator', 'hq'), 'POST', '/api/telling/rules/check', { ...rules, ...change })).json()
  expect(await check({})).toEqual({ faults: [], warnings: [] })
  const all = { id: 'all', ko: '모두', en: 'all', isOn: true, chain: 'high' }
  const { faults, warnings } = (await check({ rules: [all, { ...all, id: 'two', levels: [], detectors: ['no-such'] }] })) as RuleCheck
  expect(faults.map(one => one.at)).toEqual(['rules.two.levels', 'rules.two.detectors'])
  expect(warnings.map(one => one.at)).toEqual(expect.arrayContaining(['rules.two', 'chains.critical']))
})

test('what failed is sent again by hand, by whoever may, and only that', async () => {
  const leader = asOf('watch-leader', 'hq')
  const page = (await doors.ask(leader, 'GET', '/api/telling/messages?kind=alarm&limit=1')).json() as MessagePage
  const id = encodeURIComponent(page.messages[0]?.id ?? '')
  expect((await doors.ask(asOf('watch-officer', 'hq'), 'POST', `/api/telling/messages/${id}/again`, {})).status).toBe(403)
  expect((await doors.ask(leader, 'POST', `/api/telling/messages/${id}/again`, {})).status).toBe(409)
  expect((await doors.ask(leader, 'POST', '/api/telling/messages/none/again', {})).status).toBe(404)
})

test('a text is shown as a channel would send it, with its parts', async () => {
  const asked = { channel: 'operator', template: 'closing' }
  const shown = (await doors.ask(asOf('watch-leader', 'hq'), 'POST', '/api/telling/channels/preview', asked)).json() as {
    text: string
    parts: number
  }
  expect(shown.text).toMatch(/^\[망루 상황 종료\] \d\d:\d\d 무단 개봉 MSKU0000003/)
  expect(shown.parts).toBe(1)
  expect((await doors.ask(asOf('watch-leader', 'hq'), 'POST', '/api/telling/channels/preview', { ...asked, channel: 'x' })).status).toBe(
    404,
  )
})

test('a provider’s callback without its secret is not there', async () => {
  expect((await doors.ask(undefined, 'POST', '/api/telling/callback/operator/guess', {})).status).toBe(404)
})
