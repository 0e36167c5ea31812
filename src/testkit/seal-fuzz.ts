// Damaged frames through a protocol as a connection takes them: whole to the decoder, glued to the framer, back to the device's side. The same for the test
// of some thousands and the check of a million.
import { existsSync, readFileSync } from 'node:fs'
import { bytesOfHex, bytesOfText, Framer, printed, type SealProtocol } from '#seals/protocols/index.ts'
import { damagedFrames } from './seal-messages.ts'

const JSON_EVERY = 16

/** Recorded frames of a protocol; none where the folder is not beside the project. */
function recordedFrames(folder: string | undefined, name: string): Uint8Array[] {
  const file = `${folder}/${name}.json`
  if (folder === undefined || !existsSync(file)) return []
  const { frames }: { frames: { encoding: string; frame: string }[] } = JSON.parse(readFileSync(file, 'utf8'))
  return frames.map(({ encoding, frame }) => (encoding === 'hex' ? (bytesOfHex(frame) ?? new Uint8Array(0)) : bytesOfText(frame)))
}

export interface SealFuzzer {
  readonly name: string
  readonly counts: { tried: number; read: number; refused: number; framed: number; skippedBytes: number }
  /** Takes one damaged frame; throws what the protocol throws. */
  step(): void
}

export function sealFuzzer(protocol: SealProtocol, folder: string | undefined, random: () => number): SealFuzzer {
  const next = damagedFrames(protocol, recordedFrames(folder, protocol.name), random)
  const counts = { tried: 0, read: 0, refused: 0, framed: 0, skippedBytes: 0 }
  const context = { nowMs: Date.UTC(2026, 0, 31) }
  const framer = new Framer(protocol.frames, protocol.maxFrameBytes, {
    frame: bytes => {
      counts.framed++
      protocol.decode(bytes, context)
    },
    skipped: bytes => {
      counts.skippedBytes += bytes.length
    },
  })
  return {
    name: protocol.name,
    counts,
    step() {
      const frame = next()
      const result = protocol.decode(frame, context)
      if (typeof result === 'string') counts.refused++
      else counts.read++
      if (counts.tried++ % JSON_EVERY === 0 && typeof result !== 'string') JSON.stringify(result.reports.map(printed))
      framer.push(frame)
      if (framer.waiting > 2 * protocol.maxFrameBytes) throw new Error(`${protocol.name} holds ${framer.waiting} bytes`)
      protocol.device.read?.(frame)
    },
  }
}
