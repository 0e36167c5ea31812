// Bad input on the real framing, from the line to the judged journey: strangers, another's number, captures played again, clocks of 2019, places at 0/0, escapes inside
// escapes, half frames and silence. None of it is lost, and none of it moves the journey.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { distanceM } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import type { Finding } from '#rules/index.ts'
import { createHandClock, type HandClock } from '#testkit/hand-clock.ts'
import { LEAVES_MS, MINUTE_MS, madePlaces, madePlan, onRoad, SEAL } from '#testkit/made-journey.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { SEALS_MIGRATIONS } from '../migrations.ts'
import { type DeviceMessage, Framer, hexOf, SEAL_PROTOCOLS } from '../protocols/index.ts'
import type { Seal, UnknownSeal } from '../schema.ts'
import { createSeals, type Seals } from '../seals.ts'

const jt808 = SEAL_PROTOCOLS.find(one => one.name === 'jt808')!
const ID = SEAL.slice(SEAL.indexOf(':') + 1)
const STRANGER = '013900000009'
const BY = { who: 'kim' }
const BUSAN_SEOUL_M = 300_000

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let clock: HandClock
let seals: Seals
let entries: string[]
let warned: string[]
let found: Map<string, Finding>
let strangers: UnknownSeal[]

beforeEach(async () => {
  folder = temporaryFolder()
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: [...ACCESS_MIGRATIONS, ...SEALS_MIGRATIONS] })
  clock = createHandClock(LEAVES_MS - 20 * MINUTE_MS)
  entries = []
  warned = []
  found = new Map()
  strangers = []
  const log = { info: () => {}, error: (words: string) => warned.push(words), warn: (words: string) => warned.push(words) }
  seals = createSeals({
    store,
    clock,
    log,
    ledger: {
      feed: () => 0,
      append: (_feed, bytes) => entries.push(hexOf(bytes)) - 1,
      figures: () => ({ syncedMark: entries.length, droppedEntries: 0 }),
    },
    places: madePlaces(),
    sink: ({ finding }) => void found.set(finding.id, finding),
    onJourney: () => {},
    onUnknown: one => strangers.push(one),
  })
  seals.catchUp(() => {})
})
afterEach(async () => {
  await seals.close()
  await store.close()
  folder.remove()
})

function call() {
  let answered = 0
  let isClosed = false
  const framer = new Framer(jt808.device.frames!, jt808.maxFrameBytes, {
    frame: bytes => {
      if (jt808.device.read?.(bytes).kind === 'acknowledged') answered++
    },
  })
  const line = {
    write: (bytes: Uint8Array) => framer.push(bytes),
    close: () => {
      isClosed = true
      connection.closed()
    },
  }
  const connection = seals.devices.opened({ name: 'seal-a', kind: 'jt808' }, '127.0.0.1:1', line, { heard: () => {}, sample: () => {} })
  return {
    send(...frames: readonly Uint8Array[]) {
      for (const frame of frames) connection.bytes(frame)
      clock.move(50)
    },
    answered: () => answered,
    isClosed: () => isClosed,
  }
}
let serial = 1
const says = (change: Partial<DeviceMessage> & { readonly alongM?: number } = {}): Uint8Array => {
  const { alongM = 0, ...rest } = change
  return jt808.device.encode({
    deviceId: ID,
    sentAtMs: clock.now(),
    ...onRoad(alongM),
    fixValid: true,
    speedKmh: 0,
    courseDeg: 320,
    serial: serial++,
    batteryPercent: 80,
    locked: true,
    ...rest,
  })
}
const seal: Omit<Seal, 'id' | 'deviceId' | 'protocol'> = { number: 'KC-1', life: 'in-stock', organisation: 'busan', reportEveryS: 30 }
const stands = () => {
  const now = seals.pass.standing('J1')
  if (!now) throw new Error('there is no such journey')
  return now
}
const tells = (): string[] =>
  [...found.values()].flatMap(one => (one.withdrawnAt === undefined && one.to === undefined ? [one.detector] : [])).sort()

/** Ten minutes on its way, 10 km along the road; what it said on the way. */
async function underWay(): Promise<{ readonly device: ReturnType<typeof call>; readonly capture: readonly Uint8Array[] }> {
  await seals.saveSeals([{ ...seal, id: SEAL, deviceId: ID, protocol: 'jt808' }], BY, 'seals.register')
  expect((await seals.plan(madePlan(), BY, true)).ok).toBe(true)
  await seals.deed({ id: 'fit-1', journey: 'J1', deed: 'fit', atMs: clock.now(), who: 'kim', seal: SEAL, container: 'TEMU1234565' }, BY)
  const device = call()
  device.send(says({ event: 'sealed-automatically' }))
  const capture: Uint8Array[] = []
  for (let minute = 1; minute <= 10; minute++) {
    clock.move(MINUTE_MS - 50)
    capture.push(says({ alongM: minute * 1000, speedKmh: 60 }))
    device.send(capture.at(-1)!)
  }
  expect([stands().state, stands().side, device.answered(), tells()]).toEqual(['under-way', [], 11, []])
  return { device, capture }
}

test('a device nobody knows is kept, acknowledged, shown and told once; adopted, it counts from then on', async () => {
  const device = call()
  device.send(says({ deviceId: STRANGER }), says({ deviceId: STRANGER, alongM: 900 }))
  expect([entries.length, device.answered(), strangers.length]).toEqual([2, 2, 1])
  expect(seals.unknown()).toEqual([
    {
      id: `jt808:${STRANGER}`,
      protocol: 'jt808',
      deviceId: STRANGER,
      feed: 'seal-a',
      firstAtMs: LEAVES_MS - 20 * MINUTE_MS,
      lastAtMs: LEAVES_MS - 20 * MINUTE_MS,
      reports: 2,
      batteryPercent: 80,
      lat: expect.closeTo(onRoad(900).lat, 5),
      lon: expect.closeTo(onRoad(900).lon, 5),
    },
  ])
  expect(await seals.adopt(`jt808:${STRANGER}`, seal, BY)).toMatchObject({ id: `jt808:${STRANGER}`, life: 'in-stock' })
  device.send(says({ deviceId: STRANGER }))
  expect([seals.unknown(), seals.health(`jt808:${STRANGER}`)?.reports, strangers.length]).toEqual([[], 1, 1])
})

test('a device with another’s number, far away: kept and answered, told of, and the journey stays where it is', async () => {
  const { device } = await underWay()
  const before = stands()
  const other = call()
  const far = { lat: before.lat! + 2.7, lon: before.lon! }
  expect(distanceM(before.lat!, before.lon!, far.lat, far.lon)).toBeGreaterThan(BUSAN_SEOUL_M - 10_000)
  other.send(says({ ...far, event: 'sealed-automatically' }))
  expect([other.answered(), warned.length, warned[0]?.includes(SEAL)]).toEqual([1, 1, true])
  expect([stands().lat, stands().lon]).toEqual([before.lat, before.lon])
  // Two that speak in turn: whatever the second says, the first one's places still lie on the road.
  for (let minute = 11; minute <= 14; minute++) {
    clock.move(MINUTE_MS)
    device.send(says({ alongM: minute * 1000, speedKmh: 60 }))
    other.send(says(far))
  }
  expect(stands().progressM).toBeCloseTo(14_000, -2)
  expect([tells(), warned.length]).toEqual([[], 1])
})

test('a capture of the morning played again after an opening: kept and answered, and the opening stands', async () => {
  const { device, capture } = await underWay()
  clock.move(MINUTE_MS)
  device.send(says({ alongM: 11_000, speedKmh: 20, locked: false, event: 'opened-while-sealed' }))
  expect(tells()).toEqual(['seal-opened'])
  const before = stands()
  clock.move(MINUTE_MS)
  const player = call()
  player.send(...capture)
  expect(player.answered()).toBe(capture.length)
  expect(stands()).toEqual({ ...before, heardAtMs: clock.now() - 50 })
  expect([stands().word, tells()]).toEqual(['opened', ['seal-opened']])
})

test('a clock of 2019: judged by the time of receipt, named as wrong, until it is right again', async () => {
  const { device } = await underWay()
  clock.move(MINUTE_MS)
  device.send(says({ alongM: 11_000, speedKmh: 60, sentAtMs: Date.UTC(2019, 0, 6, 0, 0, 11) }))
  expect([stands().progressM, tells()]).toEqual([expect.closeTo(11_000, -2), ['clock-drift']])
  clock.move(MINUTE_MS)
  device.send(says({ alongM: 12_000, speedKmh: 60 }))
  expect([stands().progressM, tells(), device.answered()]).toEqual([expect.closeTo(12_000, -2), [], 13])
})

test('places at 0/0, also where the device calls them fixed, are no places', async () => {
  const { device } = await underWay()
  const before = stands()
  for (let n = 0; n < 3; n++) {
    clock.move(MINUTE_MS)
    device.send(says({ lat: 0, lon: 0 }))
  }
  expect([stands().lat, stands().lon, stands().side]).toEqual([before.lat, before.lon, []])
  expect([device.answered(), tells()]).toEqual([14, []])
  // The rest of what it said counts: it speaks.
  expect(stands().heardAtMs).toBe(clock.now() - 50)
})

test('bytes that look like the mark and its escapes, inside each other and cut anywhere, come out as they were sent', () => {
  // 0x7d7e7d and 0x7e7d01 stand in the place and the serial; the line carries 7d 01 7d 02 7d 01 and 7d 02 7d 01 01.
  const odd = says({ deviceId: STRANGER, lat: 0x7d7e7d / 1e6, lon: 0x7e7d01 / 1e6, serial: 0x7d7e })
  expect(hexOf(odd)).toMatch(/7d017d027d01.*7d027d0101/)
  const device = call()
  for (const byte of odd) device.send(Uint8Array.of(byte))
  expect(seals.unknown()).toMatchObject([{ id: `jt808:${STRANGER}`, lat: 8.224381, lon: 8.289537 }])
  expect([entries, device.answered()]).toEqual([[hexOf(odd)], 1])
})

test('half a frame and then silence: after a minute the line is closed, the half is kept, and the device is heard when it comes again', () => {
  const whole = says({ deviceId: STRANGER })
  const half = whole.subarray(0, 30)
  const device = call()
  device.send(half)
  clock.move(MINUTE_MS / 2)
  expect([device.isClosed(), entries]).toEqual([false, []])
  clock.move(MINUTE_MS)
  expect([device.isClosed(), entries, seals.unknown()]).toEqual([true, [hexOf(half)], []])
  const again = call()
  again.send(whole)
  expect([again.answered(), seals.unknown().length]).toEqual([1, 1])
})
