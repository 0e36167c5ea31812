// A web server that keeps what it was asked and answers as it is told: the other side of gateways, webhooks and call-backs in tests.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface WebAsked {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
export interface WebPeer {
  readonly url: string
  readonly asked: readonly WebAsked[]
  /** How the next are answered; `cut` hangs up after reading, `silent` never answers. */
  answer: { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> } | 'cut' | 'silent'
  onAsked?: (asked: WebAsked) => void
  until(holds: () => boolean): Promise<void>
  close(): Promise<void>
}

export async function createWebPeer(): Promise<WebPeer> {
  const asked: WebAsked[] = []
  const waiting: { holds: () => boolean; done: () => void }[] = []
  const answerWith = (response: ServerResponse): void => {
    const { answer } = peer
    if (answer === 'cut') response.destroy()
    else if (answer !== 'silent') response.writeHead(answer.status, answer.headers).end(answer.body ?? '')
  }
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://peer')
      const one: WebAsked = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: Buffer.concat(pieces).toString(),
      }
      asked.push(one)
      peer.onAsked?.(one)
      answerWith(response)
      for (const wait of waiting.splice(0)) wait.holds() ? wait.done() : waiting.push(wait)
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const peer: WebPeer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: { status: 200 },
    until: holds => (holds() ? Promise.resolve() : new Promise(done => waiting.push({ holds, done }))),
    async close() {
      server.closeAllConnections()
      await new Promise<void>(done => server.close(() => done()))
    },
  }
  return peer
}
