// The detectors about ships. A new one is one file and one line here. Order matters only where one's finding is another's ground: stations before ships.
import { areaEntered } from './area-entered.ts'
import type { VesselDetector } from './contract.ts'
import { startWatch } from './create-watch.ts'
import { distressBeacon } from './distress-beacon.ts'
import { feedSilent } from './feed-silent.ts'
import { loitering } from './loitering.ts'
import { numberShared } from './number-shared.ts'
import { positionJump } from './position-jump.ts'
import { rendezvous } from './rendezvous.ts'
import { signalLost } from './signal-lost.ts'
import { smallCraftMeeting } from './small-craft-meeting.ts'
import { speedExceeded } from './speed-exceeded.ts'
import { stationSilent } from './station-silent.ts'
import type { Watch, WatchOptions } from './watch.ts'

export const DETECTORS: readonly VesselDetector[] = [
  distressBeacon,
  areaEntered,
  speedExceeded,
  rendezvous,
  smallCraftMeeting,
  loitering,
  stationSilent,
  feedSilent,
  signalLost,
  numberShared,
  positionJump,
]

export const createWatch = (options: WatchOptions): Watch => startWatch(DETECTORS, options)
export type { Ground, SettingField, VesselDetector } from './contract.ts'
export type { Watch, WatchOptions } from './watch.ts'
