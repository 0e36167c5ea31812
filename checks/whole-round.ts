// Every changing route of the product, asked once with something that fits: three officers of every post go through a whole round of work. For checks that look at what each change leaves
// behind (audit) and at what becomes of the words that were typed in (injection). A route that is new and not asked here is told.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openStore } from '#platform/store/index.ts'
import { createHasher } from '../src/access/sign-in/password.ts'
import { setPassword } from '../src/access/sign-in/store.ts'
import { MIGRATIONS } from '../src/roles/migrations.ts'
import { signInOfficer } from '../src/testkit/officer.ts'
import { connectTo, eventually, freePort, type RunningProduct, startProduct } from '../src/testkit/product.ts'
import { PASSWORD } from './by-password.ts'
import { sealsRound } from './round-of-seals.ts'
import { beaconSentence, positionSentence } from './traffic.ts'

export type Actor = 'one' | 'two' | 'three'
export const ACTORS: Readonly<Record<Actor, string>> = { one: 'officer', two: 'officer-2', three: 'officer-3' }

export interface Asked {
  /** As in docs/rights.csv: `PUT /api/areas/:id`. */
  readonly route: string
  readonly who: string
  readonly path: string
  readonly status: number
  readonly body: unknown
}

export interface Round {
  readonly product: RunningProduct
  readonly asked: readonly Asked[]
  /** Changing routes of the product that were not asked. */
  readonly missed: readonly string[]
  /** Ids to look at: of what stands there at the end. */
  readonly things: {
    readonly incident: string
    readonly ship: number
    readonly report: string
    readonly alarm: string
    readonly attachment: string
  }
  readonly headers: Readonly<Record<Actor, { readonly cookie: string; readonly origin: string }>>
  send(line: string): void
  stop(): Promise<void>
}

export interface RoundOptions {
  /** In a folder of its own: settings and backups lie beside it. */
  readonly data: string
  /** What is typed into a field of this name; at most so many letters. */
  words(field: string, most: number): string
  /** After each change. */
  onAsked?(asked: Asked): void
}

const CHANNEL = 'needs a channel that is on; telling’s own tests ask it'
const AUTHENTICATOR = 'asks for an authenticator app or a passkey'
/** These end the round's own session or ask for what only a person at a desk has; the sign-in's own tests and checks ask them. */
export const NOT_ASKED: Readonly<Record<string, string>> = {
  'POST /api/session/confirm': 'asks for a password; the round does so where it must',
  'POST /api/session/passkey/options': AUTHENTICATOR,
  'POST /api/me/factors/totp': AUTHENTICATOR,
  'POST /api/me/factors/totp/confirm': AUTHENTICATOR,
  'POST /api/me/factors/passkey/options': AUTHENTICATOR,
  'POST /api/me/factors/passkey': AUTHENTICATOR,
  'POST /api/me/recovery-codes': AUTHENTICATOR,
  'DELETE /api/me/factors/:id': AUTHENTICATOR,
  'POST /api/break-glass/reseal': 'the round has no sealed account',
  'POST /api/break-glass/password': 'the round has no sealed account',
  'POST /api/session/sign-out': 'ends the session of the round',
  'POST /api/session/unlock': 'asks for a password',
  'POST /api/me/password': 'asks for a password',
  'POST /api/telling/addresses': CHANNEL,
  'POST /api/telling/addresses/confirm': CHANNEL,
  'POST /api/telling/addresses/remove': CHANNEL,
  'POST /api/telling/test': CHANNEL,
  'POST /api/telling/channels/preview': CHANNEL,
  'POST /api/telling/messages/:id/again': CHANNEL,
  'POST /api/telling/callback/:channel/:secret': CHANNEL,
  'POST /a/:token': CHANNEL,
  'POST /api/seals/unknown/:id/adopt': 'needs a device on its line; src/seals/seals.test.ts asks it',
}

const HOUR_MS = 3_600_000
const kstDay = (ms: number): string => new Date(ms + 9 * HOUR_MS).toISOString().slice(0, 10)
const iso = (ms: number): string => new Date(ms).toISOString()
const SQUARE = [
  [
    [129, 35],
    [129.2, 35],
    [129.2, 35.2],
    [129, 35],
  ],
]

export async function wholeRound({ data, words, onAsked }: RoundOptions): Promise<Round> {
  const tokens = await laidOfficers(data)
  const feedPort = await freePort()
  const config = join(dirname(data), 'round.yaml')
  writeFileSync(config, `backup:\n  to: ${join(dirname(data), 'backups')}\n`)
  const product = await startProduct(data, ['--no-demo', '--config', config, '--feed', `tcp-server://127.0.0.1:${feedPort}?name=round`])
  const socket = await connectTo(feedPort)
  const send = (line: string): void => void socket.write(line)
  const cookieName = product.url.startsWith('https:') ? '__Host-mangru' : 'mangru'
  const headersOf = (actor: Actor) => ({
    origin: product.url,
    cookie: actor === 'one' ? product.headers.cookie : `${cookieName}=${tokens[actor]}`,
  })
  const asked: Asked[] = []
  let n = 0
  const id = (what: string): string => `${what}-${String(++n).padStart(6, '0')}`

  /** `:name` in the route are filled in order. */
  const ask = async (
    route: string,
    fill: readonly (string | number)[] = [],
    body?: unknown,
    who: Actor = 'one',
    query = '',
  ): Promise<Record<string, unknown>> => {
    const [method = '', template = ''] = route.split(' ')
    let at = 0
    const path = `${template.replace(/:\w+/g, () => encodeURIComponent(String(fill[at++])))}${query}`
    const isBytes = Buffer.isBuffer(body)
    const once = (): Promise<Response> =>
      fetch(`${product.url}${path}`, {
        method,
        headers: {
          ...headersOf(who),
          ...(body === undefined
            ? {}
            : { 'content-type': isBytes ? 'application/octet-stream' : typeof body === 'string' ? 'text/plain' : 'application/json' }),
        },
        ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : typeof body === 'string' ? body : JSON.stringify(body) }),
      })
    let answer = await once()
    // As the screen does: who must prove anew who they are does so, and asks again.
    if (answer.status === 403 && (await answer.clone().text()).includes('confirm-needed')) {
      await fetch(`${product.url}/api/session/confirm`, {
        method: 'POST',
        headers: { ...headersOf(who), 'content-type': 'application/json' },
        body: JSON.stringify({ password: PASSWORD }),
      })
      answer = await once()
    }
    const text = await answer.text()
    const said: unknown = /json/.test(answer.headers.get('content-type') ?? '') && text !== '' ? JSON.parse(text) : text
    if (method !== 'GET') {
      const one = { route, who: ACTORS[who], path, status: answer.status, body: said }
      asked.push(one)
      onAsked?.(one)
    }
    return Object(said)
  }
  /** A change that takes two: asked by one, approved by the other. */
  const both = async (route: string, fill: readonly (string | number)[], body?: unknown, query = ''): Promise<Record<string, unknown>> => {
    const answer = await ask(route, fill, body, 'one', query)
    const request = Object(answer.request)
    if (typeof request.number !== 'number') return answer
    const decided = await ask('POST /api/second/:number/approve', [request.number], { note: words('note', 200) }, 'two')
    return Object(decided.result)
  }

  const nowMs = Date.now()
  for (let ship = 0; ship < 5; ship++) send(positionSentence(440_000_000 + ship, ship))
  for (let beacon = 0; beacon < 7; beacon++) send(beaconSentence(970_000_000 + beacon))
  const alarms = await eventually(async () => {
    const open = await product.get<{ id: string; ships: readonly number[] }[]>('/api/alarms')
    return open.length >= 7 ? open.map(alarm => alarm.id) : undefined
  })
  const alarm = (at: number): string => alarms[at] ?? ''

  // Alarms, ships, feeds, areas.
  await ask('POST /api/alarms/:id/acknowledge', [alarm(0)], { deedId: id('deed') })
  await ask('POST /api/alarms/:id/assign', [alarm(0)], { to: words('to', 100), note: words('note', 300), deedId: id('deed') })
  await ask('POST /api/alarms/:id/note', [alarm(0)], { text: words('text', 500), deedId: id('deed') })
  await ask('POST /api/alarms/:id/shelve', [alarm(1)], { reason: words('reason', 200), until: iso(nowMs + HOUR_MS), deedId: id('deed') })
  await ask('POST /api/alarms/:id/unshelve', [alarm(1)], { deedId: id('deed') })
  await ask('POST /api/alarms/:id/resolve', [alarm(2)], { outcome: 'nothing', note: words('note', 300), deedId: id('deed') })
  await ask('PUT /api/ships/:mmsi/watch', [440_000_001], { watched: true, note: words('note', 300), deedId: id('deed') })
  await ask('POST /api/permits', [], { barge: 440_000_002, ship: 440_000_003, from: iso(nowMs - HOUR_MS), to: iso(nowMs + HOUR_MS) })
  const [permit] = await product.get<{ id: number }[]>('/api/permits')
  await ask('DELETE /api/permits/:id', [permit?.id ?? 0])
  await ask('POST /api/feeds', [], { url: `udp://127.0.0.1:${await freePort()}?name=other` })
  await ask('POST /api/feeds/test', [], { url: `udp://127.0.0.1:${await freePort()}?name=tested` })
  await ask('PUT /api/feeds/:name', ['other'], { paused: true })
  await ask('DELETE /api/feeds/:name', ['other'])
  const area = await ask('POST /api/areas', [], { name: words('area', 80), kind: 'designated', polygon: SQUARE, note: words('note', 300) })
  const going = await ask('POST /api/areas', [], { name: 'going', kind: 'designated', polygon: SQUARE })
  await ask('PUT /api/areas/:id', [String(area.id)], {
    name: words('area', 80),
    kind: 'designated',
    polygon: SQUARE,
    note: words('note', 300),
  })
  await ask('DELETE /api/areas/:id', [String(going.id)])
  await ask(
    'POST /api/areas/import',
    [],
    JSON.stringify({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { name: words('area', 80), kind: 'designated' },
          geometry: { type: 'Polygon', coordinates: SQUARE },
        },
      ],
    }),
  )

  // Organisations and people.
  await both('POST /api/organisations', [], {
    id: 'round-post',
    kind: 'monitoring-centre',
    ko: words('organisation', 40),
    en: words('organisation', 40),
    parent: 'busan',
    reason: words('reason', 200),
  })
  await both('PUT /api/organisations/:id', ['round-post'], {
    ko: words('organisation', 40),
    phone: '051-000-0000',
    reason: words('reason', 200),
  })
  await both('PUT /api/organisations/:id/jurisdiction', ['round-post'], { polygon: SQUARE, reason: words('reason', 200) })
  await both('DELETE /api/organisations/:id', ['round-post'], undefined, `?reason=${encodeURIComponent(words('reason', 100))}`)
  const person = await ask('POST /api/people', [], {
    loginName: 'round.person',
    name: words('name', 40),
    organisation: 'busan',
    email: 'round@example.org',
    phone: '010-0000-0000',
  })
  const leaver = await ask('POST /api/people', [], { loginName: 'round.leaver', name: words('name', 40), organisation: 'busan' })
  const personId = String(person.id)
  await ask('PUT /api/people/:id', [personId], { name: words('name', 40), phone: '010-1111-1111' })
  await both('POST /api/people/:id/posts', [personId], { post: 'watch-officer', organisation: 'busan', reason: words('reason', 200) })
  const held = idIn(await product.get(`/api/people/${personId}`), 'held')
  await ask('POST /api/rights/effect', [], { give: { person: personId, post: 'watch-leader', organisation: 'busan' } })
  await both('POST /api/delegations', [], {
    giver: ACTORS.one,
    taker: personId,
    post: 'watch-leader',
    organisation: 'hq',
    until: iso(nowMs + 24 * HOUR_MS),
    reason: words('reason', 200),
  })
  await ask('DELETE /api/delegations/:id', [idIn(await product.get(`/api/people/${personId}`), 'delegations')])
  await both('DELETE /api/people/:id/posts/:post', [personId, held], undefined, `?reason=${encodeURIComponent(words('reason', 100))}`)
  const csv = `로그인,이름,소속,맡은 일,시작\r\nround.listed,"${words('name', 40).replaceAll('"', '""')}",busan,당직관,2026-01-01\r\n`
  await ask('POST /api/people/import/preview', [], { csv })
  await both('POST /api/people/import', [], { csv, reason: words('reason', 200) })
  await ask('POST /api/people/:id/link', [personId])
  await ask('POST /api/people/links', [], { again: true })
  await both('POST /api/people/:id/reset-factors', [personId], { reason: words('reason', 200) })
  const machine = await ask('POST /api/people', [], {
    loginName: 'round.machine',
    kind: 'machine',
    name: words('name', 40),
    organisation: 'hq',
  })
  const key = await ask('POST /api/people/:id/keys', [String(machine.id)], { name: words('key', 40), rights: ['read'] })
  await ask('DELETE /api/people/:id/keys/:key', [String(machine.id), String(key.id)])
  const sessions = await product.get<unknown>(`/api/people/${ACTORS.three}/sessions`)
  await ask('DELETE /api/people/:id/sessions/:session', [ACTORS.three, String(Object(firstOf(sessions)).id)])
  tokens.three = tokens.spare
  await ask('POST /api/people/:id/end', [String(leaver.id)])
  await both('POST /api/people/:id/erase', [String(leaver.id)], { reason: words('reason', 200) })

  // Two officers: the requests that are not agreed to.
  const refused = await ask('POST /api/evidence/exports', [], { from: iso(nowMs - HOUR_MS), to: iso(nowMs), reason: words('reason', 200) })
  await ask('POST /api/second/:number/refuse', [Object(refused.request).number], { note: words('note', 200) }, 'two')
  const withdrawn = await ask('POST /api/evidence/exports', [], {
    from: iso(nowMs - 2 * HOUR_MS),
    to: iso(nowMs),
    reason: words('reason', 200),
  })
  await ask('POST /api/second/:number/withdraw', [Object(withdrawn.request).number], { note: words('note', 200) })
  await ask('POST /api/holds', [], { from: iso(nowMs - HOUR_MS), to: iso(nowMs), reason: words('reason', 200) })
  await ask('POST /api/holds', [], { from: iso(nowMs - 2 * HOUR_MS), to: iso(nowMs), reason: words('reason', 200) })
  const [hold] = await product.get<{ id: number }[]>('/api/holds')
  await both('DELETE /api/holds/:id', [hold?.id ?? 0], undefined, `?reason=${encodeURIComponent(words('reason', 100))}`)
  await both('POST /api/evidence/exports', [], { alarm: alarm(0), reason: words('reason', 200) })
  await ask('POST /api/backups')

  await sealsRound({ ask, words, id, product, alarm: alarm(3) })

  // Incidents.
  const incident = id('incident')
  const attachment = id('attachment')
  await ask('POST /api/attachments', [], { id: attachment, incident, name: words('file', 100), kind: 'pdf', bytes: PDF.length })
  await ask('PUT /api/attachments/:id/bytes', [attachment], PDF, 'one', '?offset=0')
  await ask('POST /api/attachments/:id/done', [attachment], {})
  const report = (own: string, more: object = {}) => ({
    id: own,
    organisation: 'busan',
    kind: 'seizure',
    urgency: 2,
    text: words('text', 900),
    place: { label: words('place', 80), lat: 35.05, lon: 129.05 },
    goods: [{ type: 'smuggled', name: words('goods', 80), quantity: 3, unit: words('unit', 15), valueWon: 1000 }],
    people: [
      {
        id: id('person'),
        role: 'suspect',
        name: words('name', 40),
        nationality: words('nationality', 30),
        document: words('document', 30),
        note: words('note', 200),
      },
    ],
    links: [{ kind: 'container', id: 'MSKU0000000', label: words('label', 80) }],
    ...more,
  })
  await ask('PUT /api/incident-drafts/:id', [id('draft')], report(id('incident')))
  await ask('DELETE /api/incident-drafts/:id', [`draft-${String(n - 2).padStart(6, '0')}`])
  await ask(
    'POST /api/incidents',
    [],
    report(incident, { attachments: [attachment], raiseAlarm: true, isInDailyReport: true, shareWith: ['incheon'] }),
  )
  const other = id('incident')
  await ask('POST /api/incidents', [], report(other))
  const merged = id('incident')
  await ask('POST /api/incidents', [], report(merged))
  await ask('POST /api/incidents/:id/read', [incident], { steps: 1 }, 'two')
  await ask('POST /api/incidents/:id/answers', [incident], {
    text: words('text', 500),
    deedId: id('deed'),
    mentions: [{ kind: 'person', id: ACTORS.two, label: words('label', 40) }],
  })
  await ask('POST /api/incidents/:id/remind', [incident], { step: 1, deedId: id('deed') })
  await ask('POST /api/incidents/:id/corrections', [incident], {
    text: words('text', 500),
    place: { label: words('place', 80) },
    reason: words('reason', 200),
    deedId: id('deed'),
  })
  const link = { kind: 'vehicle', id: '12가3456', label: words('label', 80) }
  await ask('POST /api/incidents/:id/links', [incident], { link, deedId: id('deed') })
  await ask('POST /api/incidents/:id/unlinks', [incident], { link, deedId: id('deed') })
  await ask('POST /api/incidents/:id/share', [incident], { organisations: ['ulsan'], deedId: id('deed') })
  const suspect = id('person')
  await ask('POST /api/incidents/:id/people', [incident], {
    person: { id: suspect, role: 'witness', name: words('name', 40), note: words('note', 200) },
    deedId: id('deed'),
  })
  await both('POST /api/incidents/:id/people/:person/erase', [incident, suspect], { reason: words('reason', 200), deedId: id('deed') })
  await ask('POST /api/incidents/:id/daily-report', [incident], { isIn: true, text: words('text', 300), deedId: id('deed') })
  await ask('POST /api/incidents/:id/relate', [incident], { other, deedId: id('deed') })
  await ask('POST /api/incidents/:id/merge', [merged], { other: incident, deedId: id('deed') })
  const orders: string[] = []
  for (let at = 0; at < 2; at++) {
    const answer = await ask('POST /api/incidents/:id/orders', [incident], {
      text: words('text', 300),
      to: { organisation: 'busan', post: 'watch-officer' },
      due: iso(nowMs + HOUR_MS),
      deedId: id('deed'),
    })
    orders.push(orderOf(answer))
  }
  await ask('POST /api/orders/:id/acknowledge', [orders[0] ?? ''], { text: words('text', 200), deedId: id('deed') })
  await ask('POST /api/orders/:id/done', [orders[0] ?? ''], { text: words('text', 200), deedId: id('deed') })
  await ask('POST /api/orders/:id/recall', [orders[1] ?? ''], { text: words('text', 200), deedId: id('deed') })
  await ask('POST /api/incidents/:id/state', [incident], { to: 'confirmed', note: words('note', 200), deedId: id('deed') })
  // An alarm that an officer has raised is over when its incident is closed.
  await ask('POST /api/incidents/:id/state', [incident], { to: 'closed', outcome: 'seized', note: words('note', 200), deedId: id('deed') })
  const over = await eventually(async () =>
    (await product.get<{ id: string; detector: string; endedAt?: string }[]>('/api/alarms')).find(
      one => one.detector === 'incident-raised' && one.endedAt,
    ),
  )
  await ask('POST /api/alarms/:id/seen', [over.id], { deedId: id('deed') })
  await ask('POST /api/incidents/read-words', [], { text: words('text', 300) })

  await duty({ ask, words, id, nowMs })
  await log({ ask, words, id, product })
  await statistics({ ask, words, id })
  const reportId = await reports({ ask, words, id, nowMs, product })
  await ask('POST /api/session/active')
  await ask('POST /api/session/lock', [], undefined, 'three')
  const mine = await product.get<unknown>('/api/me/sessions')
  await ask('DELETE /api/me/sessions/:id', [
    String(Object(Array.isArray(mine) ? mine.find(one => Object(one).isThis !== true) : undefined).id),
  ])

  const { paths } = await product.get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json')
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter(method => method !== 'get')
      .map(method => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  const done = new Set(asked.map(one => one.route))
  return {
    product,
    asked,
    missed: routes.filter(route => route.includes(' /api/') && !done.has(route) && NOT_ASKED[route] === undefined),
    things: { incident, ship: 440_000_001, report: reportId, alarm: alarm(0), attachment },
    headers: { one: headersOf('one'), two: headersOf('two'), three: headersOf('three') },
    send,
    async stop() {
      socket.destroy()
      await product.stop()
    },
  }
}

/** Id of the first one in a list of an answer. */
const idIn = (answer: unknown, list: string): string => String(Object(firstOf(Object(answer)[list])).id)
/** The first of a list, or of the only list that an answer holds. */
const firstOf = (answer: unknown): unknown =>
  Array.isArray(answer) ? answer[0] : Object.values(Object(answer)).find(one => Array.isArray(one))?.[0]

const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n',
)

async function laidOfficers(data: string): Promise<{ two: string; three: string; spare: string }> {
  const makeStore = async (): Promise<void> => {
    mkdirSync(join(data, 'store'), { recursive: true })
    await (await openStore({ file: join(data, 'store', 'mangru.db'), migrations: MIGRATIONS })).close()
  }
  const lay = (actor: Actor): Promise<string> => signInOfficer(data, makeStore, { id: ACTORS[actor], name: ACTORS[actor] })
  await lay('one')
  const tokens = { two: await lay('two'), three: await lay('three'), spare: await lay('three') }
  const hash = await createHasher().hash(PASSWORD)
  const store = await openStore({ file: join(data, 'store', 'mangru.db'), migrations: MIGRATIONS })
  await store.write(Object.values(ACTORS).map(person => setPassword(person, hash, Date.now())))
  await store.close()
  return tokens
}

export interface Work {
  readonly ask: (
    route: string,
    fill?: readonly (string | number)[],
    body?: unknown,
    who?: Actor,
    query?: string,
  ) => Promise<Record<string, unknown>>
  readonly words: RoundOptions['words']
  id(what: string): string
}

async function duty({ ask, words, id, nowMs }: Work & { readonly nowMs: number }): Promise<void> {
  const watches = [
    { id: 'day', ko: words('watch', 20), en: 'day', short: '주', shortEn: 'D', fromMinute: 540, toMinute: 1260 },
    { id: 'night', ko: '야간', en: 'night', short: '야', shortEn: 'N', fromMinute: 1260, toMinute: 540 },
  ]
  const seats = (person: string) => [{ id: 'leader', ko: words('seat', 20), en: 'leader', person }]
  const roster = {
    ko: words('roster', 40),
    en: 'round',
    watches,
    cycle: '주야비',
    // From three days ago: at night the watch that stands began yesterday; another crew follows it at any hour.
    firstDay: kstDay(nowMs - 72 * HOUR_MS),
    fromDay: kstDay(nowMs - 72 * HOUR_MS),
    crews: [
      { id: 'crew-1', ko: words('crew', 20), en: 'crew 1', offset: 0, seats: seats(ACTORS.one) },
      { id: 'crew-2', ko: '2조', en: 'crew 2', offset: 2, seats: seats(ACTORS.two) },
      { id: 'crew-3', ko: '3조', en: 'crew 3', offset: 1, seats: seats(ACTORS.three) },
    ],
  }
  await ask('PUT /api/duty/:organisation/rosters/:id', ['hq', 'round-roster'], roster)
  await ask('PUT /api/duty/:organisation/rosters/:id', ['hq', 'round-later'], { ...roster, fromDay: kstDay(nowMs + 720 * HOUR_MS) })
  await ask('DELETE /api/duty/:organisation/rosters/:id', ['hq', 'round-later'])
  const day = kstDay(nowMs + 24 * HOUR_MS)
  const slot = (crew: string, watch: string, person: string) => ({ day, watch, crew, seat: 'leader', person })
  const swap = { from: slot('crew-1', 'night', ACTORS.one), to: slot('crew-2', 'day', ACTORS.two), reason: words('reason', 200) }
  const first = id('swap')
  await ask('POST /api/duty/:organisation/swaps', ['hq'], { id: first, ...swap })
  await ask('POST /api/duty/swaps/:id/answer', [first], { agrees: true }, 'two')
  await ask('POST /api/duty/swaps/:id/decide', [first], { isApproved: false, note: words('note', 200) }, 'three')
  const [leave, taken] = [id('leave'), id('leave')]
  await ask('POST /api/duty/:organisation/leaves', ['hq'], {
    id: leave,
    kind: 'annual',
    fromDay: day,
    toDay: day,
    reason: words('reason', 200),
  })
  await ask('POST /api/duty/leaves/:id/decide', [leave], { isApproved: true, note: words('note', 200) }, 'three')
  await ask('POST /api/duty/:organisation/leaves', ['hq'], {
    id: taken,
    kind: 'annual',
    fromDay: kstDay(nowMs + 72 * HOUR_MS),
    toDay: kstDay(nowMs + 72 * HOUR_MS),
  })
  await ask('POST /api/duty/requests/:id/withdraw', [taken])
  await ask('PUT /api/phones/:organisation/:id', ['hq', 'round-phone'], {
    ko: words('phone', 40),
    en: words('phone', 40),
    number: '042-000-0000',
  })
  await ask('POST /api/phones/:organisation/:id/confirm', ['hq', 'round-phone'])
  await ask('PUT /api/phones/:organisation/:id', ['hq', 'stays'], {
    ko: words('phone', 40),
    en: words('phone', 40),
    number: '042-000-0001',
  })
  await ask('DELETE /api/phones/:organisation/:id', ['hq', 'round-phone'])
  await ask('PUT /api/holidays/:id', ['2027-03-03'], { ko: words('holiday', 30), en: words('holiday', 30) })
  await ask('PUT /api/holidays/:id', ['2027-03-04'], { ko: words('holiday', 30), en: words('holiday', 30) })
  await ask('DELETE /api/holidays/:id', ['2027-03-04'])
}

async function log({ ask, words, id, product }: Work & { readonly product: RunningProduct }): Promise<void> {
  const line = id('line')
  await ask('POST /api/log', [], { id: line, text: words('text', 300) })
  await ask('PUT /api/log/:id', [line], { text: words('text', 300) })
  await ask('POST /api/log', [], {
    id: id('line'),
    kind: 'weather',
    text: words('text', 300),
    links: [{ kind: 'ship', id: '440000001', label: words('label', 40) }],
    corrects: line,
  })
  const opened = await ask('POST /api/hand-overs', [], { organisation: 'hq' })
  if (opened.id === undefined) throw new Error(`no hand-over: ${JSON.stringify(opened)}`)
  const sheet = String(opened.id)
  const items = (): Promise<{ id: string; seen: string }[]> =>
    product.get<{ items: { id: string; seen: string }[] }>(`/api/hand-overs/${encodeURIComponent(sheet)}`).then(one => one.items)
  const [item] = await items()
  await ask('POST /api/hand-overs/:id/remark', [sheet], { item: item?.id ?? 'none', remark: words('remark', 200) })
  await ask('POST /api/hand-overs/:id/sign', [sheet], { as: 'outgoing' })
  const ticks = (await items()).map(one => ({ id: one.id, seen: one.seen }))
  await ask('POST /api/hand-overs/:id/ticks', [sheet], { ticks: ticks.slice(0, 1) }, 'two')
  await ask('POST /api/hand-overs/:id/untick', [sheet], { item: ticks[0]?.id ?? 'none' }, 'two')
  await ask('POST /api/hand-overs/:id/ticks', [sheet], { ticks }, 'two')
  await ask('POST /api/hand-overs/:id/sign', [sheet], { as: 'incoming' }, 'two')
}

async function statistics({ ask, words, id }: Work): Promise<void> {
  const asks = [{ measure: 'incidents', by: ['organisation'] }]
  await ask('POST /api/statistics/answers', [], { unit: 'month', asks })
  await ask('POST /api/statistics/exports', [], {
    unit: 'month',
    format: 'xlsx',
    title: words('title', 80),
    tables: [{ title: words('title', 80), asks }],
  })
  await ask('POST /api/statistics/records/export', [], {
    unit: 'month',
    measure: 'incidents',
    format: 'csv',
    title: words('title', 80),
  })
  const form = { ko: words('measure', 40), en: words('measure', 40), source: 'incidents', where: [], function: 'count' }
  await ask('POST /api/statistics/preview', [], { unit: 'month', form })
  const [measure, board] = [id('own-measure'), id('own-board')]
  for (const own of [measure, `${measure}-2`]) await ask('PUT /api/statistics/measures/:id', [own], form)
  await ask('PUT /api/statistics/measures/:id/shared', [measure], { shared: true })
  await ask('DELETE /api/statistics/measures/:id', [`${measure}-2`])
  const widgets = [
    {
      id: 'w1',
      chart: 'bars',
      measures: ['incidents'],
      by: 'organisation',
      width: 6,
      title: { ko: words('title', 40), en: words('title', 40) },
    },
  ]
  for (const own of [board, `${board}-2`])
    await ask('PUT /api/statistics/boards/:id', [own], { ko: words('board', 40), en: words('board', 40), widgets })
  await ask('PUT /api/statistics/boards/:id/shared', [board], { shared: true })
  await ask('DELETE /api/statistics/boards/:id', [`${board}-2`])
  await ask('POST /api/statistics/rebuild')
}

async function reports({
  ask,
  words,
  id,
  nowMs,
  product,
}: Work & { readonly nowMs: number; readonly product: RunningProduct }): Promise<string> {
  const day = kstDay(nowMs + 17 * HOUR_MS)
  await ask('POST /api/report-lines/:day', [day], { deedId: id('deed'), organisation: 'hq', text: words('text', 300) })
  await ask('POST /api/reports', [], { id: 'round', from: iso(nowMs - 5 * HOUR_MS), to: iso(nowMs - 1000) })
  const report = 'special-round'
  const full = () => product.get<{ revision: number; fingerprint: string; state: string }>(`/api/reports/${report}`)
  const edit = async (text: string) =>
    ask('POST /api/reports/:id/edits', [report], {
      deedId: id('deed'),
      base: (await full()).revision,
      reason: words('reason', 100),
      edit: { deed: 'add', section: 'events', text },
    })
  await edit(words('text', 300))
  const edited = id('deed')
  await ask('POST /api/reports/:id/edits', [report], {
    deedId: edited,
    base: (await full()).revision,
    edit: { deed: 'add', section: 'events', text: 'going' },
  })
  await ask('POST /api/reports/:id/edits/:edit/undo', [report, edited], { deedId: id('deed') })
  const comment = id('deed')
  await ask('POST /api/reports/:id/comments', [report], { deedId: comment, target: 'events', text: words('text', 200) })
  await ask('POST /api/reports/:id/comments/:comment/settle', [report, comment], { deedId: id('deed'), text: words('text', 200) })
  const sign = async (who: Actor, as?: string) =>
    ask('POST /api/reports/:id/sign', [report], { deedId: id('deed'), fingerprint: (await full()).fingerprint, ...(as ? { as } : {}) }, who)
  await sign('one')
  await ask('POST /api/reports/:id/return', [report], { deedId: id('deed'), text: words('text', 200) }, 'two')
  await sign('one')
  await sign('two')
  await sign('three', 'final')
  if ((await full()).state !== 'approved') await sign('one', 'final')
  await ask('POST /api/reports/:id/corrections', [report], { deedId: id('deed'), text: words('text', 200) })
  return report
}

function orderOf(answer: Record<string, unknown>): string {
  const found = /"order":\{"id":"([^"]+)"|"orders":\[.*"id":"([^"]+)"[^\]]*\]/.exec(JSON.stringify(answer))
  return found?.[1] ?? found?.[2] ?? String(answer.id ?? '')
}
