import { join } from 'node:path'
import { readLedger } from '#evidence/index.ts'
import { tagged } from '#wire/ais/index.ts'
import type { Command } from './command.ts'
import { existingDataDirectory } from './data.ts'
import { writeFully } from './inputs.ts'
import { readOptions, timeOption } from './options.ts'

const HELP = `usage: mangru raw [--data DIR] [--from T] [--to T] [--feed NAME]

Prints what was received, as received, each line with a TAG block: s: the feed, c: the time of receipt (UNIX seconds, or milliseconds where it is not whole).
A TAG block that came with the line is kept; ours stands before it. Works beside a running product and after kill -9. Times are ISO 8601.

examples:
  mangru raw --from 2026-11-24T07:00:00Z --to 2026-11-24T08:00:00Z >hour.nmea
  mangru raw --feed busan | mangru judge -`

const LF = 10
const CR = 13
const LINES_AT_ONCE = 5000

export const raw: Command = {
  name: 'raw',
  summary: 'what was received, as received',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--data', '--from', '--to', '--feed'])
    const directory = existingDataDirectory(options.values.get('--data'))
    const wanted = options.values.get('--feed')
    const [fromMs, toMs] = [timeOption(options, '--from'), timeOption(options, '--to')]
    let lines: string[] = []
    const flush = (): void => {
      writeFully(Buffer.from(lines.join(''), 'latin1'))
      lines = []
    }
    /** Half lines of a feed, until the rest comes. */
    const rest = new Map<string, Buffer>()
    readLedger(
      join(directory, 'ledger'),
      { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) },
      (entry, feed) => {
        if (entry.feed === 0 || (wanted !== undefined && wanted !== feed)) return
        const before = rest.get(feed)
        const bytes = before ? Buffer.concat([before, entry.bytes]) : Buffer.from(entry.bytes)
        let at = 0
        for (let end = bytes.indexOf(LF, at); end >= 0; end = bytes.indexOf(LF, at)) {
          const upTo = end > at && bytes[end - 1] === CR ? end - 1 : end
          if (upTo > at) lines.push(`${tagged(feed, entry.receivedAtMs)}${bytes.toString('latin1', at, upTo)}\n`)
          at = end + 1
        }
        if (at < bytes.length) rest.set(feed, Buffer.from(bytes.subarray(at)))
        else rest.delete(feed)
        if (lines.length > LINES_AT_ONCE) flush()
      },
    )
    flush()
    return 0
  },
}
