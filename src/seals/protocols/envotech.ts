// Envotech trackers with a lock: `$80SLM,event,group,id,time,signal,power,io,analogue,status…'fix@…*checksum#`. Four digits of checksum are CRC-16/MODBUS over all
// from `$` up to `*` (found on the published frames; two digits, as older firmware sends, are kept and not judged). Event 60 locks, 61 unlocks.
// No answer is published. Source: test frames and behaviour of open servers. UTC.
import { bytesOfText, crc16Of, textOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { defined, hexNumberIn } from './fields.ts'
import { between } from './framing.ts'
import type { DecodedFrame, DeviceMessage, FrameRefusal, SealProtocol } from './protocol.ts'
import { newReport, type SealReport, tell } from './report.ts'
import { digitsMs, digitsOf, isoOf } from './times.ts'

const MAX_FRAME = 1024
const KMH_PER_KNOT = 1.852
const DEGREE_DIGITS = 5
const EVENTS: Readonly<Record<number, SealEvent>> = { 96: 'sealed', 97: 'unsealed' }

function decode(frame: Uint8Array): DecodedFrame | FrameRefusal {
  const text = textOf(frame).trim().replace(/#$/, '')
  if (!/^\$\d\d...,/.test(text)) return 'unknown-frame'
  const star = text.lastIndexOf('*')
  const body = star < 0 ? text : text.slice(0, star)
  const [head = '', fix = ''] = split(body, "'")
  const report = readHead(head.split(','))
  if (report === undefined) return 'malformed'
  const [place = '', ...blocks] = fix.split('@')
  readFix(place, report)
  if (blocks.length > 0) report.more.blocks = blocks
  const checksum = star < 0 ? undefined : text.slice(star + 1)
  if (checksum !== undefined) report.more.checksum = checksum
  if (checksum !== undefined && /^[0-9A-Fa-f]{4}$/.test(checksum)) report.checksumValid = Number.parseInt(checksum, 16) === crc16(body)
  return { reports: [report] }
}

function split(text: string, letter: string): readonly [string, string] {
  const at = text.indexOf(letter)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function readHead(fields: readonly string[]): SealReport | undefined {
  const [start = '', event = '', group, deviceId, time = '', signal = '', power = '', io = '', analogue = '', status, ...unread] = fields
  const code = hexNumberIn(event)
  if (code === undefined || deviceId === undefined || !/^[0-9A-Fa-f]+$/.test(deviceId)) return undefined
  const report = newReport('report')
  report.deviceId = deviceId
  tell(report, EVENTS[code])
  if (EVENTS[code]) report.status.locked = code === 0x60
  const word = hexNumberIn(status)
  if (word !== undefined) report.status.word = `0x${word.toString(16).padStart(8, '0')}`
  Object.assign(report, defined({ sentAtMs: digitsMs(time, 'dmy') }))
  const [, connection, rssi, network] = /^(..)(\d\d)(\d{5})$/.exec(signal) ?? []
  const [, powerDigits, batteryDigits] = /^(\d{3})(\d{3})$/.exec(power) ?? []
  const [, inputs, outputs] = /^(..)(..)$/.exec(io) ?? []
  Object.assign(report, defined({ powerV: hundredths(powerDigits), batteryV: hundredths(batteryDigits) }))
  const named = {
    mode: start.slice(1, 3),
    hardware: start.slice(3),
    event: code,
    group,
    connection,
    gsmSignal: rssi === undefined ? undefined : Number(rssi),
    network,
    inputs: hexNumberIn(inputs),
    outputs: hexNumberIn(outputs),
    // Three digits of fuel, then three of weight, each where it is fitted.
    fuel: hexNumberIn(analogue.slice(0, 3)),
    weight: hexNumberIn(analogue.slice(3, 6)),
    unreadFields: unread.length > 0 ? unread : undefined,
  }
  Object.assign(report.more, defined(named))
  return report
}

const hundredths = (digits: string | undefined): number | undefined => (digits === undefined ? undefined : Number(digits) / 100)

/** `DDMMYYhhmmss`, fix, latitude, longitude with five decimals unwritten, speed in knots, course. */
function readFix(text: string, report: SealReport): void {
  const [, time = '', fix, lat, ns, lon, ew, speed, course, unread] =
    /^(\d{12})(\d)(\d{6,8})([NS])(\d{6,9})([EW])(\d{3})(\d{3})(.*)$/.exec(text) ?? []
  if (fix === undefined) {
    if (text !== '') report.more.unreadFix = text
    return
  }
  const fixedAtMs = digitsMs(time, 'dmy')
  // The head tells when it was sent; the place is as old as its own time.
  if (report.sentAtMs !== undefined && fixedAtMs !== report.sentAtMs) report.more.headTime = isoOf(report.sentAtMs)
  const place = { lat: degrees(lat, ns), lon: degrees(lon, ew), fixValid: fix !== '0' }
  const motion = { speedKmh: Math.round(Number(speed) * KMH_PER_KNOT * 1000) / 1000, courseDeg: Number(course) }
  Object.assign(report, defined({ sentAtMs: fixedAtMs, ...place, ...motion }))
  if (unread) report.more.unreadFix = unread
}

function degrees(digits = '', letter: string | undefined): number {
  const value = Number(`${digits.slice(0, -DEGREE_DIGITS)}.${digits.slice(-DEGREE_DIGITS)}`)
  return letter === 'S' || letter === 'W' ? 0 - value : value
}

const crc16 = (text: string): number => crc16Of(bytesOfText(text), 0, text.length)

function encode(message: DeviceMessage): Uint8Array {
  const event = message.event === 'sealed' ? '60' : message.event === 'unsealed' ? '61' : '02'
  const when = digitsOf(message.sentAtMs, 'dmy')
  const fixed = (value: number, digits: number): string => String(Math.round(Math.abs(value) * 1e5)).padStart(digits, '0')
  const place = `${fixed(message.lat, 7)}${message.lat < 0 ? 'S' : 'N'}${fixed(message.lon, 8)}${message.lon < 0 ? 'W' : 'E'}`
  const three = (value: number): string => String(Math.round(value)).padStart(3, '0')
  const motion = `${three(message.speedKmh / KMH_PER_KNOT)}${three(message.courseDeg)}`
  const body = `$80SLM,${event},000F,${message.deviceId},${when},AF2045005,000400,0000,000,00000000,00000000'${when}${message.fixValid ? 1 : 0}${place}${motion}`
  return bytesOfText(`${body}*${crc16(body).toString(16).toUpperCase().padStart(4, '0')}#`)
}

export const envotech: SealProtocol = {
  name: 'envotech',
  devices: 'Envotech trackers with a lock',
  frames: between(0x24, 0x23),
  maxFrameBytes: MAX_FRAME,
  decode,
  command: () => ({ refused: 'no-commands' }),
  device: { tells: Object.values(EVENTS), encode },
}
