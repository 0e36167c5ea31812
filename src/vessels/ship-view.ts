// A ship as the API gives her: units in the names, times ISO 8601, 'not available' left out.
import type { Finding } from '#rules/index.ts'
import { LEVELS } from '#rules/index.ts'
import type { Pass } from './pass-contract.ts'
import { FLAG, type PictureColumns, type Slot } from './picture/columns.ts'
import { NETWORK } from './report.ts'

export const iso = (ms: number): string => new Date(ms).toISOString()
const round = (value: number, digits: number): number => Number(value.toFixed(digits))

export function kinematicsView(picture: PictureColumns, slot: Slot) {
  if (picture.sentAtMs[slot] === 0) return {}
  const [sog, cog, heading, nav] = [
    picture.sogDeciknots[slot]!,
    picture.cogDecidegrees[slot]!,
    picture.headingDeg[slot]!,
    picture.navigationStatus[slot]!,
  ]
  return {
    lat: round(picture.lat600k[slot]! / 600_000, 6),
    lon: round(picture.lon600k[slot]! / 600_000, 6),
    sentAt: iso(picture.sentAtMs[slot]!),
    receivedAt: iso(picture.receivedAtMs[slot]!),
    ...(sog === 1023 ? {} : { sogKn: sog / 10 }),
    ...(cog >= 3600 ? {} : { cogDeg: cog / 10 }),
    ...(heading >= 360 ? {} : { headingDeg: heading }),
    ...(nav === 15 ? {} : { navigationStatus: nav }),
  }
}

export function identityView(picture: PictureColumns, slot: Slot) {
  return {
    mmsi: picture.mmsi[slot]!,
    stationClass: picture.stationClass[slot]!,
    ...(picture.name[slot] ? { name: picture.name[slot] } : {}),
    ...(picture.callSign[slot] ? { callSign: picture.callSign[slot] } : {}),
    ...(picture.imoNumber[slot] ? { imoNumber: picture.imoNumber[slot] } : {}),
    ...(picture.shipType[slot] ? { shipType: picture.shipType[slot] } : {}),
    ...(picture.lengthM[slot] ? { lengthM: picture.lengthM[slot] } : {}),
    ...(picture.beamM[slot] ? { beamM: picture.beamM[slot] } : {}),
  }
}

export function shipView(pass: Pass, slot: Slot, findings: readonly Finding[]) {
  const { picture } = pass
  const flags = picture.flags[slot]!
  const eta = picture.eta[slot]!
  return {
    ...identityView(picture, slot),
    ...kinematicsView(picture, slot),
    watched: (flags & FLAG.WATCHED) !== 0,
    lost: (flags & FLAG.LOST) !== 0,
    stale: (flags & FLAG.STALE) !== 0,
    doubtful: (flags & FLAG.DOUBTFUL) !== 0,
    numberShared: (flags & FLAG.SHARED_NUMBER) !== 0,
    network: picture.network[slot] === NETWORK.SATELLITE ? 'satellite' : 'coast',
    feed: pass.feedNames[picture.feed[slot]!],
    ...(picture.station[slot] ? { station: pass.stationNames[picture.station[slot]!] } : {}),
    ...(picture.draughtDecimetres[slot] ? { draughtM: picture.draughtDecimetres[slot]! / 10 } : {}),
    ...(picture.destination[slot] ? { destination: picture.destination[slot] } : {}),
    ...(picture.staticAtMs[slot] ? { staticAt: iso(picture.staticAtMs[slot]!) } : {}),
    // Month 0, day 0, hour 24 and minute 60 are 'not available'.
    ...(eta !== 0 && eta >> 16 > 0 && ((eta >> 11) & 31) > 0 && ((eta >> 6) & 31) < 24 && (eta & 63) < 60
      ? { eta: { month: eta >> 16, day: (eta >> 11) & 31, hour: (eta >> 6) & 31, minute: eta & 63 } }
      : {}),
    findings: findings.map(finding => ({
      detector: finding.detector,
      subjects: finding.subjects.map(subject => ({ ...subject, label: nameOf(pass, subject.kind, subject.id) ?? subject.id })),
      numbers: finding.numbers,
      level: LEVELS[finding.severity],
      from: iso(finding.from),
      ...(finding.to === undefined ? {} : { to: iso(finding.to) }),
      why: finding.why,
    })),
  }
}

const nameOf = ({ picture }: Pass, kind: string, id: string): string | undefined => {
  const slot = kind === 'ship' ? picture.slotOf(Number(id)) : -1
  return slot >= 0 ? picture.name[slot] || undefined : undefined
}
