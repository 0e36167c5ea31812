// Every deed of the product and who may do it: one list, from the rooms. docs/rights.md is generated from it; docs/rights.csv holds the answers written by hand.
import { DUTY_POLICIES, DUTY_TOPICS } from '#access/duty/index.ts'
import { ACCESS_POLICIES, ACCESS_TOPICS } from '#access/index.ts'
import { SIGN_IN_POLICIES } from '#access/sign-in/index.ts'
import { ALERTS_POLICIES, ALERTS_TOPICS } from '#alerts/index.ts'
import { TELLING_POLICIES, TELLING_TOPICS } from '#alerts/telling/index.ts'
import type { Policy } from '#base/index.ts'
import { EVIDENCE_POLICIES } from '#evidence/index.ts'
import { INCIDENTS_POLICIES, INCIDENTS_TOPICS } from '#incidents/index.ts'
import { PLACES_POLICIES, PLACES_TOPICS } from '#places/index.ts'
import type { LiveTopic } from '#platform/live/index.ts'
import { REPORTS_POLICIES, REPORTS_TOPICS } from '#reports/index.ts'
import { SEALS_POLICIES, SEALS_TOPICS } from '#seals/index.ts'
import { SHIFTS_POLICIES, SHIFTS_TOPICS } from '#shifts/index.ts'
import { STATISTICS_POLICIES } from '#statistics/index.ts'
import { VESSELS_POLICIES, VESSELS_TOPICS } from '#vessels/index.ts'
import { BACKUP_POLICIES } from './backup/policy.ts'

export const POLICIES: readonly Policy[] = [
  ...ACCESS_POLICIES,
  ...SIGN_IN_POLICIES,
  ...DUTY_POLICIES,
  ...PLACES_POLICIES,
  ...EVIDENCE_POLICIES,
  ...VESSELS_POLICIES,
  ...SEALS_POLICIES,
  ...INCIDENTS_POLICIES,
  ...ALERTS_POLICIES,
  ...TELLING_POLICIES,
  ...SHIFTS_POLICIES,
  ...STATISTICS_POLICIES,
  ...REPORTS_POLICIES,
  ...BACKUP_POLICIES,
]

/** Every kind of message of the live line. */
export const TOPICS: readonly LiveTopic[] = [
  ...ACCESS_TOPICS,
  ...DUTY_TOPICS,
  ...PLACES_TOPICS,
  ...VESSELS_TOPICS,
  ...SEALS_TOPICS,
  ...INCIDENTS_TOPICS,
  ...ALERTS_TOPICS,
  ...TELLING_TOPICS,
  ...SHIFTS_TOPICS,
  ...REPORTS_TOPICS,
]
