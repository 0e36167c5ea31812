// Queclink's CAN: what the vehicle's bus says, field by field under a mask of 32 bits, a second one, and a third. The place is found by its look.
import { bit } from './bytes.ts'
import { hexNumberIn, numberIn } from './fields.ts'
import type { Gl200Text } from './gl200-words.ts'
import { putIn, type SealReport } from './report.ts'

type Convert = (text: string) => string | number | undefined
const asText: Convert = text => text
/** `H149381`, `P94.80`, `L/H1.5`: a letter for the unit before the number. */
const behindUnit: Convert = text => numberIn(text.replace(/^[A-Z/]+/, ''))

type Row = readonly [bit: number, name: string, convert: Convert]

/** In the order in which they stand: rpm before speed. */
const FIRST: readonly Row[] = [
  [0, 'vin', asText],
  [1, 'ignition', numberIn],
  [2, 'odometer', behindUnit],
  [3, 'fuelUsed', numberIn],
  [5, 'rpm', numberIn],
  [4, 'speedKmh', numberIn],
  [6, 'coolantC', numberIn],
  [7, 'fuelConsumption', behindUnit],
  [8, 'fuel', behindUnit],
  [9, 'range', numberIn],
  [10, 'throttlePercent', numberIn],
  [11, 'engineHours', numberIn],
  [12, 'drivingHours', numberIn],
  [13, 'idleHours', numberIn],
  [14, 'idleFuel', numberIn],
  [15, 'axleWeight', numberIn],
  [16, 'tachograph', hexNumberIn],
  [17, 'indicators', hexNumberIn],
  [18, 'lights', hexNumberIn],
  [19, 'doors', hexNumberIn],
  [20, 'overspeedHours', numberIn],
  [21, 'engineOverspeedHours', numberIn],
]
/** Bits 22 to 28 have fields with some models only. */
const OF_MODEL: Readonly<Record<string, readonly number[]>> = { GV350M: [22, 23, 24], GV355CEU: [22, 23, 24, 25, 26, 27, 28] }
const SECOND_MASK = 29
const SECOND: readonly Row[] = [
  [0, 'adBluePercent', behindUnit],
  [1, 'axleWeight1', numberIn],
  [2, 'axleWeight3', numberIn],
  [3, 'axleWeight4', numberIn],
  [4, 'tachographOverspeed', asText],
  [5, 'tachographMotion', asText],
  [6, 'tachographDirection', asText],
  [7, 'analogMv', numberIn],
  [8, 'pedalBraking', asText],
  [9, 'engineBraking', asText],
  [10, 'kickDowns', asText],
  [11, 'effectiveSpeedHours', asText],
  [12, 'cruiseHours', asText],
  [13, 'kickDownHours', asText],
  [14, 'brakeApplications', asText],
  [15, 'driver1Card', asText],
  [16, 'driver2Card', asText],
  [17, 'driver1Name', asText],
  [18, 'driver2Name', asText],
  [19, 'registration', asText],
]

export function readCan({ values, bodyAt, model, places }: Gl200Text, report: SealReport): void {
  const mask = hexNumberIn(values[bodyAt + 2])
  if (mask === undefined) return
  report.more.mask = values[bodyAt + 2]
  const end = places[0]?.from ?? values.length - 2
  let at = bodyAt + 3
  const read = (rows: readonly Row[], bits: number): void => {
    for (const [place, name, convert] of rows) {
      if (!bit(bits, place) || at >= end) continue
      const text = values[at++] ?? ''
      const value = text === '' ? undefined : convert(text)
      if (value !== undefined) putIn(report, 'obd', name, value)
    }
  }
  read(FIRST, mask)
  for (const place of OF_MODEL[model] ?? []) if (bit(mask, place)) at++
  if (bit(mask, SECOND_MASK) && at < end) read(SECOND, hexNumberIn(values[at++]) ?? 0)
  const obd = report.more.obd
  if (typeof obd !== 'object' || Array.isArray(obd)) return
  const known = new Map(Object.entries(obd))
  if (known.has('ignition')) report.status.ignition = known.get('ignition') !== 0
  const vin = known.get('vin')
  if (typeof vin === 'string') report.more.vin = vin
}
