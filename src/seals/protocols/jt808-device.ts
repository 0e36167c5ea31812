// The device's side of JT/T 808: a padlock of the G-300 kind that reports by 0x0200, its lock events in item 0x60, what it kept in 0x0704.
import { ByteWriter } from './bytes.ts'
import { CANONICAL_EVENTS, canonicalCode, type SealEvent } from './events.ts'
import { idOf, writeFrame } from './jt808-frame.ts'
import type { DeviceMessage } from './protocol.ts'
import { digitsOf } from './times.ts'

const DEVICE_OFFSET_MS = 8 * 3_600_000
const [REPORT, BATCH, AUTHENTICATE] = [0x0200, 0x0704, 0x0102]
const [FIXED, SOUTH, WEST, GPS] = [1, 2, 3, 18]
/** Kinds of 0x0704: as it happened, and from where there was no network. */
const KEPT = 1
const ALARM: ReadonlySet<SealEvent> = new Set<SealEvent>([
  'seal-refused-outside-area',
  'unseal-refused-outside-area',
  'opened-while-sealed',
  'shell-tampered',
  'wire-cut',
  'battery-exhausted',
  'wrong-password-limit',
  'low-battery',
  'motor-stuck',
])

/** Alarm bits for what the event list has no word for. */
const ALARM_BITS: ReadonlyMap<SealEvent, number> = new Map([
  ['sos', 0],
  ['overspeed', 1],
  ['gps-antenna-fault', 5],
  ['power-cut', 8],
  ['vibration', 15],
])

export const JT808_TELLS: readonly SealEvent[] = [...CANONICAL_EVENTS, ...ALARM_BITS.keys(), 'entered-area', 'left-area']

const [ID_BYTES, ID_BYTES_2019] = [6, 10]
/** A number of twenty digits is a terminal's of 2019. */
const headOf = (deviceId: string) =>
  deviceId.length === 2 * ID_BYTES_2019 ? { id: idOf(deviceId, ID_BYTES_2019), protocolVersion: 1 } : { id: idOf(deviceId, ID_BYTES) }
const [IMEI_BYTES, VERSION_BYTES] = [15, 20]

/** Its number is its authentication; of 2019 behind its length, and IMEI and version, which a seal of the simulator has none of, after it. */
export function jt808Login(deviceId: string): Uint8Array {
  const head = headOf(deviceId)
  const body = new ByteWriter()
  if (head.protocolVersion === undefined) body.text(deviceId)
  else
    body
      .u8(deviceId.length)
      .text(deviceId)
      .raw(new Uint8Array(IMEI_BYTES + VERSION_BYTES))
  return writeFrame({ ...head, messageId: AUTHENTICATE, serial: 0, body: body.done() })
}

export function encodeJt808(message: DeviceMessage): Uint8Array {
  const place = locationOf(message)
  const body = message.buffered ? new ByteWriter().u16(1).u8(KEPT).u16(place.length).raw(place).done() : place
  return writeFrame({ ...headOf(message.deviceId), messageId: message.buffered ? BATCH : REPORT, serial: message.serial & 0xffff, body })
}

/** The body of 0x0200. */
export function locationOf(message: DeviceMessage): Uint8Array {
  const { event, lat, lon } = message
  const alarm = event === undefined ? undefined : ALARM_BITS.get(event)
  const status = (message.fixValid ? 1 << FIXED : 0) | (lat < 0 ? 1 << SOUTH : 0) | (lon < 0 ? 1 << WEST : 0) | (1 << GPS)
  const body = new ByteWriter()
    .u32(alarm === undefined ? 0 : 2 ** alarm)
    .u32(status)
    .u32(Math.round(Math.abs(lat) * 1e6))
    .u32(Math.round(Math.abs(lon) * 1e6))
    .u16(0)
    .u16(Math.round(message.speedKmh * 10))
    .u16(Math.round(message.courseDeg))
    .hex(digitsOf(message.sentAtMs + DEVICE_OFFSET_MS))
  item(body, 0x30, new ByteWriter().u8(25))
  item(body, 0x31, new ByteWriter().u8(message.fixValid ? 9 : 0))
  item(body, 0xd4, new ByteWriter().u8(message.batteryPercent))
  const code = canonicalCode(event)
  if (code !== undefined) item(body, 0x60, eventItem(code, message))
  if (event === 'entered-area' || event === 'left-area')
    item(
      body,
      0x12,
      new ByteWriter()
        .u8(1)
        .u32(1)
        .u8(event === 'entered-area' ? 0 : 1),
    )
  // Only the count and the states of item 0xDA say whether it is closed.
  return item(body, 0xda, new ByteWriter().u16(event === 'wire-cut' ? 1 : 0).u8(message.locked ? 1 : 0)).done()
}

function eventItem(code: number, { event, card }: DeviceMessage): ByteWriter {
  const content = new ByteWriter().u16(code).u8(event !== undefined && ALARM.has(event) ? 1 : 0)
  return card === undefined ? content.u8(0) : content.text(card.padStart(8, '0').slice(-8))
}

const item = (body: ByteWriter, id: number, content: ByteWriter): ByteWriter => body.u8(id).u8(content.length).raw(content.done())
