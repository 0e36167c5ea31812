import { createAisStream } from '#wire/ais/index.ts'
import { type Command, CommandFailure, UsageError } from './command.ts'
import { linesOf } from './inputs.ts'
import { openOutlet } from './outlet.ts'

const HELP = `usage: mangru replay FILE… [--speed N|max] --to URL

Sends a recording as a feed, with its own timing: the times in TAG blocks, before the sentences (logs), after them, or told by $PGHP and ZDA sentences.
FILE may be - or end in .gz or .zst. Lines without a time go with the line before.

  --speed N     N times as fast; max = as fast as it is taken; default 1
  --to URL      tcp://host:port, tcp-server://:port (waits for a caller) or udp://host:port

examples:
  mangru replay night.nmea.gz --speed 10 --to tcp://127.0.0.1:4001
  mangru replay a.nmea b.nmea --speed max --to udp://127.0.0.1:10110`

/** A longer pause in the recording is cut to this, and said. */
const LONGEST_PAUSE_MS = 60_000

export const replay: Command = {
  name: 'replay',
  summary: 'sends a recording as a feed',
  help: HELP,
  async run(args) {
    const files: string[] = []
    let speed = 1
    let to: string | undefined
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? ''
      if (word === '--to') to = args[++at]
      else if (word === '--speed') {
        const given = args[++at] ?? ''
        speed = given === 'max' ? Number.POSITIVE_INFINITY : Number(given)
        if (!(speed > 0)) throw new UsageError(`--speed ${given} is no speed; a number above 0, or max`)
      } else if (word.startsWith('--')) throw new UsageError(`there is no option ${word}`)
      else files.push(word)
    }
    if (files.length === 0) throw new UsageError('name a recording to send')
    if (to === undefined) throw new UsageError('--to is missing; say where to send, for example --to tcp://127.0.0.1:4001')
    const outlet = await openOutlet(to)
    let stopped = false
    process.once('SIGINT', () => {
      stopped = true
    })
    let sent = 0
    for (const file of files) {
      const clock = recordingClock()
      let begunMs = Number.NaN
      let firstMs = Number.NaN
      let lastMs = Number.NaN
      for await (const line of linesOf(file, 'bytes')) {
        if (stopped || outlet.isClosed) break
        const toldMs = speed === Number.POSITIVE_INFINITY ? Number.NaN : clock(line)
        if (!Number.isNaN(toldMs)) {
          if (Number.isNaN(firstMs)) {
            firstMs = toldMs
            begunMs = performance.now()
          } else if (toldMs - lastMs > LONGEST_PAUSE_MS * speed) {
            process.stderr.write(
              `${file}: a pause of ${Math.round((toldMs - lastMs) / 1000)} s is cut to ${(LONGEST_PAUSE_MS / 1000) * speed} s\n`,
            )
            firstMs += toldMs - lastMs - LONGEST_PAUSE_MS * speed
          }
          lastMs = toldMs
          const waitMs = (toldMs - firstMs) / speed - (performance.now() - begunMs)
          if (waitMs > 5) {
            await outlet.ready()
            await new Promise(done => setTimeout(done, waitMs))
          }
        }
        outlet.line(line)
        if (++sent % 1000 === 0) await outlet.ready()
      }
    }
    await outlet.ready()
    await outlet.end()
    process.stderr.write(`${sent} lines sent\n`)
    if (outlet.isClosed && !stopped && speed !== Number.POSITIVE_INFINITY && sent === 0)
      throw new CommandFailure(`${to} closed the connection`)
    return 0
  },
}

/** What time a line tells, NaN where it tells none. */
function recordingClock(): (line: string) => number {
  let toldMs = Number.NaN
  const stream = createAisStream({
    message: record => {
      if (!Number.isNaN(record.sourceTimeMs)) toldMs = record.sourceTimeMs
    },
  })
  return line => {
    toldMs = Number.NaN
    const before = stream.toldTimeMs
    stream.push(Buffer.from(`${line}\n`, 'latin1'), 0)
    if (Number.isNaN(toldMs) && stream.toldTimeMs !== before) return stream.toldTimeMs
    return toldMs
  }
}
