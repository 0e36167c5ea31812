// A simulated device by a broker: what the broker has acknowledged counts as said, what it has not is said again, and what it refuses ends the line.
import { afterEach, expect, test } from 'vitest'
import { createTestBroker, type TestBroker } from '#testkit/broker.ts'
import { callBroker } from './broker-line.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { journeysOf } from './journeys.ts'

const START_MS = Date.UTC(2026, 10, 23, 16)
let fleet: Fleet | undefined
let broker: TestBroker | undefined
afterEach(async () => {
  fleet?.close()
  fleet = undefined
  await broker?.close()
})
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate)
}

test('a fleet publishes each report on its device’s topic, with QoS 1 and once', async () => {
  broker = await createTestBroker()
  const [journey] = journeysOf({ seed: 3, count: 4, startMs: START_MS, spreadMs: 0, scripts: [], oneIn: 1, protocols: ['json'] })
  const { port, heard } = broker
  const to = { json: { host: '127.0.0.1', port, topic: 'seals/+/report', user: 'kcs', password: 'of devices' } }
  fleet = createFleet({ journeys: [journey!], to, everyMs: 30_000, fromMs: journey!.fittedMs, thinnedMs: 3_600_000 })
  fleet.advance(journey!.fittedMs)
  await until(() => fleet!.counts.connected === 1)
  for (let n = 1; n <= 10; n++) fleet.advance(journey!.fittedMs + n * 30_000)
  await until(() => fleet!.counts.sent > 5 && fleet!.counts.acknowledged === fleet!.counts.sent)
  expect(broker.greetings).toMatchObject([{ clientId: journey!.deviceId, username: 'kcs' }])
  expect(new Set(heard.map(one => one.topic))).toEqual(new Set([`seals/${journey!.deviceId}/report`]))
  expect(heard.every(one => one.qos === 1)).toBe(true)
  const ids = heard.map(one => JSON.parse(one.text).id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(fleet.counts.acknowledged)
})

test('a broker that refuses ends the line with the reason', async () => {
  broker = await createTestBroker({ refuse: () => 5 })
  const line = callBroker({ host: '127.0.0.1', port: broker.port, topic: 'seals/+/report' }, 'K-7')
  const error = await new Promise<Error>(done => line.on('error', done))
  expect(error.message).toBe('the broker refuses K-7: 5')
})
