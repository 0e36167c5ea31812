// The room's tables, in the order they came.
import type { Migration } from '#platform/store/index.ts'
import { BREAK_GLASS_MIGRATIONS } from './break-glass.ts'
import { FACTOR_MIGRATIONS } from './factors/index.ts'
import { OIDC_MIGRATIONS } from './oidc/index.ts'
import { SIGN_IN_MIGRATIONS as CORE } from './store.ts'

export const SIGN_IN_MIGRATIONS: readonly Migration[] = [...CORE, ...FACTOR_MIGRATIONS, ...OIDC_MIGRATIONS, ...BREAK_GLASS_MIGRATIONS]
