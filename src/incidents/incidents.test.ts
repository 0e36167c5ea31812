// The room on a real store: resends, deeds at the same moment, search, who sees what, restarts.
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyAudit } from '#access/index.ts'
import { NotKept } from '#platform/store/index.ts'
import type { FindingEvent } from '#rules/index.ts'
import { type IncidentDesk, incidentDesk, JUNG, KIM, NIGHT, newReport } from '#testkit/incident-desk.ts'
import { checkIncidents } from './check-rows.ts'
import { createDrafts } from './drafts.ts'
import { createOverdueWatch } from './overdue.ts'
import { raiseReports } from './raised.ts'
import { INCIDENT_CALLED, INCIDENT_CHANGED, ORDER_CHANGED } from './schema.ts'

let desk: IncidentDesk
beforeEach(async () => {
  desk = await incidentDesk()
})
afterEach(() => desk.close())
const HOUR = 3_600_000
const must = <T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

test('numbers count each organisation’s reports of a KST day, without gaps, however many come at once', async () => {
  const many = await Promise.all(Array.from({ length: 12 }, (_, i) => desk.report(`busan-${i}-000`)))
  expect(many.map(one => one.number).sort()).toEqual(Array.from({ length: 12 }, (_, i) => `2026-1124-${String(i + 1).padStart(2, '0')}`))
  expect((await desk.report('incheon-0000', { organisation: 'incheon' })).number).toBe('2026-1124-01')
  desk.hand.nowMs = Date.UTC(2026, 10, 24, 15)
  expect((await desk.report('midnight-000')).number).toBe('2026-1125-01')
})

test('the leap day has its own numbers, and begins and ends at midnight in Korea', async () => {
  const numbers: string[] = []
  for (const [n, atMs] of [
    Date.UTC(2028, 1, 28, 14, 59, 59),
    Date.UTC(2028, 1, 28, 15),
    Date.UTC(2028, 1, 29, 14, 59, 59),
    Date.UTC(2028, 1, 29, 15),
  ].entries()) {
    desk.hand.nowMs = atMs
    numbers.push((await desk.report(`leap-${n}-0000`, { occurredAtMs: atMs - 1000 })).number)
  }
  expect(numbers).toEqual(['2028-0228-01', '2028-0229-01', '2028-0229-02', '2028-0301-01'])
  expect(desk.incidents.search('2028-0229-02', { whose: 'all', limit: 5 }).map(one => one.id)).toEqual(['leap-2-0000'])
})

test('the same report sent again, at once or later, is the same incident; another’s id is refused', async () => {
  const [one, two] = await Promise.all([desk.report('resent-0000'), desk.report('resent-0000', { text: '다른 글' })])
  expect(two).toEqual(one)
  await desk.reopen()
  expect((await desk.report('resent-0000')).number).toBe(one.number)
  expect(desk.incidents.steps('resent-0000')).toHaveLength(1)
  expect(await desk.incidents.report(newReport('resent-0000'), desk.by(KIM))).toEqual({ ok: false, reason: 'id-taken' })
})

test('any order of deeds, each sent any number of times, is told once each and leaves whole steps', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 }), async order => {
      const id = `order-${++run}-000`
      await desk.report(id)
      const told: string[] = []
      const stop = desk.bus.on(INCIDENT_CHANGED, ({ steps }) => told.push(...steps.map(step => step.id)))
      await Promise.all(
        order.map(n => desk.incidents.act(id, { deed: 'answer', text: `답 ${n}`, attachments: [] }, { author: KIM, stepId: `${id}-${n}` })),
      )
      stop()
      const steps = desk.incidents.steps(id)
      expect(steps.map(step => step.n)).toEqual(steps.map((_, i) => i + 1))
      expect(told.sort()).toEqual([...new Set(order)].map(n => `${id}-${n}`).sort())
      expect(desk.incidents.get(id)?.answers).toBe(new Set(order).size)
    }),
    { numRuns: 15 },
  )
})

/** Every row of the room. */
const rows = (): unknown =>
  [
    'incidents',
    'incident_audience',
    'incident_steps',
    'incident_links',
    'incident_orders',
    'incident_people',
    'incident_reads',
    'incident_calls',
    'audit',
  ].map(table => desk.store.read(`SELECT * FROM ${table}`))
const person = { id: 'person-0001', role: 'suspect', name: '선장 가' } as const
test.each<[what: string, deed: (by: ReturnType<IncidentDesk['by']>) => Promise<unknown>]>([
  [
    'a report',
    by => desk.incidents.report(newReport('refused-000', { people: [person], links: [{ kind: 'ship', id: '1', label: 'A' }] }), by),
  ],
  [
    'an answer that calls somebody',
    by =>
      desk.incidents.act(
        'one-00000000',
        { deed: 'answer', text: '@이당직 확인', attachments: [], mentions: [{ kind: 'person', id: 'lee', label: '이당직' }] },
        by,
      ),
  ],
  ['a correction', by => desk.incidents.act('one-00000000', { deed: 'correct', after: { text: '두 척' }, reason: '' }, by)],
  ['a state', by => desk.incidents.act('one-00000000', { deed: 'state', to: 'confirmed', note: '' }, by)],
  ['a link', by => desk.incidents.act('one-00000000', { deed: 'link', link: { kind: 'ship', id: '2', label: 'B' } }, by)],
  ['a share', by => desk.incidents.act('one-00000000', { deed: 'share', organisations: ['incheon'] }, by)],
  ['a person', by => desk.incidents.addPerson('one-00000000', person, by)],
  ['an order', by => desk.incidents.give('one-00000000', { text: '보고', to: { organisation: 'gamcheon' }, dueMs: NIGHT + HOUR }, by)],
  ['an order taken in hand', by => desk.incidents.carry('given-000000', 'order-acknowledge', '', by)],
  ['a merge', by => desk.incidents.merge('one-00000000', 'two-00000000', by)],
  ['a relation', by => desk.incidents.relate('one-00000000', 'two-00000000', by)],
  ['a reminder', by => desk.incidents.remind('one-00000000', 1, ['lee'], by)],
  ['a reading', () => desk.incidents.markRead('one-00000000', { person: 'lee', organisation: 'hq', steps: 1 })],
])('%s that the disk does not take is not done at all, and done by trying again', async (_what, deed) => {
  await desk.report('one-00000000', { links: [{ kind: 'ship', id: '1', label: 'A' }] })
  await desk.report('two-00000000')
  must(
    await desk.incidents.give(
      'two-00000000',
      { text: '확인', to: { organisation: 'hq' }, dueMs: NIGHT + HOUR },
      desk.by(KIM, 'given-000000'),
    ),
  )
  const told: string[] = []
  desk.bus.on(INCIDENT_CHANGED, () => told.push('incident'))
  desk.bus.on(ORDER_CHANGED, () => told.push('order'))
  desk.bus.on(INCIDENT_CALLED, () => told.push('call'))
  const before = rows()
  const by = desk.by(KIM, 'deed-0000000')
  desk.hand.isDiskFull = true
  await expect(deed(by)).rejects.toBeInstanceOf(NotKept)
  expect(rows()).toEqual(before)
  expect(told).toEqual([])
  desk.hand.isDiskFull = false
  expect(await deed(by)).not.toMatchObject({ ok: false })
  expect(rows()).not.toEqual(before)
  checkIncidents(desk.store)
})

test('a person kept with one incident is not written over by another’s of the same id', async () => {
  await desk.report('one-00000000', { people: [person] })
  const other = { ...person, name: '기관사 나' }
  expect(await desk.incidents.report(newReport('two-00000000', { people: [other] }), desk.by(JUNG))).toEqual({
    ok: false,
    reason: 'id-taken',
  })
  await desk.report('two-00000000')
  expect(await desk.incidents.addPerson('two-00000000', other, desk.by(JUNG))).toEqual({ ok: false, reason: 'id-taken' })
  expect(desk.incidents.peopleOf('one-00000000')).toEqual([person])
  must(await desk.incidents.addPerson('one-00000000', other, desk.by(JUNG)))
  expect(desk.incidents.peopleOf('one-00000000')).toEqual([other])
})

test('a report that the disk did not take leaves no gap in the numbers', async () => {
  desk.hand.isDiskFull = true
  await expect(desk.report('gone-0000000')).rejects.toBeInstanceOf(NotKept)
  desk.hand.isDiskFull = false
  expect((await desk.report('next-0000000')).number).toBe('2026-1124-01')
  expect((await desk.report('gone-0000000')).number).toBe('2026-1124-02')
})

test('an order goes given, acknowledged, done; a closed incident has none open; each is told', async () => {
  const { id } = await desk.report('orders-0000')
  const told: string[] = []
  desk.bus.on(ORDER_CHANGED, ({ change }) => told.push(change))
  const order = must(
    await desk.incidents.give(
      id,
      { text: '결과 보고', to: { organisation: 'gamcheon', post: 'field-officer' }, dueMs: NIGHT + HOUR },
      desk.by(),
    ),
  )
  expect(order).toMatchObject({ n: 1, state: 'open' })
  expect(desk.incidents.get(id)?.organisations).toContain('gamcheon')
  const close = { deed: 'state', to: 'closed', note: '', outcome: 'done' } as const
  expect(await desk.incidents.act(id, close, desk.by())).toEqual({ ok: false, reason: 'orders-open' })
  must(await desk.incidents.carry(order.id, 'order-acknowledge', '', desk.by(JUNG)))
  expect(await desk.incidents.carry(order.id, 'order-acknowledge', '', desk.by(JUNG))).toEqual({ ok: false, reason: 'order-state' })
  await desk.reopen()
  expect(desk.incidents.openOrders().map(one => one.state)).toEqual(['acknowledged'])
  const done = desk.by(JUNG)
  must(await desk.incidents.carry(order.id, 'order-done', '대조표 붙임', done))
  expect(must(await desk.incidents.carry(order.id, 'order-done', '대조표 붙임', done)).report).toBe('대조표 붙임')
  must(await desk.incidents.act(id, close, desk.by()))
  expect(desk.incidents.openOrders()).toEqual([])
  expect(told).toEqual(['given', 'acknowledged', 'done'])
})

test('an order past its time is one alarm until it is done, also over a restart', async () => {
  const { id } = await desk.report('overdue-0000')
  const order = must(await desk.incidents.give(id, { text: '결과 보고', to: { organisation: 'busan' }, dueMs: NIGHT + HOUR }, desk.by()))
  const events: FindingEvent[] = []
  const watch = () =>
    createOverdueWatch({
      clock: desk.clock,
      incidents: desk.incidents,
      bus: desk.bus,
      sink: event => events.push(event),
      organisation: () => ({ ko: '부산본부세관', en: 'Busan Customs' }),
    })
  let stop = watch()
  desk.tick()
  expect(events).toEqual([])
  desk.hand.nowMs += HOUR
  desk.tick()
  desk.tick()
  expect(events.map(event => event.change)).toEqual(['raised'])
  expect(events[0]?.finding.why.ko).toBe('부산본부세관 지시 기한 04:00 지남: 결과 보고 (사건 2026-1124-01)')
  stop()
  await desk.reopen()
  stop = watch()
  desk.tick()
  expect(events[1]?.finding.id).toBe(events[0]?.finding.id)
  must(await desk.incidents.carry(order.id, 'order-done', '', desk.by(JUNG)))
  expect(events.at(-1)).toMatchObject({ change: 'ended', finding: { id: events[0]?.finding.id } })
  desk.tick()
  expect(events).toHaveLength(3)
  stop()
})

test('a report raised as an alarm is one, of its urgency, about its ships, until it is closed', async () => {
  const events: FindingEvent[] = []
  const organisation = () => ({ ko: '부산본부세관', en: 'Busan Customs' })
  const stop = raiseReports({ clock: desk.clock, bus: desk.bus, sink: event => events.push(event), organisation })
  await desk.report('plain-00001')
  expect(events).toEqual([])
  const raised = { isAlarm: true, urgency: 1 as const, links: [{ kind: 'ship' as const, id: '440150000', label: 'ORIENT FROST 7' }] }
  const { id } = await desk.report('raised-0001', raised)
  await desk.report('raised-0001', raised)
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    change: 'raised',
    finding: {
      detector: 'incident-raised',
      severity: 'critical',
      subjects: [
        { kind: 'incident', id },
        { kind: 'ship', id: '440150000' },
      ],
    },
  })
  must(await desk.incidents.act(id, { deed: 'state', to: 'closed', note: '', outcome: 'nothing' }, desk.by()))
  expect(events.at(-1)?.change).toBe('ended')
  stop()
})

test('merged incidents: one is closed and says where it went, the other has its links', async () => {
  const [a, b] = [
    await desk.report('merge-a-000', { links: [{ kind: 'ship', id: '440150000', label: 'ORIENT FROST 7' }] }),
    await desk.report('merge-b-000'),
  ]
  const joined = must(await desk.incidents.merge(a.id, b.id, desk.by()))
  expect(joined).toMatchObject({ mergedFrom: [a.id], links: [{ id: '440150000' }] })
  expect(desk.incidents.get(a.id)).toMatchObject({ state: 'closed', mergedInto: b.id })
  expect(desk.incidents.linkedTo('ship', '440150000').map(one => one.id)).toEqual([b.id, a.id])
  expect(await desk.incidents.merge(b.id, b.id, desk.by())).toEqual({ ok: false, reason: 'merge-itself' })
  must(await desk.incidents.relate(b.id, (await desk.report('merge-c-000')).id, desk.by()))
  expect(desk.incidents.get('merge-c-000')?.related).toEqual([b.id])
})

test.each([
  ['감천', true],
  ['부두', true],
  ['감천5부두', true],
  ['감천 5부두에서', true],
  ['소형보트', true],
  ['보트를 상자', true],
  ['FROST', true],
  ['frost 7', true],
  ['두서', true],
  ['부산', false],
  ['감천 신항', false],
  ['끝에서 불', false],
])('search for %s in Korean with particles, spacing and parts of words: %s', async (words, isFound) => {
  await desk.report('search-0000', { links: [{ kind: 'ship', id: '440150000', label: 'ORIENT FROST 7' }] })
  await desk.report('search-0001', { text: '여수 신항 선원 2명 상륙' })
  const found = desk.incidents.search(words, { whose: 'all', limit: 10 }).map(one => one.id)
  expect(found).toEqual(isFound ? ['search-0000'] : [])
})

test('answers and corrections are found, what was corrected away is not; a number finds its incidents', async () => {
  const { id, number } = await desk.report('search-0002')
  must(await desk.incidents.act(id, { deed: 'answer', text: '열상 카메라로 확인', attachments: ['photo-1'] }, desk.by()))
  must(await desk.incidents.act(id, { deed: 'correct', after: { text: '신선대 부두 뗏목' }, reason: '' }, desk.by()))
  const found = (words: string) => desk.incidents.search(words, { whose: 'all', limit: 10 }).length
  expect([found('열상'), found('뗏목'), found('소형 보트'), found(number)]).toEqual([1, 1, 0, 1])
  expect(desk.incidents.get(id)?.attachments).toEqual(['photo-1'])
})

test('names of people are found only by who may see them, and not after they are erased', async () => {
  const person = { id: 'person-0001', role: 'suspect', name: '홍길동', document: 'M12345678' } as const
  const { id, people } = await desk.report('people-0000', { people: [person] })
  expect(people).toEqual([{ id: 'person-0001', role: 'suspect', masked: '홍○○' }])
  const found = (peopleOf?: 'all' | ReadonlySet<string>) =>
    desk.incidents.search('홍길동', { whose: 'all', limit: 5, ...(peopleOf ? { peopleOf } : {}) }).length
  expect([found(), found('all'), found(new Set(['busan'])), found(new Set(['incheon']))]).toEqual([0, 1, 1, 0])
  must(await desk.incidents.erasePerson(id, person.id, desk.by()))
  expect(found('all')).toBe(0)
  expect(desk.incidents.peopleOf(id)).toEqual([])
  expect(desk.incidents.get(id)?.people).toEqual([{ id: 'person-0001', role: 'suspect', masked: '○○○', isErased: true }])
  expect(JSON.stringify(desk.store.read('SELECT * FROM incident_steps'))).not.toContain('홍길동')
  expect(JSON.stringify(desk.store.read('SELECT * FROM audit'))).not.toContain('홍길동')
})

test('lists, pages, counts and searches hold only what may be seen', async () => {
  for (let i = 0; i < 9; i++)
    await desk.report(`list-${i}-0000`, { organisation: i % 3 === 0 ? 'incheon' : 'busan', text: `보고 ${i} 번째` })
  const whose = new Set(['incheon', 'gamcheon'])
  const page = desk.incidents.list({ whose, limit: 2 })
  expect(page.map(one => one.id)).toEqual(['list-6-0000', 'list-3-0000'])
  expect(desk.incidents.list({ whose, limit: 2, before: page[1]?.id ?? '' }).map(one => one.id)).toEqual(['list-0-0000'])
  expect(desk.incidents.list({ whose, limit: 9, states: ['reported'] })).toHaveLength(3)
  expect(desk.incidents.list({ whose, limit: 9, states: ['closed'] })).toEqual([])
  expect(desk.incidents.search('보고', { whose, limit: 9 })).toHaveLength(3)
  expect(desk.incidents.search('보고', { whose: new Set(), limit: 9 })).toEqual([])
  expect(desk.incidents.counts(whose, NIGHT - HOUR)).toEqual({ reported: 3, confirmed: 0, inHand: 0, closed: 0, since: 3 })
  expect(desk.incidents.list({ whose: 'all', limit: 9, kinds: ['seizure'] })).toEqual([])
  expect(desk.incidents.list({ whose: 'all', limit: 9, organisations: ['incheon'], urgencies: [2] })).toHaveLength(3)
})

test('a list can go by the last change, page by page, each once, whoever asks', async () => {
  const ids = Array.from({ length: 7 }, (_, n) => `changed-${n}-00`)
  for (const [n, id] of ids.entries()) {
    desk.hand.nowMs = NIGHT + n * 1000
    await desk.report(id, { organisation: n % 2 ? 'incheon' : 'busan' })
  }
  desk.hand.nowMs = NIGHT + HOUR
  must(await desk.incidents.act('changed-2-00', { deed: 'answer', text: '답', attachments: [] }, desk.by()))
  // At the same millisecond as the one before.
  must(await desk.incidents.act('changed-5-00', { deed: 'state', to: 'confirmed', note: '' }, desk.by()))
  const pages = (whose: 'all' | ReadonlySet<string>, states?: readonly ['reported']): string[] => {
    const all: string[] = []
    for (;;) {
      const page = desk.incidents.list({
        whose,
        isByChange: true,
        limit: 2,
        ...(states ? { states } : {}),
        ...(all.length > 0 ? { before: all.at(-1) ?? '' } : {}),
      })
      all.push(...page.map(one => one.id))
      if (page.length < 2) return all.map(id => id.slice(8, 9))
    }
  }
  expect(pages('all')).toEqual(['5', '2', '6', '4', '3', '1', '0'])
  expect(pages('all', ['reported'])).toEqual(['2', '6', '4', '3', '1', '0'])
  expect(pages(new Set(['busan']))).toEqual(['2', '6', '4', '0'])
  expect(pages(new Set(['busan', 'incheon']))).toEqual(['5', '2', '6', '4', '3', '1', '0'])
  expect(pages(new Set(['gamcheon']))).toEqual([])
})

test('what was known at an earlier moment is told from the steps, for the paper of that moment', async () => {
  const { id } = await desk.report('as-of-0000')
  desk.hand.nowMs += HOUR
  must(await desk.incidents.act(id, { deed: 'correct', after: { text: '고친 글' }, reason: '' }, desk.by()))
  must(await desk.incidents.act(id, { deed: 'daily-report', isIn: true, text: '보고서 글' }, desk.by()))
  expect(desk.incidents.asOf(id, NIGHT + 1)).toMatchObject({ text: newReport('x').text, dailyReport: { isIn: false } })
  expect(desk.incidents.asOf(id, NIGHT - 1)).toBeUndefined()
  expect(desk.incidents.between(NIGHT, NIGHT + 1).map(one => one.id)).toEqual([id])
  expect(desk.incidents.between(NIGHT + 1, NIGHT + HOUR)).toEqual([])
  expect(desk.incidents.changedBetween(NIGHT + 1, NIGHT + 2 * HOUR).map(one => one.id)).toEqual([id])
})

test('a fact of another room about something linked stands in each open story once', async () => {
  const link = { kind: 'alarm', id: 'A113', label: '해상 환적 의심' } as const
  const { id } = await desk.report('told-0000', { links: [link] })
  for (let i = 0; i < 2; i++) await desk.incidents.tell(link, { ko: '감시정 부산-3 도착', en: 'Busan-3 arrived' }, 'patrol-7')
  expect(desk.incidents.steps(id).map(step => step.deed)).toEqual(['report', 'told'])
})

test('the check finds a row that is missing or changed', async () => {
  await desk.report('check-000001')
  await desk.report('check-000002')
  expect(checkIncidents(desk.store)).toBe('2 incidents, 2 steps')
  await desk.store.write([{ sql: "DELETE FROM incident_steps WHERE incident = 'check-000002'" }])
  expect(() => checkIncidents(desk.store)).toThrow(/check-000002 says it has 1 steps and has 0/)
  await desk.store.write([
    { sql: "DELETE FROM incidents WHERE id = 'check-000001'" },
    { sql: "DELETE FROM incidents WHERE id = 'check-000002' AND 0" },
  ])
  await desk.report('check-000003')
  await desk.store.write([{ sql: "DELETE FROM incidents WHERE id = 'check-000002'" }])
  expect(() => checkIncidents(desk.store)).toThrow(/a row is missing/)
})

test('every deed is in the audit trail, and the trail is whole', async () => {
  const { id } = await desk.report('audit-0000')
  must(await desk.incidents.act(id, { deed: 'state', to: 'confirmed', note: '' }, desk.by()))
  expect(desk.store.read('SELECT who, deed, thing, note FROM audit ORDER BY n')).toEqual([
    { who: 'jung', deed: 'incident.report', thing: id, note: 'suspicious-act' },
    { who: 'kim', deed: 'incident.state', thing: id, note: 'confirmed' },
  ])
  expect(verifyAudit(desk.store).bad).toBeUndefined()
  expect(desk.faults).toEqual([])
})

test('receipts say who has read how far, and never go back', async () => {
  const { id } = await desk.report('reads-0000')
  expect(desk.incidents.readsOf(id)).toMatchObject([{ person: 'jung', steps: 1 }])
  for (const steps of [2, 1]) await desk.incidents.markRead(id, { person: 'kim', organisation: 'hq', steps })
  expect(desk.incidents.readsOf(id)).toContainEqual({ person: 'kim', organisation: 'hq', steps: 2, atMs: NIGHT })
})

test('the law’s clock erases the people of what was closed long ago, and the record of the deed stays', async () => {
  const person = (id: string) => ({ id, role: 'crew' as const, name: '홍길동' })
  const old = await desk.report('law-old-000', { people: [person('person-old')] })
  await desk.report('law-open-00', { people: [person('person-open')] })
  must(await desk.incidents.act(old.id, { deed: 'state', to: 'closed', note: '', outcome: 'nothing' }, desk.by()))
  expect(await desk.incidents.eraseDue(NIGHT)).toBe(0)
  expect(await desk.incidents.eraseDue(NIGHT + 1)).toBe(1)
  expect(await desk.incidents.eraseDue(NIGHT + 1)).toBe(0)
  expect(desk.incidents.peopleOf('law-open-00')).toHaveLength(1)
  expect(desk.incidents.steps(old.id).map(step => step.deed)).toEqual(['report', 'state', 'person-erase'])
})

test('drafts are their writer’s alone, the newest first, and go with the report or their time', async () => {
  const drafts = createDrafts(desk.store, desk.clock)
  await drafts.save('draft-0001', 'jung', { text: '감천' })
  desk.hand.nowMs += 1
  await drafts.save('draft-0002', 'jung', { text: '신항' })
  await drafts.save('draft-0001', 'kim', { text: '남의 것' })
  expect(drafts.of('jung').map(draft => draft.body)).toEqual([{ text: '신항' }, { text: '감천' }])
  expect(drafts.of('kim')).toEqual([])
  await desk.report('draft-0001')
  expect(drafts.of('jung').map(draft => draft.id)).toEqual(['draft-0002'])
  desk.hand.nowMs += 32 * 24 * HOUR
  await drafts.forgetOld()
  expect(drafts.of('jung')).toEqual([])
})

test('who is named in an answer is called until they have read it; where they belong is told, what is named by # is linked', async () => {
  const { id } = await desk.report('naming-0000')
  const called: (readonly string[])[] = []
  desk.bus.on(INCIDENT_CALLED, ({ people, why }) => called.push([why, ...people]))
  const answer = {
    deed: 'answer',
    text: '@인천 당직관 확인 바람 #ORIENT FROST 7',
    attachments: [],
    mentions: [{ kind: 'organisation', id: 'incheon', label: '인천' }],
    links: [{ kind: 'ship', id: '440150000', label: 'ORIENT FROST 7' }],
  } as const
  const step = desk.by(KIM)
  const after = must(await desk.incidents.act(id, answer, step))
  must(await desk.incidents.act(id, answer, step))
  expect(called).toEqual([['mention', 'lee', 'han']])
  expect(after.organisations).toContain('incheon')
  expect(after.links.map(link => link.label)).toEqual(['ORIENT FROST 7'])
  expect(desk.incidents.linkedTo('ship', '440150000').map(one => one.id)).toEqual([id])
  expect(desk.incidents.list({ whose: new Set(['incheon']), limit: 9 }).map(one => one.id)).toEqual([id])
  await desk.reopen()
  expect(desk.incidents.callsOf('lee')).toMatchObject([{ incident: id, n: 2, why: 'mention', by: 'kim' }])
  await desk.incidents.markRead(id, { person: 'lee', organisation: 'incheon', steps: 1 })
  expect(desk.incidents.callsOf('lee')).toHaveLength(1)
  await desk.incidents.markRead(id, { person: 'lee', organisation: 'incheon', steps: 2 })
  expect(desk.incidents.callsOf('lee')).toEqual([])
  expect(desk.incidents.callsOf('han')).toHaveLength(1)
})

test('a name that nobody has is refused with what to do, and nothing is written', async () => {
  const { id } = await desk.report('nobody-0000')
  const answer = {
    deed: 'answer',
    text: '@없음',
    attachments: [],
    mentions: [{ kind: 'organisation', id: 'nowhere', label: '없음' }],
  } as const
  expect(await desk.incidents.act(id, answer, desk.by(KIM))).toEqual({ ok: false, reason: 'nobody-called' })
  expect(desk.incidents.steps(id)).toHaveLength(1)
})

test('a reminder asks only those who have not read so far, never its sender, and is no step of the story', async () => {
  const { id } = await desk.report('remind-0000')
  await desk.incidents.markRead(id, { person: 'lee', organisation: 'busan', steps: 1 })
  const told: string[] = []
  desk.bus.on(INCIDENT_CALLED, ({ people }) => told.push(...people))
  expect(must(await desk.incidents.remind(id, 1, ['lee', 'han', 'kim'], desk.by(KIM)))).toEqual(['han'])
  expect(told).toEqual(['han'])
  expect(desk.incidents.steps(id)).toHaveLength(1)
  expect([...desk.incidents.calledTo(id)]).toEqual([['han', NIGHT]])
  await desk.incidents.act(id, { deed: 'answer', text: '봤음', attachments: [] }, desk.by({ id: 'han', name: '한', organisation: 'busan' }))
  expect(desk.incidents.callsOf('han')).toEqual([])
  expect(await desk.incidents.remind(id, 1, ['lee', 'han', 'kim'], desk.by(KIM))).toEqual({ ok: false, reason: 'all-have-read' })
})
