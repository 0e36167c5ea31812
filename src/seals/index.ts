// seals: electronic seals on the wire, journeys under seal, and what is wrong with them.

export { heardOf } from './devices/heard.ts'
export { SEAL_KINDS } from './devices/kinds.ts'
export { type SealFeed, sealFeedOf } from './devices/ledger-name.ts'
export { createSealPass } from './journeys/pass.ts'
export { SEALS_MIGRATIONS } from './migrations.ts'
export type { HeardFact, HeardReport, JourneyChange, JourneyDeed, SealPlaces } from './pass-contract.ts'
export { createSealPlaces } from './places.ts'
export { SEALS_POLICIES, SEALS_TOPICS } from './policy.ts'
export { areSealsUsed, firstJourneyMs, type JourneyReading, journeysBetween } from './readings.ts'
export type { JourneyLine, JourneyPlan, JourneyStanding, PlanPlace, Seal } from './schema.ts'
export { type RunningSeals, startSeals } from './start.ts'
export { journeyById } from './store.ts'
