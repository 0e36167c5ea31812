// All application payloads, in the order of their DAC and FI.
import type { Application } from './application.ts'

export const APPLICATIONS: readonly Application[] = []
