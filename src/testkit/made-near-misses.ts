// All made scenes in which nothing may be found.
import type { MadeScenario } from './made-scenario.ts'
import { MEETING_NEAR_MISSES } from './near-misses-meetings.ts'
import { TRACK_NEAR_MISSES } from './near-misses-tracks.ts'

export const NEAR_MISSES: readonly ((seed: number) => MadeScenario)[] = [...MEETING_NEAR_MISSES, ...TRACK_NEAR_MISSES]
