// Objects → sentences, armour and checksum included.
import { EncodeRefusal } from './field-codec.ts'
import type { AisObject } from './fields.ts'
import { encodePayload } from './objects.ts'

export interface SentenceOptions {
  /** Two letters before VDM or VDO; AI where absent. */
  readonly talker?: string
  /** A, B or empty. */
  readonly channel?: string
  /** 0–9, for messages of several sentences. */
  readonly sequence?: number
  readonly own?: boolean
  /** TAG block: station and time of receipt (epoch ms). */
  readonly source?: string
  readonly receivedAtMs?: number
}

/** Letters a sentence carries so that the whole stays within 82 characters (IEC 61162-1 §7.3.1). */
const LETTERS_PER_SENTENCE = 56

/** Parts are told by one digit. */
const MAX_SENTENCES = 9

const encoder = new TextEncoder()
const armour = (six: number): string => String.fromCharCode(six < 40 ? six + 48 : six + 56)

/** XOR of all bytes, two hex digits. Names in TAG blocks are UTF-8. */
export function checksum(body: string): string {
  let sum = 0
  for (let at = 0; at < body.length; at++) {
    const letter = body.charCodeAt(at)
    if (letter > LAST_ASCII) return hex(encoder.encode(body).reduce((all, byte) => all ^ byte, 0))
    sum ^= letter
  }
  return hex(sum)
}

const LAST_ASCII = 127
const hex = (sum: number): string => sum.toString(16).toUpperCase().padStart(2, '0')

/** What would end the sentence, its field or its TAG block, or begin another. */
const BREAKS = /[\p{Cc},*!$\\]/u

function refuseBreaking({ talker, channel, source, sequence, receivedAtMs }: SentenceOptions): void {
  const refuse = (name: string, value: unknown, right: string): never => {
    throw new EncodeRefusal(`${name} is ${JSON.stringify(value)}; it must be ${right}`)
  }
  if (talker !== undefined && !/^[A-Z]{2}$/.test(talker)) refuse('talker', talker, 'two capital letters, as AI or BS')
  if (channel !== undefined && !/^[0-9A-Z]?$/.test(channel)) refuse('channel', channel, 'A, B or empty')
  if (source !== undefined && (source === '' || BREAKS.test(source))) refuse('source', source, 'a name without , * ! $ \\ and line ends')
  if (sequence !== undefined && !(Number.isInteger(sequence) && sequence >= 0 && sequence <= 9)) refuse('sequence', sequence, '0 to 9')
  if (receivedAtMs !== undefined && !Number.isSafeInteger(receivedAtMs))
    refuse('receivedAtMs', receivedAtMs, 'whole milliseconds since 1970')
}

function tagBlock(options: SentenceOptions): string {
  if (options.source === undefined && options.receivedAtMs === undefined) return ''
  const fields = [
    ...(options.source === undefined ? [] : [`s:${options.source}`]),
    ...(options.receivedAtMs === undefined
      ? []
      : [`c:${options.receivedAtMs % 1000 === 0 ? options.receivedAtMs / 1000 : options.receivedAtMs}`]),
  ].join(',')
  return `\\${fields}*${checksum(fields)}\\`
}

/** A TAG block that says by which source and when something was received. */
export const tagged = (source: string, receivedAtMs: number): string => tagBlock({ source, receivedAtMs })

/** The sentences of one message, without line ends. Throws EncodeRefusal when a field or an option is out of its limits. */
export function encodeSentences(object: AisObject, options: SentenceOptions = {}): string[] {
  refuseBreaking(options)
  const { six, fillBits } = encodePayload(object)
  let payload = ''
  for (const letter of six) payload += armour(letter)
  const total = Math.max(1, Math.ceil(payload.length / LETTERS_PER_SENTENCE))
  if (total > MAX_SENTENCES)
    throw new EncodeRefusal(`the message takes ${total} sentences; at most ${MAX_SENTENCES} can be numbered: shorten its text or payload`)
  const sequence = total > 1 ? String(options.sequence ?? 0) : ''
  const tag = tagBlock(options)
  return Array.from({ length: total }, (_, part) => {
    const piece = payload.slice(part * LETTERS_PER_SENTENCE, (part + 1) * LETTERS_PER_SENTENCE)
    const body = `${options.talker ?? 'AI'}VD${options.own ? 'O' : 'M'},${total},${part + 1},${sequence},${options.channel ?? 'A'},${piece},${part === total - 1 ? fillBits : 0}`
    return `${tag}!${body}*${checksum(body)}`
  })
}
