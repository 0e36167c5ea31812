// Commands to seals: kept before anything is sent, sent while the device is connected, again until it answers or its time is over, each with who, why and what became of it.
// The same id asks once. A protocol that has no commands, or whose are not tried yet, refuses at once and says so.
import type { Clock } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import {
  type CommandRefusal,
  type DeviceArea,
  Framer,
  SEAL_PROTOCOLS,
  type SealCommand,
  type SealProtocol,
  type SealReport,
} from '../protocols/index.ts'
import type { CommandKind, PlanPlace, SealCommandView } from '../schema.ts'
import { commandById, commandsOf, openCommands, saveCommand } from '../store.ts'
import { oneTimePassword } from './one-time-password.ts'

export interface CommandsOptions {
  readonly store: Store
  readonly clock: Clock
  /** `opens`: whoever gets it can open the seal. False: not now. */
  send(protocol: string, deviceId: string, bytes: Uint8Array, opens: boolean): boolean
  onChange(command: SealCommandView): void
  /** One-time passwords are worked out from it. */
  readonly houseKey: Uint8Array
  /** A word for why it may not be sent now, asked before each sending: who agreed may have stopped agreeing, the seal may have left the place. */
  hindranceOf?(command: SealCommandView): string | undefined
  /** A row of the audit trail for the end of a command, written together with it. */
  trailOf?(command: SealCommandView): Statement
}

export interface NewCommand {
  readonly id: string
  readonly seal: string
  readonly kind: CommandKind
  readonly intervalS?: number
  readonly areas?: readonly DeviceArea[]
  readonly password?: string
  /** With `one-time-password`: the password is made for this place. */
  readonly place?: PlanPlace
  readonly by: string
  readonly reason: string
  readonly untilMs: number
  /** Written together with it. */
  readonly trail?: Statement
}

export interface SealCommands {
  /** Kept and, where the device listens, on its way; or why it cannot be asked. */
  ask(command: NewCommand): Promise<SealCommandView | CommandRefusal>
  /** The password that was made for this command: the first who asks gets it, nobody after. */
  takePassword(id: string): string | undefined
  cancel(id: string, trail?: Statement): Promise<SealCommandView | undefined>
  get(id: string): SealCommandView | undefined
  of(seal: string): readonly SealCommandView[]
  /** What a device has answered. */
  heard(protocol: string, deviceId: string, report: SealReport): void
  /** What may be said to this protocol at all; a reason where not. */
  refusalOf(protocol: string, kind: CommandKind): CommandRefusal['refused'] | undefined
  close(): void
}

const LOOK_MS = 1000
const AGAIN_MS = 15_000
const SHOWN = 50
const SERIALS = 0x7fff
/** More than a command ever takes; so that its serials do not run over. */
const MOST_MESSAGES = 64
/** Protocols whose answers do not say to what: one command of theirs waits at a time. */
const WITHOUT_SERIAL: ReadonlySet<string> = new Set(['eseal', 'jt600'])
const OPENING: ReadonlySet<CommandKind> = new Set(['unlock', 'one-time-password'])
const PASSWORD_GONE = 'password-gone'

const orderOf = (command: Pick<NewCommand, 'kind' | 'intervalS' | 'password' | 'areas'>): SealCommand => {
  switch (command.kind) {
    case 'set-interval':
      return { kind: 'set-interval', intervalS: command.intervalS ?? 60 }
    case 'one-time-password':
      return { kind: 'one-time-password', password: command.password ?? '' }
    case 'set-areas':
      return { kind: 'set-areas', areas: command.areas ?? [] }
    case 'unlock':
      return command.password === undefined ? { kind: 'unlock' } : { kind: 'unlock', password: command.password }
    default:
      return { kind: command.kind }
  }
}

/** By the serial under which the device answers, where its protocol has one; or because it tells that it has done just this. */
function isAnswerTo(command: SealCommandView, protocol: string, report: SealReport): boolean {
  if (command.kind === 'unlock' && report.events.includes('unsealed-by-platform')) return true
  if (command.kind === 'lock' && report.events.includes('sealed-by-platform')) return true
  // A terminal answers the question for its place with it: a report, and an answer by its serial.
  const serial = report.more.answersSerial
  if (typeof serial === 'number') return serial >= command.serial && serial < command.serial + (command.messages ?? 1)
  return report.kind === 'answer' && WITHOUT_SERIAL.has(protocol)
}

/** Messages in what goes down. */
function messagesIn(protocol: SealProtocol, bytes: Uint8Array): number {
  let count = 0
  const { frames = protocol.frames } = protocol.device
  new Framer(frames, bytes.length, { frame: () => count++ }).push(bytes)
  return Math.max(1, count)
}

export function createSealCommands(options: CommandsOptions): SealCommands {
  const { store, clock, send, onChange } = options
  const open = new Map<string, SealCommandView>(openCommands(store).map(one => [one.id, one]))
  /** Passwords are not kept: a command that holds one is sent while the product runs, or fails. */
  const passwords = new Map<string, string>()
  /** Made and not shown yet. */
  const unshown = new Map<string, string>()
  /** Of a command of several messages: the serials that were answered. */
  const answered = new Map<string, Set<number>>()
  let serial = Math.floor(clock.now() / 1000) % SERIALS

  const partsOf = (seal: string): readonly [string, string] => {
    const at = seal.indexOf(':')
    return [seal.slice(0, at), seal.slice(at + 1)]
  }
  const protocolOf = (seal: string): SealProtocol | undefined => SEAL_PROTOCOLS.find(one => one.name === partsOf(seal)[0])
  const passwordOf = (command: SealCommandView): string | undefined => {
    const { id, seal, place, askedAtMs, untilMs } = command
    if (place === undefined) return passwords.get(id)
    return oneTimePassword(options.houseKey, { id, seal, place, fromMs: askedAtMs, untilMs })
  }
  const bytesOf = (command: SealCommandView, password: string | undefined): Uint8Array | CommandRefusal => {
    const protocol = protocolOf(command.seal)
    if (!protocol) return { refused: 'no-commands' }
    return protocol.command(orderOf({ ...command, ...(password === undefined ? {} : { password }) }), {
      deviceId: partsOf(command.seal)[1],
      serial: command.serial,
      nowMs: clock.now(),
    })
  }
  /** What the disk has not taken yet: written again at every look. */
  const unkept = new Map<string, SealCommandView>()
  /** Counts at once, so that nothing that is over is said again while it is being written. */
  const set = async (command: SealCommandView, trail?: Statement): Promise<SealCommandView> => {
    const isOver = command.state !== 'queued' && command.state !== 'sent'
    if (isOver) for (const kept of [open, passwords, answered]) kept.delete(command.id)
    else open.set(command.id, command)
    unkept.set(command.id, command)
    onChange(command)
    const told = trail ?? (isOver ? options.trailOf?.(command) : undefined)
    await store.write([saveCommand(command), ...(told ? [told] : [])])
    if (unkept.get(command.id) === command) unkept.delete(command.id)
    return command
  }
  const isDue = (command: SealCommandView, nowMs: number): boolean => command.sentAtMs === undefined || nowMs - command.sentAtMs >= AGAIN_MS

  const lookAt = async (command: SealCommandView, nowMs: number): Promise<void> => {
    const failed = (note: string) => set({ ...command, state: 'failed', doneAtMs: nowMs, note })
    if (nowMs >= command.untilMs) return void (await set({ ...command, state: 'expired', doneAtMs: nowMs }))
    if (!isDue(command, nowMs)) return
    const hindrance = options.hindranceOf?.(command)
    if (hindrance !== undefined) return void (await failed(hindrance))
    const password = passwordOf(command)
    // A password is not kept over a restart; without it, it would be another command.
    if (command.hasPassword && password === undefined) return void (await failed(PASSWORD_GONE))
    const bytes = bytesOf(command, password)
    if ('refused' in bytes) return void (await failed(bytes.refused))
    const [protocol, deviceId] = partsOf(command.seal)
    // Counts before it is kept: an answer may come at once, and finds it sent.
    const sent: SealCommandView = { ...command, state: 'sent', sentAtMs: nowMs, tries: command.tries + 1 }
    open.set(command.id, sent)
    if (!send(protocol, deviceId, bytes, OPENING.has(command.kind))) return void open.set(command.id, command)
    if (open.get(command.id) === sent) await set(sent)
  }
  const lookAtAll = async (): Promise<void> => {
    if (unkept.size > 0) {
      const going = [...unkept.values()]
      await store.write(going.map(saveCommand))
      for (const one of going) if (unkept.get(one.id) === one) unkept.delete(one.id)
    }
    for (const id of [...open.keys()]) {
      // As it is now: it may have been answered while the one before was written.
      const command = open.get(id)
      if (command) await lookAt(command, clock.now())
    }
  }
  let looking: Promise<void> | undefined
  const look = (): Promise<void> => {
    looking ??= lookAtAll()
      .catch(() => {})
      .finally(() => {
        looking = undefined
      })
    return looking
  }
  const stop = clock.every(LOOK_MS, () => {
    if (open.size > 0 || unkept.size > 0) void look()
  })

  /** Of several messages another one is still not answered. */
  const isPart = ({ id, messages = 1 }: SealCommandView, { more: { answersSerial } }: SealReport): boolean => {
    if (messages === 1 || typeof answersSerial !== 'number') return false
    const all = answered.get(id) ?? new Set<number>()
    answered.set(id, all.add(answersSerial))
    return all.size < messages
  }

  const asking = new Map<string, Promise<SealCommandView | CommandRefusal>>()
  const ask = async (command: NewCommand): Promise<SealCommandView | CommandRefusal> => {
    const known = open.get(command.id) ?? commandById(store, command.id)
    if (known) return known
    const { password, trail, ...rest } = command
    const asked: SealCommandView = {
      ...rest,
      ...(password === undefined && rest.place === undefined ? {} : { hasPassword: true }),
      state: 'queued',
      askedAtMs: clock.now(),
      tries: 0,
      serial: serial + 1,
    }
    const bytes = bytesOf(asked, password ?? passwordOf(asked))
    if ('refused' in bytes) return bytes
    const messages = messagesIn(protocolOf(asked.seal)!, bytes)
    const view = messages === 1 ? asked : { ...asked, messages }
    serial = (serial + messages) % (SERIALS - MOST_MESSAGES)
    await store.write([saveCommand(view), ...(trail ? [trail] : [])])
    if (password !== undefined) passwords.set(command.id, password)
    const made = view.place && passwordOf(view)
    if (made !== undefined) unshown.set(view.id, made)
    open.set(view.id, view)
    onChange(view)
    // One look may be on its way past this one.
    await looking
    await look()
    return open.get(command.id) ?? commandById(store, command.id) ?? view
  }

  return {
    ask(command) {
      const before = asking.get(command.id)
      if (before) return before
      const answer = ask(command).finally(() => asking.delete(command.id))
      asking.set(command.id, answer)
      return answer
    },
    takePassword(id) {
      const password = unshown.get(id)
      unshown.delete(id)
      return password
    },
    async cancel(id, trail) {
      const command = open.get(id)
      return command && set({ ...command, state: 'cancelled', doneAtMs: clock.now() }, trail)
    },
    get: id => open.get(id) ?? commandById(store, id),
    of: seal => commandsOf(store, seal, SHOWN),
    heard(protocol, deviceId, report) {
      const seal = `${protocol}:${deviceId}`
      const command = [...open.values()].find(one => one.seal === seal && one.state === 'sent' && isAnswerTo(one, protocol, report))
      if (!command) return
      const result = report.more.result
      const isRefused = report.kind === 'answer' && typeof result === 'number' && result !== 0
      if (!isRefused && isPart(command, report)) return
      void set({
        ...command,
        state: isRefused ? 'failed' : 'acknowledged',
        doneAtMs: clock.now(),
        ...(isRefused ? { note: `result ${result}` } : {}),
      }).catch(() => {})
    },
    refusalOf(name, kind) {
      const protocol = SEAL_PROTOCOLS.find(one => one.name === name)
      if (!protocol) return 'no-commands'
      const bytes = protocol.command(orderOf({ kind, intervalS: 60, password: '000000' }), { deviceId: '0', serial: 1, nowMs: 0 })
      return 'refused' in bytes && bytes.refused !== 'bad-value' ? bytes.refused : undefined
    },
    close: stop,
  }
}
