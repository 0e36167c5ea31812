// A report raised as an alarm (경보로 올림): one situation through the same path as any other, told to the rooms that are told of the incident, over when it is closed.
import type { Clock } from '#base/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import { createFindingDesk, type FindingSink, type Severity, type Subject } from '#rules/index.ts'
import { INCIDENT_CHANGED, type Incident, titleOf, type Urgency } from './schema.ts'

const SEVERITIES: Readonly<Record<Urgency, Severity>> = { 1: 'critical', 2: 'high', 3: 'medium', 4: 'medium' }
const subjectsOf = ({ id, links }: Incident): Subject[] => [
  { kind: 'incident', id },
  ...links.flatMap((link): Subject[] => (link.kind === 'ship' ? [{ kind: 'ship', id: link.id }] : [])),
]

export interface RaisedReportsOptions {
  readonly clock: Clock
  readonly bus: Bus
  readonly sink: FindingSink
  organisation(id: string): { readonly ko: string; readonly en: string }
}

/** The returned function stops it. */
export function raiseReports({ clock, bus, sink, organisation }: RaisedReportsOptions): () => void {
  const desk = createFindingDesk({ detector: 'incident-raised', sink })
  /** What each was raised about: its links may change later. */
  const raised = new Map<string, Subject[]>()
  return bus.on(INCIDENT_CHANGED, ({ incident, steps }) => {
    const subjects = raised.get(incident.id)
    if (subjects && incident.state === 'closed') {
      raised.delete(incident.id)
      desk.end(subjects, clock.now())
    }
    const [first] = steps
    if (first?.deed !== 'report' || first.isAlarm !== true) return
    const about = subjectsOf(incident)
    raised.set(incident.id, about)
    const { lat, lon } = incident.place ?? {}
    const of = organisation(incident.organisation)
    desk.raise({
      subjects: about,
      fromMs: incident.reportedAtMs,
      raisedAtMs: incident.reportedAtMs,
      severity: SEVERITIES[incident.urgency],
      numbers: {},
      why: {
        ko: `${of.ko} 보고: ${titleOf(incident.text)} (사건 ${incident.number})`,
        en: `reported by ${of.en}: ${titleOf(incident.text)} (incident ${incident.number})`,
      },
      ...(lat === undefined || lon === undefined ? {} : { place: { lat, lon } }),
    })
  })
}
