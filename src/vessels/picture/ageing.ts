// How long a place may be shown as it was: by class and rhythm. Silence is measured on the clock of receipt, so that a recording ages by its own clock.
import { STATION_CLASS } from '../schema.ts'
import { FLAG } from './columns.ts'
import type { Picture } from './picture.ts'

const MINUTE_MS = 60_000
/** Silent longer: drawn stale (ui.md §5: coast 3 min). Class A sends every 2–10 s under way, every 3 min at rest; class B every 30 s–3 min. */
const STALE_AFTER_MS = {
  underWay: 3 * MINUTE_MS,
  asleep: 9 * MINUTE_MS,
  classB: 9 * MINUTE_MS,
  fixed: 12 * MINUTE_MS,
  satellite: 30 * MINUTE_MS,
}
/** Silent longer: drawn lost. */
const LOST_AFTER_MS = { coast: 60 * MINUTE_MS, satellite: 24 * 60 * MINUTE_MS }
/** Silent longer: she leaves the picture, unless watched or alarmed. */
const FORGET_AFTER_MS = { coast: 24 * 60 * MINUTE_MS, satellite: 72 * 60 * MINUTE_MS }

/** Marks stale and lost ships and lets go of those silent for a day. Called every minute; one pass over the slots. */
export function age(picture: Picture, nowMs: number): void {
  const { mmsi, receivedAtMs, staticAtMs, flags, stationClass, network } = picture
  for (let slot = 0; slot < picture.highWater; slot++) {
    if (mmsi[slot] === 0) continue
    const isSatellite = network[slot] === 1 || stationClass[slot] === STATION_CLASS.LONG_RANGE
    const heardAtMs = Math.max(receivedAtMs[slot]!, staticAtMs[slot]!)
    // Known beforehand (a context, a register) and not heard yet.
    if (heardAtMs === 0) continue
    const silentMs = nowMs - heardAtMs
    if (
      silentMs > (isSatellite ? FORGET_AFTER_MS.satellite : FORGET_AFTER_MS.coast) &&
      (flags[slot]! & (FLAG.WATCHED | FLAG.ALARMED)) === 0
    ) {
      picture.forget(slot)
      continue
    }
    if (receivedAtMs[slot] === 0) continue
    const unseenMs = nowMs - receivedAtMs[slot]!
    if (unseenMs > (isSatellite ? LOST_AFTER_MS.satellite : LOST_AFTER_MS.coast)) picture.setFlags(slot, FLAG.LOST | FLAG.STALE, 0)
    else if (unseenMs > staleAfterMs(stationClass[slot]!, flags[slot]!, isSatellite)) picture.setFlags(slot, FLAG.STALE, 0)
  }
}

function staleAfterMs(stationClass: number, flags: number, isSatellite: boolean): number {
  if (isSatellite) return STALE_AFTER_MS.satellite
  if (stationClass === STATION_CLASS.B) return STALE_AFTER_MS.classB
  if (stationClass === STATION_CLASS.BASE_STATION || stationClass === STATION_CLASS.AID_TO_NAVIGATION) return STALE_AFTER_MS.fixed
  return (flags & FLAG.ASLEEP) !== 0 ? STALE_AFTER_MS.asleep : STALE_AFTER_MS.underWay
}
