// Meitrack's AAA text and its event numbers.
import type { SealEvent } from './events.ts'
import { defined, hexNumberIn, numberIn } from './fields.ts'
import { type JsonObject, newReport, putIn, type SealReport, tell } from './report.ts'
import { digitsMs } from './times.ts'

export const MEITRACK_EVENTS: ReadonlyMap<number, SealEvent> = new Map([
  [1, 'sos'],
  [17, 'low-battery'],
  [18, 'low-power'],
  [19, 'overspeed'],
  [20, 'entered-area'],
  [21, 'left-area'],
  [22, 'power-restored'],
  [23, 'power-cut'],
  [28, 'gps-antenna-fault'],
  [36, 'towed'],
  [40, 'power-off'],
  [41, 'parked'],
  [42, 'moved'],
  [44, 'jamming'],
  [50, 'temperature'],
  [51, 'temperature'],
  [78, 'accident'],
  [90, 'harsh-cornering'],
  [91, 'harsh-cornering'],
  [129, 'harsh-braking'],
  [130, 'harsh-acceleration'],
  [135, 'fatigue'],
])
/** A card was held to the reader. */
const CARD = 37
const TEMPERATURE_BY_HUNDREDTHS = 3

/** What stands behind `AAA,`; undefined where there is no place in it. */
export function readMeitrackText(text: string): SealReport | undefined {
  const values = text.split(',')
  // A count of records waiting may stand before the event.
  if (!/^-?\d+\.\d+$/.test(values[1] ?? '')) values.shift()
  const [event, lat, lon, time, fix, satellites, gsm, speed, course, hdop, altitude, odometer, runtime, cell, io, analog, ...extra] = values
  const place = { lat: numberIn(lat), lon: numberIn(lon) }
  const code = numberIn(event)
  if (place.lat === undefined || place.lon === undefined || code === undefined) return undefined
  const report = newReport('report')
  Object.assign(
    report,
    defined({
      ...place,
      sentAtMs: digitsMs(time ?? ''),
      fixValid: fix === 'A',
      satellites: numberIn(satellites),
      speedKmh: numberIn(speed),
      courseDeg: numberIn(course),
      altitudeM: numberIn(altitude),
      odometerM: numberIn(odometer),
    }),
  )
  tell(report, MEITRACK_EVENTS.get(code))
  Object.assign(report.more, defined({ event: code, gsmSignal: numberIn(gsm), hdop: numberIn(hdop), runtimeS: numberIn(runtime) }))
  readCell(cell, report)
  if (/^[0-9A-Fa-f]{4}$/.test(io ?? ''))
    Object.assign(report.more, { input: hexNumberIn(io?.slice(0, 2)), output: hexNumberIn(io?.slice(2)) })
  readAnalog(analog, report)
  readExtra(extra, code, report)
  return report
}

function readCell(text = '', { more }: SealReport): void {
  const [mcc, mnc, lac, cid] = text.split('|')
  if (numberIn(mcc)) more.cells = [defined({ mcc: numberIn(mcc), mnc: numberIn(mnc), lac: hexNumberIn(lac), cid: hexNumberIn(cid) })]
}

/** Volts as they are (battery, power, clock, processor, receiver), or five hex numbers, the last two being battery and power in hundredths. */
function readAnalog(text = '', report: SealReport): void {
  const values = text.split('|')
  if (values[0]?.includes('.')) {
    const [battery, power, clockV, processorV, receiverV] = values.map(numberIn)
    Object.assign(report, defined({ batteryV: battery, powerV: power }))
    Object.assign(report.more, defined({ clockV, processorV, receiverV }))
    return
  }
  const [a, b, c, battery, power] = values.map(hexNumberIn)
  for (const [at, value] of [a, b, c].entries()) if (value !== undefined) putIn(report, 'adc', at + 1, value)
  if (battery !== undefined) report.batteryV = battery / 100
  if (power !== undefined) report.powerV = power / 100
}

/** What the event carries, the protocol's number, fuel, temperatures, then a count and fields by place. */
function readExtra(extra: readonly string[], code: number, report: SealReport): void {
  const [eventData = '', reserved = '', protocol, fuel, temperatures = '', count, ...data] = extra
  if (eventData !== '') {
    if (code === CARD) report.more.card = eventData
    else report.more.eventData = eventData
  }
  const version = numberIn(protocol) ?? 0
  const more: JsonObject = { reserved: reserved === '' ? undefined : reserved, protocol: numberIn(protocol), fuelPercent: percentIn(fuel) }
  Object.assign(report.more, defined(more))
  for (const temperature of temperatures.split('|')) {
    if (!/^[0-9A-Fa-f]{6}$/.test(temperature)) continue
    putIn(report, 'temperaturesC', Number.parseInt(temperature.slice(0, 2), 16), degreesIn(temperature.slice(2), version))
  }
  if (count === undefined) return
  if (data.some(value => value !== '')) report.more.data = data
  const [, text, , , , taximeter] = data
  if (text) report.more.temperatureData = text
  if (taximeter) readTaximeter(taximeter.split('|'), report.more)
}

function percentIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^[0-9A-Fa-f]{4}$/.test(text)) return undefined
  return Number.parseInt(text.slice(0, 2), 16) + Number.parseInt(text.slice(2), 16) / 100
}

/** Hundredths in two bytes from protocol 3 on; before, a signed byte and hundredths. */
function degreesIn(hex: string, version: number): number {
  const word = Number.parseInt(hex, 16)
  if (version >= TEMPERATURE_BY_HUNDREDTHS) return ((word << 16) >> 16) / 100
  const whole = (word << 16) >> 24
  return whole + ((whole < 0 ? -1 : 1) * (word & 0xff)) / 100
}

function readTaximeter([state = '', start, end, distance, fare, trip, wait]: readonly string[], more: JsonObject): void {
  more.taximeter = defined({ on: state.charAt(1) === '0', start, end, distance: numberIn(distance), fare: numberIn(fare), trip, wait })
}
