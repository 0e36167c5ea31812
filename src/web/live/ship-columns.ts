// The browser's picture: one typed array a field, a slot a ship, fed by 32-byte records and read once a second into texels for the map layer.
// Between reports a moving ship is carried on by its course and speed (never longer than its freshness limit); a new report is glided to within one tick.
// HOT PATH: 20,000 ships cost about 4 ms a second in the worker (bench/web-ships.ts prints it).
import { kindOf, type ShipKind, STATION_CLASS } from '#vessels/schema.ts'
import {
  CENTRE_X,
  CENTRE_Y,
  codeOf,
  FLOATS_PER_SHIP,
  latOfY,
  lonOfX,
  mercatorX,
  mercatorY,
  PAINT,
  type Paint,
  SHAPE,
  type Shape,
} from './ship-texels.ts'

/** Not available, as the AIS integers say it (ITU-R M.1371-5 table 45). */
export const NA = { LAT: 91 * 600_000, LON: 181 * 600_000, SOG: 1023, COG: 3600, HEADING: 511 } as const

/** Bits of a record's flags: those of the picture's columns (vessels/picture/columns.ts). */
export const FLAG = { WATCHED: 1, ALARMED: 2, STALE: 4, LOST: 8, ASLEEP: 16, DOUBTFUL: 32, SHARED_NUMBER: 64 } as const

export interface ShipRecord {
  mmsi: number
  lat600k: number
  lon600k: number
  sogDeciknots: number
  cogDecidegrees: number
  headingDeg: number
  rotRaw: number
  navigationStatus: number
  sentAtS: number
  flags: number
  shipType: number
  stationClass: number
  lengthM: number
  beamM: number
}

export interface ShipFilter {
  /** Kinds shown; empty = all. */
  readonly kinds: readonly ShipKind[]
  readonly onlyWatched: boolean
  readonly onlyMoving: boolean
  readonly hideLost: boolean
}
export const NO_FILTER: ShipFilter = { kinds: [], onlyWatched: false, onlyMoving: false, hideLost: false }
export const isFiltering = (filter: ShipFilter): number =>
  Number(filter.kinds.length > 0) + Number(filter.onlyWatched) + Number(filter.onlyMoving) + Number(filter.hideLost)

const METRES_PER_MERCATOR = 40_075_016.686
const METRES_PER_SECOND_PER_DECIKNOT = 0.0514444
/** A report farther off than this from where the ship was drawn is shown at once, not glided to. */
const SNAP_MERCATOR = 3000 / METRES_PER_MERCATOR
/** Coast AIS is stale after 3 min (ui.md §5): no ship is carried on longer than that. */
const CARRY_S = 180

export class ShipColumns {
  count = 0
  mmsi = new Uint32Array(1024)
  lat600k = new Int32Array(1024)
  lon600k = new Int32Array(1024)
  sog = new Uint16Array(1024)
  cog = new Uint16Array(1024)
  heading = new Uint16Array(1024)
  status = new Uint8Array(1024)
  sentAtS = new Float64Array(1024)
  flags = new Uint16Array(1024)
  shipType = new Uint8Array(1024)
  stationClass = new Uint8Array(1024)
  lengthM = new Uint16Array(1024)
  beamM = new Uint8Array(1024)
  /** As sent (−128 = not available): only its sign is drawn. */
  rot = new Int8Array(1024)
  /** Where the ship was drawn at the end of the last tick (mercator less centre); NaN = not drawn yet. */
  #drawnX = new Float64Array(1024).fill(Number.NaN)
  #drawnY = new Float64Array(1024).fill(Number.NaN)
  readonly #slots = new Map<number, number>()

  clear(): void {
    this.count = 0
    this.#slots.clear()
    this.#drawnX.fill(Number.NaN)
  }

  slotOf(mmsi: number): number {
    return this.#slots.get(mmsi) ?? -1
  }

  put(record: ShipRecord): void {
    let k = this.slotOf(record.mmsi)
    if (k < 0) {
      k = this.count++
      if (k >= this.mmsi.length) this.#grow()
      this.#slots.set(record.mmsi, k)
      this.mmsi[k] = record.mmsi
      this.#drawnX[k] = Number.NaN
    }
    this.lat600k[k] = record.lat600k
    this.lon600k[k] = record.lon600k
    this.sog[k] = record.sogDeciknots
    this.cog[k] = record.cogDecidegrees
    this.heading[k] = record.headingDeg
    this.status[k] = record.navigationStatus
    this.sentAtS[k] = record.sentAtS
    this.flags[k] = record.flags
    this.shipType[k] = record.shipType
    this.stationClass[k] = record.stationClass
    this.lengthM[k] = record.lengthM
    this.beamM[k] = record.beamM
    this.rot[k] = record.rotRaw === -128 ? 0 : record.rotRaw
  }

  remove(mmsi: number): void {
    const k = this.slotOf(mmsi)
    if (k < 0) return
    const last = --this.count
    this.#slots.delete(mmsi)
    if (k === last) return
    for (const column of this.#columns()) column[k] = column[last]!
    this.#slots.set(this.mmsi[k]!, k)
  }

  /** Keeps only ships in this set: what a snapshot did not name has left the view. */
  keepOnly(named: ReadonlySet<number>): void {
    for (let k = this.count - 1; k >= 0; k--) if (!named.has(this.mmsi[k]!)) this.remove(this.mmsi[k]!)
  }

  /**
   * Writes the texels of the ships the filter lets through, those that matter most last (drawn on top), and their numbers in the same order.
   * `nowS` is the picture's time at the tick, `tickS` how far the next tick lies. `carry` false (the past): the tick ends where the record says.
   */
  fill(nowS: number, tickS: number, filter: ShipFilter, carry: boolean): ShipFrame {
    const { order, darts } = this.#order(filter)
    const texels = new Float32Array(order.length * FLOATS_PER_SHIP)
    const numbers = new Uint32Array(order.length)
    const times = new Float64Array(order.length)
    let at = 0
    for (let i = 0; i < order.length; i++) {
      const k = order[i]!
      numbers[i] = this.mmsi[k]!
      times[i] = this.sentAtS[k]!
      this.#place(k, nowS, carry ? tickS : 0, carry, texels, at)
      const heading = this.heading[k]!
      const cog = this.cog[k]!
      const sog = this.sog[k]!
      texels[at + 4] = heading >= 360 ? -1 : heading
      texels[at + 5] = cog >= 3600 ? -1 : cog / 10
      texels[at + 6] = sog >= NA.SOG ? 0 : sog / 10
      texels[at + 7] = codeOf(this.#shape(k), this.#paint(k), this.#isAlways(k))
      texels[at + 8] = this.lengthM[k]!
      texels[at + 9] = this.beamM[k]!
      texels[at + 10] = (this.flags[k]! & FLAG.LOST) !== 0 ? Math.max(0, nowS - this.sentAtS[k]!) : 0
      texels[at + 11] = this.rot[k]!
      at += FLOATS_PER_SHIP
    }
    return { count: order.length, known: this.count, darts, texels, numbers, times }
  }

  /** Writes prev and next place of a slot at texels[at…at+3]. */
  #place(k: number, nowS: number, tickS: number, carry: boolean, texels: Float32Array, at: number): void {
    let lat = this.lat600k[k]! / 600_000
    let lon = this.lon600k[k]! / 600_000
    const sog = this.sog[k]!
    const cog = this.cog[k]!
    const age = nowS + tickS - this.sentAtS[k]!
    if (carry && sog > 2 && sog < NA.SOG && cog < 3600 && age > 0 && (this.flags[k]! & (FLAG.ASLEEP | FLAG.LOST | FLAG.STALE)) === 0) {
      const metres = sog * METRES_PER_SECOND_PER_DECIKNOT * Math.min(age, CARRY_S)
      const course = (cog / 10) * (Math.PI / 180)
      lat += (metres * Math.cos(course)) / 111_132
      lon += (metres * Math.sin(course)) / (111_320 * Math.cos((lat * Math.PI) / 180))
    }
    const x = mercatorX(lon) - CENTRE_X
    const y = mercatorY(lat) - CENTRE_Y
    let px = this.#drawnX[k]!
    let py = this.#drawnY[k]!
    if (!(Math.abs(x - px) < SNAP_MERCATOR && Math.abs(y - py) < SNAP_MERCATOR)) {
      px = x
      py = y
    }
    texels[at] = px
    texels[at + 1] = py
    texels[at + 2] = x
    texels[at + 3] = y
    this.#drawnX[k] = x
    this.#drawnY[k] = y
  }

  #shape(k: number): Shape {
    const station = this.stationClass[k]!
    if (station === STATION_CLASS.DISTRESS) return SHAPE.DISTRESS
    if (station === STATION_CLASS.BASE_STATION) return SHAPE.BASE
    if (station === STATION_CLASS.AID_TO_NAVIGATION) return SHAPE.ATON
    if (station === STATION_CLASS.SAR_AIRCRAFT) return SHAPE.AIRCRAFT
    const flags = this.flags[k]!
    if ((flags & FLAG.LOST) !== 0) return SHAPE.LOST
    if ((flags & FLAG.ASLEEP) !== 0) return SHAPE.CIRCLE
    return this.heading[k]! >= 360 && this.cog[k]! >= 3600 ? SHAPE.DIAMOND : SHAPE.DART
  }

  #paint(k: number): Paint {
    const flags = this.flags[k]!
    if (this.stationClass[k] === STATION_CLASS.DISTRESS || (flags & FLAG.ALARMED) !== 0) return PAINT.ALARMED
    if ((flags & FLAG.WATCHED) !== 0) return PAINT.WATCHED
    if ((flags & FLAG.LOST) !== 0) return PAINT.LOST
    if (this.stationClass[k] === STATION_CLASS.BASE_STATION || this.stationClass[k] === STATION_CLASS.AID_TO_NAVIGATION) return PAINT.FIXED
    if ((flags & FLAG.STALE) !== 0) return PAINT.STALE
    return (flags & FLAG.ASLEEP) !== 0 ? PAINT.ASLEEP : PAINT.NORMAL
  }

  #isAlways(k: number): boolean {
    return this.#isAlarmed(k) || (this.flags[k]! & FLAG.WATCHED) !== 0
  }

  /**
   * Slots to draw: plain ones first, then watched, alarmed, in distress. Alarmed ones pass every filter. Of the plain ones those drawn as darts come
   * last, so that they are one run, which the layer has a shader of its own for.
   */
  #order(filter: ShipFilter): { readonly order: Uint32Array; readonly darts: DartRun } {
    const order = new Uint32Array(this.count)
    const ends = [0, 0, 0, 0]
    let end = 0
    for (let rank = 0; rank < ends.length; rank++) {
      for (let k = 0; k < this.count; k++) if (this.#rank(k) === rank && this.hasPlace(k) && this.#passes(k, filter)) order[end++] = k
      ends[rank] = end
    }
    return { order: order.subarray(0, end), darts: { from: ends[0] ?? 0, to: ends[1] ?? 0 } }
  }

  /** 0 plain, 1 plain and a dart, 2 watched, 3 alarmed or in distress. */
  #rank(k: number): number {
    if (this.#isAlarmed(k)) return 3
    if ((this.flags[k]! & FLAG.WATCHED) !== 0) return 2
    return this.#shape(k) === SHAPE.DART ? 1 : 0
  }

  #isAlarmed(k: number): boolean {
    return (this.flags[k]! & FLAG.ALARMED) !== 0 || this.stationClass[k] === STATION_CLASS.DISTRESS
  }

  #passes(k: number, filter: ShipFilter): boolean {
    return this.#isAlarmed(k) || passes(filter, this.flags[k]!, this.shipType[k]!, this.stationClass[k]!, this.sog[k]!)
  }

  hasPlace(k: number): boolean {
    return Math.abs(this.lat600k[k]!) <= 90 * 600_000 && Math.abs(this.lon600k[k]!) <= 180 * 600_000
  }

  #columns(): (Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array | Int8Array)[] {
    return [
      this.mmsi,
      this.lat600k,
      this.lon600k,
      this.sog,
      this.cog,
      this.heading,
      this.status,
      this.sentAtS,
      this.flags,
      this.shipType,
      this.stationClass,
      this.lengthM,
      this.beamM,
      this.rot,
      this.#drawnX,
      this.#drawnY,
    ]
  }

  #grow(): void {
    const size = this.mmsi.length * 2
    const larger = <Column extends { set(from: Column): void }>(make: new (length: number) => Column, from: Column): Column => {
      const column = new make(size)
      column.set(from)
      return column
    }
    this.mmsi = larger<Uint32Array<ArrayBuffer>>(Uint32Array, this.mmsi)
    this.lat600k = larger<Int32Array<ArrayBuffer>>(Int32Array, this.lat600k)
    this.lon600k = larger<Int32Array<ArrayBuffer>>(Int32Array, this.lon600k)
    this.sog = larger<Uint16Array<ArrayBuffer>>(Uint16Array, this.sog)
    this.cog = larger<Uint16Array<ArrayBuffer>>(Uint16Array, this.cog)
    this.heading = larger<Uint16Array<ArrayBuffer>>(Uint16Array, this.heading)
    this.status = larger<Uint8Array<ArrayBuffer>>(Uint8Array, this.status)
    this.sentAtS = larger<Float64Array<ArrayBuffer>>(Float64Array, this.sentAtS)
    this.flags = larger<Uint16Array<ArrayBuffer>>(Uint16Array, this.flags)
    this.shipType = larger<Uint8Array<ArrayBuffer>>(Uint8Array, this.shipType)
    this.stationClass = larger<Uint8Array<ArrayBuffer>>(Uint8Array, this.stationClass)
    this.lengthM = larger<Uint16Array<ArrayBuffer>>(Uint16Array, this.lengthM)
    this.beamM = larger<Uint8Array<ArrayBuffer>>(Uint8Array, this.beamM)
    this.rot = larger<Int8Array<ArrayBuffer>>(Int8Array, this.rot)
    this.#drawnX = larger<Float64Array<ArrayBuffer>>(Float64Array, this.#drawnX)
    this.#drawnY = larger<Float64Array<ArrayBuffer>>(Float64Array, this.#drawnY)
  }
}

/** Indices [from, to) of the ships of a frame that are plain darts. */
export interface DartRun {
  readonly from: number
  readonly to: number
}

export interface ShipFrame {
  readonly count: number
  readonly darts: DartRun
  /** Ships known, before the filter. */
  readonly known: number
  readonly texels: Float32Array<ArrayBuffer>
  readonly numbers: Uint32Array<ArrayBuffer>
  /** When each ship sent what is drawn, epoch seconds. */
  readonly times: Float64Array<ArrayBuffer>
}

function passes(filter: ShipFilter, flags: number, shipType: number, stationClass: number, sog: number): boolean {
  if (filter.onlyWatched && (flags & FLAG.WATCHED) === 0) return false
  if (filter.onlyMoving && (sog <= 2 || sog >= NA.SOG)) return false
  if (filter.hideLost && (flags & FLAG.LOST) !== 0) return false
  return filter.kinds.length === 0 || filter.kinds.includes(kindOf(shipType, stationClass))
}

/** The place of a drawn ship at a share of the tick [0, 1]. */
export function placeIn(texels: Float32Array, index: number, share: number): { lat: number; lon: number } {
  const at = index * FLOATS_PER_SHIP
  const x = texels[at]! + (texels[at + 2]! - texels[at]!) * share
  const y = texels[at + 1]! + (texels[at + 3]! - texels[at + 1]!) * share
  return { lat: latOfY(y + CENTRE_Y), lon: lonOfX(x + CENTRE_X) }
}
