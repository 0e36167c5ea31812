// A command to a seal as the card shows it.
import { COMMAND_STATES, type CommandState } from '#seals/schema.ts'
import { number, text, time } from '../live/wire.ts'

export interface CommandView {
  readonly id: string
  readonly kind: string
  readonly state: CommandState
  readonly askedAtMs: number
  readonly tries: number
}
export const command = (from: unknown): CommandView => ({
  id: text(from, 'id') ?? '',
  kind: text(from, 'kind') ?? '',
  state: COMMAND_STATES.find(state => state === text(from, 'state')) ?? 'queued',
  askedAtMs: time(from, 'askedAtMs') ?? 0,
  tries: number(from, 'tries') ?? 0,
})
