// What a call says: an alert tone, then recorded sentences out of a folder. The project brings no voice: whoever sets the channel up records them (or has a synthesiser do it) under the names of
// detectors; the digits of the code are single files. Without a folder only tones are heard, with as many beeps as the level says.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChannelMessage } from './channel.ts'
import { joinedSamples, silence, tone, wavSamples } from './g711.ts'

const TIMES = 3

export interface Spoken {
  /** Names of what is played, in order: the preview. */
  readonly said: readonly string[]
  readonly samples: Int16Array
  /** Files that are missing or unusable. */
  readonly faults: readonly string[]
}

export function spokenOf(message: ChannelMessage, folder: string | undefined): Spoken {
  const level = Math.max(0, Math.min(3, message.alarm?.level ?? 1))
  const beeps = Array.from({ length: 4 - level }, () => [tone([950, 1400], 250), silence(150)]).flat()
  const said = [`♪×${4 - level}`]
  const faults: string[] = []
  const pieces: Int16Array[] = [silence(400), ...beeps, silence(300)]
  const play = (name: string): boolean => {
    if (folder === undefined) return false
    const file = join(folder, `${name}.wav`)
    if (!existsSync(file)) return false
    const samples = wavSamples(readFileSync(file))
    if (typeof samples === 'string') {
      faults.push(`${file}: ${samples}`)
      return false
    }
    pieces.push(samples, silence(200))
    said.push(`${name}.wav`)
    return true
  }
  const detector = message.alarm?.detector.replace(/[^a-z0-9-]/gi, '') ?? ''
  if (folder !== undefined && !(detector !== '' && play(detector)) && !play('alarm'))
    faults.push(`${folder} holds neither ${detector || 'a detector'}.wav nor alarm.wav`)
  for (const digit of message.code?.replace(/\D/g, '') ?? '') play(digit)
  play('press-one')
  pieces.push(silence(1500))
  return { said, samples: joinedSamples(Array.from({ length: TIMES }, () => pieces).flat()), faults }
}
