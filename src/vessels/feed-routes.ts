// The feeds over HTTP: their health, and adding, testing, pausing and removing them.
import { Type } from 'typebox'
import { auditStatement, authorOf } from '#access/index.ts'
import type { Caller, Clock } from '#base/index.ts'
import { type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { FeedDesk, FeedHealth } from './feeds/index.ts'
import { iso } from './ship-view.ts'

export interface FeedRoutesOptions {
  readonly http: Http
  readonly feeds: FeedDesk
  readonly store: Store
  readonly clock: Clock
}

const FeedShape = Type.Object({
  name: Type.String(),
  url: Type.String(),
  kind: Type.String(),
  state: Type.String({ description: 'ok late silent paused ended' }),
  perSecond: Type.Number(),
  sentences: Type.Integer(),
  bad: Type.Integer(),
})

export function feedRoutes({ http, feeds, store, clock }: FeedRoutesOptions): void {
  const Name = Type.Object({ name: Type.String() })
  const view = (feed: FeedHealth, english: boolean) => {
    const { lastAtMs, samples, stations, trouble, ...rest } = feed
    return {
      ...rest,
      ...(trouble ? { trouble: english ? trouble.en : trouble.ko } : {}),
      ...(lastAtMs ? { lastAt: iso(lastAtMs) } : {}),
      samples: samples.map(({ atMs, ...sample }) => ({ at: iso(atMs), ...sample })),
      stations: stations.map(({ lastAtMs: last, ...station }) => ({ ...station, ...(last ? { lastAt: iso(last) } : {}) })),
    }
  }
  const note = (caller: Caller, deed: string, thing: string, more = '') =>
    auditStatement({ atMs: clock.now(), ...authorOf(caller), deed, thing, note: more })
  const need = (name: string): FeedHealth => {
    const feed = feeds.list().find(one => one.name === name)
    if (!feed) throw notFound({ ko: `피드 ${name}`, en: `feed ${name}` })
    return feed
  }
  http.route({
    method: 'GET',
    path: '/api/feeds',
    deed: 'feeds.look',
    summary: 'The feeds and their health',
    tag: 'feeds',
    answer: Type.Array(FeedShape),
    handle: ({ english }) => feeds.list().map(feed => view(feed, english)),
  })
  http.route({
    method: 'POST',
    path: '/api/feeds',
    deed: 'feeds.change',
    summary: 'Add a feed by its URL',
    tag: 'feeds',
    body: Type.Object({ url: Type.String({ maxLength: 500 }) }),
    answer: FeedShape,
    status: 201,
    async handle({ body, caller, english }) {
      const added = feeds.add(body.url)
      if (!added.ok)
        throw new HttpRefusal(400, 'feed-refused', { ko: `수신망을 더하지 않았습니다: ${added.reason.ko}`, en: added.reason.en })
      const { name } = added.value
      try {
        await store.write([
          { sql: 'INSERT OR REPLACE INTO feeds (name, url, paused) VALUES (?, ?, 0)', values: [name, body.url] },
          note(caller, 'feed.add', name, body.url),
        ])
      } catch (error) {
        // What could not be kept would be gone after the next start: it is not begun either.
        feeds.remove(name)
        throw error
      }
      return view(added.value, english)
    },
  })
  http.route({
    method: 'POST',
    path: '/api/feeds/test',
    deed: 'feeds.change',
    summary: 'Listen to a feed for a few seconds without adding it',
    tag: 'feeds',
    body: Type.Object({ url: Type.String({ maxLength: 500 }) }),
    answer: Type.Object({ ok: Type.Boolean(), said: Type.String(), lines: Type.Array(Type.String()) }),
    async handle({ body, english }) {
      const { said, ...outcome } = await feeds.test(body.url)
      return { ...outcome, said: english ? said.en : said.ko }
    },
  })
  http.route({
    method: 'PUT',
    path: '/api/feeds/:name',
    deed: 'feeds.change',
    summary: 'Pause or go on',
    tag: 'feeds',
    params: Name,
    body: Type.Object({ paused: Type.Boolean() }),
    async handle({ params, body, caller }) {
      need(params.name)
      await store.write([
        { sql: 'UPDATE feeds SET paused = ? WHERE name = ?', values: [body.paused ? 1 : 0, params.name] },
        note(caller, body.paused ? 'feed.pause' : 'feed.go-on', params.name),
      ])
      feeds.pause(params.name, body.paused)
    },
  })
  http.route({
    method: 'DELETE',
    path: '/api/feeds/:name',
    deed: 'feeds.change',
    summary: 'Remove a feed',
    tag: 'feeds',
    params: Name,
    async handle({ params, caller }) {
      const { url } = need(params.name)
      await store.write([{ sql: 'DELETE FROM feeds WHERE name = ?', values: [params.name] }, note(caller, 'feed.remove', params.name, url)])
      feeds.remove(params.name)
    },
  })
}
