// Where ships were: tracks, stays, who was near, the picture of a moment, how much was heard when.
import { Type } from 'typebox'
import { auditStatement, authorOf } from '#access/index.ts'
import type { Clock, Grant } from '#base/index.ts'
import { badInput, type Http } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import { FRAME_KIND, HEADER_BYTES, RECORD_BYTES, writeHeader, writePastShip } from './live-frames.ts'
import type { Pass } from './pass-contract.ts'
import { FLAG } from './picture/columns.ts'
import { iso } from './ship-view.ts'
import type { TrackArchive, TrackPoint } from './tracks/archive-contract.ts'
import { staysOf, thinned } from './tracks/stays.ts'

export interface PastRoutesOptions {
  readonly http: Http
  readonly pass: Pass
  readonly tracks: TrackArchive
  readonly store: Store
  readonly clock: Clock
  /** Alarms raised in this time that the caller may see. */
  alarmsBetween(fromMs: number, toMs: number, grant: Grant): readonly { readonly atMs: number; readonly level: number }[]
  /** What a place is called: words, and the area where stopping is usual, if any. */
  placeAt(lat: number, lon: number): PlaceAt
}

export interface PlaceAt {
  readonly placeName?: { readonly ko: string; readonly en: string }
  readonly area?: { readonly id: string; readonly name: string; readonly kind: string }
}

const MAX_BINS = 1000
const MAX_TRACK_MS = 31 * 86_400_000
export const Mmsi = Type.Object({ mmsi: Type.Integer({ minimum: 1, maximum: 999_999_999 }) })
const Time = Type.String({ description: 'ISO 8601' })

export const pointView = (point: TrackPoint) => ({
  time: iso(point.sentAtMs),
  lat: Number((point.lat600k / 600_000).toFixed(6)),
  lon: Number((point.lon600k / 600_000).toFixed(6)),
  ...(point.sogDeciknots === 1023 ? {} : { sogKn: point.sogDeciknots / 10 }),
  ...(point.cogDecidegrees >= 3600 ? {} : { cogDeg: point.cogDecidegrees / 10 }),
  ...(point.headingDeg >= 360 ? {} : { headingDeg: point.headingDeg }),
  ...(point.navigationStatus === 15 ? {} : { navigationStatus: point.navigationStatus }),
  ...(point.standing === 1 ? { stray: true } : {}),
})

function spanOf(from: string, to: string, longestMs: number): [number, number] {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  if (Number.isNaN(fromMs) || Number.isNaN(toMs))
    throw badInput({
      ko: 'from과 to는 ISO 8601 시각이어야 합니다 (예: 2026-11-24T07:00:00Z)',
      en: 'from and to are times in ISO 8601, for example 2026-11-24T07:00:00Z',
    })
  if (toMs < fromMs) throw badInput({ ko: 'to가 from보다 앞섭니다', en: 'to lies before from' })
  if (toMs - fromMs > longestMs)
    throw badInput({ ko: `기간은 ${longestMs / 86_400_000}일 이내여야 합니다`, en: `at most ${longestMs / 86_400_000} days at once` })
  return [fromMs, toMs]
}

export function pastRoutes({ http, pass, tracks, store, clock, alarmsBetween, placeAt }: PastRoutesOptions): void {
  const span = { from: Time, to: Time }
  http.route({
    method: 'GET',
    path: '/api/ships/:mmsi/track',
    deed: 'ships.look',
    summary: 'Where she was',
    tag: 'past',
    params: Mmsi,
    query: Type.Object({
      ...span,
      strays: Type.Optional(Type.Boolean()),
      every: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600, description: 'seconds: at most one point in so many' })),
    }),
    answer: Type.Array(
      Type.Object({
        time: Type.String(),
        lat: Type.Number(),
        lon: Type.Number(),
        sogKn: Type.Optional(Type.Number()),
        cogDeg: Type.Optional(Type.Number()),
      }),
    ),
    async handle({ params, query }) {
      const [fromMs, toMs] = spanOf(query.from, query.to, MAX_TRACK_MS)
      const points = await tracks.track(params.mmsi, fromMs, toMs, { strays: query.strays ?? false })
      return (query.every === undefined ? points : thinned(points, query.every * 1000)).map(pointView)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/ships/:mmsi/stays',
    deed: 'ships.look',
    summary: 'Where she stopped for half an hour or more',
    tag: 'past',
    params: Mmsi,
    query: Type.Object(span),
    answer: Type.Array(
      Type.Object({
        from: Type.String(),
        to: Type.Optional(Type.String({ description: 'absent: she is still there' })),
        lat: Type.Number(),
        lon: Type.Number(),
        placeName: Type.Optional(Type.Object({ ko: Type.String(), en: Type.String() })),
        area: Type.Optional(Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String() })),
      }),
    ),
    async handle({ params, query }) {
      const [fromMs, toMs] = spanOf(query.from, query.to, MAX_TRACK_MS)
      const stays = staysOf(await tracks.track(params.mmsi, fromMs, toMs), Math.min(toMs, clock.now()))
      return stays.map(stay => ({
        from: iso(stay.fromMs),
        ...(stay.toMs === undefined ? {} : { to: iso(stay.toMs) }),
        lat: Number(stay.lat.toFixed(5)),
        lon: Number(stay.lon.toFixed(5)),
        ...placeAt(stay.lat, stay.lon),
      }))
    },
  })
  http.route({
    method: 'GET',
    path: '/api/near',
    deed: 'ships.look',
    summary: 'Which ships were near a place',
    tag: 'past',
    query: Type.Object({
      lat: Type.Number(),
      lon: Type.Number(),
      within: Type.Number({ minimum: 1, maximum: 100_000, description: 'metres' }),
      ...span,
    }),
    answer: Type.Array(Type.Object({ mmsi: Type.Integer(), nearestM: Type.Number(), nearestAt: Type.String(), points: Type.Integer() })),
    async handle({ query }) {
      const [fromMs, toMs] = spanOf(query.from, query.to, MAX_TRACK_MS)
      const hits = await tracks.near(query.lat, query.lon, query.within, fromMs, toMs)
      return hits.map(({ mmsi, nearestM, nearestAtMs, points }) => {
        const slot = pass.picture.slotOf(mmsi)
        return {
          mmsi,
          ...(slot >= 0 && pass.picture.name[slot] ? { name: pass.picture.name[slot] } : {}),
          nearestM: Math.round(nearestM),
          nearestAt: iso(nearestAtMs),
          points,
        }
      })
    },
  })
  http.route({
    method: 'GET',
    path: '/api/past',
    deed: 'ships.look',
    summary: 'The picture of a moment, as a live snapshot frame',
    tag: 'past',
    query: Type.Object({ at: Time, west: Type.Number(), south: Type.Number(), east: Type.Number(), north: Type.Number() }),
    produces: 'application/octet-stream',
    async handle({ query, caller }) {
      const [atMs] = spanOf(query.at, query.at, MAX_TRACK_MS)
      const points = await tracks.past(atMs, query)
      void store
        .write([auditStatement({ atMs: clock.now(), ...authorOf(caller), deed: 'past.look', thing: query.at })])
        .catch(() => undefined)
      return pastFrame(points, pass, atMs)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/timeline',
    deed: 'alarms.look',
    summary: 'How much was heard when, and the alarms',
    tag: 'past',
    query: Type.Object({ ...span, bins: Type.Integer({ minimum: 1, maximum: MAX_BINS }) }),
    answer: Type.Array(Type.Object({ from: Type.String(), positions: Type.Integer(), alarms: Type.Array(Type.Integer()) })),
    async handle({ query, grant }) {
      const [fromMs, toMs] = spanOf(query.from, query.to, MAX_TRACK_MS)
      const bins = await tracks.timeline(fromMs, toMs, query.bins)
      const width = (toMs - fromMs) / query.bins
      const alarms = alarmsBetween(fromMs, toMs, grant)
      return bins.map(bin => ({
        from: iso(bin.fromMs),
        positions: bin.positions,
        alarms: alarms.filter(alarm => alarm.atMs >= bin.fromMs && alarm.atMs < bin.fromMs + width).map(alarm => alarm.level),
      }))
    },
  })
}

function pastFrame(points: readonly TrackPoint[], { picture }: Pass, atMs: number): Buffer {
  const frame = Buffer.alloc(HEADER_BYTES + points.length * RECORD_BYTES)
  writeHeader(frame, FRAME_KIND.SNAPSHOT, points.length, atMs)
  for (const [n, point] of points.entries()) {
    const slot = picture.slotOf(point.mmsi)
    const isAsleep = point.navigationStatus === 1 || point.navigationStatus === 5 || point.sogDeciknots < 2
    writePastShip(frame, HEADER_BYTES + n * RECORD_BYTES, {
      ...point,
      flags: (isAsleep ? FLAG.ASLEEP : 0) | (slot >= 0 ? picture.flags[slot]! & FLAG.WATCHED : 0),
      shipType: slot >= 0 ? picture.shipType[slot]! : 0,
      lengthM: slot >= 0 ? picture.lengthM[slot]! : 0,
      beamM: slot >= 0 ? picture.beamM[slot]! : 0,
    })
  }
  return frame
}
