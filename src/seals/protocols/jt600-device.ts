// The device's side of Jointech locks: positions as the JT701D sends them (version 0x19, every frame to be answered), lock events as P45 text.
import { ByteWriter, bytesOfText } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { STATUS_BITS } from './jt600-words.ts'
import type { DeviceMessage } from './protocol.ts'
import { digitsOf } from './times.ts'

const KMH_PER_KNOT = 1.852

/** Event source and verdict of P45 (manual V1.4, fields 13, 14 and 16). */
const LOCK_EVENTS: ReadonlyMap<SealEvent, readonly [source: number, verification: number, password: number]> = new Map([
  ['unsealed-by-card', [1, 98, 0]],
  ['unseal-refused-outside-area', [1, 99, 0]],
  ['unseal-refused', [1, 0, 0]],
  ['unseal-refused-unknown-card', [2, 0, 0]],
  ['vehicle-card', [3, 0, 0]],
  ['unsealed-by-platform', [4, 1, 1]],
  ['unseal-refused-wrong-password', [4, 0, 0]],
  ['sealed-automatically', [5, 0, 0]],
  ['unsealed-by-bluetooth', [7, 1, 1]],
  ['shackle-opened', [8, 0, 0]],
])

const ALARM_BITS: ReadonlyMap<SealEvent, number> = new Map(STATUS_BITS.flatMap(({ event }, at) => (event ? [[event, at] as const] : [])))

export const TELLS: readonly SealEvent[] = [...LOCK_EVENTS.keys(), ...ALARM_BITS.keys()]

/** The first thing a lock says is its heartbeat. */
export const LOGIN = (deviceId: string): Uint8Array => bytesOfText(`(${deviceId},@JT)`)

/** The P45 text of a lock event; undefined where the event has none. */
export function encodeLockEvent(message: DeviceMessage): Uint8Array | undefined {
  const words = message.event === undefined ? undefined : LOCK_EVENTS.get(message.event)
  if (!words) return undefined
  const when = digitsOf(message.sentAtMs, 'dmy')
  const [source, verification, password] = words
  const place = [degrees(message.lat), message.lat < 0 ? 'S' : 'N', degrees(message.lon), message.lon < 0 ? 'W' : 'E']
  const motion = [message.fixValid ? 'A' : 'V', Math.round(message.speedKmh), Math.round(message.courseDeg)]
  const card = source <= 3 ? (message.card ?? '0').padStart(10, '0') : '0000000000'
  const lock = [source, verification, card, password, 0, message.serial & 0xff, 0]
  return bytesOfText(`(${[message.deviceId, 'P45', when.slice(0, 6), when.slice(6), ...place, ...motion, ...lock].join(',')})`)
}

const degrees = (value: number): string => Math.abs(value).toFixed(6)

/** A binary position of 52 bytes of data. */
export function encodePosition(message: DeviceMessage): Uint8Array {
  const alarm = message.event === undefined ? undefined : ALARM_BITS.get(message.event)
  const type = message.buffered ? 3 : alarm === undefined ? 1 : 2
  const flags = 8 | (message.lon >= 0 ? 4 : 0) | (message.lat >= 0 ? 2 : 0) | (message.fixValid ? 1 : 0)
  return new ByteWriter()
    .text('$')
    .bcd(Number(message.deviceId), 5)
    .u8(0x19)
    .u8(0x10 | type)
    .u16(52)
    .hex(digitsOf(message.sentAtMs, 'dmy'))
    .hex(minutes(message.lat, 2))
    .hex(`${minutes(message.lon, 3)}${flags.toString(16)}`)
    .u8(Math.round(message.speedKmh / KMH_PER_KNOT))
    .u8(Math.round(message.courseDeg / 2))
    .u32(0)
    .u8(message.fixValid ? 8 : 0)
    .u32(0)
    .u16(statusWord(message, alarm))
    .u8(message.batteryPercent)
    .u32(0)
    .u8(25)
    .hex('00010000')
    .hex('0f0f0f0f0f0f0f0f')
    .u16(0)
    .u16(450)
    .u8(5)
    .u8(message.serial)
    .done()
}

/** DDMMmmmm or DDDMMmmmm. */
function minutes(value: number, digits: number): string {
  const total = Math.round(Math.abs(value) * 60 * 1e4)
  const whole = Math.floor(total / 600_000)
  return `${String(whole).padStart(digits, '0')}${String(total % 600_000).padStart(6, '0')}`
}

const [ACK_REQUIRED, ROPE, LOCKED, COVER] = [5, 6, 7, 13]

function statusWord({ locked, event }: DeviceMessage, alarm: number | undefined): number {
  const rope = event !== 'wire-cut' && (locked || event !== 'unlock-alarm')
  let word = (1 << ACK_REQUIRED) | (locked ? 1 << LOCKED : 0) | (rope ? 1 << ROPE : 0)
  if (event !== 'cover-opened') word |= 1 << COVER
  return alarm === undefined ? word : word | (1 << alarm)
}
