import { machineClock } from '#platform/clock/index.ts'
import { bytesOf, chooseBackup, restoreBackup, verifyBackup } from '../roles/backup/index.ts'
import { passphraseOf } from './backup.ts'
import { check } from './check.ts'
import { type Command, CommandFailure, UsageError } from './command.ts'
import { dataDirectory } from './data.ts'
import { readOptions, refuseWords, timeOption } from './options.ts'
import { createProgress } from './progress.ts'
import { verify } from './verify.ts'

const HELP = `usage: mangru restore --from DEST --data DIR [--at TIME] [--force] [--key FINGERPRINT] [--passphrase-file FILE] [--dry-run] [--no-check]

Brings a backup back into an empty or new data folder. The list of files and its signature are looked at first, every file is compared with it; the first bad file is named
and nothing is put in place. Then verify and check run over the folder.

  --from DEST             a backup, or the folder that backups lie in: then the newest
  --at TIME               the newest backup not after this time
  --force                 the folder is not empty: what is there is moved to DIR/replaced/…, nothing is deleted
  --key FINGERPRINT       only a backup signed with this key (the screen shows it; GET /api/evidence/key)
  --passphrase-file FILE  opens encrypted keys (or MANGRU_BACKUP_PASSPHRASE_FILE)
  --dry-run               compares every file with the list, says what would be restored, writes nothing
  --no-check              leaves verify and check to be run later, beside the started product

examples:
  mangru restore --from /mnt/backup/mangru --data /var/lib/mangru
  mangru restore --from /mnt/backup/mangru --at 2026-11-24T07:00:00+09:00 --data /var/lib/mangru-monday
  mangru restore --from /mnt/backup/mangru --data /var/lib/mangru --dry-run`

export const restore: Command = {
  name: 'restore',
  summary: 'brings a backup back into a data folder',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--from', '--data', '--at', '--key', '--passphrase-file'], ['--force', '--dry-run', '--no-check'])
    refuseWords(options, 'name the backup with --from and the data folder with --data')
    const from = options.values.get('--from')
    if (from === undefined) throw new UsageError('--from is missing; name a backup, or the folder that backups lie in')
    const isDry = options.flags.has('--dry-run')
    const atMs = timeOption(options, '--at')
    const key = options.values.get('--key')
    const progress = createProgress(() => machineClock.now())
    const chosen = { from, ...(atMs === undefined ? {} : { atMs }), ...(key === undefined ? {} : { key }) }
    if (isDry) return tryOnly(chosen, (what, bytes) => progress.tell(what, bytes))
    if (options.values.get('--data') === undefined && process.env.MANGRU_DATA === undefined)
      throw new UsageError('--data is missing; name the folder to restore into')
    const data = dataDirectory(options.values.get('--data'))
    const passphrase = passphraseOf(options)
    const restored = await restoreBackup({
      ...chosen,
      data,
      force: options.flags.has('--force'),
      ...(passphrase === undefined ? {} : { passphrase }),
      nowMs: machineClock.now(),
      onProgress: (what, bytes) => progress.tell(what, bytes),
    })
    progress.end()
    if (!restored.ok) throw new CommandFailure(restored.reason)
    const { folder, manifest, aside } = restored.value
    if (aside !== undefined) process.stderr.write(`what was in ${data} lies in ${aside} now; remove it when nobody needs it\n`)
    if (manifest.settings !== undefined)
      process.stderr.write(`the settings file of then stands in ${folder}/manifest.json under "settings"\n`)
    process.stdout.write(
      `${data}: restored as of ${manifest.at}, ${manifest.files.length} files, ${megabytes(bytesOf(manifest))}, ${signedBy(restored.value.key)}\n`,
    )
    if (options.flags.has('--no-check')) return 0
    const verified = await verify.run(['--data', data])
    return verified === 0 ? check.run(['--data', data]) : verified
  },
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
const signedBy = (key: string | undefined): string => (key === undefined ? 'not signed' : `signed with the key ${key}`)

async function tryOnly(chosen: Parameters<typeof chooseBackup>[0], tell: (what: string, bytes: number) => void): Promise<number> {
  const backup = chooseBackup(chosen)
  if (!backup.ok) throw new CommandFailure(backup.reason)
  const compared = await verifyBackup(backup.value, tell)
  if (!compared.ok) throw new CommandFailure(compared.reason)
  const { folder, manifest, key } = backup.value
  process.stdout.write(
    `${folder}: whole; as of ${manifest.at}, ${manifest.files.length} files, ${megabytes(compared.value)}, ${signedBy(key)}; nothing was written\n`,
  )
  return 0
}
