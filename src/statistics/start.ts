// Wires the room: its thread, its sources, its doors. The only file that knows all the others.
import { type Access, auditStatement, authorOf } from '#access/index.ts'
import type { Caller } from '#base/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Log } from '#platform/log/index.ts'
import { createOwn } from './own.ts'
import { ownerOf } from './owner.ts'
import { startCounting } from './questions.ts'
import { statisticsRoutes } from './routes.ts'
import type { Rooms } from './sources/index.ts'
import { createStatistics, type Statistics } from './statistics.ts'

export interface StartOptions extends Omit<Rooms, 'ownerOf' | 'access'> {
  readonly access: Access
  /** The store's file, for a reading connection of the room's thread. */
  readonly file: string
  readonly log: Log
  readonly http: Http
  /** A name for an id, as the screen shows it: of a ship, an incident. */
  labelOf(kind: string, id: string): string | undefined
}

export interface StartedStatistics {
  readonly statistics: Statistics
  /** Begins to listen and to catch up. */
  stop(): Promise<void>
}

export function startStatistics(options: StartOptions): StartedStatistics {
  const { store, clock, access, log } = options
  const audit = (caller: Caller, deed: string, thing: string, note: string) =>
    auditStatement({ atMs: clock.now(), ...authorOf(caller), deed, thing, note })
  const own = createOwn({ store, now: clock.now, audit })
  const counting = startCounting(options.file)
  const statistics = createStatistics({
    store,
    clock,
    counting,
    organisations: access.organisations,
    ownMeasure: own.measure,
    onFault: sentence => log.error(sentence),
  })
  statisticsRoutes({ ...options, statistics, own, audit })
  const stop = statistics.start({ ...options, ownerOf: organisations => ownerOf(access.organisations(), organisations) })
  return {
    statistics,
    async stop() {
      stop()
      await statistics.settled().catch(() => undefined)
      await counting.close()
    },
  }
}
