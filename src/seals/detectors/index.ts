// The rules about sealed journeys. A new one is one file and one line here (and its name in schema.ts).
import { arrivalImpossible } from './arrival-impossible.ts'
import { cardOutsideArea } from './card-outside-area.ts'
import { clockDrift } from './clock-drift.ts'
import type { SealDetector } from './contract.ts'
import { designatedAreaLeft } from './designated-area-left.ts'
import { early } from './early.ts'
import { forbiddenAreaEntered } from './forbidden-area-entered.ts'
import { late } from './late.ts'
import { leftRoute } from './left-route.ts'
import { lowBattery } from './low-battery.ts'
import { motorFault } from './motor-fault.ts'
import { notStarted } from './not-started.ts'
import { positionDoubtful } from './position-doubtful.ts'
import { sealCut } from './seal-cut.ts'
import { sealMismatch } from './seal-mismatch.ts'
import { sealOpened } from './seal-opened.ts'
import { sealRemoved } from './seal-removed.ts'
import { sealSilent } from './seal-silent.ts'
import { separated } from './separated.ts'
import { shellTampered } from './shell-tampered.ts'
import { stoppedOffPlan } from './stopped-off-plan.ts'
import { wrongAreaStop } from './wrong-area-stop.ts'
import { wrongKey } from './wrong-key.ts'

/** Besides them the pass itself tells of `co-stop`: it takes two journeys (journeys/co-stop.ts). */
export const SEAL_DETECTORS: readonly SealDetector[] = [
  sealOpened,
  sealCut,
  shellTampered,
  sealRemoved,
  wrongKey,
  cardOutsideArea,
  sealMismatch,
  leftRoute,
  stoppedOffPlan,
  wrongAreaStop,
  forbiddenAreaEntered,
  designatedAreaLeft,
  late,
  early,
  notStarted,
  arrivalImpossible,
  sealSilent,
  positionDoubtful,
  separated,
  lowBattery,
  motorFault,
  clockDrift,
]
