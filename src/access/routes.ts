import type { Clock } from '#base/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Access } from './access.ts'
import { auditRoutes } from './audit-routes.ts'
import { organisationRoutes } from './organisation-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { postRoutes } from './post-routes.ts'
import { secondRoutes } from './second-routes.ts'

/** Organisations, people, posts, deeds of two, the trail; who acts is the sign-in's (sign-in/session-routes.ts). */
export function accessRoutes(http: Http, store: Store, access: Access, clock: Clock): void {
  organisationRoutes(http, access)
  peopleRoutes(http, access, store, clock)
  postRoutes(http, access, clock)
  secondRoutes(http, access)
  auditRoutes(http, store, access, clock)
}
