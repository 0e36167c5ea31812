// What a simulated seal has to say at a moment. Pure: the same moment gives the same message, in whatever order it is asked.
import { offset } from '#base/index.ts'
import type { DeviceMessage } from '#seals/protocols/index.ts'
import { type SimEvent, type SimJourney, within } from './journey.ts'

/** Places scatter by some metres. */
const JITTER_M = 12
const STRAY_M = 4000

/** Its place, or the event that is due; undefined while it is silent, not fitted yet or on another journey. `serial`: of the frame. */
export function messageAt(journey: SimJourney, ms: number, serial: number, event?: SimEvent): DeviceMessage | undefined {
  const { silent, blind, fittedMs, truck, events, saysUntilMs, clock } = journey
  if (ms < fittedMs || ms >= (saysUntilMs ?? Number.POSITIVE_INFINITY) || within(silent, ms)) return undefined
  const on = truck.at(ms)
  const turn = shareOf(journey.n, ms)
  const metres = within(journey.stray, ms) ? STRAY_M : JITTER_M * turn * turn
  const place = offset(on.lat, on.lon, ((turn * 1000) % 1) * 360, metres)
  let locked = false
  for (const one of events) if (one.atMs <= ms) locked = one.locked
  return {
    deviceId: journey.deviceId,
    sentAtMs: Math.floor((ms + (clock !== undefined && within(clock.span, ms) ? clock.byMs : 0)) / 1000) * 1000,
    lat: place.lat,
    lon: place.lon,
    fixValid: !within(blind, ms),
    speedKmh: on.speedKmh < 1 ? 0 : Math.round(on.speedKmh),
    courseDeg: Math.round(on.courseDeg) % 360,
    serial: serial & 0x7fff,
    batteryPercent: journey.batteryPercent(ms),
    locked: event?.locked ?? locked,
    ...(event?.event === undefined ? {} : { event: event.event }),
    ...(event?.card === undefined ? {} : { card: event.card }),
  }
}

/** [0, 1) by device and second: an integer hash, since it is asked at every report. */
function shareOf(n: number, ms: number): number {
  let hash = Math.imul((n + 1) | 0, 0x9e3779b1) ^ Math.imul(Math.floor(ms / 1000) | 0, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
  hash ^= hash >>> 13
  return (hash >>> 0) / 4294967296
}
