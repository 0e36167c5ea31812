// Seals on their lines: each a connection of its own to the centre, speaking its maker's protocol. A report is kept until the centre has acknowledged it and is said again
// otherwise; a line that breaks is called anew, one in a dead zone once it is out of it. Counts what was acknowledged: that the centre may never lose.
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { type DeviceMessage, type Downlink, Framer, SEAL_PROTOCOLS, type SealProtocol } from '#seals/protocols/index.ts'
import { createRandom } from '../random.ts'
import { callBroker } from './broker-line.ts'
import { isWithin, type SimJourney } from './journey.ts'
import { messageAt } from './message.ts'
import { createRoughLine, type RoughLine } from './rough-line.ts'

export interface SealPlace {
  readonly host: string
  readonly port: number
  /** At a broker: `seals/+/report`. */
  readonly topic?: string
  readonly user?: string
  readonly password?: string
}

export interface FleetOptions {
  readonly journeys: readonly SimJourney[]
  /** Where each protocol's devices call: host and port, of a broker also their topic. */
  readonly to: Readonly<Record<string, SealPlace>>
  readonly everyMs: number
  /** The simulated moment from which on everything is told. */
  readonly fromMs: number
  /** What lies before the start is told thinned. */
  readonly thinnedMs: number
  /** Frames come cut, glued and now and then twice. */
  readonly isRough?: boolean
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
  /** Reports that wait to be acknowledged. */
  waiting(): number
  close(): void
}

const AGAIN_MS = 20_000
const RECONNECT_MS = 2000
/** So many reports wait for their acknowledgement; the oldest are forgotten, as a device's memory is full. */
const MOST_WAITING = 500
const KEPT_AFTER_MS = 60_000

interface Waiting {
  message: DeviceMessage
  /** When it was so. */
  readonly ms: number
  /** By our own clock. */
  saidMs: number
}

/** Whether a protocol's centre answers what its devices say; asked of its codec once. */
const answering = new Map<SealProtocol, { readonly login: boolean; report(message: DeviceMessage): boolean }>()
function answersOf(protocol: SealProtocol, deviceId: string) {
  const { device } = protocol
  const hasAnswer = (frame: Uint8Array | undefined, nowMs: number): boolean => {
    const decoded = frame && protocol.decode(frame, { nowMs, deviceId })
    if (typeof decoded !== 'object' || !decoded.answer || !device.frames) return false
    let is = false
    new Framer(device.frames, protocol.maxFrameBytes, {
      frame: bytes => {
        is ||= device.read?.(bytes).kind === 'acknowledged'
      },
    }).push(decoded.answer)
    return is
  }
  let known = answering.get(protocol)
  if (!known) {
    const byEvent = new Map<string, boolean>()
    known = {
      login: hasAnswer(device.login?.(deviceId, 0), 0),
      report(message) {
        const event = message.event ?? ''
        let is = byEvent.get(event)
        if (is === undefined) {
          is = hasAnswer(device.encode(message), message.sentAtMs)
          byEvent.set(event, is)
        }
        return is
      },
    }
    answering.set(protocol, known)
  }
  return known
}

class Device {
  readonly #journey: SimJourney
  readonly #protocol: SealProtocol
  readonly #options: FleetOptions
  readonly #counts: FleetCounts
  #socket: Duplex | undefined
  #isOpen = false
  #isClosed = false
  #serial = 1
  #nextMs: number
  #told = 0
  #nowMs = 0
  /** Before it is fitted, and in dead zones. */
  #isDead = true
  /** The first answer on a line is to the login: until it comes nothing else is said. */
  #isLoggingIn = false
  #loggedInMs = 0
  #line: RoughLine | undefined
  #waiting: Waiting[] = []

  constructor(journey: SimJourney, options: FleetOptions, counts: FleetCounts) {
    this.#journey = journey
    this.#options = options
    this.#counts = counts
    const protocol = SEAL_PROTOCOLS.find(one => one.name === journey.protocol)
    if (!protocol) throw new RangeError(`no protocol ${journey.protocol}`)
    this.#protocol = protocol
    this.#nextMs = Math.max(options.fromMs, journey.fittedMs) + ((journey.n * 977) % options.everyMs)
  }

  #call(): void {
    const place = this.#options.to[this.#journey.protocol]
    if (this.#isClosed || this.#isDead || this.#socket || !place) return
    const { host, port, topic } = place
    const socket = topic === undefined ? connect({ host, port, noDelay: true }) : callBroker({ ...place, topic }, this.#journey.deviceId)
    this.#socket = socket
    const { frames, login, read } = this.#protocol.device
    const framer = frames && new Framer(frames, this.#protocol.maxFrameBytes, { frame: bytes => this.#take(bytes, read?.(bytes)) })
    socket.on('connect', () => {
      this.#isOpen = true
      this.#counts.connected++
      const { deviceId, n } = this.#journey
      this.#line =
        this.#options.isRough && topic === undefined ? createRoughLine(bytes => socket.write(bytes), createRandom(n).next) : undefined
      this.#isLoggingIn = login !== undefined && answersOf(this.#protocol, deviceId).login
      this.#login()
      this.#line?.flush()
      if (!this.#isLoggingIn) this.#sayAll()
    })
    socket.on('data', (chunk: Uint8Array) => framer?.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => {
      if (this.#socket !== socket) return
      this.#hangUp()
      this.#counts.reconnects++
      setTimeout(() => this.#call(), RECONNECT_MS).unref()
    })
  }

  #login(): void {
    const { login } = this.#protocol.device
    this.#loggedInMs = Date.now()
    if (login) this.#write(login(this.#journey.deviceId, this.#nowMs))
  }

  #sayAll(): void {
    for (const one of this.#waiting.slice()) this.#say(one)
  }

  #hangUp(): void {
    const socket = this.#socket
    if (this.#isOpen) this.#counts.connected--
    this.#isOpen = false
    // What was said before goes out whole: who is never answered would not say it again.
    this.#line?.flush()
    this.#socket = undefined
    this.#line = undefined
    socket?.end()
  }

  #write(bytes: Uint8Array): void {
    if (this.#line) this.#line.write(bytes)
    else this.#socket?.write(bytes)
  }

  #say(one: Waiting): void {
    one.saidMs = Date.now()
    if (this.#nowMs - one.ms > KEPT_AFTER_MS) one.message = { ...one.message, buffered: true }
    this.#write(this.#protocol.device.encode(one.message))
    this.#counts.sent++
    // Who gets no answer forgets what it has said.
    if (!answersOf(this.#protocol, this.#journey.deviceId).report(one.message)) this.#forget(one)
  }

  #forget(one: Waiting): void {
    const at = this.#waiting.indexOf(one)
    if (at >= 0) this.#waiting.splice(at, 1)
  }

  /** Acknowledgements come in the order of what was said; one that names a serial is of that one. */
  #take(frame: Uint8Array, down: Downlink | undefined): void {
    if (down?.kind === 'command') {
      this.#counts.commands++
      const now = messageAt(this.#journey, this.#nowMs, this.#serial)
      const answer = now && this.#protocol.device.answer?.(frame, now)
      if (answer) this.#write(answer)
    }
    if (down?.kind !== 'acknowledged') return
    if (this.#isLoggingIn) {
      this.#isLoggingIn = false
      this.#sayAll()
      return
    }
    const at = down.serial === undefined ? 0 : this.#waiting.findIndex(one => one.message.serial === down.serial)
    const [done] = at < 0 ? [] : this.#waiting.splice(at, 1)
    if (!done) return
    this.#counts.acknowledged++
    this.#options.onAcknowledged?.(this.#journey.deviceId, done.message)
  }

  #tell(ms: number, event?: SimJourney['events'][number]): void {
    const message = messageAt(this.#journey, ms, this.#serial, event)
    if (!message) return
    this.#serial = (this.#serial + 1) & 0x7fff
    const one = { message, ms, saidMs: 0 }
    this.#waiting.push(one)
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift()
    if (this.#isOpen && !this.#isLoggingIn) this.#say(one)
  }

  /** It calls when it is fitted. Where nobody hears it the line is lost; it calls again where it is out of it. */
  #listen(nowMs: number): void {
    const { unheard, fittedMs } = this.#journey
    const isDead = nowMs < fittedMs || isWithin(unheard, nowMs)
    if (isDead === this.#isDead) return
    this.#isDead = isDead
    if (isDead) this.#hangUp()
    else this.#call()
  }

  get waiting(): number {
    return this.#waiting.length
  }

  advance(nowMs: number): void {
    const { everyMs, thinnedMs } = this.#options
    const { events } = this.#journey
    this.#nowMs = nowMs
    this.#listen(nowMs)
    this.#line?.flush()
    while (this.#nextMs <= nowMs) {
      // What happens is told at once, before the next report of the rhythm.
      for (let next = events[this.#told]; next && next.atMs <= this.#nextMs; next = events[this.#told]) {
        this.#told++
        this.#tell(next.atMs, next)
      }
      this.#tell(this.#nextMs)
      this.#nextMs += nowMs - this.#nextMs > thinnedMs ? thinnedMs : everyMs
    }
    for (let next = events[this.#told]; next && next.atMs <= nowMs; next = events[this.#told]) {
      this.#told++
      this.#tell(next.atMs, next)
    }
    if (!this.#isOpen) return
    if (this.#isLoggingIn) {
      if (Date.now() - this.#loggedInMs > AGAIN_MS) this.#login()
      return
    }
    const oldest = this.#waiting[0]
    if (oldest && Date.now() - oldest.saidMs > AGAIN_MS) this.#sayAll()
  }

  close(): void {
    this.#isClosed = true
    this.#hangUp()
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
    waiting: () => devices.reduce((sum, device) => sum + device.waiting, 0),
    close() {
      for (const device of devices) device.close()
    },
  }
}
