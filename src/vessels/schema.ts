// What the browser shares with this room: kinds of ships and how a list of them can be sieved and sorted.

/** What kind of transmitter speaks; decided by message type and number, not by number alone (half of class B gear carries odd numbers). */
export const STATION_CLASS = { A: 0, B: 1, SAR_AIRCRAFT: 2, BASE_STATION: 3, AID_TO_NAVIGATION: 4, DISTRESS: 5, LONG_RANGE: 6 } as const
export type StationClass = (typeof STATION_CLASS)[keyof typeof STATION_CLASS]

/** Kinds of ships a filter can name; stations and aids are kinds of their own. */
export const SHIP_KINDS = ['cargo', 'tanker', 'passenger', 'fishing', 'service', 'other', 'unknown', 'fixed'] as const
export type ShipKind = (typeof SHIP_KINDS)[number]

/** ITU-R M.1371-5 table 53, first digit. */
export function kindOf(shipType: number, stationClass: number): ShipKind {
  if (stationClass === STATION_CLASS.BASE_STATION || stationClass === STATION_CLASS.AID_TO_NAVIGATION) return 'fixed'
  if (shipType === 30) return 'fishing'
  if (shipType >= 70 && shipType < 80) return 'cargo'
  if (shipType >= 80 && shipType < 90) return 'tanker'
  if (shipType >= 60 && shipType < 70) return 'passenger'
  if (shipType >= 50 && shipType < 60) return 'service'
  return shipType === 0 ? 'unknown' : 'other'
}

/** How a ship is now: `still` moored, anchored or slower than 0.2 kn; `moving` every other one that is heard; `lost` silent past what her messages allow. */
export const SHIP_STATES = ['moving', 'still', 'lost', 'watched'] as const
export type ShipState = (typeof SHIP_STATES)[number]

export const SHIP_SORTS = ['name', 'mmsi', 'speed', 'length', 'destination', 'heard'] as const
export type ShipSort = (typeof SHIP_SORTS)[number]
