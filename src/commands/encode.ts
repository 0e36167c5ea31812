import { type AisObject, EncodeRefusal, encodeSentences } from '#wire/ais/index.ts'
import { type Command, UsageError } from './command.ts'
import { linesOf, TextOutput } from './inputs.ts'

const HELP = `usage: mangru encode --as ais [FILE…]

Turns JSON Lines (fields and units as decode prints them: docs/integrators/ais.md) into AIS sentences on standard output, one message a line or several.
FILE may be - (standard input, also the default) or end in .gz or .zst. channel, talker, source and receivedAt are used where given. What cannot be encoded goes
to standard error, one object a line: {"refused":"…","line":3,"input":"…"}; the rest is encoded.

examples:
  echo '{"type":1,"mmsi":440123456,"lat":35.1,"lon":129.04,"sogKn":12.3}' | mangru encode --as ais
  mangru decode --as nmea night.nmea | mangru encode --as ais - >again.nmea`

/** What stands around a message, not in it. */
const ENVELOPE = new Set(['file', 'line', 'channel', 'talker', 'source', 'receivedAt'])

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
    if (format !== 'ais') throw new UsageError(`--as ${format ?? 'FORMAT'} is not known; the format of this version is ais`)
    const out = new TextOutput()
    const err = new TextOutput(process.stderr)
    let sequence = 0
    for (const path of files.length > 0 ? files : ['-']) {
      let line = 0
      for await (const input of linesOf(path)) {
        line++
        if (input.trim() === '') continue
        try {
          sequence = (sequence + 1) % 10
          for (const sentence of encodeLine(input, sequence)) out.line(sentence)
        } catch (error) {
          err.line(JSON.stringify({ refused: error instanceof Error ? error.message : String(error), line, input: input.slice(0, 300) }))
        }
        if (out.isFull) await out.flush()
      }
    }
    await out.flush()
    await err.flush()
    return 0
  },
}

function encodeLine(input: string, sequence: number): string[] {
  const parsed = parse(input)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new EncodeRefusal('the line is JSON but no object; write one message a line, {"type":1,"mmsi":440123456,…}, as decode prints it')
  const envelope = new Map(Object.entries(parsed).filter(([name]) => ENVELOPE.has(name)))
  const message = Object.fromEntries(Object.entries(parsed).filter(([name]) => !ENVELOPE.has(name))) as AisObject
  const text = (name: string): string | undefined => (typeof envelope.get(name) === 'string' ? String(envelope.get(name)) : undefined)
  const [channel, talker, source, receivedAt] = [text('channel'), text('talker'), text('source'), text('receivedAt')]
  return encodeSentences(message, {
    sequence,
    ...(channel === undefined ? {} : { channel }),
    ...(talker === undefined ? {} : { talker }),
    ...(source === undefined ? {} : { source }),
    ...(receivedAt === undefined || Number.isNaN(Date.parse(receivedAt)) ? {} : { receivedAtMs: Date.parse(receivedAt) }),
  })
}

function parse(input: string): unknown {
  try {
    return JSON.parse(input)
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    throw new EncodeRefusal(`the line is no JSON (${why}); write one message a line, {"type":1,"mmsi":440123456,…}, as decode prints it`)
  }
}
