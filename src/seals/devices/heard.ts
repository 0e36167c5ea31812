// What a maker's report says, as the pass takes it. HOT PATH: fields are put in one by one, spreading costs ten times as much.
import type { HeardReport } from '../pass-contract.ts'
import type { SealEvent, SealReport } from '../protocols/index.ts'

const NO_EVENTS: readonly SealEvent[] = []
type Filled = { -readonly [Key in keyof HeardReport]: HeardReport[Key] }

/** A report without a time of the device's own is of when it came. */
export function heardOf(report: SealReport, seal: string, receivedAtMs: number, mark: number): HeardReport {
  const { status, more } = report
  const heard: Filled = {
    seal,
    atMs: report.sentAtMs ?? receivedAtMs,
    receivedAtMs,
    events: report.events.length > 0 ? report.events : NO_EVENTS,
    mark,
  }
  if (report.lat !== undefined && report.lon !== undefined) {
    heard.lat = report.lat
    heard.lon = report.lon
  }
  if (report.fixValid !== undefined) heard.fixValid = report.fixValid
  if (report.speedKmh !== undefined) heard.speedKmh = report.speedKmh
  if (report.courseDeg !== undefined) heard.courseDeg = report.courseDeg
  if (report.batteryPercent !== undefined) heard.batteryPercent = report.batteryPercent
  if (typeof status.locked === 'boolean') heard.locked = status.locked
  if (typeof more.hdop === 'number') heard.hdop = more.hdop
  if (status.lbsFix === true) heard.byCells = true
  if (report.buffered) heard.buffered = true
  const card = textIn(more.card) ?? textIn(more.rfidCard)
  if (card !== undefined) heard.card = card
  return heard
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
