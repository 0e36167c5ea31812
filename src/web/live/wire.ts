// The server's JSON read into the screen's own shapes, at the edge and once: absent values stay absent, times become numbers. What a newer server says beyond
// this is ignored; what is missing has a plain default, so that one odd alarm never empties the list.
import type { AuditLine, StorageView } from '../access/model.ts'
import type { AlarmDeed, AlarmReason, AlarmSubject, AlarmTab, AlarmView, Bilingual } from '../alerts/model.ts'
import type { FeedTest, FeedView } from '../feeds/model.ts'
import type { AreaView, PermitView } from '../places/model.ts'
import type { FeedLight, Person, ServerStatus } from '../shell/status.ts'
import type { TimelineBin } from '../time/model.ts'
import type { Level } from '../ui/level.ts'
import type { SearchHit, ShipCardView, ShipFinding, TrackPoint } from '../vessels/model.ts'

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
const flag = (from: unknown, name: string): boolean => field(from, name) === true
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

const LEVELS: Readonly<Record<string, Level>> = { emergency: 0, critical: 1, high: 2, medium: 3, low: 4 }
function level(from: unknown): Level {
  const value = number(from, 'level')
  if (value === 0 || value === 1 || value === 2 || value === 3 || value === 4) return value
  return LEVELS[text(from, 'severity') ?? 'medium'] ?? 3
}

export const person = (from: unknown): Person => ({ id: text(from, 'id') ?? '', name: text(from, 'name') ?? '' })

function light(from: unknown): FeedLight {
  const state = text(from, 'state')
  const name = text(from, 'name') ?? ''
  return {
    name,
    label: text(from, 'label') ?? name,
    state: state === 'late' || state === 'silent' || state === 'paused' ? state : 'ok',
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
export const hits = (from: unknown): readonly SearchHit[] => [...list(from), ...list(from, 'ships')].map(hit)

const finding = (from: unknown): ShipFinding => ({
  detector: text(from, 'detector') ?? '',
  level: level(from),
  fromMs: time(from, 'from') ?? 0,
  why: bilingual(field(from, 'why')),
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
    findings: list(from, 'findings').map(finding),
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
    reasons: list(from, 'reasons').map(
      (one): AlarmReason => ({
        detector: text(one, 'detector') ?? '',
        level: level(one),
        fromMs: time(one, 'from') ?? raisedAtMs,
        why: bilingual(field(one, 'why')),
        ...present({ toMs: time(one, 'to') }),
      }),
    ),
    history: list(from, 'history').map(
      (one): AlarmDeed => ({
        atMs: time(one, 'at') ?? 0,
        who: text(one, 'who') ?? '',
        deed: text(one, 'deed') ?? '',
        ...present({ note: text(one, 'note') }),
      }),
    ),
    revision: number(from, 'revision') ?? 0,
    ...present({
      endedAtMs: time(from, 'endedAt'),
      place: place(field(from, 'place')),
      placeName: text(from, 'placeName'),
      acknowledgedBy: text(from, 'acknowledgedBy'),
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

export const timeline = (from: unknown): readonly TimelineBin[] =>
  [...list(from), ...list(from, 'bins')].map(bin => ({
    fromMs: time(bin, 'from') ?? 0,
    positions: number(bin, 'positions') ?? 0,
    alarms: list(bin, 'alarms').map(Number),
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
    who: text(line, 'who') ?? '',
    deed: text(line, 'deed') ?? '',
    thing: text(line, 'thing') ?? '',
    ...present({ note: text(line, 'note') }),
  }))
