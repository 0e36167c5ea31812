// Messages that come whole, by HTTPS or a broker: one is one frame. Kept before anything is done with it, and told to be durable once it is on the disk: then whoever brought it may
// forget it. By a broker the topic may say who speaks, and many devices speak on one connection.
import type { DecodedFrame, FrameRefusal, SealProtocol } from '../protocols/index.ts'
import { ledgerName } from './ledger-name.ts'
import type { WaitingAnswers } from './waiting-answers.ts'

export interface MessageFrom {
  /** Who speaks, where the message need not say. */
  readonly deviceId?: string
  /** The broker had kept it: of a time that only the message can tell. */
  readonly isRetained?: boolean
}
export interface TakenMessage {
  readonly refused?: FrameRefusal | 'retained'
  /** Who has spoken. */
  readonly deviceId?: string
  /** It is on the disk; false: the disk did not take it. */
  readonly durable: Promise<boolean>
}

export interface WholeMessagesOptions {
  readonly answers: WaitingAnswers
  now(): number
  append(feedName: string, bytes: Uint8Array, atMs: number): number
  decode(protocol: SealProtocol, bytes: Uint8Array, atMs: number, deviceId: string | undefined): DecodedFrame | FrameRefusal
  tell(protocol: string, feed: string, decoded: DecodedFrame, deviceId: string | undefined, atMs: number, mark: number): void
  count(feed: string, latencyMs: number | undefined): void
  refuse(feed: string, reason: string): void
}

export type TakeMessage = (protocol: SealProtocol, feed: string, bytes: Uint8Array, from?: MessageFrom) => TakenMessage

const whoSpeaks = (decoded: DecodedFrame | FrameRefusal): string | undefined =>
  typeof decoded === 'string' ? undefined : decoded.reports.find(report => report.deviceId !== undefined)?.deviceId

const YES = Promise.resolve(true)

export function createWholeMessages(options: WholeMessagesOptions): TakeMessage {
  return (protocol, feed, bytes, { deviceId, isRetained = false } = {}) => {
    const atMs = options.now()
    const alone = options.decode(protocol, bytes, atMs, undefined)
    // What says by itself who speaks needs no topic, now and when it is read again from the ledger.
    const saysWho = deviceId === undefined || whoSpeaks(alone) !== undefined
    const decoded = saysWho ? alone : options.decode(protocol, bytes, atMs, deviceId)
    const isRefused = typeof decoded === 'string'
    if (isRetained && !isRefused && !decoded.reports.some(report => report.sentAtMs !== undefined)) {
      // Whether it is of today or of last year nobody knows.
      options.refuse(feed, 'retained')
      return { refused: 'retained', durable: YES }
    }
    const mark = options.append(ledgerName({ protocol: protocol.name, feed, ...(saysWho || isRefused ? {} : { deviceId }) }), bytes, atMs)
    const sentAtMs = isRefused ? undefined : decoded.reports.at(-1)?.sentAtMs
    options.count(feed, sentAtMs === undefined ? undefined : atMs - sentAtMs)
    if (isRefused) options.refuse(feed, decoded)
    else options.tell(protocol.name, feed, decoded, deviceId, atMs, mark)
    const durable = new Promise<boolean>(done =>
      options.answers.add(
        mark,
        () => done(true),
        () => done(false),
      ),
    )
    const who = whoSpeaks(decoded) ?? deviceId
    return { ...(isRefused ? { refused: decoded } : {}), ...(isRefused || who === undefined ? {} : { deviceId: who }), durable }
  }
}
