// What things of all rooms are called where an officer reads of them: the subject of an alarm, the persons of a sentence, the ships of a track.
import { type Alarm, alarmView } from '#alerts/index.ts'
import { type Incidents, titleOf } from '#incidents/index.ts'
import { loadAreas, whereIs } from '#places/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { RunningSeals } from '#seals/index.ts'
import type { Pass } from '#vessels/index.ts'
import { diskWords } from './disk-alarm.ts'

export interface NamesOptions {
  readonly store: Pick<Store, 'read'>
  readonly pass: Pass
  readonly incidents: Pick<Incidents, 'order' | 'get'>
  nameOf(person: string): string | undefined
  organisationName(id: string): string | undefined
  /** Once they are open. */
  seals(): Pick<RunningSeals, 'journey' | 'seal'> | undefined
}

export function createNames({ store, pass, incidents, nameOf, organisationName, seals }: NamesOptions) {
  const labelOf = (kind: string, id: string): string | undefined => {
    const order = kind === 'order' ? incidents.order(id) : undefined
    if (order) return titleOf(order.text)
    const incident = kind === 'incident' ? incidents.get(id) : undefined
    if (incident) return titleOf(incident.text)
    if (kind === 'account') return nameOf(id)
    if (kind === 'organisation') return organisationName(id)
    if (kind === 'area') return loadAreas(store).find(area => area.id === id)?.name
    if (kind === 'disk') return diskWords(id)
    if (kind === 'journey') return seals()?.journey(id)?.plan.declaration ?? id
    if (kind === 'seal') return seals()?.seal(id)?.number ?? id
    const slot = kind === 'ship' ? pass.picture.slotOf(Number(id)) : -1
    return slot >= 0 ? pass.picture.name[slot] || undefined : undefined
  }
  return {
    labelOf,
    viewOf: (alarm: Alarm) => alarmView(alarm, labelOf, whereIs, nameOf),
    /** A sentence with persons' names in the place of their ids. */
    withNames: (sentence: string): string => sentence.replace(/\bp-[0-9a-f]{12}\b/g, id => nameOf(id) ?? id),
  }
}

/** The ships of the picture whose name is known. */
export function shipNames({ picture }: Pass): readonly (readonly [mmsi: number, name: string])[] {
  const names: [number, string][] = []
  for (let slot = 0; slot < picture.highWater; slot++)
    if (picture.name[slot]) names.push([picture.mmsi[slot] ?? 0, picture.name[slot] ?? ''])
  return names
}
