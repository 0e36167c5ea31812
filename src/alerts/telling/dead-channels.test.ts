// A way that was dead is found to live again by what is not pressing, half a minute apart; what is pressing goes by one that works.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { ok } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { createHandClock, type HandClock } from '#testkit/hand-clock.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { ALERTS_MIGRATIONS } from '../alerts.ts'
import type { Channel } from '../channels/channel.ts'
import type { Message } from './message.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { TELLING_MIGRATIONS } from './store.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let clock: HandClock
let outbox: Outbox
let isDown: boolean
let sent: string[]
let asked: string[]

/** As the gateways do: bad until a call gets through. */
function gateway(): Channel {
  let trouble: string | undefined = 'connection refused'
  return {
    name: 'gateway',
    kind: 'sms-http',
    takesIdempotencyKey: true,
    addressOf: ok,
    preview: ({ text }) => ({ text, parts: 1, length: text.length }),
    async send({ id }) {
      asked.push(id)
      trouble = isDown ? 'connection refused' : undefined
      if (trouble !== undefined) return { outcome: 'refused', reason: trouble, isFinal: false }
      sent.push(`gateway ${id}`)
      return { outcome: 'accepted', parts: 1 }
    },
    trouble: () => trouble,
    close: async () => {},
  }
}
const other: Channel = {
  ...gateway(),
  name: 'other',
  trouble: () => undefined,
  async send({ id }) {
    sent.push(`other ${id}`)
    return { outcome: 'accepted', parts: 1 }
  },
}
const message = (id: string, level: number, names = ['gateway', 'other']): Message => ({
  id,
  kind: 'alarm',
  level,
  recipient: { key: 'kim', name: '김', language: 'ko' },
  routes: names.map(channel => ({ channel, to: '01000000000' })),
  route: 0,
  state: 'waiting',
  attempts: 0,
  tries: 0,
  text: id,
  createdMs: clock.now(),
})
const settled = async (): Promise<void> => {
  for (let n = 0; n < 12; n++) await store.write([{ sql: 'SELECT 1' }])
}
const tell = async (one: Message): Promise<void> => {
  await store.write(outbox.statements([one]))
  outbox.added([one])
  await settled()
}
const wait = async (seconds: number): Promise<void> => {
  for (let n = 0; n < seconds; n++) {
    clock.move(1000)
    await settled()
  }
}

beforeEach(async () => {
  folder = temporaryFolder()
  store = await openStore({
    file: join(folder.path, 'store.db'),
    migrations: [...ACCESS_MIGRATIONS, ...ALERTS_MIGRATIONS, ...TELLING_MIGRATIONS],
  })
  clock = createHandClock()
  isDown = true
  sent = []
  asked = []
  outbox = createOutbox({
    store,
    clock,
    log: { info() {}, warn() {}, error() {} },
    channels: [gateway(), other],
    linkOf: () => undefined,
    onChange: () => {},
  })
})
afterEach(async () => {
  await outbox.close()
  await store.close()
  folder.remove()
})

test('what is critical goes by the way that works; what is not tries the dead one, at most every half minute, and goes by the other all the same', async () => {
  await tell(message('critical', 1))
  expect([sent, asked]).toEqual([['other critical'], []])
  await tell(message('high', 2))
  await tell(message('high-2', 2))
  await wait(20)
  expect(asked.length).toBeLessThanOrEqual(2)
  expect(sent).toEqual(['other critical', 'other high-2', 'other high'])
})

test('once it is back the next that tries it finds out, and from then on all go by it', async () => {
  isDown = false
  await tell(message('high', 2))
  await tell(message('critical', 1))
  expect(sent).toEqual(['gateway high', 'gateway critical'])
})

test('where there is no other way what is critical tries it too, and is not lost', async () => {
  await tell(message('critical', 1, ['gateway']))
  await wait(40)
  expect(sent).toEqual([])
  isDown = false
  await wait(65)
  expect(sent).toEqual(['gateway critical'])
  expect(asked.length).toBeLessThan(8)
})
