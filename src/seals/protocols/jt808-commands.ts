// What the centre says to JT/T 808 devices: lock and unlock as padlocks of the G-300 kind take it (0x0310, parameter 0x24: 1 or 0 and who asked), report interval
// (0x0310, 0x06), a question for the place (0x8201), areas (0x8604 polygons), a password to open with once as text (0x8300). And the device's reading of it.
import { ByteWriter, Cursor, textOf } from './bytes.ts'
import type { SealCommand } from './commands.ts'
import { idOf, OPEN, readFrame, writeFrame } from './jt808-frame.ts'
import type { CommandRefusal, CommandTarget, Downlink } from './protocol.ts'

const [SET_PARAMETERS, ASK_PLACE, POLYGON, TEXT] = [0x0310, 0x8201, 0x8604, 0x8300]
const [GENERAL_ANSWER, PADLOCK_ANSWER, REGISTERED] = [0x8001, 0x4401, 0x8100]
const [INTERVAL, LOCK] = [0x06, 0x24]
/** The lock writes down who asked (event `unsealed-by-platform`). */
const USER = 'user'
const EMERGENCY_TEXT = 1
const MAX_INTERVAL_S = 0xffffffff
const MAX_CORNERS = 0xffff
const [BCD_PHONE_DIGITS, ID_2019_DIGITS] = [12, 20]

export function jt808Command(command: SealCommand, target: CommandTarget): Uint8Array | CommandRefusal {
  const message = messageOf(command)
  if ('refused' in message) return message
  const is2019 = target.deviceId.length === ID_2019_DIGITS
  return writeFrame({
    messageId: message.messageId,
    protocolVersion: is2019 ? 1 : undefined,
    id: idOf(target.deviceId, (is2019 ? ID_2019_DIGITS : BCD_PHONE_DIGITS) / 2),
    serial: target.serial & 0xffff,
    body: message.body.done(),
  })
}

interface CommandMessage {
  readonly messageId: number
  readonly body: ByteWriter
}

function messageOf(command: SealCommand): CommandMessage | CommandRefusal {
  switch (command.kind) {
    case 'lock':
    case 'unlock': {
      const body = new ByteWriter()
        .u8(1)
        .u8(LOCK)
        .u8(1 + USER.length)
      return { messageId: SET_PARAMETERS, body: body.u8(command.kind === 'lock' ? 1 : 0).text(USER) }
    }
    case 'set-interval':
      if (command.intervalS < 1 || command.intervalS > MAX_INTERVAL_S) return { refused: 'bad-value' }
      return { messageId: SET_PARAMETERS, body: new ByteWriter().u8(1).u8(INTERVAL).u8(4).u32(command.intervalS) }
    case 'ask-position':
      return { messageId: ASK_PLACE, body: new ByteWriter() }
    case 'set-areas':
      return areaMessage(command)
    case 'one-time-password':
      return { messageId: TEXT, body: new ByteWriter().u8(EMERGENCY_TEXT).text(`PWD,${command.password}`) }
    default:
      return command satisfies never
  }
}

/** One polygon a message (2013 §8.36): so one area a command. */
function areaMessage({ areas }: SealCommand & { readonly kind: 'set-areas' }): CommandMessage | CommandRefusal {
  const [area, ...others] = areas
  if (area === undefined || others.length > 0 || area.corners.length < 3 || area.corners.length > MAX_CORNERS)
    return { refused: 'bad-value' }
  const body = new ByteWriter().u32(area.id).u16(0).u16(area.corners.length)
  for (const { lat, lon } of area.corners) body.u32(Math.round(Math.abs(lat) * 1e6)).u32(Math.round(Math.abs(lon) * 1e6))
  return { messageId: POLYGON, body }
}

export function readJt808Downlink(frame: Uint8Array): Downlink {
  if (frame[0] === OPEN) return { kind: 'other' }
  const read = readFrame(frame)
  if (read === undefined || !read.checksumValid) return { kind: 'other' }
  const { messageId, serial } = read.header
  const body = new Cursor(read.body)
  if (messageId === GENERAL_ANSWER || messageId === REGISTERED) return { kind: 'acknowledged', serial: body.u16() }
  if (messageId === PADLOCK_ANSWER) return { kind: 'acknowledged' }
  const command =
    messageId === ASK_PLACE
      ? { kind: 'ask-position' as const }
      : messageId === SET_PARAMETERS
        ? parameterIn(body)
        : textIn(messageId, read.body)
  return command === undefined ? { kind: 'other' } : { kind: 'command', command, serial }
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
