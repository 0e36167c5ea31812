import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { takeLock } from '#evidence/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import { migrate as bringUpToDate, pendingMigrations } from '#platform/store/index.ts'
import { cutRestoreIn, pinStore } from '../roles/backup/index.ts'
import { MIGRATIONS } from '../roles/migrations.ts'
import { type Command, CommandFailure } from './command.ts'
import { existingDataDirectory } from './data.ts'
import { readOptions, refuseWords } from './options.ts'

const HELP = `usage: mangru migrate [--data DIR] [--dry-run]

Brings the store of a data folder up to this version without starting the product; start does the same. Before anything is changed the store is copied beside itself
(store/before-….db; remove it when the new version has proven itself). Each step is done whole or not at all: killed in between, the next run goes on.
Ledger, tracks and attachments need no migration. A store of a newer version is refused.

  --dry-run   says what would be done, changes nothing; works beside a running product

examples:
  mangru migrate --dry-run
  mangru migrate --data /var/lib/mangru`

export const migrate: Command = {
  name: 'migrate',
  summary: 'brings a data folder up to this version',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--data'], ['--dry-run'])
    refuseWords(options, 'name the data folder with --data')
    const data = existingDataDirectory(options.values.get('--data'))
    const file = join(data, 'store', 'mangru.db')
    if (!existsSync(file)) {
      process.stdout.write(`${data} holds no store yet; the first start makes it\n`)
      return 0
    }
    if (options.flags.has('--dry-run')) {
      const pending = told(() => pendingMigrations(file, MIGRATIONS))
      process.stdout.write(pending.length === 0 ? `${file} is up to date\n` : `${file}: ${pending.length} to do: ${pending.join(', ')}\n`)
      return 0
    }
    const lock = takeLock(data)
    if (!lock.ok) throw new CommandFailure(lock.reason)
    try {
      const cut = cutRestoreIn(data)
      if (cut !== undefined) throw new CommandFailure(cut)
      return await bring(file)
    } finally {
      lock.value()
    }
  },
}

async function bring(file: string): Promise<number> {
  const pending = told(() => pendingMigrations(file, MIGRATIONS))
  if (pending.length === 0) {
    process.stdout.write(`${file} is up to date\n`)
    return 0
  }
  const now = machineClock.now()
  const before = file.replace(/mangru\.db$/, `before-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}.db`)
  const pin = pinStore(file, () => machineClock.now())
  try {
    await pin?.copyTo(before, () => {})
  } catch (error) {
    throw new CommandFailure(
      `the store could not be copied to ${before} first (${wordsOf(error)}); nothing was changed; make room and try again`,
    )
  } finally {
    pin?.release()
  }
  process.stdout.write(`${file} was copied to ${before}\n`)
  told(() => bringUpToDate(file, MIGRATIONS, id => process.stdout.write(`${id}: done\n`)))
  process.stdout.write(`${file} is up to date, ${pending.length} done\n`)
  return 0
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function told<T>(task: () => T): T {
  try {
    return task()
  } catch (error) {
    throw new CommandFailure(wordsOf(error))
  }
}
