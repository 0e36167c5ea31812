import { expect, test } from 'vitest'
import type { Api } from '../live/api.ts'
import { alarm as alarmOf } from '../live/wire.ts'
import { createOutbox } from '../shell/outbox.ts'
import { createAlarmDesk } from './desk.ts'

const json = (over: object = {}) => ({
  id: 'A1',
  level: 2,
  state: 'raised',
  detector: 'rendezvous',
  ships: [1, 2],
  raisedAt: '2026-11-24T00:00:00Z',
  revision: 1,
  reasons: [],
  history: [],
  ...over,
})
const view = (over: object = {}) => alarmOf(json(over), () => undefined)

/** A desk at which `deeds` answer; every other door of the API is a bug. */
function desk(deeds: Partial<Api>) {
  const asked: string[] = []
  const api = new Proxy(deeds, {
    get: (there, name) => {
      asked.push(String(name))
      return Reflect.get(there, name)
    },
  })
  let selected: string | undefined
  const alarms = createAlarmDesk({
    api: api as Api,
    outbox: createOutbox(() => 'deed'),
    now: () => 0,
    selectedId: () => selected,
    select: id => {
      selected = id
    },
    sound: { isOn: true, caution: false, hushedUntilMs: 0 },
    keepSound: () => undefined,
  })
  return { alarms, asked }
}

test('looking at an alarm that ended unseen asks nothing of the server: it stays', () => {
  const { alarms, asked } = desk({})
  alarms.take(view({ endedAt: '2026-11-24T01:00:00Z' }))
  alarms.open('A1')
  expect(asked).toEqual([])
  expect(alarms.state.get().alarms.get('A1')?.state).toBe('new')
})

test('what ships did stays open when it is acknowledged after its end; a feed that is back is done', async () => {
  const { alarms, asked } = desk({
    acknowledge: async () => view({ state: 'acknowledged', acknowledgedBy: 'kim', revision: 2 }),
    seen: async id => view({ id, state: 'closed', ships: [], revision: 2 }),
  })
  alarms.take(view({ endedAt: '2026-11-24T01:00:00Z' }))
  alarms.take(view({ id: 'A2', ships: [], endedAt: '2026-11-24T01:00:00Z' }))
  expect(await alarms.acknowledge('A1')).toMatchObject({ state: 'active', acknowledgedById: 'kim' })
  expect(await alarms.acknowledge('A2')).toMatchObject({ state: 'closed' })
  expect(asked).toEqual(['acknowledge', 'seen'])
})

test('who was first is told to the second, by name and id', async () => {
  const { alarms } = desk({
    acknowledge: async () => view({ state: 'acknowledged', acknowledgedBy: 'lee', acknowledgedByName: '이○○', revision: 2 }),
  })
  alarms.take(view())
  expect(await alarms.acknowledge('A1')).toMatchObject({ acknowledgedBy: '이○○', acknowledgedById: 'lee' })
})

test('what the live line brought is not undone by an older list', async () => {
  const { alarms } = desk({ alarms: async () => [view({ revision: 1 })] })
  alarms.take(view({ state: 'acknowledged', acknowledgedBy: 'kim', revision: 3 }))
  await alarms.load()
  expect(alarms.state.get().alarms.get('A1')?.state).toBe('active')
})
