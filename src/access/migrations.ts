// The room's tables, in the order they came.
import type { Migration } from '#platform/store/index.ts'
import { AUDIT_MIGRATIONS } from './audit.ts'
import { FOUR_EYES_MIGRATIONS } from './four-eyes-store.ts'
import { ORGANISATION_MIGRATIONS } from './organisations.ts'
import { PEOPLE_MIGRATIONS } from './people-store.ts'

export const ACCESS_MIGRATIONS: readonly Migration[] = [
  ...AUDIT_MIGRATIONS,
  ...PEOPLE_MIGRATIONS,
  ...FOUR_EYES_MIGRATIONS,
  ...ORGANISATION_MIGRATIONS,
]
