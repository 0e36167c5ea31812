// Shapes of this room on the screen.
import type { Crew, Holiday, Leave, OnDuty, PhoneEntry, Roster, Standing, Swap, Watch, WatchTime } from '#access/duty/schema.ts'
import type { Carried, HandKind, HandOverPart, HandOverState, LogKind, LogLink, Signature } from '#shifts/schema.ts'

export type {
  Crew,
  HandKind,
  HandOverPart,
  HandOverState,
  Holiday,
  LogKind,
  LogLink,
  OnDuty,
  PhoneEntry,
  Roster,
  Signature,
  Standing,
  Watch,
  WatchTime,
}

export interface LineView {
  readonly id: string
  readonly organisations: readonly string[]
  readonly atMs: number
  readonly takenAtMs: number
  readonly isByHand: boolean
  readonly kind: LogKind
  readonly text: string
  readonly en?: string
  readonly by: { readonly id: string; readonly name: string; readonly organisation: string }
  readonly seat?: { readonly ko: string; readonly en: string }
  readonly links: readonly LogLink[]
  readonly corrects?: string
  readonly correctedBy?: string
  readonly dueMs?: number
  readonly level?: number
  readonly isEdited?: true
}

export interface ItemView extends Carried {
  readonly remark?: string
  readonly isNew: boolean
  readonly goneAtMs?: number
  readonly isTicked: boolean
  readonly isSettled: boolean
  /** What a tick must say it has seen. */
  readonly seen: string
}

interface Side {
  readonly crew: { readonly id: string; readonly ko: string; readonly en: string }
  readonly watch: { readonly ko: string; readonly en: string }
  readonly fromMs: number
  readonly toMs: number
}
/** A sheet in overviews. */
export interface SheetHead {
  readonly id: string
  readonly organisation: string
  readonly state: HandOverState
  readonly from: Side
  readonly to: Side
  readonly items: number
  readonly left: number
  readonly revision: number
  readonly outgoing?: Signature
  readonly incoming?: Signature
}
export interface SheetView extends Omit<SheetHead, 'items'> {
  readonly items: readonly ItemView[]
  readonly unlinked: readonly HandOverPart[]
}
export interface SiteSheet {
  readonly organisation: string
  readonly sheet?: SheetHead
}

export type SwapView = Swap & { readonly from: { readonly name?: string }; readonly to: { readonly name?: string } }
export type LeaveView = Leave & { readonly name?: string; readonly standInName?: string }
export interface DutyDay {
  readonly day: string
  readonly holiday?: Holiday
  readonly letters: ReadonlyMap<string, string>
}
export interface DutyView {
  readonly organisation: string
  readonly roster?: Roster
  readonly days: readonly DutyDay[]
  readonly now?: OnDuty
  readonly next?: OnDuty
  readonly swaps: readonly SwapView[]
  readonly leaves: readonly LeaveView[]
}

export interface OfficeView {
  readonly id: string
  readonly kind: string
  readonly ko: string
  readonly en: string
  readonly shortKo: string
  readonly shortEn: string
}

/** A line being written, or one on its way. */
export interface WaitingLine {
  readonly id: string
  readonly text: string
  readonly kind: HandKind
}

/** Which part of the page is in the middle. */
export type Middle = 'sheet' | 'roster' | 'requests' | 'phones'

/** In the order of Alt 1–3. */
export const HAND_KIND_ORDER: readonly HandKind[] = ['note', 'weather', 'plan']
