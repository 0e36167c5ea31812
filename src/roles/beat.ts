// What the room does by the clock while it runs: the screens four times a second, the state and the trail's witness every other second, the disk every minute,
// the certificate every hour.
import type { Clock } from '#base/index.ts'
import { diskRoom } from '#platform/files/index.ts'
import type { Http, Tls } from '#platform/http/index.ts'
import type { Live, LiveClient } from '#platform/live/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { LiveViews, Pass, statusView } from '#vessels/index.ts'
import type { Reserve } from './reserve.ts'

const LIVE_TICK_MS = 250
const STATUS_MS = 2000
const RESERVE_LOOK_MS = 60_000
const TLS_LOOK_MS = 3_600_000
/** The product's state is one for the whole country: whoever may look at it sees all of it. */
const SHARED_STATUS = { deed: 'status.look', organisations: 'all' } as const

export interface BeatOptions {
  readonly data: string
  readonly clock: Clock
  readonly log: Log
  readonly pass: Pass
  readonly views: LiveViews<LiveClient>
  readonly live: Live
  readonly http: Http
  readonly reserve: Reserve
  readonly tls: Tls | undefined
  status(): ReturnType<typeof statusView>
  witnessAudit(): void
}

/** The returned functions end it. */
export function startBeat(options: BeatOptions): readonly (() => void)[] {
  const { data, clock, pass, views, live, reserve } = options
  return [
    clock.every(
      RESERVE_LOOK_MS,
      () =>
        void diskRoom(data).then(
          room => reserve.keep(room.freeBytes),
          () => undefined,
        ),
    ),
    clock.every(LIVE_TICK_MS, () => {
      pass.advanceTo(clock.now())
      views.tick(clock.now())
    }),
    clock.every(TLS_LOOK_MS, () => void renewTls(options)),
    clock.every(STATUS_MS, () => {
      live.tell({ kind: 'status', status: options.status() }, SHARED_STATUS)
      options.witnessAudit()
    }),
  ]
}

async function renewTls({ tls, log, http }: BeatOptions): Promise<void> {
  const renewed = await tls?.renewed()
  if (!renewed) return
  if (!renewed.ok) return log.error(`the certificate cannot be renewed, the old one stays: ${renewed.reason}`)
  if (!renewed.value) return
  http.takeTls(renewed.value)
  log.info('the certificate was renewed')
}
