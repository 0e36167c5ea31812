// Every room's tables, in the order of the floors.
import { DUTY_MIGRATIONS } from '#access/duty/index.ts'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { SIGN_IN_MIGRATIONS } from '#access/sign-in/index.ts'
import { ALERTS_MIGRATIONS } from '#alerts/index.ts'
import { TELLING_MIGRATIONS } from '#alerts/telling/index.ts'
import { EVIDENCE_MIGRATIONS } from '#evidence/index.ts'
import { INCIDENTS_MIGRATIONS } from '#incidents/index.ts'
import { PLACES_MIGRATIONS } from '#places/index.ts'
import { MAIL_MIGRATIONS } from '#platform/mail/index.ts'
import type { Migration } from '#platform/store/index.ts'
import { REPORTS_MIGRATIONS } from '#reports/index.ts'
import { SEALS_MIGRATIONS } from '#seals/index.ts'
import { SHIFTS_MIGRATIONS } from '#shifts/index.ts'
import { STATISTICS_MIGRATIONS } from '#statistics/index.ts'
import { VESSELS_MIGRATIONS } from '#vessels/index.ts'
import { BACKUP_MIGRATIONS } from './backup/schedule.ts'

export const MIGRATIONS: readonly Migration[] = [
  ...MAIL_MIGRATIONS,
  ...ACCESS_MIGRATIONS,
  ...DUTY_MIGRATIONS,
  ...SIGN_IN_MIGRATIONS,
  ...PLACES_MIGRATIONS,
  ...VESSELS_MIGRATIONS,
  ...SEALS_MIGRATIONS,
  ...INCIDENTS_MIGRATIONS,
  ...ALERTS_MIGRATIONS,
  ...TELLING_MIGRATIONS,
  ...EVIDENCE_MIGRATIONS,
  ...SHIFTS_MIGRATIONS,
  ...STATISTICS_MIGRATIONS,
  ...REPORTS_MIGRATIONS,
  ...BACKUP_MIGRATIONS,
]
