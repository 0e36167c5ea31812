// Evidence that leaves the house: made when two have agreed, kept in DIR/exports, taken by those two alone. Each is a row that stays, whatever becomes of the file.
import { createReadStream, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Type } from 'typebox'
import type { Caller, Clock, Thing } from '#base/index.ts'
import { badInput, type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import { signingKey } from './bundle.ts'

export const EXPORT_MIGRATIONS: readonly Migration[] = [
  {
    id: 'evidence-0002',
    sql: `CREATE TABLE evidence_exports (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      who TEXT NOT NULL,
      second TEXT NOT NULL,
      reason TEXT NOT NULL,
      what TEXT NOT NULL,
      from_ms INTEGER NOT NULL,
      to_ms INTEGER NOT NULL,
      made_ms INTEGER NOT NULL,
      file TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      entries INTEGER NOT NULL
    ) STRICT`,
  },
]

/** What an alarm brings into an export of it. */
export interface AlarmPart {
  readonly fromMs: number
  readonly toMs: number
  readonly ships: readonly number[]
  readonly organisations: readonly string[]
  readonly ko: string
  readonly en: string
  readonly json: string
}

/** What a journey under seal brings into an export of it: the entries of the ledger that its seals said, and papers of it. */
export interface JourneyPart {
  readonly fromMs: number
  readonly toMs: number
  readonly organisations: readonly string[]
  readonly ko: string
  readonly en: string
  readonly marks: readonly number[]
  /** Made when the export is. */
  files(): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>
}

export interface ExportOptions {
  readonly http: Http
  readonly store: Store
  readonly clock: Clock
  readonly data: string
  readonly version: string
  audit(caller: Caller, deed: string, thing: string, note: string): Statement
  alarm(id: string): AlarmPart | undefined
  journey(id: string): JourneyPart | undefined
  /** Tracks of the ships as GeoJSON. */
  tracks(ships: readonly number[], fromMs: number, toMs: number): Promise<string>
  /** What is received is on the disk; then the export reads it. */
  settled(): Promise<void>
  /** Head of the audit trail now: stands in the export. */
  auditHead(): { readonly n: number; readonly hash: string } | undefined
}

interface Row extends Record<string, string | number> {
  id: number
  who: string
  second: string
  reason: string
  what: string
  from_ms: number
  to_ms: number
  made_ms: number
  file: string
  bytes: number
  sha256: string
  entries: number
}

const MAX_SPAN_MS = 24 * 3_600_000
const Body = Type.Object(
  {
    alarm: Type.Optional(Type.String({ maxLength: 100 })),
    journey: Type.Optional(Type.String({ maxLength: 100 })),
    from: Type.Optional(Type.String({ description: 'ISO 8601; of an alarm or a journey: its own time' })),
    to: Type.Optional(Type.String({ description: 'ISO 8601' })),
    ships: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 999_999_999 }), { maxItems: 50 })),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    deedId: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
)
const ExportShape = Type.Object({
  id: Type.Integer(),
  what: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
  madeAt: Type.String(),
})
const iso = (ms: number): string => new Date(ms).toISOString()
const kst = (ms: number): string =>
  iso(ms + 9 * 3_600_000)
    .slice(0, 19)
    .replace('T', ' ')
/** As officers read it: 2026-11-24 09:00:00 ~ 2026-11-24 10:00:00 KST. */
export const spanKst = (fromMs: number, toMs: number): string => `${kst(fromMs)} ~ ${kst(toMs)} KST`
const view = ({ from_ms, to_ms, made_ms, file, ...row }: Row) => ({
  ...row,
  from: iso(from_ms),
  to: iso(to_ms),
  madeAt: iso(made_ms),
  name: file,
})

interface WantedBody {
  readonly alarm?: string
  readonly journey?: string
  readonly from?: string
  readonly to?: string
  readonly ships?: readonly number[]
}
interface Wanted {
  readonly fromMs: number
  readonly toMs: number
  readonly ships: readonly number[]
  readonly alarm?: AlarmPart & { readonly id: string }
  readonly journey?: JourneyPart & { readonly id: string }
}

export function exportRoutes(options: ExportOptions): void {
  const { http, store, clock, data } = options
  const key = signingKey(join(data, 'keys', 'evidence-ed25519.pem'))
  const wantedOf = (body: WantedBody): Wanted => {
    if (body.journey !== undefined) {
      const journey = options.journey(body.journey)
      if (!journey) throw notFound({ ko: `운송 ${body.journey}`, en: `journey ${body.journey}` })
      // All of it: half a journey proves nothing.
      return { fromMs: journey.fromMs, toMs: journey.toMs, ships: [], journey: { ...journey, id: body.journey } }
    }
    const alarm = body.alarm === undefined ? undefined : options.alarm(body.alarm)
    if (body.alarm !== undefined && !alarm) throw notFound({ ko: `경보 ${body.alarm}`, en: `alarm ${body.alarm}` })
    const fromMs = body.from === undefined ? (alarm?.fromMs ?? Number.NaN) : Date.parse(body.from)
    const toMs = body.to === undefined ? (alarm?.toMs ?? Number.NaN) : Date.parse(body.to)
    if (!alarm && (body.from === undefined || body.to === undefined))
      throw badInput({
        ko: '경보(alarm)나 운송(journey), 또는 기간(from, to)을 적으십시오',
        en: 'name an alarm, a journey, or a time from and to',
      })
    if (!(toMs >= fromMs) || toMs - fromMs > MAX_SPAN_MS)
      throw badInput({
        ko: '기간은 ISO 8601 시각이고 24시간 이내여야 합니다',
        en: 'from and to are times in ISO 8601, at most 24 hours apart',
      })
    return { fromMs, toMs, ships: body.ships ?? alarm?.ships ?? [], ...(alarm ? { alarm: { ...alarm, id: body.alarm ?? '' } } : {}) }
  }
  const thingOf = ({ fromMs, toMs, alarm, journey, ships }: Wanted): Thing => {
    const span = spanKst(fromMs, toMs)
    const about = alarm ?? journey
    return {
      id: about?.id ?? span,
      organisations: about?.organisations ?? [],
      ko: `증거 내보내기: ${about ? `${about.ko} · ` : ''}${span}${ships.length > 0 ? ` · MMSI ${ships.join(', ')}` : ''}`,
      en: `export evidence: ${about ? `${about.en}, ` : ''}${span}${ships.length > 0 ? `, MMSI ${ships.join(', ')}` : ''}`,
    }
  }
  const mine = (caller: Caller, id: number): Row => {
    const [row] = store.read<Row>('SELECT * FROM evidence_exports WHERE id = ?', [id])
    if (!row || (row.who !== caller.id && row.second !== caller.id)) throw notFound({ ko: `내보낸 증거 ${id}`, en: `export ${id}` })
    return row
  }

  http.route({
    method: 'POST',
    path: '/api/evidence/exports',
    deed: 'evidence.export',
    summary: 'Export the raw input and tracks of a time, an alarm or a sealed journey, signed (two officers)',
    tag: 'records',
    body: Body,
    answer: ExportShape,
    thing: ({ body, grant }) => {
      const thing = thingOf(wantedOf(body))
      if (!grant.covers(thing.organisations ?? []))
        throw notFound(
          body.journey === undefined
            ? { ko: `경보 ${thing.id}`, en: `alarm ${thing.id}` }
            : { ko: `운송 ${thing.id}`, en: `journey ${thing.id}` },
        )
      return thing
    },
    async handle({ body, caller }) {
      if (caller.second === undefined)
        throw new HttpRefusal(403, 'needs-second', { ko: '두 사람이 하는 일입니다', en: 'this takes two officers' })
      const wanted = wantedOf(body)
      const made = await makeExport(options, key.privatePem, wanted, caller, body.reason ?? '')
      const what = thingOf(wanted).ko
      await store.write([
        {
          sql: 'INSERT INTO evidence_exports (who, second, reason, what, from_ms, to_ms, made_ms, file, bytes, sha256, entries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
          values: [
            caller.id,
            caller.second,
            body.reason ?? '',
            what,
            wanted.fromMs,
            wanted.toMs,
            clock.now(),
            made.name,
            made.bytes,
            made.sha256,
            made.entries,
          ],
        },
        options.audit(caller, 'evidence.export', thingOf(wanted).id, `${what} · SHA-256 ${made.sha256}`),
      ])
      const [row] = store.read<Row>('SELECT * FROM evidence_exports WHERE file = ?', [made.name])
      return row && view(row)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/evidence/exports',
    deed: 'evidence.take',
    summary: 'Exports I asked for or agreed to, newest first',
    tag: 'records',
    answer: Type.Array(ExportShape),
    handle: ({ caller }) =>
      store
        .read<Row>('SELECT * FROM evidence_exports WHERE who = ? OR second = ? ORDER BY id DESC LIMIT 200', [caller.id, caller.id])
        .map(view),
  })
  http.route({
    method: 'GET',
    path: '/api/evidence/exports/:number',
    deed: 'evidence.take',
    summary: 'The file of an export (ZIP); each taking is audited',
    tag: 'records',
    params: Type.Object({ number: Type.Integer() }),
    produces: 'application/zip',
    async handle({ params, caller, reply }) {
      const row = mine(caller, params.number)
      const file = join(data, 'exports', row.file)
      if (!existsSync(file)) throw new HttpRefusal(410, 'gone', { ko: '파일이 보관소에 없습니다', en: 'the file is no longer kept' })
      await store.write([options.audit(caller, 'evidence.take', String(row.id), `${row.what} · SHA-256 ${row.sha256}`)])
      reply.header('content-disposition', `attachment; filename="${row.file}"`)
      return createReadStream(file)
    },
  })
  http.route({
    method: 'GET',
    path: '/api/evidence/key',
    deed: 'evidence.look',
    summary: 'The public key exports are signed with, and its fingerprint',
    tag: 'records',
    answer: Type.Object({ fingerprint: Type.String(), pem: Type.String() }),
    handle: () => ({ fingerprint: key.fingerprint, pem: key.publicPem }),
  })
}

async function makeExport(
  { data, clock, version, tracks, settled, auditHead }: ExportOptions,
  privatePem: string,
  { fromMs, toMs, ships, alarm, journey }: Wanted,
  caller: Caller,
  reason: string,
) {
  await settled()
  const directory = join(data, 'exports')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const name = `mangru-evidence-${iso(clock.now()).replace(/[-:.]/g, '')}.zip`
  const custody = {
    askedBy: { id: caller.id, name: caller.name },
    agreedBy: caller.second,
    reason,
    from: iso(fromMs),
    to: iso(toMs),
    ships,
    ...(alarm ? { alarm: alarm.id } : {}),
    ...(journey ? { journey: journey.id } : {}),
    madeAt: iso(clock.now()),
    product: `mangru ${version}`,
    auditHead: auditHead(),
  }
  const text = (name: string, words: string) => ({ name, bytes: Buffer.from(words) })
  const files = [
    ...(journey ? await journey.files() : [text('tracks.geojson', await tracks(ships, fromMs, toMs))]),
    text('custody.json', `${JSON.stringify(custody, null, 2)}\n`),
    ...(alarm ? [text('alarm.json', alarm.json)] : []),
  ]
  const raw = journey ? { name: 'frames', ending: 'bin', marks: journey.marks } : { name: 'sentences', ending: 'nmea' }
  const worker = new Worker(new URL('./bundle-thread.ts', import.meta.url), {
    workerData: { ledger: join(data, 'ledger'), fromMs, toMs, raw, files, custody, privatePem, file: join(directory, name) },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const answer = await new Promise<unknown>((done, fail) => {
    worker.once('message', done)
    worker.once('error', fail)
  })
  const { refused, bytes, sha256, entries } = Object(answer)
  if (typeof refused === 'string') throw new Error(refused)
  return { name, bytes: Number(bytes), sha256: String(sha256), entries: Number(entries) }
}
