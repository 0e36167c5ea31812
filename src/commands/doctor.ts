import { accessSync, constants, existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { listSegments, lockState } from '#evidence/index.ts'
import { loadCoast } from '#places/index.ts'
import { diskRoom } from '#platform/files/index.ts'
import { openTrackDatabase } from '#vessels/index.ts'
import { type Command, UsageError } from './command.ts'
import { dataDirectory } from './data.ts'
import { readOptions, refuseWords } from './options.ts'

const HELP = `usage: mangru doctor [--data DIR] [--port N]

Looks at this machine and the data folder as the product will find them, one line each, with the remedy where something is wrong. Exit code 1 when something is.

examples:
  mangru doctor
  mangru doctor --data /var/lib/mangru --port 8642`

const MIN_MEMORY_GB = 2
const MIN_FREE_GB = 5
/** A clock before this version's time is wrong. */
const NOT_BEFORE = Date.UTC(2026, 10, 1)
const CLOCK_TOLERANCE_MS = 60_000

export const doctor: Command = {
  name: 'doctor',
  summary: 'looks at the machine and the data folder',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--data', '--port'])
    refuseWords(options, 'name the data folder with --data')
    const data = dataDirectory(options.values.get('--data'))
    const port = Number(options.values.get('--port') ?? 8642)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new UsageError(`--port ${options.values.get('--port')} is no port; write 0 to 65535`)
    let ill = 0
    const say = (what: string, fault: string | undefined, found: string): void => {
      if (fault) ill++
      process.stdout.write(`${fault ? 'WRONG' : 'ok   '} ${what}: ${found}${fault ? ` — ${fault}` : ''}\n`)
    }
    const attempt = async (what: string, remedy: string, task: () => Promise<string> | string): Promise<void> => {
      try {
        say(what, undefined, await task())
      } catch (error) {
        say(what, remedy, error instanceof Error ? error.message : String(error))
      }
    }
    say(
      'runtime',
      process.versions.node.startsWith('26.') ? undefined : 'start through bin/mangru.mjs, which brings the right one',
      `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    )
    const memoryGb = totalmem() / 1e9
    say('memory', memoryGb < MIN_MEMORY_GB ? `${MIN_MEMORY_GB} GB are the least` : undefined, `${memoryGb.toFixed(1)} GB`)
    const recordedMs = Math.max(NOT_BEFORE, ...listSegments(join(data, 'ledger')).map(segment => segment.modifiedAtMs))
    say(
      'clock',
      Date.now() < recordedMs - CLOCK_TOLERANCE_MS
        ? `it is behind ${recordedMs === NOT_BEFORE ? 'this version' : 'what was recorded'} (${new Date(recordedMs).toISOString()}); set it (NTP), event times depend on it`
        : undefined,
      new Date().toISOString(),
    )
    await attempt('SQLite', 'use the runtime that npm brings', () =>
      String(new DatabaseSync(':memory:').prepare('SELECT sqlite_version() AS v').get()?.v),
    )
    await attempt('DuckDB', 'run npm ci again', async () => {
      const database = await openTrackDatabase()
      database.close()
      return 'loads'
    })
    const coast = loadCoast()
    say('chart', undefined, coast ? 'built' : 'not built yet; the first start builds it')
    const folder = nearestFolder(data)
    const { state } = lockState(data)
    await attempt('data folder', `give this user the right to write in ${folder}, or choose another with --data`, () => {
      accessSync(folder, constants.W_OK)
      return `${data} (${existsSync(data) ? (state === 'running' ? 'in use by a running product' : state === 'killed' ? 'its product was killed; the next start mends it' : 'not in use') : 'not made yet'})`
    })
    const { freeBytes } = await diskRoom(folder)
    say(
      'disk',
      freeBytes < MIN_FREE_GB * 1e9 ? `make room: ${MIN_FREE_GB} GB are little already` : undefined,
      `${(freeBytes / 1e9).toFixed(1)} GB free`,
    )
    const remedy =
      state === 'running'
        ? 'the running product may be what listens there; otherwise choose another with --port'
        : 'stop what listens there or choose another with --port'
    await attempt(`port ${port}`, remedy, () => tryPort(port))
    return ill > 0 ? 1 : 0
  },
}

/** The folder itself, or the nearest above it that is there: where it would be made. */
function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path))
}

function tryPort(port: number): Promise<string> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(port, '127.0.0.1', () => server.close(() => done('free')))
  })
}
