// The whole room of seals on real sockets: simulated devices of all protocols call over TCP on rough lines, lose the line in dead zones and call again; frames are kept, answered and
// judged, officers do what they do, gates see what passes. What the script holds is found, and nothing else.
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { createAreaIndex } from '#places/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import type { Finding } from '#rules/index.ts'
import { createSealPlaces, SEALS_MIGRATIONS } from '#seals/index.ts'
import { createSeals, type Seals } from '#seals/seals.ts'
import { createFleet, devicesOf, isWithin, journeysOf, SCRIPTS, SPEAKS, sealAreas } from '#sim/index.ts'
import { createHandClock } from '#testkit/hand-clock.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { playSealsDemo } from './demo-seals.ts'

const START_MS = Date.UTC(2026, 10, 26, 12)
const STEP_MS = 15_000
const PROTOCOLS = [...SPEAKS]

const folder = temporaryFolder()
const servers: Server[] = []
const found = new Map<string, Finding>()
const faults: string[] = []
let store: Store
let seals: Seals
const clock = createHandClock(START_MS - 3_600_000)
let lines = 0
let chunks = 0
/** Deeds that are on their way to the disk. */
let doing = 0

/** As the product's own feeds do it: what comes on a connection goes to the devices of its kind. */
async function listen(kind: string): Promise<number> {
  const server = createServer(socket => {
    lines++
    const line = { write: (bytes: Uint8Array) => void socket.write(bytes), close: () => socket.destroy() }
    const sample = (reason: string): void => void faults.push(`${kind}: ${reason}`)
    const connection = seals.devices.opened({ name: `demo-${kind}`, kind }, 'test', line, { heard: () => {}, sample })
    socket.on('data', (chunk: Uint8Array) => {
      chunks++
      connection.bytes(chunk)
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      lines--
      connection.closed()
    })
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
const turn = (): Promise<void> => new Promise(done => setImmediate(done))
async function done<T>(deed: Promise<T>): Promise<T> {
  doing++
  return deed.finally(() => doing--)
}
/** Until all that is on the sockets has come, and what officers do is done. */
async function settle(connected: number): Promise<void> {
  for (let n = 0; n < 2000 && lines !== connected; n++) await turn()
  for (let quiet = 0, before = chunks; quiet < 4; quiet = chunks === before && doing === 0 ? quiet + 1 : 0) {
    before = chunks
    await turn()
  }
}

beforeAll(async () => {
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: [...ACCESS_MIGRATIONS, ...SEALS_MIGRATIONS] })
  const index = createAreaIndex(sealAreas())
  let entries = 0
  const log = { info: () => {}, error: (words: string) => void faults.push(words), warn: (words: string) => void faults.push(words) }
  seals = createSeals({
    store,
    clock,
    log,
    ledger: { feed: () => 0, append: () => entries++, figures: () => ({ syncedMark: entries, droppedEntries: 0 }) },
    places: createSealPlaces(() => index),
    sink: ({ finding }) => void found.set(finding.id, finding),
    onJourney: () => {},
    onUnknown: one => void faults.push(`unknown ${one.id}`),
  })
  seals.catchUp(() => {})
})
afterAll(async () => {
  for (const server of servers) server.close()
  await seals?.close()
  await store?.close()
  folder.remove()
})

test('every violation of the script is found from bytes on sockets, and nothing else; what a dead zone kept too long wakes nobody', async () => {
  const journeys = journeysOf({
    seed: 11,
    count: 64,
    startMs: START_MS,
    spreadMs: 0,
    aheadMs: 1_800_000,
    scripts: SCRIPTS,
    oneIn: 2,
    protocols: PROTOCOLS,
    maxKm: 130,
  })
  const devices = devicesOf(journeys)
  const onFault = (error: unknown): void => void faults.push(String(error))
  const officers = {
    ...seals,
    plan: (...of: Parameters<Seals['plan']>) => done(seals.plan(...of)),
    deed: (...of: Parameters<Seals['deed']>) => done(seals.deed(...of)),
    gate: (...of: Parameters<Seals['gate']>) => done(seals.gate(...of)),
  }
  const stop = await playSealsDemo({ seals: officers, clock, journeys, startMs: clock.now(), organisationsAt: () => ['busan'], onFault })
  const to = Object.fromEntries(
    await Promise.all(PROTOCOLS.map(async kind => [kind, { host: '127.0.0.1', port: await listen(kind) }] as const)),
  )
  const fleet = createFleet({ journeys: devices, to, everyMs: 30_000, fromMs: 0, thinnedMs: 3_600_000, isRough: true })
  const endMs = Math.max(...journeys.map(one => one.closedMs)) + 120_000
  while (clock.now() < endMs) {
    fleet.advance(clock.now())
    await settle(devices.filter(one => clock.now() >= one.fittedMs && !isWithin(one.unheard, clock.now())).length)
    clock.move(STEP_MS)
  }
  stop()
  fleet.close()
  const scripted = journeys.flatMap(({ plan, script, isLate }) =>
    script === undefined ? [] : `${plan.id} ${script}${isLate ? ', late' : ''}`,
  )
  const told = [...found.values()]
    .filter(one => one.withdrawnAt === undefined)
    .map(({ subjects, detector, live }) => `${subjects[0]!.id} ${detector}${live ? '' : ', late'}`)
  expect(faults).toEqual([])
  expect([...new Set(told)].sort()).toEqual(scripted.sort())
  expect(new Set(journeys.flatMap(one => one.script ?? []))).toEqual(new Set(SCRIPTS))
  expect(journeys.filter(one => one.isLate).length).toBeGreaterThan(0)
  expect(seals.open()).toEqual([])
  expect(fleet.counts).toMatchObject({ reconnects: 0, commands: 0 })
  expect(fleet.counts.acknowledged).toBeGreaterThan(10_000)
}, 120_000)
