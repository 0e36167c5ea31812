// From received bytes to findings in one call stack: decode → when was it sent, heard before, in order, possible → picture → detectors.
// HOT PATH: nothing is allocated for a message that arrives in order from a known ship (bench/whole-path.ts).
// Long because it is one class: what a report meets on its way is read here from top to bottom, and its state is private.
import type { AreaIndex } from '#places/index.ts'
import { createAreaIndex } from '#places/index.ts'
import type { FindingEvent } from '#rules/index.ts'
import { type AisRecord, type AisStream, createAisStream, NA_LAT_600K, NA_LON_600K, NA_SOG_DECIKNOTS } from '#wire/ais/index.ts'
import { createWatch, type Watch } from './detectors/index.ts'
import { type Arrival, Duplicates } from './fusion/duplicates.ts'
import { eventTimeMs } from './fusion/event-time.ts'
import { MAX_WAIT_MS, WaitingRoom } from './fusion/order.ts'
import { Plausibility } from './fusion/plausible.ts'
import { compareClocks, type SourceClock } from './fusion/source-clock.ts'
import { factsOf, hasStatics } from './fusion/statics.ts'
import type { Control, FeedCounts, ObjectReport, Pass, PassCounts, PassOptions, Permit, StationHealth } from './pass-contract.ts'
import {
  clockAt,
  countsOf,
  type Feed,
  latenessOf,
  newFeed,
  noteLatency,
  noteTook,
  restoreFeed,
  type SavedFeed,
  saveFeed,
} from './pass-feed.ts'
import { age } from './picture/ageing.ts'
import { FLAG, type Slot } from './picture/columns.ts'
import { Picture, type StaticFacts } from './picture/picture.ts'
import { NETWORK, type Network, type PositionReport } from './report.ts'
import { classOf, emptyReport, takeObject, takeRecord, takeSlot } from './report-in.ts'
import { type BulkIn, type BulkOut, fill } from './saving.ts'
import { STATION_CLASS } from './schema.ts'
import { type SavedStations, Stations } from './stations.ts'

const TICK_MS = 60_000
/** For those who cannot wait a minute: a feed that has stopped. */
const SHORT_TICK_MS = 5000
/** After a gap in the clock only the last day's minutes are ticked. */
const MAX_TICKS_MS = 24 * 60 * TICK_MS
export const DEFAULT_CAPACITY = 200_000
/** Bare sentences are waited for no longer than this. */
const BARE_WAIT_MS = 1000

export const createPass = (options: PassOptions): Pass => new OnePass(options)

class OnePass implements Pass {
  readonly picture: Picture
  readonly counts: PassCounts = { messages: 0, positions: 0, duplicates: 0, late: 0, strays: 0, nowhere: 0, statics: 0 }
  nowMs = 0
  readonly #options: PassOptions
  readonly #watch: Watch
  readonly #plausibility: Plausibility
  readonly #duplicates = new Duplicates()
  readonly #waiting = new WaitingRoom()
  readonly #feeds: Feed[] = []
  readonly feedNames: string[] = []
  readonly #stations = new Stations()
  readonly stationNames: readonly string[] = this.#stations.names
  /** Which feeds heard the ship lately (bit by feed), and the lateness to wait for. */
  readonly #heardOn: Uint32Array
  /** Sending time of the youngest report seen of each ship, placed or waiting, and when it was received. */
  readonly #youngestSentMs: Float64Array
  readonly #youngestReceivedMs: Float64Array
  readonly watched = new Set<number>()
  #areas: AreaIndex = createAreaIndex([])
  #permits: readonly Permit[] = []
  #nextTickMs = Number.NaN
  readonly #now: PositionReport = emptyReport()
  readonly #previous: PositionReport = emptyReport()
  // What the bytes being read came with.
  #feed = 0
  #mark = -1
  /** How the report in hand came: reused. */
  readonly #arrival: { -readonly [Key in keyof Arrival]: Arrival[Key] } = { source: 0, receivedAtMs: 0, stampMs: Number.NaN }

  constructor(options: PassOptions) {
    this.#options = options
    this.picture = new Picture(options.capacity ?? DEFAULT_CAPACITY)
    this.#heardOn = new Uint32Array(this.picture.capacity)
    this.#youngestSentMs = new Float64Array(this.picture.capacity)
    this.#youngestReceivedMs = new Float64Array(this.picture.capacity)
    this.#plausibility = new Plausibility(this.picture, options.coast)
    this.#watch = createWatch({
      picture: this.picture,
      areas: () => this.#areas,
      isWatched: mmsi => this.watched.has(mmsi),
      hasPermit: (barge, ship, atMs) => this.#permits.some(p => p.barge === barge && p.ship === ship && p.fromMs <= atMs && atMs <= p.toMs),
      milesOffshore: (lat, lon) => options.coast?.milesOffshore(lat, lon) ?? Number.NaN,
      stationName: station => this.stationNames[station] ?? '',
      feedName: feed => this.feedNames[feed] ?? '',
      stationPlace: name => options.stationPlace?.(name),
      sink: event => this.#found(event),
      ...(options.detectors ? { detectors: options.detectors } : {}),
      ...(options.settings ? { settings: options.settings } : {}),
      ...(options.onFault ? { onFault: options.onFault } : {}),
    })
    this.picture.onForget = slot => {
      this.#watch.onForget(slot)
      this.#plausibility.forget(slot)
      this.#waiting.forget(slot)
      this.#heardOn[slot] = 0
      this.#youngestSentMs[slot] = this.#youngestReceivedMs[slot] = 0
    }
  }

  get oldestWaitingMark(): number {
    return this.#waiting.oldestMark
  }

  get faults(): ReadonlyMap<string, number> {
    return this.#watch.faults
  }

  feed(name: string, network: Network = NETWORK.COAST): number {
    const known = this.feedNames.indexOf(name)
    if (known >= 0) return known
    const index = this.#feeds.length
    this.feedNames.push(name)
    this.#feeds.push(newFeed(name, network, this.#streamFor(index)))
    return index
  }

  reconnected(feed: number): void {
    const state = this.#feeds[feed]
    if (!state) return
    state.before = this.feedCounts(feed)
    state.stream = this.#streamFor(feed)
    state.stations = [0]
  }

  bytes(feed: number, chunk: Uint8Array, receivedAtMs: number, mark: number): void {
    const state = this.#feeds[feed]
    if (!state) throw new RangeError(`feed ${feed} was never opened`)
    if (this.#options.clock !== 'source') this.advanceTo(receivedAtMs)
    this.#feed = feed
    this.#mark = mark
    this.#watch.onFeedHeard(feed, this.nowMs, state.network === NETWORK.SATELLITE, latenessOf(state))
    state.stream.push(chunk, this.nowMs)
  }

  end(feed: number): void {
    this.#feed = feed
    this.#feeds[feed]?.stream.end(this.nowMs)
  }

  report(feed: number, from: ObjectReport, mark: number): void {
    this.advanceTo(from.receivedAtMs)
    this.#feed = feed
    const state = this.#feeds[feed]
    if (!state) throw new RangeError(`feed ${feed} was never opened`)
    state.tookMs = this.nowMs - from.sentAtMs
    this.#watch.onFeedHeard(feed, this.nowMs, from.network === NETWORK.SATELLITE, latenessOf(state))
    this.counts.messages++
    const now = this.#now
    now.mmsi = from.mmsi
    now.stationClass = from.stationClass
    now.network = from.network
    now.feed = feed
    now.station = this.#stations.of(from.station ?? '', feed, this.nowMs)
    now.sentAtMs = from.sentAtMs
    now.receivedAtMs = this.nowMs
    now.mark = mark
    takeObject(now, from)
    this.#arrival.stampMs = Number.NaN
    // The same ship, moment and place is the same transmission, however it came.
    this.#take(now, (Math.imul(now.lat600k, 31) ^ Math.imul(now.lon600k, 0x9e3779b1) ^ Math.floor(now.sentAtMs / 1000)) >>> 0, false, true)
  }

  static(mmsi: number, facts: StaticFacts, atMs: number): void {
    if (mmsi <= 0) return
    this.counts.statics++
    const slot = this.picture.openSlot(mmsi)
    this.#keepWatchFlag(slot, mmsi)
    this.picture.tell(slot, facts, atMs)
    this.#watch.onStatic(slot, atMs)
  }

  control(entry: Control): void {
    if (entry.control === 'watch') {
      if (entry.watched) this.watched.add(entry.mmsi)
      else this.watched.delete(entry.mmsi)
      const slot = this.picture.slotOf(entry.mmsi)
      if (slot >= 0) this.picture.setFlags(slot, entry.watched ? FLAG.WATCHED : 0, entry.watched ? 0 : FLAG.WATCHED)
    } else if (entry.control === 'permits') this.#permits = entry.permits
    else if (entry.control === 'feed-opened') this.#feeds[this.feed(entry.feed, entry.network)]!.network = entry.network
    else if (entry.control === 'feed-stopped') this.#watch.onFeedStopped(this.feed(entry.feed))
  }

  setAreas(areas: AreaIndex): void {
    this.#areas = areas
  }

  setAlarmed(mmsi: number, isAlarmed: boolean): void {
    const slot = this.picture.slotOf(mmsi)
    if (slot >= 0) this.picture.setFlags(slot, isAlarmed ? FLAG.ALARMED : 0, isAlarmed ? 0 : FLAG.ALARMED)
  }

  advanceTo(nowMs: number): void {
    // The clock of receipt never goes back: what a corrected machine clock says meanwhile is passed over.
    if (!(nowMs > this.nowMs)) return
    if (Number.isNaN(this.#nextTickMs)) this.#nextTickMs = (Math.floor(nowMs / SHORT_TICK_MS) + 1) * SHORT_TICK_MS
    if (this.#nextTickMs < nowMs - MAX_TICKS_MS) this.#nextTickMs = Math.ceil((nowMs - MAX_TICKS_MS) / SHORT_TICK_MS) * SHORT_TICK_MS
    while (this.#nextTickMs <= nowMs || this.#waiting.nextDueMs <= nowMs) {
      if (this.#waiting.nextDueMs < this.#nextTickMs) {
        this.nowMs = Math.max(this.nowMs, this.#waiting.nextDueMs)
        this.#waiting.release((slot, report) => this.#placeInOrder(slot, report))
      } else {
        this.nowMs = this.#nextTickMs
        this.#nextTickMs += SHORT_TICK_MS
        this.#watch.onShortTick(this.nowMs)
        if (this.nowMs % TICK_MS === 0) {
          age(this.picture, this.nowMs)
          this.#watch.onTick(this.nowMs)
        }
      }
    }
    this.nowMs = nowMs
  }

  flush(): void {
    while (this.#waiting.nextDueMs !== Number.POSITIVE_INFINITY) this.advanceTo(Math.max(this.#waiting.nextDueMs, this.nowMs + 1))
  }

  feedCounts(feed: number): FeedCounts {
    const state = this.#feeds[feed]
    if (!state) throw new RangeError(`feed ${feed} was never opened`)
    return countsOf(state)
  }

  stations(): readonly StationHealth[] {
    return this.#stations.health()
  }

  isWatched(mmsi: number): boolean {
    return this.watched.has(mmsi)
  }

  validate(): string[] {
    return [...this.picture.validate(), ...this.#watch.validate()]
  }

  save(out: BulkOut): unknown {
    const used = this.picture.highWater
    return {
      nowMs: this.nowMs,
      nextTickMs: this.#nextTickMs,
      picture: this.picture.save(out),
      duplicates: this.#duplicates.save(out),
      plausibility: this.#plausibility.save(out),
      waiting: this.#waiting.save(out),
      feeds: this.#feeds.map(saveFeed),
      stations: this.#stations.save(),
      heardOn: out.copy(this.#heardOn.subarray(0, used)),
      youngestSentMs: out.copy(this.#youngestSentMs.subarray(0, used)),
      youngestReceivedMs: out.copy(this.#youngestReceivedMs.subarray(0, used)),
      watched: [...this.watched],
      permits: this.#permits,
      counts: { ...this.counts },
      watch: this.#watch.save(out),
    }
  }

  restore(saved: unknown, from: BulkIn): void {
    const state = saved as ReturnType<typeof savedShape>
    this.nowMs = state.nowMs
    this.#nextTickMs = state.nextTickMs
    this.picture.restore(state.picture, from)
    this.#duplicates.restore(state.duplicates, from)
    this.#plausibility.restore(state.plausibility, from)
    for (const saved of state.feeds) restoreFeed(this.#feeds[this.feed(saved.name, saved.network)]!, saved)
    this.#stations.restore(state.stations, this.nowMs)
    fill(this.#heardOn, from, state.heardOn)
    fill(this.#youngestSentMs, from, state.youngestSentMs)
    fill(this.#youngestReceivedMs, from, state.youngestReceivedMs)
    for (const mmsi of state.watched) this.watched.add(mmsi)
    this.#permits = state.permits
    Object.assign(this.counts, state.counts)
    this.#watch.restore(state.watch, from)
    this.#waiting.restore(state.waiting, from)
  }

  #streamFor(feed: number): AisStream {
    const { refused } = this.#options
    return createAisStream({
      message: record => this.#message(record),
      ...(refused ? { refused: (reason, _line, bytes, from, to) => refused(feed, reason, bytes, from, to) } : {}),
    })
  }

  #message(record: AisRecord): void {
    const feed = this.#feeds[this.#feed]!
    if (this.#options.clock === 'source') {
      const told = Number.isNaN(record.sourceTimeMs) ? record.baseStationTimeMs : record.sourceTimeMs
      if (!Number.isNaN(told)) this.advanceTo(told)
    }
    this.counts.messages++
    const station = record.station === 0 ? 0 : this.#stationOf(feed, record.station)
    if (!Number.isNaN(record.sourceTimeMs)) noteLatency(feed, this.nowMs - record.sourceTimeMs)
    if (station > 0) this.#stations.heard(station, this.nowMs)
    if (record.mmsi === 0) {
      if (record.hasPosition) this.counts.nowhere++
      return
    }
    if (hasStatics(record)) this.static(record.mmsi, factsOf(record), this.nowMs)
    if (record.type === 12 || record.type === 14) this.#text(record)
    if (!record.hasPosition) return
    this.counts.positions++
    const now = this.#now
    now.mmsi = record.mmsi
    now.stationClass = classOf(record, this.picture)
    now.network = feed.network
    now.feed = this.#feed
    now.station = station
    // What is stamped ahead of receipt is not believed, and says nothing of other clocks.
    this.#arrival.stampMs = record.sourceTimeMs <= this.nowMs ? record.sourceTimeMs : Number.NaN
    const stampMs = feed.clocks[station]?.right(record.sourceTimeMs, this.nowMs) ?? record.sourceTimeMs
    now.sentAtMs = eventTimeMs(stampMs, this.nowMs, record.type === 27 ? 60 : record.second)
    now.receivedAtMs = this.nowMs
    now.mark = this.#mark
    takeRecord(now, record)
    this.#take(now, record.payloadHash, true, !Number.isNaN(record.sourceTimeMs))
  }

  /** A distress beacon says that it is active in its status too, and may say so before it knows where it is. */
  #text(record: AisRecord): void {
    let words = ''
    for (let n = 0; n < record.text.length; n++) words += String.fromCharCode(record.text.bytes[n]!)
    this.#watch.onText(record.mmsi, words, eventTimeMs(record.sourceTimeMs, this.nowMs, 60), this.nowMs, this.#mark)
  }

  /** Fusion begins: nowhere? heard before? in order? */
  #take(now: PositionReport, hash: number, isBits: boolean, hasTime: boolean): void {
    if (
      now.lat600k === NA_LAT_600K ||
      now.lon600k === NA_LON_600K ||
      now.lat600k > 54_000_000 ||
      now.lat600k < -54_000_000 ||
      now.lon600k > 108_000_000 ||
      now.lon600k < -108_000_000
    ) {
      this.counts.nowhere++
      if (now.stationClass === STATION_CLASS.DISTRESS && now.navigationStatus === 14)
        this.#watch.onText(now.mmsi, 'ACTIVE', now.sentAtMs, this.nowMs, now.mark)
      return
    }
    this.#watch.onHeard(now.station, now.feed, now.sentAtMs, this.nowMs)
    const isMoving = now.sogDeciknots > 5 && now.sogDeciknots !== NA_SOG_DECIKNOTS
    const arrival = this.#arrival
    arrival.receivedAtMs = this.nowMs
    arrival.source = (now.feed << 16) | now.station
    if (this.#duplicates.isCopy(hash, now.mmsi, now.sentAtMs, isBits && isMoving, arrival)) {
      this.counts.duplicates++
      if (isMoving) this.#compareClocks()
      const known = this.picture.slotOf(now.mmsi)
      if (known >= 0) this.#watch.onCopy(known, now.station, now.feed, now.sentAtMs)
      return
    }
    const slot = this.picture.openSlot(now.mmsi)
    this.#keepWatchFlag(slot, now.mmsi)
    const feed = this.#feeds[now.feed]!
    const { lateness } = feed
    const tookMs = this.nowMs - now.sentAtMs
    noteTook(feed, tookMs)
    if (now.sentAtMs >= this.#youngestSentMs[slot]!) {
      lateness.note(0)
      this.#youngestSentMs[slot] = now.sentAtMs
      this.#youngestReceivedMs[slot] = this.nowMs
    } else {
      // How long the first younger one would have had to wait for this one: the youngest one known came later than that first one, so what this one took beyond
      // the feed's quickest counts too. Without a time of the source only her own second tells the order, and a careless set’s second must not hold up a feed.
      const behindMs = this.nowMs - this.#youngestReceivedMs[slot]!
      lateness.note(hasTime ? Math.max(behindMs, Math.min(MAX_WAIT_MS, tookMs - feed.quickestMs)) : Math.min(behindMs, BARE_WAIT_MS))
    }
    this.#heardOn[slot]! |= 1 << (now.feed & 31)
    const waitMs = this.#waitFor(slot, hasTime ? now.sentAtMs : Number.NaN)
    // Who calls for help waits for nobody.
    if ((waitMs === 0 && !this.#waiting.has(slot)) || now.stationClass === STATION_CLASS.DISTRESS) this.#placeInOrder(slot, now)
    else this.#waiting.add(slot, now, this.nowMs + waitMs)
  }

  /** Two sources stamped the same transmission: is one of their clocks wrong? */
  #compareClocks(): void {
    const { source, stampMs } = this.#arrival
    const { firstSource, firstStampMs } = this.#duplicates
    if (source !== firstSource && stampMs > 0 && firstStampMs > 0)
      compareClocks(this.#clockOf(source), stampMs, this.#clockOf(firstSource), firstStampMs, this.nowMs)
  }

  #clockOf(source: number): SourceClock {
    return clockAt(this.#feeds[source >>> 16]!.clocks, source & 0xffff)
  }

  /**
   * How long for earlier reports: the longest lateness among the feeds this ship is heard on. What was itself long under way, by the source's own time, has
   * waited that much already.
   */
  #waitFor(slot: Slot, sentAtMs: number): number {
    let waitMs = 0
    let quickestMs = 0
    let feeds = this.#heardOn[slot]!
    for (let feed = 0; feeds !== 0; feed++, feeds >>>= 1) {
      const one = (feeds & 1) !== 0 ? this.#feeds[feed] : undefined
      if (!one || one.lateness.waitMs === 0) continue
      waitMs = Math.max(waitMs, one.lateness.waitMs)
      quickestMs = Math.max(quickestMs, one.quickestMs)
    }
    return waitMs === 0 || Number.isNaN(sentAtMs) ? waitMs : Math.max(0, Math.min(waitMs, sentAtMs + quickestMs + waitMs - this.nowMs))
  }

  #placeInOrder(slot: Slot, report: PositionReport): void {
    const { picture } = this
    // Whoever judges knows it only now, when the waiting is over.
    report.receivedAtMs = Math.max(report.receivedAtMs, this.nowMs)
    const newestMs = picture.sentAtMs[slot]!
    // Two hulls under one number may send in the same second: the other one's report is a stray, not a late one.
    if (newestMs !== 0 && (report.sentAtMs < newestMs || (report.sentAtMs === newestMs && !this.#plausibility.isElsewhere(slot, report)))) {
      this.counts.late++
      this.#options.archive?.(report, 2)
      this.#watch.onLateReport(slot, report)
      return
    }
    const verdict = this.#plausibility.judge(slot, report)
    if (verdict.kind === 'stray') {
      this.counts.strays++
      picture.setFlags(slot, FLAG.DOUBTFUL, 0)
      this.#options.archive?.(report, 1)
      this.#watch.onStray(slot, verdict.stray)
      return
    }
    const previous = this.#previous
    takeSlot(previous, picture, slot)
    if (verdict.kind === 'adopted') previous.sentAtMs = 0
    picture.place(slot, report)
    this.#options.archive?.(report, 0)
    this.#watch.onReport(slot, report, previous)
  }

  /** What the picture shows of a finding that is a state of the ship. */
  #found(event: FindingEvent): void {
    const flag = event.finding.detector === 'signal-lost' ? FLAG.LOST : event.finding.detector === 'number-shared' ? FLAG.SHARED_NUMBER : 0
    if (flag !== 0) {
      const isOn = event.finding.to === undefined && event.finding.withdrawnAt === undefined
      for (const subject of event.finding.subjects) {
        const slot = subject.kind === 'ship' ? this.picture.slotOf(Number(subject.id)) : -1
        if (slot >= 0) this.picture.setFlags(slot, isOn ? flag : 0, isOn ? 0 : flag)
      }
    }
    this.#options.sink(event)
  }

  #keepWatchFlag(slot: Slot, mmsi: number): void {
    if (this.watched.size > 0 && (this.picture.flags[slot]! & FLAG.WATCHED) === 0 && this.watched.has(mmsi))
      this.picture.setFlags(slot, FLAG.WATCHED, 0)
  }

  #stationOf(feed: Feed, inStream: number): number {
    const known = feed.stations[inStream]
    if (known !== undefined) return known
    const index = this.#stations.of(feed.stream.stations[inStream] ?? '', this.#feed, this.nowMs)
    feed.stations[inStream] = index
    return index
  }
}

/** Only for its type: what save() gives. */
declare function savedShape(): {
  nowMs: number
  nextTickMs: number
  picture: unknown
  duplicates: unknown
  plausibility: unknown
  waiting: unknown
  feeds: readonly SavedFeed[]
  stations: SavedStations
  heardOn: number
  youngestSentMs: number
  youngestReceivedMs: number
  watched: number[]
  permits: readonly Permit[]
  counts: PassCounts
  watch: unknown
}
