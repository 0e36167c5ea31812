// Commands to seals: what is asked once goes once, what is answered is not said again, and nothing is sent that is not whole.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore, type Store } from '#platform/store/index.ts'
import { createHandClock, type HandClock } from '#testkit/hand-clock.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { SEALS_MIGRATIONS } from '../migrations.ts'
import { type DecodedFrame, type DeviceMessage, Framer, SEAL_PROTOCOLS, type SealReport } from '../protocols/index.ts'
import { COMMAND_KINDS, type CommandKind, type PlanPlace, type SealCommandView } from '../schema.ts'
import { createSealCommands, type NewCommand, type SealCommands } from './commands.ts'
import { oneTimePassword } from './one-time-password.ts'

const [A, B] = ['jt808:013900000001', 'jt808:013900000002']
const HOUR_MS = 3_600_000
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let clock: HandClock
let sent: { readonly device: string; readonly kind: string; readonly password?: string }[]
/** Frames that came down, not answered yet. */
let down: { readonly protocol: string; readonly device: string; readonly frame: Uint8Array }[]
let told: SealCommandView[]
/** Writes wait for this, where a test holds it. */
let held: Promise<void> | undefined
let isConnected: (device: string) => boolean
let isDoubled: boolean
let hindered: Map<string, string>
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
    send(protocol, device, bytes, opens) {
      if (!isConnected(device) || (opens && isDoubled)) return false
      const { device: side, frames } = SEAL_PROTOCOLS.find(({ name }) => name === protocol)!
      new Framer(side.frames ?? frames, 1000, {
        frame(frame) {
          const read = side.read?.(frame)
          if (read?.kind !== 'command') throw new Error('the device does not understand it')
          const { command } = read
          down.push({ protocol, device, frame: Uint8Array.from(frame) })
          sent.push({ device, kind: command.kind, ...('password' in command && command.password ? { password: command.password } : {}) })
        },
      }).push(bytes)
      return true
    },
    onChange: command => told.push(command),
    houseKey: Buffer.alloc(32, 7),
    hindranceOf: ({ id }) => hindered.get(id),
  })

beforeEach(async () => {
  folder = temporaryFolder()
  store = await openStore({ file: join(folder.path, 'store.db'), migrations: SEALS_MIGRATIONS })
  clock = createHandClock()
  sent = []
  down = []
  told = []
  held = undefined
  isConnected = () => true
  hindered = new Map()
  isDoubled = false
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

/** The device's own side: what came down is answered by its protocol, and what it answers is decoded as it comes off the line. */
const answer = (): void => {
  for (const { protocol: name, device: deviceId, frame } of down.splice(0)) {
    const protocol = SEAL_PROTOCOLS.find(one => one.name === name)!
    const message: DeviceMessage = {
      deviceId,
      sentAtMs: clock.now(),
      lat: 35.33,
      lon: 129.02,
      fixValid: true,
      speedKmh: 0,
      courseDeg: 0,
      serial: 3,
      batteryPercent: 80,
      locked: true,
    }
    new Framer(protocol.frames, protocol.maxFrameBytes, {
      frame: bytes => {
        const decoded = protocol.decode(bytes, { nowMs: clock.now(), deviceId })
        if (typeof decoded === 'string') throw new Error(decoded)
        for (const one of decoded.reports) hears(`${name}:${one.deviceId}`, one)
      },
    }).push(protocol.device.answer?.(frame, message) ?? new Uint8Array(0))
  }
}
const DEPOT: PlanPlace = { name: '양산 ICD', lat: 35.33, lon: 129.02 }
const AREAS = [
  { id: 1, centre: { lat: 35.33, lon: 129.02 }, radiusM: 500 },
  {
    id: 2,
    corners: [
      { lat: 35, lon: 129 },
      { lat: 35.1, lon: 129 },
      { lat: 35, lon: 129.1 },
    ],
  },
]

describe('by the protocol’s own device', () => {
  const NEEDS: Partial<Record<CommandKind, Partial<NewCommand>>> = {
    'set-interval': { intervalS: 60 },
    'set-areas': { areas: AREAS },
    'one-time-password': { place: DEPOT },
  }
  const ALL = [...COMMAND_KINDS]
  test.each<[string, readonly CommandKind[]]>([
    ['jt808:013900000001', ALL],
    ['jt808:00000000013900000001', ALL],
    ['json:KC-0028-6117', ALL],
    ['eseal:1000821', ['unlock']],
  ])('%s is told, understands and answers: %j', async (seal, kinds) => {
    const deviceId = seal.slice(seal.indexOf(':') + 1)
    for (const kind of COMMAND_KINDS) {
      const asked = await commands.ask(command(kind, { seal, kind, ...NEEDS[kind] }))
      if (!kinds.includes(kind)) {
        expect(asked).toEqual({ refused: 'unknown-command' })
        continue
      }
      expect(stateOf(kind)).toBe('sent')
      expect([...new Set(sent.splice(0).map(one => `${one.device} ${one.kind}`))]).toEqual([`${deviceId} ${kind}`])
      answer()
      await settled()
      expect([kind, stateOf(kind)]).toEqual([kind, 'acknowledged'])
    }
  })

  test('what goes as several messages is done when each is answered, and fails with the first that is refused', async () => {
    await commands.ask(command('c1', { kind: 'set-areas', areas: AREAS }))
    expect(commands.get('c1')).toMatchObject({ state: 'sent', messages: 3 })
    const [first, ...others] = down.splice(0)
    down.push(first!, first!)
    answer()
    await settled()
    expect(stateOf('c1')).toBe('sent')
    down.push(...others)
    answer()
    await settled()
    expect(stateOf('c1')).toBe('acknowledged')
    await commands.ask(command('c2', { kind: 'set-areas', areas: AREAS }))
    const { serial = 0 } = commands.get('c2') ?? {}
    hears(A, report({ kind: 'answer', more: { answersSerial: serial + 1, result: 3 } }))
    await settled()
    expect(commands.get('c2')).toMatchObject({ state: 'failed', note: 'result 3' })
  })

  test('the serials of several messages are no others’', async () => {
    await commands.ask(command('c1', { kind: 'set-areas', areas: AREAS }))
    await commands.ask(command('c2', { kind: 'lock' }))
    const [one, two] = [commands.get('c1')?.serial ?? 0, commands.get('c2')?.serial ?? 0]
    expect(two).toBe(one + 3)
    hears(A, report({ kind: 'answer', more: { answersSerial: two, result: 0 } }))
    await settled()
    expect([stateOf('c1'), stateOf('c2')]).toEqual(['sent', 'acknowledged'])
  })
})

/** Worked out by Python’s hmac. */
const VECTOR = '831137'

describe('a one-time password', () => {
  const ask = (id: string, change: Partial<NewCommand> = {}) =>
    commands.ask(command(id, { kind: 'one-time-password', place: DEPOT, ...change }))

  test('is shown once to who asked, goes to the device, and lies nowhere', async () => {
    const asked = await ask('c1')
    const password = commands.takePassword('c1')
    expect(password).toMatch(/^\d{6}$/)
    expect(sent).toEqual([{ device: '013900000001', kind: 'one-time-password', password }])
    expect(asked).toMatchObject({ state: 'sent', hasPassword: true, place: DEPOT })
    expect([commands.takePassword('c1'), (await ask('c1')) === undefined]).toEqual([undefined, false])
    expect(commands.takePassword('c1')).toBeUndefined()
    expect(JSON.stringify([store.read('SELECT * FROM seal_commands'), told, asked])).not.toContain(password)
  })

  test('is the same after a restart: it is worked out again, and nobody is shown it', async () => {
    isConnected = () => false
    await ask('c1')
    const password = commands.takePassword('c1')
    commands.close()
    commands = start()
    isConnected = () => true
    await wait(2)
    expect(sent).toEqual([{ device: '013900000001', kind: 'one-time-password', password }])
    expect(commands.takePassword('c1')).toBeUndefined()
  })

  test('is of this house, seal, place, time and command, and of no other', () => {
    const bound = { seal: A, place: DEPOT, fromMs: 1000, untilMs: 901_000, id: 'c1' }
    const key = Buffer.alloc(32, 7)
    const others = [
      oneTimePassword(Buffer.alloc(32, 8), bound),
      oneTimePassword(key, { ...bound, seal: B }),
      oneTimePassword(key, { ...bound, place: { ...DEPOT, lat: 35.34 } }),
      oneTimePassword(key, { ...bound, place: { ...DEPOT, area: 'yard-1' } }),
      oneTimePassword(key, { ...bound, fromMs: 2000 }),
      oneTimePassword(key, { ...bound, untilMs: 902_000 }),
      oneTimePassword(key, { ...bound, id: 'c2' }),
    ]
    // Of a place it is where it lies that counts, not what it is called.
    expect(oneTimePassword(key, { ...bound, place: { ...DEPOT, name: 'Yangsan ICD' } })).toBe(VECTOR)
    expect(new Set([VECTOR, ...others]).size).toBe(8)
  })
})

test('what hinders a command is asked before each sending: it fails with the word for it and is not said again', async () => {
  isConnected = () => false
  await commands.ask(command('c1'))
  hindered.set('c1', 'two-needed')
  isConnected = () => true
  await wait(2)
  expect([sent, commands.get('c1')?.state, commands.get('c1')?.note]).toEqual([[], 'failed', 'two-needed'])
  hindered.clear()
  await commands.ask(command('c2'))
  hindered.set('c2', 'not-at-place')
  await wait(16)
  expect([sent.length, commands.get('c2')?.state, commands.get('c2')?.note]).toEqual([1, 'failed', 'not-at-place'])
})

test('while two say that they are the seal, what opens it waits and the rest goes', async () => {
  isDoubled = true
  await commands.ask(command('unlock'))
  await commands.ask(command('password', { kind: 'one-time-password', place: DEPOT }))
  await commands.ask(command('ask', { kind: 'ask-position' }))
  await wait(20)
  expect([...new Set(sent.map(one => one.kind))]).toEqual(['ask-position'])
  isDoubled = false
  await wait(1)
  expect(['unlock', 'password'].map(stateOf)).toEqual(['sent', 'sent'])
})

test('the row of the audit trail is written with the command, and one with its end', async () => {
  const trail = { sql: 'INSERT INTO seals_mark (one, mark) VALUES (1, 77)' }
  await commands.ask(command('c1', { trail }))
  expect(store.read('SELECT mark FROM seals_mark')).toEqual([{ mark: 77 }])
  await commands.cancel('c1', { sql: 'UPDATE seals_mark SET mark = 78' })
  expect(store.read('SELECT mark FROM seals_mark')).toEqual([{ mark: 78 }])
})
