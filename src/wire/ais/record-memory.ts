// The one record a stream reuses.
import type { AisRecord, AisText } from './record.ts'

const textOf = (letters: number): AisText => ({ bytes: new Uint8Array(letters), length: 0 })

export const createRecord = (): AisRecord => ({
  type: 0,
  repeat: 0,
  mmsi: 0,
  channel: 0,
  talker: '',
  own: false,
  line: 0,
  sourceTimeMs: Number.NaN,
  receivedAtMs: 0,
  station: 0,
  quality: '',
  payloadHash: 0,
  hasPosition: false,
  lat600k: 0,
  lon600k: 0,
  accurate: false,
  raim: false,
  sogDeciknots: 0,
  cogDecidegrees: 0,
  headingDeg: 0,
  rotRaw: 0,
  navigationStatus: 0,
  second: 0,
  altitudeM: 0,
  baseStationTimeMs: Number.NaN,
  statics: 0,
  imoNumber: 0,
  callSign: textOf(7),
  name: textOf(34),
  destination: textOf(20),
  shipType: 0,
  toBowM: 0,
  toSternM: 0,
  toPortM: 0,
  toStarboardM: 0,
  draughtDecimetres: 0,
  etaMonth: 0,
  etaDay: 0,
  etaHour: 0,
  etaMinute: 0,
  text: textOf(170),
  aidType: 0,
  offPosition: false,
  virtualAid: false,
})

/** The text as a string; allocates, so only when it changed. */
export const textString = (text: AisText): string => {
  let made = ''
  for (let n = 0; n < text.length; n++) made += String.fromCharCode(text.bytes[n]!)
  return made
}
