import { join } from 'node:path'
import { readLedger } from '#evidence/index.ts'
import { sealFeedOf } from '#seals/index.ts'
import { tagged } from '#wire/ais/index.ts'
import type { Command } from './command.ts'
import { existingDataDirectory } from './data.ts'
import { writeFully } from './inputs.ts'
import { readOptions, refuseWords, timeOption } from './options.ts'

const HELP = `usage: mangru raw [--data DIR] [--from T] [--to T] [--feed NAME]

Prints what was received, as received, each line with a TAG block: s: the feed, c: the time of receipt (UNIX seconds, or milliseconds where it is not whole).
A TAG block that came with the line is kept; ours stands before it. Frames of seals stand as hex, one a line. Works beside a running product and after kill -9. Times are ISO 8601.

examples:
  mangru raw --from 2026-11-24T07:00:00Z --to 2026-11-24T08:00:00Z >hour.nmea
  mangru raw --feed busan | mangru judge -`

const LF = 10
const CR = 13
const LINES_AT_ONCE = 5000
/** A line that ends in the wanted time may have begun this long before. */
const BEGUN_BEFORE_MS = 60_000

export const raw: Command = {
  name: 'raw',
  summary: 'what was received, as received',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--data', '--from', '--to', '--feed'])
    refuseWords(options, 'name the data folder with --data, a feed with --feed')
    const wanted = { fromMs: timeOption(options, '--from'), toMs: timeOption(options, '--to'), feed: options.values.get('--feed') }
    const directory = existingDataDirectory(options.values.get('--data'))
    let lines: string[] = []
    const flush = (): void => {
      writeFully(Buffer.from(lines.join(''), 'latin1'))
      lines = []
    }
    receivedLines(join(directory, 'ledger'), wanted, line => {
      lines.push(line, '\n')
      if (lines.length > LINES_AT_ONCE) flush()
    })
    flush()
    return 0
  },
}

export interface WantedLines {
  readonly fromMs: number | undefined
  readonly toMs: number | undefined
  readonly feed: string | undefined
}

/** Lines as latin1, with our TAG block, in order of receipt. What came in pieces is joined, and has the time of its last piece. */
export function receivedLines(ledger: string, { fromMs, toMs, feed: wanted }: WantedLines, emit: (line: string) => void): void {
  /** The begun line of each feed, until the rest comes. */
  const begun = new Map<string, { readonly bytes: Buffer; readonly atMs: number }>()
  const range = { ...(fromMs === undefined ? {} : { fromMs: fromMs - BEGUN_BEFORE_MS }), ...(toMs === undefined ? {} : { toMs }) }
  const say = (feed: string, atMs: number, bytes: Buffer, from: number, end: number): void => {
    const to = end > from && bytes[end - 1] === CR ? end - 1 : end
    if (to > from && (fromMs === undefined || atMs >= fromMs)) emit(`${utf8(tagged(feed, atMs))}${bytes.toString('latin1', from, to)}`)
  }
  readLedger(ledger, range, (entry, feed) => {
    if (entry.feed === 0) return
    const seal = sealFeedOf(feed)
    if (wanted !== undefined && wanted !== feed && wanted !== seal?.feed) return
    if (seal) {
      // Of a binary protocol an entry is a frame.
      const { receivedAtMs } = entry
      if (fromMs === undefined || receivedAtMs >= fromMs)
        emit(`${utf8(tagged(seal.feed, receivedAtMs))}${Buffer.from(entry.bytes).toString('hex')}`)
      return
    }
    const before = begun.get(feed)
    const bytes = before ? Buffer.concat([before.bytes, entry.bytes]) : Buffer.from(entry.bytes)
    let at = 0
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, at)) {
      say(feed, entry.receivedAtMs, bytes, at, end)
      at = end + 1
    }
    if (at < bytes.length) begun.set(feed, { bytes: Buffer.from(bytes.subarray(at)), atMs: entry.receivedAtMs })
    else begun.delete(feed)
  })
  // The last line of a file has no end, and neither has one that is still coming; asked until a time, the rest of it may lie behind that time.
  if (toMs === undefined) for (const [feed, { bytes, atMs }] of begun) say(feed, atMs, bytes, 0, bytes.length)
}

/** UTF-8 bytes as latin1 letters: names may be Korean. */
const utf8 = (text: string): string => Buffer.from(text).toString('latin1')
