// shifts: the duty log and the hand-over from watch to watch.
export type { WatchedShip } from './carried.ts'
export { checkShifts } from './check-rows.ts'
export { createLog, type MachineLine, type NewLine } from './log.ts'
export { SHIFTS_POLICIES, SHIFTS_TOPICS } from './policy.ts'
export * from './schema.ts'
export type { Shifts } from './shifts.ts'
export { type ShiftsAt, startShifts } from './start.ts'
export { correctionOf, handOversBetween, lineById, linesBetween, SHIFTS_MIGRATIONS } from './store.ts'
