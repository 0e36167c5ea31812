// The whole product as its users start it: a real process on a real port and a real data folder. For end-to-end tests and reliability checks. Who asks is an officer of every
// post at head office, signed in beforehand: laid into the store, as `mangru key new` lays its accounts.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Account, signInAll, signInOfficer } from './officer.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface RunningProduct {
  readonly url: string
  /** Headers of the officer who is signed in; sockets and fetches of a test's own take them. */
  readonly headers: { readonly cookie: string; readonly origin: string }
  /** The first administrator's link, where it was printed. */
  readonly firstSignIn?: string
  readonly pid: number
  /** Milliseconds from the start of the process to `ready`. */
  readonly readyAfterMs: number
  /** What it wrote to stderr so far. */
  errors(): string
  /** Stops it in order; resolves with the exit code. */
  stop(): Promise<number>
  /** As when the power goes: SIGKILL, at once. */
  kill(): Promise<void>
  get<T = unknown>(path: string): Promise<T>
  post<T = unknown>(path: string, body: unknown, method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE'): Promise<{ status: number; body: T }>
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no address'))))
    })
  })
}

/** A folder of its own below the system's temporary one, and how to be rid of it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'mangru-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Runs a command of the product to its end. */
export function runCommand(args: readonly string[], input = ''): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', piece => (stdout += piece))
    child.stderr.on('data', piece => (stderr += piece))
    child.on('error', fail)
    child.on('close', code => done({ code: code ?? -1, stdout, stderr }))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** Starts the product and waits until it says `ready`; rejects with its own words if it ends before. `officer: false`: nobody is signed in, as on a first start. */
export async function startProduct(
  data: string,
  args: readonly string[] = [],
  { officer = true }: { readonly officer?: boolean } = {},
): Promise<RunningProduct> {
  const token = officer ? await signInOfficer(data, () => makeStore(data)) : ''
  const port = await freePort()
  const began = performance.now()
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', MAIN, 'start', '--data', data, '--port', String(port), ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let stderr = ''
  child.stderr.on('data', piece => (stderr = (stderr + piece).slice(-20_000)))
  const { url, firstSignIn } = await ready(child, () => stderr)
  const headers = { cookie: `${url.startsWith('https:') ? '__Host-' : ''}mangru=${token}`, origin: url }
  const readyAfterMs = performance.now() - began
  const ended = new Promise<number>(done => child.on('exit', code => done(code ?? -1)))
  return {
    url,
    headers,
    ...(firstSignIn === undefined ? {} : { firstSignIn }),
    pid: child.pid ?? -1,
    readyAfterMs,
    errors: () => stderr,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    get: async path => {
      const answer = await fetch(`${url}${path}`, { headers })
      if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`)
      return JSON.parse(await answer.text())
    },
    post: async (path, body, method = 'POST') => {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
    },
  }
}

/** Cookies of accounts laid into a data folder before the product starts there; each is a session of its own. */
export const cookiesOf = async (data: string, accounts: readonly Account[]): Promise<readonly string[]> =>
  (await signInAll(data, () => makeStore(data), accounts)).map(token => `mangru=${token}`)

/** The store as the product makes it. */
async function makeStore(data: string): Promise<void> {
  const made = await runCommand(['key', 'new', '--right', 'read', '--data', data])
  if (made.code !== 0) throw new Error(made.stderr)
}

function ready(child: ChildProcess, stderr: () => string): Promise<{ readonly url: string; readonly firstSignIn?: string }> {
  return new Promise((done, fail) => {
    let said = ''
    child.stdout?.on('data', piece => {
      said += piece
      const found = /ready (https?:\/\/\S+)/.exec(said)
      const first = /first-sign-in (\S+)/.exec(said)?.[1]
      if (found?.[1]) done({ url: found[1].replace(/\/$/, ''), ...(first === undefined ? {} : { firstSignIn: first }) })
    })
    child.on('exit', code => fail(new Error(`the product ended with ${code} before it was ready: ${stderr()}`)))
  })
}

/** Asks again until the answer fits; for what another process will do in its own time. Gives up with the last answer after `limitMs`. */
export async function eventually<T>(ask: () => Promise<T | undefined>, limitMs = 60_000, everyMs = 50): Promise<T> {
  const until = performance.now() + limitMs
  let last: unknown
  while (performance.now() < until) {
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      last = error
    }
    await new Promise(done => setTimeout(done, everyMs))
  }
  throw new Error(`did not happen within ${limitMs} ms${last ? `: ${last}` : ''}`)
}

/** Connects to a `tcp-server` feed as a receiver would. */
export function connectTo(port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => done(socket))
    socket.on('error', fail)
  })
}
