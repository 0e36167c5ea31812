// All application payloads. An unknown DAC/FI stays in the message as `payloadHex`.
import type { Application } from './application.ts'
import { areaNotices } from './area-notice.ts'
import { tableApplications } from './tables.ts'

export const APPLICATIONS: readonly Application[] = [...tableApplications, ...areaNotices]
