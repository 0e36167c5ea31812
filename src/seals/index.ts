export { GUARDS, type Guard, guards } from './journeys/advance.ts'
export { createSealPass } from './journeys/pass.ts'
export type {
  GateEvent,
  HeardReport,
  JourneyChange,
  JourneyDeed,
  SealPass,
  SealPassOptions,
  SealPlaces,
} from './pass-contract.ts'
export type * from './schema.ts'
