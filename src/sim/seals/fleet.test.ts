// Devices on real sockets against a centre that answers: nothing is lost in a dead zone, over a rough line or by a protocol whose centre never answers.
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Framer, SEAL_PROTOCOLS } from '#seals/protocols/index.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { journeysOf } from './journeys.ts'

const START_MS = Date.UTC(2026, 10, 23, 16)
let server: Server | undefined
let fleet: Fleet | undefined
afterEach(() => {
  fleet?.close()
  server?.close()
})

/** Hears every report once and for all, by its device time; answers or not. */
async function centre(name: string) {
  const protocol = SEAL_PROTOCOLS.find(one => one.name === name)!
  const heard = new Map<number, { readonly buffered: boolean }>()
  const state = { answers: true, frames: 0, refused: 0, repeated: 0, sockets: 0 }
  const unanswered: (() => void)[] = []
  const sockets: Socket[] = []
  server = createServer((socket: Socket) => {
    state.sockets++
    sockets.push(socket)
    let deviceId: string | undefined
    socket.on('error', () => {})
    const framer = new Framer(protocol.frames, protocol.maxFrameBytes, {
      frame(bytes) {
        state.frames++
        const decoded = protocol.decode(bytes, { nowMs: START_MS, ...(deviceId === undefined ? {} : { deviceId }) })
        if (typeof decoded === 'string') {
          state.refused++
          return
        }
        for (const one of decoded.reports) {
          deviceId = one.deviceId ?? deviceId
          if (one.kind !== 'report' || one.sentAtMs === undefined) continue
          if (heard.has(one.sentAtMs)) state.repeated++
          heard.set(one.sentAtMs, { buffered: one.buffered === true })
        }
        const { answer } = decoded
        if (answer && state.answers) socket.write(answer)
        else if (answer) unanswered.push(() => socket.write(answer))
      },
    })
    socket.on('data', (chunk: Uint8Array) => framer.push(chunk))
  })
  await new Promise<void>(done => server!.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    heard,
    state,
    sockets,
    unanswered,
    to: { [name]: { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0 } },
  }
}
const until = async (is: () => boolean, advance: () => void): Promise<void> => {
  for (let n = 0; n < 1000 && !is(); n++) {
    advance()
    await new Promise(done => setTimeout(done, 5))
  }
  expect(is()).toBe(true)
}
const journeyWithDeadZone = (protocol: string) =>
  journeysOf({ seed: 3, count: 60, startMs: START_MS, spreadMs: 0, scripts: [], oneIn: 1, protocols: [protocol] }).find(
    one => one.unheard.length === 1 && one.others.length === 0 && one.silent === undefined && one.clock === undefined,
  )!

test.each(['jt808', 'jt600', 'teratrack', 'r16h', 'envotech'])(
  '%s: what is made in a dead zone comes behind it, once and as kept',
  async name => {
    const journey = journeyWithDeadZone(name)
    const { heard, state, to } = await centre(name)
    fleet = createFleet({ journeys: [journey], to, everyMs: 30_000, fromMs: journey.fittedMs, thinnedMs: 86_400_000, isRough: true })
    const [fromMs, untilMs] = journey.unheard[0]!
    fleet.advance(journey.fittedMs)
    await until(
      () => fleet!.counts.connected === 1,
      () => {},
    )
    let nowMs = fromMs - 600_000
    for (; nowMs < untilMs + 600_000; nowMs += 10_000) {
      fleet.advance(nowMs)
      await new Promise(done => setTimeout(done, 1))
    }
    const due = Math.floor((nowMs - journey.fittedMs) / 30_000)
    await until(
      () => heard.size >= due,
      () => fleet!.advance(nowMs),
    )
    expect(state).toMatchObject({ refused: 0, sockets: 2 })
    const inside = [...heard].filter(([ms]) => ms > fromMs + 1000 && ms < untilMs - 90_000)
    expect(inside.length).toBeGreaterThan(0)
    if (['jt808', 'jt600', 'teratrack', 'r16h'].includes(name)) expect(inside.every(([, one]) => one.buffered)).toBe(true)
  },
)

test('what is not acknowledged is kept over the end of the line, said again and counted once', async () => {
  const [journey] = journeysOf({ seed: 4, count: 1, startMs: START_MS, spreadMs: 0, scripts: [], oneIn: 1, protocols: ['jt600'] })
  const { heard, state, sockets, to } = await centre('jt600')
  state.answers = false
  const acknowledged: number[] = []
  fleet = createFleet({
    journeys: [journey!],
    to,
    everyMs: 30_000,
    fromMs: journey!.fittedMs,
    thinnedMs: 3_600_000,
    onAcknowledged: (_id, { serial }) => acknowledged.push(serial),
  })
  const advance = (): void => fleet!.advance(journey!.fittedMs + 300_000)
  await until(() => heard.size > 5, advance)
  expect(fleet.counts.acknowledged).toBe(0)
  state.answers = true
  for (const socket of sockets) socket.destroy()
  await until(() => acknowledged.length > heard.size, advance)
  expect(fleet.counts).toMatchObject({ reconnects: 1, connected: 1 })
  expect(state.repeated).toBeGreaterThanOrEqual(heard.size)
  expect([...acknowledged].sort((a, b) => a - b)).toEqual(acknowledged.map((_, n) => n + 1))
})

test.each([
  ['jt808', '013900000001'],
  ['eelink', '123456789012345'],
  ['meitrack', '123456789012345'],
  ['gl200', '123456789012345'],
])('%s: nothing is said before the login is answered', async (protocol, deviceId) => {
  const [simulated] = journeysOf({ seed: 4, count: 1, startMs: START_MS, spreadMs: 0, scripts: [], oneIn: 1, protocols: ['jt808'] })
  const journey = { ...simulated!, protocol, deviceId }
  const { heard, state, unanswered, to } = await centre(protocol)
  state.answers = false
  fleet = createFleet({ journeys: [journey], to, everyMs: 30_000, fromMs: journey.fittedMs, thinnedMs: 3_600_000 })
  const advance = (): void => fleet!.advance(journey.fittedMs + 300_000)
  await until(() => unanswered.length > 0, advance)
  // Turns of both sides: what was said with the login would have come by now.
  for (let n = 0; n < 10; n++) {
    advance()
    await new Promise(done => setImmediate(done))
  }
  expect([state.frames, heard.size]).toEqual([1, 0])
  state.answers = true
  for (const answer of unanswered) answer()
  await until(() => heard.size > 5, advance)
  expect(state.refused).toBe(0)
})
