// base: units, time, Result and geodesy. Imports nothing.
export type { Clock } from './clock.ts'
export { CSV_BEGIN, csvLine } from './csv.ts'
export * from './geo/distance.ts'
export * from './kst.ts'
export * from './policy.ts'
export type { Result } from './result.ts'
export { ok, refused } from './result.ts'
export * from './units.ts'
