// The fast face of the codec: one decoded message in one record that is reused for every message. Copy what you keep.
// Numbers are the raw integers of ITU-R M.1371-5, so nothing is rounded and nothing is allocated; NA_… are the standard's own 'not available' codes.

/** Degrees × 600 000 (1/10 000 minute): the finest unit of M.1371-5. Coarser messages (17, 22, 23, 27) are scaled up to it. */
export const DEGREES_600K = 600_000
export const NA_LAT_600K = 91 * DEGREES_600K
export const NA_LON_600K = 181 * DEGREES_600K
export const NA_SOG_DECIKNOTS = 1023
export const NA_COG_DECIDEGREES = 3600
export const NA_HEADING_DEG = 511
export const NA_ROT_RAW = -128
export const NA_NAVIGATION_STATUS = 15
export const NA_SECOND = 60
export const NA_ALTITUDE_M = 4095

/** Six-bit text as ASCII bytes, cut at the first '@', trailing blanks dropped. */
export interface AisText {
  readonly bytes: Uint8Array
  length: number
}

export interface AisRecord {
  /** Message type 1–27. */
  type: number
  repeat: number
  /** Of the sender. */
  mmsi: number
  /** 0 unknown, 1 = A, 2 = B. */
  channel: number
  /** The two letters before VDM or VDO. */
  talker: string
  /** True for !..VDO: our own station's report. */
  own: boolean
  /** Line number, from 1, of the message's first sentence in this stream. */
  line: number
  /** When the source says it received this: TAG c:, log prefix, $PGHP, USCG suffix; NaN where nothing was given. Epoch ms UTC. */
  sourceTimeMs: number
  /** When we received the (last) sentence. Epoch ms UTC. */
  receivedAtMs: number
  /** Index into the stream's `stations` (TAG s:, USCG r/b station …); 0 = not named. */
  station: number
  /** What the TAG block says of its quality (q:), '' where it says nothing. */
  quality: string
  /** Hash of type + payload bits: the same message heard by two stations has the same one. */
  payloadHash: number

  /** True when the message carries a place (types 1–4, 9, 11, 18, 19, 21, 27): only then are the next fields valid. */
  hasPosition: boolean
  lat600k: number
  lon600k: number
  accurate: boolean
  raim: boolean
  sogDeciknots: number
  cogDecidegrees: number
  headingDeg: number
  rotRaw: number
  navigationStatus: number
  /** UTC second of the position, 0–59; 60 not available, 61 manual, 62 dead reckoning, 63 inoperative. */
  second: number
  altitudeM: number
  /** UTC of types 4 and 11; NaN otherwise. */
  baseStationTimeMs: number

  /** Which static facts this message carries: bits STATIC_… below. Fields without their bit are leftovers of an earlier message. */
  statics: number
  imoNumber: number
  callSign: AisText
  name: AisText
  destination: AisText
  shipType: number
  toBowM: number
  toSternM: number
  toPortM: number
  toStarboardM: number
  draughtDecimetres: number
  etaMonth: number
  etaDay: number
  etaHour: number
  etaMinute: number
  /** Safety text of types 12 and 14. */
  text: AisText
  /** Type 21: aid type, off position, virtual. */
  aidType: number
  offPosition: boolean
  virtualAid: boolean
}

export const STATIC_NAME = 1
export const STATIC_CALL_SIGN = 2
export const STATIC_IMO = 4
export const STATIC_TYPE = 8
export const STATIC_DIMENSIONS = 16
export const STATIC_VOYAGE = 32
export const STATIC_TEXT = 64

/** Why input was refused; counted, never thrown. */
export const REFUSALS = [
  'bad-checksum',
  'no-checksum',
  'bad-tag-block',
  'malformed',
  'bad-armour',
  'too-long',
  'part-missing',
  'part-duplicate',
  'bad-length',
  'unknown-type',
  'invalid-part-number',
] as const
export type Refusal = (typeof REFUSALS)[number]

export interface AisStreamCounts {
  sentences: number
  /** Complete AIS messages. */
  messages: number
  /** Other NMEA sentences (GPS, $PGHP, ZDA …). */
  other: number
  readonly refused: Record<Refusal, number>
}

export interface AisStreamSink {
  /** A decoded message. `record` is reused: copy what you keep. */
  message(record: AisRecord): void
  /** Something could not be used. `bytes[from, to)` is the line, of missing parts the payload of the first that came; valid during the call only. */
  refused?(reason: Refusal, line: number, bytes: Uint8Array, from: number, to: number): void
}

/** One source's sentences (one per connection: parts are joined per source and channel). Never throws on input. */
export interface AisStream {
  /** Takes any piece of the byte stream; an unfinished line is kept for the next call. */
  push(chunk: Uint8Array, receivedAtMs: number): void
  /** The stream ended: what is left is treated as a last line; open assemblies are counted as missing parts. */
  end(receivedAtMs: number): void
  readonly counts: AisStreamCounts
  /** Station names seen, by index; [0] is ''. */
  readonly stations: readonly string[]
  /** Last UTC told by a ZDA or $PGHP sentence, NaN when none. */
  readonly toldTimeMs: number
}

/** Made by `createAisStream(sink, options)` of ./index.ts; named here so that rooms can be built beside it. */
export type CreateAisStream = (sink: AisStreamSink, options?: { readonly assemblyTimeoutMs?: number }) => AisStream
