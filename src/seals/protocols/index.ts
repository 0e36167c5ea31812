// The protocols of seals and trackers, in the order of the help text. A new one is its own file and a line here.
import { eelink } from './eelink.ts'
import { envotech } from './envotech.ts'
import { eseal } from './eseal.ts'
import { gl200 } from './gl200.ts'
import { json } from './json.ts'
import { jt600 } from './jt600.ts'
import { jt808 } from './jt808.ts'
import { meitrack } from './meitrack.ts'
import type { SealProtocol } from './protocol.ts'
import { r16h } from './r16h.ts'
import { t800x } from './t800x.ts'
import { teratrack } from './teratrack.ts'
import { tzone } from './tzone.ts'
import { upro } from './upro.ts'

export const SEAL_PROTOCOLS: readonly SealProtocol[] = [
  jt808,
  jt600,
  eseal,
  teratrack,
  meitrack,
  eelink,
  gl200,
  t800x,
  upro,
  tzone,
  r16h,
  envotech,
  json,
]

export { bytesOfHex, bytesOfText, hexOf } from './bytes.ts'
export type { DeviceArea, SealCommand } from './commands.ts'
export { CANONICAL_EVENTS, SEAL_EVENTS, type SealEvent } from './events.ts'
export { Framer, type FrameSink } from './framing.ts'
export { type JsonRead, type NotRead, readJsonReport } from './json.ts'
export { JT701_WORDS } from './jt600-commands.ts'
export { LLRP_MAX_FRAME_BYTES, llrpFrames } from './llrp.ts'
export { createLlrpReader, type LlrpReader, type TagSeen } from './llrp-reader.ts'
export type {
  CommandRefusal,
  CommandTarget,
  DecodedFrame,
  DeviceMessage,
  Downlink,
  FrameContext,
  FrameRefusal,
  SealProtocol,
} from './protocol.ts'
export { type JsonObject, printed, type ReportKind, type SealReport } from './report.ts'
