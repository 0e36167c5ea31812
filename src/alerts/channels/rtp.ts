// Sound to a phone by RTP (RFC 3550), a packet each 20 ms, and the keys it presses (RFC 4733 §2.3).
import type { Socket } from 'node:dgram'
import type { Clock } from '#base/index.ts'
import { aLaw, muLaw } from './g711.ts'
import type { Hearing } from './sip-message.ts'

const PACKET_MS = 20
const SAMPLES = 160
const KEYS = '0123456789*#ABCD'

export interface Speaking {
  stop(): void
}

/** Plays the samples once, from the next 20 ms on. */
export function speak(socket: Socket, to: Hearing, samples: Int16Array, ssrc: number, clock: Clock, onEnd: () => void): Speaking {
  const law = to.payload === 8 ? aLaw : muLaw
  let [sequence, at] = [ssrc & 0xffff, 0]
  const stop = clock.every(PACKET_MS, () => {
    if (at >= samples.length) {
      stop()
      return onEnd()
    }
    const packet = Buffer.alloc(12 + SAMPLES, law(0))
    packet[0] = 0x80
    packet[1] = to.payload | (at === 0 ? 0x80 : 0)
    packet.writeUInt16BE(sequence, 2)
    packet.writeUInt32BE(at, 4)
    packet.writeUInt32BE(ssrc >>> 0, 8)
    for (let n = 0; n < SAMPLES; n++) packet[12 + n] = law(samples[at + n] ?? 0)
    sequence = (sequence + 1) & 0xffff
    at += SAMPLES
    socket.send(packet, to.port, to.host, () => undefined)
  })
  return { stop }
}

/** Hears packets and says each pressed key once: its packets are several and share a time. */
export function createKeyEar(payload: number): (packet: Buffer) => string | undefined {
  let lastTime: number | undefined
  return packet => {
    if (packet.length < 16 || (packet[0] ?? 0) >> 6 !== 2 || ((packet[1] ?? 0) & 0x7f) !== payload) return undefined
    const at = 12 + 4 * ((packet[0] ?? 0) & 0x0f)
    const key = KEYS[packet[at] ?? 255]
    const time = packet.readUInt32BE(4)
    if (key === undefined || packet.length < at + 4 || time === lastTime) return undefined
    lastTime = time
    return key
  }
}
