// What the centre says to JT/T 808 devices: lock and unlock as padlocks of the G-300 kind take it (0x0310, parameter 0x24: 1 or 0 and who asked), report interval
// (0x0310, 0x06), a question for the place (0x8201), areas (0x8600 circles, 0x8604 polygons), a password to open with once as text (0x8300). And the device's reading of it.
import { ByteWriter, Cursor, textOf } from './bytes.ts'
import type { SealCommand } from './commands.ts'
import { areaMessages, areasIn, type CommandMessage } from './jt808-areas.ts'
import { locationOf } from './jt808-device.ts'
import { idOf, OPEN, readFrame, writeFrame } from './jt808-frame.ts'
import type { CommandRefusal, CommandTarget, DeviceMessage, Downlink } from './protocol.ts'

const [SET_PARAMETERS, ASK_PLACE, TEXT] = [0x0310, 0x8201, 0x8300]
const [GENERAL_ANSWER, PADLOCK_ANSWER, REGISTERED] = [0x8001, 0x4401, 0x8100]
const [PLACE_ANSWER, GENERAL_ANSWER_OF_DEVICE, DONE] = [0x0201, 0x0001, 0]
const [INTERVAL, LOCK] = [0x06, 0x24]
/** The lock writes down who asked (event `unsealed-by-platform`). */
const USER = 'user'
const EMERGENCY_TEXT = 1
const MAX_INTERVAL_S = 0xffffffff
const PASSWORD = /^\d{4,8}$/
const [BCD_PHONE_DIGITS, ID_2019_DIGITS] = [12, 20]

/** Areas take several messages: their serials count up from the target's, and the device answers each. */
export function jt808Command(command: SealCommand, target: CommandTarget): Uint8Array | CommandRefusal {
  const is2019 = target.deviceId.length === ID_2019_DIGITS
  const messages = messagesOf(command, is2019)
  if ('refused' in messages) return messages
  const line = new ByteWriter()
  for (const [n, { messageId, body }] of messages.entries())
    line.raw(
      writeFrame({
        messageId,
        protocolVersion: is2019 ? 1 : undefined,
        id: idOf(target.deviceId, (is2019 ? ID_2019_DIGITS : BCD_PHONE_DIGITS) / 2),
        serial: (target.serial + n) & 0xffff,
        body: body.done(),
      }),
    )
  return line.done()
}

function messagesOf(command: SealCommand, is2019: boolean): readonly CommandMessage[] | CommandRefusal {
  switch (command.kind) {
    case 'lock':
    case 'unlock': {
      const body = new ByteWriter()
        .u8(1)
        .u8(LOCK)
        .u8(1 + USER.length)
      return [{ messageId: SET_PARAMETERS, body: body.u8(command.kind === 'lock' ? 1 : 0).text(USER) }]
    }
    case 'set-interval':
      if (command.intervalS < 1 || command.intervalS > MAX_INTERVAL_S) return { refused: 'bad-value' }
      return [{ messageId: SET_PARAMETERS, body: new ByteWriter().u8(1).u8(INTERVAL).u8(4).u32(command.intervalS) }]
    case 'ask-position':
      return [{ messageId: ASK_PLACE, body: new ByteWriter() }]
    case 'set-areas':
      return areaMessages(command.areas, is2019) ?? { refused: 'bad-value' }
    case 'one-time-password':
      if (!PASSWORD.test(command.password)) return { refused: 'bad-value' }
      return [{ messageId: TEXT, body: new ByteWriter().u8(EMERGENCY_TEXT).text(`PWD,${command.password}`) }]
    default:
      return command satisfies never
  }
}

export function readJt808Downlink(frame: Uint8Array): Downlink {
  if (frame[0] === OPEN) return { kind: 'other' }
  const read = readFrame(frame)
  if (read === undefined || !read.checksumValid) return { kind: 'other' }
  const { messageId, serial, protocolVersion } = read.header
  const body = new Cursor(read.body)
  if (messageId === GENERAL_ANSWER || messageId === REGISTERED) return { kind: 'acknowledged', serial: body.u16() }
  if (messageId === PADLOCK_ANSWER) return { kind: 'acknowledged' }
  const areas = areasIn(messageId, body, protocolVersion !== undefined)
  if (areas) return { kind: 'command', command: { kind: 'set-areas', areas }, serial }
  const command =
    messageId === ASK_PLACE
      ? { kind: 'ask-position' as const }
      : messageId === SET_PARAMETERS
        ? parameterIn(body)
        : textIn(messageId, read.body)
  return command === undefined ? { kind: 'other' } : { kind: 'command', command, serial }
}

/** What a terminal answers to a command: its place to the question for it (0x0201), else done (0x0001). */
export function answerJt808(frame: Uint8Array, message: DeviceMessage): Uint8Array | undefined {
  const read = frame[0] === OPEN ? undefined : readFrame(frame)
  if (!read?.checksumValid || readJt808Downlink(frame).kind !== 'command') return undefined
  const { messageId, serial, id, protocolVersion } = read.header
  const isPlace = messageId === ASK_PLACE
  const body = new ByteWriter().u16(serial)
  return writeFrame({
    messageId: isPlace ? PLACE_ANSWER : GENERAL_ANSWER_OF_DEVICE,
    protocolVersion,
    id,
    serial: message.serial & 0xffff,
    body: (isPlace ? body.raw(locationOf(message)) : body.u16(messageId).u8(DONE)).done(),
  })
}

function parameterIn(body: Cursor): SealCommand | undefined {
  body.skip(1)
  const id = body.u8()
  body.skip(1)
  if (id === LOCK) return body.u8() === 1 ? { kind: 'lock' } : { kind: 'unlock' }
  return id === INTERVAL ? { kind: 'set-interval', intervalS: body.u32() } : undefined
}

function textIn(messageId: number, body: Uint8Array): SealCommand | undefined {
  const [, password] = messageId === TEXT ? (/^PWD,(\w+)$/.exec(textOf(body, 1)) ?? []) : []
  return password === undefined ? undefined : { kind: 'one-time-password', password }
}
