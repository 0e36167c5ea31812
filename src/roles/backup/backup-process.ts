// One backup in a process of its own, asked for by the schedule: whatever the destination does (a share that hangs, a disk that is slow to sync), the product's own writing waits for
// nothing here. Below the product's priority; ends with it.
import { constants, setPriority } from 'node:os'
import { machineClock } from '#platform/clock/index.ts'
import { backupsIn, removeSuperseded } from './destination.ts'
import { makeBackup } from './make-backup.ts'
import { bytesOf } from './manifest.ts'
import { readPassphrase } from './passphrase.ts'
import type { RunEnd, RunMessage, RunTask } from './run.ts'

const TELL_EVERY_MS = 500

const say = (message: RunMessage): Promise<void> => new Promise(done => void (process.send?.(message, () => done()) ?? done()))

async function run({ data, version, settings }: RunTask): Promise<RunEnd> {
  const passphrase = settings.passphraseFile === '' ? undefined : readPassphrase(settings.passphraseFile)
  if (passphrase?.ok === false) return { code: 'passphrase', sentence: passphrase.reason }
  let toldMs = 0
  const made = await makeBackup({
    data,
    to: settings.to,
    version,
    clock: machineClock,
    ...(settings.config === undefined ? {} : { config: settings.config }),
    ...(passphrase ? { passphrase: passphrase.value } : {}),
    onProgress(what, bytes, ofBytes) {
      if (machineClock.now() - toldMs < TELL_EVERY_MS) return
      toldMs = machineClock.now()
      void say({ kind: 'progress', what, bytes, ofBytes })
    },
    warn: sentence => void say({ kind: 'warning', sentence }),
  })
  if (!made.ok) return made.reason
  await removeSuperseded(settings.to, settings.keep, machineClock.now())
  const { folder, manifest } = made.value
  return {
    name: folder.split(/[/\\]/).at(-1) ?? folder,
    atMs: Date.parse(manifest.at),
    files: manifest.files.length,
    bytes: bytesOf(manifest),
    newBytes: manifest.newBytes,
    there: backupsIn(settings.to).map(one => one.name),
  }
}

process.once('disconnect', () => process.exit(1))
process.once('message', (task: RunTask) => {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  void run(task)
    .catch((error: unknown): RunEnd => ({ code: 'failed', sentence: error instanceof Error ? error.message : String(error) }))
    .then(end => say({ kind: 'end', end }))
    .then(() => process.exit(0))
})
