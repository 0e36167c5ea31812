// Where the archive's files lie: `2026/11/23/18.parquet` an hour (UTC, by time of sending), `2026/11/23/18/NAME.parquet` pieces not yet merged into it.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export const HOUR_S = 3600
const two = (n: number): string => String(n).padStart(2, '0')

/** Path of an hour (hours since 1970) below the archive's folder, without ending. */
export function hourPath(hour: number): string {
  const date = new Date(hour * HOUR_S * 1000)
  return `${date.getUTCFullYear()}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${two(date.getUTCHours())}`
}

/** All files of these hours (both ends included). */
export function filesOf(directory: string, fromHour: number, toHour: number): string[] {
  const files: string[] = []
  // A long span over few days on disk: only days that exist are looked into.
  for (let hour = fromHour; hour <= toHour; hour++) {
    const path = join(directory, hourPath(hour))
    if (hour % 24 !== 0 && hour !== fromHour) {
      // the day's folder was looked at with its first hour
    } else if (!existsSync(join(path, '..'))) {
      hour += 23 - (hour % 24)
      continue
    }
    if (existsSync(`${path}.parquet`)) files.push(`${path}.parquet`)
    files.push(...piecesOf(directory, hour))
  }
  return files
}

/** Was any position archived for these hours? A look at folders, nothing is read. */
export const hasPositions = (directory: string, fromMs: number, toMs: number): boolean =>
  filesOf(directory, Math.floor(fromMs / 1000 / HOUR_S), Math.floor((toMs - 1) / 1000 / HOUR_S)).length > 0

export function piecesOf(directory: string, hour: number): string[] {
  const folder = join(directory, hourPath(hour))
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => name.endsWith('.parquet'))
    .sort()
    .map(name => join(folder, name))
}

/** Hours that have pieces waiting to be merged. */
export function hoursWithPieces(directory: string): number[] {
  const hours: number[] = []
  if (!existsSync(directory)) return hours
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const match = entry.isDirectory()
      ? /(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)$/.exec(join(entry.parentPath, entry.name).replaceAll('\\', '/'))
      : null
    if (match) hours.push(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]), Number(match[4])) / (HOUR_S * 1000))
  }
  return hours.sort((a, b) => a - b)
}

/** Highest ledger mark that any file's name vouches for; -1 = none. Pieces and hours carry it: `…-m123.parquet` and `18.mark`. */
export function durableMarkOf(directory: string): number {
  let mark = -1
  if (!existsSync(directory)) return mark
  for (const name of readdirSync(directory)) {
    const match = /^durable-(\d+)$/.exec(name)
    if (match) mark = Math.max(mark, Number(match[1]))
  }
  return mark
}
