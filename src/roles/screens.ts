// The live line of this product: who may be on it, and which ships each screen is shown with which flags.
import type { Access } from '#access/index.ts'
import type { Alerts } from '#alerts/index.ts'
import type { Clock } from '#base/index.ts'
import type { Http } from '#platform/http/index.ts'
import { createLive, type Live, type LiveClient } from '#platform/live/index.ts'
import { createLiveViews, type LiveViews, type Pass } from '#vessels/index.ts'
import { TOPICS } from './policies.ts'

export interface ScreensOptions {
  readonly http: Http
  readonly access: Access
  readonly alerts: Alerts
  readonly pass: Pass
  readonly clock: Clock
}

export function createScreens({ http, access, alerts, pass, clock }: ScreensOptions): {
  readonly live: Live
  readonly views: LiveViews<LiveClient>
} {
  /** A screen that may not know of every alarm sees the flag only of those that are its own. */
  const views = createLiveViews<LiveClient>(pass.picture, ({ caller }) => {
    if (!access.grantOf(caller, 'ships.look')) return undefined
    const grant = access.grantOf(caller, 'alarms.look')
    if (grant?.organisations === 'all') return { key: 'all' }
    const key = grant ? [...grant.organisations].sort().join(' ') : ''
    return { key, isAlarmed: mmsi => grant !== undefined && alerts.isAlarmed(mmsi, alarm => grant.covers(alarm.organisations ?? [])) }
  })
  const live = createLive({
    server: http.server,
    path: '/live',
    clock,
    callerOf: request => (http.isOurs(request) ? access.callerOf(request) : undefined),
    refreshed: access.refreshed,
    topics: TOPICS,
    grantOf: access.grantOf,
    onOpen: () => {},
    onClose: client => views.leave(client),
    onRights: client => views.rights(client),
    onMessage: (client, message) => {
      if (!views.take(client, message))
        client.send(JSON.stringify({ kind: 'refused', detail: 'kinds are view {west south east north} and resume {after}' }))
    },
  })
  return { live, views }
}
