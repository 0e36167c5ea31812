// What page and worker say to each other.
import type { ShipFilter, ShipFrame } from './ship-columns.ts'

export type ToWorker =
  | { readonly kind: 'start'; readonly url: string }
  /** Sent as it is, and again after each reconnect. */
  | { readonly kind: 'subscribe'; readonly text: string }
  | { readonly kind: 'filter'; readonly filter: ShipFilter }
  | { readonly kind: 'past'; readonly records: ArrayBuffer; readonly atMs: number; readonly glideMs: number }
  | { readonly kind: 'live' }
  /** Connect now. */
  | { readonly kind: 'again' }

export type FromWorker =
  | { readonly kind: 'link'; readonly state: 'connecting' | 'open' | 'lost'; readonly isSignedOut?: boolean }
  /** The server's time less the machine's, ms. */
  | { readonly kind: 'clock'; readonly offsetMs: number }
  | { readonly kind: 'ships'; readonly frame: ShipFrame; readonly tickMs: number; readonly isPast: boolean }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'heard' }
