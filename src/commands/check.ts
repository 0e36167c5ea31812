import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { lockState, verifyLedger } from '#evidence/index.ts'
import { checkAttachments, checkIncidents } from '#incidents/index.ts'
import { loadAreas } from '#places/index.ts'
import type { SqlValue } from '#platform/store/index.ts'
import { checkReports } from '#reports/index.ts'
import { checkSeals } from '#seals/index.ts'
import { checkShifts } from '#shifts/index.ts'
import { checkStatistics } from '#statistics/index.ts'
import { openTrackDatabase } from '#vessels/index.ts'
import { hasSnapshot, readSnapshot } from '../roles/snapshot.ts'
import { filesBelow } from '../roles/storage.ts'
import type { Command } from './command.ts'
import { existingDataDirectory } from './data.ts'
import { readOptions, refuseWords } from './options.ts'

const HELP = `usage: mangru check [--data DIR]

Looks whether the data folder is what it should be: ledger, store (integrity, references, alarms that read), areas, incidents and their attachments (rows and files), sealed
journeys and seals, duty log and hand-overs against the audit trail, the statistics' roll-ups against their facts, track files, snapshot. One line each; the first
fault is named and the exit code is 1. Works beside a running product.

examples:
  mangru check
  mangru check --data /var/lib/mangru`

export const check: Command = {
  name: 'check',
  summary: 'invariants of the data folder',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--data'])
    refuseWords(options, 'name the data folder with --data')
    const directory = existingDataDirectory(options.values.get('--data'))
    const faults: string[] = []
    const look = async (what: string, task: () => Promise<string> | string): Promise<void> => {
      try {
        process.stdout.write(`${what}: ok, ${await task()}\n`)
      } catch (error) {
        faults.push(`${what}: ${error instanceof Error ? error.message : error}`)
      }
    }
    await look('ledger', () => {
      const verdict = verifyLedger(join(directory, 'ledger'), { isOpen: lockState(directory).state !== 'free' })
      if (!verdict.ok) throw new Error(`${verdict.file}: ${verdict.why}`)
      return `${verdict.entries} entries`
    })
    await look('store', () => lookAtStore(join(directory, 'store', 'mangru.db')))
    await look('incidents', () => lookAtIncidents(directory))
    await look('duty log', () => lookAtShifts(join(directory, 'store', 'mangru.db')))
    await look('seals', () => lookAtSeals(join(directory, 'store', 'mangru.db')))
    await look('reports', () => lookAtReports(directory))
    await look('statistics', () => lookAtStatistics(directory))
    await look('tracks', () => lookAtTracks(join(directory, 'tracks')))
    await look('snapshot', () => {
      const saved = readSnapshot(directory)
      saved?.close()
      if (saved) return `of ${new Date(saved.snapshot.savedAtMs).toISOString()}`
      return hasSnapshot(directory) ? 'passed over at start: damaged, or of another version' : 'none yet'
    })
    for (const fault of faults) process.stderr.write(`mangru check: ${fault}\n`)
    return faults.length > 0 ? 1 : 0
  },
}

function lookAtStore(file: string): string {
  if (!existsSync(file)) return 'none yet'
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const [integrity] = database.prepare('PRAGMA integrity_check').all()
    if (integrity?.integrity_check !== 'ok') throw new Error(`SQLite says ${JSON.stringify(integrity)}`)
    const broken = database.prepare('PRAGMA foreign_key_check').all()
    if (broken.length > 0) throw new Error(`${broken.length} rows point to nothing`)
    const alarms = database.prepare('SELECT id, is_open, state, body FROM alarms').all()
    for (const row of alarms) {
      const body: unknown = JSON.parse(String(row.body))
      if (typeof body !== 'object' || body === null || !('id' in body) || body.id !== row.id)
        throw new Error(`alarm ${row.id} does not read as itself`)
      const isClosed = ['resolved', 'false', 'closed'].includes(String(row.state))
      if (isClosed === (row.is_open === 1))
        throw new Error(`alarm ${row.id} is ${row.state} and counted as ${row.is_open === 1 ? 'open' : 'closed'}`)
    }
    const areas = loadAreas({ read: <Row>(sql: string) => database.prepare(sql).all() as Row[] })
    return `${alarms.length} alarms, ${areas.length} areas`
  } finally {
    database.close()
  }
}

/** Incidents read as themselves; rows and files of what officers attached belong together. */
async function lookAtIncidents(directory: string): Promise<string> {
  const file = join(directory, 'store', 'mangru.db')
  if (!existsSync(file)) return 'none yet'
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const hasRows = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'incident_attachments'").all().length > 0
    if (!hasRows) return 'none yet'
    const read = <Row>(sql: string) => database.prepare(sql).all() as Row[]
    return `${checkIncidents({ read })}; ${await checkAttachments(join(directory, 'attachments'), { read })}`
  } finally {
    database.close()
  }
}

/** Journeys, their custody, seals and commands say the same; as of one moment, also beside a running product. */
function lookAtSeals(file: string): string {
  if (!existsSync(file)) return 'none yet'
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'journeys'").all().length === 0) return 'none yet'
    database.exec('BEGIN')
    return checkSeals({ read: <Row>(sql: string, values: readonly SqlValue[] = []) => database.prepare(sql).all(...values) as Row[] })
  } finally {
    database.close()
  }
}

/** Lines of the duty log and signed hand-overs are what the audit trail says was written. */
function lookAtShifts(file: string): string {
  if (!existsSync(file)) return 'none yet'
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'duty_log'").all().length === 0) return 'none yet'
    return checkShifts({ read: <Row>(sql: string, values: readonly SqlValue[] = []) => database.prepare(sql).all(...values) as Row[] })
  } finally {
    database.close()
  }
}

/** Roll-ups are what their facts say. */
function lookAtStatistics(directory: string): string {
  const file = join(directory, 'store', 'mangru.db')
  if (!existsSync(file)) return 'none yet'
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'statistics_days'").all().length === 0) return 'none yet'
    return checkStatistics({ read: <Row>(sql: string, values: readonly SqlValue[] = []) => database.prepare(sql).all(...values) as Row[] })
  } finally {
    database.close()
  }
}

/** Sealed reports are what was approved. */
function lookAtReports(directory: string): string {
  const file = join(directory, 'store', 'mangru.db')
  if (!existsSync(file)) return 'none yet'
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'reports'").all().length === 0) return 'none yet'
    return checkReports(directory, { read: <Row>(sql: string) => database.prepare(sql).all() as Row[] })
  } finally {
    database.close()
  }
}

async function lookAtTracks(directory: string): Promise<string> {
  const files = filesBelow(directory, /\.parquet$/)
  if (files.length === 0) return 'none yet'
  const database = await openTrackDatabase()
  try {
    let rows = 0
    for (const { path } of files) {
      // A file may be merged away while we look.
      if (!existsSync(path)) continue
      const [answer] = await database.rows(
        [path],
        from =>
          `SELECT count(*), count(*) FILTER (lat NOT BETWEEN -54000000 AND 54000000 OR lon NOT BETWEEN -108000000 AND 108000000 OR mmsi <= 0) FROM ${from}`,
      )
      if ((answer?.[1] ?? 0) > 0) throw new Error(`${path}: ${answer?.[1]} rows have no place or no ship`)
      rows += answer?.[0] ?? 0
    }
    return `${rows} positions in ${files.length} files`
  } finally {
    database.close()
  }
}
