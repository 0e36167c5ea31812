// What every part of the screen shares: stores, the clock, the way to the server. Made once in main.tsx and handed down; modules themselves hold no state.
import { createContext, useContext } from 'react'
import type { AlarmDesk } from './alerts/desk.ts'
import { type Language, type Say, textIn } from './i18n/text.ts'
import type { Api } from './live/api.ts'
import type { LiveLink } from './live/link.ts'
import type { ShipFilter } from './live/ship-columns.ts'
import type { Chart } from './map/chart.ts'
import type { Tools } from './map/tools.ts'
import type { AreaView } from './places/model.ts'
import type { Address } from './shell/address.ts'
import type { Command, Undo } from './shell/commands.ts'
import type { Outbox } from './shell/outbox.ts'
import type { Person, ServerStatus } from './shell/status.ts'
import { type Store, useStore } from './shell/store.ts'
import type { TimeTravel } from './time/travel.ts'
import type { Selected } from './vessels/selected.ts'

export const PALETTES = ['night', 'deep', 'dusk', 'day'] as const
export type PaletteName = (typeof PALETTES)[number]

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'bad'
  readonly undo?: Undo
  readonly untilMs: number
}

export interface Desk {
  readonly language: Language
  readonly palette: PaletteName
  /** Palette follows the KST hour: day 07–18, dusk 06 and 18–19, night else. */
  readonly isPaletteByHour: boolean
  readonly keysOff: boolean
  readonly legend: boolean
  readonly layers: {
    readonly areas: boolean
    readonly names: boolean
    readonly limits: boolean
    readonly grid: boolean
    readonly track: boolean
  }
  readonly vectorMinutes: number
}

export interface App {
  readonly desk: Store<Desk>
  readonly address: Store<Address>
  /** What the server says of itself; undefined until it answered once. */
  readonly status: Store<ServerStatus | undefined>
  readonly me: Store<Person | undefined>
  readonly api: Api
  readonly link: LiveLink
  readonly outbox: Outbox
  readonly alarms: AlarmDesk
  readonly selected: Selected
  readonly time: TimeTravel
  readonly tools: Tools
  readonly areas: Store<readonly AreaView[]>
  readonly toasts: Store<readonly Toast[]>
  /** The open overlay: palette, key sheet, a dialog. One at a time. */
  readonly overlay: Store<Overlay | undefined>
  /** The chart once it stands. */
  readonly chart: Store<Chart | undefined>
  readonly inView: Store<Uint32Array>
  readonly cursor: Store<{ readonly lat: number; readonly lon: number } | undefined>
  readonly hovered: Store<number | undefined>
  readonly isFullChart: Store<boolean>
  commands(): readonly Command[]
  run(command: Command): void
  say: Say
  /** The server's time, epoch ms. */
  now(): number
  /** The time shown: the server's, or that of the past looked at. */
  shownNow(): number
  setDesk(change: Partial<Desk>): void
  go(change: Partial<Address>): void
  setFilter(filter: ShipFilter): void
  toast(text: string, options?: { readonly tone?: 'plain' | 'bad'; readonly undo?: Undo }): void
}

export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'alarm-form'; readonly form: 'assign' | 'shelve' | 'resolve' | 'false' | 'note'; readonly alarmId: string }
  | { readonly kind: 'area-form'; readonly areaId?: string }
  | { readonly kind: 'sound' }

const Context = createContext<App | undefined>(undefined)
export const AppProvider = Context.Provider

export function useApp(): App {
  const app = useContext(Context)
  if (!app) throw new Error('a component stands outside the App')
  return app
}

/** Says texts in the language chosen; the component draws again when the language changes. */
export function useSay(): Say {
  const app = useApp()
  const { language } = useStore(app.desk)
  return (key, values) => textIn(language, key, values)
}
