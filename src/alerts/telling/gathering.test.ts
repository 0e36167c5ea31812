// Mail gathered: what is less than critical waits for others to the same address and goes as one; what is critical never waits; killed anywhere nothing is lost.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { createHandClock, type HandClock } from '#testkit/hand-clock.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { ALERTS_MIGRATIONS } from '../alerts.ts'
import { createEmailOver } from '../channels/email.ts'
import type { Message } from './message.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { TELLING_MIGRATIONS } from './store.ts'

interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let clock: HandClock
let mails: Mail[]
let refuses: boolean
let outbox: Outbox
const states = new Map<string, string>()

const start = (): Outbox =>
  createOutbox({
    store,
    clock,
    log: { info() {}, warn() {}, error() {} },
    channels: [
      createEmailOver(
        'mail',
        {
          send: async mail => {
            if (refuses) return { end: 'again', why: 'greylisted' }
            mails.push(mail)
            return { end: 'sent' }
          },
        },
        { clock, onNews: () => {} },
        10,
      ),
    ],
    linkOf: ({ id }) => `https://room.example.kr/a/${id}`,
    onChange: message => states.set(message.id, message.state),
  })
const message = (id: string, change: Partial<Message> = {}): Message => ({
  id,
  kind: 'alarm',
  level: 2,
  recipient: { key: 'kim', name: '김', language: 'ko' },
  routes: [{ channel: 'mail', to: 'kim@customs.go.kr' }],
  route: 0,
  state: 'waiting',
  attempts: 0,
  tries: 0,
  text: `경보 ${id} #{링크}`,
  createdMs: clock.now(),
  ...change,
})
const tell = async (...messages: readonly Message[]): Promise<void> => {
  await store.write(outbox.statements(messages))
  outbox.added(messages)
  await settled()
}
const settled = async (): Promise<void> => {
  for (let n = 0; n < 12; n++) await store.write([{ sql: 'SELECT 1' }])
}
const wait = async (minutes: number): Promise<void> => {
  for (let n = 0; n < minutes * 6; n++) {
    clock.move(10_000)
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
  mails = []
  refuses = false
  states.clear()
  outbox = start()
})
afterEach(async () => {
  await outbox.close()
  await store.close()
  folder.remove()
})

test('three alarms within ten minutes are one mail, the oldest first, each with its link; they are all told as sent', async () => {
  await tell(message('a'))
  await wait(4)
  await tell(message('b'))
  await wait(4)
  await tell(message('c', { level: 3 }))
  expect(mails).toEqual([])
  await wait(3)
  expect(mails.map(({ to, subject, text }) => [to, subject.slice(0, 4), text])).toEqual([
    ['kim@customs.go.kr', '(3) ', ['a', 'b', 'c'].map(id => `경보 ${id} https://room.example.kr/a/${id}`).join('\n\n——\n\n')],
  ])
  expect(Object.fromEntries(states)).toEqual({ a: 'delivered', b: 'delivered', c: 'delivered' })
  await wait(30)
  expect(mails).toHaveLength(1)
})

test('what is critical goes at once and takes nothing along; another address has its own; one alone is as it would be', async () => {
  await tell(message('a'), message('other', { routes: [{ channel: 'mail', to: 'lee@customs.go.kr' }] }))
  await tell(message('critical', { level: 1 }))
  expect(mails.map(mail => mail.text)).toEqual(['경보 critical https://room.example.kr/a/critical'])
  await wait(11)
  expect(mails.slice(1).map(mail => [mail.to, mail.subject])).toEqual([
    ['kim@customs.go.kr', expect.stringMatching(/^경보 a/)],
    ['lee@customs.go.kr', expect.stringMatching(/^경보 other/)],
  ])
})

test('what the server refuses is tried again, each by itself; a server that was dead is found to be back, and nothing is lost', async () => {
  refuses = true
  await tell(message('a'), message('b'))
  await wait(11)
  refuses = false
  await wait(5)
  expect(mails.map(mail => mail.text.slice(0, 4)).sort()).toEqual(['경보 a', '경보 b'])
})

test('ended while they waited, they go together after the next start; the moment of the first still counts', async () => {
  await tell(message('a'), message('b'))
  await wait(6)
  await outbox.close()
  outbox = start()
  await wait(3)
  expect(mails).toEqual([])
  await wait(2)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.subject).toContain('(2)')
})

test('answered or taken back while it waited, it does not go', async () => {
  await tell(message('a'), message('b'))
  await outbox.change('b', one => ({ ...one, state: 'failed', reason: 'taken back' }))
  await wait(11)
  expect(mails.map(mail => mail.text)).toEqual(['경보 a https://room.example.kr/a/a'])
})
