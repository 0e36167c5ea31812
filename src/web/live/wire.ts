// The server's JSON read into the screen's own shapes, at the edge and once: absent values stay absent, times become numbers. What a newer server says beyond
// this is ignored; what is missing has a plain default, so that one odd alarm never empties the list.
import type { AuditLine, StorageView } from '../access/model.ts'
import type { AlarmDeed, AlarmReason, AlarmSubject, AlarmTab, AlarmView, Bilingual } from '../alerts/model.ts'
import type { FeedTest, FeedView } from '../feeds/model.ts'
import type { AreaView, PermitView } from '../places/model.ts'
import type { FeedLight, Person, ServerStatus } from '../shell/status.ts'
import type { TimelineBin } from '../time/model.ts'
import type { Level } from '../ui/level.ts'
import type { SearchHit, ShipCardView, ShipListView, Stay, TrackPoint } from '../vessels/model.ts'

export function field(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? Reflect.get(from, name) : undefined
}
export function text(from: unknown, name: string): string | undefined {
  const value = field(from, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}
export function number(from: unknown, name: string): number | undefined {
  const value = field(from, name)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
export const flag = (from: unknown, name: string): boolean => field(from, name) === true
export function list(from: unknown, name?: string): readonly unknown[] {
  const value = name === undefined ? from : field(from, name)
  return Array.isArray(value) ? value : []
}
/** ISO 8601 or epoch ms. */
export function time(from: unknown, name: string): number | undefined {
  const value = field(from, name)
  if (typeof value === 'number') return value
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isFinite(ms) ? ms : undefined
}
/** Only what is there: absent keys stay absent (exactOptionalPropertyTypes). */
type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }
export function present<T extends object>(from: T): Present<T> {
  const kept: Present<T> = {}
  for (const key in from) {
    const value = from[key]
    if (value !== undefined) Object.assign(kept, { [key]: value })
  }
  return kept
}
const place = (from: unknown): { readonly lat: number; readonly lon: number } | undefined => {
  const [lat, lon] = [number(from, 'lat'), number(from, 'lon')]
  return lat === undefined || lon === undefined ? undefined : { lat, lon }
}
const bilingual = (from: unknown): Bilingual => ({ ko: text(from, 'ko') ?? '', en: text(from, 'en') ?? '' })
const maybeBilingual = (from: unknown): Bilingual | undefined => (from === undefined ? undefined : bilingual(from))
/** A figure and its unit stay on one line. */
const unbroken = ({ ko, en }: Bilingual): Bilingual => ({ ko: ko.replace(' NM', '\u00a0NM'), en: en.replace(' NM', '\u00a0NM') })

const LEVELS: Readonly<Record<string, Level>> = { emergency: 0, critical: 1, high: 2, medium: 3, low: 4 }
function level(from: unknown): Level {
  const value = number(from, 'level')
  if (value === 0 || value === 1 || value === 2 || value === 3 || value === 4) return value
  return LEVELS[text(from, 'severity') ?? 'medium'] ?? 3
}

const PERSON_KINDS: readonly Person['kind'][] = ['person', 'machine', 'screen', 'break-glass']
const PROOFS: readonly Person['ways'][number][] = ['password', 'totp', 'passkey', 'oidc', 'demo']
export const person = (from: unknown): Person => ({
  id: text(from, 'id') ?? '',
  name: text(from, 'name') ?? '',
  kind: PERSON_KINDS.find(kind => kind === text(from, 'kind')) ?? 'person',
  login: text(from, 'login') ?? '',
  idleMinutes: number(from, 'idleMinutes') ?? 0,
  ways: PROOFS.filter(way => list(from, 'ways').includes(way)),
  hasSecondFactor: flag(from, 'hasSecondFactor'),
  ...present({ lastSignInAtMs: time(from, 'lastSignInAt') }),
  posts: list(from, 'posts').map(one => ({ post: text(one, 'post') ?? '', organisation: text(one, 'organisation') ?? '' })),
  deeds: new Map(Object.entries(Object(field(from, 'deeds'))).map(([deed, how]) => [deed, how === 'second' ? 'second' : 'yes'])),
})

function light(from: unknown): FeedLight {
  const state = text(from, 'state')
  const name = text(from, 'name') ?? ''
  return {
    name,
    label: text(from, 'label') ?? name,
    state: state === 'late' || state === 'silent' || state === 'paused' || state === 'ended' ? state : 'ok',
    perSecond: number(from, 'perSecond') ?? 0,
    ...present({ lastAtMs: time(from, 'lastAt') }),
  }
}
export const status = (from: unknown): ServerStatus => ({
  version: text(from, 'version') ?? '',
  isDemo: flag(from, 'demo'),
  ships: number(from, 'ships') ?? 0,
  feeds: list(from, 'feeds').map(light),
  impaired: list(from, 'impaired').map(String),
})

const hit = (from: unknown): SearchHit => ({
  mmsi: number(from, 'mmsi') ?? 0,
  name: text(from, 'name') ?? String(number(from, 'mmsi') ?? ''),
  note: [text(from, 'callSign'), number(from, 'imoNumber') && `IMO ${number(from, 'imoNumber')}`, number(from, 'mmsi')]
    .filter(Boolean)
    .join(' · '),
  ...present({ lat: number(from, 'lat'), lon: number(from, 'lon') }),
})
export const shipList = (from: unknown): ShipListView => ({ total: number(from, 'total') ?? 0, ships: list(from, 'ships').map(shipCard) })
export const hits = (from: unknown): readonly SearchHit[] => [...list(from), ...list(from, 'ships')].map(hit)

const subject = (from: unknown, nameOf?: (mmsi: number) => string | undefined): AlarmSubject => {
  const [kind, id] = [text(from, 'kind') ?? 'ship', text(from, 'id') ?? '']
  return { kind, id, label: text(from, 'label') ?? (kind === 'ship' ? nameOf?.(Number(id)) : undefined) ?? id }
}
const reason = (from: unknown): AlarmReason => ({
  detector: text(from, 'detector') ?? '',
  level: level(from),
  fromMs: time(from, 'from') ?? 0,
  why: bilingual(field(from, 'why')),
  subjects: list(from, 'subjects').map(one => subject(one)),
  numbers: Object.fromEntries(Object.entries(field(from, 'numbers') ?? {}).filter(([, value]) => typeof value === 'number')),
  ...present({ toMs: time(from, 'to') }),
})
export function shipCard(from: unknown): ShipCardView {
  const eta = field(from, 'eta')
  const [month, day, hour, minute] = ['month', 'day', 'hour', 'minute'].map(name => number(eta, name))
  return {
    mmsi: number(from, 'mmsi') ?? 0,
    stationClass: number(from, 'stationClass') ?? 0,
    isWatched: flag(from, 'watched'),
    isLost: flag(from, 'lost'),
    isDoubtful: flag(from, 'doubtful'),
    isShared: flag(from, 'numberShared'),
    findings: list(from, 'findings').map(reason),
    ...present({
      name: text(from, 'name'),
      callSign: text(from, 'callSign'),
      imoNumber: number(from, 'imoNumber'),
      shipType: number(from, 'shipType'),
      lengthM: number(from, 'lengthM'),
      beamM: number(from, 'beamM'),
      draughtM: number(from, 'draughtM'),
      destination: text(from, 'destination'),
      eta:
        month !== undefined && day !== undefined && hour !== undefined && minute !== undefined ? { month, day, hour, minute } : undefined,
      lat: number(from, 'lat'),
      lon: number(from, 'lon'),
      sogKn: number(from, 'sogKn'),
      cogDeg: number(from, 'cogDeg'),
      headingDeg: number(from, 'headingDeg'),
      navigationStatus: number(from, 'navigationStatus'),
      sentAtMs: time(from, 'sentAt'),
      receivedAtMs: time(from, 'receivedAt'),
      staticAtMs: time(from, 'staticAt'),
      network: text(from, 'network'),
      feed: text(from, 'feed'),
      station: text(from, 'station'),
      watchNote: text(from, 'watchNote'),
    }),
  }
}

export const stays = (from: unknown): readonly Stay[] =>
  list(from).flatMap(one => {
    const [fromMs, at] = [time(one, 'from'), place(one)]
    const area = field(one, 'area')
    return fromMs === undefined || !at
      ? []
      : [
          {
            fromMs,
            ...at,
            ...present({
              toMs: time(one, 'to'),
              placeName: field(one, 'placeName') === undefined ? undefined : unbroken(bilingual(field(one, 'placeName'))),
              areaName: text(area, 'name'),
              areaKind: text(area, 'kind'),
            }),
          },
        ]
  })

export const track = (from: unknown): readonly TrackPoint[] =>
  [...list(from), ...list(from, 'points')].flatMap(point => {
    const [atMs, lat, lon] = [time(point, 'time'), number(point, 'lat'), number(point, 'lon')]
    return atMs === undefined || lat === undefined || lon === undefined
      ? []
      : [{ atMs, lat, lon, sogKn: number(point, 'sogKn') ?? Number.NaN, cogDeg: number(point, 'cogDeg') ?? Number.NaN }]
  })

function tabOf(from: unknown): AlarmTab {
  const state = text(from, 'state')
  if (state === 'resolved' || state === 'false' || state === 'closed') return 'closed'
  if (state === 'shelved') return 'shelved'
  return state === 'acknowledged' || state === 'assigned' ? 'active' : 'new'
}

export function alarm(from: unknown, nameOf: (mmsi: number) => string | undefined): AlarmView {
  const ships = list(from, 'ships').flatMap(one => (typeof one === 'number' ? [one] : (number(one, 'mmsi') ?? [])))
  const names = new Map(
    list(from, 'ships').flatMap(one =>
      typeof one === 'object' && text(one, 'name') ? [[String(number(one, 'mmsi')), text(one, 'name') ?? '']] : [],
    ) as [string, string][],
  )
  const subjects: AlarmSubject[] = list(from, 'subjects').map(one => {
    const [kind, id] = [text(one, 'kind') ?? 'ship', text(one, 'id') ?? '']
    return { kind, id, label: text(one, 'label') ?? names.get(id) ?? (kind === 'ship' ? (nameOf(Number(id)) ?? id) : id) }
  })
  const raisedAtMs = time(from, 'raisedAt') ?? 0
  const tab = tabOf(from)
  return {
    id: text(from, 'id') ?? '',
    level: level(from),
    state: tab,
    isAcknowledged: tab === 'active' || tab === 'closed' || text(from, 'acknowledgedBy') !== undefined,
    isEnded: time(from, 'endedAt') !== undefined,
    isLive: field(from, 'live') !== false,
    detector: text(from, 'detector') ?? '',
    ships,
    subjects: subjects.length > 0 ? subjects : ships.map(mmsi => ({ kind: 'ship', id: String(mmsi), label: nameOf(mmsi) ?? String(mmsi) })),
    raisedAtMs,
    lastAtMs: time(from, 'lastAt') ?? raisedAtMs,
    count: number(from, 'count') ?? 1,
    why: bilingual(field(from, 'why')),
    reasons: list(from, 'reasons').map(reason),
    history: list(from, 'history').map(
      (one): AlarmDeed => ({
        atMs: time(one, 'at') ?? 0,
        who: text(one, 'name') ?? text(one, 'who') ?? '',
        deed: text(one, 'deed') ?? '',
        ...present({ note: text(one, 'note') }),
      }),
    ),
    revision: number(from, 'revision') ?? 0,
    ...present({
      endedAtMs: time(from, 'endedAt'),
      place: place(field(from, 'place')),
      placeName: field(from, 'placeName') === undefined ? undefined : unbroken(bilingual(field(from, 'placeName'))),
      near: maybeBilingual(field(from, 'near')),
      acknowledgedBy: text(from, 'acknowledgedByName') ?? text(from, 'acknowledgedBy'),
      acknowledgedById: text(from, 'acknowledgedBy'),
      assignedTo: text(from, 'assignedTo'),
      shelvedUntilMs: time(from, 'shelvedUntil'),
      outcome: text(from, 'outcome'),
    }),
  }
}
export const alarms = (from: unknown, nameOf: (mmsi: number) => string | undefined): readonly AlarmView[] =>
  [...list(from), ...list(from, 'alarms')].map(one => alarm(one, nameOf))

const ring = (from: unknown): readonly (readonly [number, number])[] =>
  list(from).flatMap(point => {
    const [lon, lat] = list(point)
    return typeof lon === 'number' && typeof lat === 'number' ? [[lon, lat] as const] : []
  })
export const area = (from: unknown): AreaView => ({
  id: text(from, 'id') ?? '',
  name: text(from, 'name') ?? '',
  kind: text(from, 'kind') ?? 'other',
  polygon: list(from, 'polygon').map(ring),
  ...present({
    line: field(from, 'line') === undefined ? undefined : ring(field(from, 'line')),
    maxKn: number(from, 'maxKn'),
    severity: text(from, 'severity'),
    watches: text(from, 'watches'),
    note: text(from, 'note'),
    demo: flag(from, 'demo') || undefined,
    organisation: text(from, 'organisation'),
  }),
})
export const areas = (from: unknown): readonly AreaView[] => [...list(from), ...list(from, 'areas')].map(area)
export const permits = (from: unknown): readonly PermitView[] =>
  list(from).map(one => ({
    id: number(one, 'id') ?? 0,
    barge: number(one, 'barge') ?? 0,
    ship: number(one, 'ship') ?? 0,
    fromMs: time(one, 'from') ?? 0,
    toMs: time(one, 'to') ?? 0,
  }))
export const count = (from: unknown): number => number(from, 'count') ?? number(from, 'imported') ?? list(from, 'areas').length

const feed = (from: unknown): FeedView => ({
  ...light(from),
  url: text(from, 'url') ?? '',
  kind: text(from, 'kind') ?? 'nmea',
  network: text(from, 'network') ?? 'coast',
  sentences: number(from, 'sentences') ?? 0,
  bad: number(from, 'bad') ?? 0,
  badBy: Object.entries(field(from, 'badBy') ?? {})
    .map(([reason, times]): [string, number] => [reason, Number(times)])
    .sort((a, b) => b[1] - a[1]),
  lastHour: list(from, 'lastHour').map(Number),
  samples: list(from, 'samples').map(one => ({
    reason: text(one, 'reason') ?? '',
    line: text(one, 'line') ?? '',
    ...present({ atMs: time(one, 'at') }),
  })),
  stations: list(from, 'stations').map(one => ({
    name: text(one, 'name') ?? '',
    perMinute: number(one, 'perMinute') ?? 0,
    ...present({ lastAtMs: time(one, 'lastAt') }),
  })),
  isDemo: flag(from, 'demo'),
  ...present({ latencyMs: number(from, 'latencyMs'), trouble: text(from, 'trouble') }),
})
export const feeds = (from: unknown): readonly FeedView[] => [...list(from), ...list(from, 'feeds')].map(feed)
export const feedTest = (from: unknown): FeedTest => ({
  ok: flag(from, 'ok'),
  said: text(from, 'said') ?? '',
  lines: list(from, 'lines').map(String),
})

/** The server names the level of each alarm of a bin; the bar wants how many there are of each. */
const countByLevel = (levels: readonly unknown[]): readonly number[] => [0, 1, 2, 3, 4].map(one => levels.filter(is => is === one).length)
export const timeline = (from: unknown): readonly TimelineBin[] =>
  list(from).map(bin => ({
    fromMs: time(bin, 'from') ?? 0,
    positions: number(bin, 'positions') ?? 0,
    alarms: countByLevel(list(bin, 'alarms')),
  }))

export const storage = (from: unknown): StorageView => ({
  freeBytes: number(from, 'freeBytes') ?? 0,
  totalBytes: number(from, 'totalBytes') ?? 0,
  kinds: list(from, 'kinds').map(kind => ({
    kind: text(kind, 'kind') ?? '',
    bytes: number(kind, 'bytes') ?? 0,
    ...present({ oldestMs: time(kind, 'oldest'), keepDays: number(kind, 'keepDays'), bytesPerDay: number(kind, 'bytesPerDay') }),
  })),
  ...present({ fullAtMs: time(from, 'fullAt') }),
})
export const audit = (from: unknown): readonly AuditLine[] =>
  [...list(from), ...list(from, 'entries')].map((line, i) => ({
    id: text(line, 'id') ?? String(number(line, 'id') ?? i),
    atMs: time(line, 'at') ?? 0,
    who: text(line, 'name') ?? text(line, 'who') ?? '',
    deed: text(line, 'deed') ?? '',
    thing: text(line, 'thing') ?? '',
    ...present({ note: text(line, 'note') }),
  }))
