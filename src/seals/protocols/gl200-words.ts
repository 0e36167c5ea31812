// A Queclink text taken apart, and the words that several of its types share.
import { hexNumberIn } from './fields.ts'
import type { JsonObject, SealReport } from './report.ts'

/** A text taken apart. */
export interface Gl200Text {
  readonly type: string
  readonly values: readonly string[]
  readonly model: string
  /** First field behind the device's identifier and name, and behind a vehicle number where one stands between. */
  readonly bodyAt: number
  readonly places: readonly PlaceAt[]
}

/** A place among the fields: from its accuracy to behind its cell. */
export interface PlaceAt {
  readonly from: number
  readonly to: number
  readonly report: SealReport
}

/** Hours, minutes, seconds. */
export const HOURS = /^(\d{5,7}):(\d\d):(\d\d)$/
/** Country, network, area and cell. */
export const CELL_FIELDS = 4

export function cellAt(values: readonly string[], at: number): JsonObject | undefined {
  const [mcc = '', mnc = '', lac = '', cid = ''] = values.slice(at, at + CELL_FIELDS)
  if (!/^\d{3,4}$/.test(mcc) || !/^\d{2,4}$/.test(mnc) || !/^[0-9a-f]{1,8}$/i.test(lac) || !/^[0-9a-f]{2,9}$/i.test(cid)) return undefined
  return { mcc: Number(mcc), mnc: Number(mnc), lac: hexNumberIn(lac), cid: hexNumberIn(cid) }
}

/** Six or more hex digits: ignition state, inputs, outputs, a byte each. */
export function readStatusWord(word: number, { status, more }: SealReport): void {
  const ignition = (word >>> 16) & 0xff
  if (ignition & 0x10) status.ignition = false
  else if (ignition & 0x20) status.ignition = true
  const [inputs, outputs] = [(word >>> 8) & 0xff, word & 0xff]
  Object.assign(more, { input: inputs, output: outputs })
  Object.assign(status, {
    input1: (inputs & 2) !== 0,
    input2: (inputs & 4) !== 0,
    output1: (outputs & 1) !== 0,
    output2: (outputs & 2) !== 0,
  })
}

/** `12345:12:34` in seconds. */
export function secondsOf(text: string | undefined): number | undefined {
  const [, hours, minutes, seconds] = HOURS.exec(text ?? '') ?? []
  return hours === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
}
