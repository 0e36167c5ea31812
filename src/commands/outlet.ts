// Where simulate and replay send their sentences: a socket of the wanted kind, or standard output. Waits when the other side is slow.
import { createSocket } from 'node:dgram'
import { connect, createServer, type Socket } from 'node:net'
import { CommandFailure, UsageError } from './command.ts'

export interface Outlet {
  /** A line without its end; each letter is a byte. */
  line(text: string): void
  /** Resolves when more may be sent. */
  ready(): Promise<void>
  end(): Promise<void>
  /** The other side is gone. */
  readonly isClosed: boolean
}

const HIGH_WATER = 1 << 20
const CONNECT_TRIES = 40
const CONNECT_EVERY_MS = 250

export async function openOutlet(url: string | undefined): Promise<Outlet> {
  if (url === undefined) return streamOutlet(process.stdout)
  const match = /^(tcp|tcp-server|udp):\/\/(.*):(\d+)\/?$/.exec(url)
  if (!match) throw new UsageError(`--to ${url} is no address; use tcp://host:port, tcp-server://:port or udp://host:port`)
  const [, kind, host = '', port = ''] = match
  if (kind === 'udp') return udpOutlet(host || '127.0.0.1', Number(port))
  if (kind === 'tcp') return streamOutlet(await dial(host || '127.0.0.1', Number(port)))
  return streamOutlet(await firstCaller(host || '127.0.0.1', Number(port)))
}

/** The product may be starting just now: tried for ten seconds. */
async function dial(host: string, port: number): Promise<Socket> {
  for (let tries = 1; ; tries++) {
    const outcome = await new Promise<Socket | Error>(done => {
      const socket = connect(port, host)
      socket.once('connect', () => done(socket))
      socket.once('error', done)
    })
    if (!(outcome instanceof Error)) return outcome
    if (tries === CONNECT_TRIES)
      throw new CommandFailure(
        `nobody listens on ${host}:${port} (${outcome.message}); start the product with --feed tcp-server://:${port} first`,
      )
    await new Promise(done => setTimeout(done, CONNECT_EVERY_MS))
  }
}

function firstCaller(host: string, port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const server = createServer(socket => {
      server.close()
      done(socket)
    })
    server.on('error', error => fail(new CommandFailure(`cannot listen on ${host}:${port}: ${error.message}`)))
    server.listen(port, host, () => process.stderr.write(`waiting for a caller on ${host}:${port}\n`))
  })
}

function streamOutlet(stream: Socket | NodeJS.WriteStream): Outlet {
  let pieces: string[] = []
  let size = 0
  let isClosed = false
  stream.on('error', () => {
    isClosed = true
  })
  stream.on('close', () => {
    isClosed = true
  })
  const flush = (): void => {
    if (size === 0) return
    stream.write(pieces.join(''), 'latin1')
    pieces = []
    size = 0
  }
  return {
    get isClosed() {
      return isClosed
    },
    line(text) {
      pieces.push(text, '\r\n')
      size += text.length + 2
      if (size > 1 << 16) flush()
    },
    async ready() {
      flush()
      while (!isClosed && stream.writableLength > HIGH_WATER) {
        await new Promise<void>(done => {
          const go = (): void => {
            stream.off('drain', go)
            stream.off('close', go)
            done()
          }
          stream.on('drain', go)
          stream.on('close', go)
        })
      }
    },
    async end() {
      flush()
      if (stream !== process.stdout && !isClosed) await new Promise<void>(done => stream.end(() => done()))
    },
  }
}

function udpOutlet(host: string, port: number): Outlet {
  const socket = createSocket('udp4')
  let waiting = 0
  return {
    isClosed: false,
    line(text) {
      waiting++
      socket.send(Buffer.from(`${text}\r\n`, 'latin1'), port, host, () => waiting--)
    },
    async ready() {
      while (waiting > 500) await new Promise(done => setImmediate(done))
    },
    async end() {
      while (waiting > 0) await new Promise(done => setImmediate(done))
      socket.close()
    },
  }
}
