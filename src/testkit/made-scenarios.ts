// All made scenarios in which something must be found.
import { loitering, rendezvous, satelliteRendezvous, smallCraft } from './made-meetings.ts'
import type { MadeScenario } from './made-scenario.ts'
import { goesDark, outage } from './made-silences.ts'
import { crossesArea, distress, jump, sharedNumber, speeds } from './made-tracks.ts'

export const MADE: readonly ((seed: number) => MadeScenario)[] = [
  rendezvous,
  satelliteRendezvous,
  smallCraft,
  loitering,
  goesDark,
  sharedNumber,
  jump,
  distress,
  outage,
  crossesArea,
  speeds,
]
