// From received bytes to findings in one call stack: decode → when was it sent, heard before, in order, possible → picture → detectors.
// HOT PATH: nothing is allocated for a message that arrives in order from a known ship (bench/vessels-whole-path.ts).
import type { AreaIndex } from '#places/index.ts'
import { createAreaIndex } from '#places/index.ts'
import type { FindingEvent } from '#rules/index.ts'
import {
  type AisRecord,
  type AisStream,
  createAisStream,
  NA_COG_DECIDEGREES,
  NA_HEADING_DEG,
  NA_LAT_600K,
  NA_LON_600K,
  NA_NAVIGATION_STATUS,
  NA_ROT_RAW,
  NA_SOG_DECIKNOTS,
} from '#wire/ais/index.ts'
import { createWatch, type Watch } from './detectors/index.ts'
import { Duplicates } from './fusion/duplicates.ts'
import { eventTimeMs } from './fusion/event-time.ts'
import { Lateness, WaitingRoom } from './fusion/order.ts'
import { Plausibility } from './fusion/plausible.ts'
import { factsOf, hasStatics } from './fusion/statics.ts'
import type { Control, FeedCounts, ObjectReport, Pass, PassCounts, PassOptions, Permit, StationHealth } from './pass-contract.ts'
import { age } from './picture/ageing.ts'
import { FLAG, type Slot } from './picture/columns.ts'
import { Picture, type StaticFacts } from './picture/picture.ts'
import { NETWORK, type Network, type PositionReport, STATION_CLASS, type StationClass } from './report.ts'

const TICK_MS = 60_000
/** For those who cannot wait a minute: a feed that has stopped. */
const SHORT_TICK_MS = 5000
/** After a gap in the clock only the last day's minutes are ticked. */
const MAX_TICKS_MS = 24 * 60 * TICK_MS
export const DEFAULT_CAPACITY = 200_000
/** Bare sentences are waited for no longer than this. */
const BARE_WAIT_MS = 1000
const MAX_STATIONS = 65_000
const LATENCIES = 64

interface Feed {
  readonly name: string
  readonly network: Network
  stream: AisStream
  /** Index in the stream's stations → index in the pass's. */
  stations: number[]
  readonly lateness: Lateness
  /** Counts of streams before a reconnection. */
  before: FeedCounts | undefined
  readonly latencies: Float64Array
  latencyAt: number
}

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
  readonly stationNames: string[] = ['']
  readonly #stationIndex = new Map<string, number>([['', 0]])
  readonly #stationFeed: number[] = [0]
  readonly #stationLastMs: number[] = [0]
  readonly #stationMessages: number[] = [0]
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

  get faults(): ReadonlyMap<string, number> {
    return this.#watch.faults
  }

  feed(name: string, network: Network = NETWORK.COAST): number {
    const known = this.feedNames.indexOf(name)
    if (known >= 0) return known
    const index = this.#feeds.length
    this.feedNames.push(name)
    this.#feeds.push({
      name,
      network,
      stream: this.#streamFor(index),
      stations: [0],
      lateness: new Lateness(),
      before: undefined,
      latencies: new Float64Array(LATENCIES).fill(Number.NaN),
      latencyAt: 0,
    })
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
    this.#watch.onFeedHeard(feed, this.nowMs)
    state.stream.push(chunk, this.nowMs)
  }

  end(feed: number): void {
    this.#feed = feed
    this.#feeds[feed]?.stream.end(this.nowMs)
  }

  report(feed: number, from: ObjectReport, mark: number): void {
    this.advanceTo(from.receivedAtMs)
    this.#feed = feed
    this.#watch.onFeedHeard(feed, this.nowMs)
    this.counts.messages++
    const now = this.#now
    now.mmsi = from.mmsi
    now.stationClass = from.stationClass
    now.network = from.network
    now.feed = feed
    now.station = this.#station(from.station ?? '', feed)
    now.sentAtMs = from.sentAtMs
    now.receivedAtMs = this.nowMs
    now.mark = mark
    now.lat600k = Math.round(from.lat * 600_000)
    now.lon600k = Math.round(from.lon * 600_000)
    now.sogDeciknots = from.sogKn === undefined ? NA_SOG_DECIKNOTS : Math.min(1022, Math.round(from.sogKn * 10))
    now.cogDecidegrees = from.cogDeg === undefined ? NA_COG_DECIDEGREES : Math.round(from.cogDeg * 10) % 3600
    now.headingDeg = from.headingDeg === undefined ? NA_HEADING_DEG : Math.round(from.headingDeg) % 360
    now.rotRaw = NA_ROT_RAW
    now.navigationStatus = from.navigationStatus ?? NA_NAVIGATION_STATUS
    now.accurate = false
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
    else if (entry.control === 'feed-stopped') this.#watch.onFeedStopped(entry.feed)
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
    const { counts } = state.stream
    const before = state.before
    const known = state.latencies.filter(ms => !Number.isNaN(ms)).sort()
    return {
      sentences: counts.sentences + (before?.sentences ?? 0),
      messages: counts.messages + (before?.messages ?? 0),
      other: counts.other + (before?.other ?? 0),
      refused: before ? sum(counts.refused, before.refused) : { ...counts.refused },
      latencyMs: known[known.length >> 1] ?? Number.NaN,
    }
  }

  stations(): readonly StationHealth[] {
    return this.stationNames.slice(1).map((name, n) => ({
      name,
      feed: this.#stationFeed[n + 1] ?? 0,
      lastAtMs: this.#stationLastMs[n + 1] ?? 0,
      messages: this.#stationMessages[n + 1] ?? 0,
    }))
  }

  isWatched(mmsi: number): boolean {
    return this.watched.has(mmsi)
  }

  validate(): string[] {
    return [...this.picture.validate(), ...this.#watch.validate()]
  }

  save(): unknown {
    return {
      nowMs: this.nowMs,
      nextTickMs: this.#nextTickMs,
      picture: this.picture.save(),
      plausibility: this.#plausibility.save(),
      waiting: this.#waiting.save(),
      feeds: this.#feeds.map(feed => ({ name: feed.name, network: feed.network, lateness: feed.lateness.save() })),
      stations: { names: this.stationNames, feed: this.#stationFeed, last: this.#stationLastMs, messages: this.#stationMessages },
      heardOn: this.#heardOn.slice(0, this.picture.highWater),
      youngestSentMs: this.#youngestSentMs.slice(0, this.picture.highWater),
      youngestReceivedMs: this.#youngestReceivedMs.slice(0, this.picture.highWater),
      watched: [...this.watched],
      permits: this.#permits,
      counts: { ...this.counts },
      watch: this.#watch.save(),
    }
  }

  restore(saved: unknown): void {
    const state = saved as ReturnType<typeof savedShape>
    this.nowMs = state.nowMs
    this.#nextTickMs = state.nextTickMs
    this.picture.restore(state.picture)
    this.#plausibility.restore(state.plausibility)
    for (const feed of state.feeds) this.#feeds[this.feed(feed.name, feed.network)]?.lateness.restore(feed.lateness)
    for (const [n, name] of state.stations.names.entries()) {
      this.#station(name, state.stations.feed[n] ?? 0)
      this.#stationLastMs[n] = state.stations.last[n] ?? 0
      this.#stationMessages[n] = state.stations.messages[n] ?? 0
    }
    this.#heardOn.set(state.heardOn)
    this.#youngestSentMs.set(state.youngestSentMs)
    this.#youngestReceivedMs.set(state.youngestReceivedMs)
    for (const mmsi of state.watched) this.watched.add(mmsi)
    this.#permits = state.permits
    Object.assign(this.counts, state.counts)
    this.#watch.restore(state.watch)
    this.#waiting.restore(state.waiting)
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
    if (!Number.isNaN(record.sourceTimeMs)) feed.latencies[feed.latencyAt++ % LATENCIES] = this.nowMs - record.sourceTimeMs
    if (station > 0) {
      this.#stationLastMs[station] = this.nowMs
      this.#stationMessages[station]!++
    }
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
    now.stationClass = this.#classOf(record)
    now.network = feed.network
    now.feed = this.#feed
    now.station = station
    now.sentAtMs = eventTimeMs(record.sourceTimeMs, this.nowMs, record.type === 27 ? 60 : record.second)
    now.receivedAtMs = this.nowMs
    now.mark = this.#mark
    now.lat600k = record.lat600k
    now.lon600k = record.lon600k
    now.sogDeciknots = record.sogDeciknots
    now.cogDecidegrees = record.cogDecidegrees
    now.headingDeg = record.headingDeg
    now.rotRaw = record.rotRaw
    now.navigationStatus = record.navigationStatus
    now.accurate = record.accurate
    this.#take(now, record.payloadHash, true, !Number.isNaN(record.sourceTimeMs))
  }

  /** A distress beacon says that it is active in its status too, and may say so before it knows where it is. */
  #text(record: AisRecord): void {
    let words = ''
    for (let n = 0; n < record.text.length; n++) words += String.fromCharCode(record.text.bytes[n]!)
    this.#watch.onText(record.mmsi, words, eventTimeMs(record.sourceTimeMs, this.nowMs, 60), this.nowMs, this.#mark)
  }

  #classOf(record: AisRecord): StationClass {
    switch (record.type) {
      case 4:
      case 17:
        return STATION_CLASS.BASE_STATION
      case 9:
        return STATION_CLASS.SAR_AIRCRAFT
      case 18:
      case 19:
        return STATION_CLASS.B
      case 21:
        return STATION_CLASS.AID_TO_NAVIGATION
      case 27: {
        const slot = this.picture.slotOf(record.mmsi)
        return slot >= 0 && this.picture.sentAtMs[slot] !== 0 ? (this.picture.stationClass[slot] as StationClass) : STATION_CLASS.LONG_RANGE
      }
      default: {
        const head = Math.floor(record.mmsi / 1_000_000)
        return head === 970 || head === 972 || head === 974 ? STATION_CLASS.DISTRESS : STATION_CLASS.A
      }
    }
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
    this.#watch.onHeard(now.station, now.sentAtMs)
    const isMoving = now.sogDeciknots > 5 && now.sogDeciknots !== NA_SOG_DECIKNOTS
    if (this.#duplicates.isCopy(hash, now.mmsi, now.sentAtMs, isBits && isMoving)) {
      this.counts.duplicates++
      return
    }
    const slot = this.picture.openSlot(now.mmsi)
    this.#keepWatchFlag(slot, now.mmsi)
    const lateness = this.#feeds[now.feed]!.lateness
    if (now.sentAtMs >= this.#youngestSentMs[slot]!) {
      lateness.note(0)
      this.#youngestSentMs[slot] = now.sentAtMs
      this.#youngestReceivedMs[slot] = this.nowMs
    } else {
      // Without a time of the source only her own second tells the order, and a careless set’s second must not hold up a whole feed.
      const behindMs = this.nowMs - this.#youngestReceivedMs[slot]!
      lateness.note(hasTime ? behindMs : Math.min(behindMs, BARE_WAIT_MS))
    }
    this.#heardOn[slot]! |= 1 << (now.feed & 31)
    const waitMs = this.#waitFor(slot)
    // Who calls for help waits for nobody.
    if ((waitMs === 0 && !this.#waiting.has(slot)) || now.stationClass === STATION_CLASS.DISTRESS) this.#placeInOrder(slot, now)
    else this.#waiting.add(slot, now, this.nowMs + waitMs)
  }

  /** The longest lateness among the feeds this ship is heard on. */
  #waitFor(slot: Slot): number {
    let waitMs = 0
    let feeds = this.#heardOn[slot]!
    for (let feed = 0; feeds !== 0; feed++, feeds >>>= 1)
      if ((feeds & 1) !== 0) waitMs = Math.max(waitMs, this.#feeds[feed]?.lateness.waitMs ?? 0)
    return waitMs
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
    this.#copyOut(slot, previous)
    if (verdict.kind === 'adopted') previous.sentAtMs = 0
    picture.place(slot, report)
    this.#options.archive?.(report, 0)
    this.#watch.onReport(slot, report, previous)
  }

  #copyOut(slot: Slot, to: PositionReport): void {
    const { picture } = this
    to.mmsi = picture.mmsi[slot]!
    to.stationClass = picture.stationClass[slot] as StationClass
    to.network = picture.network[slot] as Network
    to.feed = picture.feed[slot]!
    to.station = picture.station[slot]!
    to.sentAtMs = picture.sentAtMs[slot]!
    to.receivedAtMs = picture.receivedAtMs[slot]!
    to.mark = picture.mark[slot]!
    to.lat600k = picture.lat600k[slot]!
    to.lon600k = picture.lon600k[slot]!
    to.sogDeciknots = picture.sogDeciknots[slot]!
    to.cogDecidegrees = picture.cogDecidegrees[slot]!
    to.headingDeg = picture.headingDeg[slot]!
    to.rotRaw = picture.rotRaw[slot]!
    to.navigationStatus = picture.navigationStatus[slot]!
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
    const index = this.#station(feed.stream.stations[inStream] ?? '', this.#feed)
    feed.stations[inStream] = index
    return index
  }

  #station(name: string, feed: number): number {
    const known = this.#stationIndex.get(name)
    if (known !== undefined) return known
    if (this.stationNames.length >= MAX_STATIONS) return 0
    const index = this.stationNames.length
    this.stationNames.push(name)
    this.#stationIndex.set(name, index)
    this.#stationFeed.push(feed)
    this.#stationLastMs.push(this.nowMs)
    this.#stationMessages.push(0)
    return index
  }
}

/** Only for its type: what save() gives. */
declare function savedShape(): {
  nowMs: number
  nextTickMs: number
  picture: unknown
  plausibility: unknown
  waiting: unknown
  feeds: { name: string; network: Network; lateness: unknown }[]
  stations: { names: string[]; feed: number[]; last: number[]; messages: number[] }
  heardOn: Uint32Array
  youngestSentMs: Float64Array
  youngestReceivedMs: Float64Array
  watched: number[]
  permits: readonly Permit[]
  counts: PassCounts
  watch: unknown
}

const emptyReport = (): PositionReport => ({
  mmsi: 0,
  stationClass: STATION_CLASS.A,
  network: NETWORK.COAST,
  feed: 0,
  station: 0,
  sentAtMs: 0,
  receivedAtMs: 0,
  mark: -1,
  lat600k: 0,
  lon600k: 0,
  sogDeciknots: NA_SOG_DECIKNOTS,
  cogDecidegrees: NA_COG_DECIDEGREES,
  headingDeg: NA_HEADING_DEG,
  rotRaw: NA_ROT_RAW,
  navigationStatus: NA_NAVIGATION_STATUS,
  accurate: false,
})

const sum = <Key extends string>(a: Readonly<Record<Key, number>>, b: Readonly<Record<Key, number>>): Record<Key, number> => {
  const total = { ...a } as Record<Key, number>
  for (const key in b) total[key] = (total[key] ?? 0) + b[key]
  return total
}
