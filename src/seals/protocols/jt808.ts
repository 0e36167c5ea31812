// JT/T 808-2013 and -2019, the Chinese standard for vehicle terminals, which most GPS padlocks speak: places (0x0200, 0x0704, 0x0210), the padlocks' own
// 0x5501 and 0x5502, lock events in items, and the answers each message waits for. Texts `(id,1,001,ELOCK,…)` go over the same connection.
// Device time is local; UTC+8 unless the device is known to be set otherwise.
import { ByteWriter, bytesOfText, Cursor, hexOf, textOf } from './bytes.ts'
import { answerJt808, jt808Command, readJt808Downlink } from './jt808-commands.ts'
import { encodeJt808, JT808_TELLS, jt808Login } from './jt808-device.ts'
import {
  deviceIdOf,
  frames,
  type Jt808Frame,
  type Jt808Header,
  MARK,
  OPEN,
  OTHER_MARK,
  readFrame,
  WANTS_ANSWER,
  writeFrame,
} from './jt808-frame.ts'
import { deviceTime, readBatch, readLocation, readPadlockLocation } from './jt808-location.ts'
import { idText, MESSAGES, readAnsweredLocation, readTransparent } from './jt808-messages.ts'
import type { DecodedFrame, FrameContext, FrameRefusal, SealProtocol } from './protocol.ts'
import { newReport, type SealReport } from './report.ts'
import { digitsOf, partsOf } from './times.ts'

const MAX_FRAME = 4096
const CLOSE = 0x29
const [GENERAL_ANSWER, REGISTERED, TIME, PADLOCK_ANSWER, MEDIA_RECEIVED] = [0x8001, 0x8100, 0x8109, 0x4401, 0x8800]
const [REGISTER, ASKS_TIME, MEDIA, TERMINAL_ANSWER] = [0x0100, 0x0109, 0x0801, 0x0001]
const [PADLOCK, PADLOCK_BUFFERED] = [0x5501, 0x5502]
const SUCCESS = 0

function decode(frame: Uint8Array, context: FrameContext): DecodedFrame | FrameRefusal {
  if (frame[0] === OPEN) return frame.at(-1) === CLOSE ? decodeText(textOf(frame), context) : 'malformed'
  if (frame[0] !== MARK && frame[0] !== OTHER_MARK) return 'unknown-frame'
  const read = readFrame(frame)
  if (read === undefined) return 'malformed'
  const reports = readBody(read, context)
  for (const report of reports) addHeader(report, read)
  // What came damaged is not answered: the device sends it again.
  const answer = read.checksumValid ? answerTo(read, context) : undefined
  return answer === undefined ? { reports } : { reports, answer }
}

function addHeader(report: SealReport, { header, body, checksumValid, wireEscaped }: Jt808Frame): void {
  report.deviceId = deviceIdOf(header.id)
  report.checksumValid = checksumValid
  const { messageId, bodyLength, protocolVersion, id, serial, part } = header
  const head = { messageId: idText(messageId), bodyLength, wireEscaped, terminalIdBcd: hexOf(id), serial }
  Object.assign(report.more, head, protocolVersion === undefined ? {} : { protocolVersion }, part === undefined ? {} : { part })
  if (body.length !== bodyLength) report.more.bodyBytes = body.length
}

function readBody({ header, body }: Jt808Frame, { utcOffsetMin }: FrameContext): SealReport[] {
  const { messageId, part, protocolVersion } = header
  const cursor = new Cursor(body)
  // A piece of a longer message is no message: it is kept as it came.
  if (part !== undefined && part.total > 1) return [rawReport(cursor)]
  switch (messageId) {
    case 0x0200:
      return [readLocation(cursor, utcOffsetMin)]
    case 0x0201:
    case 0x0500:
      return body.length < 2 ? [rawReport(cursor)] : [readAnsweredLocation(cursor, utcOffsetMin)]
    case 0x0210:
      if (body.length === STATE_BYTES) return [readState(cursor, utcOffsetMin)]
      return orRaw(readBatch(cursor, messageId, utcOffsetMin), body)
    case 0x0704:
      return orRaw(readBatch(cursor, messageId, utcOffsetMin), body)
    case 0x0900:
      return [readTransparent(cursor, { is2019: protocolVersion !== undefined, utcOffsetMin })].map(report => withRest(report, cursor))
    case PADLOCK:
    case PADLOCK_BUFFERED:
      return [readPadlockLocation(cursor, messageId === PADLOCK_BUFFERED)]
  }
  const row = MESSAGES[messageId]
  if (row === undefined) return [rawReport(cursor)]
  const report = newReport(row.kind)
  row.read?.(cursor, report, { is2019: protocolVersion !== undefined, utcOffsetMin })
  return [withRest(report, cursor)]
}

const orRaw = (reports: SealReport[], body: Uint8Array): SealReport[] => (reports.length > 0 ? reports : [rawReport(new Cursor(body))])

function rawReport(cursor: Cursor): SealReport {
  const report = newReport('other')
  if (cursor.left > 0) report.more.bodyHex = cursor.hex(cursor.left)
  return report
}

function withRest(report: SealReport, cursor: Cursor): SealReport {
  if (cursor.left > 0) report.more.unreadHex = cursor.hex(cursor.left)
  return report
}

const STATE_BYTES = 7

/** The short 0x0210: battery and time. */
function readState(cursor: Cursor, utcOffsetMin: number | undefined): SealReport {
  const report = newReport('report')
  report.batteryPercent = cursor.u8()
  const { sentAtMs } = deviceTime(cursor, utcOffsetMin)
  if (sentAtMs !== undefined) report.sentAtMs = sentAtMs
  return report
}

function answerTo({ header, body }: Jt808Frame, { nowMs }: FrameContext): Uint8Array | undefined {
  const { messageId, serial, attributes } = header
  switch (messageId) {
    case TERMINAL_ANSWER:
      return undefined
    case REGISTER:
      return reply(header, REGISTERED, new ByteWriter().u16(serial).u8(SUCCESS).text(deviceIdOf(header.id)))
    case ASKS_TIME: {
      const [year, ...rest] = partsOf(nowMs)
      return reply(header, TIME, new ByteWriter().u16(year).raw(rest).u8(SUCCESS))
    }
    case MEDIA:
      return body.length >= 4 && header.part === undefined
        ? reply(header, MEDIA_RECEIVED, new ByteWriter().raw(body.subarray(0, 4)))
        : reply(header, GENERAL_ANSWER, general(header))
    case PADLOCK:
    case PADLOCK_BUFFERED:
      if ((attributes & WANTS_ANSWER) === 0) return undefined
      return writeFrame({
        ...replyTo(header),
        messageId: PADLOCK_ANSWER,
        serial: 1,
        serialBytes: 1,
        body: new ByteWriter().u16(messageId).u8(SUCCESS).done(),
      })
    default:
      return reply(header, GENERAL_ANSWER, general(header))
  }
}

const general = ({ serial, messageId }: Jt808Header): ByteWriter => new ByteWriter().u16(serial).u16(messageId).u8(SUCCESS)

const replyTo = ({ mark, protocolVersion, id }: Jt808Header) => ({ mark, protocolVersion, id })

const reply = (header: Jt808Header, messageId: number, body: ByteWriter): Uint8Array =>
  writeFrame({ ...replyTo(header), messageId, serial: 0, body: body.done() })

/** `(id,1,001,WORD,…)`: what the lock answers to a text, or `BASE,2,TIME`, its question for the time. */
function decodeText(text: string, { nowMs }: FrameContext): DecodedFrame {
  const [deviceId = '', ...values] = text.slice(1, -1).split(',')
  const asksTime = values[2] === 'BASE' && values[3] === '2'
  const report = newReport(asksTime ? 'request' : 'answer')
  if (/^\d+$/.test(deviceId)) report.deviceId = deviceId
  Object.assign(report.more, { text, word: values[2] ?? '', values: values.slice(3) })
  if (!asksTime) return { reports: [report] }
  return { reports: [report], answer: bytesOfText(text.replace('TIME', `20${digitsOf(nowMs)}`)) }
}

export const jt808: SealProtocol = {
  name: 'jt808',
  devices: 'GPS padlocks and vehicle terminals by JT/T 808-2013 and -2019: G-300, G-316, G-666, JT709, and most others',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command: jt808Command,
  // 2013 §8.1, table 4; 2019 §8.1 likewise.
  results: {
    1: { ko: '단말이 하지 못함', en: 'the device failed to do it' },
    2: { ko: '단말이 전문을 잘못되었다고 함', en: 'the device calls the message wrong' },
    3: { ko: '단말이 이 명령을 모름', en: 'the device does not know this command' },
  },
  device: { tells: JT808_TELLS, login: jt808Login, encode: encodeJt808, frames, read: readJt808Downlink, answer: answerJt808 },
}
