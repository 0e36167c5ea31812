// What of journeys and their alarms counts as facts.
import { expect, test } from 'vitest'
import type { Alarm } from '#alerts/index.ts'
import type { JourneyReading } from '#seals/index.ts'
import { madePlan } from '#testkit/made-journey.ts'
import { transport, violation } from './seals.ts'

const rooms = { ownerOf: (organisations: readonly string[]) => organisations[0] ?? 'hq' }
const LEFT = Date.UTC(2026, 10, 23, 16)
const reading = (standing: Partial<JourneyReading['standing']>, change: object = {}): JourneyReading => ({
  plan: { ...madePlan({ id: 'J1', arriveUntilMs: LEFT + 3_600_000, organisations: ['busan'] }), ...change },
  standing: { journey: 'J1', state: 'under-way', side: [], word: 'normal', open: [], ...standing },
})

test.each([
  ['has not left', {}, undefined],
  ['is under way', { departedAtMs: LEFT }, { sub: 'under-way', numbers: {} }],
  [
    'arrived in time',
    { departedAtMs: LEFT, arrivedAtMs: LEFT + 40 * 60_000, state: 'closed' as const },
    { sub: 'on-time', numbers: { tripMin: 40 } },
  ],
  ['arrived late', { departedAtMs: LEFT, arrivedAtMs: LEFT + 80 * 60_000 }, { sub: 'late', numbers: { tripMin: 80 } }],
  ['was cancelled on its way', { departedAtMs: LEFT, state: 'cancelled' as const }, { sub: 'cancelled' }],
])('a transport that %s', (_what, standing, fact) => {
  const { origin, facts } = transport(reading(standing), rooms)
  expect(origin).toBe('journey:J1')
  if (fact === undefined) expect(facts).toEqual([])
  else
    expect(facts).toMatchObject([
      { atMs: LEFT, organisation: 'busan', kind: 'transport', link: { kind: 'journey', id: 'J1', label: 'TEMU1234565' }, ...fact },
    ])
})

test('what is of the demo goes with it', () => {
  expect(transport(reading({ departedAtMs: LEFT }, { isDemo: true }), rooms).origin).toBe('demo-journey:J1')
})

const alarm = (joined: object, change: object = {}): Alarm =>
  Object.assign(
    {
      id: 'a1',
      level: 1,
      state: 'raised',
      openedAtMs: LEFT,
      organisations: ['busan'],
      history: [],
      joined: {
        detector: 'seal-opened',
        level: 1,
        subjects: [
          { kind: 'journey', id: 'J1' },
          { kind: 'container', id: 'TEMU1234565' },
        ],
        ...joined,
      },
    },
    change,
  ) as unknown as Alarm

test('a violation counts under its rule with its verdict; one taken back counts no more', () => {
  expect(violation(alarm({}), rooms)).toEqual({
    origin: 'seal-alarm:a1',
    facts: [
      {
        atMs: LEFT,
        organisation: 'busan',
        kind: 'seal-opened',
        sub: 'undecided',
        numbers: { level: 1 },
        link: { kind: 'alarm', id: 'a1', label: 'TEMU1234565' },
      },
    ],
  })
  expect(violation(alarm({}, { state: 'false' }), rooms).facts[0]?.sub).toBe('false')
  expect(violation(alarm({ withdrawn: true }), rooms)).toEqual({ origin: 'seal-alarm:a1', facts: [] })
})
