// /api/status, /api/search, /api/ships…, /api/past, /api/timeline, /api/near, /api/feeds…
import { Type } from 'typebox'
import { auditStatement } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import { badInput, type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { Finding } from '#rules/index.ts'
import type { FeedDesk, FeedHealth } from './feeds/index.ts'
import { FRAME_KIND, HEADER_BYTES, RECORD_BYTES, writeHeader, writePastShip } from './live-frames.ts'
import type { Control, Pass } from './pass-contract.ts'
import { FLAG, type Slot } from './picture/columns.ts'
import { searchShips } from './search.ts'
import { identityView, kinematicsView, shipView } from './ship-view.ts'
import type { TrackArchive, TrackPoint } from './tracks/archive-contract.ts'

export interface VesselRoutesOptions {
  readonly http: Http
  readonly pass: Pass
  readonly feeds: FeedDesk
  readonly tracks: TrackArchive
  readonly store: Store
  readonly clock: Clock
  readonly version: string
  readonly isDemo: () => boolean
  /** What does not work just now, a sentence each; empty when all does. */
  readonly impaired: () => readonly string[]
  findingsOf(mmsi: number): readonly Finding[]
  alarmsBetween(fromMs: number, toMs: number): readonly { readonly atMs: number; readonly level: number }[]
  /** Writes an officer's decision to the ledger and hands it to the pass. */
  decide(entry: Control): void
}

const SEARCH_LIMIT = 50
const MAX_BINS = 1000
const MAX_TRACK_MS = 31 * 86_400_000
const iso = (ms: number): string => new Date(ms).toISOString()
const Time = Type.String({ description: 'ISO 8601' })
const Mmsi = Type.Object({ mmsi: Type.Integer({ minimum: 1, maximum: 999_999_999 }) })
const ShipShape = Type.Object({
  mmsi: Type.Integer(),
  name: Type.Optional(Type.String()),
  lat: Type.Optional(Type.Number()),
  lon: Type.Optional(Type.Number()),
})
const FeedShape = Type.Object({
  name: Type.String(),
  url: Type.String(),
  kind: Type.String(),
  state: Type.String({ description: 'ok late silent paused' }),
  perSecond: Type.Number(),
  sentences: Type.Integer(),
  bad: Type.Integer(),
})

export const feedLight = (feed: FeedHealth) => ({
  name: feed.name,
  state: feed.state,
  perSecond: feed.perSecond,
  ...(feed.lastAtMs ? { lastAt: iso(feed.lastAtMs) } : {}),
})

/** The small state the header shows; also told on the live line. */
export const statusView = ({
  pass,
  feeds,
  version,
  isDemo,
  impaired,
}: Pick<VesselRoutesOptions, 'pass' | 'feeds' | 'version' | 'isDemo' | 'impaired'>) => ({
  impaired: impaired(),
  version,
  demo: isDemo(),
  ships: pass.picture.count,
  feeds: feeds.list().map(feedLight),
})

export function vesselRoutes(options: VesselRoutesOptions): void {
  shipRoutes(options)
  pastRoutes(options)
  feedRoutes(options)
}

function shipRoutes(options: VesselRoutesOptions): void {
  const { http, pass } = options
  const { picture } = pass
  const slotOf = (mmsi: number): Slot => {
    const slot = picture.slotOf(mmsi)
    if (slot < 0) throw notFound({ ko: `MMSI ${mmsi} 선박`, en: `ship with MMSI ${mmsi} in the picture` })
    return slot
  }
  const short = (slot: Slot) => ({ ...identityView(picture, slot), ...kinematicsView(picture, slot) })

  http.route({
    method: 'GET',
    path: '/api/status',
    right: 'look',
    summary: 'Ships, feeds, version',
    tag: 'status',
    answer: Type.Object({
      version: Type.String(),
      demo: Type.Boolean(),
      ships: Type.Integer(),
      feeds: Type.Array(Type.Object({ name: Type.String(), state: Type.String() })),
    }),
    handle: () => statusView(options),
  })
  http.route({
    method: 'GET',
    path: '/api/search',
    right: 'look',
    summary: 'Ships by name, MMSI, IMO number or call sign',
    tag: 'ships',
    query: Type.Object({ q: Type.String({ maxLength: 100 }), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
    answer: Type.Array(ShipShape),
    handle: ({ query }) => searchShips(picture, query.q, query.limit ?? SEARCH_LIMIT).map(short),
  })
  http.route({
    method: 'GET',
    path: '/api/ships',
    right: 'look',
    summary: 'Ships in a box, or the watched ones',
    tag: 'ships',
    query: Type.Object({
      watched: Type.Optional(Type.Boolean()),
      west: Type.Optional(Type.Number()),
      south: Type.Optional(Type.Number()),
      east: Type.Optional(Type.Number()),
      north: Type.Optional(Type.Number()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
    }),
    answer: Type.Array(ShipShape),
    handle({ query }) {
      if (query.watched) return [...pass.watched].map(mmsi => (picture.slotOf(mmsi) >= 0 ? short(picture.slotOf(mmsi)) : { mmsi }))
      const found: Slot[] = []
      const limit = query.limit ?? 10_000
      picture.forEachInBox(
        query.west ?? -180,
        query.south ?? -90,
        query.east ?? 180,
        query.north ?? 90,
        slot => void (found.length < limit && found.push(slot)),
      )
      return found.map(short)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/ships.geojson',
    right: 'look',
    summary: 'Ships in a box as GeoJSON points',
    tag: 'ships',
    query: Type.Object({
      west: Type.Optional(Type.Number()),
      south: Type.Optional(Type.Number()),
      east: Type.Optional(Type.Number()),
      north: Type.Optional(Type.Number()),
    }),
    produces: 'application/geo+json',
    handle({ query }) {
      const features: unknown[] = []
      picture.forEachInBox(query.west ?? -180, query.south ?? -90, query.east ?? 180, query.north ?? 90, slot => {
        const { lat, lon, ...properties } = short(slot) as ReturnType<typeof short> & { lat?: number; lon?: number }
        features.push({ type: 'Feature', id: properties.mmsi, geometry: { type: 'Point', coordinates: [lon, lat] }, properties })
      })
      return JSON.stringify({ type: 'FeatureCollection', features })
    },
  })
  http.route({
    method: 'GET',
    path: '/api/ships/:mmsi',
    right: 'look',
    summary: 'The ship card',
    tag: 'ships',
    params: Mmsi,
    answer: ShipShape,
    handle: ({ params }) => shipView(pass, slotOf(params.mmsi), options.findingsOf(params.mmsi)),
  })
  http.route({
    method: 'PUT',
    path: '/api/ships/:mmsi/watch',
    right: 'change-watch',
    summary: 'Mark or unmark as watched',
    tag: 'ships',
    params: Mmsi,
    body: Type.Object({
      watched: Type.Boolean(),
      note: Type.Optional(Type.String({ maxLength: 500 })),
      deedId: Type.Optional(Type.String()),
    }),
    async handle({ params, body, caller }) {
      await options.store.write([
        body.watched
          ? {
              sql: 'INSERT INTO watched_ships (mmsi, note) VALUES (?, ?) ON CONFLICT (mmsi) DO UPDATE SET note = excluded.note',
              values: [params.mmsi, body.note ?? ''],
            }
          : { sql: 'DELETE FROM watched_ships WHERE mmsi = ?', values: [params.mmsi] },
        auditStatement({
          atMs: options.clock.now(),
          who: caller.id,
          deed: body.watched ? 'ship.watch' : 'ship.unwatch',
          thing: String(params.mmsi),
          ...(body.note ? { note: body.note } : {}),
        }),
      ])
      options.decide({ control: 'watch', mmsi: params.mmsi, watched: body.watched })
    },
  })
}

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

function pastRoutes({ http, pass, tracks, store, clock, alarmsBetween }: VesselRoutesOptions): void {
  const span = { from: Time, to: Time }
  http.route({
    method: 'GET',
    path: '/api/ships/:mmsi/track',
    right: 'look',
    summary: 'Where she was',
    tag: 'past',
    params: Mmsi,
    query: Type.Object({ ...span, strays: Type.Optional(Type.Boolean()) }),
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
      return (await tracks.track(params.mmsi, fromMs, toMs, { strays: query.strays ?? false })).map(pointView)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/near',
    right: 'look',
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
    right: 'look',
    summary: 'The picture of a moment, as a live snapshot frame',
    tag: 'past',
    query: Type.Object({ at: Time, west: Type.Number(), south: Type.Number(), east: Type.Number(), north: Type.Number() }),
    produces: 'application/octet-stream',
    async handle({ query, caller }) {
      const [atMs] = spanOf(query.at, query.at, MAX_TRACK_MS)
      const points = await tracks.past(atMs, query)
      void store.write([auditStatement({ atMs: clock.now(), who: caller.id, deed: 'past.look', thing: query.at })]).catch(() => undefined)
      return pastFrame(points, pass, atMs)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/timeline',
    right: 'look',
    summary: 'How much was heard when, and the alarms',
    tag: 'past',
    query: Type.Object({ ...span, bins: Type.Integer({ minimum: 1, maximum: MAX_BINS }) }),
    answer: Type.Array(Type.Object({ from: Type.String(), positions: Type.Integer(), alarms: Type.Array(Type.Integer()) })),
    async handle({ query }) {
      const [fromMs, toMs] = spanOf(query.from, query.to, MAX_TRACK_MS)
      const bins = await tracks.timeline(fromMs, toMs, query.bins)
      const width = (toMs - fromMs) / query.bins
      const alarms = alarmsBetween(fromMs, toMs)
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

function feedRoutes({ http, feeds, store, clock }: VesselRoutesOptions): void {
  const Name = Type.Object({ name: Type.String() })
  const view = (feed: FeedHealth) => {
    const { lastAtMs, samples, stations, ...rest } = feed
    return {
      ...rest,
      ...(lastAtMs ? { lastAt: iso(lastAtMs) } : {}),
      samples: samples.map(({ atMs, ...sample }) => ({ at: iso(atMs), ...sample })),
      stations: stations.map(({ lastAtMs: last, ...station }) => ({ ...station, ...(last ? { lastAt: iso(last) } : {}) })),
    }
  }
  const note = (who: string, deed: string, thing: string, more = '') => auditStatement({ atMs: clock.now(), who, deed, thing, note: more })
  const need = (name: string): FeedHealth => {
    const feed = feeds.list().find(one => one.name === name)
    if (!feed) throw notFound({ ko: `피드 ${name}`, en: `feed ${name}` })
    return feed
  }
  http.route({
    method: 'GET',
    path: '/api/feeds',
    right: 'look',
    summary: 'The feeds and their health',
    tag: 'feeds',
    answer: Type.Array(FeedShape),
    handle: () => feeds.list().map(view),
  })
  http.route({
    method: 'POST',
    path: '/api/feeds',
    right: 'change-feeds',
    summary: 'Add a feed by its URL',
    tag: 'feeds',
    body: Type.Object({ url: Type.String({ maxLength: 500 }) }),
    answer: FeedShape,
    status: 201,
    async handle({ body, caller }) {
      const added = feeds.add(body.url)
      if (!added.ok) throw new HttpRefusal(400, 'feed-refused', { ko: `피드를 추가하지 않았습니다: ${added.reason}`, en: added.reason })
      await store.write([
        { sql: 'INSERT OR REPLACE INTO feeds (name, url, paused) VALUES (?, ?, 0)', values: [added.value.name, body.url] },
        note(caller.id, 'feed.add', added.value.name, body.url),
      ])
      return view(added.value)
    },
  })
  http.route({
    method: 'POST',
    path: '/api/feeds/test',
    right: 'change-feeds',
    summary: 'Listen to a feed for a few seconds without adding it',
    tag: 'feeds',
    body: Type.Object({ url: Type.String({ maxLength: 500 }) }),
    answer: Type.Object({ ok: Type.Boolean(), said: Type.String(), lines: Type.Array(Type.String()) }),
    handle: ({ body }) => feeds.test(body.url),
  })
  http.route({
    method: 'PUT',
    path: '/api/feeds/:name',
    right: 'change-feeds',
    summary: 'Pause or go on',
    tag: 'feeds',
    params: Name,
    body: Type.Object({ paused: Type.Boolean() }),
    async handle({ params, body, caller }) {
      need(params.name)
      await store.write([
        { sql: 'UPDATE feeds SET paused = ? WHERE name = ?', values: [body.paused ? 1 : 0, params.name] },
        note(caller.id, body.paused ? 'feed.pause' : 'feed.go-on', params.name),
      ])
      feeds.pause(params.name, body.paused)
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/feeds/:name',
    right: 'change-feeds',
    summary: 'Remove a feed',
    tag: 'feeds',
    params: Name,
    async handle({ params, caller }) {
      const { url } = need(params.name)
      await store.write([
        { sql: 'DELETE FROM feeds WHERE name = ?', values: [params.name] },
        note(caller.id, 'feed.remove', params.name, url),
      ])
      feeds.remove(params.name)
    },
  })
}
