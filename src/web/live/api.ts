// The typed way to the server's HTTP doors. A refusal becomes an Error with the server's own sentence (RFC 9457 `detail`); a broken line becomes LineDown, so
// that the outbox waits instead of giving up.
import type { AuditLine, StorageView } from '../access/model.ts'
import type { AlarmView } from '../alerts/model.ts'
import type { FeedTest, FeedView } from '../feeds/model.ts'
import type { AreaView, PermitView } from '../places/model.ts'
import { LineDown } from '../shell/outbox.ts'
import type { Person, ServerStatus } from '../shell/status.ts'
import type { TimelineBin } from '../time/model.ts'
import type { SearchHit, ShipCardView, TrackPoint } from '../vessels/model.ts'
import type { Box, LiveLink } from './link.ts'
import * as wire from './wire.ts'

export interface Api {
  status(): Promise<ServerStatus>
  me(): Promise<Person>
  search(words: string): Promise<readonly SearchHit[]>
  watched(): Promise<readonly SearchHit[]>
  ship(mmsi: number): Promise<ShipCardView>
  track(mmsi: number, fromMs: number, toMs: number): Promise<readonly TrackPoint[]>
  watch(mmsi: number, isWatched: boolean, deedId: string): Promise<void>
  alarms(): Promise<readonly AlarmView[]>
  acknowledge(id: string, deedId: string): Promise<AlarmView>
  assign(id: string, to: string, note: string, deedId: string): Promise<AlarmView>
  shelve(id: string, reason: string, untilMs: number, deedId: string): Promise<AlarmView>
  unshelve(id: string, deedId: string): Promise<AlarmView>
  resolve(id: string, outcome: string, note: string, deedId: string): Promise<AlarmView>
  note(id: string, text: string, deedId: string): Promise<AlarmView>
  seen(id: string): Promise<AlarmView>
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
  /** What tells the server which part of the sea this screen shows. */
  viewMessage(box: Box): string
}

/** A refusal of the server: its sentence, and its code to quote. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  constructor(sentence: string, code: string, status: number) {
    super(code === '' ? sentence : `${sentence} (${code})`)
    this.code = code
    this.status = status
  }
}

const TIMEOUT_MS = 10_000

export function createApi(origin: string, link: Pick<LiveLink, 'learnNames' | 'nameOf'>): Api {
  async function ask(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Response> {
    let answer: Response
    try {
      answer = await fetch(`${origin}${path}`, {
        method,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': type }) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
    } catch {
      throw new LineDown('line')
    }
    if (answer.ok) return answer
    if (answer.status === 502 || answer.status === 503 || answer.status === 504) throw new LineDown('line')
    const problem: unknown = await answer.json().catch(() => ({}))
    throw new Refusal(
      wire.text(problem, 'detail') ?? wire.text(problem, 'title') ?? `${answer.status} ${answer.statusText}`,
      wire.text(problem, 'code') ?? '',
      answer.status,
    )
  }
  const json = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await ask(method, path, body)
    return answer.status === 204 ? undefined : answer.json()
  }
  const alarm = async (id: string, deed: string, body: Record<string, unknown>): Promise<AlarmView> =>
    wire.alarm(await json('POST', `/api/alarms/${encodeURIComponent(id)}/${deed}`, body), link.nameOf)

  return {
    status: async () => wire.status(await json('GET', '/api/status')),
    me: async () => wire.person(await json('GET', '/api/me')),
    search: async words => wire.hits(await json('GET', `/api/search?q=${encodeURIComponent(words)}`)),
    watched: async () => wire.hits(await json('GET', '/api/ships?watched=true')),
    ship: async mmsi => wire.shipCard(await json('GET', `/api/ships/${mmsi}`)),
    track: async (mmsi, fromMs, toMs) =>
      wire.track(await json('GET', `/api/ships/${mmsi}/track?from=${new Date(fromMs).toISOString()}&to=${new Date(toMs).toISOString()}`)),
    watch: async (mmsi, isWatched, deedId) => void (await json('PUT', `/api/ships/${mmsi}/watch`, { watched: isWatched, deedId })),
    alarms: async () => wire.alarms(await json('GET', '/api/alarms'), link.nameOf),
    acknowledge: (id, deedId) => alarm(id, 'acknowledge', { deedId }),
    assign: (id, to, note, deedId) => alarm(id, 'assign', { to, note, deedId }),
    shelve: (id, reason, untilMs, deedId) => alarm(id, 'shelve', { reason, until: new Date(untilMs).toISOString(), deedId }),
    unshelve: (id, deedId) => alarm(id, 'unshelve', { deedId }),
    resolve: (id, outcome, note, deedId) => alarm(id, 'resolve', { outcome, note, deedId }),
    note: (id, text, deedId) => alarm(id, 'note', { text, deedId }),
    seen: id => alarm(id, 'seen', {}),
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
    viewMessage: box => JSON.stringify({ kind: 'view', ...box }),
  }
}
