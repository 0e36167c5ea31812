// rules: what a finding is, the desk that keeps situations open, and how findings of one situation become one alarm.
export type { FindingChange, FindingDesk, NewFinding } from './desk.ts'
export * from './finding.ts'
export { createFindingDesk, graver, type KeptFindingDesk } from './finding-desk.ts'
export { createJoining, type JoinedAlarm, type Joining, LEVELS } from './joining.ts'
export { withParticle } from './particles.ts'
