// What this desk keeps between visits: language, palette, layers, sound. Never in the link.

import type { SoundState } from '../alerts/desk.ts'
import { type Desk, PALETTES } from '../app.ts'

const KEY = 'mangru.desk'
export const FIRST_DESK: Desk = {
  language: 'ko',
  palette: 'night',
  isPaletteByHour: false,
  keysOff: false,
  legend: true,
  layers: { areas: true, jurisdictions: false, names: true, limits: true, grid: true, track: true },
  vectorMinutes: 6,
}
export const FIRST_SOUND: SoundState = { isOn: true, caution: false, hushedUntilMs: 0 }

interface Kept {
  readonly desk: Desk
  readonly sound: SoundState
}

/** Reads what was kept; anything unreadable is left at its default. `?palette=` and `?lang=` are for pictures and tests. */
export function recall(search: string, storage: Pick<Storage, 'getItem'>): Kept {
  const kept: unknown = parse(storage.getItem(KEY))
  const query = new URLSearchParams(search)
  const asked = query.get('palette') ?? text(kept, 'palette')
  const language = query.get('lang') ?? text(kept, 'language')
  return {
    desk: {
      ...FIRST_DESK,
      language: language === 'en' ? 'en' : 'ko',
      palette: PALETTES.find(palette => palette === asked) ?? 'night',
      isPaletteByHour: flag(kept, 'isPaletteByHour', false) && !query.has('palette'),
      keysOff: flag(kept, 'keysOff', false),
      legend: flag(kept, 'legend', true),
    },
    sound: { ...FIRST_SOUND, isOn: flag(kept, 'soundOn', true), caution: flag(kept, 'caution', false) },
  }
}

export function keep(storage: Pick<Storage, 'setItem'>, desk: Desk, sound: SoundState): void {
  const { language, palette, isPaletteByHour, keysOff, legend } = desk
  storage.setItem(KEY, JSON.stringify({ language, palette, isPaletteByHour, keysOff, legend, soundOn: sound.isOn, caution: sound.caution }))
}

function parse(kept: string | null): unknown {
  try {
    return JSON.parse(kept ?? '{}')
  } catch {
    return {}
  }
}
const field = (kept: unknown, name: string): unknown =>
  typeof kept === 'object' && kept !== null ? Object.entries(kept).find(([key]) => key === name)?.[1] : undefined
const text = (kept: unknown, name: string): string | undefined => {
  const value = field(kept, name)
  return typeof value === 'string' ? value : undefined
}
const flag = (kept: unknown, name: string, otherwise: boolean): boolean => {
  const value = field(kept, name)
  return typeof value === 'boolean' ? value : otherwise
}

/** The palette of the KST hour: day 07–17, dusk 06 and 18, night else (chosen by the officer in the desk menu). */
export function paletteOfHour(ms: number): Desk['palette'] {
  const hour = new Date(ms + 9 * 3_600_000).getUTCHours()
  if (hour >= 7 && hour < 18) return 'day'
  return hour === 6 || hour === 18 ? 'dusk' : 'night'
}
