// Checks: searches and inspections that were reported, and whether they found anything. A search linked to a ship is a boarding (승선 검색).
import { INCIDENT_CHANGED, type Incident } from '#incidents/index.ts'
import type { Change } from '../schema.ts'
import { everyIncident } from './incident-steps.ts'
import type { Source } from './source.ts'

export const checks: Source = {
  id: 'checks',
  ko: '검사·검색',
  en: 'Checks',
  deed: 'incidents.look',
  isLinked: true,
  hasSubject: true,
  kinds: {
    boarding: { ko: '승선 검색', en: 'Boarding search' },
    search: { ko: '검색', en: 'Search' },
    inspection: { ko: '검사', en: 'Inspection' },
  },
  subs: {
    hit: { ko: '적발', en: 'Hit' },
    nothing: { ko: '이상 없음', en: 'Nothing found' },
    referred: { ko: '이관', en: 'Referred' },
    open: { ko: '진행 중', en: 'Under way' },
  },
  numbers: [],
  ...everyIncident(changeOf),
  listen: (rooms, take) => rooms.bus.on(INCIDENT_CHANGED, ({ incident }) => take(changeOf(incident))),
}

export function changeOf(incident: Incident): Change {
  const kind = kindOf(incident)
  const isCounted = kind !== undefined && incident.mergedInto === undefined && incident.outcome !== 'false'
  if (!isCounted) return { origin: `incident:${incident.id}`, facts: [] }
  const ship = incident.links.find(link => link.kind === 'ship')
  return {
    origin: `incident:${incident.id}`,
    facts: [
      {
        atMs: incident.occurredAtMs,
        organisation: incident.organisation,
        kind,
        sub: resultOf(incident),
        ...(ship ? { subject: ship.id } : {}),
        link: { kind: 'incident', id: incident.id, label: incident.number },
      },
    ],
  }
}

function kindOf({ kind, links }: Incident): string | undefined {
  if (kind === 'inspection') return 'inspection'
  if (kind !== 'search-result') return undefined
  return links.some(link => link.kind === 'ship') ? 'boarding' : 'search'
}

function resultOf({ outcome }: Incident): string {
  if (outcome === 'seized') return 'hit'
  if (outcome === 'referred') return 'referred'
  return outcome === undefined ? 'open' : 'nothing'
}
