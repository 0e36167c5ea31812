// What must hold for every protocol: what a device says comes out as it was said, is answered, and the answer is understood by the device.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '#testkit/sea-scene.ts'
import { messageBy, RESOLUTIONS, type Resolution } from '#testkit/seal-messages.ts'
import { type DecodedFrame, type DeviceMessage, SEAL_PROTOCOLS, type SealProtocol } from './index.ts'

const NOW = Date.UTC(2026, 5, 1, 3, 4, 5)
const SECOND = 1000

/** Every protocol answers some of what it hears but these, for which no answer is published. */
const UNANSWERED = ['r16h', 'envotech']

/** Bytes at the end that no checksum covers: line ends, and checksums whose letters may be small or capital. */
const TAIL_BYTES: Readonly<Record<string, number>> = { meitrack: 4, envotech: 5, tzone: 2 }

function decoded(protocol: SealProtocol, frame: Uint8Array): DecodedFrame {
  const result = protocol.decode(frame, { nowMs: NOW })
  if (typeof result === 'string') throw new Error(`${protocol.name} refused its own frame: ${result}`)
  return result
}

const messageOf = (protocol: SealProtocol): fc.Arbitrary<DeviceMessage> => fc.integer().map(seed => messageBy(seeded(seed), protocol))

const isNear = (value: number | undefined, wanted: number, step: number): boolean =>
  value !== undefined && Math.abs(value - wanted) <= step / 2 + 1e-9

/** Names of what came out otherwise. */
function faults(message: DeviceMessage, { reports }: DecodedFrame, resolution: Resolution): string[] {
  const [report] = reports
  if (report === undefined) return ['no report']
  const lacks = (what: NonNullable<Resolution['without']>[number]): boolean => resolution.without?.includes(what) ?? false
  const hasPlace = message.fixValid || !lacks('placeWithoutFix')
  const course = Math.abs((((((report.courseDeg ?? 0) - message.courseDeg) % 360) + 540) % 360) - 180)
  const checks: readonly (readonly [string, boolean])[] = [
    ['device', report.deviceId === message.deviceId],
    ['time', report.sentAtMs === Math.floor(message.sentAtMs / SECOND) * SECOND],
    [
      'place',
      !hasPlace || (isNear(report.lat, message.lat, 2 * resolution.degrees) && isNear(report.lon, message.lon, 2 * resolution.degrees)),
    ],
    ['fix', lacks('fixValid') || report.fixValid === message.fixValid],
    ['speed', !hasPlace || isNear(report.speedKmh, message.speedKmh, 2 * resolution.speedKmh)],
    ['course', !hasPlace || course <= resolution.courseDeg],
    ['checksum', report.checksumValid !== false],
    ['event', message.event === undefined || report.events.includes(message.event)],
    ['battery', lacks('battery') || report.batteryPercent === message.batteryPercent],
    ['locked', lacks('locked') || report.status.locked === message.locked],
    ['buffered', lacks('buffered') || (report.buffered ?? false) === message.buffered],
  ]
  return checks.filter(([, isSame]) => !isSame).map(([name]) => name)
}

describe.each(SEAL_PROTOCOLS)('$name', protocol => {
  const resolution = RESOLUTIONS[protocol.name]

  test('what a device says comes out as it was said', () => {
    if (resolution === undefined) throw new Error(`no resolution of ${protocol.name} in the testkit`)
    fc.assert(
      fc.property(messageOf(protocol), message => {
        expect(faults(message, decoded(protocol, protocol.device.encode(message)), resolution)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  test('each event it has a word for is told by that word alone', () => {
    const message = messageBy(seeded(7), protocol)
    const { event, card, ...quiet } = { ...message, fixValid: true }
    expect(decoded(protocol, protocol.device.encode(quiet)).reports[0]?.events, `quiet after ${event} ${card}`).toEqual([])
    for (const told of protocol.device.tells) {
      const { reports } = decoded(protocol, protocol.device.encode({ ...quiet, event: told }))
      expect([told, reports[0]?.events]).toEqual([told, [told]])
    }
    expect(new Set(protocol.device.tells).size).toBe(protocol.device.tells.length)
  })

  test('the answer is one frame down the line, and the device understands it', () => {
    const { device } = protocol
    const frames = [
      device.login?.(messageBy(seeded(3), protocol).deviceId, NOW),
      device.encode({ ...messageBy(seeded(3), protocol), event: device.tells[0]! }),
    ]
    const answers = frames
      .flatMap(frame => (frame === undefined ? [] : [decoded(protocol, frame).answer]))
      .filter(answer => answer !== undefined)
    expect(answers.length > 0).toBe(!UNANSWERED.includes(protocol.name))
    for (const answer of answers) {
      const size = device.frames?.(answer, 0, answer.length) ?? 0
      expect(size).toBeGreaterThan(0)
      // What stands behind the frame is its line end.
      expect(new TextDecoder().decode(answer.subarray(size)).trim()).toBe('')
      expect(device.read?.(answer.subarray(0, size)).kind).toBe('acknowledged')
    }
  })

  test('a frame with one bit turned is never taken for whole where the protocol has a checksum', () => {
    const frame = protocol.device.encode(messageBy(seeded(11), protocol))
    const whole = decoded(protocol, frame)
    if (whole.reports[0]?.checksumValid === undefined) return
    const covered = frame.length - (TAIL_BYTES[protocol.name] ?? 0)
    for (let bit = 0; bit < covered * 8; bit++) {
      const bytes = Uint8Array.from(frame)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      const result = protocol.decode(bytes, { nowMs: NOW })
      if (typeof result === 'string') continue
      expect([bit, result.reports.some(report => report.checksumValid === true)]).toEqual([bit, false])
      expect(result.answer).toBeUndefined()
    }
  })
})
