// R16H strap lock: `@GPSD,…$` a place by satellites, `@LBSD,…$` by radio cells, `@LINK,imei$` who speaks. No checksum, no answer is published, UTC.
import { bytesOfText, textOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { defined, degreesIn, hexNumberIn, numberIn } from './fields.ts'
import { between } from './framing.ts'
import type { DecodedFrame, DeviceMessage, FrameRefusal, SealProtocol } from './protocol.ts'
import { newReport, type SealReport, tell } from './report.ts'
import { digitsMs, digitsOf } from './times.ts'

const MAX_FRAME = 512

const ALARMS: Readonly<Record<string, SealEvent>> = { SOS: 'sos', LBT: 'low-battery', ULK: 'unlock-alarm' }

function decode(frame: Uint8Array): DecodedFrame | FrameRefusal {
  const [word, deviceId = '', ...values] = textOf(frame).trim().replace(/\$$/, '').split(',')
  const read = word === '@GPSD' ? readPlace : word === '@LBSD' ? readCell : undefined
  if (read === undefined && word !== '@LINK') return 'unknown-frame'
  if (!/^\d{8,17}$/.test(deviceId)) return 'malformed'
  const report = read === undefined ? newReport('login') : read(values)
  if (report === undefined) return 'malformed'
  report.deviceId = deviceId
  return { reports: [report] }
}

function readPlace(values: readonly string[]): SealReport | undefined {
  const [history, date, time, lat, ns, lon, ew, speed, course, altitude, battery, strap, alarm, ...unread] = values
  const place = { lat: degreesIn(lat, ns, 90), lon: degreesIn(lon, ew, 180) }
  if (place.lat === undefined || place.lon === undefined) return undefined
  const report = newReport('report')
  // Degrees are sent without a word on the fix: that they are sent says that there was one.
  const motion = { speedKmh: numberIn(speed), courseDeg: numberIn(course), altitudeM: numberIn(altitude) }
  Object.assign(report, defined({ sentAtMs: digitsMs(`${date}${time}`), fixValid: true, ...place, ...motion }))
  return withState(report, { history, battery, strap, alarm, unread })
}

function readCell(values: readonly string[]): SealReport | undefined {
  const [history, date, time, cell = '', , , battery, strap, alarm, ...unread] = values
  const [, mcc, mnc, lac, cid, rssi] = /^(\d+)-(\d+)-([0-9a-f]+)-([0-9a-f]+):(-?\d+)$/i.exec(cell) ?? []
  if (mcc === undefined) return undefined
  const report = newReport('report')
  Object.assign(report, defined({ sentAtMs: digitsMs(`${date}${time}`), fixValid: false }))
  report.more.cells = [{ mcc: Number(mcc), mnc: Number(mnc), lac: hexNumberIn(lac), cid: hexNumberIn(cid), rssiDbm: Number(rssi) }]
  return withState(report, { history, battery, strap, alarm, unread })
}

interface StateFields {
  readonly history: string | undefined
  readonly battery: string | undefined
  readonly strap: string | undefined
  readonly alarm: string | undefined
  readonly unread: readonly string[]
}

function withState(report: SealReport, { history, battery, strap, alarm = '', unread }: StateFields): SealReport {
  if (history === 'S') report.buffered = true
  Object.assign(report, defined({ batteryPercent: numberIn(battery) }))
  if (strap === 'L' || strap === 'R') report.status.locked = strap === 'L'
  tell(report, ALARMS[alarm])
  if (alarm !== '') report.more.alarm = alarm
  if (unread.some(value => value !== '')) report.more.unreadFields = unread
  return report
}

const ALARM_OF: ReadonlyMap<SealEvent | undefined, string> = new Map(Object.entries(ALARMS).map(([alarm, event]) => [event, alarm]))

function encode(message: DeviceMessage): Uint8Array {
  const when = digitsOf(message.sentAtMs)
  const place = `${Math.abs(message.lat).toFixed(6)},${message.lat < 0 ? 'S' : 'N'},${Math.abs(message.lon).toFixed(6)},${message.lon < 0 ? 'W' : 'E'}`
  const motion = `${Math.round(message.speedKmh)},${Math.round(message.courseDeg)},0`
  const state = `${message.batteryPercent},${message.locked ? 'L' : 'R'},${ALARM_OF.get(message.event) ?? ''}`
  const head = `@GPSD,${message.deviceId},${message.buffered ? 'S' : 'R'},20${when.slice(0, 6)},${when.slice(6)}`
  return bytesOfText(`${head},${place},${motion},${state}$`)
}

export const r16h: SealProtocol = {
  name: 'r16h',
  devices: 'R16H strap locks',
  frames: between(0x40, 0x24),
  maxFrameBytes: MAX_FRAME,
  decode,
  command: () => ({ refused: 'no-commands' }),
  device: { tells: Object.values(ALARMS), login: deviceId => bytesOfText(`@LINK,${deviceId}$`), encode },
}
