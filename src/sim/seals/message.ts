// What a simulated seal has to say at a moment.

import { offset } from '#base/index.ts'
import type { DeviceMessage } from '#seals/protocols/index.ts'
import type { SimJourney } from './journeys.ts'

/** Places scatter by some metres; the same at the same moment. */
const JITTER_M = 12

/** Its place, or the event that is due; undefined while it is silent or not fitted yet. */
export function messageAt(
  journey: SimJourney,
  ms: number,
  serial: number,
  event?: SimJourney['events'][number],
): DeviceMessage | undefined {
  const { silent, blind, fittedMs, truck } = journey
  if (ms < fittedMs || (silent && ms >= silent[0] && ms < silent[1])) return undefined
  const on = truck.at(ms)
  const turn = (Math.sin(ms * 0.0001 + journey.n) * 43758.5453) % 1
  const place = offset(on.lat, on.lon, Math.abs(turn) * 360, JITTER_M * Math.abs(turn))
  const isBlind = blind !== undefined && ms >= blind[0] && ms < blind[1]
  const opened = journey.events.findLast(one => one.atMs <= ms)
  return {
    deviceId: journey.deviceId,
    sentAtMs: Math.floor(ms / 1000) * 1000,
    lat: place.lat,
    lon: place.lon,
    fixValid: !isBlind,
    speedKmh: Math.round(on.speedKmh),
    courseDeg: Math.round(on.courseDeg) % 360,
    serial: serial & 0x7fff,
    batteryPercent: journey.batteryPercent(ms),
    locked: event?.locked ?? opened?.locked ?? true,
    ...(event ? { event: event.event } : {}),
    ...(event?.card === undefined ? {} : { card: event.card }),
  }
}
