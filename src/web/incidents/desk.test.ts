// The desk over a line that breaks: what is open comes as soon as the line is back, and what was missed meanwhile with it.
import { expect, test } from 'vitest'
import type { Api } from '../live/api.ts'
import { LineDown } from '../shell/outbox.ts'
import { createIncidentDesk } from './desk.ts'

const AT = '2026-11-23T18:00:00.000Z'
const step = (n: number) => ({
  id: `step-${n}`,
  n,
  at: AT,
  deed: n === 1 ? 'report' : 'answer',
  text: `줄 ${n}`,
  by: { id: 'kim', name: '김', organisation: 'hq' },
})

const head = (id: string, steps: number) => ({
  id,
  number: '2026-1124-01',
  organisation: 'hq',
  kind: 'other',
  urgency: 3,
  state: 'reported',
  title: '보트',
  occurredAt: AT,
  reportedAt: AT,
  changedAt: AT,
  steps,
})

function desk() {
  const server = { isDown: false, steps: 1, list: async (): Promise<unknown> => ({ incidents: [], isLast: true }) }
  const asked: string[] = []
  const json = async (_method: string, path: string): Promise<unknown> => {
    asked.push(path)
    if (server.isDown) throw new LineDown('line')
    const [, id, after = '0'] = /^\/api\/incidents\/(one)\?after=(\d+)$/.exec(path) ?? []
    if (id === undefined) return path.startsWith('/api/incidents?') ? server.list() : []
    const thread = Array.from({ length: server.steps }, (_, n) => step(n + 1)).slice(Number(after))
    return { ...head(id, server.steps), thread }
  }
  const made = createIncidentDesk({
    api: { json } as unknown as Api,
    now: () => Date.parse(AT),
    me: () => 'kim',
    onUrgent: () => {},
    onCall: () => {},
    onRefused: () => {},
    newId: () => 'id-000001',
  })
  return { ...made, server, asked }
}
/** Everything that waits for nothing has happened. */
const settled = (): Promise<void> => new Promise(done => setTimeout(done))
const lines = (made: ReturnType<typeof desk>): readonly (string | undefined)[] => made.open.get()?.full?.thread.map(one => one.id) ?? []

test('an incident that is opened while the line is down comes by itself when it is back', async () => {
  const made = desk()
  made.server.isDown = true
  made.show('one')
  await settled()
  made.tick()
  await settled()
  expect(lines(made)).toEqual([])
  made.server.isDown = false
  made.tick()
  await settled()
  expect(lines(made)).toEqual(['step-1'])
  const before = made.asked.length
  made.tick()
  await settled()
  expect(made.asked.slice(before).filter(path => path.includes('/one?'))).toEqual([])
})

test('after a break the story that is open goes on where it was', async () => {
  const made = desk()
  made.show('one')
  await settled()
  made.server.steps = 3
  await made.load()
  expect(lines(made)).toEqual(['step-1', 'step-2', 'step-3'])
})

test.each([
  ['newest report', undefined, 1],
  ['last change', 'changed', 2],
] as const)('what the line tells while the list is on its way stands in it, by %s', async (_name, sort, steps) => {
  const made = desk()
  const answers: ((list: unknown) => void)[] = []
  made.server.list = () => new Promise(done => answers.push(done))
  made.setFilter(sort ? { sort } : {})
  made.take({ kind: 'incident', incident: head('late', steps), by: 'lee' })
  answers[0]?.({ incidents: sort ? [head('early', 1), head('late', 1)] : [head('early', 1)], isLast: true })
  await settled()
  expect(made.feed.get().order.shown).toEqual(['late', 'early'])
})
