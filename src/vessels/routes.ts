// /api/status, /api/search, /api/ships…; the past in past-routes.ts, the feeds in feed-routes.ts.
import { Type } from 'typebox'
import { auditStatement, authorOf } from '#access/index.ts'
import type { Caller } from '#base/index.ts'
import { notFound } from '#platform/http/index.ts'
import type { Finding } from '#rules/index.ts'
import { type FeedRoutesOptions, feedRoutes } from './feed-routes.ts'
import type { FeedHealth } from './feeds/index.ts'
import type { Control } from './pass-contract.ts'
import { Mmsi, type PastRoutesOptions, pastRoutes } from './past-routes.ts'
import type { Slot } from './picture/columns.ts'
import { SHIP_KINDS, SHIP_SORTS, SHIP_STATES } from './schema.ts'
import { searchShips } from './search.ts'
import { listShips } from './ship-list.ts'
import { identityView, iso, kinematicsView, shipView } from './ship-view.ts'

export interface VesselRoutesOptions extends PastRoutesOptions, FeedRoutesOptions {
  readonly version: string
  readonly isDemo: () => boolean
  /** What does not work just now, a sentence each; empty when all does. */
  readonly impaired: () => readonly string[]
  /** Low findings of a ship that the caller may see. */
  findingsOf(mmsi: number, caller: Caller): readonly Finding[]
  /** Writes an officer's decision to the ledger and hands it to the pass. */
  decide(entry: Control): void
}

const SEARCH_LIMIT = 50
/** Further on one sieves. */
const MOST_LISTED = 2000
const ShipShape = Type.Object({
  mmsi: Type.Integer(),
  name: Type.Optional(Type.String()),
  lat: Type.Optional(Type.Number()),
  lon: Type.Optional(Type.Number()),
})

const feedLight = (feed: FeedHealth) => ({
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
    deed: 'status.look',
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
    deed: 'ships.look',
    summary: 'Ships by name, MMSI, IMO number or call sign',
    tag: 'ships',
    query: Type.Object({ q: Type.String({ maxLength: 100 }), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
    answer: Type.Array(ShipShape),
    handle: ({ query }) => searchShips(picture, query.q, query.limit ?? SEARCH_LIMIT).map(short),
  })
  http.route({
    method: 'GET',
    path: '/api/ships',
    deed: 'ships.look',
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
    path: '/api/ships/list',
    deed: 'ships.look',
    summary: 'Ships in the picture, sieved and sorted: the first `limit` of `total`',
    tag: 'ships',
    query: Type.Object({
      q: Type.Optional(Type.String({ maxLength: 100, description: 'part of a name, call sign, destination, MMSI or IMO number' })),
      kind: Type.Optional(Type.Enum([...SHIP_KINDS])),
      state: Type.Optional(Type.Enum([...SHIP_STATES])),
      sort: Type.Optional(Type.Enum([...SHIP_SORTS])),
      order: Type.Optional(Type.Enum(['asc', 'desc'])),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_LISTED })),
    }),
    answer: Type.Object({ total: Type.Integer(), ships: Type.Array(ShipShape) }),
    handle({ query }) {
      const { q, kind, state, sort = 'name', order, limit = 100 } = query
      const { total, slots } = listShips(
        picture,
        { sort, isDescending: order === 'desc', ...(q ? { words: q } : {}), ...(kind ? { kind } : {}), ...(state ? { state } : {}) },
        limit,
      )
      return {
        total,
        ships: slots.map(slot => {
          const { findings: _none, ...ship } = shipView(pass, slot, [])
          return ship
        }),
      }
    },
  })
  http.route({
    method: 'GET',
    path: '/api/ships.geojson',
    deed: 'ships.look',
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
    deed: 'ships.look',
    summary: 'The ship card',
    tag: 'ships',
    params: Mmsi,
    answer: ShipShape,
    handle: ({ params, caller }) => shipView(pass, slotOf(params.mmsi), options.findingsOf(params.mmsi, caller)),
  })
  http.route({
    method: 'PUT',
    path: '/api/ships/:mmsi/watch',
    deed: 'ships.watch',
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
          ...authorOf(caller),
          deed: body.watched ? 'ship.watch' : 'ship.unwatch',
          thing: String(params.mmsi),
          ...(body.note ? { note: body.note } : {}),
        }),
      ])
      options.decide({ control: 'watch', mmsi: params.mmsi, watched: body.watched })
    },
  })
}
