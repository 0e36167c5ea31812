import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asOf } from './as-of.ts'
import { done, type IncidentDeed, type NewIncident, reported } from './incident.ts'
import { type Author, type Incident, type Step, titleOf } from './schema.ts'

const NOW = Date.UTC(2026, 10, 23, 18)
const KIM: Author = { id: 'kim', name: '김당직', organisation: 'hq' }
const REPORT: NewIncident = {
  id: 'i-1',
  organisation: 'busan',
  organisations: ['gamcheon'],
  kind: 'suspicious-act',
  urgency: 2,
  text: '감천 5부두 서쪽 끝 불 끈 소형 보트 1척',
  occurredAtMs: NOW - 60_000,
  goods: [],
  people: [],
  links: [],
  attachments: [],
  isInDailyReport: false,
}
const at = (atMs: number, stepId = `s-${atMs}`) => ({ stepId, by: KIM, atMs })
function fresh(change: Partial<NewIncident> = {}): Incident {
  const outcome = reported({ ...REPORT, ...change }, at(NOW))
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.incident
}
function must(incident: Incident, deed: IncidentDeed, atMs = NOW + 1) {
  const outcome = done(incident, deed, at(atMs))
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}
const reasonOf = (incident: Incident, deed: IncidentDeed): string => {
  const outcome = done(incident, deed, at(NOW + 1))
  return outcome.ok ? 'done' : outcome.reason
}
const state = (to: Incident['state'], more: Partial<IncidentDeed & { deed: 'state' }> = {}): IncidentDeed => ({
  deed: 'state',
  to,
  note: '',
  openOrders: 0,
  ...more,
})

test.each([
  [{ text: ' \n ' }, 'text-missing'],
  [{ text: 'ㄱ'.repeat(10_001) }, 'text-long'],
  [{ occurredAtMs: NOW + 3_600_000 }, 'time-ahead'],
  [{ occurredAtMs: Number.NaN }, 'time-ahead'],
  [{ place: { label: '', lat: 91, lon: 0 } }, 'place-wrong'],
  [{ place: { label: '부두', lat: 35 } }, 'place-wrong'],
  [{ goods: [{ type: 'other', name: '담배', quantity: -1 }] }, 'goods-wrong'],
  [{ goods: [{ type: 'other', name: '담배', valueWon: Number.POSITIVE_INFINITY }] }, 'goods-wrong'],
  [{ links: Array.from({ length: 101 }, (_, n) => ({ kind: 'other' as const, id: String(n), label: '' })) }, 'too-many'],
] as const)('a report with %o is refused: %s', (change, reason) => {
  const outcome = reported({ ...REPORT, ...change }, at(NOW))
  expect(outcome).toEqual({ ok: false, reason })
})

test('an incident goes reported, confirmed, in hand, closed with an outcome, and is reopened only with a reason', () => {
  let incident = must(fresh(), state('confirmed')).incident
  incident = must(incident, state('in-hand')).incident
  expect(reasonOf(incident, state('confirmed'))).toBe('state-order')
  expect(reasonOf(incident, state('closed'))).toBe('outcome-missing')
  expect(reasonOf(incident, state('closed', { outcome: 'seized', openOrders: 1 }))).toBe('orders-open')
  incident = must(incident, state('closed', { outcome: 'seized' }), NOW + 5).incident
  expect(incident).toMatchObject({ state: 'closed', outcome: 'seized', closedAtMs: NOW + 5 })
  expect(reasonOf(incident, state('in-hand'))).toBe('reason-missing')
  const reopened = must(incident, state('in-hand', { note: '추가 혐의' })).incident
  expect(reopened.state).toBe('in-hand')
  expect('outcome' in reopened || 'closedAtMs' in reopened).toBe(false)
})

test('a correction keeps the earlier wording, and says nothing where nothing changes', () => {
  const { incident, step } = must(fresh(), { deed: 'correct', after: { text: '보트 2척', urgency: 2 }, reason: '다시 셈' })
  expect(incident.text).toBe('보트 2척')
  expect(step).toMatchObject({ deed: 'correct', before: { text: REPORT.text }, after: { text: '보트 2척' }, reason: '다시 셈' })
  expect(reasonOf(incident, { deed: 'correct', after: { text: ' 보트 2척 ' }, reason: '' })).toBe('nothing-changed')
})

test('an order tells its organisation of the incident', () => {
  const order: IncidentDeed = { deed: 'order', order: 'o', text: '보고', to: { organisation: 'incheon' }, dueMs: NOW + 9 }
  expect(must(fresh(), order).incident.organisations).toEqual(['busan', 'gamcheon', 'incheon'])
  const closed = must(fresh(), state('closed', { outcome: 'nothing' })).incident
  expect(reasonOf(closed, order)).toBe('closed')
})

test('what was merged is written to no more', () => {
  const merged = must(fresh(), { deed: 'merge-into', other: 'i-2' }).incident
  expect(merged).toMatchObject({ state: 'closed', mergedInto: 'i-2' })
  expect(reasonOf(merged, { deed: 'answer', text: '더', attachments: [] })).toBe('merged')
})

test.each([
  ['해상 환적 의심 냉동운반선 검색\n둘째 줄', '해상 환적 의심 냉동운반선 검색'],
  ['선원 2명 상륙허가 시간 넘김. 현장 확인 중.', '선원 2명 상륙허가 시간 넘김'],
  ['35.5 t 적재 확인', '35.5 t 적재 확인'],
])('%s is listed as %s', (text, title) => expect(titleOf(text)).toBe(title))

const link = fc.constantFrom('1', '2', '3').map(id => ({ kind: 'ship' as const, id, label: id }))
const deeds: fc.Arbitrary<IncidentDeed> = fc.oneof(
  fc.record({
    deed: fc.constant('answer' as const),
    text: fc.constantFrom('가', '나'),
    attachments: fc.uniqueArray(fc.constantFrom('p1', 'p2', 'p3')),
    links: fc.array(link, { maxLength: 2 }),
  }),
  fc.record({
    deed: fc.constant('correct' as const),
    after: fc.record(
      {
        text: fc.constantFrom('하나', '둘', '셋'),
        urgency: fc.constantFrom(1 as const, 2 as const, 3 as const),
        place: fc.constantFrom(undefined, { label: '감천' }, { label: '신항', lat: 35, lon: 129 }),
        occurredAtMs: fc.constantFrom(NOW - 1, NOW - 2),
        goods: fc.constantFrom([], [{ type: 'narcotics' as const, name: '필로폰', quantity: 12, unit: 'g' }]),
      },
      { requiredKeys: [] },
    ),
    reason: fc.constant('까닭'),
  }),
  fc.record({
    deed: fc.constant('state' as const),
    to: fc.constantFrom('confirmed' as const, 'in-hand' as const, 'closed' as const),
    note: fc.constant('사유'),
    outcome: fc.constantFrom('seized' as const, 'nothing' as const),
    openOrders: fc.constant(0),
  }),
  fc.record({ deed: fc.constantFrom('link' as const, 'unlink' as const), link }),
  fc.record({ deed: fc.constant('relate' as const), other: fc.constantFrom('x', 'y') }),
  fc.record({ deed: fc.constantFrom('merge-from' as const, 'merge-into' as const), other: fc.constantFrom('x', 'y') }),
  fc.record({ deed: fc.constant('daily-report' as const), isIn: fc.boolean(), text: fc.constantFrom('', '줄') }),
  fc.record({
    deed: fc.constant('person' as const),
    person: fc.constantFrom({ id: 'a', role: 'suspect' as const, masked: '김○○' }, { id: 'a', role: 'crew' as const, masked: '박○○' }),
  }),
  fc.record({ deed: fc.constant('told' as const), ko: fc.constant('도착'), en: fc.constant('arrived'), link }),
)

test('what an incident was at any earlier moment comes back step by step, also from what is kept as JSON', () => {
  fc.assert(
    fc.property(fc.array(deeds, { maxLength: 25 }), list => {
      let incident = fresh({ links: [{ kind: 'ship', id: '1', label: '1' }] })
      const was: Incident[] = [incident]
      const steps: Step[] = [{ id: 'r', incident: 'i-1', n: 1, atMs: NOW, by: KIM, deed: 'report', text: REPORT.text, attachments: [] }]
      for (const [i, deed] of list.entries()) {
        const outcome = done(incident, deed, at(NOW + 10 * (i + 1)))
        if (outcome.ok) {
          incident = outcome.value.incident
          steps.push(JSON.parse(JSON.stringify(outcome.value.step)))
        }
        was.push(incident)
      }
      expect(steps.map(step => step.n)).toEqual(steps.map((_, i) => i + 1))
      const now: Incident = JSON.parse(JSON.stringify(incident))
      const plain = ({ links, ...rest }: Incident) => ({ ...rest, links: [...links].sort((a, b) => a.id.localeCompare(b.id)) })
      for (const [i, then] of was.entries())
        expect(plain(asOf(now, steps, NOW + 10 * i + 5) ?? fresh())).toEqual(plain(JSON.parse(JSON.stringify(then))))
      expect(asOf(now, steps, NOW - 1)).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})
