// `mangru simulate seals`: sealed trucks on the main roads, each seal a connection of its own that speaks its maker's protocol.
import { writeFileSync } from 'node:fs'
import { createFleet, devicesOf, journeysOf, SCRIPTS, type Script } from '#sim/index.ts'
import { UsageError } from './command.ts'

export const SEALS_HELP = `usage: mangru simulate seals --to tcp://HOST:PORT?kind=PROTOCOL… [--seed N] [--count N] [--speed N] [--minutes N]
                             [--violations a,b|none] [--one-in N] [--every SECONDS] [--start T] [--plan FILE]

Sends what electronic seals of trucks under way would: real frames over TCP, each seal on a connection of its own, kept until it is acknowledged.

  --to URL        where seals of a protocol call (repeat it): tcp://127.0.0.1:8841?kind=jt808
  --seed N        another seed, other journeys; default 1
  --count N       seals; default 200
  --violations    what may happen: names with commas, or none; default all that these protocols can tell
  --one-in N      to one journey of so many something happens; default 20
  --every N       seconds between reports; default 30
  --start T       the moment at which the watch begins, ISO 8601; default now; what lies before is told first
  --plan FILE     writes seals and journeys as JSON, as POST /api/seals and /api/journeys/bulk take them, and the script

At the end one line of JSON: sent, acknowledged, reconnects.

examples:
  mangru simulate seals --count 50 --to 'tcp://127.0.0.1:8841?kind=jt808' --plan journeys.json
  mangru simulate seals --seed 7 --violations none --minutes 5 --to 'tcp://127.0.0.1:8841?kind=jt808'`

const TICK_MS = 250
const SPREAD_MS = 3_600_000
const THINNED_MS = 60_000
const FIRST_MS = 75_000

export async function simulateSeals(args: readonly string[]): Promise<number> {
  const wanted = parse(args)
  const journeys = journeysOf({
    seed: wanted.seed,
    count: wanted.count,
    startMs: wanted.startMs,
    spreadMs: SPREAD_MS,
    scripts: wanted.scripts,
    oneIn: wanted.oneIn,
    protocols: Object.keys(wanted.to),
    firstMs: wanted.startMs + FIRST_MS,
  })
  if (wanted.plan !== undefined)
    writeFileSync(
      wanted.plan,
      JSON.stringify({
        seals: devicesOf(journeys).map(({ protocol, deviceId, n }) => ({
          protocol,
          deviceId,
          number: `DEMO-${String(n + 1).padStart(4, '0')}`,
          reportEveryS: wanted.everyS,
        })),
        journeys: journeys.map(journey => {
          const { plan } = journey
          const { departFromMs, departUntilMs, arriveFromMs, arriveUntilMs, officerCard, ...rest } = plan
          const iso = (ms: number): string => new Date(ms).toISOString()
          return {
            ...rest,
            seals: devicesOf([journey]).map(one => ({ seal: `${one.protocol}:${one.deviceId}`, fitting: one.fitting })),
            departFrom: iso(departFromMs),
            departUntil: iso(departUntilMs),
            ...(arriveFromMs === undefined ? {} : { arriveFrom: iso(arriveFromMs) }),
            arriveUntil: iso(arriveUntilMs),
            officers: { destination: [{ name: plan.destination.name, card: officerCard }] },
          }
        }),
        script: journeys.flatMap(({ plan, script, scriptMs }) =>
          script === undefined || scriptMs === undefined
            ? []
            : [{ journey: plan.id, violation: script, at: new Date(scriptMs).toISOString() }],
        ),
      }),
    )
  const fleet = createFleet({
    journeys: devicesOf(journeys),
    to: wanted.to,
    everyMs: wanted.everyS * 1000,
    fromMs: wanted.startMs - 2 * SPREAD_MS,
    thinnedMs: THINNED_MS,
  })
  let stopped = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      stopped = true
    })
  const beganMs = Date.now()
  const endMs = wanted.startMs + (wanted.minutes ?? Number.POSITIVE_INFINITY) * 60_000
  for (let nowMs = wanted.startMs; !stopped && nowMs < endMs; ) {
    nowMs = Math.min(endMs, wanted.startMs + (Date.now() - beganMs) * wanted.speed)
    fleet.advance(nowMs)
    await new Promise(done => setTimeout(done, TICK_MS))
  }
  // What was said last is acknowledged within a second.
  if (!stopped) await new Promise(done => setTimeout(done, 4 * TICK_MS))
  process.stdout.write(`${JSON.stringify(fleet.counts)}\n`)
  fleet.close()
  return 0
}

interface Wanted {
  seed: number
  count: number
  speed: number
  minutes: number | undefined
  startMs: number
  everyS: number
  oneIn: number
  scripts: readonly Script[]
  plan: string | undefined
  to: Record<string, { host: string; port: number }>
}

function parse(args: readonly string[]): Wanted {
  const wanted: Wanted = {
    seed: 1,
    count: 200,
    speed: 1,
    minutes: undefined,
    startMs: Date.now(),
    everyS: 30,
    oneIn: 20,
    scripts: SCRIPTS,
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
    else if (word === '--every') wanted.everyS = number(1)
    else if (word === '--one-in') wanted.oneIn = Math.floor(number(1))
    else if (word === '--plan') wanted.plan = text()
    else if (word === '--start') {
      wanted.startMs = Date.parse(text())
      if (Number.isNaN(wanted.startMs)) throw new UsageError(`--start ${args[at]} is no time in ISO 8601`)
    } else if (word === '--violations') wanted.scripts = scriptsOf(text())
    else if (word === '--to') {
      const url = text()
      const match = /^tcp:\/\/([^:/?]+):(\d+)\/?(?:\?kind=([a-z0-9]+))?$/.exec(url)
      if (!match) throw new UsageError(`--to ${url}: write tcp://127.0.0.1:8841?kind=jt808`)
      const [, host = '', port = '', kind = 'jt808'] = match
      wanted.to[kind] = { host, port: Number(port) }
    } else throw new UsageError(`there is no option ${word}`)
  }
  if (Object.keys(wanted.to).length === 0) throw new UsageError('say where the seals call: --to tcp://127.0.0.1:8841?kind=jt808')
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
