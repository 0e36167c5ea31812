// A command to a seal as the card shows it.
import { COMMAND_STATES, type CommandState } from '#seals/schema.ts'
import { number, present, text, time } from '../live/wire.ts'

export interface CommandView {
  readonly id: string
  readonly kind: string
  readonly state: CommandState
  readonly reason: string
  readonly askedAtMs: number
  readonly untilMs: number
  readonly doneAtMs?: number
  readonly tries: number
  readonly note?: string
}
export const command = (from: unknown): CommandView => ({
  id: text(from, 'id') ?? '',
  kind: text(from, 'kind') ?? '',
  state: COMMAND_STATES.find(state => state === text(from, 'state')) ?? 'queued',
  reason: text(from, 'reason') ?? '',
  askedAtMs: time(from, 'askedAtMs') ?? 0,
  untilMs: time(from, 'untilMs') ?? 0,
  tries: number(from, 'tries') ?? 0,
  ...present({ doneAtMs: time(from, 'doneAtMs'), note: text(from, 'said') ?? text(from, 'note') }),
})
