// Debian's mosquitto between simulated devices and the real product, by TLS and password: nothing published with QoS 1 is lost, whichever of the two dies, and what comes twice counts once.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callBroker } from '#sim/index.ts'
import { hasMosquitto, type Mosquitto, startMosquitto } from '#testkit/mosquitto.ts'
import { eventually, type RunningProduct, runCommand, startProduct, temporaryFolder } from '#testkit/product.ts'

if (!hasMosquitto)
  process.stderr.write('SKIPPED, mosquitto is not installed (apt-get install mosquitto): reports by a broker that is not ours\n')

const folder = temporaryFolder()
const DATA = join(folder.path, 'data')
const SECRETS = join(folder.path, 'passwords')
const USERS = { devices: 'of-devices', room: 'of the room' }
let broker: Mosquitto
let product: RunningProduct
const lines: Duplex[] = []

/** A device: `say` resolves once the broker has taken its report. */
async function device(id: string) {
  const line = callBroker({ host: '127.0.0.1', port: broker.port, topic: 'seals/+/report', user: 'devices', password: USERS.devices }, id)
  lines.push(line)
  const waiting = new Map<unknown, () => void>()
  const commands: string[] = []
  line.on('error', () => {})
  line.on('data', (chunk: Buffer) => {
    for (const text of chunk.toString().split('\n').filter(Boolean)) {
      const said = JSON.parse(text)
      if (said.command) commands.push(said.command)
      waiting.get(said.acknowledged)?.()
    }
  })
  await new Promise(done => line.once('connect', done))
  return {
    commands,
    say: (report: { readonly id: number; readonly [field: string]: unknown }): Promise<void> =>
      new Promise(done => {
        waiting.set(report.id, done)
        line.write(`${JSON.stringify(report)}\n`)
      }),
    end: () => line.destroy(),
  }
}

const start = () =>
  startProduct(DATA, [
    '--no-demo',
    '--config',
    join(folder.path, 'mangru.yaml'),
    '--feed',
    `mqtts://room@127.0.0.1:${broker.tlsPort}/seals/+/report?kind=json&name=seals&ca=${broker.ca}`,
  ])
const seal = async (id: string): Promise<{ reports: number } | undefined> =>
  (await product.get<{ id: string; reports: number }[]>('/api/seals/unknown')).find(one => one.id === `json:${id}`)
const feed = async () =>
  (await product.get<{ name: string; badBy: { malformed?: number }; trouble?: string; samples: object[] }[]>('/api/feeds')).find(
    one => one.name === 'seals',
  )
/** Ids of the reports of a device in the ledger. */
const kept = async (deviceId: string): Promise<readonly number[]> => {
  const { stdout } = await runCommand(['raw', '--data', DATA, '--feed', `seal:json:seals#${deviceId}`])
  return [...stdout.matchAll(/7b[0-9a-f]+/g)].map(([hex]) => JSON.parse(Buffer.from(hex, 'hex').toString()).id)
}
const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()
const done = async (path: string, body: object): Promise<void> => {
  const { status, body: answer } = await product.post(path, body)
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
}

describe.skipIf(!hasMosquitto)('mosquitto', () => {
  beforeAll(async () => {
    broker = await startMosquitto(join(folder.path, 'broker'), USERS)
    writeFileSync(SECRETS, `room@127.0.0.1:${broker.tlsPort} ${USERS.room}\n`)
    writeFileSync(join(folder.path, 'mangru.yaml'), `feedPasswordsFile: ${SECRETS}\n`)
    product = await start()
  })
  afterAll(async () => {
    for (const line of lines) line.destroy()
    await product?.stop()
    await broker?.stop()
    folder.remove()
  })

  test('a report by TLS and password is taken, its topic says who speaks; a last will and garbage are nobody’s report', async () => {
    const one = await device('KC-1')
    await one.say({ id: 1, at: at(0), locked: true })
    await eventually(() => seal('KC-1'))
    await one.say({ id: 2, kind: 'gone' })
    await one.say({ id: 3, device: 'a b' })
    await eventually(async () => (await feed())?.badBy.malformed)
    expect(await seal('KC-1')).toMatchObject({ reports: 1 })
    expect((await feed())?.trouble).toBeUndefined()
    one.end()
  })

  test('what is published while we are down, over the broker’s own restart, all comes', async () => {
    const one = await device('KC-2')
    await one.say({ id: 0, at: at(0) })
    await eventually(() => seal('KC-2'))
    await product.kill()
    await Promise.all(Array.from({ length: 300 }, (_, n) => one.say({ id: n + 1, at: at(n) })))
    one.end()
    await broker.stop()
    await broker.start()
    product = await start()
    await eventually(async () => ((await seal('KC-2'))?.reports ?? 0) >= 301 || undefined)
    expect(new Set(await kept('KC-2')).size).toBe(301)
  })

  test('a broker that goes away and comes back finds us again', async () => {
    await broker.stop()
    await eventually(async () => (await feed())?.trouble)
    await broker.start()
    const one = await device('KC-3')
    await one.say({ id: 1, at: at(0) })
    await eventually(() => seal('KC-3'))
    expect((await feed())?.samples).not.toContainEqual(expect.objectContaining({ reason: 'session-lost' }))
    one.end()
  })

  test('killed between receipt and the disk: it comes again, and counts once', async () => {
    const one = await device('KC-4')
    const place = { lat: 35.08, lon: 128.83 }
    await one.say({ id: 0, at: at(0), ...place, locked: true })
    await eventually(() => seal('KC-4'))
    await done('/api/seals/unknown/json%3AKC-4/adopt', { number: 'KC-4', reportEveryS: 10 })
    await done('/api/journeys', {
      id: 'J4',
      container: 'TEMU1234565',
      seals: [{ seal: 'json:KC-4' }],
      origin: { name: '부산신항 2부두', ...place },
      destination: { name: '양산 ICD', lat: 35.33, lon: 129.02 },
      organisations: ['busan'],
    })
    await done('/api/journeys/J4/deeds', { id: 'fit-4', deed: 'fit', seal: 'json:KC-4', container: 'TEMU1234565' })
    // Without the one of before the journey.
    const track = async (): Promise<readonly object[]> =>
      (await product.get<{ points: { speedKmh?: number; locked: boolean }[] }>('/api/journeys/J4/track')).points.filter(
        point => point.speedKmh !== undefined || !point.locked,
      )
    let id = 0
    for (let round = 0; round < 3; round++) {
      const said = Array.from({ length: 200 }, () => one.say({ id: ++id, at: at(id / 10), ...place, locked: true, speedKmh: id / 10 }))
      await said[20]
      // The rest is on its way, into the broker, to us, to the disk.
      await product.kill()
      await Promise.all(said)
      product = await start()
    }
    await one.say({ id: ++id, at: at(id / 10), ...place, locked: false, events: ['opened-while-sealed'] })
    const points = await eventually(async () => {
      const now = await track()
      return now.length >= id ? now : undefined
    })
    expect(points.length).toBe(id)
    expect(new Set(points.map(point => JSON.stringify(point))).size).toBe(id)
    const alarms = await eventually(async () => {
      const all = (await product.get<{ detector: string }[]>('/api/alarms')).filter(alarm => alarm.detector === 'seal-opened')
      return all.length > 0 ? all : undefined
    })
    expect(alarms).toHaveLength(1)
    const inLedger = new Set(await kept('KC-4'))
    expect(Array.from({ length: id }, (_, n) => n + 1).filter(n => !inLedger.has(n))).toEqual([])
    one.end()
  })

  test('a command goes down to the device', async () => {
    const one = await device('KC-4')
    await one.say({ id: 9999, at: at(9999), locked: true })
    await eventually(async () => {
      const { body } = await product.post<{ state: string }>('/api/seals/json%3AKC-4/commands', {
        id: 'C1',
        kind: 'ask-position',
        reason: '위치 확인',
      })
      return body.state === 'sent' || one.commands.length > 0 ? true : undefined
    })
    await eventually(async () => one.commands.length > 0 || undefined)
    expect(one.commands[0]).toBe('ask-position')
    one.end()
  })
})
