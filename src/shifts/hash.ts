// Fingerprints of what stands in the log and on the sheets: SHA-256 of canonical JSON (keys in order), so that the same words have the same hash on every machine.
import { createHash } from 'node:crypto'
import type { HandOver, LogLine } from './schema.ts'

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, canonical(one)]),
  )
}
const sha256 = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex')

export const lineHash = (line: LogLine): string => sha256(line)
/** Of what a person signs: everything on the sheet but the signature that is being made. */
export const sheetHash = ({
  incoming: _incoming,
  changedAtMs: _changedAtMs,
  revision: _revision,
  state: _state,
  ...sheet
}: HandOver): string => sha256(sheet)
