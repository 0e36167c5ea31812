import { ensureChart } from '#places/build.ts'
import { loadCoast } from '#places/index.ts'
import { createAisSimulator } from '#sim/index.ts'
import { type Command, CommandFailure, UsageError } from './command.ts'
import { openOutlet } from './outlet.ts'
import { SEALS_HELP, simulateSeals } from './simulate-seals.ts'

const HELP = `usage: mangru simulate ais [--seed N] [--count N] [--to URL] [--speed N] [--minutes N] [--demo]

Sends a simulated day in Korean waters as real AIS sentences with TAG blocks, as coast stations would hear it. Ships are named DEMO.

  --seed N      another seed is another day; default 1
  --count N     ships; default 2000
  --to URL      tcp://host:port, tcp-server://:port, udp://host:port; default standard output
  --speed N     times real time; default 1
  --minutes N   stops after so many simulated minutes; default: goes on
  --demo        the past hour first, so that tracks and meetings are there at once

Electronic seals of trucks: mangru simulate seals --help

examples:
  mangru simulate ais --count 50 --minutes 5 --speed 60 | head
  mangru simulate ais --to tcp://127.0.0.1:4001`

const TICK_MS = 200
const WARM_UP_MINUTES = 75
/** The past is sent in steps of this much. */
const WARM_UP_STEP_MS = 10_000

export const simulate: Command = {
  name: 'simulate',
  summary: 'simulated ships and seals that speak the real protocols',
  help: HELP,
  helpOf: { seals: SEALS_HELP },
  async run(args) {
    const [kind, ...rest] = args
    if (kind === 'seals') return simulateSeals(rest)
    if (kind === 'cameras' || kind === 'base-station' || kind === 'patrols')
      throw new CommandFailure(`simulate ${kind} belongs to a room that is not built yet; this version simulates ais and seals`)
    if (kind !== 'ais') throw new UsageError('say what to simulate: mangru simulate ais or mangru simulate seals')
    const wanted = parse(rest)
    await ensureChart(sentence => process.stderr.write(`${sentence}\n`))
    const coast = loadCoast()
    if (!coast) throw new CommandFailure('the chart was not built; run mangru start once, or npm ci and try again')
    const startMs = Date.now()
    const simulator = createAisSimulator({
      coast,
      seed: wanted.seed,
      count: wanted.count,
      startMs,
      warmUpMinutes: wanted.isDemo ? WARM_UP_MINUTES : 0,
    })
    const outlet = await openOutlet(wanted.to)
    const send = (line: string): void => outlet.line(line)
    let stopped = false
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        stopped = true
      })
    }
    if (wanted.isDemo) {
      for (let ms = startMs - WARM_UP_MINUTES * 60_000; ms < startMs && !stopped && !outlet.isClosed; ms += WARM_UP_STEP_MS) {
        simulator.advance(ms, send)
        await outlet.ready()
      }
    }
    const endMs = startMs + (wanted.minutes ?? Number.POSITIVE_INFINITY) * 60_000
    for (let nowMs = startMs; !stopped && !outlet.isClosed && nowMs < endMs; ) {
      nowMs = Math.min(endMs, startMs + (Date.now() - startMs) * wanted.speed)
      simulator.advance(nowMs, send)
      await outlet.ready()
      if (nowMs < endMs) await new Promise(done => setTimeout(done, TICK_MS))
    }
    await outlet.end()
    return 0
  },
}

function parse(args: readonly string[]) {
  const wanted: { seed: number; count: number; to?: string; speed: number; minutes?: number; isDemo: boolean } = {
    seed: 1,
    count: 2000,
    speed: 1,
    isDemo: false,
  }
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    const text = (): string => {
      const value = args[++at]
      if (value === undefined) throw new UsageError(`${word} needs a value`)
      return value
    }
    const number = (): number => {
      const value = Number(text())
      if (!(value >= 0)) throw new UsageError(`${word} ${args[at]} is no number`)
      return value
    }
    if (word === '--seed') wanted.seed = number()
    else if (word === '--count') wanted.count = number()
    else if (word === '--to') wanted.to = text()
    else if (word === '--speed') wanted.speed = number()
    else if (word === '--minutes') wanted.minutes = number()
    else if (word === '--demo') wanted.isDemo = true
    else throw new UsageError(`there is no option ${word}`)
  }
  return wanted
}
