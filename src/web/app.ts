// What every part of the screen shares: stores, the clock, the way to the server. Made once in main.tsx and handed down; modules themselves hold no state.
import { createContext, useContext } from 'react'
import type { SecondDesk } from './access/second-desk.ts'
import type { AlarmDesk } from './alerts/desk.ts'
import { type Language, type Say, textIn } from './i18n/text.ts'
import type { IncidentDesk } from './incidents/desk-contract.ts'
import type { Api } from './live/api.ts'
import type { LiveLink } from './live/link.ts'
import type { ShipFilter } from './live/ship-columns.ts'
import type { Chart } from './map/chart.ts'
import type { Tools } from './map/tools.ts'
import type { AreaView } from './places/model.ts'
import type { ReportDesk } from './reports/desk.ts'
import type { SealDesk } from './seals/desk.ts'
import type { Address } from './shell/address.ts'
import type { Command, Undo } from './shell/commands.ts'
import type { Outbox } from './shell/outbox.ts'
import type { Person, ServerStatus } from './shell/status.ts'
import { type Store, useStore } from './shell/store.ts'
import type { ShiftsDesk } from './shifts/desk.ts'
import type { SessionDesk } from './sign-in/session.ts'
import type { StatisticsDesk } from './statistics/desk.ts'
import type { TimeTravel } from './time/travel.ts'
import type { Selected } from './vessels/selected.ts'

export const PALETTES = ['night', 'deep', 'dusk', 'day'] as const
export type PaletteName = (typeof PALETTES)[number]

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'bad'
  readonly undo?: Undo
  /** Goes to what it is about. */
  readonly open?: () => void
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
    /** Whose water it is: off unless asked for. */
    readonly jurisdictions: boolean
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
  /** Signed in, locked, asked to confirm; what else the person's session is about. */
  readonly session: SessionDesk
  readonly link: LiveLink
  readonly outbox: Outbox
  readonly alarms: AlarmDesk
  readonly incidents: IncidentDesk
  readonly shifts: ShiftsDesk
  readonly seals: SealDesk
  readonly statistics: StatisticsDesk
  readonly reports: ReportDesk
  /** Deeds that wait for a second officer. */
  readonly second: SecondDesk
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
  /** May the person signed in do this deed at all? What they may not is shown off with the reason, or not at all (ui.md §1.8). */
  may(deed: string): boolean
  run(command: Command): void
  say: Say
  /** The server's time, epoch ms. */
  now(): number
  /** The time shown: the server's, or that of the past looked at. */
  shownNow(): number
  setDesk(change: Partial<Desk>): void
  go(change: Partial<Address>): void
  setFilter(filter: ShipFilter): void
  toast(text: string, options?: { readonly tone?: 'plain' | 'bad'; readonly undo?: Undo; readonly open?: () => void }): void
}

export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'alarm-form'; readonly form: 'assign' | 'shelve' | 'resolve' | 'false' | 'note'; readonly alarmId: string }
  | { readonly kind: 'area-form'; readonly areaId?: string }
  | {
      readonly kind: 'incident-form'
      readonly form: 'order' | 'correct' | 'join' | 'state' | 'people' | 'report-text' | 'order-done' | 'order-recall' | 'original' | 'file'
      readonly id: string
    }
  | { readonly kind: 'report-form'; readonly form: 'return' | 'correct' | 'special' | 'order' }
  | { readonly kind: 'sound' }

const Context = createContext<App | undefined>(undefined)
export const AppProvider = Context.Provider

export function useApp(): App {
  const app = useContext(Context)
  if (!app) throw new Error('a component stands outside the App')
  return app
}

/** The desk's own look: there before anybody has signed in, when there is no App yet. */
const DeskContext = createContext<Store<Desk> | undefined>(undefined)
export const DeskProvider = DeskContext.Provider

export function useDesk(): Store<Desk> {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('a component stands outside the desk')
  return desk
}

/** Says texts in the language chosen; the component draws again when the language changes. */
export function useSay(): Say {
  const { language } = useStore(useDesk())
  return (key, values) => textIn(language, key, values)
}
