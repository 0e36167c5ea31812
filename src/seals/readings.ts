// What rooms of the desk read of the journeys that are kept: where each stands, as its row says; a few times a second behind what is judged.
import type { SqlValue, Store } from '#platform/store/index.ts'
import type { JourneyPlan, JourneyStanding } from './schema.ts'

export interface JourneyReading {
  readonly plan: JourneyPlan
  readonly standing: JourneyStanding
  /** When it was closed or cancelled. */
  readonly overAtMs?: number
}

interface Row extends Record<string, SqlValue> {
  plan: string
  standing: string
  over_ms: number | null
}

/** Those that were not over before `fromMs` and were to leave before `toMs`, by the time they were to leave. */
export const journeysBetween = (store: Pick<Store, 'read'>, fromMs: number, toMs: number): readonly JourneyReading[] =>
  store
    .read<Row>(
      `SELECT plan, standing, over_ms, depart_ms, id FROM journeys WHERE is_over = 0 AND depart_ms < ?1 AND standing IS NOT NULL
      UNION ALL SELECT plan, standing, over_ms, depart_ms, id FROM journeys WHERE over_ms >= ?2 AND depart_ms < ?1 AND standing IS NOT NULL
      ORDER BY depart_ms, id`,
      [toMs, fromMs],
    )
    .map(row => ({
      plan: JSON.parse(row.plan),
      standing: JSON.parse(row.standing),
      ...(row.over_ms === null ? {} : { overAtMs: row.over_ms }),
    }))

/** When the first journey was to leave; undefined where there is none. */
export const firstJourneyMs = (store: Pick<Store, 'read'>): number | undefined =>
  store.read<{ ms: number | null }>('SELECT min(depart_ms) AS ms FROM journeys')[0]?.ms ?? undefined

/** Seals are in use here: some are in the stock, or were on a journey. */
export const areSealsUsed = (store: Pick<Store, 'read'>): boolean =>
  firstJourneyMs(store) !== undefined || store.read<{ id: string | null }>('SELECT min(id) AS id FROM seals')[0]?.id != null
