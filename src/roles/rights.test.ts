// Every route and live topic × every post, at the product's real doors, against answers written by hand (docs/rights.csv). A route without a row fails, and the
// message says what to write. Cells: `all` the post's organisation and those below it (at head office: everything), `own` its organisation alone, `two` as all but a
// second officer must agree, `-` not at all. Things of another organisation must not even be known of.
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { POSTS, type Post, type Reach } from '#base/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { encodeSentences } from '#wire/ais/index.ts'
import { POLICIES, TOPICS } from './policies.ts'
import { type Doors, openDoors, PLACES, type Place, SHIPS } from './test-doors.ts'

/** Routes that answer whoever reaches the door, by hand: everything else wants to know who calls. */
const OPEN = [
  'GET /openapi.json',
  'GET /healthz',
  'GET /ca.crt',
  'GET /sign-in/state',
  'POST /sign-in/password',
  'POST /sign-in/first',
  'POST /sign-in/link/look',
  'POST /sign-in/link',
  'POST /sign-in/key',
  'POST /sign-in/demo',
  'POST /sign-in/second',
  'POST /sign-in/recovery',
  'POST /sign-in/passkey/options',
  'POST /sign-in/passkey',
  'POST /sign-in/enrol/totp',
  'POST /sign-in/enrol/totp/confirm',
  'POST /sign-in/enrol/passkey/options',
  'POST /sign-in/enrol/passkey',
  'GET /sign-in/oidc',
  'GET /sign-in/oidc/back',
  'POST /sign-in/oidc/enter',
  'GET /a/:token',
  'POST /a/:token',
  'GET /api/telling/callback/:channel/:secret',
  'POST /api/telling/callback/:channel/:secret',
]

const CELLS = ['all', 'own', 'two', '-'] as const
type Cell = (typeof CELLS)[number]
const rows = new Map<string, readonly string[]>()
const [head = '', ...lines] = readFileSync(fileURLToPath(new URL('../../docs/rights.csv', import.meta.url)), 'utf8')
  .trim()
  .split('\n')
for (const line of lines) {
  const [name = '', ...cells] = line.trim().split(',')
  rows.set(name, cells)
}
const cellOf = (row: string, post: Post): Cell | undefined => CELLS.find(cell => cell === rows.get(row)?.[POSTS.indexOf(post)])

const folder = temporaryFolder()
let doors: Doors
let wanted: { readonly row: string; readonly method: string; readonly path: string; readonly deed: string }[]
beforeAll(async () => {
  doors = await openDoors(folder.path)
  wanted = [
    ...doors.room.routes.map(route => ({ ...route, row: `${route.method} ${route.path}` })),
    ...TOPICS.map(({ kind, deed }) => ({ row: `LIVE ${kind}`, method: 'LIVE', path: kind, deed })),
  ]
})
afterAll(async () => {
  await doors?.stop()
  folder.remove()
})

test('every route and live topic has its row, with an answer for each of the twelve posts, and no row is of the past', () => {
  expect(head).toBe(['route', ...POSTS].join(','))
  const deedOf = new Map(wanted.map(one => [one.row, one.deed]))
  const missing = [...deedOf.keys()].filter(row => !rows.has(row))
  expect(
    missing.map(row => `${row},${POSTS.map(() => '?').join(',')}`),
    `write these rows into docs/rights.csv BY HAND (deed in policy.ts: ${missing.map(row => deedOf.get(row)).join(', ')}); columns: ${POSTS.join(',')}; cells: all|own|two|-`,
  ).toEqual([])
  expect(
    [...rows.keys()].filter(row => !deedOf.has(row)),
    'rows of docs/rights.csv whose route is gone',
  ).toEqual([])
  const bad = [...rows].filter(([, cells]) => cells.length !== POSTS.length || cells.some(cell => !CELLS.some(known => known === cell)))
  expect(
    bad.map(([row]) => row),
    'rows of docs/rights.csv with a missing or strange cell',
  ).toEqual([])
})

test('every cell: what the policy decides is what was written by hand', () => {
  const wrong: string[] = []
  let cells = 0
  for (const { row, deed } of wanted)
    for (const post of POSTS) {
      const cell = cellOf(row, post)
      cells++
      const found = OPEN.includes(row) ? 'all' : reachFound(post, deed)
      if (cell !== found) wrong.push(`${row} × ${post}: docs/rights.csv says ${cell}, the product does ${found} (deed ${deed})`)
    }
  process.stdout.write(`rights: ${cells} cells (${wanted.length} routes and live topics × ${POSTS.length} posts)\n`)
  expect(wrong).toEqual([])
  expect(cells).toBe(rows.size * POSTS.length)
})

/** The reach of a post with a deed, found out by asking for things here and there; not read from the policy. */
function reachFound(post: Post, deed: string): Cell {
  const grants = new Map(PLACES.map(place => [place, doors.room.access.grantOf(doors.caller(post, place), deed)]))
  if ([...grants.values()].every(grant => grant === undefined)) return '-'
  const busan = grants.get('busan')
  if (grants.get('hq')?.covers(['incheon']) !== true) return 'own'
  if (busan?.covers(['gamcheon']) !== true || busan.covers(['incheon']) || busan.covers([])) return '-'
  return busan.needsSecond(['gamcheon']) && grants.get('hq')?.needsSecond([]) === true ? 'two' : 'all'
}

test('every cell at the door: the right post is let in, every other is told so, a stranger is asked who they are', async () => {
  const wrong: string[] = []
  let tries = 0
  for (const { row, method, path } of wanted.filter(one => one.method !== 'LIVE')) {
    const url = path.replace(/:(\w+)/g, (_, name) => (/^(mmsi|number|post)$/.test(name) ? '999999998' : 'nobody-knows'))
    const body = method === 'GET' || method === 'DELETE' ? undefined : {}
    const stranger = await doors.ask(undefined, method, url, body)
    if ((stranger.status === 401) === OPEN.includes(row)) wrong.push(`${row}: a stranger gets ${stranger.status}`)
    for (const post of POSTS)
      for (const place of ['hq', 'busan'] as const) {
        tries++
        const answer = await doors.ask(doors.caller(post, place).id, method, url, body)
        const isRefused = answer.status === 403 && answer.text.includes('not-yours')
        if (isRefused !== (cellOf(row, post) === '-') || answer.status >= 500 || answer.status === 401)
          wrong.push(`${row} × ${post} at ${place}: ${answer.status} ${answer.text.slice(0, 120)}`)
      }
  }
  process.stdout.write(`rights: ${tries} tries at the doors\n`)
  expect(wrong).toEqual([])
}, 400_000)

/** May somebody who holds a post with this reach at `at` know of a thing of `whose` (hq: of no organisation)? */
function knows(cell: Cell | undefined, at: Place, whose: Place): boolean {
  if (cell === undefined || cell === '-') return false
  if (cell === 'own') return at === whose
  return at === 'hq' || at === whose || (at === 'busan' && whose === 'gamcheon')
}

const SCOPED: readonly (readonly [row: string, ask: (whose: Place) => readonly [method: string, path: string, body: unknown]])[] = [
  ['GET /api/alarms/:id', (whose: Place) => ['GET', `/api/alarms/alarm-${whose}`, undefined]],
  ['POST /api/alarms/:id/note', (whose: Place) => ['POST', `/api/alarms/alarm-${whose}/note`, { text: 'x' }]],
  ['POST /api/alarms/:id/assign', (whose: Place) => ['POST', `/api/alarms/alarm-${whose}/assign`, { to: 'x' }]],
  ['GET /api/people/:id', (whose: Place) => ['GET', `/api/people/${doors.caller('director', whose).id}`, undefined]],
  ['PUT /api/people/:id', (whose: Place) => ['PUT', `/api/people/${doors.caller('director', whose).id}`, {}]],
]
test.each(SCOPED)('%s: a thing of another organisation is not found, for every post at every place', async (row, ask) => {
  const wrong: string[] = []
  for (const post of POSTS.filter(one => cellOf(row, one) !== '-'))
    for (const at of PLACES)
      for (const whose of PLACES) {
        const { status } = await doors.ask(doors.caller(post, at).id, ...ask(whose))
        if (status !== (knows(cellOf(row, post), at, whose) ? 200 : 404)) wrong.push(`${post} at ${at}, thing of ${whose}: ${status}`)
      }
  expect(wrong).toEqual([])
})

test('lists, counts and the timeline hold only what their reader may know of, for every post at every place', async () => {
  const wrong: string[] = []
  const span = 'from=2026-11-24T02:00:00Z&to=2026-11-24T04:00:00Z&bins=1'
  for (const post of POSTS)
    for (const at of PLACES) {
      const who = doors.caller(post, at).id
      const open = PLACES.filter(whose => knows(cellOf('GET /api/alarms', post), at, whose))
      const same = (what: string, found: unknown, expected: unknown) =>
        JSON.stringify(found) === JSON.stringify(expected) || wrong.push(`${post} at ${at}: ${what} ${JSON.stringify(found)}`)
      if (cellOf('GET /api/alarms', post) !== '-') {
        const list = (await doors.ask(who, 'GET', '/api/alarms')).json()
        same('alarms', [...namesIn(list, 'id')].sort(), open.map(place => `alarm-${place}`).sort())
        const [bin] = [(await doors.ask(who, 'GET', `/api/timeline?${span}`)).json()].flat()
        same('timeline', Object(bin).alarms?.length, open.length)
      }
      if (cellOf('GET /api/people', post) !== '-') {
        const seen = PLACES.filter(whose => knows(cellOf('GET /api/people', post), at, whose))
        const list = (await doors.ask(who, 'GET', '/api/people')).json()
        same('people', [...new Set(namesIn(list, 'organisation'))].sort(), [...seen].sort())
      }
    }
  expect(wrong).toEqual([])
})

const namesIn = (list: unknown, field: string): readonly string[] =>
  Array.isArray(list) ? list.map(one => String(Object(one)[field])) : []

interface Ear {
  readonly post: Post
  readonly at: Place
  readonly heard: { readonly kind: string; readonly text: string }[]
  /** Bytes of flags by ship, from the binary frames. */
  readonly flags: Map<number, number>
  close(): void
}

async function listen(post: Post, at: Place): Promise<Ear> {
  const socket = new WebSocket(`${doors.url.replace('http', 'ws')}/live`, { headers: doors.headers(doors.caller(post, at).id) })
  const heard: { kind: string; text: string }[] = []
  const flags = new Map<number, number>()
  socket.on('message', (data, isBinary) => {
    if (!isBinary) return void heard.push({ kind: String(JSON.parse(String(data)).kind), text: String(data) })
    const frame = Buffer.from(data as Buffer)
    for (let n = 0; n < frame.readUInt32LE(4); n++) flags.set(frame.readUInt32LE(16 + n * 32), frame.readUInt16LE(16 + n * 32 + 24))
  })
  await new Promise<void>((done, fail) => {
    socket.once('open', () => done())
    socket.once('error', fail)
  })
  socket.send(JSON.stringify({ kind: 'view', west: 120, south: 30, east: 135, north: 40 }))
  return { post, at, heard, flags, close: () => socket.terminate() }
}

test('live messages and the alarmed flag of ships reach exactly the screens that may know, for every post at every place', async () => {
  const { room } = doors
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  expect(room.addFeed(`udp://127.0.0.1:${port}?name=rights`).ok).toBe(true)
  await placeShips(port)
  const ears = await Promise.all(POSTS.flatMap(post => PLACES.map(at => listen(post, at))))
  try {
    const leader = doors.caller('watch-leader', 'hq').id
    for (const place of PLACES)
      expect((await doors.ask(leader, 'POST', `/api/alarms/alarm-${place}/note`, { text: 'live' })).status).toBe(200)
    const area = {
      name: '시험',
      kind: 'designated',
      polygon: [
        [
          [129, 35],
          [129.1, 35],
          [129.1, 35.1],
        ],
      ],
    }
    expect((await doors.ask(leader, 'POST', '/api/areas', area)).status).toBe(201)
    await until(() =>
      ears.every(ear => ear.heard.some(one => one.kind === 'status') && (ear.flags.size === 4 || cellOf('LIVE ships', ear.post) === '-')),
    )
    const wrong: string[] = []
    for (const { post, at, heard, flags } of ears) {
      const alarms = [...new Set(heard.filter(one => one.kind === 'alarm').map(one => /alarm-(\w+)/.exec(one.text)?.[1]))].sort()
      const may = PLACES.filter(whose => knows(cellOf('LIVE alarm', post), at, whose)).sort()
      if (alarms.join() !== may.join()) wrong.push(`${post} at ${at} heard of the alarms of ${alarms}`)
      if (heard.some(one => one.kind === 'areas') !== (cellOf('LIVE areas', post) !== '-')) wrong.push(`${post} at ${at}: areas`)
      const isShown = cellOf('LIVE ships', post) !== '-'
      if (flags.size !== (isShown ? 4 : 0)) wrong.push(`${post} at ${at} sees ${flags.size} ships`)
      for (const whose of isShown ? PLACES : [])
        if (((flags.get(SHIPS[whose]) ?? 0) & 2) !== (knows(cellOf('LIVE alarm', post), at, whose) ? 2 : 0))
          wrong.push(`${post} at ${at}: flag of ${whose}`)
    }
    expect(wrong).toEqual([])
  } finally {
    for (const ear of ears) ear.close()
  }
})

test('a change of posts acts on an open line within five seconds: what is no longer theirs stops, what is new comes', async () => {
  const { access } = doors.room
  const ear = await listen('watch-officer', 'incheon')
  try {
    await until(() => ((ear.flags.get(SHIPS.incheon) ?? 0) & 2) === 2)
    const { id } = doors.caller('watch-officer', 'incheon')
    const held = access.people.posts().find(post => post.person === id)
    await access.people.takeBack(held?.id ?? 0, { who: 'test' })
    await access.people.give(id, { post: 'watch-officer', organisation: 'busan', fromMs: 0 }, { who: 'test' })
    const changedAt = performance.now()
    await until(() => ((ear.flags.get(SHIPS.incheon) ?? 0) & 2) === 0 && ((ear.flags.get(SHIPS.busan) ?? 0) & 2) === 2)
    expect(performance.now() - changedAt).toBeLessThan(5000)
    expect(ear.heard.some(one => one.kind === 'rights')).toBe(true)
    const heardBefore = ear.heard.length
    const leader = doors.caller('watch-leader', 'hq').id
    await doors.ask(leader, 'POST', '/api/alarms/alarm-incheon/note', { text: 'not theirs' })
    await doors.ask(leader, 'POST', '/api/alarms/alarm-busan/note', { text: 'theirs now' })
    await until(() => ear.heard.slice(heardBefore).some(one => one.text.includes('theirs now')))
    expect(ear.heard.slice(heardBefore).some(one => one.text.includes('not theirs'))).toBe(false)
  } finally {
    ear.close()
  }
})

test('a deed that waits for a second officer is told to who asked and to who could agree, and to nobody else', async () => {
  const ears = await Promise.all(
    (['watch-leader', 'investigator', 'director', 'administrator', 'screen'] as const).flatMap(post => PLACES.map(at => listen(post, at))),
  )
  try {
    const asked = { alarm: 'alarm-busan', reason: '검찰 요청' }
    expect((await doors.ask(doors.caller('watch-leader', 'busan').id, 'POST', '/api/evidence/exports', asked)).status).toBe(202)
    const hears = (ear: Ear): boolean => ear.heard.some(one => one.kind === 'second' && one.text.includes('alarm-busan'))
    await until(() => ears.some(ear => ear.post === 'investigator' && ear.at === 'busan' && hears(ear)))
    // Numbered messages go out in order: whoever has the note that came after has had everything before it.
    await doors.ask(doors.caller('watch-leader', 'hq').id, 'POST', '/api/alarms/alarm-busan/note', { text: 'after the request' })
    await until(() => ears.some(ear => ear.post === 'screen' && ear.heard.some(one => one.text.includes('after the request'))))
    const told = ears.filter(hears).map(ear => `${ear.post} ${ear.at}`)
    expect(told.sort()).toEqual(['investigator busan', 'investigator hq', 'watch-leader busan', 'watch-leader hq'])
  } finally {
    for (const ear of ears) ear.close()
  }
})

test('whoever acted on an alarm is shown by name; the id stays beside it', async () => {
  const leader = doors.caller('watch-leader', 'busan')
  const alarm = Object((await doors.ask(leader.id, 'POST', '/api/alarms/alarm-busan/note', { text: 'by name' })).json())
  expect(alarm.history.at(-1)).toMatchObject({ who: leader.id, name: 'watch-leader busan', note: 'by name' })
})

test('every deed of a policy guards something, and every post of a policy may do something', () => {
  const deeds = new Set(wanted.map(one => one.deed))
  expect(POLICIES.map(policy => policy.deed).filter(deed => !deeds.has(deed))).toEqual([])
  const reaches: readonly Reach[] = ['all', 'own', 'two']
  for (const policy of POLICIES)
    expect(
      Object.values(policy.reach).every(reach => reaches.includes(reach)),
      policy.deed,
    ).toBe(true)
})

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 15_000
  while (!isSo()) {
    if (performance.now() > end) throw new Error('did not happen within 15 s')
    await new Promise(done => setTimeout(done, 25))
  }
}

/** The four ships of the alarms say where they are. */
async function placeShips(port: number): Promise<void> {
  const socket = createSocket('udp4')
  for (const [n, mmsi] of Object.values(SHIPS).entries()) {
    const report = {
      type: 1,
      repeat: 0,
      mmsi,
      navigationStatus: 0,
      sogKn: 5,
      lon: 129,
      lat: 35 + n / 100,
      cogDeg: 90,
      headingDeg: 90,
      second: 1,
    }
    const bytes = Buffer.from(`${encodeSentences(report).join('\r\n')}\r\n`)
    await new Promise<void>(done => socket.send(bytes, port, '127.0.0.1', () => done()))
  }
  socket.close()
}
