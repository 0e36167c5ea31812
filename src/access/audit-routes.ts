// The audit trail for the auditor: search, counts, export. A regional auditor sees the deeds of people of the organisations below. Exporting is a deed itself.
import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { type Clock, CSV_BEGIN, csvLine, type Grant } from '#base/index.ts'
import { badInput, type Http } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import { withParticle } from '#rules/index.ts'
import type { Access } from './access.ts'
import { AUDIT_KINDS, type AuditEntry, type AuditSearch, auditHead, auditStatement, authorOf, countAudit, readAudit } from './audit.ts'

const PAGE = 200
const EXPORT_PAGE = 2000
const SEARCH = {
  who: Type.Optional(Type.String({ maxLength: 80, description: 'a person’s id' })),
  deed: Type.Optional(Type.String({ maxLength: 80, description: 'a deed, or its beginning: person, alarm.acknowledge' })),
  thing: Type.Optional(Type.String({ maxLength: 200 })),
  kind: Type.Optional(Type.Union(AUDIT_KINDS.map(kind => Type.Literal(kind)))),
  from: Type.Optional(Type.String({ description: 'ISO 8601' })),
  to: Type.Optional(Type.String({ description: 'ISO 8601' })),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'part of thing, note, deed or a name' })),
}
interface Asked {
  readonly who?: string
  readonly deed?: string
  readonly thing?: string
  readonly kind?: (typeof AUDIT_KINDS)[number]
  readonly from?: string
  readonly to?: string
  readonly q?: string
}
const LineShape = Type.Object({
  id: Type.Integer(),
  at: Type.String(),
  who: Type.String(),
  name: Type.String(),
  deed: Type.String(),
  thing: Type.String(),
  note: Type.Optional(Type.String()),
  second: Type.Optional(Type.String({ description: 'who agreed, where it took two' })),
})

export function auditRoutes(http: Http, store: Store, access: Access, clock: Clock): void {
  const nameOf = (id: string): string => access.people.personById(id)?.name ?? id
  const view = ({ n, atMs, session: _session, second, ...deed }: AuditEntry) => ({
    id: n,
    at: new Date(atMs).toISOString(),
    ...deed,
    name: nameOf(deed.who),
    ...(second === undefined ? {} : { second: nameOf(second) }),
  })
  const time = (name: string, text: string): number => {
    const ms = Date.parse(text)
    if (Number.isNaN(ms))
      throw badInput({
        ko: `${name} ${withParticle(`‘${text}’`, '은')} ISO 8601 시각이어야 합니다`,
        en: `${name} ‘${text}’ is no time in ISO 8601`,
      })
    return ms
  }
  const searchOf = ({ who, deed, thing, kind, from, to, q }: Asked, grant: Grant): AuditSearch => {
    const people = access.people.all()
    const theirs =
      grant.organisations === 'all' ? undefined : people.filter(person => grant.covers([person.organisation])).map(person => person.id)
    const wanted = who === undefined ? theirs : [who].filter(id => theirs === undefined || theirs.includes(id))
    const words = q?.trim() ?? ''
    return {
      ...(wanted ? { who: wanted } : {}),
      ...(deed ? { deed } : {}),
      ...(thing ? { thing } : {}),
      ...(kind ? { kind } : {}),
      ...(from === undefined ? {} : { fromMs: time('from', from) }),
      ...(to === undefined ? {} : { toMs: time('to', to) }),
      ...(words === '' ? {} : { text: words, textWho: people.filter(person => person.name.includes(words)).map(person => person.id) }),
    }
  }
  http.route({
    method: 'GET',
    path: '/api/audit',
    deed: 'audit.read',
    summary: 'Who did what, newest first; searched by person, deed, thing, time and words, paged by before',
    tag: 'access',
    query: Type.Object({
      ...SEARCH,
      before: Type.Optional(Type.Integer()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    }),
    answer: Type.Array(LineShape),
    handle: ({ query: { before, limit = PAGE, ...asked }, grant }) =>
      readAudit(store, { ...searchOf(asked, grant), ...(before === undefined ? {} : { before }), limit }).map(view),
  })
  http.route({
    method: 'GET',
    path: '/api/audit/counts',
    deed: 'audit.read',
    summary: 'How many rows fit, by kind; and the head of the chain',
    tag: 'access',
    query: Type.Object(SEARCH),
    answer: Type.Object({ counts: Type.Record(Type.String(), Type.Integer()), head: Type.Optional(Type.String()), rows: Type.Integer() }),
    handle({ query: { kind: _kind, ...asked }, grant }) {
      const head = auditHead(store)
      return { counts: countAudit(store, searchOf(asked, grant)), rows: head?.n ?? 0, ...(head ? { head: head.hash } : {}) }
    },
  })
  http.route({
    method: 'GET',
    path: '/api/audit.csv',
    deed: 'audit.read',
    summary: 'The rows that fit as CSV (UTF-8 with a byte-order mark; cells are no formulas)',
    tag: 'access',
    query: Type.Object(SEARCH),
    produces: 'text/csv; charset=utf-8',
    async handle({ query, grant, caller, english, reply }) {
      const search = searchOf(query, grant)
      await store.write([
        auditStatement({ atMs: clock.now(), ...authorOf(caller), deed: 'audit.export', thing: 'audit', note: JSON.stringify(query) }),
      ])
      reply.header('content-disposition', 'attachment; filename="mangru-audit.csv"')
      return Readable.from(csvOf(english, before => readAudit(store, { ...search, before, limit: EXPORT_PAGE }), nameOf))
    },
  })
}

const HEAD = {
  ko: ['번호', '시각(UTC)', '사람', '식별자', '한 일', '대상', '비고', '승인한 사람', '세션'],
  en: ['row', 'time (UTC)', 'person', 'id', 'deed', 'thing', 'note', 'agreed by', 'session'],
}

function* csvOf(english: boolean, page: (before: number) => readonly AuditEntry[], nameOf: (id: string) => string): Generator<string> {
  yield CSV_BEGIN + csvLine(english ? HEAD.en : HEAD.ko)
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = page(before)
    yield rows
      .map(row =>
        csvLine([
          row.n,
          new Date(row.atMs).toISOString(),
          nameOf(row.who),
          row.who,
          row.deed,
          row.thing,
          row.note,
          row.second === undefined ? undefined : nameOf(row.second),
          row.session,
        ]),
      )
      .join('')
    const last = rows.at(-1)
    if (!last || rows.length < EXPORT_PAGE) return
    before = last.n
  }
}
