// One product per data folder. The lock names its owner (pid and when that process began); a lock whose owner is gone is in nobody's way, even when
// another process has taken the number since.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result, refused } from '#base/index.ts'

interface Owner {
  readonly pid: number
  /** The kernel's own count of when the process began; empty where it does not tell. */
  readonly began: string
}

const LOCK_FILE = 'lock'

/** Field 22 of /proc/PID/stat: start of the process in clock ticks since boot. */
function beganOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return owner.began === '' || owner.began === beganOf(owner.pid)
}

function ownerOf(directory: string): Owner | undefined {
  try {
    const parsed = JSON.parse(readFileSync(join(directory, LOCK_FILE), 'utf8'))
    return typeof parsed?.pid === 'number' ? { pid: parsed.pid, began: String(parsed.began ?? '') } : undefined
  } catch {
    return undefined
  }
}

/** Who holds the folder: `running`, `killed` (a lock without its owner), or nobody. */
export function lockState(directory: string): { readonly state: 'running' | 'killed'; readonly pid: number } | { readonly state: 'free' } {
  const owner = ownerOf(directory)
  if (!owner) return { state: 'free' }
  return { state: isAlive(owner) ? 'running' : 'killed', pid: owner.pid }
}

/** Takes the folder for this process; the returned function gives it back. Refuses with a sentence that names the owner. */
export function takeLock(directory: string): Result<() => void, string> {
  try {
    mkdirSync(directory, { recursive: true })
  } catch (error) {
    return refused(
      `the data folder ${directory} cannot be made (${codeOf(error)}); give this user the right to write there or choose another with --data`,
    )
  }
  const path = join(directory, LOCK_FILE)
  for (let tries = 0; tries < 3; tries++) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, JSON.stringify({ pid: process.pid, began: beganOf(process.pid) }))
      closeSync(file)
      return ok(() => rmSync(path, { force: true }))
    } catch (error) {
      if (codeOf(error) !== 'EEXIST')
        return refused(
          `the data folder ${directory} cannot be written (${codeOf(error)}); give this user the right to write there or choose another with --data`,
        )
    }
    const owner = ownerOf(directory)
    if (owner && isAlive(owner))
      return refused(`the data folder ${directory} is in use by process ${owner.pid}; stop that one or choose another folder with --data`)
    rmSync(path, { force: true })
  }
  return refused(`the lock of ${directory} changes hands too quickly; try again`)
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error))
