// /api/incidents and /api/orders. Thin: the schema has looked at the words, the policy at the caller; here a thing is found or not, and the room acts.
import { callRoutes } from './call-routes.ts'
import { lookRoutes } from './look-routes.ts'
import { orderRoutes } from './order-routes.ts'
import type { IncidentRoutesOptions } from './route-parts.ts'
import { writeRoutes } from './write-routes.ts'

export function incidentRoutes(options: IncidentRoutesOptions): void {
  callRoutes(options)
  lookRoutes(options)
  writeRoutes(options)
  orderRoutes(options)
}
