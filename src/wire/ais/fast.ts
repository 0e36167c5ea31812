// Payload → record, without a table walk: the types that make up traffic, written out bit by bit. HOT PATH: 60–120 ns a message (bench/wire-decode.ts).
// A property test holds this equal to the field tables of messages/.
import {
  type AisRecord,
  type AisText,
  NA_COG_DECIDEGREES,
  NA_HEADING_DEG,
  NA_LAT_600K,
  NA_LON_600K,
  NA_NAVIGATION_STATUS,
  NA_ROT_RAW,
  NA_SECOND,
  NA_SOG_DECIKNOTS,
  type Refusal,
  STATIC_CALL_SIGN,
  STATIC_DIMENSIONS,
  STATIC_IMO,
  STATIC_NAME,
  STATIC_TEXT,
  STATIC_TYPE,
  STATIC_VOYAGE,
} from './record.ts'
import { ASCII } from './tables.ts'

/** Fewest bits a type needs (index = type); 0 = there is no such type. Same numbers as messages/. */
const MIN_BITS = [
  0, 149, 149, 149, 149, 420, 88, 70, 56, 148, 70, 149, 72, 70, 40, 88, 92, 80, 148, 301, 70, 268, 168, 154, 160, 40, 40, 94,
]

/** Unsigned number whose letters together fit in 32 bits: always so up to 25 bits, and for more where it starts late in a letter. */
function u(six: Uint8Array, at: number, bits: number): number {
  let i = (at / 6) | 0
  const skip = at - i * 6
  let have = 6 - skip
  let value = six[i]! & (63 >> skip)
  while (have < bits) {
    value = (value << 6) | six[++i]!
    have += 6
  }
  return have > bits ? value >>> (have - bits) : value
}

/** Two's complement number of 13 to 32 bits; read in two pieces, as its letters together may not fit in 32 bits. */
function s(six: Uint8Array, at: number, bits: number): number {
  const shift = 32 - bits
  const value = (u(six, at, bits - 12) << 12) | u(six, at + bits - 12, 12)
  return (value << shift) >> shift
}

/** Letters that start late in a letter of the payload are put together from two; one behind the last is there to be read. */
function text(six: Uint8Array, at: number, letters: number, into: AisText): void {
  const bytes = into.bytes
  const first = (at / 6) | 0
  const late = at - first * 6
  let end = 0
  for (let n = 0; n < letters; n++) {
    const code = ((six[first + n]! << late) & 63) | (six[first + n + 1]! >> (6 - late))
    if (code === 0) break
    const byte = ASCII[code]!
    bytes[n] = byte
    if (byte !== 32) end = n + 1
  }
  into.length = end
}

/** Fills the record from a payload (six-bit letters, zeros behind; `words` are the same bytes); a reason where it cannot be used. */
export function decodeInto(r: AisRecord, six: Uint8Array, words: Int32Array, bits: number): Refusal | undefined {
  if (bits < 38) return 'bad-length'
  const type = six[0]!
  const min = type < 28 ? MIN_BITS[type]! : 0
  if (min === 0) return 'unknown-type'
  if (bits < min) return 'bad-length'
  r.type = type
  r.repeat = six[1]! >> 4
  r.mmsi = (((six[1]! & 15) << 26) | (six[2]! << 20) | (six[3]! << 14) | (six[4]! << 8) | (six[5]! << 2) | (six[6]! >> 4)) >>> 0
  r.payloadHash = hashOf(words, bits)
  r.hasPosition = false
  r.statics = 0
  r.baseStationTimeMs = Number.NaN
  switch (type) {
    case 1:
    case 2:
    case 3:
      classA(r, six)
      return undefined
    case 18:
      classB(r, six)
      return undefined
    case 19:
      classB(r, six)
      text(six, 143, 20, r.name)
      r.shipType = u(six, 263, 8)
      dimensions(r, six, 271)
      r.raim = u(six, 305, 1) === 1
      r.statics = STATIC_NAME | STATIC_TYPE | STATIC_DIMENSIONS
      return undefined
    case 4:
    case 11:
      baseStation(r, six)
      return undefined
    case 5:
      staticAndVoyage(r, six)
      return undefined
    case 24:
      return classBStatic(r, six, bits)
    case 27:
      longRange(r, six)
      return undefined
    case 9:
      aircraft(r, six)
      return undefined
    case 21:
      aidToNavigation(r, six, bits)
      return undefined
    case 12:
      safetyText(r, six, 72, bits)
      return undefined
    case 14:
      safetyText(r, six, 40, bits)
      return undefined
    default:
      return undefined
  }
}

/** FNV-1a over words of four letters; what lies behind the payload is zeros. 31 bits, so that it is never boxed. */
function hashOf(words: Int32Array, bits: number): number {
  let hash = 0x811c9dc5 ^ bits
  for (let n = 0; n * 24 < bits; n++) {
    hash = Math.imul(hash ^ words[n]!, 0x01000193)
    // The product carries upwards only: bring the high bits down.
    hash ^= hash >>> 15
  }
  return hash & 0x7fff_ffff
}

function lonLat(r: AisRecord, lon: number, lat: number): void {
  r.hasPosition = true
  r.lon600k = lon
  r.lat600k = lat
}

function classA(r: AisRecord, six: Uint8Array): void {
  r.navigationStatus = six[6]! & 15
  r.rotRaw = (((six[7]! << 2) | (six[8]! >> 4)) << 24) >> 24
  r.sogDeciknots = ((six[8]! & 15) << 6) | six[9]!
  r.accurate = six[10]! >> 5 === 1
  const lon = ((six[10]! & 31) << 23) | (six[11]! << 17) | (six[12]! << 11) | (six[13]! << 5) | (six[14]! >> 1)
  const lat = ((six[14]! & 1) << 26) | (six[15]! << 20) | (six[16]! << 14) | (six[17]! << 8) | (six[18]! << 2) | (six[19]! >> 4)
  lonLat(r, (lon << 4) >> 4, (lat << 5) >> 5)
  r.cogDecidegrees = ((six[19]! & 15) << 8) | (six[20]! << 2) | (six[21]! >> 4)
  r.headingDeg = ((six[21]! & 15) << 5) | (six[22]! >> 1)
  r.second = ((six[22]! & 1) << 5) | (six[23]! >> 1)
  r.raim = ((six[24]! >> 1) & 1) === 1
}

function classB(r: AisRecord, six: Uint8Array): void {
  r.navigationStatus = NA_NAVIGATION_STATUS
  r.rotRaw = NA_ROT_RAW
  r.sogDeciknots = ((six[7]! & 3) << 8) | (six[8]! << 2) | (six[9]! >> 4)
  r.accurate = (six[9]! & 8) !== 0
  const lon = ((six[9]! & 7) << 25) | (six[10]! << 19) | (six[11]! << 13) | (six[12]! << 7) | (six[13]! << 1) | (six[14]! >> 5)
  const lat = ((six[14]! & 31) << 22) | (six[15]! << 16) | (six[16]! << 10) | (six[17]! << 4) | (six[18]! >> 2)
  lonLat(r, (lon << 4) >> 4, (lat << 5) >> 5)
  r.cogDecidegrees = ((six[18]! & 3) << 10) | (six[19]! << 4) | (six[20]! >> 2)
  r.headingDeg = ((six[20]! & 3) << 7) | (six[21]! << 1) | (six[22]! >> 5)
  r.second = ((six[22]! & 31) << 1) | (six[23]! >> 5)
  r.raim = ((six[24]! >> 2) & 1) === 1
}

function still(r: AisRecord): void {
  r.navigationStatus = NA_NAVIGATION_STATUS
  r.rotRaw = NA_ROT_RAW
  r.sogDeciknots = NA_SOG_DECIKNOTS
  r.cogDecidegrees = NA_COG_DECIDEGREES
  r.headingDeg = NA_HEADING_DEG
  r.second = NA_SECOND
}

function baseStation(r: AisRecord, six: Uint8Array): void {
  still(r)
  const year = u(six, 38, 14)
  const month = u(six, 52, 4)
  const day = u(six, 56, 5)
  const hour = u(six, 61, 5)
  const minute = u(six, 66, 6)
  const second = u(six, 72, 6)
  if (year > 0 && month > 0 && day > 0 && hour < 24 && minute < 60 && second < 60)
    r.baseStationTimeMs = Date.UTC(year, month - 1, day, hour, minute, second)
  r.second = second
  r.accurate = u(six, 78, 1) === 1
  lonLat(r, s(six, 79, 28), s(six, 107, 27))
  r.raim = u(six, 148, 1) === 1
}

function aircraft(r: AisRecord, six: Uint8Array): void {
  still(r)
  r.altitudeM = u(six, 38, 12)
  const knots = u(six, 50, 10)
  r.sogDeciknots = knots === 1023 ? NA_SOG_DECIKNOTS : knots * 10
  r.accurate = u(six, 60, 1) === 1
  lonLat(r, s(six, 61, 28), s(six, 89, 27))
  r.cogDecidegrees = u(six, 116, 12)
  r.second = u(six, 128, 6)
  r.raim = u(six, 147, 1) === 1
}

function longRange(r: AisRecord, six: Uint8Array): void {
  still(r)
  r.accurate = u(six, 38, 1) === 1
  r.raim = u(six, 39, 1) === 1
  r.navigationStatus = u(six, 40, 4)
  const lon = s(six, 44, 18)
  const lat = s(six, 62, 17)
  lonLat(r, lon === 181 * 600 ? NA_LON_600K : lon * 1000, lat === 91 * 600 ? NA_LAT_600K : lat * 1000)
  const knots = u(six, 79, 6)
  const course = u(six, 85, 9)
  r.sogDeciknots = knots === 63 ? NA_SOG_DECIKNOTS : knots * 10
  r.cogDecidegrees = course === 360 || course === 511 ? NA_COG_DECIDEGREES : course * 10
}

function dimensions(r: AisRecord, six: Uint8Array, at: number): void {
  r.toBowM = u(six, at, 9)
  r.toSternM = u(six, at + 9, 9)
  r.toPortM = u(six, at + 18, 6)
  r.toStarboardM = u(six, at + 24, 6)
}

function staticAndVoyage(r: AisRecord, six: Uint8Array): void {
  r.imoNumber = u(six, 40, 30)
  text(six, 70, 7, r.callSign)
  text(six, 112, 20, r.name)
  r.shipType = u(six, 232, 8)
  dimensions(r, six, 240)
  r.etaMonth = u(six, 274, 4)
  r.etaDay = u(six, 278, 5)
  r.etaHour = u(six, 283, 5)
  r.etaMinute = u(six, 288, 6)
  r.draughtDecimetres = u(six, 294, 8)
  text(six, 302, 20, r.destination)
  r.statics = STATIC_IMO | STATIC_CALL_SIGN | STATIC_NAME | STATIC_TYPE | STATIC_DIMENSIONS | STATIC_VOYAGE
}

function classBStatic(r: AisRecord, six: Uint8Array, bits: number): Refusal | undefined {
  const part = (six[6]! >> 2) & 3
  if (part > 1) return 'invalid-part-number'
  if (part === 0) {
    text(six, 40, 20, r.name)
    r.statics = STATIC_NAME
    return undefined
  }
  r.shipType = u(six, 40, 8)
  text(six, 90, 7, r.callSign)
  r.statics = STATIC_TYPE | STATIC_CALL_SIGN
  if (bits >= 162 && Math.floor(r.mmsi / 10_000_000) !== 98) {
    dimensions(r, six, 132)
    r.statics |= STATIC_DIMENSIONS
  }
  return undefined
}

function aidToNavigation(r: AisRecord, six: Uint8Array, bits: number): void {
  still(r)
  r.aidType = u(six, 38, 5)
  text(six, 43, 20, r.name)
  const extension = Math.min(14, Math.floor((bits - 272) / 6))
  if (extension > 0 && u(six, 157, 6) !== 0) joinExtension(r.name, six, extension)
  r.accurate = u(six, 163, 1) === 1
  lonLat(r, s(six, 164, 28), s(six, 192, 27))
  dimensions(r, six, 219)
  r.second = u(six, 253, 6)
  r.offPosition = u(six, 259, 1) === 1
  r.raim = u(six, 268, 1) === 1
  r.virtualAid = u(six, 269, 1) === 1
  r.statics = STATIC_NAME | STATIC_DIMENSIONS
}

/** The 20 letters are full: join the extension unstripped. */
function joinExtension(name: AisText, six: Uint8Array, letters: number): void {
  for (let n = name.length; n < 20; n++) name.bytes[n] = 32
  let length = 20
  let end = name.length
  for (; length < 20 + letters; length++) {
    const code = u(six, 272 + (length - 20) * 6, 6)
    if (code === 0) break
    const byte = ASCII[code]!
    name.bytes[length] = byte
    if (byte !== 32) end = length + 1
  }
  name.length = end
}

function safetyText(r: AisRecord, six: Uint8Array, at: number, bits: number): void {
  text(six, at, Math.min(r.text.bytes.length, Math.floor((bits - at) / 6)), r.text)
  r.statics = STATIC_TEXT
}
