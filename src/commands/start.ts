import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { readOidcSettings } from '#access/sign-in/index.ts'
import { configuredChannels } from '#alerts/channels/index.ts'
import { POSTS } from '#base/index.ts'
import { ensureChart } from '#places/build.ts'
import { machineClock } from '#platform/clock/index.ts'
import { createLog } from '#platform/log/index.ts'
import type { SmtpSettings } from '#platform/mail/index.ts'
import { readReportsSettings } from '#reports/index.ts'
import { SEAL_KINDS } from '#seals/index.ts'
import { DEMO_SEAL_PROTOCOLS, demoAreas, demoWatched } from '#sim/index.ts'
import { DETECTORS, readFeedAddress } from '#vessels/index.ts'
import { readBackupSettings } from '../roles/backup/index.ts'
import type { Room, RoomOptions } from '../roles/options.ts'
import { openRoom } from '../roles/room.ts'
import { productVersion } from '../roles/version.ts'
import { ensureWeb } from '../web/build.ts'
import { type Command, CommandFailure, UsageError } from './command.ts'
import { isLoopback, tlsOf } from './listening.ts'
import { eachOption } from './options.ts'
import { type CommandSettings, commandSettings } from './settings.ts'

const HELP = `usage: mangru start [--config FILE] [--data DIR] [--host H] [--port N] [--feed URL]… [--tls-cert FILE --tls-key FILE | --tls-local-ca] [--no-demo]

Runs the product and prints "ready http://…" when it is usable. Without any feed it runs the demo: simulated ships, marked as such. As long as there is no
administrator it prints "first-sign-in http://…" before: open that link once.

  --config FILE   settings (docs/operators/settings.example.yaml lists them all)
  --data DIR      the data folder; default ./data, or MANGRU_DATA
  --host H        address to listen on; beyond this machine (0.0.0.0) only with TLS and once there is an administrator
  --port N        port; default 8642, 0 takes any free one
  --feed URL      tcp://host:port  tcp-server://:port  udp://:port  file:PATH  stdin:  llrp://host   options as ?name=…&network=satellite; may be given several times
  --tls-cert FILE --tls-key FILE
                  HTTPS by a certificate and key of your own (PEM); renewed files are taken within the hour
  --tls-local-ca  HTTPS by a certificate authority that the product makes for itself; desks trust its root once (/ca.crt)
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
  tlsCert?: string
  tlsKey?: string
  isLocalCa?: boolean
  feeds: string[]
}

export const start: Command = {
  name: 'start',
  summary: 'runs the product',
  help: HELP,
  async run(args) {
    const wanted = parse(args)
    const settings = await commandSettings(wanted.config)
    const { value: setting, text, number, list } = settings
    const log = createLog(machineClock, line => process.stderr.write(line), text('log.format') === 'json' ? 'json' : 'text')
    const host = wanted.host ?? text('http.host')
    const data = settings.dataDirectory(wanted.data)
    const openTls = tlsOf(
      {
        host,
        name: text('http.name'),
        tls: wanted.isLocalCa ? 'local-ca' : text('http.tls'),
        certFile: wanted.tlsCert ?? (wanted.isLocalCa ? '' : text('http.tlsCert')),
        keyFile: wanted.tlsKey ?? (wanted.isLocalCa ? '' : text('http.tlsKey')),
      },
      { data, clock: machineClock, log },
    )
    if (!isLoopback(host) && !openTls)
      throw new CommandFailure(
        `--host ${host}: other desks are answered by TLS alone; add --tls-cert and --tls-key, or --tls-local-ca (docs/administrators/tls.md)`,
      )
    const setUp = Promise.all([ensureWeb(sentence => log.info(sentence)), ensureChart(sentence => log.info(sentence))])
    await setUp
    const mail = await mailOf(text, number)
    const telling = tellingOf(settings, mail)
    const oidc = readOidcSettings(text, (await fileOf(text, 'access.oidc.clientSecretFile')).trim())
    const room = await openRoom({
      data,
      host,
      port: wanted.port ?? number('http.port'),
      ...(text('http.name') === '' ? {} : { names: [text('http.name')] }),
      ...(openTls ? { openTls } : {}),
      version: await productVersion(),
      signIn: {
        lastsMs: number('access.sessionHours') * 3_600_000,
        idleMs: number('access.idleMinutes') * 60_000,
        secondPosts: POSTS.filter(post => list('access.secondFactorPosts').includes(post)),
        ...(oidc ? { oidc } : {}),
      },
      secondExpiresAfterMs: number('access.secondMinutes') * 60_000,
      keepLeaversMs: number('access.keepLeaversDays') * 86_400_000,
      capacity: number('vessels.capacity'),
      snapshotMs: number('vessels.snapshotSeconds') * 1000,
      incidents: {
        keepPeopleDays: number('incidents.keepPeopleDays'),
        maxBytes: {
          photo: number('incidents.maxPhotoMb') * 1e6,
          video: number('incidents.maxVideoMb') * 1e6,
          pdf: number('incidents.maxPdfMb') * 1e6,
        },
      },
      reports: readReportsSettings(text, number, list),
      backup: readBackupSettings(text, number, wanted.config ?? process.env.MANGRU_CONFIG),
      ...(mail ? { mail } : {}),
      telling,
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
      feeds: [...wanted.feeds, ...list('feeds')],
      ...(text('feedPasswordsFile') === '' ? {} : { feedPasswordsFile: text('feedPasswordsFile') }),
      log,
    })
    if (!room.ok) throw new CommandFailure(room.reason)
    const ending = untilSignal()
    const first = room.value.firstSignIn()
    if (first !== undefined && !isLoopback(host)) {
      await room.value.stop()
      throw new CommandFailure(
        `--host ${host}: there is no administrator yet; start on this machine alone, open the first-sign-in link, then start again with --host ${host}`,
      )
    }
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
    // Behind the # it is sent to nobody, and so stands in nobody's log.
    if (first !== undefined) process.stdout.write(`first-sign-in ${bound.value.replace(/\/$/, '')}/${first}\n`)
    process.stdout.write(`ready ${bound.value}\n`)
    const seals = demo ? await startSealsDemo(room.value, number('demo.seed')) : undefined
    log.info(`${bound.value}${demo ? ' (demo: simulated ships)' : ''}`)
    await ending
    demo?.kill('SIGTERM')
    seals?.stop()
    await room.value.stop()
    return 0
  },
}

/** What the file holds that this setting names; nothing where it names none. */
async function fileOf(text: (path: string) => string, path: string): Promise<string> {
  if (text(path) === '') return ''
  return readFile(text(path), 'utf8').catch(error => {
    throw new CommandFailure(`${path}: the file ${text(path)} cannot be read (${error.code ?? error})`)
  })
}

/** The channels by which people outside the room are told; none where none is set. */
function tellingOf(settings: CommandSettings, mail: SmtpSettings | undefined): NonNullable<RoomOptions['telling']> {
  const linkBase = settings.text('telling.linkAddress')
  const bare = settings.channels.find(one => one.kind === 'email')
  if (bare && !mail) throw new CommandFailure(`channels.${bare.name}: there is no mail server; set mail.host and its kin`)
  return { channels: configuredChannels(settings.channels, mail), ...(linkBase === '' ? {} : { linkBase }) }
}

/** The mail server, or undefined where none is set. */
async function mailOf(text: (path: string) => string, number: (path: string) => number): Promise<SmtpSettings | undefined> {
  if (text('mail.host') === '') return undefined
  if (text('mail.from') === '') throw new CommandFailure('mail.from is missing: say which address messages come from')
  const security = text('mail.security')
  const ca = await fileOf(text, 'mail.caFile')
  return {
    host: text('mail.host'),
    port: number('mail.port'),
    security: security === 'tls' || security === 'none' ? security : 'starttls',
    user: text('mail.user'),
    password: (await fileOf(text, 'mail.passwordFile')).trim(),
    from: text('mail.from'),
    ...(ca === '' ? {} : { ca }),
  }
}

function parse(args: readonly string[]): Wanted {
  const wanted: Wanted = { feeds: [] }
  eachOption(args, (word, value, whole) => {
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
      case '--feed': {
        const url = value()
        const address = readFeedAddress(url, SEAL_KINDS)
        if (!address.ok) throw new UsageError(`--feed: ${address.reason.en}`)
        wanted.feeds.push(url)
        break
      }
      case '--tls-cert':
        wanted.tlsCert = value()
        break
      case '--tls-key':
        wanted.tlsKey = value()
        break
      case '--tls-local-ca':
        wanted.isLocalCa = true
        break
      case '--roles':
        value()
        break
      case '--no-demo':
        wanted.demo = false
        break
      default:
        throw new UsageError(`there is no option ${whole}`)
    }
  })
  return wanted
}

/** A socket of our own that the simulator calls like any receiver. */
async function startDemo(
  addFeed: (url: string) => { readonly ok: boolean },
  seed: number,
  ships: number,
): Promise<ChildProcess | undefined> {
  const port = await freePort()
  if (!addFeed(`tcp-server://127.0.0.1:${port}?name=demo`).ok) return undefined
  return simulator(['ais', '--demo', '--seed', String(seed), '--count', String(ships), '--to', `tcp://127.0.0.1:${port}`])
}

/** Seals of the demo call a socket of ours for each protocol; their journeys are planned while the room is in use already. After a day another one begins. */
async function startSealsDemo(room: Pick<Room, 'addFeed' | 'beginSealsDemo'>, seed: number): Promise<{ stop(): void } | undefined> {
  const to: string[] = []
  for (const protocol of DEMO_SEAL_PROTOCOLS) {
    const port = await freePort()
    if (!room.addFeed(`tcp-server://127.0.0.1:${port}?kind=${protocol}&name=demo-${protocol}`).ok) return undefined
    to.push('--to', `tcp://127.0.0.1:${port}?kind=${protocol}`)
  }
  let isStopped = false
  let child: ChildProcess | undefined
  const day = async (n: number): Promise<void> => {
    const startMs = Date.now()
    await room.beginSealsDemo(seed + n, startMs)
    if (isStopped) return
    child = simulator(['seals', '--demo', '--seed', String(seed + n), '--start', new Date(startMs).toISOString(), ...to])
    child.once('exit', code => {
      if (!isStopped && code === 0) void day(n + 1)
    })
  }
  await day(0)
  return {
    stop() {
      isStopped = true
      child?.kill('SIGTERM')
    },
  }
}

function simulator(words: readonly string[]): ChildProcess {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'simulate', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
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
