// The loudspeaker: tones by Web Audio. A browser may refuse sound until somebody has pressed something in the page; that is shown as a red strip, for a
// silent control room is a danger.
import { createStore, type Store } from '../shell/store.ts'
import { tonesOf } from './sound.ts'

export interface Player {
  /** True while the browser refuses to sound. */
  readonly isBlocked: Store<boolean>
  play(level: number): void
  /** To be called from a press: unlocks the sound. */
  unlock(): void
  /** Asks the browser now, before the first alarm, whether it will sound. */
  look(): void
}

const RAMP_S = 0.008

export function createPlayer(): Player {
  const isBlocked = createStore(false)
  let context: AudioContext | undefined
  const open = (): AudioContext => {
    context ??= new AudioContext()
    return context
  }
  const look = (): void => isBlocked.set(context !== undefined && context.state !== 'running')
  return {
    isBlocked,
    look() {
      open()
      look()
    },
    unlock() {
      void open().resume().then(look, look)
    },
    play(level) {
      const audio = open()
      if (audio.state !== 'running') {
        void audio.resume().then(look, look)
        isBlocked.set(true)
        return
      }
      look()
      for (const tone of tonesOf(level)) {
        const start = audio.currentTime + 0.02 + tone.at
        const gain = audio.createGain()
        gain.gain.setValueAtTime(0, start)
        gain.gain.linearRampToValueAtTime(tone.loud * 0.4, start + RAMP_S)
        gain.gain.setValueAtTime(tone.loud * 0.4, start + tone.lasts - RAMP_S)
        gain.gain.linearRampToValueAtTime(0, start + tone.lasts)
        const voice = audio.createOscillator()
        voice.type = 'triangle'
        voice.frequency.value = tone.hertz
        voice.connect(gain).connect(audio.destination)
        voice.start(start)
        voice.stop(start + tone.lasts + 0.02)
      }
    },
  }
}
