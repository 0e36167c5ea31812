// Streams of every protocol: frames glued, cut at every byte, from a hundred devices at once, with noise between, with ends lost; memory bounded throughout.
import { describe, expect, test } from 'vitest'
import { seeded } from '#testkit/sea-scene.ts'
import { joined, messageBy } from '#testkit/seal-messages.ts'
import { bytesOfText, Framer, hexOf, SEAL_PROTOCOLS, type SealProtocol } from './index.ts'

const DEVICES = 100

function framesOf(protocol: SealProtocol, pieces: readonly Uint8Array[]): { frames: string[]; skipped: number; held: number } {
  const frames: string[] = []
  let [skipped, held] = [0, 0]
  const framer = new Framer(protocol.frames, protocol.maxFrameBytes, {
    frame: bytes => frames.push(hexOf(bytes)),
    skipped: bytes => {
      skipped += bytes.length
    },
  })
  for (const piece of pieces) {
    framer.push(piece)
    held = Math.max(held, framer.waiting)
  }
  framer.end()
  return { frames, skipped, held }
}

const encoded = (protocol: SealProtocol, seed: number, count: number): Uint8Array[] => {
  const random = seeded(seed)
  return Array.from({ length: count }, () => protocol.device.encode(messageBy(random, protocol)))
}

/** The same message by its reports, since noise may differ in what stands around a frame. */
const identities = (protocol: SealProtocol, frames: readonly string[]): string[] =>
  frames.flatMap(hex => {
    const result = protocol.decode(Uint8Array.from(Buffer.from(hex, 'hex')), { nowMs: 0 })
    return typeof result === 'string' ? [] : result.reports.map(({ deviceId, sentAtMs }) => `${deviceId} ${sentAtMs}`)
  })

describe.each(SEAL_PROTOCOLS)('$name', protocol => {
  const sent = encoded(protocol, 20, 5)
  const wanted = sent.map(frame => hexOf(frame))
  const stream = joined(sent)

  test('glued frames come out one by one, and nothing is skipped', () => {
    // The line end of an answer-like text belongs to no frame.
    expect(framesOf(protocol, [stream])).toMatchObject({
      frames: wanted.map(hex => hex.replace(/0d0a$/, protocol.name === 'eseal' ? '' : '0d0a')),
    })
  })

  test('a stream cut at every byte gives the same frames', () => {
    const stream = joined(sent.slice(0, 2))
    const whole = framesOf(protocol, [stream]).frames
    for (let at = 1; at < stream.length; at++)
      expect(framesOf(protocol, [stream.subarray(0, at), stream.subarray(at)]).frames).toEqual(whole)
    expect(
      framesOf(
        protocol,
        Array.from(stream, byte => Uint8Array.of(byte)),
      ).frames,
    ).toEqual(whole)
  })

  test('a hundred devices at once, in pieces by chance, each get their own frames', () => {
    const random = seeded(5)
    const lines = Array.from({ length: DEVICES }, (_, n) => {
      const frames = encoded(protocol, 1000 + n, 3)
      const seen: string[] = []
      const framer = new Framer(protocol.frames, protocol.maxFrameBytes, { frame: bytes => seen.push(hexOf(bytes)) })
      return { bytes: joined(frames), at: 0, framer, seen, whole: framesOf(protocol, [joined(frames)]).frames }
    })
    for (let left = lines.slice(); left.length > 0; left = left.filter(({ at, bytes }) => at < bytes.length)) {
      const line = left[Math.floor(random() * left.length)]!
      const next = Math.min(line.bytes.length, line.at + 1 + Math.floor(random() * 90))
      line.framer.push(line.bytes.subarray(line.at, next))
      line.at = next
    }
    for (const { seen, whole } of lines) expect(seen).toEqual(whole)
  })

  test('noise between frames hides none of them', () => {
    const random = seeded(9)
    const wantedIdentities = identities(protocol, wanted)
    for (let run = 0; run < 10; run++) {
      // Noise without the letters that begin or end a frame: those are the next test's.
      const noise = (): Uint8Array => Uint8Array.from({ length: Math.floor(random() * 40) }, () => 0x80 + Math.floor(random() * 0x60))
      const noisy = joined(sent.flatMap(frame => [noise(), frame]))
      expect(identities(protocol, framesOf(protocol, [noisy]).frames)).toEqual(wantedIdentities)
    }
  })

  test('after a frame whose end was lost the stream is found again', () => {
    for (let kept = 1; kept < sent[0]!.length; kept += 5) {
      const { frames } = framesOf(protocol, [sent[0]!.subarray(0, kept), ...sent.slice(1)])
      const found = identities(protocol, frames)
      const last = identities(protocol, [wanted.at(-1)!])
      expect([kept, found]).toEqual([kept, expect.arrayContaining(last)])
      // Binary frames say their length: the lost bytes may be taken from the next frames, but no more than the lost frame was long.
      expect(found.length).toBeGreaterThanOrEqual(sent.length - 3)
    }
  })

  test('endless noise is skipped and no more than a frame is held', () => {
    const random = seeded(31)
    const beginnings = [...new Set(SEAL_PROTOCOLS.map(one => encoded(one, 1, 1)[0]![0]!))]
    const own = sent[0]!
    const kinds: readonly ((at: number) => number)[] = [
      () => Math.floor(random() * 256),
      () => beginnings[Math.floor(random() * beginnings.length)]!,
      () => own[0]!,
      // Beginnings without an end.
      at => own[at % 8]!,
    ]
    for (const kind of kinds) {
      const pieces = Array.from({ length: 12 }, () => Uint8Array.from({ length: 3000 }, (_, at) => kind(at)))
      const { held } = framesOf(protocol, pieces)
      expect(held).toBeLessThanOrEqual(2 * protocol.maxFrameBytes)
    }
  })

  test('an empty stream and an empty piece give nothing', () => {
    expect(framesOf(protocol, [new Uint8Array(0)])).toEqual({ frames: [], skipped: 0, held: 0 })
  })
})

test('every byte is either in a frame or skipped', () => {
  for (const protocol of SEAL_PROTOCOLS) {
    const random = seeded(77)
    const bytes = joined([
      ...encoded(protocol, 4, 5),
      Uint8Array.from({ length: 500 }, () => Math.floor(random() * 256)),
      ...encoded(protocol, 5, 5),
      bytesOfText('rest'),
    ])
    const { frames, skipped } = framesOf(protocol, [bytes])
    expect([protocol.name, frames.join('').length / 2 + skipped]).toEqual([protocol.name, bytes.length])
  }
})
