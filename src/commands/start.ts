import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { ensureChart } from '#places/build.ts'
import { machineClock } from '#platform/clock/index.ts'
import { createLog } from '#platform/log/index.ts'
import { readSettings, type SettingValue } from '#platform/settings/index.ts'
import { demoAreas, demoWatched } from '#sim/index.ts'
import { DETECTORS } from '#vessels/index.ts'
import { openRoom, productVersion } from '../roles/room.ts'
import { SETTINGS } from '../settings.ts'
import { ensureWeb } from '../web/build.ts'
import { type Command, CommandFailure, UsageError } from './command.ts'
import { dataDirectory } from './data.ts'

const HELP = `usage: mangru start [--config FILE] [--data DIR] [--host H] [--port N] [--feed URL]… [--no-demo]

Runs the product and prints "ready http://…" when it is usable. Without any feed it runs the demo: simulated ships, marked as such.

  --config FILE   settings (docs/operators/settings.example.yaml lists them all)
  --data DIR      the data folder; default ./data, or MANGRU_DATA
  --host H        address to listen on; until offices and rights come only this machine's own (127.0.0.1, localhost, ::1)
  --port N        port; default 8642, 0 takes any free one
  --feed URL      tcp://host:port  tcp-server://:port  udp://:port  file:PATH  stdin:   options as ?name=…&network=satellite
  --roles a,b     all roles run in this one process in this version; the option is accepted for later
  --no-demo       no simulated ships when there is no feed

SIGTERM or Ctrl-C stops in order.

examples:
  mangru start
  mangru start --feed tcp://192.0.2.1:4001?name=busan --data /var/lib/mangru
  rtl_ais -n | mangru start --feed udp://:10110`

interface Wanted {
  config?: string
  data?: string
  host?: string
  port?: number
  demo?: boolean
  feeds: string[]
}

export const start: Command = {
  name: 'start',
  summary: 'runs the product',
  help: HELP,
  async run(args) {
    const wanted = parse(args)
    const setting = await settings(wanted)
    const text = (path: string): string => String(setting(path))
    const number = (path: string): number => Number(setting(path))
    const log = createLog(machineClock, line => process.stderr.write(line), text('log.format') === 'json' ? 'json' : 'text')
    const host = wanted.host ?? text('http.host')
    if (!['127.0.0.1', 'localhost', '::1'].includes(host)) {
      throw new CommandFailure(
        `--host ${host}: until offices and rights come the product listens on this machine only; use 127.0.0.1 (and a tunnel for other desks)`,
      )
    }
    const setUp = Promise.all([ensureWeb(sentence => log.info(sentence)), ensureChart(sentence => log.info(sentence))])
    await setUp
    const given = setting('feeds')
    const room = await openRoom({
      data: dataDirectory(wanted.data ?? (text('data') === './data' ? undefined : text('data'))),
      host,
      port: wanted.port ?? number('http.port'),
      version: await productVersion(),
      operator: { id: text('operator.id'), name: text('operator.name') },
      capacity: number('vessels.capacity'),
      snapshotMs: number('vessels.snapshotSeconds') * 1000,
      retention: {
        ledgerDays: number('retention.ledgerDays'),
        tracksDays: number('retention.tracksDays'),
        minFreeBytes: number('retention.minFreeGb') * 1e9,
      },
      detectors: DETECTORS.filter(detector => setting(`detectors.${detector.name}.enabled`) === true).map(detector => detector.name),
      detectorSettings: Object.fromEntries(
        DETECTORS.map(detector => [
          detector.name,
          Object.fromEntries(Object.keys(detector.settings).map(field => [field, number(`detectors.${detector.name}.${field}`)])),
        ]),
      ),
      feeds: [...wanted.feeds, ...(Array.isArray(given) ? given : [])],
      log,
    })
    if (!room.ok) throw new CommandFailure(room.reason)
    const ending = untilSignal()
    const bound = await room.value.listen()
    if (!bound.ok) {
      await room.value.stop()
      throw new CommandFailure(bound.reason)
    }
    let demo: ChildProcess | undefined
    if (room.value.hasNoFeeds && (wanted.demo ?? setting('demo.enabled') === true)) {
      const seed = number('demo.seed')
      await room.value.beginDemo(demoAreas(), demoWatched(seed))
      demo = await startDemo(url => room.value.addFeed(url), seed, number('demo.ships'))
    }
    process.stdout.write(`ready ${bound.value}\n`)
    log.info(`${bound.value}${demo ? ' (demo: simulated ships)' : ''}`)
    await ending
    demo?.kill('SIGTERM')
    await room.value.stop()
    return 0
  },
}

function parse(args: readonly string[]): Wanted {
  const wanted: Wanted = { feeds: [] }
  for (let at = 0; at < args.length; at++) {
    const [word = '', inline] = (args[at] ?? '').split(/=(.*)/s)
    const value = (): string => {
      const next = inline ?? args[++at]
      if (next === undefined) throw new UsageError(`${word} needs a value`)
      return next
    }
    switch (word) {
      case '--config':
        wanted.config = value()
        break
      case '--data':
        wanted.data = value()
        break
      case '--host':
        wanted.host = value()
        break
      case '--port': {
        const given = value()
        wanted.port = Number(given)
        if (!Number.isInteger(wanted.port) || wanted.port < 0 || wanted.port > 65_535)
          throw new UsageError(`--port ${given} is no port; 0 to 65535`)
        break
      }
      case '--feed':
        wanted.feeds.push(value())
        break
      case '--roles':
        value()
        break
      case '--no-demo':
        wanted.demo = false
        break
      default:
        throw new UsageError(`there is no option ${args[at]}`)
    }
  }
  return wanted
}

async function settings(wanted: Wanted): Promise<(path: string) => SettingValue> {
  const file = wanted.config ?? process.env.MANGRU_CONFIG
  let text: string | undefined
  if (file !== undefined) {
    text = await readFile(file, 'utf8').catch(error => {
      throw new CommandFailure(`the settings file ${file} cannot be read (${error.code ?? error}); check --config`)
    })
  }
  const { values, faults } = readSettings(SETTINGS, text, file ?? '', process.env)
  if (faults.length > 0) throw new CommandFailure(`the settings cannot be used:\n  ${faults.join('\n  ')}`)
  return path => {
    const value = values.get(path)
    if (value === undefined) throw new Error(`setting ${path} is not described`)
    return value
  }
}

/** A socket of our own that the simulator calls like any receiver. */
async function startDemo(
  addFeed: (url: string) => { readonly ok: boolean },
  seed: number,
  ships: number,
): Promise<ChildProcess | undefined> {
  const port = await freePort()
  if (!addFeed(`tcp-server://127.0.0.1:${port}?name=demo`).ok) return undefined
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      main,
      'simulate',
      'ais',
      '--demo',
      '--seed',
      String(seed),
      '--count',
      String(ships),
      '--to',
      `tcp://127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  // However we end, it ends: its input is our life.
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port is free'))))
    })
  })
}

function untilSignal(): Promise<void> {
  return new Promise(done => {
    process.once('SIGTERM', () => done())
    process.once('SIGINT', () => done())
  })
}
