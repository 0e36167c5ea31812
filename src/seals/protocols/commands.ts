// What the room may ask of a seal, in our words. A protocol turns it into bytes, or says why not.
import type { Position } from '#base/index.ts'

export type SealCommand =
  | { readonly kind: 'lock' }
  | { readonly kind: 'unlock'; readonly password?: string }
  | { readonly kind: 'set-interval'; readonly intervalS: number }
  | { readonly kind: 'ask-position' }
  /** These and no others: what the device watched before is forgotten. */
  | { readonly kind: 'set-areas'; readonly areas: readonly DeviceArea[] }
  | { readonly kind: 'one-time-password'; readonly password: string }

/** An area the device itself watches. */
export type DeviceArea = DeviceCircle | DevicePolygon
export interface DeviceCircle {
  readonly id: number
  readonly centre: Position
  readonly radiusM: number
}
export interface DevicePolygon {
  readonly id: number
  /** Three or more; not closed. */
  readonly corners: readonly Position[]
}
export const isCircle = (area: DeviceArea): area is DeviceCircle => 'centre' in area
