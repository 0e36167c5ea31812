import { Type } from 'typebox'
import type { Http } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import { readAudit } from './audit.ts'

const PAGE = 200

/** /api/me and /api/audit. */
export function accessRoutes(http: Http, store: Pick<Store, 'read'>): void {
  http.route({
    method: 'GET',
    path: '/api/me',
    right: 'look',
    summary: 'Who is acting',
    tag: 'access',
    answer: Type.Object({ id: Type.String(), name: Type.String() }),
    handle: ({ caller }) => ({ id: caller.id, name: caller.name }),
  })
  http.route({
    method: 'GET',
    path: '/api/audit',
    right: 'read-records',
    summary: 'Who did what, newest first',
    tag: 'access',
    query: Type.Object({ before: Type.Optional(Type.Integer()), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) }),
    answer: Type.Array(
      Type.Object({
        id: Type.Integer(),
        at: Type.String(),
        who: Type.String(),
        deed: Type.String(),
        thing: Type.String(),
        note: Type.Optional(Type.String()),
      }),
    ),
    handle: ({ query }) =>
      readAudit(store, { ...(query.before === undefined ? {} : { before: query.before }), limit: query.limit ?? PAGE }).map(
        ({ n, atMs, ...deed }) => ({ id: n, at: new Date(atMs).toISOString(), ...deed }),
      ),
  })
}
