import { createAisStream, JsonWriter, type PayloadSink, type Refusal } from '#wire/ais/index.ts'
import { type Command, UsageError } from './command.ts'
import { fileName, piecesOf, TextOutput, writeOut } from './inputs.ts'

const HELP = `usage: mangru decode --as nmea [FILE…]

Turns messages into JSON Lines on standard output. FILE may be - (standard input, also the default) or end in .gz or .zst.
What cannot be used goes to standard error, one object a line: {"refused":"bad-checksum","line":12,"input":"…"}; bad input never stops it.

  nmea   AIS in VDM and VDO sentences, with TAG blocks, log times or bare; all message types 1 to 27. Other NMEA sentences ($GPGGA …) are counted, and
         $PGHP and ZDA give time.

Names and units: docs/integrators/ais.md. 'Not available' values are left out. receivedAt and source are there where the input tells them.

examples:
  mangru decode --as nmea recording.nmea.gz | head
  nc receiver 4001 | mangru decode --as nmea -
  mangru decode --as nmea night.nmea 2>refused.jsonl >night.jsonl`

/** What the sentence says about itself beside the payload. */
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const CHANNELS = ['', ',"channel":"A"', ',"channel":"B"', ''].map(bytesOf)
const NOTHING = bytesOf('')
const LINE_END = bytesOf('}\n')

export const decode: Command = {
  name: 'decode',
  summary: 'messages to JSON Lines',
  help: HELP,
  async run(args) {
    const { format, files } = parse(args)
    if (format !== 'nmea') throw new UsageError(`--as ${format ?? 'FORMAT'} is not known; the format of this version is nmea`)
    const out = new JsonWriter()
    const err = new TextOutput(process.stderr)
    for (const path of files.length > 0 ? files : ['-']) {
      const file = fileName(path)
      const stream = createAisStream(sinkFor(file, out, err, () => stream.stations))
      for await (const piece of piecesOf(path)) {
        stream.push(piece, 0)
        await writeOut(out.bytes.subarray(0, out.length))
        out.length = 0
        if (err.isFull) await err.flush()
      }
      stream.end(0)
    }
    await writeOut(out.bytes.subarray(0, out.length))
    await err.flush()
    return 0
  },
}

function parse(args: readonly string[]): { format: string | undefined; files: string[] } {
  let format: string | undefined
  const files: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word === '--as') format = args[++at]
    else if (word.startsWith('--as=')) format = word.slice(5)
    else if (word.startsWith('-') && word !== '-') throw new UsageError(`there is no option ${word}`)
    else files.push(word)
  }
  return { format, files }
}

function sinkFor(file: string, out: JsonWriter, err: TextOutput, stations: () => readonly string[]): PayloadSink {
  const refuse = (refused: Refusal, line: number, input: string): void => err.line(JSON.stringify({ refused, file, line, input }))
  const head = bytesOf(`{"file":${JSON.stringify(file)},"line":`)
  /** Talker, source and time are often the same as in the message before. */
  let [talker, station, timeMs] = ['', -1, Number.NaN]
  let middle = NOTHING
  return {
    message: () => {},
    refused: (reason, line, bytes, from, to) =>
      refuse(reason, line, Buffer.from(bytes.subarray(from, Math.min(to, from + 300))).toString('latin1')),
    payload(six, bits, envelope) {
      if (envelope.talker !== talker || envelope.station !== station || !Object.is(envelope.sourceTimeMs, timeMs)) {
        talker = envelope.talker
        station = envelope.station
        timeMs = envelope.sourceTimeMs
        middle = bytesOf(middleOf(talker, stations()[station] ?? '', timeMs))
      }
      const from = out.length
      out.ready(head)
      out.integer(envelope.line)
      out.ready(CHANNELS[envelope.channel] ?? NOTHING)
      out.ready(middle)
      const refusal = out.message(six, bits)
      if (refusal === undefined) return out.ready(LINE_END)
      out.length = from
      refuse(refusal, envelope.line, Buffer.from(six.subarray(0, Math.ceil(bits / 6))).toString('hex'))
    },
  }
}

const middleOf = (talker: string, source: string, timeMs: number): string =>
  `,"talker":${JSON.stringify(talker)},${source ? `"source":${JSON.stringify(source)},` : ''}${
    Number.isNaN(timeMs) ? '' : `"receivedAt":"${new Date(timeMs).toISOString()}",`
  }`
