// Wires the room to its doors: routes, the live line, what it follows and what it carries. The only file that knows all the others.

import type { Duty } from '#access/duty/index.ts'
import type { Access } from '#access/index.ts'
import type { Alarm, Alerts } from '#alerts/index.ts'
import type { Caller, Clock } from '#base/index.ts'
import type { Incidents } from '#incidents/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Live } from '#platform/live/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { FeedDesk } from '#vessels/index.ts'
import {
  carriedAlarm,
  carriedFeed,
  carriedIncident,
  carriedLine,
  carriedShip,
  inOrder,
  openThen,
  UNLINKED,
  type WatchedShip,
} from './carried.ts'
import { followRooms } from './follow.ts'
import { sheetHead } from './hand-over-routes.ts'
import { createHandOvers, type HandOvers } from './hand-overs.ts'
import { createLog, type DutyLog } from './log.ts'
import { alarmTitle, type Names } from './machine-lines.ts'
import type { ShiftRoutesOptions } from './route-parts.ts'
import { lineView, shiftRoutes } from './routes.ts'
import { type Carried, HAND_OVER_CHANGED, type HandOver, isSettled, LOG_WRITTEN, type LogLine, seenOf } from './schema.ts'
import { type Shifts, shiftsDoor } from './shifts.ts'

export interface StartShiftsOptions {
  readonly http: Http
  readonly live: Live
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly log: Log
  readonly access: Access
  readonly duty: Duty
  readonly alerts: Alerts
  readonly incidents: Incidents
  readonly feeds: Pick<FeedDesk, 'list'>
  /** Names of an alarm's subjects: ORIENT FROST 7 ↔ HAE DONG 88. */
  subjectsOf(alarm: Alarm): string
  watchedShips(): readonly WatchedShip[]
  findLinks: ShiftRoutesOptions['findLinks']
}

const LOOK_MS = 15_000
/** Plans still to come, and weather said within this time, are carried. */
const PLANS_MS = 24 * 3_600_000
const WEATHER_MS = 8 * 3_600_000

/** The room with another clock: what the demo tells of the past is kept with its time. */
export interface ShiftsAt {
  readonly log: Pick<DutyLog, 'write'>
  readonly handOvers: HandOvers
  /** What is to be ticked on a sheet, as it stands. */
  seen(sheet: HandOver): readonly { readonly id: string; readonly seen: string }[]
}

export function startShifts(options: StartShiftsOptions): Shifts & { at(clock: Clock): ShiftsAt; stop(): void } {
  const { http, live, store, clock, bus, access, duty, alerts, incidents } = options
  const names: Names = {
    headOffice: access.organisations().headOffice,
    subjectsOf: options.subjectsOf,
    person: id => access.people.personById(id)?.name ?? id,
    organisation(id) {
      const one = access.organisations().get(id)
      return one ? { ko: one.shortKo, en: one.shortEn } : { ko: id, en: id }
    },
  }
  const log = createLog({ store, clock, bus, headOffice: () => access.organisations().headOffice })
  const handOvers = createHandOvers({
    store,
    clock,
    bus,
    duty,
    unlinked: UNLINKED,
    carried: organisation => carriedBy(options, log, names, organisation),
  })
  shiftRoutes({
    http,
    log,
    handOvers,
    now: clock.now,
    grantOf: access.grantOf,
    organisations: () =>
      access
        .organisations()
        .all.filter(one => one.closedAtMs === undefined)
        .map(one => one.id),
    seatOf: (person, organisation) => duty.onDuty(organisation, clock.now())?.people.find(one => one.person === person)?.seat,
    findLinks: (words, caller: Caller) => options.findLinks(words, caller),
  })
  const failed = (error: unknown): void => options.log.error(`hand-overs: ${error instanceof Error ? error.message : error}`)
  const look = (): void => void handOvers.look().catch(failed)
  const stops = [
    bus.on(LOG_WRITTEN, ({ line }) =>
      live.announce(
        { kind: 'log', line: lineView(line, log.correctionOf(line.id)) },
        { deed: 'log.look', organisations: line.organisations },
        'gathered',
      ),
    ),
    bus.on(HAND_OVER_CHANGED, ({ sheet }) =>
      live.announce({ kind: 'hand-over', sheet: sheetHead(sheet, clock.now()) }, { deed: 'log.look', organisations: [sheet.organisation] }),
    ),
    followRooms({ clock, bus, store, log, duty, alerts, incidents, names }),
    clock.every(LOOK_MS, look),
  ]
  look()
  return {
    ...shiftsDoor(log, handOvers),
    at: then => ({
      log: createLog({ store, clock: then, bus, headOffice: () => access.organisations().headOffice }),
      // Of the past incidents, plans and weather are known; of alarms, equipment and ships nobody knows any more how they stood, and the sheet says so.
      handOvers:
        then === clock
          ? handOvers
          : createHandOvers({
              store,
              clock: then,
              bus,
              duty,
              unlinked: [...UNLINKED, 'alarms', 'equipment'],
              carried: organisation => carriedThen(options, log, names, organisation, then.now()),
            }),
      seen: sheet => sheet.items.filter(item => !isSettled(item)).map(item => ({ id: item.id, seen: seenOf(item) })),
    }),
    stop() {
      for (const stop of stops) stop()
      log.close()
    },
  }
}

type Lines = Pick<ReturnType<typeof createLog>, 'find' | 'correctionOf'>

/** What this site carries: its own and what lies below it; of head office's: what is nobody's, and the graver half of everything. */
function carriedBy(options: StartShiftsOptions, log: Lines, names: Names, organisation: string): readonly Carried[] {
  const { access, alerts, incidents, feeds, watchedShips, clock } = options
  const tree = access.organisations()
  const below = tree.below(organisation)
  const isHead = organisation === tree.headOffice
  const isOurs = (organisations: readonly string[]): boolean =>
    organisations.some(one => below.has(one)) || (isHead && organisations.length === 0)
  const orders = incidents.openOrders()
  return inOrder([
    ...alerts
      .open()
      .filter(alarm => alarm.level < 4 && isOurs(alarm.organisations ?? []))
      .map(alarm => carriedAlarm(alarm, alarmTitle(alarm, names))),
    ...incidents.list({ whose: isHead ? 'all' : below, states: ['reported', 'confirmed', 'in-hand'], limit: 200 }).map(incident =>
      carriedIncident(
        incident,
        names.organisation(incident.organisation).ko,
        orders.filter(order => order.incident === incident.id),
        lastAnswer(incidents, incident.id, clock.now()),
      ),
    ),
    ...feeds.list().flatMap(feed => carriedFeed(feed) ?? []),
    ...watchedShips().map(carriedShip),
    ...carriedLines(options, log, organisation, clock.now()),
  ])
}

/** The same of an earlier moment, as far as it is kept. */
function carriedThen(options: StartShiftsOptions, log: Lines, names: Names, organisation: string, atMs: number): readonly Carried[] {
  const { access, incidents } = options
  const tree = access.organisations()
  const whose = organisation === tree.headOffice ? 'all' : tree.below(organisation)
  return inOrder([
    ...openThen(incidents, whose, atMs).map(({ incident, orders }) =>
      carriedIncident(incident, names.organisation(incident.organisation).ko, orders, lastAnswer(incidents, incident.id, atMs)),
    ),
    ...carriedLines(options, log, organisation, atMs),
  ])
}

/** Plans that are still to come, and the weather of late, from the log. */
function carriedLines({ access }: StartShiftsOptions, log: Lines, organisation: string, nowMs: number): readonly Carried[] {
  const tree = access.organisations()
  const books = organisation === tree.headOffice ? [organisation] : [...tree.below(organisation)]
  const lines = (kinds: readonly string[], backMs: number): readonly LogLine[] =>
    log.find({ whose: books, fromMs: nowMs - backMs, toMs: nowMs + 1, kinds }).filter(line => log.correctionOf(line.id) === undefined)
  return [
    ...lines(['plan'], PLANS_MS * 14)
      .filter(line => (line.dueMs ?? 0) > nowMs && (line.dueMs ?? 0) <= nowMs + PLANS_MS)
      .map(carriedLine),
    ...lines(['weather'], WEATHER_MS).slice(-3).map(carriedLine),
  ]
}

/** The newest words in its story: what a remark would begin with. */
function lastAnswer(incidents: Pick<Incidents, 'steps'>, id: string, atMs: number): string | undefined {
  for (const step of [...incidents.steps(id)].reverse()) if (step.deed === 'answer' && step.text && step.atMs <= atMs) return step.text
  return undefined
}
