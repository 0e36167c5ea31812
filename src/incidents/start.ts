// Wires the room to its doors: routes, the live line, the watch on orders past their time. The only file that knows all the others.
import { type Access, auditStatement, authorOf } from '#access/index.ts'
import type { Caller, Clock } from '#base/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Live } from '#platform/live/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { FindingSink } from '#rules/index.ts'
import type { Attachments } from './attachments/attachments.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { createAudience } from './audience.ts'
import { draftRoutes } from './draft-routes.ts'
import { createDrafts } from './drafts.ts'
import { type FoundLink, helpRoutes } from './help-routes.ts'
import type { Incidents } from './incidents-contract.ts'
import { createOverdueWatch } from './overdue.ts'
import { raiseReports } from './raised.ts'
import type { KnownPlace } from './read-words.ts'
import { incidentRoutes } from './routes.ts'
import { INCIDENT_CALLED, INCIDENT_CHANGED, ORDER_CHANGED, titleOf } from './schema.ts'
import { readBy } from './store.ts'
import { headView, orderView } from './view.ts'

export interface StartOptions {
  readonly incidents: Incidents
  readonly attachments: Attachments
  readonly http: Http
  readonly live: Live
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly access: Access
  /** Where an order past its time becomes an alarm. */
  readonly sink: FindingSink
  readonly log: Log
  readonly keepPeopleDays: number
  /** Names of places that people write. */
  places(): readonly KnownPlace[]
  findLinks(words: string, caller: Caller): readonly FoundLink[]
  /** Whose a sealed journey is: its photos are kept here. */
  journeyOrganisations(journey: string): readonly string[] | undefined
}

const DAY_MS = 86_400_000
const TIDY_MS = 3_600_000

/** Returns what stops it. */
export function startIncidents(options: StartOptions): () => void {
  const { incidents, attachments, http, live, store, clock, bus, access } = options
  const audienceOf = (organisations: readonly string[]) => ({ deed: 'incidents.look', organisations })
  const audience = createAudience(access, clock)
  const nameOf = (person: string): string => access.people.personById(person)?.name ?? person
  const audit = (caller: Caller, deed: string, thing: string, note: string): Promise<void> =>
    store.write([auditStatement({ atMs: clock.now(), ...authorOf(caller), deed, thing, note })])

  incidentRoutes({
    http,
    incidents,
    attachments,
    now: clock.now,
    grantOf: access.grantOf,
    nameOf,
    officeName(id, english) {
      const one = access.organisations().get(id)
      return one ? (english ? one.en : one.ko) : id
    },
    audience,
    audit,
    readBy: (person, ids) => readBy(store, person, ids),
    onRead: (incident, receipt) =>
      live.tell(
        { kind: 'incident-read', id: incident.id, ...receipt, name: nameOf(receipt.person), at: new Date(clock.now()).toISOString() },
        audienceOf(incident.organisations),
      ),
  })
  const drafts = createDrafts(store, clock)
  draftRoutes(http, drafts)
  helpRoutes(options)
  attachmentRoutes({
    http,
    attachments,
    incidents,
    journeyOrganisations: options.journeyOrganisations,
    grantOf: access.grantOf,
    audit,
  })
  const tidy = async (): Promise<void> => {
    try {
      const erased = await incidents.eraseDue(clock.now() - options.keepPeopleDays * DAY_MS)
      if (erased > 0) options.log.info(`names and papers of ${erased} people were erased: their time has run out`)
      await drafts.forgetOld()
      await attachments.tidy()
    } catch (error) {
      options.log.error(`incidents could not be tidied: ${error instanceof Error ? error.message : error}`)
    }
  }
  const stops = [
    clock.every(TIDY_MS, () => void tidy()),
    bus.on(INCIDENT_CHANGED, ({ incident, steps }) =>
      live.announce(
        {
          kind: 'incident',
          incident: headView(incident, incidents.ordersOf(incident.id)),
          by: steps[0]?.by.id ?? '',
          deed: steps[0]?.deed ?? '',
        },
        audienceOf(incident.organisations),
        'gathered',
      ),
    ),
    bus.on(INCIDENT_CALLED, ({ incident, n, why, people, by }) =>
      live.announce(
        { kind: 'incident-call', id: incident.id, number: incident.number, title: titleOf(incident.text), n, why, by: by.name },
        { ...audienceOf(incident.organisations), only: caller => people.includes(caller.id) },
      ),
    ),
    bus.on(ORDER_CHANGED, ({ order, incident, change }) =>
      live.announce({ kind: 'order', order: orderView(order), number: incident.number, change }, audienceOf(incident.organisations)),
    ),
    raiseReports({ clock, bus, sink: options.sink, organisation: id => access.organisations().get(id) ?? { ko: id, en: id } }),
    createOverdueWatch({
      clock,
      incidents,
      bus,
      sink: options.sink,
      organisation: id => access.organisations().get(id) ?? { ko: id, en: id },
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
