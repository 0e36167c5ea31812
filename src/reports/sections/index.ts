// The sections of the paper, in its order. A new one: a file beside this and a line here.
import type { SectionId } from '../model.ts'
import { actions } from './actions.ts'
import { annex } from './annex.ts'
import { equipment } from './equipment.ts'
import { events } from './events.ts'
import { handOver } from './hand-over.ts'
import { seals } from './seals.ts'
import { notLinked, type SectionMaker } from './section.ts'
import { seizures } from './seizures.ts'
import { ships } from './ships.ts'
import { staffing } from './staffing.ts'
import { summary } from './summary.ts'
import { weather } from './weather.ts'

export const SECTIONS: Readonly<Record<SectionId, SectionMaker>> = {
  summary,
  events,
  ships,
  cctv: input => notLinked('cctv', input),
  seals,
  seizures,
  actions,
  equipment,
  patrols: input => notLinked('patrols', input),
  staffing,
  weather,
  'hand-over': handOver,
  annex,
}
