// Queclink's INF: what the device says about itself.
import { defined, numberIn } from './fields.ts'
import type { Gl200Text } from './gl200-words.ts'
import { putIn, type SealReport } from './report.ts'

/** State → ignition and movement; first digit: 1 off, 2 on, 4 without ignition. */
const STATES: Readonly<Record<string, readonly [ignition: boolean | undefined, moving: boolean]>> = {
  '11': [false, false],
  '12': [false, true],
  '16': [false, true],
  '1A': [false, true],
  '21': [true, false],
  '22': [true, true],
  '41': [undefined, false],
  '42': [undefined, true],
}
const LAST_ANALOG = 3

export function readInformation({ values, bodyAt, model }: Gl200Text, report: SealReport): void {
  let at = bodyAt
  const next = (): string => values[at++] ?? ''
  const state = next().toUpperCase()
  const [ignition, moving] = STATES[state] ?? []
  Object.assign(report.status, defined({ ignition, moving }))
  const iccid = next()
  Object.assign(report.more, defined({ state, iccid: iccid === '' ? undefined : iccid, gsmSignal: numberIn(next()) }))
  next()
  const supply = next()
  report.more.externalSupply = supply
  // A radio sensor stands between where there is one: its address, temperature, humidity.
  if ((values[at + 1] ?? '').length >= 12) {
    next()
    Object.assign(report.more, defined({ sensorMac: next(), deviceC: numberIn(next()), humidityPercent: numberIn(next()) }))
  }
  readPower(next(), report)
  readVoltages(next, model, report)
  if (model === 'GV310LAU') {
    at += 5
    for (let n = 1; n <= LAST_ANALOG; n++) {
      const value = numberIn(next())
      if (value !== undefined) putIn(report, 'adc', n, value)
    }
  }
}

/** Kilometres where there is a point, else millivolts. */
function readPower(text: string, report: SealReport): void {
  const value = numberIn(text)
  if (value === undefined) return
  if (text.includes('.')) report.odometerM = Math.round(value * 1000)
  else if (value > 1) report.powerV = value / 1000
}

function readVoltages(next: () => string, model: string, report: SealReport): void {
  if (model !== 'GV500VC') {
    const second = numberIn(next())
    if (second !== undefined && second > 1 && model !== 'GV350M' && model !== 'GV310LAU') report.more.power2V = second / 1000
  }
  const battery = numberIn(next())
  if (battery !== undefined) report.batteryV = battery
  // The last but one of what follows: 1 while charging.
  const [led, charging] = [next(), next()]
  if (led !== '' && charging === '1') report.status.charging = true
}
