import { type AisObject, EncodeRefusal, encodeSentences } from '#wire/ais/index.ts'
import { type Command, UsageError } from './command.ts'
import { fileName, linesOf, MAX_INPUT_SHOWN, TextOutput } from './inputs.ts'
import { readTime } from './options.ts'

const HELP = `usage: mangru encode --as ais [FILE…]

Turns JSON Lines (fields and units as decode prints them: docs/integrators/ais.md) into AIS sentences on standard output, one message a line or several.
FILE may be - (standard input, also the default) or end in .gz or .zst. channel, talker, own, source and receivedAt are used where given; file, line and quality are
passed over. What cannot be encoded goes to standard error, one object a line: {"refused":"…","file":"…","line":3,"input":"…"}; the rest is encoded.
Fields that are not given are sent as 'not available'.

examples:
  echo '{"type":1,"mmsi":440123456,"lat":35.1,"lon":129.04,"sogKn":12.3}' | mangru encode --as ais
  echo '{"type":5,"mmsi":440123456,"name":"HAE","destination":"KR PUS","source":"busan","receivedAt":"2026-11-24T07:00:00Z"}' | mangru encode --as ais
  mangru decode --as nmea night.nmea | mangru encode --as ais - >again.nmea`

/** What stands around a message, not in it. */
const ENVELOPE = new Set(['file', 'line', 'channel', 'talker', 'own', 'source', 'quality', 'receivedAt'])

export const encode: Command = {
  name: 'encode',
  summary: 'JSON Lines to AIS sentences',
  help: HELP,
  async run(args) {
    const files: string[] = []
    let format: string | undefined
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? ''
      if (word === '--as') format = args[++at]
      else if (word.startsWith('--as=')) format = word.slice(5)
      else if (word.startsWith('-') && word !== '-') throw new UsageError(`there is no option ${word}`)
      else files.push(word)
    }
    if (format === undefined) throw new UsageError('--as is missing; write --as ais')
    if (format !== 'ais') throw new UsageError(`--as ${format} is not known; encode speaks ais in this version`)
    const out = new TextOutput()
    const err = new TextOutput(process.stderr)
    let sequence = 0
    try {
      for (const path of files.length > 0 ? files : ['-']) {
        let line = 0
        for await (const input of linesOf(path)) {
          line++
          if (input.trim() === '') continue
          try {
            sequence = (sequence + 1) % 10
            for (const sentence of encodeLine(input, sequence)) out.line(sentence)
          } catch (error) {
            const refused = error instanceof Error ? error.message : String(error)
            err.line(JSON.stringify({ refused, file: fileName(path), line, input: input.slice(0, MAX_INPUT_SHOWN) }))
          }
          if (out.isFull) await out.flush()
          if (err.isFull) await err.flush()
        }
      }
    } finally {
      await out.flush()
      await err.flush()
    }
    return 0
  },
}

function encodeLine(input: string, sequence: number): string[] {
  const parsed = parse(input)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new EncodeRefusal('the line is JSON but no object; write one message a line, {"type":1,"mmsi":440123456,…}, as decode prints it')
  const envelope = new Map(Object.entries(parsed).filter(([name]) => ENVELOPE.has(name)))
  const message = Object.fromEntries(Object.entries(parsed).filter(([name]) => !ENVELOPE.has(name))) as AisObject
  const text = (name: string): string | undefined => {
    const value = envelope.get(name)
    if (value !== undefined && typeof value !== 'string') throw new EncodeRefusal(`${name} is ${JSON.stringify(value)}; it must be a text`)
    return value
  }
  const [channel, talker, source, receivedAt] = [text('channel'), text('talker'), text('source'), text('receivedAt')]
  const own = envelope.get('own')
  if (own !== undefined && typeof own !== 'boolean') throw new EncodeRefusal(`own is ${JSON.stringify(own)}; it must be true or false`)
  return encodeSentences(message, {
    sequence,
    ...(channel === undefined ? {} : { channel }),
    ...(talker === undefined ? {} : { talker }),
    ...(own === undefined ? {} : { own }),
    ...(source === undefined ? {} : { source }),
    ...(receivedAt === undefined ? {} : { receivedAtMs: epochOf(receivedAt) }),
  })
}

function epochOf(receivedAt: string): number {
  const ms = readTime(receivedAt)
  if (ms === undefined) throw new EncodeRefusal(`receivedAt is ${JSON.stringify(receivedAt)}; it must be a time as 2026-11-24T07:00:00Z`)
  return ms
}

function parse(input: string): unknown {
  try {
    return JSON.parse(input)
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    throw new EncodeRefusal(`the line is no JSON (${why}); write one message a line, {"type":1,"mmsi":440123456,…}, as decode prints it`)
  }
}
