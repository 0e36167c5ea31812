// Runs one backup in its process and hears how far it is.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Clock } from '#base/index.ts'
import type { BackupRefusal } from './make-backup.ts'
import type { BackupSettings } from './settings.ts'

export interface RunTask {
  readonly data: string
  readonly version: string
  readonly settings: BackupSettings
}

export interface RunProgress {
  readonly what: string
  readonly bytes: number
  /** About so many in all. */
  readonly ofBytes: number
}

export interface RunMade {
  readonly name: string
  /** The moment it is of. */
  readonly atMs: number
  readonly files: number
  readonly bytes: number
  readonly newBytes: number
  /** Names of all backups that are there now. */
  readonly there: readonly string[]
}
export interface RunFailed {
  /** `ended` before it was done, `stalled`: nothing moved for long. */
  readonly code: BackupRefusal['code'] | 'passphrase' | 'ended' | 'stalled'
  readonly sentence: string
}
export type RunEnd = RunMade | RunFailed
export const hasFailed = (end: RunEnd): end is RunFailed => 'code' in end

export type RunMessage =
  | ({ readonly kind: 'progress' } & RunProgress)
  | { readonly kind: 'warning'; readonly sentence: string }
  | { readonly kind: 'end'; readonly end: RunEnd }

export interface Running {
  /** Never rejects. */
  readonly ended: Promise<RunEnd>
  stop(): void
}

/** Nothing moved for so long: the destination hangs. */
const STALLED_MS = 30 * 60_000
const LOOK_EVERY_MS = 60_000

export function runBackup(
  task: RunTask,
  clock: Clock,
  told: { progress(progress: RunProgress): void; warning(sentence: string): void },
): Running {
  const child = fork(fileURLToPath(new URL('./backup-process.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let words = ''
  child.stderr?.on('data', piece => {
    words = `${words}${piece}`.slice(-500)
  })
  let movedAtMs: number = clock.now()
  const ended = new Promise<RunEnd>(done => {
    const stopLooking = clock.every(LOOK_EVERY_MS, () => {
      if (clock.now() - movedAtMs < STALLED_MS) return
      end({ code: 'stalled', sentence: `nothing moved for ${STALLED_MS / 60_000} min: ${task.settings.to} does not answer` })
    })
    const end = (outcome: RunEnd): void => {
      stopLooking()
      child.kill('SIGKILL')
      done(outcome)
    }
    child.on('message', (message: RunMessage) => {
      movedAtMs = clock.now()
      if (message.kind === 'progress') told.progress(message)
      else if (message.kind === 'warning') told.warning(message.sentence)
      else end(message.end)
    })
    child.on('error', error => end({ code: 'ended', sentence: `its process could not be started: ${error.message}` }))
    child.on('exit', (code, signal) => end({ code: 'ended', sentence: `its process ended (${signal ?? code}) ${words.trim()}`.trim() }))
    child.send(task, error => {
      if (error) end({ code: 'ended', sentence: `its process does not listen: ${error.message}` })
    })
  })
  return { ended, stop: () => void child.kill('SIGKILL') }
}
