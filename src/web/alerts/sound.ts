// When an alarm sounds: the schedule of ui.md §3, without the loudspeaker (player.ts). One voice at a time, the highest level wins. Hush quiets this room for
// 30 s and acknowledges nothing; it never quiets level 0. In a flood each level sounds once.

export interface SoundAlarm {
  readonly id: string
  readonly level: number
  readonly isAcknowledged: boolean
  readonly isShelved: boolean
  /** Judged from old reports: shown, never heard. */
  readonly isLive: boolean
}

export interface SoundSettings {
  readonly isOn: boolean
  /** Level 3 is off by default. */
  readonly caution: boolean
  readonly hushedUntilMs: number
  readonly isFlood: boolean
}

/** ms between two calls of a level; 0 = continuous; Infinity = once an alarm. */
export const REPEAT_MS: readonly number[] = [0, 8000, 60_000, Number.POSITIVE_INFINITY]
export const HUSH_MS = 30_000
/** In a flood a level that has sounded is silent for so long. */
export const FLOOD_SILENCE_MS = 600_000
/** Length of one continuous stretch of level 0: the schedule is asked again before it ends. */
export const CONTINUOUS_MS = 1000

export interface SoundMemory {
  /** When each level last sounded. */
  readonly lastMs: readonly number[]
  /** Alarms that have sounded once (level 3, and all in a flood). */
  readonly heard: ReadonlySet<string>
}
export const SILENT: SoundMemory = { lastMs: [-Infinity, -Infinity, -Infinity, -Infinity], heard: new Set() }

/** The level to sound now, or undefined, and what to remember. Ask about twice a second. */
export function nextSound(
  alarms: readonly SoundAlarm[],
  settings: SoundSettings,
  memory: SoundMemory,
  nowMs: number,
): { readonly level: number | undefined; readonly memory: SoundMemory } {
  const calling = alarms.filter(alarm => alarm.level <= 3 && !alarm.isAcknowledged && !alarm.isShelved && alarm.isLive)
  const highest = calling.reduce((least, alarm) => Math.min(least, alarm.level), 4)
  const quiet = { level: undefined, memory }
  if (highest > 3) return quiet
  if (highest > 0 && (!settings.isOn || nowMs < settings.hushedUntilMs)) return quiet
  if (highest === 3 && !settings.caution) return quiet
  const fresh = calling.filter(alarm => alarm.level === highest && !memory.heard.has(alarm.id))
  const since = nowMs - (memory.lastMs[highest] ?? -Infinity)
  const repeat = REPEAT_MS[highest] ?? Number.POSITIVE_INFINITY
  const isDue =
    settings.isFlood && highest > 0
      ? fresh.length > 0 && since >= FLOOD_SILENCE_MS
      : highest === 0
        ? since >= CONTINUOUS_MS
        : fresh.length > 0 || since >= repeat
  if (!isDue) return quiet
  return {
    level: highest,
    memory: {
      lastMs: memory.lastMs.map((last, level) => (level === highest ? nowMs : last)),
      heard: new Set([...memory.heard, ...calling.filter(alarm => alarm.level === highest).map(alarm => alarm.id)]),
    },
  }
}

/** One tone: start and length in seconds from now, Hz, loudness 0–1. */
export interface Tone {
  readonly at: number
  readonly lasts: number
  readonly hertz: number
  readonly loud: number
}

/** The voices: 0 a two-tone siren, 1 three short, 2 two short, 3 one quiet. Made in code; no sound file. */
export function tonesOf(level: number): readonly Tone[] {
  switch (level) {
    case 0:
      return [
        { at: 0, lasts: 0.5, hertz: 960, loud: 0.9 },
        { at: 0.5, lasts: 0.5, hertz: 720, loud: 0.9 },
      ]
    case 1:
      return [0, 0.22, 0.44].map(at => ({ at, lasts: 0.13, hertz: 880, loud: 0.7 }))
    case 2:
      return [0, 0.26].map(at => ({ at, lasts: 0.15, hertz: 660, loud: 0.5 }))
    default:
      return [{ at: 0, lasts: 0.2, hertz: 520, loud: 0.2 }]
  }
}
