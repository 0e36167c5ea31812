// What the room may ask of a seal, in our words. A protocol turns it into bytes, or says why not.
import type { Position } from '#base/index.ts'

export type SealCommand =
  | { readonly kind: 'lock' }
  | { readonly kind: 'unlock'; readonly password?: string }
  | { readonly kind: 'set-interval'; readonly intervalS: number }
  | { readonly kind: 'ask-position' }
  | { readonly kind: 'set-areas'; readonly areas: readonly DeviceArea[] }
  | { readonly kind: 'one-time-password'; readonly password: string }

/** An area the device itself watches. */
export interface DeviceArea {
  readonly id: number
  readonly corners: readonly Position[]
}
