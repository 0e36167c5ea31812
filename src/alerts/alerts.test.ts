// The alarms of the room on a real store: what people do at the same moment, what happens while the disk writes, and what a kill leaves.
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ACCESS_MIGRATIONS, verifyAudit } from '#access/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { createJoining, type Finding, type JoinedAlarm } from '#rules/index.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { ALERTS_MIGRATIONS, type Alarm, createAlerts } from './index.ts'

const NOW = Date.UTC(2026, 10, 24, 3)
const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function finding(change: Partial<Finding> = {}): Finding {
  return {
    id: 'signal-lost|ship:440123456|1',
    detector: 'signal-lost',
    subjects: [{ kind: 'ship', id: '440123456' }],
    from: epochMs(NOW),
    raisedAt: epochMs(NOW),
    severity: 'high',
    live: true,
    numbers: {},
    evidence: [],
    why: { ko: '두절', en: 'lost' },
    place: { lat: 35, lon: 129 },
    ...change,
  }
}
const GRAVER = finding({ id: 'distress|1', detector: 'distress-beacon', severity: 'emergency' })

function joined(...findings: Finding[]): JoinedAlarm {
  const joining = createJoining()
  let alarm: JoinedAlarm | undefined
  for (const one of findings) alarm = joining.take({ change: 'raised', finding: one }).alarm ?? alarm
  if (!alarm) throw new Error('no alarm')
  return alarm
}

/** A desk on a real store; a kept answer can be held back to see what happens meanwhile, and commits can be refused. */
async function desk() {
  const folder = temporaryFolder()
  const store = await openStore({ file: join(folder.path, 'store.db'), migrations: [...ACCESS_MIGRATIONS, ...ALERTS_MIGRATIONS] })
  closing.push(
    () => folder.remove(),
    () => store.close(),
  )
  const hand = { now: NOW, held: undefined as Promise<void> | undefined, refuse: false }
  const tasks: (() => void)[] = []
  const later: (() => void)[] = []
  const clock: Clock = {
    now: () => epochMs(hand.now),
    every(_ms, task) {
      tasks.push(task)
      return () => {}
    },
    after(_ms, task) {
      later.push(task)
      return () => {}
    },
  }
  const gated: Store = {
    ...store,
    async write(statements) {
      if (hand.refuse) throw new Error('the disk is full')
      await store.write(statements)
      await hand.held
    },
  }
  const changes: Alarm[] = []
  const make = () => createAlerts({ store: gated, clock, organisationsOf: () => [], onChange: alarm => void changes.push(alarm) })
  const alerts = make()
  return {
    alerts,
    store,
    hand,
    changes,
    /** What a product that was killed now and started again would know. */
    afterKill: make,
    tick(ms: number) {
      hand.now += ms
      for (const task of tasks) task()
    },
    retry() {
      for (const task of later.splice(0)) task()
    },
  }
}
const deedsOf = (alarm: Alarm | undefined): string[] => alarm?.history.map(line => `${line.deed} ${line.who}`) ?? []
const ID = joined(finding()).id

test('two officers who act on one alarm in the same moment both stand in its history', async () => {
  const { alerts, afterKill, store } = await desk()
  alerts.take(joined(finding()))
  const outcomes = await Promise.all([
    alerts.act(ID, { deed: 'acknowledge' }, 'kim'),
    alerts.act(ID, { deed: 'assign', to: '순찰 3', note: '' }, 'lee'),
    alerts.act(ID, { deed: 'note', text: '확인 중' }, 'park'),
  ])
  expect(outcomes.map(one => one && 'code' in one)).toEqual([false, false, false])
  const deeds = ['raised mangru', 'acknowledged kim', 'assigned lee', 'noted park']
  expect(deedsOf(alerts.get(ID))).toEqual(deeds)
  expect(deedsOf(afterKill().get(ID))).toEqual(deeds)
  expect(alerts.get(ID)).toMatchObject({ state: 'assigned', acknowledgedBy: 'kim', assignedTo: '순찰 3' })
  expect(verifyAudit(store)).toEqual({ rows: 3 })
})

test('the same deed sent twice before the first is kept is done once', async () => {
  const { alerts, store } = await desk()
  alerts.take(joined(finding()))
  await Promise.all([1, 2, 3].map(() => alerts.act(ID, { deed: 'note', text: '확인' }, 'kim', 'deed-1')))
  expect(deedsOf(alerts.get(ID))).toEqual(['raised mangru', 'noted kim'])
  expect(verifyAudit(store)).toEqual({ rows: 1 })
})

test('what the situation does while a deed is being kept is joined with it, and a kill right after the answer loses neither', async () => {
  const { alerts, afterKill, hand } = await desk()
  alerts.take(joined(finding()))
  let release = (): void => {}
  hand.held = new Promise(done => (release = done))
  const acting = alerts.act(ID, { deed: 'acknowledge' }, 'kim')
  await new Promise(done => setImmediate(done))
  alerts.take(joined(finding(), finding({ id: 'number-shared|1', detector: 'number-shared', severity: 'medium' })))
  release()
  hand.held = undefined
  await acting
  const known = afterKill().get(ID)
  expect(known).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'kim' })
  expect(deedsOf(known)).toContain('acknowledged kim')
  expect(alerts.get(ID)?.joined.reasons).toHaveLength(2)
  expect(deedsOf(alerts.get(ID))).toEqual(expect.arrayContaining(['acknowledged kim', 'joined mangru']))
})

test('a graver reason that comes while the milder one is being acknowledged asks anew', async () => {
  const { alerts, hand } = await desk()
  alerts.take(joined(finding()))
  let release = (): void => {}
  hand.held = new Promise(done => (release = done))
  const acting = alerts.act(ID, { deed: 'acknowledge' }, 'kim')
  await new Promise(done => setImmediate(done))
  alerts.take(joined(finding(), GRAVER))
  release()
  hand.held = undefined
  await acting
  expect(alerts.get(ID)).toMatchObject({ state: 'raised', level: 0 })
})

test('who acknowledges the graver reason is named, and its time to escalate runs from when it came', async () => {
  const { alerts, hand, tick } = await desk()
  alerts.take(joined(finding()))
  await alerts.act(ID, { deed: 'acknowledge' }, 'kim')
  hand.now += 3_600_000
  alerts.take(joined(finding(), finding({ id: 'small-craft|1', detector: 'small-craft-meeting', severity: 'critical' })))
  tick(119_000)
  expect(alerts.get(ID)).not.toHaveProperty('escalatedAtMs')
  tick(2000)
  expect(alerts.get(ID)).toHaveProperty('escalatedAtMs')
  await alerts.act(ID, { deed: 'acknowledge' }, 'lee')
  expect(alerts.get(ID)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'lee', acknowledgedAtMs: hand.now })
})

test('an alarm taken from the shelf by an acknowledgement is on no shelf any more', async () => {
  const { alerts, tick } = await desk()
  alerts.take(joined(finding()))
  await alerts.act(ID, { deed: 'shelve', reason: '정비', untilMs: NOW + 60_000 }, 'kim')
  await alerts.act(ID, { deed: 'acknowledge' }, 'kim')
  expect(alerts.get(ID)).not.toHaveProperty('shelvedUntilMs')
  tick(120_000)
  expect(alerts.get(ID)).toMatchObject({ state: 'acknowledged' })
})

test('with a disk that takes nothing an alarm is shown, a deed is refused and changes nothing, and both are kept when the disk is back', async () => {
  const { alerts, hand, changes, afterKill, retry } = await desk()
  hand.refuse = true
  alerts.take(joined(finding()))
  expect(changes).toHaveLength(1)
  await expect(alerts.act(ID, { deed: 'acknowledge' }, 'kim')).rejects.toThrow(/full/)
  expect(alerts.get(ID)).toMatchObject({ state: 'raised' })
  hand.refuse = false
  retry()
  await alerts.act(ID, { deed: 'acknowledge' }, 'kim')
  expect(deedsOf(afterKill().get(ID))).toEqual(['raised mangru', 'acknowledged kim'])
})

test('a deed refused by the disk does not stand in the way of the next one on the same alarm', async () => {
  const { alerts, hand } = await desk()
  alerts.take(joined(finding()))
  hand.refuse = true
  const first = alerts.act(ID, { deed: 'acknowledge' }, 'kim').catch(() => 'refused')
  const second = first.then(() => {
    hand.refuse = false
    return alerts.act(ID, { deed: 'acknowledge' }, 'lee')
  })
  expect(await first).toBe('refused')
  expect(await second).toMatchObject({ acknowledgedBy: 'lee' })
})

test('closed in one moment and acted on in the next: the second is told that it is closed', async () => {
  const { alerts } = await desk()
  alerts.take(joined(finding()))
  const [closed, late] = await Promise.all([
    alerts.act(ID, { deed: 'resolve', outcome: 'found', note: '' }, 'kim'),
    alerts.act(ID, { deed: 'acknowledge' }, 'lee'),
  ])
  expect(closed).toMatchObject({ state: 'resolved' })
  expect(late).toMatchObject({ code: 'alarm-closed' })
  expect(alerts.open()).toEqual([])
})

test('an alarm nobody acts on escalates once; a shelved one comes back by itself', async () => {
  const { alerts, tick, afterKill } = await desk()
  alerts.take(joined(finding()))
  tick(300_001)
  tick(300_001)
  expect(deedsOf(alerts.get(ID))).toEqual(['raised mangru', 'escalated mangru'])
  await alerts.act(ID, { deed: 'shelve', reason: '정비', untilMs: NOW + 3_600_000 }, 'kim')
  tick(3_600_000)
  await alerts.act(ID, { deed: 'note', text: '다시 봄' }, 'kim')
  expect(alerts.get(ID)).toMatchObject({ state: 'acknowledged', level: 1 })
  expect(deedsOf(afterKill().get(ID))).toEqual(['raised mangru', 'escalated mangru', 'shelved kim', 'unshelved mangru', 'noted kim'])
})

test('the alarms of a ship are all there, open and closed, newest first, also after a kill', async () => {
  const { alerts, afterKill } = await desk()
  const met = (a: number, b: number, minute: number): JoinedAlarm =>
    joined(
      finding({
        id: `rendezvous|${a}|${b}`,
        detector: 'rendezvous',
        subjects: [a, b].map(mmsi => ({ kind: 'ship' as const, id: String(mmsi) })),
        from: epochMs(NOW + minute * 60_000),
        raisedAt: epochMs(NOW + minute * 60_000),
      }),
    )
  const [first, second, others] = [met(1, 2, 0), met(3, 1, 60), met(4, 5, 90)]
  for (const one of [first, second, others]) alerts.take(one)
  await alerts.act(first.id, { deed: 'resolve', outcome: 'nothing', note: '' }, 'kim')
  // A deed on each: answered when it is kept.
  await alerts.act(second.id, { deed: 'acknowledge' }, 'kim')
  for (const desk of [alerts, afterKill()]) {
    const ids = (mmsi: number): string[] => desk.ofShip(mmsi, 10, () => true).map(alarm => alarm.id)
    expect(ids(1)).toEqual([second.id, first.id])
    expect(ids(2)).toEqual([first.id])
    expect(ids(9)).toEqual([])
    expect(desk.ofShip(1, 10, alarm => alarm.id !== first.id).map(alarm => alarm.id)).toEqual([second.id])
  }
})
