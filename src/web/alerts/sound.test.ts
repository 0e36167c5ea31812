import { describe, expect, test } from 'vitest'
import { nextSound, SILENT, type SoundAlarm, type SoundMemory, type SoundSettings } from './sound.ts'

const settings: SoundSettings = { isOn: true, caution: false, hushedUntilMs: 0, isFlood: false }
const alarm = (level: number, over: Partial<SoundAlarm> = {}): SoundAlarm => ({
  id: `a${level}`,
  level,
  isAcknowledged: false,
  isShelved: false,
  isLive: true,
  ...over,
})

/** Seconds at which something sounds within a time, asked twice a second. */
function heard(alarms: readonly SoundAlarm[], over: Partial<SoundSettings>, seconds: number): [number, number][] {
  let memory: SoundMemory = SILENT
  const sounds: [number, number][] = []
  for (let ms = 1000; ms < 1000 + seconds * 1000; ms += 500) {
    const next = nextSound(alarms, { ...settings, ...over }, memory, ms)
    memory = next.memory
    if (next.level !== undefined) sounds.push([ms / 1000 - 1, next.level])
  }
  return sounds
}

describe('the sound of alarms', () => {
  test('a critical alarm calls every 8 s until it is acknowledged', () => {
    expect(heard([alarm(1)], {}, 20)).toEqual([
      [0, 1],
      [8, 1],
      [16, 1],
    ])
    expect(heard([alarm(1, { isAcknowledged: true })], {}, 20)).toEqual([])
  })

  test('a warning calls every minute; the highest level has the only voice', () => {
    expect(heard([alarm(2)], {}, 61)).toEqual([
      [0, 2],
      [60, 2],
    ])
    expect(heard([alarm(2), alarm(1)], {}, 10).map(([, level]) => level)).toEqual([1, 1])
  })

  test('a caution is silent by default and sounds once when it is switched on', () => {
    expect(heard([alarm(3)], {}, 10)).toEqual([])
    expect(heard([alarm(3)], { caution: true }, 200)).toEqual([[0, 3]])
  })

  test('hush and mute quiet levels 1 to 3, never distress', () => {
    expect(heard([alarm(1)], { hushedUntilMs: 9000 }, 10)).toEqual([[8, 1]])
    expect(heard([alarm(1)], { isOn: false }, 10)).toEqual([])
    expect(heard([alarm(0)], { isOn: false, hushedUntilMs: 1e9 }, 3)).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ])
  })

  test('in a flood each level sounds once', () => {
    const flood = Array.from({ length: 20 }, (_, i) => alarm(2, { id: `f${i}` }))
    expect(heard(flood, { isFlood: true }, 200)).toEqual([[0, 2]])
  })

  test('what was judged from old reports, or is shelved, is not heard', () => {
    expect(heard([alarm(1, { isLive: false }), alarm(1, { id: 'b', isShelved: true })], {}, 10)).toEqual([])
  })
})
