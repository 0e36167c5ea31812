// A few seconds of a feed of seals that is not added yet: which frames came, from whom. Nobody is answered: whoever spoke sends it again to the feed.
import type { Sentence } from '#rules/index.ts'
import { hexOf } from '../protocols/bytes.ts'
import { type FrameRule, Framer } from '../protocols/framing.ts'

export interface Trial {
  push(chunk: Uint8Array): void
  /** A message that came whole, from a device that its topic names. */
  message(bytes: Uint8Array, deviceId: string | undefined): void
  readonly messages: number
  heard(): Sentence
  readonly lines: readonly string[]
}

const LINES_SHOWN = 12
const BYTES_SHOWN = 60
const DEVICES_SHOWN = 5

export interface TrialOf {
  readonly name: string
  readonly frames: FrameRule
  readonly maxFrameBytes: number
  /** Devices that a frame tells of; undefined where it is not understood. */
  devicesIn(frame: Uint8Array, deviceId?: string): readonly string[] | undefined
}

export function createTrial({ name, frames, maxFrameBytes, devicesIn }: TrialOf): Trial {
  const devices = new Set<string>()
  const lines: string[] = []
  let [messages, refused] = [0, 0]
  const look = (bytes: Uint8Array, deviceId?: string): void => {
    const shown = hexOf(bytes, 0, Math.min(bytes.length, BYTES_SHOWN))
    if (lines.length < LINES_SHOWN) lines.push(bytes.length > BYTES_SHOWN ? `${shown} …` : shown)
    const found = devicesIn(bytes, deviceId)
    if (found) messages++
    else refused++
    for (const device of found ?? []) devices.add(device)
  }
  const framer = new Framer(frames, maxFrameBytes, { frame: bytes => look(bytes) })
  const named = (): string => (devices.size === 0 ? '' : ` (${[...devices].slice(0, DEVICES_SHOWN).join(', ')})`)
  return {
    push: chunk => framer.push(chunk),
    message: look,
    get messages() {
      return messages
    },
    heard: () => ({
      ko: `${name} 전문 ${messages}건, 단말 ${devices.size}대${named()}, 버림 ${refused}건`,
      en: `${messages} frames of ${name}, ${devices.size} devices${named()}, ${refused} refused`,
    }),
    lines,
  }
}
