// What a ship is, as far as rules ask: by the ITU ship type she declares (ITU-R M.1371-5 table 53) and her size. Type is self-declared.

import type { PictureColumns, Slot } from '../picture/columns.ts'
import { STATION_CLASS } from '../schema.ts'

/** Tow (31, 32), dredging (33), pilot, search and rescue, tug, tender, pollution control, law enforcement (50–55), medical (58): they meet, stop and wait by trade. */
const HARBOUR_CRAFT = new Set([31, 32, 33, 50, 51, 52, 53, 54, 55, 58])
/** Search and rescue, law enforcement. */
const ON_DUTY = new Set([51, 55])
const FISHING = 30

export const isHarbourCraft = (picture: PictureColumns, slot: Slot): boolean => HARBOUR_CRAFT.has(picture.shipType[slot]!)
export const isOnDuty = (picture: PictureColumns, slot: Slot): boolean => ON_DUTY.has(picture.shipType[slot]!)
export const isFishing = (picture: PictureColumns, slot: Slot): boolean =>
  picture.shipType[slot] === FISHING || picture.navigationStatus[slot] === 7
/** Says neither what she is nor that she is large: most class B boats before their static message is heard. */
export const isUnknownSmall = (picture: PictureColumns, slot: Slot): boolean =>
  picture.shipType[slot] === 0 && picture.stationClass[slot] === STATION_CLASS.B && picture.lengthM[slot]! <= 30
/** A vessel: not a base station, an aid, an aircraft or a beacon. */
export const isVessel = (stationClass: number): boolean =>
  stationClass === STATION_CLASS.A || stationClass === STATION_CLASS.B || stationClass === STATION_CLASS.LONG_RANGE

/** How a sentence calls her: her name, or her number where none is known. */
export const shipName = (picture: PictureColumns, slot: Slot): string => picture.name[slot] || String(picture.mmsi[slot])
export const shipSubject = (mmsi: number): { readonly kind: 'ship'; readonly id: string } => ({ kind: 'ship', id: String(mmsi) })
