// How sources that live on incidents catch up: by what has changed since, month by month the first time.
import type { Incident } from '#incidents/index.ts'
import { DAY_MS } from '../day.ts'
import type { Change } from '../schema.ts'
import type { Rooms, Source } from './source.ts'

const STEP_MS = 30 * DAY_MS

export const everyIncident = (
  changeOf: (incident: Incident, rooms: Rooms) => Change,
): Required<Pick<Source, 'earliestMs' | 'catchUp'>> => ({
  earliestMs: firstReportMs,
  *catchUp(rooms, sinceMs) {
    const nowMs = rooms.clock.now()
    const firstMs = sinceMs > 0 ? sinceMs : (firstReportMs(rooms) ?? nowMs)
    // An incident changed during the walk is heard from the bus.
    for (let fromMs = firstMs; fromMs <= nowMs; fromMs += STEP_MS)
      yield rooms.incidents.changedBetween(fromMs, fromMs + STEP_MS).map(incident => changeOf(incident, rooms))
  },
})

const firstReportMs = (rooms: Rooms): number | undefined => rooms.incidents.between(0, rooms.clock.now() + 1)[0]?.reportedAtMs
