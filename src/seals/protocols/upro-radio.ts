// UPRO's fields of radio cells, and the field X: cells by comma, or values in parentheses by letter.
import { hexNumberIn, numberIn } from './fields.ts'
import { type JsonObject, putIn, type SealReport } from './report.ts'

/** A count, country and network, then cells of ten digits (area, cell, signal in decimal) or fourteen (cell of eight, signal in hex). */
export function readCells(value: string, size: 10 | 14, { more }: SealReport): boolean {
  const count = numberIn(value.charAt(0))
  if (count === undefined || count === 0 || value.length !== 6 + count * size) return false
  const [mcc, mnc] = [numberIn(value.slice(1, 4)), numberIn(value.slice(4, 6))]
  if (mcc === undefined || mnc === undefined) return false
  const cells: JsonObject[] = []
  for (let at = 6; at < value.length; at += size) {
    const [lac, cid] = [hexNumberIn(value.slice(at, at + 4)), hexNumberIn(value.slice(at + 4, at + size - 2))]
    const signal = value.slice(at + size - 2, at + size)
    cells.push({ mcc, mnc, lac, cid, rssi: size === 10 ? numberIn(signal) : hexNumberIn(signal) })
  }
  more.cells = [...(Array.isArray(more.cells) ? more.cells : []), ...cells]
  return true
}

/** Field X. */
export function readExtended(value: string, report: SealReport): boolean {
  const text = value.trim()
  return text.startsWith('(') ? readValues(text, report) : readListedCells(text, report)
}

const TIMEZONE = 'J'
const ICCID = 'k'

function readValues(text: string, report: SealReport): boolean {
  for (const parameter of text.slice(1).replace(/\)$/, '').split(')(')) {
    const [letter, rest] = [parameter.charAt(0), parameter.slice(1)]
    if (letter === TIMEZONE) report.more.timezone = rest
    else if (letter === ICCID) report.more.iccid = rest
    const word = /^([A-Z]{3,}),(.*)$/.exec(parameter)
    const values = report.more.parameters
    const name = word?.[1] ?? letter
    const known = typeof values === 'object' && !Array.isArray(values) ? new Map(Object.entries(values)).get(name) : undefined
    const content = word?.[2] ?? rest
    // A name may come several times.
    putIn(report, 'parameters', name, known === undefined ? content : `${known};${content}`)
  }
  return true
}

/** `mcc,mnc,lac,cid,signal;lac,cid,signal;…`. */
function readListedCells(text: string, { more }: SealReport): boolean {
  const [first = '', ...others] = text.split(';').map(part => part.split(',').map(numberIn))
  const [mcc, mnc, ...head] = first
  const rows = [head, ...others]
  if (mcc === undefined || mnc === undefined || rows.some(row => row.length !== 3 || row.includes(undefined))) return false
  more.cells = rows.map(([lac, cid, rssi]) => ({ mcc, mnc, lac, cid, rssi }))
  return true
}
