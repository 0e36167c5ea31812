// Commands to seals: kept before anything is sent, sent while the device is connected, again until it answers or its time is over, each with who, why and what became of it.
// The same id asks once. A protocol that has no commands, or whose are not tried yet, refuses at once and says so.
import type { Clock } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import { type CommandRefusal, SEAL_PROTOCOLS, type SealCommand, type SealReport } from '../protocols/index.ts'
import type { CommandKind, SealCommandView } from '../schema.ts'
import { commandById, commandsOf, openCommands, saveCommand } from '../store.ts'

export interface CommandsOptions {
  readonly store: Store
  readonly clock: Clock
  send(protocol: string, deviceId: string, bytes: Uint8Array): boolean
  onChange(command: SealCommandView): void
}

export interface NewCommand {
  readonly id: string
  readonly seal: string
  readonly kind: CommandKind
  readonly intervalS?: number
  readonly password?: string
  readonly by: string
  readonly reason: string
  readonly untilMs: number
}

export interface SealCommands {
  /** Kept and, where the device listens, on its way; or why it cannot be asked. */
  ask(command: NewCommand): Promise<SealCommandView | CommandRefusal>
  cancel(id: string): Promise<SealCommandView | undefined>
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

const orderOf = (command: Pick<NewCommand, 'kind' | 'intervalS' | 'password'>): SealCommand => {
  switch (command.kind) {
    case 'set-interval':
      return { kind: 'set-interval', intervalS: command.intervalS ?? 60 }
    case 'one-time-password':
      return { kind: 'one-time-password', password: command.password ?? '' }
    case 'set-areas':
      return { kind: 'set-areas', areas: [] }
    case 'unlock':
      return command.password === undefined ? { kind: 'unlock' } : { kind: 'unlock', password: command.password }
    default:
      return { kind: command.kind }
  }
}

export function createSealCommands({ store, clock, send, onChange }: CommandsOptions): SealCommands {
  const open = new Map<string, SealCommandView>(openCommands(store).map(one => [one.id, one]))
  /** Passwords are not kept: a command that holds one is sent while the product runs, or fails. */
  const passwords = new Map<string, string>()
  let serial = Math.floor(clock.now() / 1000) % SERIALS

  const partsOf = (seal: string): readonly [string, string] => {
    const at = seal.indexOf(':')
    return [seal.slice(0, at), seal.slice(at + 1)]
  }
  const bytesOf = (command: SealCommandView, password: string | undefined): Uint8Array | CommandRefusal => {
    const [name, deviceId] = partsOf(command.seal)
    const protocol = SEAL_PROTOCOLS.find(one => one.name === name)
    if (!protocol) return { refused: 'no-commands' }
    return protocol.command(orderOf({ ...command, ...(password === undefined ? {} : { password }) }), {
      deviceId,
      serial: command.serial,
      nowMs: clock.now(),
    })
  }
  const set = async (command: SealCommandView): Promise<SealCommandView> => {
    await store.write([saveCommand(command)])
    if (command.state === 'queued' || command.state === 'sent') open.set(command.id, command)
    else {
      open.delete(command.id)
      passwords.delete(command.id)
    }
    onChange(command)
    return command
  }
  const isDue = (command: SealCommandView, nowMs: number): boolean => command.sentAtMs === undefined || nowMs - command.sentAtMs >= AGAIN_MS

  const look = async (): Promise<void> => {
    const nowMs = clock.now()
    for (const command of [...open.values()]) {
      if (nowMs >= command.untilMs) {
        await set({ ...command, state: 'expired', doneAtMs: nowMs })
        continue
      }
      if (!isDue(command, nowMs)) continue
      const bytes = bytesOf(command, passwords.get(command.id))
      if ('refused' in bytes) {
        await set({ ...command, state: 'failed', doneAtMs: nowMs, note: bytes.refused })
        continue
      }
      const [protocol, deviceId] = partsOf(command.seal)
      // Said before it is kept: an answer may come at once, and finds it open.
      const sent: SealCommandView = { ...command, state: 'sent', sentAtMs: nowMs, tries: command.tries + 1 }
      open.set(command.id, sent)
      if (send(protocol, deviceId, bytes)) await set(open.get(command.id) ?? sent)
      else open.set(command.id, command)
    }
  }
  let looking = false
  const stop = clock.every(LOOK_MS, () => {
    if (looking || open.size === 0) return
    looking = true
    void look()
      .catch(() => {})
      .finally(() => {
        looking = false
      })
  })

  return {
    async ask(command) {
      const known = open.get(command.id) ?? commandById(store, command.id)
      if (known) return known
      serial = (serial + 1) % SERIALS
      const { password, ...rest } = command
      const view: SealCommandView = { ...rest, state: 'queued', askedAtMs: clock.now(), tries: 0, serial }
      const bytes = bytesOf(view, password)
      if ('refused' in bytes) return bytes
      if (password !== undefined) passwords.set(command.id, password)
      const asked = await set(view)
      await look().catch(() => {})
      return open.get(command.id) ?? asked
    },
    async cancel(id) {
      const command = open.get(id)
      return command && set({ ...command, state: 'cancelled', doneAtMs: clock.now() })
    },
    get: id => open.get(id) ?? commandById(store, id),
    of: seal => commandsOf(store, seal, SHOWN),
    heard(protocol, deviceId, report) {
      const seal = `${protocol}:${deviceId}`
      const answered = report.more.answersSerial
      const says =
        report.kind === 'answer' || report.events.includes('unsealed-by-platform') || report.events.includes('sealed-by-platform')
      if (!says) return
      const command = [...open.values()].find(
        one => one.seal === seal && one.state === 'sent' && (typeof answered !== 'number' || (one.serial & 0xffff) === answered),
      )
      if (!command) return
      const result = report.more.result
      const isRefused = typeof result === 'number' && result !== 0
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
