// What a maker's report says, as the pass takes it.
import type { HeardReport } from '../pass-contract.ts'
import type { SealReport } from '../protocols/index.ts'

/** A report without a time of the device's own is of when it came. */
export function heardOf(report: SealReport, seal: string, receivedAtMs: number, mark: number): HeardReport {
  const { lat, lon, fixValid, speedKmh, courseDeg, batteryPercent, events, status, more } = report
  const card = textIn(more.card) ?? textIn(more.rfidCard)
  const locked = status.locked
  const hdop = more.hdop
  return {
    seal,
    atMs: report.sentAtMs ?? receivedAtMs,
    receivedAtMs,
    events,
    mark,
    ...(lat === undefined || lon === undefined ? {} : { lat, lon }),
    ...(fixValid === undefined ? {} : { fixValid }),
    ...(speedKmh === undefined ? {} : { speedKmh }),
    ...(courseDeg === undefined ? {} : { courseDeg }),
    ...(batteryPercent === undefined ? {} : { batteryPercent }),
    ...(typeof locked === 'boolean' ? { locked } : {}),
    ...(typeof hdop === 'number' ? { hdop } : {}),
    ...(status.lbsFix === true ? { byCells: true } : {}),
    ...(report.buffered ? { buffered: true } : {}),
    ...(card === undefined ? {} : { card }),
  }
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
