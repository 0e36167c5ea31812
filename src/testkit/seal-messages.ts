// What simulated seals say, and how fine each protocol can say it; and damaged frames. Seeded: the same seed gives the same bytes.
import type { DeviceMessage, SealProtocol } from '#seals/protocols/index.ts'

/** Steps of what a protocol can carry, and digits of its identifiers. */
export interface Resolution {
  readonly idDigits: number
  readonly degrees: number
  readonly speedKmh: number
  readonly maxSpeedKmh: number
  readonly courseDeg: number
  /** What the frame has no room for. */
  readonly without?: readonly ('fixValid' | 'battery' | 'locked' | 'buffered' | 'serial' | 'placeWithoutFix')[]
}

export const RESOLUTIONS: Readonly<Record<string, Resolution>> = {
  jt808: { idDigits: 12, degrees: 1e-6, speedKmh: 0.1, maxSpeedKmh: 200, courseDeg: 1, without: ['locked'] },
  jt600: { idDigits: 10, degrees: 2e-6, speedKmh: 1.852, maxSpeedKmh: 200, courseDeg: 2, without: ['battery', 'locked', 'buffered'] },
  eseal: { idDigits: 7, degrees: 1e-6, speedKmh: 1, maxSpeedKmh: 200, courseDeg: 1, without: ['battery', 'locked', 'buffered'] },
  teratrack: { idDigits: 12, degrees: 1e-6, speedKmh: 1, maxSpeedKmh: 200, courseDeg: 360, without: ['fixValid', 'serial'] },
  meitrack: {
    idDigits: 15,
    degrees: 1e-6,
    speedKmh: 1,
    maxSpeedKmh: 200,
    courseDeg: 1,
    without: ['battery', 'locked', 'buffered', 'serial'],
  },
  eelink: { idDigits: 15, degrees: 1e-6, speedKmh: 1, maxSpeedKmh: 200, courseDeg: 1, without: ['battery', 'locked', 'buffered'] },
  gl200: { idDigits: 15, degrees: 1e-6, speedKmh: 0.1, maxSpeedKmh: 200, courseDeg: 1, without: ['battery', 'locked'] },
  t800x: { idDigits: 15, degrees: 1e-5, speedKmh: 0.1, maxSpeedKmh: 200, courseDeg: 1, without: ['locked', 'buffered', 'placeWithoutFix'] },
  upro: {
    idDigits: 15,
    degrees: 2e-6,
    speedKmh: 0.2,
    maxSpeedKmh: 200,
    courseDeg: 10,
    without: ['battery', 'buffered', 'serial', 'locked'],
  },
  tzone: { idDigits: 15, degrees: 1e-6, speedKmh: 0.02, maxSpeedKmh: 200, courseDeg: 1, without: ['battery', 'locked', 'buffered'] },
  r16h: { idDigits: 15, degrees: 1e-6, speedKmh: 1, maxSpeedKmh: 200, courseDeg: 1, without: ['fixValid', 'serial'] },
  envotech: {
    idDigits: 6,
    degrees: 1e-5,
    speedKmh: 1.852,
    maxSpeedKmh: 200,
    courseDeg: 1,
    without: ['battery', 'locked', 'buffered', 'serial'],
  },
  json: { idDigits: 12, degrees: 1e-6, speedKmh: 0.1, maxSpeedKmh: 200, courseDeg: 1 },
}

const T0 = Date.UTC(2026, 0, 1)
const YEAR_S = 365 * 86_400

/** One message, by chance. */
export function messageBy(random: () => number, protocol: SealProtocol): DeviceMessage {
  const whole = (below: number): number => Math.floor(random() * below)
  const { idDigits } = RESOLUTIONS[protocol.name] ?? { idDigits: 10 }
  const { tells } = protocol.device
  const event = random() < 0.4 ? tells[whole(tells.length)] : undefined
  return {
    deviceId: Array.from({ length: idDigits }, (_, at) => (at === 0 ? 1 + whole(9) : whole(10))).join(''),
    sentAtMs: T0 + whole(YEAR_S) * 1000,
    lat: (whole(170_000_001) - 85_000_000) / 1e6,
    lon: (whole(359_000_001) - 179_500_000) / 1e6,
    fixValid: random() < 0.9,
    speedKmh: whole(1500) / 10,
    courseDeg: whole(360),
    serial: whole(256),
    batteryPercent: 1 + whole(98),
    // What tells of an opening tells that it is open.
    locked: random() < 0.5 && !/^unlock|^unsealed|opened/.test(event ?? ''),
    buffered: random() < 0.1,
    ...(event === undefined ? {} : { event }),
    ...(random() < 0.3 ? { card: String(10_000_000 + whole(80_000_000)) } : {}),
  }
}

/** Frames by chance, damaged as lines and radios do; about a quarter are left whole. */
export function damagedFrames(protocol: SealProtocol, recorded: readonly Uint8Array[], random: () => number): () => Uint8Array {
  const whole = (below: number): number => Math.floor(random() * below)
  const made = Array.from({ length: 200 }, () => protocol.device.encode(messageBy(random, protocol)))
  const good = [...made, ...recorded, ...recorded]
  const pick = (): Uint8Array => good[whole(good.length)] ?? new Uint8Array(0)
  return () => {
    const frame = pick()
    const at = whole(frame.length + 1)
    switch (whole(8)) {
      case 0:
      case 1: {
        const bytes = Uint8Array.from(frame)
        for (let n = 1 + whole(4); n > 0; n--) bytes[whole(bytes.length)] = whole(256)
        return bytes
      }
      case 2:
        return frame.subarray(0, at)
      case 3:
        return frame.subarray(at)
      case 4:
        return joined([frame.subarray(0, at), Uint8Array.from({ length: whole(20) }, () => whole(256)), frame.subarray(at)])
      case 5:
        return joined([frame.subarray(0, at), pick()])
      case 6: {
        // A digit or a letter instead of another keeps the form and moves the value.
        const bytes = Uint8Array.from(frame)
        for (let n = 1 + whole(6); n > 0; n--) bytes[whole(bytes.length)] = 0x20 + whole(0x5f)
        return bytes
      }
      default:
        return frame
    }
  }
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
