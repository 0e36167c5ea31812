// What the report asks of the rooms, wired to their front doors: the same for the running product and for the command beside it.
import type { Duty } from '#access/duty/index.ts'
import type { Access } from '#access/index.ts'
import { auditHead } from '#access/index.ts'
import { type Alerts, DETECTOR_WORDS } from '#alerts/index.ts'
import { type Incidents, KIND_WORDS, maskedName, STATE_WORDS, titleOf } from '#incidents/index.ts'
import { createAreaIndex, isJurisdictionOf, loadAreas, loadCoastRings, organisationsAt } from '#places/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { FeedRun, LogLine, RoomSources, ShipCalls, SiteStaff, SourceRecord, WaterCount } from '#reports/index.ts'
import { areSealsUsed, journeyById, journeysBetween } from '#seals/index.ts'
import { correctionOf, handOversBetween, lineById, linesBetween } from '#shifts/index.ts'
import { factsBetween, sourceState } from '#statistics/index.ts'
import type { LastPlace } from '#vessels/index.ts'

export interface ReportSourcesOptions {
  readonly store: Pick<Store, 'read'>
  readonly access: Pick<Access, 'organisations' | 'people'>
  readonly alerts: Pick<Alerts, 'between' | 'get'>
  readonly duty: Pick<Duty, 'onDuty' | 'organisations'>
  readonly incidents: Incidents
  /** Ships, areas, feeds by name. */
  labelOf(kind: string, id: string): string | undefined
  isDemo(): boolean
  /** The archive: last positions at a moment; was anything received in a span. */
  past(atMs: number): Promise<readonly LastPlace[]>
  wasHeard(fromMs: number, toMs: number): boolean
}

export function reportSources(options: ReportSourcesOptions): RoomSources {
  const { store, access, alerts, incidents, past, duty, ...rest } = options
  let coast: readonly Float64Array[] | undefined
  return {
    ...rest,
    incidents,
    alarms: (fromMs, toMs) => alerts.between(fromMs, toMs - 1),
    organisations: access.organisations,
    nameOf: id => access.people.personById(id)?.name,
    masked(text, incident) {
      let masked = text
      for (const { name } of incidents.peopleOf(incident))
        if (name.trim().length > 1) masked = masked.replaceAll(name.trim(), maskedName(name))
      return masked
    },
    auditHead: atMs => auditHead(store, atMs),
    log: (fromMs, toMs) => logOf(store, access.organisations().headOffice, fromMs, toMs),
    feeds: (fromMs, toMs) => feedsOf(store, fromMs, toMs),
    staff: atMs => staffOf(options, atMs),
    record: (kind, id) => recordOf(options, kind, id),
    journeys: (fromMs, toMs) => (areSealsUsed(store) ? journeysBetween(store, fromMs, toMs) : undefined),
    shipCalls: (fromMs, toMs) => callsOf(store, fromMs, toMs),
    recordsSinceMs: () => recordsSinceMs(store),
    async waters(atMs) {
      const points = await past(atMs)
      return points.length === 0 ? undefined : countWaters(points, createAreaIndex(loadAreas(store).filter(isJurisdictionOf)))
    },
    coast() {
      coast ??= loadCoastRings()
      return coast
    },
  }
}

/** The demo has marked the folder: everything a paper tells of it is made up. */
export const isDemoStore = (store: Pick<Store, 'read'>): boolean =>
  store.read("SELECT 1 AS one FROM watched_ships WHERE note = 'demo' LIMIT 1").length > 0

/** The seas that the offices' waters lie in. */
export const KOREAN_SEAS = { west: 120, south: 30, east: 135, north: 42 } as const
/** 1/10 000 minutes in a degree. */
const DEGREE = 600_000
const AT_REST_DECIKNOTS = 5

function countWaters(points: readonly LastPlace[], waters: ReturnType<typeof createAreaIndex>): readonly WaterCount[] {
  const counts = new Map<string, { ships: number; atRest: number }>()
  for (const { lat600k, lon600k, sogDeciknots } of points) {
    // The narrowest water counts; a ship is counted once.
    const organisation = organisationsAt(waters, lat600k / DEGREE, lon600k / DEGREE)[0] ?? 'hq'
    const known = counts.get(organisation) ?? { ships: 0, atRest: 0 }
    counts.set(organisation, { ships: known.ships + 1, atRest: known.atRest + (sogDeciknots <= AT_REST_DECIKNOTS ? 1 : 0) })
  }
  return [...counts].map(([organisation, count]) => ({ organisation, ...count })).sort((a, b) => (a.organisation < b.organisation ? -1 : 1))
}

/** Each the first of an index: nothing is read through. */
const FIRST_RECORDS = [
  'SELECT min(reported_ms) AS ms FROM incidents',
  'SELECT min(raised_ms) AS ms FROM alarms WHERE is_open = 0',
  'SELECT min(raised_ms) AS ms FROM alarms WHERE is_open = 1',
  'SELECT min(at_ms) AS ms FROM audit',
] as const

function recordsSinceMs(store: Pick<Store, 'read'>): number | undefined {
  const known = FIRST_RECORDS.flatMap(sql => store.read<{ ms: number | null }>(sql).flatMap(({ ms }) => (ms === null ? [] : [ms])))
  return known.length === 0 ? undefined : Math.min(...known)
}

const DAY_MS = 86_400_000
/** Plans are written this long ahead at most. */
const PLANNED_AHEAD_MS = 60 * DAY_MS

/** Weather of the span and plans of the day after it, as they stood at its end: a corrected line is told by its correction. What the watch that signed handed over with a remark. */
function logOf(store: Pick<Store, 'read'>, headOffice: string, fromMs: number, toMs: number): readonly LogLine[] {
  const lines = linesBetween(store, { whose: 'all', fromMs: toMs - PLANNED_AHEAD_MS, toMs, kinds: ['weather', 'plan'] })
    .filter(line => line.takenAtMs < toMs)
    .filter(line =>
      line.kind === 'plan' ? line.dueMs !== undefined && line.dueMs >= toMs && line.dueMs < toMs + DAY_MS : line.atMs >= fromMs,
    )
  const known = new Set(lines.map(line => line.id))
  const told = lines
    .filter(line => !known.has(correctionOf(store, line.id) ?? ''))
    .map(
      (line): LogLine => ({
        id: line.id,
        atMs: line.dueMs ?? line.atMs,
        organisation: line.by.organisation,
        kind: line.kind === 'plan' ? 'plan' : 'weather',
        text: line.text,
      }),
    )
  const handed = handOversBetween(store, fromMs, toMs + DAY_MS)
    .filter(
      sheet =>
        sheet.organisation === headOffice && sheet.outgoing !== undefined && sheet.outgoing.atMs >= fromMs && sheet.outgoing.atMs < toMs,
    )
    .flatMap(sheet =>
      sheet.items
        .filter(item => item.remark && !item.isNew)
        .map(
          (item): LogLine => ({
            id: `${sheet.id}/${item.id}`,
            atMs: sheet.outgoing?.atMs ?? toMs,
            organisation: sheet.organisation,
            kind: 'hand-over',
            text: `${item.ko}: ${item.remark}`,
          }),
        ),
    )
  return [
    ...told.filter(line => line.kind === 'weather'),
    ...told.filter(line => line.kind === 'plan').sort((a, b) => a.atMs - b.atMs),
    ...handed,
  ]
}

/** By the hours that statistics keep of each feed: receiving in the last measured hour, silent minutes of the span. */
function feedsOf(store: Pick<Store, 'read'>, fromMs: number, toMs: number): readonly FeedRun[] {
  const feeds = new Map<string, { lastDown: number; downMin: number }>()
  for (const fact of factsBetween(store, 'feeds', fromMs, toMs)) {
    const known = feeds.get(fact.kind) ?? { lastDown: 0, downMin: 0 }
    const down = fact.numbers.downMin ?? 0
    // Oldest first: the last hour stays. Silent to its end: not receiving.
    feeds.set(fact.kind, { lastDown: (fact.numbers.upMin ?? 0) === 0 ? down : 0, downMin: known.downMin + down })
  }
  return [...feeds]
    .map(([name, { lastDown, downMin }]) => ({ name, isRunning: lastDown === 0, silentMs: downMin * 60_000 }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function callsOf(store: Pick<Store, 'read'>, fromMs: number, toMs: number): ShipCalls | undefined {
  const state = sourceState(store, 'ship-calls')
  if (!state || state.sinceMs >= toMs) return undefined
  const calls = factsBetween(store, 'ship-calls', fromMs, toMs).flatMap(fact =>
    fact.kind === 'arrival' || fact.kind === 'departure'
      ? [{ kind: fact.kind, organisation: fact.organisation, mmsi: fact.link.id } as const]
      : [],
  )
  return { sinceMs: state.sinceMs, calls }
}

/** Who stands at each organisation that has a roster, and how the hand-over before it stood by then. */
function staffOf({ store, duty, access }: ReportSourcesOptions, atMs: number): readonly SiteStaff[] | undefined {
  const rostered = new Set(duty.organisations())
  if (rostered.size === 0) return undefined
  const sheets = handOversBetween(store, atMs - DAY_MS, atMs + 1)
  return access
    .organisations()
    .all.filter(one => rostered.has(one.id))
    .map(({ id }): SiteStaff => {
      const now = duty.onDuty(id, atMs)
      const sheet = sheets.filter(one => one.organisation === id).at(-1)
      return {
        organisation: id,
        ...(now
          ? {
              watch: {
                crew: { ko: now.watch.crew.ko, en: now.watch.crew.en },
                watch: { ko: now.watch.watch.ko, en: now.watch.watch.en },
                seats: now.people.length,
                empty: now.people.filter(one => one.person === undefined && one.insteadOf !== undefined).length,
                standIns: now.people.filter(one => one.person !== undefined && one.insteadOf !== undefined).length,
              },
            }
          : {}),
        ...(sheet ? { handOver: { id: sheet.id, isDone: sheet.incoming !== undefined && sheet.incoming.atMs <= atMs } } : {}),
      }
    })
}

/** The record a figure or line leads to, named without anybody's personal data. */
function recordOf(options: ReportSourcesOptions, kind: string, id: string): SourceRecord | undefined {
  const { store, access, alerts, incidents, labelOf } = options
  switch (kind) {
    case 'alarm': {
      const alarm = alerts.get(id)
      if (!alarm) return undefined
      const words = DETECTOR_WORDS[alarm.joined.detector]
      const names = alarm.joined.subjects.flatMap(one => (one.kind === 'area' ? [] : [labelOf(one.kind, one.id) ?? one.id])).join(', ')
      const label = (what: string): string => (names === '' ? what : `${what} · ${names}`)
      return {
        label: { ko: label(words?.ko ?? alarm.joined.detector), en: label(words?.en ?? alarm.joined.detector) },
        atMs: alarm.openedAtMs,
        level: alarm.level,
      }
    }
    case 'journey': {
      const journey = journeyById(store, id)
      if (!journey) return undefined
      const { container, origin, destination, departFromMs } = journey.plan
      const words = `${container} ${origin.name} → ${destination.name}`
      return { label: { ko: words, en: words }, atMs: journey.standing?.departedAtMs ?? departFromMs }
    }
    case 'incident': {
      const incident = incidents.get(id)
      if (!incident) return undefined
      const [ko, en] = KIND_WORDS[incident.kind]
      const [stateKo, stateEn] = STATE_WORDS[incident.state]
      let title = titleOf(incident.text)
      for (const { name } of incidents.peopleOf(id)) if (name.trim().length > 1) title = title.replaceAll(name.trim(), maskedName(name))
      return {
        label: { ko: `${incident.number} ${title}`, en: `${incident.number} ${title}` },
        note: { ko: `${ko} · ${stateKo}`, en: `${en} · ${stateEn}` },
        atMs: incident.reportedAtMs,
        level: incident.urgency,
      }
    }
    case 'log': {
      // What the watch handed over is a remark on its sheet.
      if (id.startsWith('hand-over:')) return recordOf(options, 'hand-over', id)
      const line = lineById(store, id)
      return line && { label: { ko: line.text, en: line.en ?? line.text }, atMs: line.atMs }
    }
    case 'ship':
    case 'feed': {
      const label = kind === 'feed' ? id : (labelOf(kind, id) ?? id)
      return { label: { ko: label, en: label } }
    }
    case 'organisation':
    case 'hand-over': {
      const of = kind === 'organisation' ? id : (/^hand-over:([^:]+):/.exec(id)?.[1] ?? '')
      const organisation = access.organisations().get(of)
      return organisation && { label: { ko: organisation.ko, en: organisation.en } }
    }
    default:
      return undefined
  }
}
