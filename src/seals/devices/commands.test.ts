// Commands to seals: what is asked once goes once, what is answered is not said again, and nothing is sent that is not whole.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '#platform/store/index.ts'
import { createHandClock, type HandClock } from '#testkit/hand-clock.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { SEALS_MIGRATIONS } from '../migrations.ts'
import { type DecodedFrame, Framer, SEAL_PROTOCOLS, type SealReport } from '../protocols/index.ts'
import type { SealCommandView } from '../schema.ts'
import { createSealCommands, type NewCommand, type SealCommands } from './commands.ts'

const [A, B] = ['jt808:013900000001', 'jt808:013900000002']
const HOUR_MS = 3_600_000
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let clock: HandClock
let sent: { readonly device: string; readonly kind: string; readonly password?: string }[]
let told: SealCommandView[]
/** Writes wait for this, where a test holds it. */
let held: Promise<void> | undefined
let isConnected: (device: string) => boolean
let commands: SealCommands

const start = (): SealCommands =>
  createSealCommands({
    store: {
      ...store,
      async write(statements) {
        await held
        await store.write(statements)
      },
    },
    clock,
    send(protocol, device, bytes) {
      if (!isConnected(device)) return false
      const { device: side, frames } = SEAL_PROTOCOLS.find(({ name }) => name === protocol)!
      new Framer(side.frames ?? frames, 1000, {
        frame(frame) {
          const read = side.read?.(frame)
          if (read?.kind !== 'command') throw new Error('the device does not understand it')
          const { command } = read
          sent.push({ device, kind: command.kind, ...('password' in command && command.password ? { password: command.password } : {}) })
        },
      }).push(bytes)
      return true
    },
    onChange: command => told.push(command),
  })

beforeEach(async () => {
  folder = temporaryFolder()
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: SEALS_MIGRATIONS })
  clock = createHandClock()
  sent = []
  told = []
  held = undefined
  isConnected = () => true
  commands = start()
})
afterEach(async () => {
  commands.close()
  await store.close()
  folder.remove()
})

const command = (id: string, change: Partial<NewCommand> = {}): NewCommand => ({
  id,
  seal: A,
  kind: 'unlock',
  by: 'kim',
  reason: '개봉 승인',
  untilMs: clock.now() + HOUR_MS,
  ...change,
})
const report = (change: Partial<SealReport> & Pick<SealReport, 'kind'>): SealReport => ({ events: [], status: {}, more: {}, ...change })
const hears = (seal: string, said: SealReport): void =>
  commands.heard(seal.slice(0, seal.indexOf(':')), seal.slice(seal.indexOf(':') + 1), said)
const settled = async (): Promise<void> => {
  for (let n = 0; n < 3; n++) await store.write([{ sql: 'SELECT 1' }])
}
/** A minute goes by, a second at a time. */
const wait = async (seconds = 60): Promise<void> => {
  for (let n = 0; n < seconds; n++) {
    clock.move(1000)
    await settled()
  }
}
const stateOf = (id: string): string | undefined => commands.get(id)?.state

test('one id asked twice at the same moment is one command, sent once', async () => {
  const [one, other] = await Promise.all([commands.ask(command('c1')), commands.ask(command('c1'))])
  expect(sent).toHaveLength(1)
  expect(one).toEqual(other)
  expect(await commands.ask(command('c1'))).toMatchObject({ id: 'c1', state: 'sent', tries: 1 })
  expect(sent).toHaveLength(1)
})

test('it is said again every 15 s until it is answered, and never after', async () => {
  await commands.ask(command('c1'))
  await wait(31)
  expect(sent).toHaveLength(3)
  const { serial = 0 } = commands.get('c1') ?? {}
  hears(A, report({ kind: 'answer', more: { answersSerial: serial & 0xffff, result: 0 } }))
  await settled()
  await wait(120)
  expect(sent).toHaveLength(3)
  expect(stateOf('c1')).toBe('acknowledged')
})

test('answered while an earlier one is being written, it is not said again', async () => {
  isConnected = () => false
  await commands.ask(command('c1', { seal: A }))
  await commands.ask(command('c2', { seal: B }))
  isConnected = () => true
  await wait(1)
  expect(sent).toHaveLength(2)
  const { serial = 0 } = commands.get('c2') ?? {}
  clock.move(14_000)
  await settled()
  let letGo = (): void => {}
  held = new Promise(done => {
    letGo = done
  })
  // The first is said again and waits for the disk; meanwhile the second is answered.
  clock.move(1000)
  hears(B, report({ kind: 'answer', more: { answersSerial: serial & 0xffff, result: 0 } }))
  letGo()
  held = undefined
  await settled()
  await wait(60)
  expect(sent.filter(one => B.endsWith(one.device))).toHaveLength(1)
  expect(stateOf('c2')).toBe('acknowledged')
})

test('an answer that comes before its sending is written is not overwritten by it', async () => {
  let letGo = (): void => {}
  isConnected = () => false
  await commands.ask(command('c1'))
  isConnected = () => true
  held = new Promise(done => {
    letGo = done
  })
  clock.move(1000)
  hears(A, report({ kind: 'report', events: ['unsealed-by-platform'] }))
  letGo()
  held = undefined
  await settled()
  commands.close()
  commands = start()
  expect(stateOf('c1')).toBe('acknowledged')
  await wait(60)
  expect(sent).toHaveLength(1)
})

test.each([
  ['unsealed-by-platform', 'unlock'],
  ['sealed-by-platform', 'lock'],
] as const)('the event %s answers a command to %s and no other', async (event, kind) => {
  await commands.ask(command('ask', { kind: 'ask-position' }))
  await commands.ask(command('unlock', { kind: 'unlock' }))
  await commands.ask(command('lock', { kind: 'lock' }))
  hears(A, report({ kind: 'report', events: [event] }))
  await settled()
  expect(['ask', 'unlock', 'lock'].filter(id => stateOf(id) === 'acknowledged')).toEqual([kind])
})

test('an answer with another’s serial, or of another seal, answers nothing', async () => {
  await commands.ask(command('c1'))
  const { serial = 0 } = commands.get('c1') ?? {}
  hears(A, report({ kind: 'answer', more: { answersSerial: (serial + 1) & 0xffff, result: 0 } }))
  hears(B, report({ kind: 'answer', more: { answersSerial: serial & 0xffff, result: 0 } }))
  await settled()
  expect(stateOf('c1')).toBe('sent')
})

test('a device that answers by its serial, but says nothing of it, answers nothing', async () => {
  await commands.ask(command('c1'))
  hears(A, report({ kind: 'answer', more: {} }))
  await settled()
  expect(stateOf('c1')).toBe('sent')
})

test('of a protocol without serials any answer answers the oldest', async () => {
  const seal = 'eseal:1234567'
  await commands.ask(command('c1', { seal }))
  hears(seal, report({ kind: 'answer' }))
  await settled()
  expect(stateOf('c1')).toBe('acknowledged')
})

test('refused by the device it has failed, with its word', async () => {
  await commands.ask(command('c1'))
  const { serial = 0 } = commands.get('c1') ?? {}
  hears(A, report({ kind: 'answer', more: { answersSerial: serial & 0xffff, result: 1 } }))
  await settled()
  expect(commands.get('c1')).toMatchObject({ state: 'failed', note: 'result 1' })
})

test('with a password it goes with it; after a restart, which keeps none, it fails and says why, and goes never without', async () => {
  const seal = 'json:K-1'
  isConnected = () => false
  await commands.ask(command('c1', { seal, password: '482913' }))
  await commands.ask(command('c2', { seal, kind: 'one-time-password', password: '482914' }))
  commands.close()
  commands = start()
  isConnected = () => true
  await wait(2)
  expect(sent).toEqual([])
  for (const id of ['c1', 'c2']) expect(commands.get(id)).toMatchObject({ state: 'failed', note: 'password-gone' })
  expect(await commands.ask(command('c3', { seal, password: '482915' }))).toMatchObject({ state: 'sent' })
  expect(sent).toEqual([{ device: 'K-1', kind: 'unlock', password: '482915' }])
  expect(JSON.stringify(store.read('SELECT * FROM seal_commands'))).not.toMatch(/48291/)
})

test('while the device is away it waits; when its time is over it is expired and never sent', async () => {
  isConnected = () => false
  await commands.ask(command('c1', { untilMs: clock.now() + 30_000 }))
  await wait(29)
  expect(stateOf('c1')).toBe('queued')
  await wait(2)
  expect(stateOf('c1')).toBe('expired')
  isConnected = () => true
  await wait(30)
  expect(sent).toEqual([])
})

test('taken back it is not sent again, and what is over cannot be taken back', async () => {
  await commands.ask(command('c1'))
  expect(await commands.cancel('c1')).toMatchObject({ state: 'cancelled' })
  await wait(60)
  expect(sent).toHaveLength(1)
  expect(await commands.cancel('c1')).toBeUndefined()
})

test('what the disk refuses at an answer is written when it takes it again', async () => {
  await commands.ask(command('c1'))
  held = Promise.reject(new Error('full'))
  held.catch(() => {})
  hears(A, report({ kind: 'report', events: ['unsealed-by-platform'] }))
  await settled()
  held = undefined
  await wait(2)
  commands.close()
  commands = start()
  expect(stateOf('c1')).toBe('acknowledged')
})

test('what is not on the disk is not sent', async () => {
  held = Promise.reject(new Error('full'))
  held.catch(() => {})
  await expect(commands.ask(command('c1'))).rejects.toThrow('full')
  held = undefined
  await wait(20)
  expect(sent).toEqual([])
  expect(await commands.ask(command('c1'))).toMatchObject({ state: 'sent' })
})

test.each([
  ['jt600:7000000001', 'unlock', 'not-tried'],
  ['gl200:135790246811220', 'unlock', 'no-commands'],
  ['eseal:1234567', 'lock', 'unknown-command'],
  ['jt808:013900000001', 'set-interval', 'bad-value'],
] as const)('%s asked to %s refuses: %s', async (seal, kind, refused) => {
  expect(await commands.ask(command('c1', { seal, kind, intervalS: 0 }))).toEqual({ refused })
  expect(commands.of(seal)).toEqual([])
})

test('a real padlock’s answer is understood from its own bytes', async () => {
  await commands.ask(command('c1', { kind: 'ask-position' }))
  const { serial = 0 } = commands.get('c1') ?? {}
  const jt808 = SEAL_PROTOCOLS.find(({ name }) => name === 'jt808')!
  // 0x0001 of 2013: serial answered, message answered, result.
  const body = [0x00, 0x01, 0x00, 0x05, 0x01, 0x39, 0, 0, 0, 0x01, 0x00, 0x09, (serial >> 8) & 0xff, serial & 0xff, 0x82, 0x01, 0x00]
  const escaped = [...body, body.reduce((sum, byte) => sum ^ byte, 0)].flatMap(byte =>
    byte === 0x7e ? [0x7d, 0x02] : byte === 0x7d ? [0x7d, 0x01] : [byte],
  )
  const { reports } = jt808.decode(Uint8Array.from([0x7e, ...escaped, 0x7e]), { nowMs: clock.now() }) as DecodedFrame
  for (const one of reports) hears(`jt808:${one.deviceId}`, one)
  await settled()
  expect(stateOf('c1')).toBe('acknowledged')
})
