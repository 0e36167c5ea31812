// One product per data folder. The lock names its owner (pid and when that process began); a lock whose owner is gone is in nobody's way, even when
// another process has taken the number since.
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ok, type Result, refused } from '#base/index.ts'

interface Owner {
  readonly pid: number
  /** The kernel's own count of when the process began; empty where it does not tell. */
  readonly began: string
}

const LOCK_FILE = 'lock'
/** Longer than anybody needs between reading a lock and taking it away. */
const SETTLE_MS = 30

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
    makeFolder(directory)
  } catch (error) {
    return refused(
      `the data folder ${directory} cannot be made (${codeOf(error)}); give this user the right to write there or choose another with --data`,
    )
  }
  try {
    return take(directory)
  } catch (error) {
    return refused(
      `the data folder ${directory} cannot be written (${codeOf(error)}); give this user the right to write there or choose another with --data`,
    )
  }
}

/** Floor by floor: the runtime's own way down (`recursive`) never ends where the kernel says ENOENT below a folder that is there, as in /proc. */
function makeFolder(directory: string): void {
  if (existsSync(directory)) return
  makeFolder(dirname(directory))
  try {
    mkdirSync(directory)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

function take(directory: string): Result<() => void, string> {
  const path = join(directory, LOCK_FILE)
  const mine = JSON.stringify({ pid: process.pid, began: beganOf(process.pid) })
  for (let tries = 0; tries < 3; tries++) {
    const owner = ownerOf(directory)
    if (owner && isAlive(owner))
      return refused(`the data folder ${directory} is in use by process ${owner.pid}; stop that one or choose another folder with --data`)
    const wasThere = existsSync(path)
    if (wasThere) takeAway(path)
    if (!appears(path, mine)) continue
    // Another one that found the same left-over lock a moment ago may take ours for it: who is named when that moment is over has the folder.
    if (wasThere) pause(SETTLE_MS)
    if (ownerOf(directory)?.pid === process.pid) return ok(() => rmSync(path, { force: true }))
  }
  return refused(`the lock of ${directory} changes hands too quickly; try again`)
}

/** Makes the file with all its words at once; false when one is there already. */
function appears(path: string, words: string): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, words)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** With the system's own code when it refuses (`rmSync` of a file on a read-only disk has none). Gone already is as good. */
function takeAway(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

const pause = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** What the system calls it: its short code, else its own words. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && error.code ? String(error.code) : error.message.replace(/^[,\s]+/, '')
}
