// What a site carries from watch to watch: asked of the rooms anew each time. Titles and states say nothing that changes by the clock alone (ages are the screen's), so that a
// tick stays good until something really happens.
import type { Alarm } from '#alerts/index.ts'
import { type Incident, type Incidents, isOrderOpen, type ListQuery, type Order, STATE_WORDS, titleOf } from '#incidents/index.ts'
import type { FeedHealth } from '#vessels/index.ts'
import type { Carried, HandOverPart, LogLine } from './schema.ts'

/** Patrols have no room yet: said so on the sheet, never an empty list that looks like a quiet night. */
export const UNLINKED: readonly HandOverPart[] = ['patrols']

const KST_MS = 9 * 3_600_000
const minute = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(11, 16)

const ALARM_STATES: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  raised: ['미확인', 'unacknowledged'],
  acknowledged: ['확인', 'acknowledged'],
  assigned: ['처리 중', 'in hand'],
  shelved: ['보류', 'shelved'],
}

export interface AlarmWords {
  /** What kind of alarm, and whom it is about. */
  readonly ko: string
  readonly en: string
}

export function carriedAlarm(alarm: Alarm, words: AlarmWords): Carried {
  const [ko, en] = ALARM_STATES[alarm.state] ?? [alarm.state, alarm.state]
  const since = alarm.state === 'shelved' ? undefined : minute(alarm.acknowledgedAtMs ?? alarm.openedAtMs)
  const isOver = alarm.joined.endedAtMs !== undefined
  const last = [...alarm.history]
    .reverse()
    .find(line => line.note && (line.deed === 'noted' || line.deed === 'shelved' || line.deed === 'assigned'))
  return {
    id: `alarm:${alarm.id}`,
    part: 'alarms',
    link: { kind: 'alarm', id: alarm.id, label: words.ko },
    ...words,
    state: {
      ko: `${ko}${since ? ` ${since}` : ''}${isOver ? ' · 상황 끝남' : ''}`,
      en: `${en}${since ? ` ${since}` : ''}${isOver ? ' · over' : ''}`,
    },
    level: alarm.level,
    ...(alarm.state === 'shelved' && alarm.shelvedUntilMs !== undefined ? { untilMs: alarm.shelvedUntilMs } : {}),
    ...(last?.note ? { note: last.note } : {}),
  }
}

/** An incident that is not closed, its number with the name of its office; with orders, the first that is due. */
export function carriedIncident(incident: Incident, office: string, orders: readonly Order[], lastWords: string | undefined): Carried {
  const [first] = orders.filter(isOrderOpen).sort((a, b) => a.dueMs - b.dueMs)
  const words = STATE_WORDS[incident.state]
  return {
    id: `incident:${incident.id}`,
    part: 'incidents',
    link: { kind: 'incident', id: incident.id, label: `${office} ${incident.number.slice(5)}` },
    ko: titleOf(incident.text),
    en: titleOf(incident.text),
    state: first ? { ko: `지시 ${first.n}`, en: `order ${first.n}` } : { ko: words[0], en: words[1] },
    level: incident.urgency,
    ...(first ? { untilMs: first.dueMs } : {}),
    ...(first ? { note: first.text } : lastWords ? { note: lastWords } : {}),
  }
}

/** Those that were open at an earlier moment, newest first, as they were then, each with its orders of then. */
export function openThen(
  incidents: Pick<Incidents, 'list' | 'asOf' | 'ordersOf'>,
  whose: ListQuery['whose'],
  atMs: number,
): readonly { readonly incident: Incident; readonly orders: readonly Order[] }[] {
  return incidents.list({ whose, reportedToMs: atMs + 1, limit: LOOKED_BACK }).flatMap(({ id }) => {
    const incident = incidents.asOf(id, atMs)
    if (!incident || incident.state === 'closed') return []
    const orders = incidents
      .ordersOf(id)
      .filter(order => order.givenAtMs <= atMs)
      .map((order): Order => ((order.doneAtMs ?? 0) > atMs ? { ...order, state: 'open' } : order))
    return [{ incident, orders }]
  })
}
const LOOKED_BACK = 200

const FEED_STATES: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  late: ['지연', 'late'],
  silent: ['무수신', 'silent'],
  paused: ['멈춤', 'paused'],
}
/** A feed that does not bring what it should; undefined: it is well, or has ended as it should. */
export function carriedFeed(feed: Pick<FeedHealth, 'name' | 'state' | 'trouble' | 'lastAtMs'>): Carried | undefined {
  const words = FEED_STATES[feed.state]
  if (!words) return undefined
  const since = feed.lastAtMs === undefined || feed.state === 'late' ? '' : ` ${minute(feed.lastAtMs)}`
  return {
    id: `feed:${feed.name}`,
    part: 'equipment',
    link: { kind: 'feed', id: feed.name, label: feed.name },
    ko: `수신망 ${feed.name}`,
    en: `feed ${feed.name}`,
    state: { ko: `${words[0]}${since}`, en: `${words[1]}${since}` },
    level: feed.state === 'silent' ? 2 : 3,
    ...(feed.trouble ? { note: feed.trouble.ko } : {}),
  }
}

export interface WatchedShip {
  readonly mmsi: number
  readonly name: string
  /** Under way, in knots; absent when nobody hears her. */
  readonly place?: { readonly ko: string; readonly en: string }
  readonly isLost: boolean
}
export const carriedShip = (ship: WatchedShip): Carried => ({
  id: `ship:${ship.mmsi}`,
  part: 'watched',
  link: { kind: 'ship', id: String(ship.mmsi), label: ship.name },
  ko: ship.name,
  en: ship.name,
  state: ship.isLost ? { ko: '무수신', en: 'not heard' } : { ko: '관심 선박', en: 'watched' },
  ...(ship.place ? { note: ship.place.ko } : {}),
})

/** A plan of the day, or the weather, as somebody wrote it in the log. */
export const carriedLine = (line: LogLine): Carried => ({
  id: `line:${line.id}`,
  part: 'watched',
  ko: line.text,
  en: line.text,
  state: line.kind === 'plan' ? { ko: '일정', en: 'plan' } : { ko: '기상', en: 'weather' },
  ...(line.dueMs === undefined ? {} : { untilMs: line.dueMs }),
})

const PARTS: readonly HandOverPart[] = ['alarms', 'incidents', 'patrols', 'equipment', 'watched']
/** In the order of the sheet: by part, the gravest first, then what is due first. */
export const inOrder = (carried: readonly Carried[]): readonly Carried[] =>
  [...carried].sort(
    (a, b) =>
      PARTS.indexOf(a.part) - PARTS.indexOf(b.part) ||
      (a.level ?? 9) - (b.level ?? 9) ||
      (a.untilMs ?? Number.MAX_SAFE_INTEGER) - (b.untilMs ?? Number.MAX_SAFE_INTEGER) ||
      a.id.localeCompare(b.id),
  )
