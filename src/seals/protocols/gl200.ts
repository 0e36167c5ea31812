// Queclink trackers (GL, GV, GMT, GB, CV series), @Track protocol: texts `+RESP:GTxxx,…$` (`+BUFF` what was kept, `+ACK` answers), and the same in binary.
// `+SACK:count$` is what a device waits for that is set to wait (SACK); others pass it over. Sources: Queclink @Track air interface protocols as open
// servers read them, and their test frames. UTC.
import { ByteWriter, bytesOfText, textOf } from './bytes.ts'
import type { SealEvent } from './events.ts'
import { type FrameRule, find, skipTo } from './framing.ts'
import { readGl200Binary } from './gl200-binary.ts'
import { decodeGl200Text, TYPE_EVENTS } from './gl200-text.ts'
import type { DecodedFrame, DeviceMessage, Downlink, FrameRefusal, SealProtocol } from './protocol.ts'
import { digitsOf } from './times.ts'

const MAX_FRAME = 4096
const [PLUS, DOLLAR, COLON] = [0x2b, 0x24, 0x3a]
const SHORTEST = 11
/** Where each kind of binary frame has its length, and how many bytes it is. */
const LENGTH_AT: Readonly<Record<string, readonly [at: number, bytes: 1 | 2]>> = {
  '+ACK': [6, 1],
  '+INF': [7, 2],
  '+BNF': [7, 2],
  '+HBD': [5, 1],
  '+CRD': [6, 2],
  '+BRD': [6, 2],
  '+LGN': [6, 2],
  '+RSP': [9, 2],
  '+BSP': [9, 2],
  '+EVT': [9, 2],
  '+BVT': [9, 2],
}

/** Where the length of a binary frame stands; undefined where it is a text. */
function lengthPlace(bytes: Uint8Array, from: number): readonly [at: number, bytes: 1 | 2] | undefined {
  if (bytes[from + 1] === 0) return [2, 2]
  const word = textOf(bytes, from, from + 4)
  return word === '+ACK' && bytes[from + 4] === COLON ? undefined : LENGTH_AT[word]
}

const frames: FrameRule = (bytes, from, to) => {
  if (bytes[from] !== PLUS) return -skipTo(bytes, PLUS, from, to)
  if (to - from < SHORTEST) return 0
  const place = lengthPlace(bytes, from)
  if (place !== undefined) {
    const at = from + place[0]
    const length = place[1] === 1 ? bytes[at]! : (bytes[at]! << 8) | bytes[at + 1]!
    if (length < SHORTEST || length > MAX_FRAME) return -1
    return length <= to - from ? length : 0
  }
  if (bytes[from + 5] !== COLON && bytes[from + 4] !== COLON) return -1
  const end = find(bytes, DOLLAR, from, to)
  const again = nextText(bytes, from + 1, end < 0 ? to : end)
  if (again >= 0) return -(again - from)
  return end < 0 ? 0 : end + 1 - from
}

/** The next `+RESP:GT`, `+BUFF:GT` or `+ACK:GT`: then the end of the one before it was lost. A plus alone may stand in a text (+0800). */
function nextText(bytes: Uint8Array, from: number, to: number): number {
  for (let at = find(bytes, PLUS, from, to); at >= 0; at = find(bytes, PLUS, at + 1, to)) {
    const word = textOf(bytes, at, Math.min(to, at + 8))
    if (word === '+RESP:GT' || word === '+BUFF:GT' || word.startsWith('+ACK:GT')) return at
  }
  return -1
}

function decode(frame: Uint8Array): DecodedFrame | FrameRefusal {
  if (frame[0] !== PLUS) return 'unknown-frame'
  if (frame.length < SHORTEST) return 'malformed'
  if (lengthPlace(frame, 0) !== undefined) return readGl200Binary(frame)
  return decodeGl200Text(textOf(frame).replace(/[$\0\r\n]+$/, ''))
}

const TYPE_OF: ReadonlyMap<SealEvent | undefined, string> = new Map(Object.entries(TYPE_EVENTS).map(([type, event]) => [event, type]))

function encode(message: DeviceMessage): Uint8Array {
  const when = `20${digitsOf(message.sentAtMs)}`
  const type = TYPE_OF.get(message.event) ?? 'FRI'
  const place = `${message.speedKmh.toFixed(1)},${Math.round(message.courseDeg)},0.0,${message.lon.toFixed(6)},${message.lat.toFixed(6)},${when}`
  const head = `+${message.buffered ? 'BUFF' : 'RESP'}:GT${type},1A0900,${message.deviceId},SEAL,0,0,1,${message.fixValid ? 1 : 0}`
  const count = (message.serial & 0xffff).toString(16).toUpperCase().padStart(4, '0')
  return new ByteWriter().text(`${head},${place},0450,0005,0000,0000,,${message.batteryPercent},${when},${count}$`).done()
}

export const gl200: SealProtocol = {
  name: 'gl200',
  devices: 'Queclink GL, GV, GMT, GB and CV series',
  frames,
  maxFrameBytes: MAX_FRAME,
  decode,
  command: () => ({ refused: 'no-commands' }),
  device: {
    tells: [...new Set(Object.values(TYPE_EVENTS))],
    login: (deviceId, nowMs) => bytesOfText(`+ACK:GTHBD,1A0900,${deviceId},SEAL,20${digitsOf(nowMs)},0001$`),
    encode,
    frames,
    read(frame): Downlink {
      const [, count] = /^\+SACK:(?:GTHBD,\w*,)?([0-9A-F]{4})\$/i.exec(textOf(frame)) ?? []
      return count === undefined ? { kind: 'other' } : { kind: 'acknowledged', serial: Number.parseInt(count, 16) }
    },
  },
}
