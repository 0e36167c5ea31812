// The ergonomic face for whole texts: sentences in, objects out. For a stream that never ends use `createAisStream` with a `payload` sink.
import type { AisObject } from './fields.ts'
import { decodePayload } from './objects.ts'
import type { AisRecord, Refusal } from './record.ts'
import { createAisStream, type PayloadSink } from './stream.ts'

export interface ReceivedMessage {
  /** The message's fields, by the names and units of docs/integrators/ais.md. */
  readonly message: AisObject
  /** Line of its first sentence, from 1. */
  readonly line: number
  readonly channel?: 'A' | 'B'
  readonly talker: string
  /** True for !..VDO: the receiver's own station. */
  readonly own: boolean
  /** Who heard it and when, where the text tells. Epoch ms UTC. */
  readonly source?: string
  /** What the TAG block says of its quality (q:). */
  readonly quality?: string
  readonly sourceTimeMs?: number
}

export interface RefusedInput {
  readonly reason: Refusal
  readonly line: number
}

/** All messages of a text of sentences, one source's, and what could not be used. Never throws on input. */
export function decodeSentences(text: string): {
  readonly messages: readonly ReceivedMessage[]
  readonly refused: readonly RefusedInput[]
} {
  const messages: ReceivedMessage[] = []
  const refused: RefusedInput[] = []
  const sink: PayloadSink = {
    message: () => {},
    refused: (reason, line) => refused.push({ reason, line }),
    payload(six, bits, envelope) {
      const message = decodePayload(six, bits)
      if (typeof message === 'string') return message
      messages.push({ message, ...surroundingsOf(envelope, stream.stations) })
      return undefined
    },
  }
  const stream = createAisStream(sink)
  stream.push(new TextEncoder().encode(text), 0)
  stream.end(0)
  return { messages, refused }
}

function surroundingsOf(
  { line, channel, talker, own, station, quality, sourceTimeMs }: AisRecord,
  stations: readonly string[],
): Omit<ReceivedMessage, 'message'> {
  const source = stations[station]
  return {
    line,
    ...(channel === 1 ? { channel: 'A' } : channel === 2 ? { channel: 'B' } : {}),
    talker,
    own,
    ...(source ? { source } : {}),
    ...(quality ? { quality } : {}),
    ...(Number.isNaN(sourceTimeMs) ? {} : { sourceTimeMs }),
  }
}
