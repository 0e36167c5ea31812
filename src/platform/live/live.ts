// The live line (WebSocket /live): text messages and binary frames to many screens, and never unbounded memory for a slow one. Numbered messages (alarms) are
// kept in one log shared by all screens: a screen that cannot take more waits at its own number; one that stands still is cut with a reason and resumes on return.
// Each message names its deed and whose thing it is; a screen gets it only where its caller's grant covers that, decided anew for every message. Numbers grow by
// random strides, so that they do not tell how many messages a screen did not get. Whose session has ended is cut within a second.
import { randomInt } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Caller, Clock, Grant } from '#base/index.ts'

/** With more than this unsent a screen gets nothing new. */
/** Messages that are gathered wait at most this long and go out together. */
const GATHER_MS = 100
const SLOW_BYTES = 64 << 10
/** A screen that takes nothing for this long is cut. */
const STALLED_MS = 30_000
const PING_MS = 5000
const LOG_KEPT = 2000
const MAX_CLIENTS = 1000
const MAX_MESSAGE_BYTES = 64 << 10
const STALLED_CODE = 4000
const SIGNED_OUT_CODE = 4401
/** Largest stride from one number to the next. */
const MAX_STRIDE = 64
/** Messages of one frame: what is left goes with the next. */
const MOST_TOGETHER = 200

/** Who a message is for: those who may do this deed to a thing of these organisations (none = head office's; `all`: to whichever thing, it is one for all). */
export interface Audience {
  readonly deed: string
  readonly organisations?: readonly string[] | 'all'
  /** Of those, only these. */
  only?(caller: Caller): boolean
}

/** A kind of message and the deed whose policy says who may get it. */
export interface LiveTopic {
  readonly kind: string
  readonly deed: string
}

export interface LiveClient {
  readonly caller: Caller
  /** True when what was sent before has not gone out: send only what must not be lost. */
  readonly isSlow: boolean
  /** Sends now. Buffers are not copied: do not write to them afterwards. */
  send(data: string | Uint8Array): void
}

export interface LiveOptions {
  readonly server: Server
  readonly path: string
  readonly clock: Clock
  /** Every kind of message there is; one that is not named here is not sent to anybody, and telling it is a bug. */
  readonly topics: readonly LiveTopic[]
  /** Who opens the line; undefined refuses it. */
  callerOf(request: IncomingMessage): Caller | undefined
  /** The caller as they are now (posts may have changed), or undefined when their session has ended. */
  refreshed(caller: Caller): Caller | undefined
  grantOf(caller: Caller, deed: string): Grant | undefined
  onOpen(client: LiveClient): void
  onClose(client: LiveClient): void
  /** The caller's rights are others than before. */
  onRights?(client: LiveClient): void
  onMessage(client: LiveClient, message: Readonly<Record<string, unknown>>): void
}

export interface Live {
  /**
   * To all screens of the audience, in order, never skipped while the screen reads. `gathered`: for what may come by the hundred; it waits a tenth of a second and goes
   * out with its like, one frame a screen.
   */
  announce(message: Readonly<Record<string, unknown>>, audience: Audience, when?: 'now' | 'gathered'): void
  /** To all screens of the audience that can take it now. */
  tell(message: Readonly<Record<string, unknown>>, audience: Audience): void
  readonly clients: number
  readonly cut: number
  close(): void
}

interface Logged {
  readonly number: number
  readonly text: string
  readonly audience: Audience
}

class Client implements LiveClient {
  readonly socket: WebSocket
  caller: Caller
  /** Numbers up to this one were sent or were not for this screen. */
  last: number
  /** When it last showed that it reads: opened, sent something, or answered a ping. */
  readAtMs: number
  pingedAtMs: number
  /** What was sent has gone out: numbered messages that waited can follow. */
  readonly #onSent: (client: Client) => void
  constructor(socket: WebSocket, caller: Caller, last: number, nowMs: number, onSent: (client: Client) => void) {
    this.socket = socket
    this.caller = caller
    this.#onSent = onSent
    this.last = last
    this.readAtMs = nowMs
    this.pingedAtMs = nowMs
  }
  get isSlow(): boolean {
    return this.socket.bufferedAmount > SLOW_BYTES
  }
  /** UTF-8 of a text that goes to many. */
  sendText(bytes: Buffer): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes, { binary: false }, () => this.#onSent(this))
  }
  send(data: string | Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(data, () => this.#onSent(this))
  }
}

export function createLive(options: LiveOptions): Live {
  const { clock } = options
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  const clients = new Set<Client>()
  const log: Logged[] = []
  /** Numbers up to this one are no longer in the log. */
  let forgotten = randomInt(1, 1 << 30)
  let newest = forgotten
  let cut = 0

  const topics = new Map(options.topics.map(topic => [topic.kind, topic.deed]))
  const isFor = (client: Client, { deed, organisations = [], only }: Audience): boolean => {
    const grant = options.grantOf(client.caller, deed)
    return grant !== undefined && (organisations === 'all' || grant.covers(organisations)) && only?.(client.caller) !== false
  }
  const checkTopic = ({ kind }: Readonly<Record<string, unknown>>, { deed }: Audience): void => {
    if (topics.get(String(kind)) !== deed)
      throw new Error(
        `live topic ‘${kind}’ with the deed ${deed} is not declared: name it in the room's policy.ts (…_TOPICS), gathered in src/roles/policies.ts, and add its row to docs/rights.csv`,
      )
  }
  /** Frames of this flush by what they hold: screens that see the same are sent the same bytes. */
  const frames = new Map<string, Buffer>()
  /** Everything that waits for this screen as one frame `{kind: 'several', messages}`: a thousand screens at a hundred messages a second are sent ten frames each. */
  const flushTogether = (client: Client): void => {
    if (client.last >= newest || client.socket.readyState !== WebSocket.OPEN || client.isSlow) return
    if (client.last < forgotten) return cutOff(client, 'missed-messages')
    const mine: Logged[] = []
    for (let at = firstAfter(log, client.last); at < log.length && mine.length < MOST_TOGETHER; at++) {
      const logged = log[at]!
      client.last = logged.number
      if (isFor(client, logged.audience)) mine.push(logged)
    }
    const [only] = mine
    if (!only) return
    if (mine.length === 1) return client.send(only.text)
    const key = mine.map(logged => logged.number).join()
    let frame = frames.get(key)
    if (!frame) {
      frame = Buffer.from(`{"kind":"several","messages":[${mine.map(logged => logged.text).join()}]}`)
      frames.set(key, frame)
    }
    client.sendText(frame)
  }
  let isGathering = false
  const endGathering = (): void => {
    isGathering = false
    for (const client of clients) flushTogether(client)
    frames.clear()
  }
  const flush = (client: Client): void => {
    if (client.last >= newest || client.socket.readyState !== WebSocket.OPEN) return
    if (client.last < forgotten) return cutOff(client, 'missed-messages')
    for (let at = firstAfter(log, client.last); at < log.length && !client.isSlow; at++) {
      const logged = log[at]!
      client.last = logged.number
      if (isFor(client, logged.audience)) client.send(logged.text)
    }
  }
  const cutOff = (client: Client, reason: string, code = STALLED_CODE): void => {
    cut++
    client.socket.close(code, reason)
    client.socket.terminate()
  }

  options.server.on('upgrade', (request, socket, head) => {
    // From here on the server does not look after this socket any more: a caller who goes away while we answer is nobody's fault.
    socket.on('error', () => socket.destroy())
    // Not parsed as a URL: whoever calls may have sent something that is none.
    if (request.url?.split('?')[0] !== options.path) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      return
    }
    const caller = options.callerOf(request)
    if (!caller) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
      return
    }
    if (clients.size >= MAX_CLIENTS) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, opened => {
      const client = new Client(opened, caller, newest, clock.now(), flush)
      clients.add(client)
      opened.on('message', (data: RawData, isBinary) => {
        if (isBinary) return
        const message = parse(data)
        if (message === undefined) return client.send(JSON.stringify({ kind: 'refused', detail: 'a message must be JSON with a kind' }))
        // {kind: 'resume', after: n}: everything announced since number n, as far as the log reaches.
        if (message.kind !== 'resume' || typeof message.after !== 'number') return options.onMessage(client, message)
        const { after } = message
        if (!(after >= forgotten && after <= newest)) client.send(JSON.stringify({ kind: 'missed', after }))
        else if (after < client.last) {
          client.last = after
          flush(client)
        }
      })
      const reads = (): void => {
        client.readAtMs = clock.now()
      }
      opened.on('pong', reads)
      opened.on('message', reads)
      opened.on('error', () => opened.terminate())
      opened.on('close', () => {
        clients.delete(client)
        options.onClose(client)
      })
      client.send(JSON.stringify({ kind: 'hello', number: newest }))
      options.onOpen(client)
    })
  })

  const stopTicks = clock.every(1000, () => {
    const now = clock.now()
    for (const client of clients) {
      const caller = options.refreshed(client.caller)
      if (!caller) {
        cutOff(client, 'signed-out', SIGNED_OUT_CODE)
        continue
      }
      if (caller !== client.caller) {
        client.caller = caller
        client.send(JSON.stringify({ kind: 'rights' }))
        options.onRights?.(client)
      }
      // Whoever reads answers a ping; whoever does not, for this long, reads nothing.
      if (now - client.readAtMs > STALLED_MS) cutOff(client, 'not-reading')
      else if (now - client.pingedAtMs >= PING_MS) {
        client.pingedAtMs = now
        client.socket.ping()
      }
      flush(client)
    }
  })

  return {
    announce(message, audience, when = 'now') {
      checkTopic(message, audience)
      newest += randomInt(1, MAX_STRIDE)
      log.push({ number: newest, text: JSON.stringify({ ...message, number: newest }), audience })
      if (log.length > LOG_KEPT) forgotten = log.shift()?.number ?? forgotten
      if (when === 'now') for (const client of clients) flush(client)
      else if (!isGathering) {
        isGathering = true
        clock.after(GATHER_MS, endGathering)
      }
    },
    tell(message, audience) {
      checkTopic(message, audience)
      const text = JSON.stringify(message)
      for (const client of clients) if (!client.isSlow && isFor(client, audience)) client.send(text)
    },
    get clients() {
      return clients.size
    },
    get cut() {
      return cut
    },
    close() {
      stopTicks()
      for (const client of clients) {
        client.socket.close(1001, 'the server stops')
        client.socket.terminate()
      }
      sockets.close()
    },
  }
}

/** Index of the first message with a number above this one. */
function firstAfter(log: readonly Logged[], number: number): number {
  let [low, high] = [0, log.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (log[middle]!.number > number) high = middle
    else low = middle + 1
  }
  return low
}

function parse(data: RawData): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(String(data))
    return typeof parsed === 'object' && parsed !== null && 'kind' in parsed ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}
