// What an incident can be linked to, asked of the rooms that know it; of each only what the caller may see there. Numbers of rooms that do not stand yet are offered as
// typed, and join when those rooms come.
import type { Access } from '#access/index.ts'
import { POST_NAMES } from '#access/schema.ts'
import type { Alarm, Alerts } from '#alerts/index.ts'
import type { Caller } from '#base/index.ts'
import type { FoundLink, IncidentFact, Incidents, KnownPlace } from '#incidents/index.ts'
import { type AreaIndex, PORTS, type Where } from '#places/index.ts'
import type { Subject } from '#rules/index.ts'
import type { RunningSeals } from '#seals/index.ts'
import type { LogLink, WatchedShip } from '#shifts/index.ts'
import { FLAG, type Pass, searchShips } from '#vessels/index.ts'
import { readIdentifier } from '#wire/identifiers/index.ts'

const EACH = 6
const PLATE = /^(?:[가-힣]{2})?\d{2,3}[가-힣]\d{4}$/

export interface LinkFinderOptions {
  readonly access: Access
  readonly pass: Pass
  readonly alerts: Alerts
  areas(): AreaIndex
  /** Words of an alarm: what it is about and why. */
  wordsOf(alarm: Alarm): { readonly label: string; readonly note: string }
}

export function createLinkFinder({
  access,
  pass,
  alerts,
  areas,
  wordsOf,
}: LinkFinderOptions): (words: string, caller: Caller) => readonly FoundLink[] {
  const ships = (words: string): readonly FoundLink[] =>
    searchShips(pass.picture, words, EACH).map(slot => {
      const mmsi = String(pass.picture.mmsi[slot])
      return { kind: 'ship', id: mmsi, label: pass.picture.name[slot] || mmsi, note: mmsi }
    })
  const alarms = (words: string, caller: Caller): readonly FoundLink[] => {
    const grant = access.grantOf(caller, 'alarms.look')
    const wanted = words.toLowerCase()
    return alerts
      .open()
      .filter(alarm => grant?.covers(alarm.organisations ?? []))
      .map(alarm => ({ kind: 'alarm' as const, id: alarm.id, ...wordsOf(alarm) }))
      .filter(link => `${link.id} ${link.label} ${link.note}`.toLowerCase().includes(wanted))
      .slice(0, EACH)
  }
  const areasNamed = (words: string): readonly FoundLink[] =>
    areas()
      .areas.filter(area => area.name.includes(words))
      .slice(0, EACH)
      .map(area => ({ kind: 'area', id: area.id, label: area.name }))

  return (words, caller) => {
    const found = [
      ...(access.grantOf(caller, 'ships.look') ? ships(words) : []),
      ...alarms(words, caller),
      ...(access.grantOf(caller, 'areas.look') ? areasNamed(words) : []),
      ...asTyped(words.trim()),
    ]
    // A ship in the picture is not offered again by the number typed; one that nobody hears, or that does not exist, is kept as typed.
    return found.filter((link, i) => found.findIndex(other => other.kind === link.kind && other.id === link.id) === i)
  }
}

/** A container by its number, a vehicle by its plate, a camera by its name: kept as they are. */
function asTyped(words: string): readonly FoundLink[] {
  const number = readIdentifier(words)
  const plate = words.replace(/\s/g, '')
  const camera = /^(?:카메라|camera)\s*(.+)$/i.exec(words)?.[1]
  return [
    ...(number?.kind === 'container'
      ? [{ kind: 'container' as const, id: number.value, label: number.value, note: number.valid ? '' : '?' }]
      : []),
    ...(number?.kind === 'mmsi' ? [{ kind: 'ship' as const, id: number.value, label: number.value }] : []),
    ...(PLATE.test(plate) ? [{ kind: 'vehicle' as const, id: plate, label: plate }] : []),
    ...(camera ? [{ kind: 'camera' as const, id: camera, label: camera }] : []),
  ]
}

/** Names of places that people write in reports: offices and centres, ports, berths and areas of the chart. */
export function knownPlaces(access: Access, areas: AreaIndex): readonly KnownPlace[] {
  return [
    ...access
      .organisations()
      .all.flatMap(({ id, ko, shortKo, shortEn, en, place, kind }) =>
        kind === 'head-office' ? [] : [{ names: [shortKo, ko, shortEn, en], office: id, ...(place ?? {}) }],
      ),
    ...PORTS.map(({ code, ko, en, lat, lon }) => ({ names: [ko, en], port: code, lat, lon })),
    ...areas.areas.flatMap(area => {
      const [first] = area.polygon[0] ?? []
      return area.kind === 'jurisdiction' || area.kind === 'lane' || !first ? [] : [{ names: [area.name], lon: first[0], lat: first[1] }]
    }),
    ...TSUSHIMA,
  ]
}
/** Said in the trade as the Japanese say it. */
const TSUSHIMA: readonly KnownPlace[] = [{ names: ['쓰시마', '대마도'], lat: 34.4, lon: 129.33 }]

/** What became of an alarm, said in the stories of the incidents linked to it. */
const ALARM_DEEDS: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  acknowledged: { ko: '경보 확인', en: 'alarm acknowledged' },
  assigned: { ko: '경보 배정', en: 'alarm assigned' },
  escalated: { ko: '경보 격상', en: 'alarm escalated' },
  ended: { ko: '상황 끝남', en: 'the situation is over' },
  resolved: { ko: '경보 종결', en: 'alarm closed' },
}
export function tellOfAlarm(incidents: Pick<Incidents, 'tell'>, { id, history }: Alarm): void {
  const line = history.at(-1)
  const words = line && ALARM_DEEDS[line.deed]
  if (!words || !line) return
  const note = line.note ? ` · ${line.note}` : ''
  const by = line.who === 'mangru' ? '' : ` (${line.who})`
  void incidents
    .tell(
      { kind: 'alarm', id, label: id },
      { ko: `${words.ko}${note}${by}`, en: `${words.en}${note}${by}` },
      `alarm:${id}:${history.length}`,
    )
    .catch(() => undefined)
}

/** An alarm that became an incident says so. */
export function noteIncident(alerts: Pick<Alerts, 'act'>, { incident, steps }: IncidentFact): void {
  for (const step of steps) {
    const alarms = step.deed === 'report' ? incident.links : step.deed === 'link' ? [step.link] : []
    for (const link of alarms)
      if (link.kind === 'alarm')
        void alerts
          .act(link.id, { deed: 'note', text: `사건 ${incident.number} · incident` }, step.by.id, `incident:${incident.id}:${link.id}`)
          .catch(() => undefined)
  }
}

/** Ships, people and posts that can be named in a line of the duty log. */
export function createNameFinder({
  access,
  pass,
}: Pick<LinkFinderOptions, 'access' | 'pass'>): (words: string, caller: Caller) => readonly (LogLink & { readonly note?: string })[] {
  return (words, caller) => {
    const wanted = words.trim().toLowerCase()
    if (wanted === '') return []
    const ships = access.grantOf(caller, 'ships.look')
      ? searchShips(pass.picture, words, EACH).map(slot => {
          const id = String(pass.picture.mmsi[slot])
          return { kind: 'ship' as const, id, label: pass.picture.name[slot] || id, note: id }
        })
      : []
    const people = access.people
      .all()
      .filter(one => one.isActive && one.kind === 'person' && one.name.toLowerCase().includes(wanted))
      .slice(0, EACH)
      .map(one => ({
        kind: 'person' as const,
        id: one.id,
        label: one.name,
        note: access.organisations().get(one.organisation)?.shortKo ?? '',
      }))
    const posts = access
      .organisations()
      .all.flatMap(one =>
        Object.entries(POST_NAMES).map(([post, name]) => ({ id: `${one.id}:${post}`, label: `${one.shortKo} ${name.ko}` })),
      )
      .filter(one => one.label.toLowerCase().includes(wanted))
      .slice(0, EACH)
      .map(one => ({ kind: 'post' as const, ...one }))
    return [...ships, ...people, ...posts]
  }
}

/** The picture keeps places in ten-thousandths of a minute. */
const UNITS = 600_000

/** The ships somebody watches, each with where she is in words, or that nobody hears her. */
export function watchedShips(pass: Pass, where: (lat: number, lon: number) => Where | undefined): readonly WatchedShip[] {
  const { picture } = pass
  return [...pass.watched].map(mmsi => {
    const slot = picture.slotOf(mmsi)
    if (slot < 0) return { mmsi, name: String(mmsi), isLost: true }
    const place = where((picture.lat600k[slot] ?? 0) / UNITS, (picture.lon600k[slot] ?? 0) / UNITS)?.placeName
    return {
      mmsi,
      name: picture.name[slot] || String(mmsi),
      isLost: ((picture.flags[slot] ?? 0) & FLAG.LOST) !== 0,
      ...(place ? { place } : {}),
    }
  })
}

/** Whose an order or an incident is; nothing of other things. */
export function organisationsOf(
  incidents: Pick<Incidents, 'order' | 'get'>,
  seals: Pick<RunningSeals, 'journey'> | undefined,
  { kind, id }: Subject,
): readonly string[] {
  if (kind === 'journey') return seals?.journey(id)?.plan.organisations ?? []
  if (kind === 'incident') return incidents.get(id)?.organisations ?? []
  if (kind === 'organisation') return [id]
  const to = kind === 'order' ? incidents.order(id)?.to.organisation : undefined
  return to === undefined ? [] : [to]
}
