// The folder that backups lie in: one folder each, named after its moment, begun under another name and renamed when whole. What is not ours there is left alone.
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { ok, type Result, refused } from '#base/index.ts'
import { MANIFEST } from './manifest.ts'

const NAME = /^mangru-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/
const UNDER_WAY = /^\.mangru-.*\.part$/

export interface FoundBackup {
  readonly name: string
  readonly folder: string
  readonly atMs: number
}

export const backupName = (atMs: number): string => `mangru-${new Date(atMs).toISOString().replaceAll(/[:.]/g, '-')}`
export const underWay = (name: string): string => `.${name}.part`

/** Whole backups, oldest first. */
export function backupsIn(destination: string): readonly FoundBackup[] {
  if (!existsSync(destination)) return []
  return readdirSync(destination)
    .flatMap(name => {
      const [, day, hour, minute, second, ms] = NAME.exec(name) ?? []
      const folder = join(destination, name)
      if (day === undefined || !existsSync(join(folder, MANIFEST))) return []
      return [{ name, folder, atMs: Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`) }]
    })
    .sort((a, b) => a.atMs - b.atMs)
}

/** Refuses a destination that would be copied into itself, or that is a data folder. */
export function usableDestination(destination: string, data: string): Result<string, string> {
  const [real, own] = [realPath(destination), realPath(data)]
  if (real === own || real.startsWith(own + sep))
    return refused(
      `${destination} lies in the data folder ${data}: a backup there is lost with it; name a folder on another disk (--to, or the setting backup.to)`,
    )
  if (existsSync(join(real, 'store', 'mangru.db')) || existsSync(join(real, 'ledger')))
    return refused(`${destination} is a data folder; name an empty one, or one with backups in it (--to, or the setting backup.to)`)
  return ok(real)
}

/** Where links lead, also of what is not made yet. */
function realPath(path: string): string {
  const full = resolve(path)
  if (existsSync(full)) return realpathSync(full)
  return dirname(full) === full ? full : join(realPath(dirname(full)), basename(full))
}

/** What cut runs left behind. Only while nobody else makes a backup here. */
export async function removeCut(destination: string): Promise<void> {
  for (const name of readdirSync(destination)) if (UNDER_WAY.test(name)) await rm(join(destination, name), { recursive: true, force: true })
}

export interface KeepRule {
  /** The newest so many. */
  readonly newest: number
  /** And the last of each of so many days (KST). */
  readonly days: number
}

const DAY_MS = 86_400_000
const kstDay = (ms: number): number => Math.floor((ms + 9 * 3_600_000) / DAY_MS)

/** Those that may go. Pure. The newest never does. */
export function superseded<B extends { readonly atMs: number }>(backups: readonly B[], rule: KeepRule, nowMs: number): readonly B[] {
  const newestFirst = backups.toSorted((a, b) => b.atMs - a.atMs)
  const days = new Set<number>()
  return newestFirst
    .filter(({ atMs }, n) => {
      const day = kstDay(atMs)
      const isLastOfDay = !days.has(day) && kstDay(nowMs) - day < rule.days
      days.add(day)
      return n >= Math.max(1, rule.newest) && !isLastOfDay
    })
    .reverse()
}

/** Takes away those that may go; how many. A half-removed backup is none: its manifest goes first. */
export async function removeSuperseded(destination: string, rule: KeepRule, nowMs: number): Promise<number> {
  const going = superseded(backupsIn(destination), rule, nowMs)
  for (const { folder } of going) {
    await rm(join(folder, MANIFEST), { force: true })
    await rm(folder, { recursive: true, force: true })
  }
  return going.length
}
