// What stands around a sentence and says where and when it was heard: TAG blocks (NMEA 0183 4.11 §7: s c g, q for quality, and the older n-G form), comment
// blocks without a checksum, and what the U.S. Coast Guard writes behind the checksum. One reused state; names of stations are made once.
import { HEX } from './tables.ts'
import { digitsOf, epochOf } from './times.ts'

const STAR = 42
const COMMA = 44
const DASH = 45
const COLON = 58
const BACKSLASH = 92
const KEY_C = 99
const KEY_G = 103
const KEY_Q = 113
const KEY_S = 115
/** Stands for the older group key, `1G2:0125`. */
const KEY_OLD_GROUP = 71

const MAX_STATIONS = 4096
/** In bytes: 40 letters of Hangul. */
const MAX_STATION_BYTES = 120
const decoder = new TextDecoder()

export class Surroundings {
  /** Names by index; [0] is '' for 'not named'. A source that names more than 4,095 stations has the rest not named. */
  readonly stations: string[] = ['']
  /** Of the sentence at hand. */
  timeMs = Number.NaN
  station = 0
  /** TAG group + 1; 0 where there is none. */
  group = 0
  quality = ''

  /** The names as bytes, one letter each. */
  readonly #bytesOf: string[] = ['']
  /** Stations by hash of their name; several under one hash are told apart by their letters. */
  readonly #byHash = new Map<number, number[]>()

  clear(): void {
    this.timeMs = Number.NaN
    this.station = 0
    this.group = 0
    this.quality = ''
  }

  /** Reads the block whose '\' stands at `from`; where it ends, or −1: no end, or a wrong checksum (then its time cannot be trusted). */
  takeTagBlock(b: Uint8Array, from: number, to: number): number {
    let p = from + 1
    let sum = 0
    let star = -1
    let key = 0
    let valueAt = p
    for (; p < to; p++) {
      const c = b[p]!
      if (c === BACKSLASH) break
      if (star >= 0) continue
      if (c === STAR) {
        this.#takeField(b, key, valueAt, p)
        star = p
        continue
      }
      sum ^= c
      if (c === COMMA) {
        this.#takeField(b, key, valueAt, p)
        key = 0
        valueAt = p + 1
      } else if (c === COLON && key === 0) {
        key = p - valueAt === 1 ? b[valueAt]! : p - valueAt > 1 && b[valueAt + 1] === KEY_OLD_GROUP ? KEY_OLD_GROUP : 1
        valueAt = p + 1
      }
    }
    if (p >= to) return -1
    if (star < 0) this.#takeField(b, key, valueAt, p)
    else if (p - star === 3 && ((HEX[b[star + 1]!]! << 4) | HEX[b[star + 2]!]!) !== sum) return -1
    return p + 1
  }

  /** `,d-109,S2105,r003669946,1325394060` from the comma: receiving station (r or b) and epoch, or an epoch alone. */
  takeSuffix(b: Uint8Array, from: number, to: number): void {
    let at = from + 1
    for (let p = at; p <= to; p++) {
      if (p < to && b[p] !== COMMA) continue
      const first = b[at]!
      if ((first === 114 || first === 98) && p - at > 4 && this.station === 0) this.station = this.#stationOf(b, at, p)
      else if (Number.isNaN(this.timeMs) && p - at >= 9) this.timeMs = epochOf(b, at, p)
      at = p + 1
    }
  }

  #takeField(b: Uint8Array, key: number, from: number, to: number): void {
    if (key === KEY_C) this.timeMs = epochOf(b, from, to)
    else if (key === KEY_S) this.station = this.#stationOf(b, from, to)
    else if (key === KEY_Q) this.quality = String.fromCharCode(...b.subarray(from, to))
    else if (key === KEY_G) this.#takeGroup(b, from, to)
    else if (key === KEY_OLD_GROUP) this.group = digitsOf(b, from, to) + 1
  }

  /** `g:1-2-1604`: of part, total and group only the group matters: the sentence itself tells its part. */
  #takeGroup(b: Uint8Array, from: number, to: number): void {
    let p = from
    for (let dashes = 0; p < to && dashes < 2; p++) if (b[p] === DASH) dashes++
    this.group = p < to ? digitsOf(b, p, to) + 1 : 0
  }

  #stationOf(b: Uint8Array, from: number, end: number): number {
    const to = Math.min(end, from + MAX_STATION_BYTES)
    let hash = 7
    for (let p = from; p < to; p++) hash = (Math.imul(hash, 31) + b[p]!) | 0
    const known = this.#byHash.get(hash)
    if (known) for (const index of known) if (isName(this.#bytesOf[index]!, b, from, to)) return index
    if (this.stations.length >= MAX_STATIONS) return 0
    const bytes = String.fromCharCode(...b.subarray(from, to))
    const text = decoder.decode(b.subarray(from, to))
    // Names are UTF-8; what is not keeps its bytes as letters.
    const index = this.stations.push(text.includes('\ufffd') ? bytes : text) - 1
    this.#bytesOf.push(bytes)
    if (known) known.push(index)
    else this.#byHash.set(hash, [index])
    return index
  }
}

function isName(name: string, b: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false
  for (let n = 0; n < name.length; n++) if (name.charCodeAt(n) !== b[from + n]) return false
  return true
}
