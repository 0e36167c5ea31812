// TZONE trackers (AVL, TT19, TT18 and kin): `TZ`, length, `$$`, hardware, firmware, IMEI, time, then blocks each with its length: place, cells, state, and by hardware
// cards, tags, temperatures, Wi-Fi; at the end index, CRC-16/MODBUS over all behind the length, CR LF. Answered with `@ACK,index#@UTC time:…`.
// Source: the published behaviour of open servers; the checksum was found on their test frames (all 17 agree). UTC.
import { ByteWriter, bytesOfText, Cursor, crc16Of, textOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import type { FrameRule } from './framing.ts'
import { skipTo } from './framing.ts'
import type { DecodedFrame, DeviceMessage, Downlink, FrameContext, FrameRefusal, SealProtocol } from './protocol.ts'
import { newReport } from './report.ts'
import { isoOf, partsOf } from './times.ts'
import { readBlocks, TZONE_EVENTS, timeIn } from './tzone-blocks.ts'

const MAX_FRAME = 4096
const [T, Z] = [0x54, 0x5a]
const INNER_MARK = 0x2424
const OUTER_BYTES = 6
const TAIL_BYTES = 6
const HEAD_BYTES = 26

const frames: FrameRule = (bytes, from, to) => {
  if (bytes[from] !== T) return -skipTo(bytes, T, from, to)
  if (from + 1 < to && bytes[from + 1] !== Z) return -1
  if (to - from < OUTER_BYTES) return 0
  const length = ((bytes[from + 2]! << 8) | bytes[from + 3]!) + OUTER_BYTES
  if (length > MAX_FRAME || bytes[from + 4] !== 0x24 || bytes[from + 5] !== 0x24) return -1
  return length <= to - from ? length : 0
}

function decode(frame: Uint8Array, { nowMs }: FrameContext): DecodedFrame | FrameRefusal {
  const cursor = new Cursor(frame, 4)
  if (frame[0] !== T || frame[1] !== Z || cursor.u16() !== INNER_MARK) return 'unknown-frame'
  if (frame.length < HEAD_BYTES + TAIL_BYTES) return 'malformed'
  const tail = new Cursor(frame, frame.length - TAIL_BYTES)
  const [index, checksum] = [tail.u16(), tail.u16()]
  const report = newReport('report')
  // The length is not under the checksum, so it is looked at too.
  const length = (frame[2]! << 8) | frame[3]!
  report.checksumValid = length + OUTER_BYTES === frame.length && checksum === crc16Of(frame, 4, frame.length - 4)
  const hardware = cursor.u16()
  Object.assign(report.more, { hardware, firmware: cursor.u32(), index })
  report.deviceId = cursor.hex(8).slice(1)
  const deviceMs = timeIn(cursor)
  const blocks = new Cursor(frame, cursor.at, frame.length - TAIL_BYTES)
  const fixedMs = readBlocks(blocks, hardware, report)
  if (blocks.left > 0) report.more.unreadHex = blocks.hex(blocks.left)
  const sentAtMs = fixedMs ?? deviceMs
  if (sentAtMs !== undefined) report.sentAtMs = sentAtMs
  if (deviceMs !== undefined && fixedMs !== undefined) report.more.deviceTime = isoOf(deviceMs)
  if (!report.checksumValid) return { reports: [report] }
  const now = isoOf(Math.floor(nowMs / 1000) * 1000)
  return { reports: [report], answer: bytesOfText(`@ACK,${index}#@UTC time:${now.slice(0, 10)} ${now.slice(11, 19)}`) }
}

const CODE_OF: ReadonlyMap<SealEvent | undefined, number> = new Map(
  Object.entries(TZONE_EVENTS)
    .reverse()
    .map(([code, event]) => [event, Number(code)]),
)
const [HARDWARE, FIRMWARE, NORMAL] = [0x0153, 0x01130000, 0xaa]
const KMH_PER_KNOT = 1.852
const [EAST_BIT, NORTH_BIT, FIX_BIT] = [9, 10, 11]

function encode(message: DeviceMessage): Uint8Array {
  const [year, ...rest] = partsOf(message.sentAtMs)
  const time = [year % 100, ...rest]
  const flags =
    (Math.round(message.courseDeg) & 0x1ff) |
    (message.lon < 0 ? 1 << EAST_BIT : 0) |
    (message.lat >= 0 ? 1 << NORTH_BIT : 0) |
    (message.fixValid ? 1 << FIX_BIT : 0)
  const place = new ByteWriter()
    .u8(message.fixValid ? 9 : 0)
    .u32(Math.round(Math.abs(message.lat) * 6e6))
    .u32(Math.round(Math.abs(message.lon) * 6e6))
    .raw(time)
    .u16(Math.round((message.speedKmh / KMH_PER_KNOT) * 100))
    .hex('000000')
    .u16(flags)
  const state = new ByteWriter().u8(CODE_OF.get(message.event) ?? NORMAL).hex('00000019')
  state
    .u8(4)
    .u16(360 + Math.round(message.batteryPercent / 2))
    .hex('000000000000')
  const inside = new ByteWriter().u16(INNER_MARK).u16(HARDWARE).u32(FIRMWARE).hex(`0${message.deviceId}`).raw(time)
  for (const block of [place, new ByteWriter(), state, new ByteWriter()]) inside.u16(block.length).raw(block.done())
  const plain = inside.u16(message.serial & 0xffff).done()
  return new ByteWriter()
    .text('TZ')
    .u16(plain.length + 2)
    .raw(plain)
    .u16(crc16Of(plain, 0, plain.length))
    .text('\r\n')
    .done()
}

/** `@ACK,n#` and the time behind it, up to its last digit: what comes down is told by its own beginning. */
const downFrames: FrameRule = (bytes, from, to) => {
  const text = textOf(bytes, from, Math.min(to, from + MAX_ANSWER))
  const [whole] = /^@ACK,\d+#@UTC time:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.exec(text) ?? []
  if (whole !== undefined) return whole.length
  return text.length >= MAX_ANSWER || bytes[from] !== 0x40 ? -1 : 0
}
const MAX_ANSWER = 48

export const tzone: SealProtocol = {
  name: 'tzone',
  devices: 'TZONE AVL, TT18, TT19 series',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command: () => ({ refused: 'no-commands' }),
  device: {
    tells: [...new Set(Object.values(TZONE_EVENTS))],
    encode,
    frames: downFrames,
    read(frame): Downlink {
      const [, index] = /^@ACK,(\d+)#/.exec(textOf(frame)) ?? []
      return index === undefined ? { kind: 'other' } : { kind: 'acknowledged', serial: Number(index) }
    },
  },
}
