// The contract of a protocol: how a stream falls into frames, what a frame says, what the device waits for, and the device's own side for the
// simulator and the tests. All of it pure and synchronous: no clock, no socket, no state but a framer's unfinished bytes.
import type { SealCommand } from './commands.ts'
import type { SealEvent } from './events.ts'
import type { FrameRule } from './framing.ts'
import type { SealReport } from './report.ts'

/** What the connection knows beside the frame. */
export interface FrameContext {
  /** Our clock: some answers tell the device the time. */
  readonly nowMs: number
  /** Who logged in on this connection, for protocols whose frames do not say. */
  readonly deviceId?: string
  /** How far the device's clock is set from UTC, where its protocol sends local time and it is known to be set otherwise than the protocol's default. */
  readonly utcOffsetMin?: number
}

export interface DecodedFrame {
  /** At least one. */
  readonly reports: readonly SealReport[]
  /** What the device waits for. Send it only after the reports are durable. */
  readonly answer?: Uint8Array
}

/** `unknown-frame`: not of this protocol; `malformed`: of this protocol, but not to be read. */
export type FrameRefusal = 'unknown-frame' | 'malformed'

/** What a simulated device has to say; what its protocol has no room for is left out. */
export interface DeviceMessage {
  readonly deviceId: string
  readonly sentAtMs: number
  readonly lat: number
  readonly lon: number
  readonly fixValid: boolean
  readonly speedKmh: number
  readonly courseDeg: number
  readonly serial: number
  readonly batteryPercent: number
  readonly locked: boolean
  readonly buffered?: boolean
  readonly event?: SealEvent
  /** Number of the card that was held to the lock. */
  readonly card?: string
}

/** What a device understands of what came down to it. */
export type Downlink =
  | { readonly kind: 'acknowledged'; readonly serial?: number }
  | { readonly kind: 'command'; readonly command: SealCommand; readonly serial?: number }
  | { readonly kind: 'other' }

export interface DeviceSide {
  /** Events this protocol has words for. */
  readonly tells: readonly SealEvent[]
  /** First frame of a connection, where there is one. */
  login?(deviceId: string, nowMs: number): Uint8Array
  encode(message: DeviceMessage): Uint8Array
  /** How what comes down falls into frames; absent where nothing ever does. */
  readonly frames?: FrameRule
  read?(frame: Uint8Array): Downlink
  /** What it answers to a command that came in this frame, where it is as the message says; absent where it never answers. */
  answer?(frame: Uint8Array, message: DeviceMessage): Uint8Array | undefined
}

export interface SealProtocol {
  /** Its file's name; `--as` and `?kind=` take it. */
  readonly name: string
  /** Devices that speak it. */
  readonly devices: string
  readonly frames: FrameRule
  /** A frame longer than this is none. */
  readonly maxFrameBytes: number
  /** Never throws, whatever the bytes. */
  decode(frame: Uint8Array, context: FrameContext): DecodedFrame | FrameRefusal
  /** The bytes of a command, or why there are none. */
  readonly command: (command: SealCommand, target: CommandTarget) => Uint8Array | CommandRefusal
  /** What the codes mean with which a device answers that it did not do it, where they are published; 0 is done. */
  readonly results?: Readonly<Record<number, { readonly ko: string; readonly en: string }>>
  readonly device: DeviceSide
}

export interface CommandTarget {
  readonly deviceId: string
  /** Comes back in the device's answer where the protocol has room for it. */
  readonly serial: number
  readonly nowMs: number
}

/** `no-commands`: the protocol has none that is published; `not-tried`: known from papers, off until tried on a device; `unknown-command`: not this one. */
export interface CommandRefusal {
  readonly refused: 'no-commands' | 'not-tried' | 'unknown-command' | 'bad-value'
}
