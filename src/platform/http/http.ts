// The HTTP doors. Every route goes through `route()`, which demands an access decision and schemas, and so stands in /openapi.json. Who calls and what they may
// is decided in one place (`decide`), before anything of the request is looked at; hosts and origins that are not ours are refused (DNS rebinding, other
// sites' pages). What a caller may not know of is not found (404), so handlers ask `grant.covers` of each thing and filter every list and count by it.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { TObject, TSchema } from 'typebox'
import { type Caller, type Decision, EVERYTHING, type Grant, type Hindrance, ok, refused, type Thing } from '#base/index.ts'
import { NotKept } from '../store/index.ts'
import type { AskedDeed, Call, Http, HttpOptions, RouteSpec } from './contract.ts'
import { HttpRefusal, isEnglish } from './problem.ts'
import { isNamed } from './tls.ts'
import { buildValidator } from './validators.ts'

const MAX_BODY_BYTES = 8 << 20
const REQUEST_MS = 30_000
/** Two years, as browsers' own lists ask. */
const STRICT_TRANSPORT = 'max-age=63072000; includeSubDomains'
/** Position, full screen and passkeys are the screen's own; nothing else is asked of the machine, nothing is handed to frames. */
const PERMISSIONS_POLICY = [
  'geolocation=(self), fullscreen=(self), clipboard-write=(self), autoplay=(self)',
  'publickey-credentials-get=(self), publickey-credentials-create=(self)',
  'camera=(), microphone=(), display-capture=(), usb=(), serial=(), hid=(), bluetooth=(), midi=(), payment=(), idle-detection=()',
  'accelerometer=(), gyroscope=(), magnetometer=(), browsing-topics=()',
].join(', ')

/** Who has passed the door, kept on the request between its hooks. */
interface Decided {
  readonly caller: Caller
  readonly grant: Grant
}
declare module 'fastify' {
  interface FastifyRequest {
    decided: Decided | undefined
  }
}
const HINDRANCES: Readonly<Record<Hindrance, readonly [status: number, code: string, ko: string, en: string]>> = {
  foreign: [403, 'foreign-origin', '다른 곳에서 보낸 요청은 받지 않습니다', 'requests that other pages send are not answered'],
  locked: [423, 'locked', '화면이 잠겨 있습니다. 먼저 잠금을 푸십시오', 'this desk is locked; unlock it first'],
  reading: [403, 'only-reading', '읽기만 하는 키입니다', 'this key only reads'],
  confirm: [403, 'confirm-needed', '본인 확인을 다시 하십시오', 'prove anew who you are'],
}
const NOBODY: Decided = { caller: { id: '', name: '', kind: 'machine', appointments: [] }, grant: EVERYTHING }

function passed(
  spec: { readonly method: string; readonly path: string; readonly deed: string },
  decision: Decision,
  options: HttpOptions,
): Decided {
  const { deed } = spec
  if (decision.outcome === 'granted') return decision
  if (decision.outcome === 'unknown') throw notSignedIn()
  if (decision.outcome === 'hindered') {
    const [status, code, ko, en] = HINDRANCES[decision.by]
    throw new HttpRefusal(status, code, { ko, en })
  }
  options.onRefused?.(decision.caller, deed, `${spec.method} ${spec.path}`)
  throw new HttpRefusal(403, 'not-yours', { ko: `이 일을 할 권한이 없습니다(${deed})`, en: `you have no right to this (${deed})` })
}

const notSignedIn = (): HttpRefusal => new HttpRefusal(401, 'not-signed-in', { ko: '로그인이 필요합니다', en: 'sign in first' })

export async function createHttp(options: HttpOptions): Promise<Http> {
  /** What a browser may do with any answer of ours. */
  const guards = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': options.contentSecurityPolicy,
    'permissions-policy': PERMISSIONS_POLICY,
    ...(options.tls ? { 'strict-transport-security': STRICT_TRANSPORT } : {}),
    // What is answered to one is kept for nobody; files say otherwise themselves.
    'cache-control': 'no-store',
  }
  let tlsServer: TlsServer | undefined
  const app: FastifyInstance = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    // Fastify sets its own server's limits; with a factory they are ours to set.
    serverFactory(handler) {
      tlsServer = options.tls && createTlsServer({ ...options.tls.pair, minVersion: 'TLSv1.2' }, handler)
      const made: Server = tlsServer ?? createServer(handler)
      made.requestTimeout = REQUEST_MS
      return made
    },
    // Addresses that cannot be read never come to a hook.
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply.headers(guards)),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    schemaController: { compilersFactory: { buildValidator } },
    ajv: { customOptions: { coerceTypes: 'array', useDefaults: true, removeAdditional: false, allErrors: false } },
  })
  app.decorateRequest('decided', undefined)
  app.addContentTypeParser(['application/geo+json', 'text/plain'], { parseAs: 'string' }, (_request, body, done) => done(null, body))
  // Pieces of files: handed over as a Buffer.
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Mangru',
        version: options.version,
        description: 'Ships, alarms, areas, feeds. Live updates: WebSocket /live (docs/integrators/api.md).',
      },
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A machine key: mangru key new --right read' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: options.tls ? '__Host-mangru' : 'mangru',
            description: 'A person’s session: POST /sign-in/password',
          },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
  })

  const routes: { method: string; path: string; deed: string }[] = []
  const handlers = new Map<string, (call: Call<never, never, never>) => Promise<unknown>>()
  const isOurs = (request: IncomingMessage): boolean => {
    const host = request.headers.host ?? ''
    if (!isOurHost(host, options)) return false
    const { origin } = request.headers
    // Plain HTTP may stand behind a proxy of this machine that speaks TLS.
    return origin === undefined || origin === `https://${host}` || (!options.tls && origin === `http://${host}`)
  }

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(guards)
    if (!isOurs(request.raw)) {
      throw new HttpRefusal(403, 'foreign-origin', {
        ko: '이 주소에서 온 요청은 받지 않습니다',
        en: 'requests from this host or origin are not answered',
      })
    }
  })
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, options.onError))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      // A stranger is not told which addresses there are.
      /^\/api(\/|$)/.test(request.url) && options.decide('', request.raw).outcome === 'unknown'
        ? notSignedIn()
        : new HttpRefusal(404, 'not-found', { ko: `${request.url}: 그런 주소가 없습니다`, en: `there is nothing at ${request.url}` }),
      request,
      reply,
    ),
  )
  for (const { prefix, directory, isHashed } of options.files) {
    await app.register(fastifyStatic, {
      root: directory,
      prefix,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        const isForGood = isHashed && !path.endsWith('.html')
        response.header('cache-control', isForGood ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }

  routes.push({ method: 'GET', path: '/openapi.json', deed: 'open' })
  app.route({
    method: 'GET',
    url: '/openapi.json',
    schema: { hide: true },
    handler: async () => app.swagger(),
  })

  return {
    server: app.server,
    isTls: options.tls !== undefined,
    takeTls: pair => tlsServer?.setSecureContext({ ...pair, minVersion: 'TLSv1.2' }),
    isOurs,
    routes,
    async perform(asked, caller, grant) {
      const handle = handlers.get(`${asked.method} ${asked.path}`)
      if (!handle) throw new HttpRefusal(410, 'no-such-deed', { ko: '이 판에 없는 일입니다', en: 'this version knows no such deed' })
      return handle({
        params: asked.params as never,
        query: asked.query as never,
        body: asked.body as never,
        caller,
        grant,
        english: false,
        get request(): never {
          throw new Error(`${asked.path} touches its request and cannot be done later`)
        },
        get reply(): never {
          throw new Error(`${asked.path} touches its reply and cannot be done later`)
        },
      })
    },
    route(spec) {
      routes.push({ method: spec.method, path: spec.path, deed: spec.deed })
      handlers.set(`${spec.method} ${spec.path}`, async call => spec.handle(call))
      app.route({
        method: spec.method,
        url: spec.path,
        schema: {
          summary: spec.summary,
          tags: [spec.tag],
          ...(spec.params ? { params: spec.params } : {}),
          ...(spec.query ? { querystring: spec.query } : {}),
          ...(spec.body && !spec.consumes ? { body: spec.body } : {}),
          ...(spec.consumes ? { consumes: [spec.consumes] } : {}),
          ...(spec.produces ? { produces: [spec.produces] } : {}),
          ...(spec.answer ? { response: { [spec.status ?? 200]: spec.answer } } : {}),
          ...(spec.deed === 'open' ? { security: [] } : {}),
        },
        // Before parsing and validation: who may not is told so whatever was sent.
        onRequest: async request => {
          if (spec.deed !== 'open') request.decided = passed(spec, options.decide(spec.deed, request.raw), options)
        },
        // Answers are written by the handlers as they are meant; the schema documents them.
        serializerCompiler: () => data => JSON.stringify(data),
        handler: async (request, reply) => {
          const { caller, grant } = request.decided ?? NOBODY
          const call = {
            params: request.params as never,
            query: request.query as never,
            body: request.body as never,
            caller,
            grant,
            request,
            reply,
            english: isEnglish(request.headers['accept-language'], Object(request.query).lang),
          }
          const thing = await needsSecond(spec, call)
          if (thing) return reply.code(202).send(await (options.askSecond ?? nobodyToAsk)(askedOf(spec, call, thing)))
          const answer = await spec.handle(call)
          if (reply.sent || answer === reply) return reply
          if (spec.produces && !reply.hasHeader('content-type')) reply.type(spec.produces)
          if (answer === undefined) return reply.code(spec.status ?? 204).send()
          return reply.code(spec.status ?? 200).send(answer)
        },
      })
    },
    async listen() {
      try {
        const bound = await app.listen({ host: options.host, port: options.port })
        return ok(options.tls ? bound.replace(/^http:/, 'https:') : bound)
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : ''
        if (code === 'EADDRINUSE')
          return refused(`port ${options.port} on ${options.host} is in use; stop what listens there or choose another with --port`)
        if (code === 'EACCES') return refused(`this user may not listen on port ${options.port}; choose one above 1023 with --port`)
        return refused(`cannot listen on ${options.host}:${options.port}: ${error instanceof Error ? error.message : error}`)
      }
    },
    close: () => app.close(),
  }
}

/** The thing a second officer must agree on first; undefined: the caller may do it alone. */
async function needsSecond<Params extends TObject, Query extends TObject, Body extends TSchema>(
  spec: RouteSpec<Params, Query, Body>,
  call: Call<Params, Query, Body>,
): Promise<Thing | undefined> {
  if (!call.grant.needsSecond([]) && !spec.thing) return undefined
  const thing = await spec.thing?.(call)
  if (!call.grant.needsSecond(thing?.organisations ?? [])) return undefined
  const address = `${spec.method} ${call.request.url.split('?')[0]}`
  return thing ?? { id: address, ko: address, en: address }
}

const nobodyToAsk = (asked: AskedDeed): never => {
  throw new HttpRefusal(403, 'needs-second', {
    ko: `두 사람이 하는 일입니다(${asked.deed})`,
    en: `this takes two officers (${asked.deed})`,
  })
}

/** The reason comes in the body or, where there is none, in the address; without one nobody can judge. */
function askedOf<Params extends TObject, Query extends TObject, Body extends TSchema>(
  spec: RouteSpec<Params, Query, Body>,
  { params, query, body, caller, grant }: Call<Params, Query, Body>,
  thing: Thing,
): AskedDeed {
  const word = (name: string): unknown => Object(body)[name] ?? Object(query)[name]
  const [reason, deedId] = [word('reason'), word('deedId')]
  return {
    deed: spec.deed,
    method: spec.method,
    path: spec.path,
    params,
    query,
    body,
    caller,
    grant,
    thing,
    reason: typeof reason === 'string' ? reason.trim() : '',
    aloneWhileNobodyElse: spec.aloneWhileNobodyElse === true,
    ...(typeof deedId === 'string' ? { deedId } : {}),
  }
}

/** The address we were told to listen on, the names this machine has for itself, and those others call it by. */
function isOurHost(host: string, { host: bound, names = [], tls }: HttpOptions): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return isNamed(name, ['localhost', '127.0.0.1', '::1', bound, ...names, ...(tls?.names ?? [])])
}

function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  onError?: (error: unknown, url: string) => void,
): FastifyReply {
  const english = isEnglish(request.headers['accept-language'], Object(request.query).lang)
  const [status, code, detail] = problemOf(error, english)
  if (status >= 500) onError?.(error, request.url)
  if (error instanceof HttpRefusal) reply.headers(error.headers)
  return reply.code(status).type('application/problem+json').send({ type: 'about:blank', title: code, status, detail, code })
}

function problemOf(error: unknown, english: boolean): [status: number, code: string, detail: string] {
  if (error instanceof HttpRefusal) return [error.status, error.code, english ? error.sentence.en : error.sentence.ko]
  if (error instanceof NotKept)
    return [
      507,
      'not-kept',
      english
        ? `it could not be kept and so was not done (${error.message}); look after the disk and try again`
        : `저장하지 못해 처리하지 않았습니다(${error.message}). 디스크를 확인하고 다시 하십시오`,
    ]
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  if (status >= 500) return [500, 'internal', english ? 'something broke in the server; it is logged' : '서버 내부 오류; 기록되었습니다']
  const words = error instanceof Error ? error.message : String(error)
  return [status, status === 400 ? 'bad-input' : `http-${status}`, english ? words : `입력을 확인하십시오: ${words}`]
}
