// From a decoded message, an object or the picture into the one reused report.
// HOT PATH: stores only; nothing is allocated.
import { type AisRecord, NA_COG_DECIDEGREES, NA_HEADING_DEG, NA_NAVIGATION_STATUS, NA_ROT_RAW, NA_SOG_DECIKNOTS } from '#wire/ais/index.ts'
import type { ObjectReport } from './pass-contract.ts'
import type { Slot } from './picture/columns.ts'
import type { Picture } from './picture/picture.ts'
import { NETWORK, type Network, type PositionReport } from './report.ts'
import { STATION_CLASS, type StationClass } from './schema.ts'

export const emptyReport = (): PositionReport => ({
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

/** Place and course as the message has them. */
export function takeRecord(to: PositionReport, record: AisRecord): void {
  to.lat600k = record.lat600k
  to.lon600k = record.lon600k
  to.sogDeciknots = record.sogDeciknots
  to.cogDecidegrees = record.cogDecidegrees
  to.headingDeg = record.headingDeg
  to.rotRaw = record.rotRaw
  to.navigationStatus = record.navigationStatus
  to.accurate = record.accurate
}

/** Place and course, in the units of the messages. */
export function takeObject(to: PositionReport, from: ObjectReport): void {
  to.lat600k = Math.round(from.lat * 600_000)
  to.lon600k = Math.round(from.lon * 600_000)
  to.sogDeciknots = from.sogKn === undefined ? NA_SOG_DECIKNOTS : Math.min(1022, Math.round(from.sogKn * 10))
  to.cogDecidegrees = from.cogDeg === undefined ? NA_COG_DECIDEGREES : Math.round(from.cogDeg * 10) % 3600
  to.headingDeg = from.headingDeg === undefined ? NA_HEADING_DEG : Math.round(from.headingDeg) % 360
  to.rotRaw = NA_ROT_RAW
  to.navigationStatus = from.navigationStatus ?? NA_NAVIGATION_STATUS
  to.accurate = false
}

/** The ship's newest accepted report, as the picture holds it. */
export function takeSlot(to: PositionReport, picture: Picture, slot: Slot): void {
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

/** By message type and number; of a long-range message, what the picture knows of the ship. */
export function classOf(record: AisRecord, picture: Picture): StationClass {
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
      const slot = picture.slotOf(record.mmsi)
      return slot >= 0 && picture.sentAtMs[slot] !== 0 ? (picture.stationClass[slot] as StationClass) : STATION_CLASS.LONG_RANGE
    }
    default: {
      const head = Math.floor(record.mmsi / 1_000_000)
      return head === 970 || head === 972 || head === 974 ? STATION_CLASS.DISTRESS : STATION_CLASS.A
    }
  }
}
