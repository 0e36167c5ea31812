import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { connectTo, freePort } from '../../testkit/product.ts'
import { createPass } from '../pass.ts'
import { createFeedDesk } from './feed-desk.ts'

const LINE = '!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\r\n'
/** What one piece of input costs here, on the desk's own watch: two are more than a turn. */
const PIECE_MS = 6

let close = async (): Promise<void> => {}
afterEach(() => close())

/** A desk whose turns end when the test says so, by a watch on which each piece of input takes 6 ms. */
function desk() {
  const clock: Clock = {
    now: () => epochMs(1_000_000),
    every: () => () => {},
    after: (_ms, task) => {
      setImmediate(task)
      return () => {}
    },
  }
  let taken = { pieces: 0, bytes: 0 }
  let watchMs = 0
  const turns: (() => void)[] = []
  const feeds = createFeedDesk({
    pass: createPass({ capacity: 10, sink: () => {} }),
    clock,
    monotonicMs: () => (watchMs += PIECE_MS),
    nextTurn: task => void turns.push(task),
    keep: (_name, bytes) => {
      taken = { pieces: taken.pieces + 1, bytes: taken.bytes + bytes.length }
      return -1
    },
  })
  close = () => feeds.close()
  return {
    feeds,
    taken: () => taken,
    /** Ends the turn; false when nothing was taken in it. */
    endTurn: (): boolean => {
      const task = turns.shift()
      task?.()
      return task !== undefined
    },
  }
}

/** Lets the sockets work until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate)
}

test('a flooding feed gives way within every turn and loses nothing, alone or not', async () => {
  const { feeds, taken, endTurn } = desk()
  const port = await freePort()
  feeds.add(`tcp-server://127.0.0.1:${port}?name=flood`)
  const sender = await connectTo(port)
  const flood = Buffer.from(LINE.repeat(20_000))
  sender.end(flood)
  let most = 0
  let before = 0
  while (taken().bytes < flood.length) {
    await until(() => taken().pieces - before >= 2 || taken().bytes === flood.length)
    // The kernel has more: it must not come before the turn is over.
    for (let n = 0; n < 20; n++) await new Promise(setImmediate)
    most = Math.max(most, taken().pieces - before)
    before = taken().pieces
    endTurn()
  }
  expect(most).toBe(2)
  expect(taken().bytes).toBe(flood.length)
  expect(feeds.list()[0]?.sentences).toBe(20_000)
})

test('while one feed waits for the next turn, another is heard at once', async () => {
  const { feeds, taken } = desk()
  const [port, calmPort] = [await freePort(), await freePort()]
  feeds.add(`tcp-server://127.0.0.1:${port}?name=flood`)
  feeds.add(`tcp-server://127.0.0.1:${calmPort}?name=calm`)
  const [flood, calm] = [await connectTo(port), await connectTo(calmPort)]
  flood.write(LINE.repeat(20_000))
  await until(() => taken().pieces === 2)
  calm.write(LINE)
  await until(() => feeds.list().find(feed => feed.name === 'calm')?.sentences === 1)
  expect(taken().pieces).toBe(3)
  flood.destroy()
  calm.destroy()
})

test('datagrams that come while the feed must wait are kept for the next turn, in order', async () => {
  const { feeds, taken, endTurn } = desk()
  const port = await freePort()
  feeds.add(`udp://127.0.0.1:${port}?name=udp`)
  const sender = createSocket('udp4')
  await feeds.settled(60_000)
  for (let n = 0; n < 8; n++) sender.send(LINE, port, '127.0.0.1')
  await until(() => taken().pieces === 2)
  for (let n = 0; n < 50; n++) await new Promise(setImmediate)
  while (taken().pieces < 8) {
    endTurn()
    await new Promise(setImmediate)
  }
  expect([feeds.list()[0]?.sentences, feeds.list()[0]?.droppedBytes]).toEqual([8, 0])
  sender.close()
  await once(sender, 'close')
})
