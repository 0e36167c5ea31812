// What a frame says, the same shape for every maker. A report is a plain object that goes to JSON as it stands: units in the names, what the device did
// not say is absent, `events` in our words (events.ts) beside the maker's raw words. Names and meaning for integrators: docs/integrators/seals.md.
import type { SealEvent } from './events.ts'
import { isoOf } from './times.ts'

export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json | undefined }
export type JsonObject = { [name: string]: Json | undefined }

/** `report` a place, state or event; `login` who speaks; `answer` to a command of ours; `request` asks us for something. */
export type ReportKind = 'report' | 'login' | 'heartbeat' | 'answer' | 'request' | 'other'

export interface SealReport {
  readonly kind: ReportKind
  /** As the device writes it, leading zeros kept. Absent where only the login of the connection told it. */
  deviceId?: string
  /** When it was so, by the device's clock; of a position: when it was fixed. */
  sentAtMs?: number
  lat?: number
  lon?: number
  fixValid?: boolean
  altitudeM?: number
  speedKmh?: number
  courseDeg?: number
  /** Absent where the protocol has no checksum. */
  checksumValid?: boolean
  /** Kept by the device while it had no connection, or sent again. */
  buffered?: true
  readonly events: SealEvent[]
  /** Named states, and the raw words they come from. */
  readonly status: JsonObject
  batteryPercent?: number
  batteryV?: number
  powerV?: number
  satellites?: number
  odometerM?: number
  /** Everything else under names of its own; what is not understood, raw. */
  readonly more: JsonObject
}

export const newReport = (kind: ReportKind): SealReport => ({ kind, events: [], status: {}, more: {} })

/** Adds an event once. */
export function tell(report: SealReport, event: SealEvent | undefined): void {
  if (event !== undefined && !report.events.includes(event)) report.events.push(event)
}

/** The report as it is printed: the time as ISO 8601, `more` beside the rest. */
export function printed(report: SealReport): JsonObject {
  const { sentAtMs, more, events, status, ...rest } = report
  const sentAt = sentAtMs === undefined ? {} : { sentAt: isoOf(sentAtMs) }
  return { ...rest, ...sentAt, ...more, events, status }
}

/** Values of one kind stand together, by their number or name: `temperaturesC.2`, `obd.rpm`. */
export function putIn(report: SealReport, group: string, name: string | number, value: Json): void {
  const values = report.more[group]
  const isGroup = typeof values === 'object' && !Array.isArray(values)
  report.more[group] = { ...(isGroup ? values : {}), [name]: value }
}
