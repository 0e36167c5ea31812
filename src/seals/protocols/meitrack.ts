// Meitrack trackers (T and MVT series, TC68 and the P88L lock): `$$flag length,imei,command,…*sum`, the length from the first comma to the end. Commands AAA (text),
// CCC (binary, fixed) and CCE (binary, by parameter number) are places; AAC, D03, D82 and others talk with the centre. Sources: Meitrack GPRS Protocol as
// open servers read it, and their test frames. UTC.
import { ByteWriter, bytesOfText, Cursor, sumOf, textOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { numberIn } from './fields.ts'
import { type FrameRule, find, skipTo } from './framing.ts'
import { readFixedRecords, readParameterRecords } from './meitrack-binary.ts'
import { MEITRACK_EVENTS, readMeitrackText } from './meitrack-text.ts'
import type { DecodedFrame, DeviceMessage, Downlink, FrameRefusal, SealProtocol } from './protocol.ts'
import { newReport, type SealReport } from './report.ts'
import { digitsOf } from './times.ts'

const MAX_FRAME = 8192
const [DOLLAR, AT, COMMA, STAR] = [0x24, 0x40, 0x2c, 0x2a]
/** Mark twice, flag, and at most five digits of length before the comma. */
const MAX_HEAD = 9
const LENGTH_AT = 3
const TAIL = 5
const COMMAND_LETTERS = 3

/** `mark` twice, a flag, the length in digits up to the comma. */
const framesOf =
  (mark: number): FrameRule =>
  (bytes, from, to) => {
    if (bytes[from] !== mark) return -skipTo(bytes, mark, from, to)
    if (from + 1 < to && bytes[from + 1] !== mark) return -1
    const comma = find(bytes, COMMA, from, Math.min(to, from + MAX_HEAD))
    if (comma < 0) return to - from >= MAX_HEAD ? -1 : 0
    const digits = textOf(bytes, from + LENGTH_AT, comma)
    if (!/^\d{1,5}$/.test(digits)) return -1
    const length = comma - from + Number(digits)
    if (length > MAX_FRAME) return -1
    return length <= to - from ? length : 0
  }

function decode(frame: Uint8Array): DecodedFrame | FrameRefusal {
  if (frame[0] !== DOLLAR || frame[1] !== DOLLAR) return 'unknown-frame'
  const first = frame.indexOf(COMMA)
  const second = frame.indexOf(COMMA, first + 1)
  if (first < 0 || second < 0) return 'malformed'
  const imei = textOf(frame, first + 1, second)
  const command = textOf(frame, second + 1, second + 1 + COMMAND_LETTERS)
  if (!/^\d{10,17}$/.test(imei) || !/^[0-9A-Z]{3}$/.test(command)) return 'malformed'
  const end = endOf(frame)
  const body = new Cursor(frame, Math.min(second + 2 + COMMAND_LETTERS, end), end)
  const reports = readBody(command, body)
  const flag = String.fromCharCode(frame[2]!)
  const isSummed = frame[end] === STAR && frame.length >= end + 3
  const wanted = isSummed ? Number.parseInt(textOf(frame, end + 1, end + 3), 16) : Number.NaN
  for (const report of reports) {
    report.deviceId = imei
    if (isSummed) report.checksumValid = sumOf(frame, 0, end + 1) === wanted
    Object.assign(report.more, { command, flag })
  }
  const answer = reports[0]?.checksumValid === false ? undefined : answerTo(command, flag, imei, reports, body)
  return answer === undefined ? { reports } : { reports, answer }
}

/** Where the star before the checksum stands; binary content may hold others. */
function endOf(frame: Uint8Array): number {
  let end = frame.length
  while (end > 0 && (frame[end - 1] === 0x0a || frame[end - 1] === 0x0d)) end--
  return frame[end - 3] === STAR ? end - 3 : end
}

function readBody(command: string, body: Cursor): SealReport[] {
  const raw = (kind: 'answer' | 'heartbeat' | 'other'): SealReport[] => {
    const report = newReport(kind)
    if (body.left > 0) report.more.text = `${command},${body.text(body.left)}`
    return [report]
  }
  switch (command) {
    case 'CCC':
      return orRaw(readFixedRecords(body), body)
    case 'CCE':
      return orRaw(readParameterRecords(body), body)
    case 'AAC':
      return raw('heartbeat')
    case 'D00':
      return [readPhoto(body)]
    default: {
      // AAA, and AFF with a count before it, are places; answers to commands have the same form.
      const report = readMeitrackText(textOf(body.bytes, body.at, body.end))
      return report === undefined ? raw(command === 'AAA' ? 'other' : 'answer') : [report]
    }
  }
}

function orRaw(reports: SealReport[], body: Cursor): SealReport[] {
  if (reports.length > 0) return reports
  const report = newReport('other')
  report.more.bodyHex = new Cursor(body.bytes, body.at, body.end).hex(body.left)
  return [report]
}

/** A piece of a photo: `name,pieces,number,` and its bytes. */
function readPhoto(body: Cursor): SealReport {
  const report = newReport('answer')
  const fields: string[] = []
  while (fields.length < 3) {
    const comma = find(body.bytes, COMMA, body.at, body.end)
    if (comma < 0) break
    fields.push(body.text(comma - body.at))
    body.skip(1)
  }
  const [file, pieces, number] = fields
  report.more.photo = { file, pieces: numberIn(pieces), number: numberIn(number), dataHex: body.hex(body.left) }
  return report
}

const PHOTO = 'camera_picture.jpg'
/** So many pieces come for one question. */
const PIECES_A_TURN = 8

function answerTo(command: string, flag: string, imei: string, reports: readonly SealReport[], body: Cursor): Uint8Array | undefined {
  if (command === 'AAC') return sentence('z', imei, 'AAC,1')
  if (command === 'CCC') return reports[0]?.kind === 'other' ? undefined : sentence(flag, imei, `CCC,${reports.length}`)
  if (command === 'D03') return sentence('O', imei, `D00,${PHOTO},0`)
  if (command !== 'D00') return undefined
  const [file, pieces, number] = textOf(body.bytes, 0, body.end).split(',').slice(3, 6)
  const next = (numberIn(number) ?? Number.NaN) + 1
  const isLast = next >= (numberIn(pieces) ?? 0)
  return !isLast && next % PIECES_A_TURN === 0 ? sentence('O', imei, `D00,${file},${next}`) : undefined
}

/** `@@`, flag, length, identifier and content, with the sum of all up to the star. */
export function sentence(flag: string, imei: string, content: string, mark = '@@'): Uint8Array {
  const length = 1 + imei.length + 1 + content.length + TAIL
  return closed(bytesOfText(`${mark}${flag}${String(length).padStart(2, '0')},${imei},${content}*`))
}

const closed = (bytes: Uint8Array): Uint8Array =>
  new ByteWriter()
    .raw(bytes)
    .text(`${sumOf(bytes, 0, bytes.length).toString(16).toUpperCase().padStart(2, '0')}\r\n`)
    .done()

const CODE_OF: ReadonlyMap<SealEvent | undefined, number> = new Map([...MEITRACK_EVENTS].reverse().map(([code, event]) => [event, code]))
const BY_TIME = 35

function encode(message: DeviceMessage): Uint8Array {
  const place = `${message.lat.toFixed(6)},${message.lon.toFixed(6)},${digitsOf(message.sentAtMs)},${message.fixValid ? 'A' : 'V'}`
  const motion = `${message.fixValid ? 9 : 0},22,${Math.round(message.speedKmh)},${Math.round(message.courseDeg)},1.1,0,0,0`
  const battery = Math.round(message.batteryPercent * 4.2)
    .toString(16)
    .toUpperCase()
    .padStart(4, '0')
  const content = `AAA,${CODE_OF.get(message.event) ?? BY_TIME},${place},${motion},450|5|0000|0000,0000,0000|0000|0000|${battery}|0000,${message.card ?? ''},`
  return sentence('A', message.deviceId, content, '$$')
}

export const meitrack: SealProtocol = {
  name: 'meitrack',
  devices: 'Meitrack T, MVT, TC68, P88L',
  frames: framesOf(DOLLAR),
  maxFrameBytes: MAX_FRAME,
  decode,
  command: () => ({ refused: 'no-commands' }),
  device: {
    tells: [...new Set(MEITRACK_EVENTS.values())],
    login: deviceId => sentence('z', deviceId, 'AAC,1', '$$'),
    encode,
    frames: framesOf(AT),
    read: (frame): Downlink => (/,(AAC|CCC),/.test(textOf(frame)) ? { kind: 'acknowledged' } : { kind: 'other' }),
  },
}
