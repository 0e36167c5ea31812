// The demo in the room: people, areas, watched ships, two nights of incidents and the log of the watch, all marked as such; real feeds end it and all of it goes.
import type { Duty } from '#access/duty/index.ts'
import type { Access } from '#access/index.ts'
import { addDemoPeople, removeDemoPeople } from '#access/sign-in/index.ts'
import type { Clock } from '#base/index.ts'
import type { Incidents } from '#incidents/index.ts'
import { type Area, isJurisdictionOf, loadAreas, removeArea, saveArea } from '#places/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { ShiftsAt } from '#shifts/index.ts'
import { forgetDemoFacts, recordedSince } from '#statistics/index.ts'
import type { Control } from '#vessels/index.ts'
import { demoBegins, playDemoIncidents, removeDemoIncidents } from './demo-incidents.ts'
import { playDemoWatch, removeDemoWatch } from './demo-watch.ts'

export interface DemoOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly access: Access
  readonly duty: Duty
  readonly incidents: Incidents
  /** The rooms with another clock: what is told of the past is kept with its time. */
  incidentsBy(clock: Clock): Incidents
  shiftsBy(clock: Clock): ShiftsAt
  setAreas(areas: readonly Area[]): void
  decide(entry: Control): void
  /** What is to be called when the room stops. */
  readonly stops: (() => void)[]
}

export async function beginDemo(options: DemoOptions, areas: readonly Area[], watched: readonly number[]): Promise<void> {
  const { store, clock, log, access, duty, incidents, stops } = options
  await store.write(addDemoPeople(access.organisations().all, id => access.people.personById(id) !== undefined, clock.now()))
  access.people.reload()
  const there = loadAreas(store).filter(area => !isJurisdictionOf(area))
  if (there.length === 0) {
    await store.write(areas.map(saveArea))
    options.setAreas(loadAreas(store))
  }
  for (const mmsi of watched) {
    await store.write([{ sql: 'INSERT OR IGNORE INTO watched_ships (mmsi, note) VALUES (?, ?)', values: [mmsi, 'demo'] }])
    options.decide({ control: 'watch', mmsi, watched: true })
  }
  stops.push(
    await playDemoIncidents({
      clock,
      at: options.incidentsBy,
      incidents,
      onFault: error => log.error(`the demo could not report: ${error instanceof Error ? error.message : error}`),
    }),
  )
  await store.write(recordedSince(['incidents', 'seizures', 'checks'], demoBegins(clock.now())))
  stops.push(
    await playDemoWatch({
      clock,
      duty,
      organisations: access.organisations().all.filter(one => one.closedAtMs === undefined),
      at: options.shiftsBy,
      onFault: error => log.error(`the demo could not write its log: ${error instanceof Error ? error.message : error}`),
    }),
  )
}

/** Real feeds have come: what the demo drew and wrote goes, what officers did stays. */
export async function endDemo({
  store,
  access,
  duty,
  setAreas,
}: Pick<DemoOptions, 'store' | 'access' | 'duty' | 'setAreas'>): Promise<void> {
  const areas = loadAreas(store)
  const demo = areas.filter(area => area.demo)
  if (demo.length > 0) {
    await store.write([
      ...demo.map(area => removeArea(area.id)),
      { sql: "DELETE FROM watched_ships WHERE note = 'demo'" },
      ...removeDemoIncidents(),
      ...removeDemoWatch(),
    ])
    setAreas(areas.filter(area => !area.demo))
  }
  duty.reload()
  await store.write([...forgetDemoFacts(), ...removeDemoPeople()])
  access.people.reload()
}
