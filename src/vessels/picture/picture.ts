// The live picture: one slot a ship in typed arrays. Slots are found by MMSI (open addressing) and kept in one list from newest change to oldest: its head
// answers 'what changed since', its tail is the slot to give away when all are taken. The grid (grid.ts) answers 'who is near'.
// HOT PATH: a report costs one look-up, ten stores and, when the cell changed, two list links. bench/whole-path.ts prints the whole.
// Memory: about 130 bytes a slot of capacity, plus the names.
import { distanceM } from '#base/index.ts'
import type { PositionReport } from '../report.ts'
import { type BulkIn, type BulkOut, fill, fillTexts, textPieces } from '../saving.ts'
import { FLAG, type PictureColumns, type Slot } from './columns.ts'
import { Grid } from './grid.ts'
import { hashOf } from './hash.ts'

const EMPTY = -1
const NA_SOG = 1023
const GONE_KEPT = 8192

/** What a static message told; absent = not told in it. Numbers 0 and '' mean 'not available' and never overwrite a known value. */
export interface StaticFacts {
  name?: string
  callSign?: string
  imoNumber?: number
  shipType?: number
  toBowM?: number
  toSternM?: number
  toPortM?: number
  toStarboardM?: number
  draughtDecimetres?: number
  destination?: string
  eta?: number
}

interface SavedPicture {
  readonly used: number
  readonly changes: number
  /** The list of changes: where it begins, and each slot's next. */
  readonly oldest: Slot
  readonly newer: number
  readonly columns: readonly number[]
  readonly texts: readonly number[]
}

export class Picture implements PictureColumns {
  readonly capacity: number
  readonly mmsi: Uint32Array
  readonly stationClass: Uint8Array
  readonly network: Uint8Array
  readonly feed: Uint16Array
  readonly station: Uint16Array
  readonly sentAtMs: Float64Array
  readonly receivedAtMs: Float64Array
  readonly mark: Float64Array
  readonly lat600k: Int32Array
  readonly lon600k: Int32Array
  readonly sogDeciknots: Uint16Array
  readonly cogDecidegrees: Uint16Array
  readonly headingDeg: Uint16Array
  readonly rotRaw: Int8Array
  readonly navigationStatus: Uint8Array
  readonly flags: Uint16Array
  readonly shipType: Uint8Array
  readonly lengthM: Uint16Array
  readonly beamM: Uint8Array
  readonly draughtDecimetres: Uint8Array
  readonly imoNumber: Uint32Array
  readonly toBowM: Uint16Array
  readonly toPortM: Uint8Array
  readonly name: string[]
  readonly callSign: string[]
  readonly destination: string[]
  readonly staticAtMs: Float64Array
  readonly eta: Uint32Array
  /** Called before a slot is given to another ship. */
  onForget: (slot: Slot) => void = () => {}

  #count = 0
  #highWater = 0
  readonly #free: number[] = []
  // Open addressing by MMSI.
  readonly #table: Int32Array
  readonly #mask: number
  // Newest change first.
  readonly #newer: Int32Array
  readonly #older: Int32Array
  #newest = EMPTY
  #oldest = EMPTY
  readonly #changedAs: Float64Array
  #changes = 0
  readonly #grid: Grid
  // Who left, for screens that hold them: a ring of (change number, MMSI).
  readonly #goneMmsi = new Uint32Array(GONE_KEPT)
  readonly #goneAs = new Float64Array(GONE_KEPT)
  #gone = 0

  constructor(capacity: number) {
    this.capacity = capacity
    this.mmsi = new Uint32Array(capacity)
    this.stationClass = new Uint8Array(capacity)
    this.network = new Uint8Array(capacity)
    this.feed = new Uint16Array(capacity)
    this.station = new Uint16Array(capacity)
    this.sentAtMs = new Float64Array(capacity)
    this.receivedAtMs = new Float64Array(capacity)
    this.mark = new Float64Array(capacity)
    this.lat600k = new Int32Array(capacity)
    this.lon600k = new Int32Array(capacity)
    this.sogDeciknots = new Uint16Array(capacity)
    this.cogDecidegrees = new Uint16Array(capacity)
    this.headingDeg = new Uint16Array(capacity)
    this.rotRaw = new Int8Array(capacity)
    this.navigationStatus = new Uint8Array(capacity)
    this.flags = new Uint16Array(capacity)
    this.shipType = new Uint8Array(capacity)
    this.lengthM = new Uint16Array(capacity)
    this.beamM = new Uint8Array(capacity)
    this.draughtDecimetres = new Uint8Array(capacity)
    this.imoNumber = new Uint32Array(capacity)
    this.toBowM = new Uint16Array(capacity)
    this.toPortM = new Uint8Array(capacity)
    this.name = new Array<string>(capacity).fill('')
    this.callSign = new Array<string>(capacity).fill('')
    this.destination = new Array<string>(capacity).fill('')
    this.staticAtMs = new Float64Array(capacity)
    this.eta = new Uint32Array(capacity)
    const tableSize = 2 ** Math.ceil(Math.log2(capacity * 2))
    this.#table = new Int32Array(tableSize).fill(EMPTY)
    this.#mask = tableSize - 1
    this.#newer = new Int32Array(capacity).fill(EMPTY)
    this.#older = new Int32Array(capacity).fill(EMPTY)
    this.#changedAs = new Float64Array(capacity)
    this.#grid = new Grid(tableSize, this.lat600k, this.lon600k)
  }

  get count(): number {
    return this.#count
  }
  /** Slots at and above this were never used. */
  get highWater(): number {
    return this.#highWater
  }
  /** Number of the newest change. */
  get changes(): number {
    return this.#changes
  }

  slotOf(mmsi: number): Slot {
    for (let at = hashOf(mmsi) & this.#mask; ; at = (at + 1) & this.#mask) {
      const slot = this.#table[at]!
      if (slot === EMPTY || this.mmsi[slot] === mmsi) return slot
    }
  }

  /** The ship's slot, made when she is new; the longest unchanged ship gives way when all are taken. */
  openSlot(mmsi: number): Slot {
    const known = this.slotOf(mmsi)
    if (known !== EMPTY) return known
    if (this.#count === this.capacity) this.forget(this.#oldest)
    const slot = this.#free.pop() ?? this.#highWater++
    this.mmsi[slot] = mmsi
    this.#insert(mmsi, slot)
    this.#count++
    this.touch(slot)
    return slot
  }

  /** Puts an accepted report into the picture. */
  place(slot: Slot, report: PositionReport): void {
    this.stationClass[slot] = report.stationClass
    this.network[slot] = report.network
    this.feed[slot] = report.feed
    this.station[slot] = report.station
    this.sentAtMs[slot] = report.sentAtMs
    this.receivedAtMs[slot] = report.receivedAtMs
    this.mark[slot] = report.mark
    this.lat600k[slot] = report.lat600k
    this.lon600k[slot] = report.lon600k
    this.sogDeciknots[slot] = report.sogDeciknots
    this.cogDecidegrees[slot] = report.cogDecidegrees
    this.headingDeg[slot] = report.headingDeg
    this.rotRaw[slot] = report.rotRaw
    this.navigationStatus[slot] = report.navigationStatus
    const nav = report.navigationStatus
    const isAsleep = nav === 1 || nav === 5 || (report.sogDeciknots !== NA_SOG && report.sogDeciknots < 2)
    this.flags[slot] = (this.flags[slot]! & ~(FLAG.STALE | FLAG.LOST | FLAG.DOUBTFUL | FLAG.ASLEEP)) | (isAsleep ? FLAG.ASLEEP : 0)
    this.#grid.enter(slot)
    this.touch(slot)
  }

  /** Merges what a static message told; true when anything changed. */
  tell(slot: Slot, facts: StaticFacts, atMs: number): boolean {
    let changed = this.staticAtMs[slot] === 0
    const text = (column: string[], value: string | undefined): void => {
      if (value !== undefined && value !== '' && column[slot] !== value) {
        column[slot] = value
        changed = true
      }
    }
    const number = (column: Uint8Array | Uint16Array | Uint32Array, value: number | undefined): void => {
      if (value !== undefined && value !== 0 && column[slot] !== value) {
        column[slot] = value
        changed = true
      }
    }
    text(this.name, facts.name)
    text(this.callSign, facts.callSign)
    text(this.destination, facts.destination)
    number(this.imoNumber, facts.imoNumber)
    number(this.shipType, facts.shipType)
    if (facts.toBowM !== undefined && facts.toSternM !== undefined) {
      number(this.lengthM, facts.toBowM + facts.toSternM)
      number(this.toBowM, facts.toBowM)
    }
    if (facts.toPortM !== undefined && facts.toStarboardM !== undefined) {
      number(this.beamM, Math.min(255, facts.toPortM + facts.toStarboardM))
      number(this.toPortM, facts.toPortM)
    }
    number(this.draughtDecimetres, facts.draughtDecimetres)
    number(this.eta, facts.eta)
    this.staticAtMs[slot] = atMs
    if (changed) this.touch(slot)
    return changed
  }

  /** Sets and clears flag bits; the ship counts as changed when that made a difference. */
  setFlags(slot: Slot, set: number, clear: number): void {
    const flags = (this.flags[slot]! & ~clear) | set
    if (flags === this.flags[slot]) return
    this.flags[slot] = flags
    this.touch(slot)
  }

  /** The ship changed: she moves to the head of the list. */
  touch(slot: Slot): void {
    this.#changedAs[slot] = ++this.#changes
    if (this.#newest === slot) return
    this.#unlink(slot)
    this.#older[slot] = this.#newest
    if (this.#newest !== EMPTY) this.#newer[this.#newest] = slot
    this.#newest = slot
    if (this.#oldest === EMPTY) this.#oldest = slot
  }

  changesSince(since: number, visit: (slot: Slot) => void): number {
    for (let slot = this.#newest; slot !== EMPTY && this.#changedAs[slot]! > since; slot = this.#older[slot]!) visit(slot)
    return this.#changes
  }

  /** MMSIs of ships that left the picture since change number `since`; false when more left than are remembered. */
  goneSince(since: number, visit: (mmsi: number) => void): boolean {
    for (let n = this.#gone - 1; n >= 0 && n >= this.#gone - GONE_KEPT; n--) {
      if (this.#goneAs[n % GONE_KEPT]! <= since) return true
      visit(this.#goneMmsi[n % GONE_KEPT]!)
    }
    return this.#gone <= GONE_KEPT
  }

  /** Takes the ship out of the picture. */
  forget(slot: Slot): void {
    this.onForget(slot)
    const mmsi = this.mmsi[slot]!
    this.#goneMmsi[this.#gone % GONE_KEPT] = mmsi
    this.#goneAs[this.#gone % GONE_KEPT] = ++this.#changes
    this.#gone++
    this.#remove(mmsi)
    this.#grid.leave(slot)
    this.#unlink(slot)
    for (const column of this.#columns()) column[slot] = 0
    this.name[slot] = this.callSign[slot] = this.destination[slot] = ''
    this.#count--
    this.#free.push(slot)
  }

  forEachNear(lat: number, lon: number, metres: number, visit: (slot: Slot, distanceM: number) => void): void {
    const reachLat = metres / 110_500
    const reachLon = metres / (111_000 * Math.max(0.02, Math.cos((lat * Math.PI) / 180)))
    this.forEachInBox(lon - reachLon, lat - reachLat, lon + reachLon, lat + reachLat, slot => {
      const d = distanceM(lat, lon, this.lat600k[slot]! / 600_000, this.lon600k[slot]! / 600_000)
      if (d <= metres) visit(slot, d)
    })
  }

  forEachInBox(west: number, south: number, east: number, north: number, visit: (slot: Slot) => void): void {
    this.#grid.forEachInBox(west, south, east, north, this.#highWater, visit)
  }

  /** Broken invariants, in words; for tests and `doctor`. */
  validate(): string[] {
    const faults: string[] = []
    let listed = 0
    let last = Number.POSITIVE_INFINITY
    for (let slot = this.#newest; slot !== EMPTY; slot = this.#older[slot]!) {
      if (this.mmsi[slot] === 0) faults.push(`slot ${slot} is listed but empty`)
      if (this.slotOf(this.mmsi[slot]!) !== slot) faults.push(`slot ${slot} is not found by its MMSI ${this.mmsi[slot]}`)
      if (this.#changedAs[slot]! >= last) faults.push(`slot ${slot} stands out of order in the list of changes`)
      last = this.#changedAs[slot]!
      if (this.sentAtMs[slot] !== 0 && !this.#grid.isRight(slot)) faults.push(`slot ${slot} lies in a wrong cell`)
      if (++listed > this.capacity) return [...faults, 'the list of changes is a circle']
    }
    if (listed !== this.#count) faults.push(`${listed} ships are listed, ${this.#count} are counted`)
    return faults
  }

  /** All that is needed to go on: 80 bytes a ship, and the texts. */
  save(out: BulkOut): unknown {
    const used = this.#highWater
    return {
      used,
      changes: this.#changes,
      oldest: this.#oldest,
      newer: out.copy(this.#newer.subarray(0, used)),
      columns: this.#columns().map(column => out.copy(column.subarray(0, used))),
      texts: this.#texts().map(column => out.later(textPieces(column.slice(0, used)))),
    } satisfies SavedPicture
  }

  restore(saved: unknown, from: BulkIn): void {
    const state = saved as SavedPicture
    if (state.used > this.capacity)
      throw new Error(`the snapshot holds ${state.used} ships, the picture has room for ${this.capacity}; raise vessels.capacity`)
    for (const [n, column] of this.#columns().entries()) fill(column, from, state.columns[n] ?? -1)
    for (const [n, column] of this.#texts().entries()) fillTexts(column, from, state.texts[n] ?? -1)
    this.#highWater = state.used
    for (let slot = state.used - 1; slot >= 0; slot--) if (this.mmsi[slot] === 0) this.#free.push(slot)
    const newer = new Int32Array(state.used)
    fill(newer, from, state.newer)
    for (let slot = state.oldest; slot !== EMPTY; slot = newer[slot]!) {
      this.#count++
      this.#insert(this.mmsi[slot]!, slot)
      if (this.sentAtMs[slot] !== 0) this.#grid.enter(slot)
      this.touch(slot)
    }
    this.#changes = Math.max(this.#changes, state.changes)
  }

  #texts(): readonly string[][] {
    return [this.name, this.callSign, this.destination]
  }

  #columns() {
    return [
      this.mmsi,
      this.stationClass,
      this.network,
      this.feed,
      this.station,
      this.sentAtMs,
      this.receivedAtMs,
      this.mark,
      this.lat600k,
      this.lon600k,
      this.sogDeciknots,
      this.cogDecidegrees,
      this.headingDeg,
      this.rotRaw,
      this.navigationStatus,
      this.flags,
      this.shipType,
      this.lengthM,
      this.beamM,
      this.draughtDecimetres,
      this.imoNumber,
      this.toBowM,
      this.toPortM,
      this.staticAtMs,
      this.eta,
    ]
  }

  #unlink(slot: Slot): void {
    const newer = this.#newer[slot]!
    const older = this.#older[slot]!
    if (newer !== EMPTY) this.#older[newer] = older
    else if (this.#newest === slot) this.#newest = older
    if (older !== EMPTY) this.#newer[older] = newer
    else if (this.#oldest === slot) this.#oldest = newer
    this.#newer[slot] = this.#older[slot] = EMPTY
  }

  #insert(mmsi: number, slot: Slot): void {
    let at = hashOf(mmsi) & this.#mask
    while (this.#table[at] !== EMPTY) at = (at + 1) & this.#mask
    this.#table[at] = slot
  }

  /** Takes the MMSI out and closes the gap, so that no look-up meets a hole (Knuth 6.4 R). */
  #remove(mmsi: number): void {
    let at = hashOf(mmsi) & this.#mask
    while (this.mmsi[this.#table[at]!] !== mmsi) at = (at + 1) & this.#mask
    for (let next = (at + 1) & this.#mask; this.#table[next] !== EMPTY; next = (next + 1) & this.#mask) {
      const home = hashOf(this.mmsi[this.#table[next]!]!) & this.#mask
      if (((next - home) & this.#mask) >= ((next - at) & this.#mask)) {
        this.#table[at] = this.#table[next]!
        at = next
      }
    }
    this.#table[at] = EMPTY
  }
}
