// duty: rosters, who is on duty now and next, swaps and leave, the phone book. Alarms, shifts and reports ask here.
export { createDuty, type Duty, type DutyBy, type DutyOptions } from './duty.ts'
export { holidaysOf, isRestDay } from './holidays.ts'
export { PATTERNS, rosterFrom } from './patterns.ts'
export { DUTY_POLICIES, DUTY_TOPICS } from './policy.ts'
export { dutyRoutes } from './routes.ts'
export * from './schema.ts'
export { DUTY_MIGRATIONS, forgetReasons } from './store.ts'
