// Queclink's texts. Their fields differ by type, model and firmware, but a place always looks the same: accuracy, speed, course, altitude, longitude and latitude with
// six decimals, time in fourteen digits. So places are found by their look, and what stands before and behind them is read by type (gl200-types.ts).
import { bytesOfText } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { defined, hexNumberIn, numberIn } from './fields.ts'
import { modelOf } from './gl200-models.ts'
import { READ_TYPE } from './gl200-types.ts'
import { CELL_FIELDS, cellAt, type Gl200Text, type PlaceAt } from './gl200-words.ts'
import type { DecodedFrame, FrameRefusal } from './protocol.ts'
import { type JsonObject, newReport, type SealReport, tell } from './report.ts'
import { digitsMs, isoOf } from './times.ts'

/** Types that are an event by being sent. */
export const TYPE_EVENTS: Readonly<Record<string, SealEvent>> = {
  SOS: 'sos',
  SPD: 'overspeed',
  TOW: 'towed',
  IDL: 'idle',
  PNA: 'power-on',
  PFA: 'power-off',
  EPN: 'power-restored',
  MPN: 'power-restored',
  EPF: 'power-cut',
  MPF: 'power-cut',
  BPL: 'low-battery',
  SWG: 'area',
  TMP: 'temperature',
  TEM: 'temperature',
  JDR: 'jamming',
  JDS: 'jamming',
  LSA: 'light',
}

const TIME = /^\d{14}$/
const DEGREES = /^-?\d{1,3}\.\d{6}$/
const IMEI = /^(?:\d{15}|[0-9A-F]{14})$/i
const VEHICLE_NUMBER = /^[0-9A-HJ-NPR-Z]{17}$/i

export function decodeGl200Text(sentence: string): DecodedFrame | FrameRefusal {
  const [, head = '', type = ''] = /^\+(RESP|BUFF|ACK):GT([A-Z0-9]{3}),/.exec(sentence) ?? []
  if (type === '') return 'unknown-frame'
  const values = sentence.split(',')
  // The oldest texts have no protocol version.
  const idAt = IMEI.test(values[1] ?? '') && !IMEI.test(values[2] ?? '') ? 1 : 2
  const deviceId = values[idAt] ?? ''
  if (!/^[0-9A-F]{8,17}$/i.test(deviceId)) return 'malformed'
  const protocol = idAt === 1 ? '' : (values[1] ?? '')
  const reports = head === 'ACK' ? [answerReport(sentence)] : readReports(type, values, idAt, modelOf(protocol))
  const sentMs = digitsMs(values.at(-2) ?? '')
  for (const report of reports) {
    report.deviceId = deviceId
    if (head === 'BUFF') report.buffered = true
    if (report.sentAtMs !== undefined && sentMs !== undefined) report.more.sendTime = isoOf(sentMs)
    if (report.sentAtMs === undefined && sentMs !== undefined) report.sentAtMs = sentMs
    Object.assign(report.more, defined({ type, protocol: protocol === '' ? undefined : protocol, count: hexNumberIn(values.at(-1)) }))
  }
  return { reports, answer: bytesOfText(answerTo(head, type, values)) }
}

function answerTo(head: string, type: string, values: readonly string[]): string {
  const count = values.at(-1) ?? ''
  return head === 'ACK' && type === 'HBD' ? `+SACK:GTHBD,${values[1]},${count}$` : `+SACK:${count}$`
}

function answerReport(sentence: string): SealReport {
  const isHeartbeat = sentence.startsWith('+ACK:GTHBD')
  const report = newReport(isHeartbeat ? 'heartbeat' : 'answer')
  if (!isHeartbeat) report.more.text = sentence.split(',', 1)[0]
  report.more.values = sentence.split(',').slice(3, -2)
  return report
}

function readReports(type: string, values: readonly string[], idAt: number, model: string): SealReport[] {
  // `…,vehicle number,name,…` or `…,name,…`.
  const bodyAt = idAt + (VEHICLE_NUMBER.test(values[idAt + 1] ?? '') ? 3 : 2)
  const places = placesIn(values, bodyAt)
  const text: Gl200Text = { type, values, model, bodyAt, places }
  const reports = places.length > 0 ? places.map(({ report }) => report) : [placeless(values, bodyAt)]
  if (bodyAt === idAt + 3) for (const report of reports) report.more.vin = values[idAt + 1] ?? ''
  const last = reports.at(-1)
  if (last === undefined) return reports
  tell(last, TYPE_EVENTS[type])
  READ_TYPE[type]?.(text, last)
  // What stands before the first place and behind the last, so that nothing is lost that has no name here.
  const first = places[0]?.from ?? bodyAt
  last.more.headFields = values.slice(bodyAt, first)
  last.more.tailFields = values.slice(places.at(-1)?.to ?? bodyAt, -2)
  return reports
}

function placesIn(values: readonly string[], from: number): PlaceAt[] {
  const places: PlaceAt[] = []
  for (let at = from; at + 2 < values.length; at++) {
    if (!DEGREES.test(values[at] ?? '') || !DEGREES.test(values[at + 1] ?? '') || !TIME.test(values[at + 2] ?? '')) continue
    const place = readPlace(values, at)
    places.push(place)
    at = place.to - 1
  }
  return places
}

function readPlace(values: readonly string[], at: number): PlaceAt {
  const report = newReport('report')
  const [hdop, speed, course, altitude] = [4, 3, 2, 1].map(back => numberIn(values[at - back]))
  Object.assign(
    report,
    defined({
      lon: numberIn(values[at]),
      lat: numberIn(values[at + 1]),
      sentAtMs: digitsMs(values[at + 2] ?? ''),
      // Accuracy 0 says that this is the last place known; absent it says nothing.
      fixValid: hdop !== 0,
      speedKmh: speed,
      courseDeg: course,
      altitudeM: altitude,
    }),
  )
  if (hdop !== undefined) report.more.hdop = hdop
  const wifiEnd = readWifi(values, at + 3, report)
  return { from: at - 4, to: readCell(values, wifiEnd, report), report }
}

const MAC = /^[0-9a-f]{12}$/i
const WIFI_FIELDS = 5

/** A count, and five fields for each: address, signal, three empty. */
function readWifi(values: readonly string[], at: number, { more }: SealReport): number {
  if (!/^\d{1,2}$/.test(values[at] ?? '') || !MAC.test(values[at + 1] ?? '') || numberIn(values[at + 2]) === undefined) return at
  const points: JsonObject[] = []
  let next = at + 1
  for (; MAC.test(values[next] ?? '') && numberIn(values[next + 1]) !== undefined; next += WIFI_FIELDS)
    points.push({ mac: values[next], rssiDbm: numberIn(values[next + 1]) })
  more.wifi = points
  return next
}

/** Country, network, area and cell; empty fields are skipped too. */
function readCell(values: readonly string[], at: number, { more }: SealReport): number {
  const cell = cellAt(values, at)
  if (cell !== undefined) more.cells = [cell]
  const isEmpty = values.slice(at, at + CELL_FIELDS).every(value => value === '')
  return cell !== undefined || isEmpty ? Math.min(at + CELL_FIELDS, values.length) : at
}

/** No place: at least the cell. */
function placeless(values: readonly string[], from: number): SealReport {
  const report = newReport('report')
  for (let at = from; at + CELL_FIELDS < values.length; at++) {
    const cell = cellAt(values, at)
    if (cell === undefined) continue
    report.more.cells = [cell]
    break
  }
  return report
}
