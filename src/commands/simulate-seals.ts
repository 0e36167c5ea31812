// `mangru simulate seals`: sealed trucks on the main roads, each seal a connection of its own that speaks its maker's protocol.
import { writeFileSync } from 'node:fs'
import {
  createFleet,
  DEMO_DAY_MS,
  demoSealDay,
  devicesOf,
  type Fleet,
  type JourneysOptions,
  journeysOf,
  LOCK_PROTOCOLS,
  SCRIPTS,
  type Script,
  type SealPlace,
  type SimJourney,
  SPEAKS,
} from '#sim/index.ts'
import { UsageError } from './command.ts'
import { planFile } from './simulated-plan.ts'

export const SEALS_HELP = `usage: mangru simulate seals --to tcp://HOST:PORT?kind=PROTOCOL… [--seed N] [--count N] [--speed N] [--minutes N] [--hours N]
                             [--violations a,b|none] [--one-in N] [--every SECONDS] [--rough] [--start T] [--plan FILE] [--demo]

Sends what electronic seals of trucks under way would: real frames over TCP (json also by MQTT), each seal on a connection of its own, kept until it is acknowledged. Tunnels and valleys
cut the line; what was kept meanwhile is sent behind them. Other devices of a journey (second seals, tractors) call too.

  --to URL        where seals of a protocol call (repeat it): tcp://127.0.0.1:8841?kind=jt808
                  or mqtt://USER@HOST:1883/seals/+/report?kind=json, by a broker; the password in MQTT_PASSWORD
                  locks speak jt808, jt600, eseal, teratrack, r16h, json, envotech; those of tractors eelink, t800x, meitrack, gl200, upro, tzone
  --seed N        another seed, other journeys; default 1. The same seed and start give the same day
  --count N       trucks; default 200
  --hours N       who arrives goes on, as long as a journey begins within so many hours; default: one journey each
  --violations    what may happen: names with commas, or none; default all that these protocols can tell
  --one-in N      to one truck of so many something happens; default 20. To the others something happens nearly
  --every N       seconds between reports; default 30
  --rough         frames come cut, glued together and now and then twice
  --start T       the moment at which the watch begins, ISO 8601; default now; what lies before is told first
  --speed N       times real time; default 1
  --minutes N     stops after so many simulated minutes; default: goes on, with --hours and --demo until they are over
  --plan FILE     writes JSON: seals, journeys and areas as POST /api/seals, /api/journeys/bulk and /api/areas take them; what officers do and gates see and when;
                  the script (what is to be found, live or too late for a call) and what nearly happens
  --demo          the day of the product's own demo: 240 trucks, 24 hours; --count, --hours and what may happen are as it has them

What may happen: ${SCRIPTS.slice(0, 8).join(', ')},
  ${SCRIPTS.slice(8, 16).join(', ')},
  ${SCRIPTS.slice(16).join(', ')}

At the end one line of JSON: sent, acknowledged, connected, reconnects, commands.

examples:
  mangru simulate seals --count 50 --to 'tcp://127.0.0.1:8841?kind=jt808' --plan journeys.json
  mangru simulate seals --seed 7 --violations none --minutes 5 --to 'tcp://127.0.0.1:8841?kind=jt808'
  mangru simulate seals --violations seal-opened,left-route --one-in 5 --rough \\
    --to 'tcp://127.0.0.1:8841?kind=jt808' --to 'tcp://127.0.0.1:8842?kind=teratrack' --to 'tcp://127.0.0.1:8843?kind=eelink'
  mangru simulate seals --count 3000 --every 10 --minutes 10 --to 'tcp://127.0.0.1:8841?kind=jt600'`

const TICK_MS = 250
const HOUR_MS = 3_600_000
const SPREAD_MS = HOUR_MS
const THINNED_MS = 60_000
const FIRST_MS = 75_000
/** A device goes on the line so long before it is fitted for its next journey. */
const AHEAD_MS = 60_000

export async function simulateSeals(args: readonly string[]): Promise<number> {
  const wanted = parse(args)
  const { startMs } = wanted
  const journeys = journeysOf(dayOf(wanted))
  if (wanted.plan !== undefined) writeFileSync(wanted.plan, planFile(journeys, wanted.everyS))
  const fleets = createFleets(
    devicesOf(journeys).filter(one => wanted.to[one.protocol]),
    wanted,
  )
  let stopped = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      stopped = true
    })
  const beganMs = Date.now()
  const lastsMs = wanted.minutes === undefined ? lastsOf(wanted) : wanted.minutes * 60_000
  const endMs = startMs + lastsMs
  for (let nowMs = startMs; !stopped && nowMs < endMs; ) {
    nowMs = Math.min(endMs, startMs + (Date.now() - beganMs) * wanted.speed)
    fleets.advance(nowMs)
    await new Promise(done => setTimeout(done, TICK_MS))
  }
  // What was said last is acknowledged within a second.
  if (!stopped) await new Promise(done => setTimeout(done, 4 * TICK_MS))
  process.stdout.write(`${JSON.stringify(fleets.counts())}\n`)
  fleets.close()
  return 0
}

/** What begins later calls later; a device that goes on another journey has one line at a time. */
function createFleets(devices: readonly SimJourney[], { to, everyS, startMs, isRough }: Wanted) {
  const running: { readonly fleet: Fleet; readonly untilMs: number }[] = []
  const gone: Fleet['counts'][] = []
  let waiting: readonly SimJourney[] = []
  const begin = (journeys: readonly SimJourney[]): void => {
    if (journeys.length === 0) return
    const fleet = createFleet({ journeys, to, everyMs: everyS * 1000, fromMs: 0, thinnedMs: THINNED_MS, isRough })
    running.push({ fleet, untilMs: Math.max(...journeys.map(one => one.saysUntilMs ?? Number.POSITIVE_INFINITY)) })
  }
  const first = new Map<string, SimJourney>()
  for (const one of devices) if (!first.has(`${one.protocol}:${one.deviceId}`)) first.set(`${one.protocol}:${one.deviceId}`, one)
  const atOnce = new Set([...first.values()].filter(one => one.fittedMs < startMs + 2 * HOUR_MS))
  waiting = devices.filter(one => !atOnce.has(one)).sort((a, b) => a.fittedMs - b.fittedMs)
  // Journeys of one hand-over each by themselves: their lines end at their own moments.
  begin([...atOnce].filter(one => one.saysUntilMs === undefined))
  for (const one of atOnce) if (one.saysUntilMs !== undefined) begin([one])
  return {
    advance(nowMs: number): void {
      const next = waiting.findIndex(one => one.fittedMs - AHEAD_MS > nowMs)
      const due = next < 0 ? waiting : waiting.slice(0, next)
      waiting = next < 0 ? [] : waiting.slice(next)
      for (const one of due) begin([one])
      for (const [n, { fleet, untilMs }] of [...running.entries()].reverse()) {
        fleet.advance(nowMs)
        if (nowMs < untilMs) continue
        gone.push(fleet.counts)
        fleet.close()
        running.splice(n, 1)
      }
    },
    counts() {
      const sum = { sent: 0, acknowledged: 0, connected: 0, reconnects: 0, commands: 0 }
      for (const counts of [...gone, ...running.map(one => one.fleet.counts)])
        for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += counts[key]
      return sum
    },
    close() {
      for (const { fleet } of running) fleet.close()
    },
  }
}

interface Wanted {
  seed: number
  count: number
  speed: number
  minutes: number | undefined
  hours: number | undefined
  startMs: number
  everyS: number
  oneIn: number
  scripts: readonly Script[]
  isRough: boolean
  isDemo: boolean
  plan: string | undefined
  to: Record<string, SealPlace>
}

const dayOf = ({ seed, count, startMs, hours, scripts, oneIn, everyS, isDemo, to }: Wanted): JourneysOptions =>
  isDemo
    ? demoSealDay(seed, startMs)
    : {
        seed,
        count,
        startMs,
        spreadMs: SPREAD_MS,
        scripts,
        oneIn,
        protocols: Object.keys(to),
        everyMs: everyS * 1000,
        firstMs: startMs + FIRST_MS,
        lastMs: startMs + Math.max(1, hours ?? 0) * HOUR_MS,
        ...(hours === undefined ? {} : { untilMs: startMs + hours * HOUR_MS }),
      }
/** A day's end is the last arrival's; then another one begins. */
const lastsOf = ({ isDemo, hours }: Wanted): number =>
  isDemo ? DEMO_DAY_MS : hours === undefined ? Number.POSITIVE_INFINITY : (hours + 7) * HOUR_MS

function parse(args: readonly string[]): Wanted {
  const wanted: Wanted = {
    seed: 1,
    count: 200,
    speed: 1,
    minutes: undefined,
    hours: undefined,
    startMs: Date.now(),
    everyS: 30,
    oneIn: 20,
    scripts: SCRIPTS,
    isRough: false,
    isDemo: false,
    plan: undefined,
    to: {},
  }
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    const text = (): string => {
      const value = args[++at]
      if (value === undefined) throw new UsageError(`${word} needs a value`)
      return value
    }
    const number = (least: number): number => {
      const value = Number(text())
      if (!(value >= least)) throw new UsageError(`${word} ${args[at]}: a number from ${least} up`)
      return value
    }
    if (word === '--seed') wanted.seed = number(0)
    else if (word === '--count') wanted.count = Math.floor(number(1))
    else if (word === '--speed') wanted.speed = number(0)
    else if (word === '--minutes') wanted.minutes = number(0)
    else if (word === '--hours') wanted.hours = number(0)
    else if (word === '--every') wanted.everyS = number(1)
    else if (word === '--one-in') wanted.oneIn = Math.floor(number(1))
    else if (word === '--rough') wanted.isRough = true
    else if (word === '--demo') wanted.isDemo = true
    else if (word === '--plan') wanted.plan = text()
    else if (word === '--start') {
      wanted.startMs = Date.parse(text())
      if (Number.isNaN(wanted.startMs)) throw new UsageError(`--start ${args[at]} is no time in ISO 8601`)
    } else if (word === '--violations') wanted.scripts = scriptsOf(text())
    else if (word === '--to') {
      const url = text()
      const broker = /^mqtt:\/\/(?:([^@/:]+)@)?([^:/?@]+)(?::(\d+))?\/([^?#]*\+[^?#]*)\?kind=json$/.exec(url)
      if (broker) {
        const [, user, host = '', port = '1883', topic = ''] = broker
        const password = process.env.MQTT_PASSWORD
        wanted.to.json = {
          host,
          port: Number(port),
          topic,
          ...(user === undefined ? {} : { user }),
          ...(user === undefined || password === undefined ? {} : { password }),
        }
        continue
      }
      const match = /^tcp:\/\/([^:/?]+):(\d+)\/?(?:\?kind=([a-z0-9]+))?$/.exec(url)
      if (!match) throw new UsageError(`--to ${url}: write tcp://127.0.0.1:8841?kind=jt808`)
      const [, host = '', port = '', kind = 'jt808'] = match
      if (!SPEAKS.has(kind)) throw new UsageError(`--to ${url}: no seal speaks ${kind}; they speak ${[...SPEAKS].join(', ')}`)
      wanted.to[kind] = { host, port: Number(port) }
    } else throw new UsageError(`there is no option ${word}`)
  }
  const kinds = Object.keys(wanted.to)
  if (kinds.length === 0) throw new UsageError('say where the seals call: --to tcp://127.0.0.1:8841?kind=jt808')
  if (!kinds.some(kind => LOCK_PROTOCOLS.includes(kind)))
    throw new UsageError(`--to: none of ${kinds.join(', ')} can lock a container; add one of ${LOCK_PROTOCOLS.join(', ')}`)
  return wanted
}

function scriptsOf(words: string): readonly Script[] {
  if (words === 'none') return []
  return words.split(',').map(word => {
    const script = SCRIPTS.find(one => one === word)
    if (!script) throw new UsageError(`--violations ${word}: use none or some of ${SCRIPTS.join(', ')}`)
    return script
  })
}
