import { machineClock } from '#platform/clock/index.ts'
import { bytesOf, makeBackup, readPassphrase, removeSuperseded } from '../roles/backup/index.ts'
import { productVersion } from '../roles/version.ts'
import { type Command, CommandFailure, UsageError } from './command.ts'
import { existingDataDirectory } from './data.ts'
import { type ReadOptions, readOptions, refuseWords } from './options.ts'
import { createProgress } from './progress.ts'

const HELP = `usage: mangru backup [--data DIR] --to DEST [--config FILE] [--passphrase-file FILE] [--keep N] [--keep-days N] [--json]

Makes a backup of the data folder in DEST, also while the product works: one folder for each, named after its moment, whole or not at all. In it lies a data folder that
check and verify can be run on, and a signed list of every file with its SHA-256. What has not changed since the backup before is shared with it (hard links).

  --to DEST               a folder on another disk, outside the data folder
  --config FILE           keeps the text of the settings file too
  --passphrase-file FILE  encrypts the house's keys with the first line of FILE (or MANGRU_BACKUP_PASSPHRASE_FILE); restore asks for it
  --keep N                removes older backups when this one is whole, all but the newest N
  --keep-days N           and keeps the last backup of each of the last N days besides
  --json                  the result as one JSON object

Exit code 0: the backup is whole; its folder and figures are told. 1: none was made; those made before are still whole.

examples:
  mangru backup --to /mnt/backup/mangru
  mangru backup --data /var/lib/mangru --to /mnt/backup/mangru --keep 24 --keep-days 30
  mangru backup --to /mnt/backup/mangru --passphrase-file /etc/mangru/backup.passphrase --config /etc/mangru.yaml`

export const backup: Command = {
  name: 'backup',
  summary: 'copies the data folder, also of a running product',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--data', '--to', '--config', '--passphrase-file', '--keep', '--keep-days'], ['--json'])
    refuseWords(options, 'name the folder for backups with --to')
    const to = options.values.get('--to')
    if (to === undefined) throw new UsageError('--to is missing; name the folder for backups, for example --to /mnt/backup/mangru')
    const newest = count(options, '--keep')
    const days = count(options, '--keep-days') ?? 0
    if (newest === undefined && days > 0) throw new UsageError('--keep-days goes with --keep N')
    const passphrase = passphraseOf(options)
    const config = options.values.get('--config')
    const data = existingDataDirectory(options.values.get('--data'))
    const progress = createProgress(() => machineClock.now())
    const made = await makeBackup({
      data,
      to,
      version: await productVersion(),
      clock: machineClock,
      ...(config === undefined ? {} : { config }),
      ...(passphrase === undefined ? {} : { passphrase }),
      onProgress: (what, bytes) => progress.tell(what, bytes),
      warn: sentence => process.stderr.write(`mangru backup: ${sentence}\n`),
    })
    progress.end()
    if (!made.ok) throw new CommandFailure(made.reason.sentence)
    const { folder, manifest } = made.value
    const removed = newest === undefined ? 0 : await removeSuperseded(to, { newest, days }, machineClock.now())
    const { at, tookMs, newBytes, files, ledger, audit } = manifest
    const figures = { folder, at, tookMs, files: files.length, bytes: bytesOf(manifest), newBytes, ledger, audit, removed }
    process.stdout.write(options.flags.has('--json') ? `${JSON.stringify(figures)}\n` : `${sentenceOf(figures)}\n`)
    return 0
  },
}

interface Figures {
  readonly folder: string
  readonly at: string
  readonly tookMs: number
  readonly files: number
  readonly bytes: number
  readonly newBytes: number
  readonly ledger: { readonly entries: number }
  readonly removed: number
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

const sentenceOf = ({ folder, at, tookMs, files, bytes, newBytes, ledger, removed }: Figures): string =>
  `${folder}: as of ${at}, ${files} files, ${megabytes(bytes)} (${megabytes(newBytes)} new), ${ledger.entries} ledger entries, ${(tookMs / 1000).toFixed(1)} s${removed > 0 ? `; ${removed} older removed` : ''}`

function count(options: ReadOptions, name: string): number | undefined {
  const text = options.values.get(name)
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new UsageError(`${name} ${text} is no number of backups; write 1 to 99999`)
  return Number(text)
}

export function passphraseOf(options: ReadOptions): string | undefined {
  const file = options.values.get('--passphrase-file') ?? process.env.MANGRU_BACKUP_PASSPHRASE_FILE
  if (!file) return undefined
  const read = readPassphrase(file)
  if (!read.ok) throw new CommandFailure(read.reason)
  return read.value
}
