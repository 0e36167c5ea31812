// The typed way to the server's HTTP doors (ask.ts says what becomes of refusals and of a broken line).
import type { AuditLine, StorageView } from '../access/model.ts'
import type { AlarmView } from '../alerts/model.ts'
import type { FeedTest, FeedView } from '../feeds/model.ts'
import type { AreaView, PermitView } from '../places/model.ts'
import type { Person, ServerStatus } from '../shell/status.ts'
import type { TimelineBin } from '../time/model.ts'
import type { SearchHit, ShipCardView, ShipListAsked, ShipListView, Stay, TrackPoint } from '../vessels/model.ts'
import type { Ask, Method } from './ask.ts'
import type { Box, LiveLink } from './link.ts'
import * as wire from './wire.ts'

export interface Api {
  status(): Promise<ServerStatus>
  me(): Promise<Person>
  search(words: string): Promise<readonly SearchHit[]>
  watched(): Promise<readonly SearchHit[]>
  ship(mmsi: number): Promise<ShipCardView>
  shipList(asked: ShipListAsked): Promise<ShipListView>
  /** At most one point in `everyS` seconds when given. */
  track(mmsi: number, fromMs: number, toMs: number, everyS?: number): Promise<readonly TrackPoint[]>
  stays(mmsi: number, fromMs: number, toMs: number): Promise<readonly Stay[]>
  /** Open and closed ones. */
  alarmsOfShip(mmsi: number): Promise<readonly AlarmView[]>
  watch(mmsi: number, isWatched: boolean, deedId: string): Promise<void>
  /** The open ones and the newest closed ones. */
  alarms(): Promise<readonly AlarmView[]>
  acknowledge(id: string, deedId: string): Promise<AlarmView>
  assign(id: string, to: string, note: string, deedId: string): Promise<AlarmView>
  shelve(id: string, reason: string, untilMs: number, deedId: string): Promise<AlarmView>
  unshelve(id: string, deedId: string): Promise<AlarmView>
  resolve(id: string, outcome: string, note: string, deedId: string): Promise<AlarmView>
  note(id: string, text: string, deedId: string): Promise<AlarmView>
  /** An ended alarm of a feed or station: acknowledged and closed. */
  seen(id: string, deedId: string): Promise<AlarmView>
  areas(): Promise<readonly AreaView[]>
  saveArea(id: string | undefined, area: Omit<AreaView, 'id'>): Promise<AreaView>
  removeArea(id: string): Promise<void>
  importAreas(geojson: string): Promise<number>
  permits(): Promise<readonly PermitView[]>
  addPermit(barge: number, ship: number, fromMs: number, toMs: number): Promise<void>
  removePermit(id: number): Promise<void>
  feeds(): Promise<readonly FeedView[]>
  addFeed(url: string): Promise<void>
  testFeed(url: string): Promise<FeedTest>
  pauseFeed(name: string, isPaused: boolean): Promise<void>
  removeFeed(name: string): Promise<void>
  /** Ship records (live-frames layout) of a moment. */
  past(atMs: number, box: Box): Promise<ArrayBuffer>
  timeline(fromMs: number, toMs: number, bins: number): Promise<readonly TimelineBin[]>
  storage(): Promise<StorageView>
  audit(): Promise<readonly AuditLine[]>
  /** A route of a room that has its own reader (web/<room>/api.ts): the answer as JSON, undefined for 204. Refusals throw as everywhere. */
  json(method: Method, path: string, body?: unknown): Promise<unknown>
  /** A file that the server makes of what is sent. */
  file(path: string, body: unknown): Promise<Blob>
  /** A piece of a file; the answer as JSON. */
  putBytes(path: string, piece: Blob): Promise<unknown>
  /** What tells the server which part of the sea this screen shows. */
  viewMessage(box: Box): string
}

const span = (fromMs: number, toMs: number): string => `from=${new Date(fromMs).toISOString()}&to=${new Date(toMs).toISOString()}`

export function createApi(ask: Ask, link: Pick<LiveLink, 'learnNames' | 'nameOf'>): Api {
  const { json } = ask
  const alarm = async (id: string, deed: string, body: Record<string, unknown>): Promise<AlarmView> =>
    wire.alarm(await json('POST', `/api/alarms/${encodeURIComponent(id)}/${deed}`, body), link.nameOf)

  return {
    status: async () => wire.status(await json('GET', '/api/status')),
    me: async () => wire.person(await json('GET', '/api/me')),
    search: async words => wire.hits(await json('GET', `/api/search?q=${encodeURIComponent(words)}`)),
    watched: async () => wire.hits(await json('GET', '/api/ships?watched=true')),
    shipList: async ({ words, kind, state, sort, isDescending, limit }) => {
      const query = new URLSearchParams({ sort, order: isDescending ? 'desc' : 'asc', limit: String(limit) })
      if (words.trim() !== '') query.set('q', words.trim())
      if (kind) query.set('kind', kind)
      if (state) query.set('state', state)
      return wire.shipList(await json('GET', `/api/ships/list?${query}`))
    },
    ship: async mmsi => wire.shipCard(await json('GET', `/api/ships/${mmsi}`)),
    track: async (mmsi, fromMs, toMs, everyS) =>
      wire.track(await json('GET', `/api/ships/${mmsi}/track?${span(fromMs, toMs)}${everyS === undefined ? '' : `&every=${everyS}`}`)),
    stays: async (mmsi, fromMs, toMs) => wire.stays(await json('GET', `/api/ships/${mmsi}/stays?${span(fromMs, toMs)}`)),
    alarmsOfShip: async mmsi => wire.alarms(await json('GET', `/api/alarms?ship=${mmsi}`), link.nameOf),
    watch: async (mmsi, isWatched, deedId) => void (await json('PUT', `/api/ships/${mmsi}/watch`, { watched: isWatched, deedId })),
    alarms: async () => {
      const lists = await Promise.all([json('GET', '/api/alarms'), json('GET', '/api/alarms?state=closed')])
      return lists.flatMap(list => wire.alarms(list, link.nameOf))
    },
    acknowledge: (id, deedId) => alarm(id, 'acknowledge', { deedId }),
    assign: (id, to, note, deedId) => alarm(id, 'assign', { to, note, deedId }),
    shelve: (id, reason, untilMs, deedId) => alarm(id, 'shelve', { reason, until: new Date(untilMs).toISOString(), deedId }),
    unshelve: (id, deedId) => alarm(id, 'unshelve', { deedId }),
    resolve: (id, outcome, note, deedId) => alarm(id, 'resolve', { outcome, note, deedId }),
    note: (id, text, deedId) => alarm(id, 'note', { text, deedId }),
    seen: (id, deedId) => alarm(id, 'seen', { deedId }),
    areas: async () => wire.areas(await json('GET', '/api/areas')),
    saveArea: async (id, area) =>
      wire.area(
        await json(id === undefined ? 'POST' : 'PUT', id === undefined ? '/api/areas' : `/api/areas/${encodeURIComponent(id)}`, area),
      ),
    removeArea: async id => void (await json('DELETE', `/api/areas/${encodeURIComponent(id)}`)),
    importAreas: async geojson => wire.count(await (await ask('POST', '/api/areas/import', geojson, 'application/geo+json')).json()),
    permits: async () => wire.permits(await json('GET', '/api/permits')),
    addPermit: async (barge, ship, fromMs, toMs) =>
      void (await json('POST', '/api/permits', { barge, ship, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() })),
    removePermit: async id => void (await json('DELETE', `/api/permits/${id}`)),
    feeds: async () => wire.feeds(await json('GET', '/api/feeds')),
    addFeed: async url => void (await json('POST', '/api/feeds', { url })),
    testFeed: async url => wire.feedTest(await json('POST', '/api/feeds/test', { url })),
    pauseFeed: async (name, isPaused) => void (await json('PUT', `/api/feeds/${encodeURIComponent(name)}`, { paused: isPaused })),
    removeFeed: async name => void (await json('DELETE', `/api/feeds/${encodeURIComponent(name)}`)),
    past: async (atMs, box) =>
      (
        await ask(
          'GET',
          `/api/past?at=${new Date(atMs).toISOString()}&west=${box.west}&south=${box.south}&east=${box.east}&north=${box.north}`,
        )
      ).arrayBuffer(),
    timeline: async (fromMs, toMs, bins) =>
      wire.timeline(
        await json('GET', `/api/timeline?from=${new Date(fromMs).toISOString()}&to=${new Date(toMs).toISOString()}&bins=${bins}`),
      ),
    storage: async () => wire.storage(await json('GET', '/api/storage')),
    audit: async () => wire.audit(await json('GET', '/api/audit')),
    json,
    file: async (path, body) => (await ask('POST', path, body)).blob(),
    putBytes: async (path, piece) => (await ask('PUT', path, piece, 'application/octet-stream')).json(),
    viewMessage: box => JSON.stringify({ kind: 'view', ...box }),
  }
}
