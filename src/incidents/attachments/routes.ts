// /api/attachments: announce, send in pieces, finish; look at the shared copy, its thumbnail, the original. Whoever may see the incident may see the shared copy; until it is
// reported only the sender. What hangs on a sealed journey (`journey:<id>`) is seen by whoever sees the journey. Originals are a right of their own, each look audited. Served so that a browser takes them for nothing but what they are.
import { createReadStream } from 'node:fs'
import { Type } from 'typebox'
import type { Caller, Grant } from '#base/index.ts'
import { type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import type { Incidents } from '../incidents-contract.ts'
import { type Acting, answered, authorOf } from '../route-parts.ts'
import { Id, Time } from '../shapes.ts'
import { attachmentView } from '../view.ts'
import type { Attachments } from './attachments.ts'
import type { Attachment } from './rows.ts'

export interface AttachmentRoutesOptions {
  readonly http: Http
  readonly attachments: Attachments
  readonly incidents: Pick<Incidents, 'get'>
  /** Whose a sealed journey is; undefined where there is none. */
  journeyOrganisations(journey: string): readonly string[] | undefined
  grantOf(caller: Caller, deed: string): Grant | undefined
  audit(caller: Caller, deed: string, thing: string, note: string): Promise<void>
}

const Params = Type.Object({ id: Id })
const JOURNEY = 'journey:'
const Received = Type.Object({ received: Type.Integer({ description: 'bytes that are here: send on from there' }) })
const Shape = Type.Object({
  id: Type.String(),
  incident: Type.String(),
  name: Type.String(),
  kind: Type.String({ description: 'photo video pdf' }),
  type: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String({ description: 'of the original' }),
  at: Time,
  takenAt: Type.Optional(Time),
  hasThumbnail: Type.Boolean(),
})

export function attachmentRoutes(options: AttachmentRoutesOptions): void {
  uploadRoutes(options)
  lookRoutes(options)
}

function uploadRoutes({ http, attachments, journeyOrganisations, grantOf }: AttachmentRoutesOptions): void {
  const common = { deed: 'incidents.write', tag: 'incidents' } as const
  http.route({
    ...common,
    method: 'POST',
    path: '/api/attachments',
    summary:
      'Announce a photo, video or PDF of an incident, or of a sealed journey (journey:<id>); too large is refused here. The same id goes on where it stopped',
    body: Type.Object(
      {
        id: Id,
        incident: Id,
        name: Type.String({ maxLength: 500 }),
        kind: Type.Unsafe<'photo' | 'video' | 'pdf'>({ enum: ['photo', 'video', 'pdf'] }),
        bytes: Type.Integer({ minimum: 0 }),
        sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
      },
      { additionalProperties: false },
    ),
    answer: Received,
    async handle({ body, ...acting }) {
      if (body.incident.startsWith(JOURNEY)) {
        const journey = body.incident.slice(JOURNEY.length)
        const organisations = journeyOrganisations(journey)
        if (!organisations || !grantOf(acting.caller, 'journeys.handle')?.covers(organisations))
          throw notFound({ ko: `운송 ${journey}`, en: `journey ${journey}` })
      }
      return { received: await answered(attachments.begin(body, authorOf(acting, undefined))) }
    },
  })
  http.route({
    ...common,
    method: 'PUT',
    path: '/api/attachments/:id/bytes',
    summary: 'The next piece, up to 4 MB; one sent before is passed over',
    params: Params,
    query: Type.Object({ offset: Type.Integer({ minimum: 0 }) }),
    consumes: 'application/octet-stream',
    answer: Received,
    async handle({ params, query, request, ...acting }) {
      const piece = request.body
      if (!Buffer.isBuffer(piece))
        throw new HttpRefusal(415, 'bytes-wanted', {
          ko: '본문은 application/octet-stream이어야 합니다',
          en: 'the body is application/octet-stream',
        })
      return { received: await answered(attachments.append(params.id, query.offset, piece, authorOf(acting, undefined))) }
    },
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/attachments/:id/done',
    summary: 'All was sent: it is looked at, and taken or refused by what is in it. Answers where the photo says it was taken',
    params: Params,
    body: Type.Object(
      { thumbnail: Type.Optional(Type.String({ maxLength: 140_000, description: 'small JPEG, base64' })) },
      { additionalProperties: false },
    ),
    answer: Shape,
    async handle({ params, body, ...acting }) {
      const thumbnail = body.thumbnail === undefined ? undefined : Buffer.from(body.thumbnail, 'base64')
      const made = await answered(attachments.finish(params.id, thumbnail, authorOf(acting, undefined)))
      return { ...attachmentView(made), ...(made.taken ? { taken: made.taken } : {}) }
    },
  })
}

function lookRoutes({ http, attachments, incidents, journeyOrganisations, grantOf, audit }: AttachmentRoutesOptions): void {
  const seesJourney = (thing: string, caller: Caller): boolean => {
    const organisations = journeyOrganisations(thing.slice(JOURNEY.length))
    return organisations !== undefined && grantOf(caller, 'journeys.look')?.covers(organisations) === true
  }
  const find = (id: string, { caller, grant }: Acting): Attachment => {
    const attachment = attachments.get(id)
    if (attachment?.incident.startsWith(JOURNEY)) {
      if (!seesJourney(attachment.incident, caller)) throw notFound({ ko: `첨부 ${id}`, en: `attachment ${id}` })
      return attachment
    }
    const incident = attachment && incidents.get(attachment.incident)
    const look = grantOf(caller, 'incidents.look')
    const isSeen = incident ? look?.covers(incident.organisations) && grant.covers(incident.organisations) : attachment?.by.id === caller.id
    if (!attachment || !isSeen) throw notFound({ ko: `첨부 ${id}`, en: `attachment ${id}` })
    return attachment
  }
  const common = { method: 'GET', deed: 'incidents.look', tag: 'incidents', params: Params } as const
  http.route({
    method: 'GET',
    deed: 'incidents.look',
    tag: 'incidents',
    path: '/api/attachments',
    summary: 'Photos, videos and PDFs of a sealed journey, oldest first; those of an incident stand in the incident',
    query: Type.Object({ journey: Type.String({ minLength: 1, maxLength: 80 }) }),
    answer: Type.Array(Shape),
    handle({ query, caller }) {
      const thing = `${JOURNEY}${query.journey}`
      if (!seesJourney(thing, caller)) throw notFound({ ko: `운송 ${query.journey}`, en: `journey ${query.journey}` })
      return attachments.of(thing).map(attachmentView)
    },
  })
  http.route({
    ...common,
    path: '/api/attachments/:id',
    summary: 'The shared copy: without place, device and other marks of the camera',
    produces: 'application/octet-stream',
    handle: ({ params, request, reply, ...acting }) => serve(find(params.id, acting), 'shared', attachments, request, reply),
  })
  http.route({
    ...common,
    path: '/api/attachments/:id/thumbnail',
    summary: 'A small picture of it',
    produces: 'image/jpeg',
    handle({ params, reply, ...acting }) {
      const bytes = attachments.thumbnail(find(params.id, acting).id)
      if (!bytes) throw notFound({ ko: '작은 사진', en: 'thumbnail' })
      void reply.headers({ ...GUARDED, 'cache-control': 'private, max-age=86400' })
      return Buffer.from(bytes)
    },
  })
  http.route({
    ...common,
    deed: 'incidents.originals',
    path: '/api/attachments/:id/original',
    summary: 'The original as it was sent, for evidence; the look is audited with its reason',
    query: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }),
    produces: 'application/octet-stream',
    async handle({ params, query, request, reply, ...acting }) {
      const attachment = find(params.id, acting)
      await audit(acting.caller, 'attachment.look-original', attachment.id, query.reason)
      return serve(attachment, 'original', attachments, request, reply)
    },
  })
}

const GUARDED = { 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' } as const

type Handle = Parameters<Http['route']>[0]['handle']
type Request = Parameters<Handle>[0]['request']
type Reply = Parameters<Handle>[0]['reply']

/** Whole, or the span asked for (films are looked at by spans). */
function serve(attachment: Attachment, which: 'shared' | 'original', attachments: Attachments, request: Request, reply: Reply): unknown {
  const bytes = which === 'original' ? attachment.bytes : attachment.sharedBytes
  const isShown = which === 'shared' && attachment.kind !== 'pdf'
  const name = encodeURIComponent(attachment.name).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16)}`)
  void reply.headers({
    ...GUARDED,
    'content-type': attachment.type,
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    'cache-control': which === 'shared' ? 'private, max-age=86400' : 'no-store',
    'accept-ranges': 'bytes',
  })
  const path = attachments.path(attachment, which)
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '')
  if (!asked || (asked[1] === '' && asked[2] === '')) {
    void reply.header('content-length', bytes)
    return reply.send(createReadStream(path))
  }
  const from = asked[1] === '' ? Math.max(0, bytes - Number(asked[2])) : Number(asked[1])
  const to = asked[1] === '' || asked[2] === '' ? bytes - 1 : Math.min(bytes - 1, Number(asked[2]))
  if (from > to) return reply.code(416).header('content-range', `bytes */${bytes}`).send()
  void reply.code(206).headers({ 'content-range': `bytes ${from}-${to}/${bytes}`, 'content-length': to - from + 1 })
  return reply.send(createReadStream(path, { start: from, end: to }))
}
