// Incidents as reported, by the kind of the report form. One merged into another is counted there.
import { INCIDENT_CHANGED, INCIDENT_KINDS, INCIDENT_STATES, type Incident, KIND_WORDS, STATE_WORDS } from '#incidents/index.ts'
import type { Change } from '../schema.ts'
import { everyIncident } from './incident-steps.ts'
import type { Source } from './source.ts'

export const incidents: Source = {
  id: 'incidents',
  ko: '사건',
  en: 'Incidents',
  deed: 'incidents.look',
  isLinked: true,
  kinds: Object.fromEntries(INCIDENT_KINDS.map(kind => [kind, { ko: KIND_WORDS[kind][0], en: KIND_WORDS[kind][1] }])),
  subs: Object.fromEntries(INCIDENT_STATES.map(state => [state, { ko: STATE_WORDS[state][0], en: STATE_WORDS[state][1] }])),
  numbers: [
    { id: 'urgency', ko: '급한 정도(1 긴급 – 4 알림)', en: 'Urgency (1 critical – 4 notice)', unit: 'plain' },
    { id: 'reportS', ko: '발생 → 접수', en: 'Occurred → reported', unit: 's' },
    { id: 'closeS', ko: '접수 → 종결', en: 'Reported → closed', unit: 's' },
    { id: 'people', ko: '관련자', en: 'People', unit: 'plain' },
  ],
  ...everyIncident(changeOf),
  listen: (rooms, take) => rooms.bus.on(INCIDENT_CHANGED, ({ incident }) => take(changeOf(incident))),
}

export function changeOf(incident: Incident): Change {
  if (incident.mergedInto !== undefined) return { origin: `incident:${incident.id}`, facts: [] }
  const seconds = (fromMs: number, toMs: number): number => Math.max(0, Math.round((toMs - fromMs) / 1000))
  return {
    origin: `incident:${incident.id}`,
    facts: [
      {
        atMs: incident.reportedAtMs,
        organisation: incident.organisation,
        kind: incident.kind,
        sub: incident.state,
        numbers: {
          urgency: incident.urgency,
          reportS: seconds(incident.occurredAtMs, incident.reportedAtMs),
          people: incident.people.length,
          ...(incident.closedAtMs === undefined ? {} : { closeS: seconds(incident.reportedAtMs, incident.closedAtMs) }),
        },
        link: { kind: 'incident', id: incident.id, label: incident.number },
      },
    ],
  }
}
