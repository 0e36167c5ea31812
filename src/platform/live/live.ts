// The live line (WebSocket /live): text messages and binary frames to many screens, and never unbounded memory for a slow one. Numbered messages (alarms) are
// kept in one log shared by all screens: a screen that cannot take more waits at its own number; one that stands still is cut with a reason and resumes on return.
import type { IncomingMessage, Server } from 'node:http'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '#base/index.ts'

/** With more than this unsent a screen gets nothing new. */
const SLOW_BYTES = 64 << 10
/** A screen that takes nothing for this long is cut. */
const STALLED_MS = 30_000
const PING_MS = 5000
const LOG_KEPT = 2000
const MAX_CLIENTS = 1000
const MAX_MESSAGE_BYTES = 64 << 10
const STALLED_CODE = 4000

export interface LiveClient {
  /** True when what was sent before has not gone out: send only what must not be lost. */
  readonly isSlow: boolean
  /** Sends now. Buffers are not copied: do not write to them afterwards. */
  send(data: string | Uint8Array): void
}

export interface LiveOptions {
  readonly server: Server
  readonly path: string
  readonly clock: Clock
  isAllowed(request: IncomingMessage): boolean
  onOpen(client: LiveClient): void
  onClose(client: LiveClient): void
  onMessage(client: LiveClient, message: Readonly<Record<string, unknown>>): void
}

export interface Live {
  /** To all screens, in order, never skipped while the screen reads. */
  announce(message: Readonly<Record<string, unknown>>): void
  /** To all screens that can take it now. */
  tell(message: Readonly<Record<string, unknown>>): void
  readonly clients: number
  readonly cut: number
  close(): void
}

class Client implements LiveClient {
  readonly socket: WebSocket
  /** Number of the next logged message this screen has to get. */
  next: number
  /** When it last showed that it reads: opened, sent something, or answered a ping. */
  readAtMs: number
  pingedAtMs: number
  constructor(socket: WebSocket, next: number, nowMs: number) {
    this.socket = socket
    this.next = next
    this.readAtMs = nowMs
    this.pingedAtMs = nowMs
  }
  get isSlow(): boolean {
    return this.socket.bufferedAmount > SLOW_BYTES
  }
  send(data: string | Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(data)
  }
}

export function createLive(options: LiveOptions): Live {
  const { clock } = options
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  const clients = new Set<Client>()
  const log: string[] = []
  /** Number of log[0]. */
  let first = 1
  let cut = 0

  const flush = (client: Client): void => {
    if (client.next < first) {
      cutOff(client, 'missed-messages')
      return
    }
    while (client.next < first + log.length && !client.isSlow) client.send(log[client.next++ - first] ?? '')
  }
  const cutOff = (client: Client, reason: string): void => {
    cut++
    client.socket.close(STALLED_CODE, reason)
    client.socket.terminate()
  }

  options.server.on('upgrade', (request, socket, head) => {
    if (new URL(request.url ?? '/', 'http://here').pathname !== options.path) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      return
    }
    if (!options.isAllowed(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    if (clients.size >= MAX_CLIENTS) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, opened => {
      const client = new Client(opened, first + log.length, clock.now())
      clients.add(client)
      opened.on('message', (data: RawData, isBinary) => {
        if (isBinary) return
        const message = parse(data)
        if (message === undefined) return client.send(JSON.stringify({ kind: 'refused', detail: 'a message must be JSON with a kind' }))
        // {kind: 'resume', after: n}: everything announced since number n, as far as the log reaches.
        const after = message.kind === 'resume' && typeof message.after === 'number' ? message.after : undefined
        if (after !== undefined && after + 1 >= first && after + 1 < client.next) {
          client.next = after + 1
          flush(client)
        } else if (after === undefined) options.onMessage(client, message)
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
      client.send(JSON.stringify({ kind: 'hello', number: first + log.length - 1 }))
      options.onOpen(client)
    })
  })

  const stopTicks = clock.every(1000, () => {
    const now = clock.now()
    for (const client of clients) {
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
    announce(message) {
      log.push(JSON.stringify({ ...message, number: first + log.length }))
      if (log.length > LOG_KEPT) {
        log.shift()
        first++
      }
      for (const client of clients) flush(client)
    },
    tell(message) {
      const text = JSON.stringify(message)
      for (const client of clients) if (!client.isSlow) client.send(text)
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

function parse(data: RawData): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(String(data))
    return typeof parsed === 'object' && parsed !== null && 'kind' in parsed ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}
