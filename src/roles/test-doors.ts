// For tests: the product's real doors in this process, on a data folder of its own, with somebody of every post at four organisations and an alarm of each. A
// header says who calls. Nothing here is part of the running product.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type NewPerson, seedOrganisations } from '#access/index.ts'
import { type Caller, POSTS, type Post } from '#base/index.ts'
import { openStore, type Statement } from '#platform/store/index.ts'
import { defaultReportsSettings } from '#reports/index.ts'
import { MIGRATIONS } from './migrations.ts'
import type { Room, RoomOptions } from './options.ts'
import { openRoom } from './room.ts'

/** Head office; a customs office; a centre below it; another customs office. */
export const PLACES = ['hq', 'busan', 'gamcheon', 'incheon'] as const
export type Place = (typeof PLACES)[number]
/** Ships of the alarms: one for each place; head office's lies in nobody's water. */
export const SHIPS: Readonly<Record<Place, number>> = { hq: 440_000_001, busan: 440_000_002, gamcheon: 440_000_003, incheon: 440_000_004 }
const WHO = 'x-test-person'

export interface Doors {
  readonly room: Room
  readonly url: string
  readonly data: string
  /** Who holds this post there. */
  caller(post: Post, place: Place, session?: string): Caller
  /** Asks as somebody; nobody without a name. */
  ask(
    who: string | undefined,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly text: string; json(): unknown }>
  /** Headers for a socket of this person. */
  headers(who: string): Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** `signIn`: the real door, where people sign in; `headers` and `ask` as somebody are worth nothing then. */
export async function openDoors(
  data: string,
  more: readonly Statement[] = [],
  {
    signIn = false,
    telling,
    ...how
  }: { readonly signIn?: boolean; readonly telling?: NonNullable<RoomOptions['telling']> } & Partial<RoomOptions['signIn']> = {},
): Promise<Doors> {
  mkdirSync(join(data, 'store'), { recursive: true })
  const store = await openStore({
    file: join(data, 'store', 'mangru.db'),
    migrations: MIGRATIONS,
  })
  await seedOrganisations(store)
  await store.write([...PLACES.map(alarmOf), ...more])
  await store.close()
  const opened = await openRoom({
    data,
    host: '127.0.0.1',
    port: 0,
    version: 'test',
    signIn: { lastsMs: 86_400_000, idleMs: 0, secondPosts: [], ...how },
    secondExpiresAfterMs: 30 * 60_000,
    keepLeaversMs: 86_400_000,
    ...(signIn
      ? {}
      : {
          door: access => ({
            callerOf(request) {
              const who = request.headers[WHO]
              return typeof who === 'string' ? access.callerFor(decodeURIComponent(who), 'test') : undefined
            },
            refreshed: caller => access.callerFor(caller.id, 'test'),
          }),
        }),
    ...(telling ? { telling } : {}),
    files: [],
    reports: defaultReportsSettings(),
    backup: { to: '', everyMs: 3_600_000, keep: { newest: 24, days: 30 }, passphraseFile: '' },
    incidents: { keepPeopleDays: 365, maxBytes: { photo: 1e6, video: 1e6, pdf: 1e6 } },
    capacity: 1000,
    snapshotMs: 3_600_000,
    retention: { ledgerDays: 90, tracksDays: 730, minFreeBytes: 0 },
    detectors: [],
    detectorSettings: {},
    feeds: [],
    log: { info: () => {}, warn: () => {}, error: () => {} },
  })
  if (!opened.ok) throw new Error(opened.reason)
  const room = opened.value
  const bound = await room.listen()
  if (!bound.ok) throw new Error(bound.reason)
  const url = bound.value.replace(/\/$/, '')
  const people = POSTS.flatMap(post =>
    PLACES.map(
      (place): NewPerson => ({
        loginName: `${post}.${place}`,
        name: `${post} ${place}`,
        organisation: place,
        posts: [{ post, organisation: place, fromMs: 0 }],
      }),
    ),
  )
  const added = await room.access.people.addAll(people, { who: 'test' })
  if (!added.ok) throw new Error(added.reason.en)
  const headers = (who: string) => ({ [WHO]: encodeURIComponent(who), origin: url })
  return {
    room,
    url,
    data,
    caller(post, place, session = 'test') {
      const caller = room.access.callerFor(room.access.people.personByLogin(`${post}.${place}`)?.id ?? '', session)
      if (!caller) throw new Error(`nobody is ${post} at ${place}`)
      return caller
    },
    headers,
    async ask(who, method, path, body) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(who === undefined ? {} : headers(who)),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, text, json: () => (text === '' ? undefined : JSON.parse(text)) }
    },
    stop: () => room.stop(),
  }
}

/** An open alarm of this place, as the alerts room keeps it. */
function alarmOf(place: Place): Statement {
  const atMs = Date.UTC(2026, 10, 24, 3)
  const mmsi = SHIPS[place]
  const why = { ko: `${place}의 경보`, en: `alarm of ${place}` }
  const subjects = [{ kind: 'ship', id: String(mmsi) }]
  const finding = {
    id: `f-${place}`,
    detector: 'loitering',
    subjects,
    from: atMs,
    raisedAt: atMs,
    severity: 'high',
    live: true,
    numbers: {},
    evidence: [],
    why,
  }
  const alarm = {
    id: `alarm-${place}`,
    organisations: place === 'hq' ? [] : [place],
    state: 'raised',
    level: 2,
    openedAtMs: atMs,
    revision: 1,
    history: [],
    joined: {
      id: `alarm-${place}`,
      level: 2,
      detector: 'loitering',
      subjects,
      ships: [mmsi],
      fromMs: atMs,
      raisedAtMs: atMs,
      lastAtMs: atMs,
      withdrawn: false,
      live: false,
      reasons: [finding],
    },
  }
  return {
    sql: "INSERT INTO alarms (id, state, is_open, level, raised_ms, body) VALUES (?, 'raised', 1, 2, ?, ?)",
    values: [alarm.id, atMs, JSON.stringify(alarm)],
  }
}
