// Seals on their lines: each a connection of its own to the centre, speaking its maker's protocol. A report is kept until the centre has acknowledged it and is said again
// otherwise; a line that breaks is called anew. Counts what was acknowledged: that the centre may never lose.
import { connect, type Socket } from 'node:net'
import { type DeviceMessage, type Downlink, Framer, SEAL_PROTOCOLS, type SealProtocol } from '#seals/protocols/index.ts'
import type { SimJourney } from './journey.ts'
import { messageAt } from './message.ts'

export interface FleetOptions {
  readonly journeys: readonly SimJourney[]
  /** Host and port for each protocol. */
  readonly to: Readonly<Record<string, { readonly host: string; readonly port: number }>>
  readonly everyMs: number
  /** The simulated moment from which on everything is told. */
  readonly fromMs: number
  /** What lies before the start is told thinned. */
  readonly thinnedMs: number
  onAcknowledged?(deviceId: string, message: DeviceMessage): void
}

export interface FleetCounts {
  sent: number
  acknowledged: number
  connected: number
  reconnects: number
  commands: number
}

export interface Fleet {
  /** Says everything that is due up to this moment; of the past thinned. */
  advance(nowMs: number): void
  readonly counts: Readonly<FleetCounts>
  close(): void
}

const AGAIN_MS = 20_000
const RECONNECT_MS = 2000
/** So many reports wait for their acknowledgement; the oldest are forgotten, as a device's memory is full. */
const MOST_WAITING = 500

class Device {
  readonly #journey: SimJourney
  readonly #protocol: SealProtocol
  readonly #options: FleetOptions
  readonly #counts: FleetCounts
  #socket: Socket | undefined
  #isOpen = false
  #isClosed = false
  #serial = 1
  #nextMs: number
  #told = 0
  #waiting: { readonly message: DeviceMessage; saidMs: number }[] = []

  constructor(journey: SimJourney, options: FleetOptions, counts: FleetCounts) {
    this.#journey = journey
    this.#options = options
    this.#counts = counts
    const protocol = SEAL_PROTOCOLS.find(one => one.name === journey.protocol)
    if (!protocol) throw new RangeError(`no protocol ${journey.protocol}`)
    this.#protocol = protocol
    this.#nextMs = Math.max(options.fromMs, journey.fittedMs) + ((journey.n * 977) % options.everyMs)
    this.#call()
  }

  #call(): void {
    const place = this.#options.to[this.#journey.protocol]
    if (this.#isClosed || !place) return
    const socket = connect({ ...place, noDelay: true })
    this.#socket = socket
    const { frames, login, read } = this.#protocol.device
    const framer = frames && new Framer(frames, this.#protocol.maxFrameBytes, { frame: bytes => this.#take(read?.(bytes)) })
    socket.on('connect', () => {
      this.#isOpen = true
      this.#counts.connected++
      if (login) socket.write(login(this.#journey.deviceId, Date.now()))
      for (const one of this.#waiting) this.#say(one)
    })
    socket.on('data', (chunk: Uint8Array) => framer?.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => {
      if (this.#isOpen) this.#counts.connected--
      this.#isOpen = false
      if (this.#isClosed) return
      this.#counts.reconnects++
      setTimeout(() => this.#call(), RECONNECT_MS).unref()
    })
  }

  #say(one: { readonly message: DeviceMessage; saidMs: number }): void {
    one.saidMs = Date.now()
    this.#socket?.write(this.#protocol.device.encode(one.message))
    this.#counts.sent++
  }

  /** Acknowledgements come in the order of what was said; one that names a serial is of that one. */
  #take(down: Downlink | undefined): void {
    if (down?.kind === 'command') this.#counts.commands++
    if (down?.kind !== 'acknowledged') return
    const at = down.serial === undefined ? 0 : this.#waiting.findIndex(one => one.message.serial === down.serial)
    const [done] = at < 0 ? [] : this.#waiting.splice(at, 1)
    if (!done) return
    this.#counts.acknowledged++
    this.#options.onAcknowledged?.(this.#journey.deviceId, done.message)
  }

  #tell(ms: number, nowMs: number, event?: SimJourney['events'][number]): void {
    const message = messageAt(this.#journey, ms, this.#serial, event)
    if (!message) return
    this.#serial = (this.#serial + 1) & 0x7fff
    const one = { message: nowMs - ms > 60_000 ? { ...message, buffered: true } : message, saidMs: 0 }
    if (!this.#isOpen || this.#protocol.device.frames) this.#waiting.push(one)
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift()
    if (this.#isOpen) this.#say(one)
  }

  advance(nowMs: number): void {
    const { everyMs, thinnedMs } = this.#options
    const { events } = this.#journey
    while (this.#nextMs <= nowMs) {
      // What happens is told at once, before the next report of the rhythm.
      for (let next = events[this.#told]; next && next.atMs <= this.#nextMs; next = events[this.#told]) {
        this.#told++
        this.#tell(next.atMs, nowMs, next)
      }
      this.#tell(this.#nextMs, nowMs)
      this.#nextMs += nowMs - this.#nextMs > thinnedMs ? thinnedMs : everyMs
    }
    for (let next = events[this.#told]; next && next.atMs <= nowMs; next = events[this.#told]) {
      this.#told++
      this.#tell(next.atMs, nowMs, next)
    }
    if (!this.#isOpen) return
    const oldest = this.#waiting[0]
    if (oldest && Date.now() - oldest.saidMs > AGAIN_MS) for (const one of this.#waiting) this.#say(one)
  }

  close(): void {
    this.#isClosed = true
    this.#socket?.destroy()
  }
}

export function createFleet(options: FleetOptions): Fleet {
  const counts: FleetCounts = { sent: 0, acknowledged: 0, connected: 0, reconnects: 0, commands: 0 }
  const devices = options.journeys.map(journey => new Device(journey, options, counts))
  return {
    advance(nowMs) {
      for (const device of devices) device.advance(nowMs)
    },
    counts,
    close() {
      for (const device of devices) device.close()
    },
  }
}
