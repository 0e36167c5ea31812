import { SEAL_PROTOCOLS } from '#seals/protocols/index.ts'
import { type AisRecord, createAisStream, JsonWriter, type PayloadSink } from '#wire/ais/index.ts'
import { readIdentifier } from '#wire/identifiers/index.ts'
import { type Command, UsageError } from './command.ts'
import { sealReader } from './decode-seals.ts'
import { fileName, linesOf, MAX_INPUT_SHOWN, piecesOf, TextOutput, writeOut } from './inputs.ts'

const SEAL_LINES = SEAL_PROTOCOLS.map(({ name, devices }) => `  ${name.padEnd(14)}${devices}`).join('\n')

const HELP = `usage: mangru decode --as FORMAT [FILE…]

Turns messages into JSON Lines on standard output. FILE may be - (standard input, also the default) or end in .gz or .zst.
What cannot be used goes to standard error, one object a line: {"refused":"bad-checksum","line":12,"input":"…"}; bad input never stops it.

  nmea          AIS in VDM and VDO sentences, with TAG blocks, log times or bare; all message types 1 to 27. Other NMEA sentences ($GPGGA …) are passed over;
                $PGHP gives the time of the sentence behind it. Names and units: docs/integrators/ais.md. 'Not available' values are left out. line is that of
                the message's first sentence; source, quality and receivedAt are there where the input tells them, own where it is VDO.
  identifiers   a container number (ISO 6346), IMO number or MMSI on each line → {"kind","value","valid","expectedCheckDigit"}; an MMSI has no check digit.

Seals and trackers: one frame a line. A line of only hex digits is bytes, any other is the text itself; each report is an object, several of one frame have the
same line. ackHex is what the device waits for. Fields, framing and answers: docs/integrators/seals.md.

${SEAL_LINES}

examples:
  mangru decode --as nmea recording.nmea.gz | head
  nc receiver 4001 | mangru decode --as nmea -
  mangru decode --as nmea night.nmea 2>refused.jsonl >night.jsonl
  echo 'CSQU3054383' | mangru decode --as identifiers
  echo '(8000620011,P45,170720,020614,22.56035,N,114.01640,E,A,36,270,1,1,0008627839,0,0,24,5)' | mangru decode --as jt600`

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
    const names = Object.keys(FORMATS).join(', ')
    if (format === undefined) throw new UsageError(`--as is missing; say what the input is: ${names}`)
    const read = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
    if (!read) throw new UsageError(`--as ${format} is not known; this version reads ${names}`)
    const err = new TextOutput(process.stderr)
    try {
      for (const path of files.length > 0 ? files : ['-']) await read(path, err)
    } finally {
      await err.flush()
    }
    return 0
  },
}

/** Reads one file; what cannot be used goes to `err`. */
type Reader = (path: string, err: TextOutput) => Promise<void>

const readNmea: Reader = async (path, err) => {
  const out = new JsonWriter()
  const stream = createAisStream(sinkFor(fileName(path), out, err, () => stream.stations))
  for await (const piece of piecesOf(path)) {
    stream.push(piece, 0)
    await writeOut(out.bytes.subarray(0, out.length))
    out.length = 0
    if (err.isFull) await err.flush()
  }
  stream.end(0)
  await writeOut(out.bytes.subarray(0, out.length))
}

const readIdentifiers: Reader = async (path, err) => {
  const out = new TextOutput()
  const file = fileName(path)
  let line = 0
  for await (const input of linesOf(path)) {
    line++
    if (input.trim() === '') continue
    const identifier = readIdentifier(input)
    if (identifier) out.line(JSON.stringify({ file, line, ...identifier }))
    else err.line(JSON.stringify({ refused: 'unknown-identifier', file, line, input: input.slice(0, MAX_INPUT_SHOWN) }))
    if (out.isFull) await out.flush()
    if (err.isFull) await err.flush()
  }
  await out.flush()
}

const FORMATS: Readonly<Record<string, Reader>> = {
  nmea: readNmea,
  identifiers: readIdentifiers,
  ...Object.fromEntries(SEAL_PROTOCOLS.map(protocol => [protocol.name, sealReader(protocol)])),
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
  const head = bytesOf(`{"file":${JSON.stringify(file)},"line":`)
  /** Talker, source and time are often the same as in the message before. */
  let [talker, station, quality, own, timeMs] = ['', -1, '', false, Number.NaN]
  let middle = NOTHING
  return {
    message: () => {},
    refused: (refused, line, bytes, from, to) =>
      err.line(JSON.stringify({ refused, file, line, input: textOf(bytes.subarray(from, Math.min(to, from + MAX_INPUT_SHOWN))) })),
    payload(six, bits, envelope) {
      if (
        envelope.talker !== talker ||
        envelope.station !== station ||
        envelope.own !== own ||
        envelope.quality !== quality ||
        !Object.is(envelope.sourceTimeMs, timeMs)
      ) {
        talker = envelope.talker
        station = envelope.station
        own = envelope.own
        quality = envelope.quality
        timeMs = envelope.sourceTimeMs
        middle = bytesOf(middleOf(envelope, stations()[station] ?? ''))
      }
      const from = out.length
      out.ready(head)
      out.integer(envelope.line)
      out.ready(CHANNELS[envelope.channel] ?? NOTHING)
      out.ready(middle)
      const refusal = out.message(six, bits)
      if (refusal === undefined) out.ready(LINE_END)
      else out.length = from
      return refusal
    },
  }
}

const middleOf = ({ talker, own, quality, sourceTimeMs }: AisRecord, source: string): string =>
  [
    `,"talker":${JSON.stringify(talker)}`,
    ...(own ? ['"own":true'] : []),
    ...(source ? [`"source":${JSON.stringify(source)}`] : []),
    ...(quality ? [`"quality":${JSON.stringify(quality)}`] : []),
    ...(Number.isNaN(sourceTimeMs) ? [] : [`"receivedAt":"${new Date(sourceTimeMs).toISOString()}"`]),
    '',
  ].join(',')

/** UTF-8 as it is; of other bytes each is a letter, so that none is lost. */
function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString()
  return text.includes('\ufffd') ? Buffer.from(bytes).toString('latin1') : text
}
