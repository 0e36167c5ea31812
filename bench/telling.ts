// From the alarm to the operator: how long until an SMS is accepted while alarms come by the hundred, over a real store and a real SMPP line to a message centre in the same process; and
// ten thousand open escalations, whether each steps at its time.
import { join } from 'node:path'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { type Channel, createSmsSmpp } from '#alerts/channels/index.ts'
import { ALERTS_MIGRATIONS, createAlerts } from '#alerts/index.ts'
import type { ChainStep } from '#alerts/schema.ts'
import { createTelling, DEFAULT_RULES, type PeopleWorld, TELLING_MIGRATIONS, type Telling } from '#alerts/telling/index.ts'
import { machineClock as clock } from '#platform/clock/index.ts'
import { openStore } from '#platform/store/index.ts'
import { createMessageCentre } from '../src/testkit/message-centre.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import { findingOf, joinedOf, memoryCentre } from '../src/testkit/telling-desk.ts'
import type { Bench, Figure } from './bench.ts'

const ALARMS = 1000
const OVER_MS = 10_000
const OPEN = 10_000
const WAIT_S = 12

const people: PeopleWorld = {
  person: () => undefined,
  isSomebodyOnDuty: () => true,
  withThoseAbove: organisations => organisations,
  at: ({ facts }, canReach) => ({
    canReach,
    isWorkingHours: () => true,
    find: () => [
      {
        key: facts.subject,
        name: facts.subject,
        language: 'ko',
        addresses: { sms: `010-1000-${facts.subject.slice(1).padStart(4, '0')}` },
      },
    ],
    namesOf: () => ({ ko: '', en: '', organisations: [] }),
  }),
}
const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))

async function room(steps: readonly ChainStep[], open: (told: () => Telling | undefined) => Channel) {
  const folder = temporaryFolder()
  const store = await openStore({
    file: join(folder.path, 'store.db'),
    migrations: [...ACCESS_MIGRATIONS, ...ALERTS_MIGRATIONS, ...TELLING_MIGRATIONS],
  })
  let telling: Telling | undefined
  const channel = open(() => telling)
  const alerts = createAlerts({
    store,
    clock,
    escalateAfterMs: [],
    organisationsOf: () => [],
    onChange: alarm => telling?.alarmChanged(alarm),
  })
  telling = createTelling({
    store,
    clock,
    log: { info() {}, warn() {}, error: line => void process.stderr.write(`${line}\n`) },
    channels: [channel],
    alerts,
    people,
    key: Buffer.from('key of the bench'),
    sink: () => {},
    organisationWords: id => ({ ko: id, en: id }),
    factsOf: alarm => ({ subject: alarm.joined.subjects[0]?.id ?? '', subjects: [] }),
    rules: () => ({
      ...DEFAULT_RULES,
      rules: [{ id: 'all', ko: '모두', en: 'all', isOn: true, chain: 'one' }],
      chains: [{ id: 'one', ko: '하나', en: 'one', steps }],
    }),
    onChange: () => {},
  })
  const raise = (n: number): void => alerts.take(joinedOf(findingOf({ id: `bench-${n}`, subjects: [{ kind: 'seal', id: `S${n}` }] })))
  const close = async (): Promise<void> => {
    alerts.close()
    await telling?.close()
    await channel.close()
    await store.close()
    folder.remove()
  }
  return { store, telling, channel, raise, close }
}

async function accepted(): Promise<readonly Figure[]> {
  const centre = await createMessageCentre()
  const one = await room([{ step: 'tell', whom: [{ who: 'on-duty', of: 'place' }], by: ['sms'] }], told =>
    createSmsSmpp(
      {
        name: 'operator',
        host: '127.0.0.1',
        port: centre.port,
        systemId: 'bench',
        password: 'bench',
        sender: '0200000000',
        perSecond: 2000,
        window: 50,
      },
      { clock, onNews: news => told()?.news('operator', news) },
    ),
  )
  while (one.channel.trouble() !== undefined) await pause(20)
  const beganMs = performance.now()
  for (let n = 0; n < ALARMS; n++) {
    one.raise(n)
    const aheadMs = beganMs + ((n + 1) * OVER_MS) / ALARMS - performance.now()
    if (aheadMs > 1) await pause(aheadMs)
  }
  const waits = (): readonly number[] =>
    one.store
      .read<{ waited: number }>(
        "SELECT json_extract(m.body, '$.acceptedMs') - json_extract(a.body, '$.openedAtMs') AS waited FROM telling_messages m JOIN alarms a ON a.id = m.alarm WHERE json_extract(m.body, '$.acceptedMs') IS NOT NULL",
      )
      .map(row => row.waited)
      .sort((a, b) => a - b)
  for (let tries = 0; tries < 50 && waits().length < ALARMS; tries++) await pause(100)
  const sorted = waits()
  await one.close()
  await centre.close()
  const size = `${sorted.length} of ${ALARMS} alarms in ${OVER_MS / 1000} s`
  return [
    { name: 'alarm to SMS accepted, median', value: quantile(sorted, 0.5), unit: 'ms', size },
    {
      name: 'alarm to SMS accepted, p95',
      value: quantile(sorted, 0.95),
      unit: 'ms',
      size,
      goal: 'p95 < 5,000 ms with 1,000 alarms in a minute',
    },
  ]
}

async function stepping(): Promise<readonly Figure[]> {
  const one = await room(
    [
      { step: 'wait', seconds: WAIT_S },
      { step: 'tell', whom: [{ who: 'on-duty', of: 'place' }], by: ['sms'] },
    ],
    () =>
      memoryCentre(
        'memory',
        'sms-http',
        clock,
        () => {},
        () => true,
      ).channel,
  )
  for (let n = 0; n < OPEN; n++) {
    one.raise(n)
    if (n % 100 === 99) await pause(20)
  }
  while (one.telling.running().length < OPEN) await pause(50)
  const lags = (): readonly number[] =>
    one.store
      .read<{ lag: number }>(
        'SELECT m.created_ms - e.begun_ms AS lag FROM telling_messages m JOIN telling_escalations e ON e.id = m.escalation',
      )
      .map(row => row.lag - WAIT_S * 1000)
      .sort((a, b) => a - b)
  const before = process.cpuUsage()
  const beganMs = performance.now()
  for (let tries = 0; tries < 100; tries++) {
    await pause(200)
    if (one.store.read<{ n: number }>('SELECT count(*) AS n FROM telling_messages')[0]?.n === OPEN) break
  }
  const used = process.cpuUsage(before)
  const seconds = (performance.now() - beganMs) / 1000
  const sorted = lags()
  await one.close()
  const size = `${sorted.length} of ${OPEN} escalations`
  return [
    { name: 'an escalation steps after its time, median', value: quantile(sorted, 0.5), unit: 'ms', size },
    { name: 'an escalation steps after its time, p99', value: quantile(sorted, 0.99), unit: 'ms', size, goal: 'within 1,000 ms' },
    { name: 'the latest of them', value: sorted.at(-1) ?? Number.NaN, unit: 'ms', size },
    { name: 'CPU while they step', value: (used.user + used.system) / 1e6, unit: 's', size: `${seconds.toFixed(1)} s, all threads` },
  ]
}

export const bench: Bench = {
  name: 'telling',
  question: 'How long from an alarm to the SMS at the operator, and do ten thousand escalations step at their time?',
  run: async () => [...(await accepted()), ...(await stepping())],
}
