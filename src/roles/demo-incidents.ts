// Plays the nights of the demo into the room: what lies behind us at once, what is still to come at its minute. Written through the room's own front door with the clock
// of each line, so that it is kept, numbered, told and searched like anything else. Real feeds end it, and then all of it goes.
import { type Clock, epochMs } from '#base/index.ts'
import type { By, Incidents } from '#incidents/index.ts'
import type { Statement } from '#platform/store/index.ts'
import { DEMO_NIGHT, DEMO_NIGHT_BEFORE, type DemoLine, WRITERS } from './demo-night.ts'

const KST_MS = 9 * 3_600_000
const DAY_MS = 86_400_000
const WATCH_MS = 18 * 3_600_000

/** Midnight KST before the last 18:00. */
export const nightOf = (nowMs: number): number => Math.floor((nowMs + KST_MS - WATCH_MS) / DAY_MS) * DAY_MS - KST_MS
/** The demo tells of two nights. */
export const demoBegins = (nowMs: number): number => nightOf(nowMs) - DAY_MS
/** Midnight KST plus hours and minutes that may pass 24:00. */
export const timeOf = (midnightMs: number, at: string): number => {
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  return midnightMs + (hours * 60 + minutes) * 60_000
}

export interface DemoIncidentsOptions {
  readonly clock: Clock
  /** The room with another clock: what is told of the past is kept with its time. */
  at(clock: Clock): Incidents
  readonly incidents: Incidents
  onFault(error: unknown): void
}

/** Last night whole and this night as far as it has gone; the rest as it comes. The returned function stops it. */
export async function playDemoIncidents({ clock, at, incidents, onFault }: DemoIncidentsOptions): Promise<() => void> {
  let then = clock.now()
  const past = at({ now: () => epochMs(then), every: () => () => {}, after: () => () => {} })
  const lines = [demoBegins(clock.now()), nightOf(clock.now())].flatMap(midnightMs =>
    scriptOf(incidents, midnightMs, nightOf(clock.now())).map((_line, n, script) => ({
      script,
      n,
      midnightMs,
      atMs: timeOf(midnightMs, script[n]?.at ?? '18:00'),
      night: nightName(midnightMs),
    })),
  )
  const beganMs = clock.now()
  for (const { script, n, midnightMs, atMs, night } of lines.filter(one => one.atMs <= beganMs)) {
    then = epochMs(atMs)
    await tell(past, script, n, night, midnightMs)
  }
  const stops = lines
    .filter(one => one.atMs > beganMs)
    .map(({ script, n, midnightMs, atMs, night }) =>
      clock.after(Math.max(0, atMs - clock.now()), () => void tell(incidents, script, n, night, midnightMs).catch(onFault)),
    )
  return () => {
    for (const stop of stops) stop()
  }
}

const nightName = (midnightMs: number): string => new Date(midnightMs + KST_MS).toISOString().slice(0, 10)

/** This night has the story; the one before a quieter one, unless the story was told in it already (the product has run since then). */
function scriptOf(incidents: Pick<Incidents, 'get'>, midnightMs: number, tonightMs: number): readonly DemoLine[] {
  const [first] = DEMO_NIGHT
  const wasTold = incidents.get(`demo-${nightName(midnightMs)}-${first?.incident}`) !== undefined
  return midnightMs === tonightMs || wasTold ? DEMO_NIGHT : DEMO_NIGHT_BEFORE
}

/** One line. Told before: nothing happens (the ids are the same). */
async function tell(incidents: Incidents, script: readonly DemoLine[], n: number, night: string, midnightMs: number): Promise<void> {
  const line = script[n]
  if (!line) return
  const { incident, by: writer, what } = line
  const id = `demo-${night}-${incident}`
  const [organisation, name] = WRITERS[writer]
  const by: By = { author: { id: `demo-${writer}`, name, organisation }, stepId: `demo-${night}-step-${n}` }
  const orderId = (order: string): string =>
    `demo-${night}-step-${script.findIndex(one => one.incident === incident && one.what.deed === 'order' && one.what.order === order)}`
  switch (what.deed) {
    case 'report':
      await incidents.report(
        {
          id,
          organisation,
          kind: what.kind,
          urgency: what.urgency,
          text: what.text,
          place: what.place,
          occurredAtMs: timeOf(midnightMs, line.at),
          goods: what.goods ?? [],
          people: [],
          links: what.links ?? [],
          attachments: [],
          isInDailyReport: what.isInDailyReport ?? false,
          shareWith: [],
        },
        by,
      )
      return
    case 'answer':
      await incidents.act(id, { deed: 'answer', text: what.text, attachments: [] }, by)
      return
    case 'correct-place': {
      const place = incidents.get(id)?.place
      await incidents.act(id, { deed: 'correct', after: { place: { ...place, label: what.label } }, reason: what.reason }, by)
      return
    }
    case 'confirmed':
    case 'in-hand':
      await incidents.act(id, { deed: 'state', to: what.deed, note: '' }, by)
      return
    case 'closed':
      await incidents.act(id, { deed: 'state', to: 'closed', outcome: what.outcome, note: what.note }, by)
      return
    case 'order':
      await incidents.give(
        id,
        { text: what.text, to: { organisation: what.to, ...(what.post ? { post: what.post } : {}) }, dueMs: timeOf(midnightMs, what.due) },
        by,
      )
      return
    case 'taken-on':
      await incidents.carry(orderId(what.order), 'order-acknowledge', '', by)
      return
    case 'carried-out':
      await incidents.carry(orderId(what.order), 'order-done', what.text, by)
  }
}

/** Real feeds have come: what the demo told goes, whole. */
export const removeDemoIncidents = (): readonly Statement[] => [
  { sql: "DELETE FROM incident_words WHERE rowid IN (SELECT seq FROM incidents WHERE id LIKE 'demo-%')" },
  { sql: "DELETE FROM incident_audience WHERE incident IN (SELECT seq FROM incidents WHERE id LIKE 'demo-%')" },
  ...['incident_steps', 'incident_links', 'incident_orders', 'incident_people', 'incident_reads'].map(table => ({
    sql: `DELETE FROM ${table} WHERE incident LIKE 'demo-%'`,
  })),
  { sql: "DELETE FROM incident_calls WHERE incident LIKE 'demo-%'" },
  { sql: "DELETE FROM incidents WHERE id LIKE 'demo-%'" },
]
