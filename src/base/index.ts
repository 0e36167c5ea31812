// base: units, time, Result and geodesy. Imports nothing.
export type { Clock } from './clock.ts'
export * from './geo/distance.ts'
export type { Result } from './result.ts'
export { ok, refused } from './result.ts'
export * from './units.ts'
