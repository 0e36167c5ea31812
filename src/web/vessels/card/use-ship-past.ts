// The past of the ship whose card is open: track, stops and alarms of one, seven or thirty days; asked for anew each minute.
import { useEffect, useState } from 'react'
import type { AlarmView } from '../../alerts/model.ts'
import { useApp } from '../../app.ts'
import type { Stay, TrackPoint } from '../model.ts'
import { type Gap, gapsOf } from '../track.ts'

export const SPANS_DAYS = [1, 7, 30] as const
export type SpanDays = (typeof SPANS_DAYS)[number]

export interface ShipPast {
  readonly days: SpanDays
  readonly track: readonly TrackPoint[]
  readonly gaps: readonly Gap[]
  readonly stays: readonly Stay[]
  readonly alarms: readonly AlarmView[]
  /** Until when it was asked. */
  readonly toMs: number
}

const DAY_MS = 86_400_000
const AGAIN_MS = 60_000
/** As fine as a screen shows: a point in so many seconds. Below the ten minutes that make a gap. */
const EVERY_S = { 1: 20, 7: 120, 30: 300 } as const

export function useShipPast(mmsi: number, days: SpanDays): { readonly past?: ShipPast; readonly trouble?: string } {
  const app = useApp()
  const [state, setState] = useState<{ readonly mmsi: number; readonly past?: ShipPast; readonly trouble?: string }>({ mmsi })
  useEffect(() => {
    let isCurrent = true
    const load = async (): Promise<void> => {
      const toMs = app.now()
      const fromMs = toMs - days * DAY_MS
      try {
        const [track, stays, alarms] = await Promise.all([
          app.api.track(mmsi, fromMs, toMs, EVERY_S[days]),
          app.api.stays(mmsi, fromMs, toMs),
          app.api.alarmsOfShip(mmsi),
        ])
        if (isCurrent) setState({ mmsi, past: { days, track, gaps: gapsOf(track), stays, alarms, toMs } })
      } catch (reason) {
        const trouble = reason instanceof Error ? reason.message : String(reason)
        if (isCurrent) setState(now => ({ ...now, mmsi, trouble }))
      }
    }
    void load()
    const timer = setInterval(() => void load(), AGAIN_MS)
    return () => {
      isCurrent = false
      clearInterval(timer)
    }
  }, [app, mmsi, days])
  return state.mmsi === mmsi ? state : {}
}
