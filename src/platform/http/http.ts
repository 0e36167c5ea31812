// The HTTP doors. Every route goes through `route()`, which demands an access decision and schemas, and so stands in /openapi.json. Who calls is decided in one
// place (`decide`); hosts and origins that are not ours are refused (DNS rebinding, other sites' pages).
import type { IncomingMessage, Server } from 'node:http'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { ok, type Result, refused } from '#base/index.ts'
import { HttpRefusal, isEnglish } from './problem.ts'

const MAX_BODY_BYTES = 8 << 20
const NOTHING = Type.Object({})

export interface Caller {
  readonly id: string
  readonly name: string
}

export interface HttpOptions {
  readonly host: string
  readonly port: number
  readonly version: string
  /** Who calls and whether they may: the caller, or undefined when the right is not theirs. */
  decide(right: string, request: IncomingMessage): Caller | undefined
  readonly contentSecurityPolicy: string
  /** Folders of files: URL prefix → directory. Files with a hash in their name are kept by browsers for good. */
  readonly files: readonly { readonly prefix: string; readonly directory: string; readonly isHashed?: boolean }[]
  onError?(error: unknown, url: string): void
}

export interface RouteSpec<Params extends TObject, Query extends TObject, Body extends TSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Full path, `:name` for parameters. */
  readonly path: string
  /** `open`, or the name of the right it needs. */
  readonly right: string
  readonly summary: string
  readonly tag: string
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** Shape of the answer; none = 204 or a binary answer. */
  readonly answer?: TSchema
  readonly status?: number
  /** Content type where the answer is not JSON. */
  readonly produces?: string
  /** Content type of the body where it is not JSON: handed over as text. */
  readonly consumes?: string
  handle(call: {
    readonly params: Static<Params>
    readonly query: Static<Query>
    readonly body: Static<Body>
    readonly caller: Caller
    readonly english: boolean
  }): unknown
}

export interface Http {
  route<Params extends TObject = typeof NOTHING, Query extends TObject = typeof NOTHING, Body extends TSchema = TSchema>(
    spec: RouteSpec<Params, Query, Body>,
  ): void
  /** Binds; refuses with a sentence when the port is taken or not allowed. */
  listen(): Promise<Result<string, string>>
  close(): Promise<void>
  readonly server: Server
  /** May this request (an upgrade) be answered at all? Host and origin. */
  isOurs(request: IncomingMessage): boolean
}

export async function createHttp(options: HttpOptions): Promise<Http> {
  const app: FastifyInstance = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    requestTimeout: 30_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    ajv: { customOptions: { coerceTypes: 'array', useDefaults: true, removeAdditional: false, allErrors: false } },
  })
  app.addContentTypeParser(['application/geo+json', 'text/plain'], { parseAs: 'string' }, (_request, body, done) => done(null, body))
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
          operator: {
            type: 'http',
            scheme: 'bearer',
            description: 'Until offices and rights come, whoever reaches this machine’s own address is its one operator.',
          },
        },
      },
      security: [{ operator: [] }],
    },
  })

  const isOurs = (request: IncomingMessage): boolean => {
    const host = request.headers.host ?? ''
    if (!isOurHost(host, options.host)) return false
    const { origin } = request.headers
    return origin === undefined || origin === `http://${host}` || origin === `https://${host}`
  }

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': options.contentSecurityPolicy,
    })
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
      new HttpRefusal(404, 'not-found', { ko: `${request.url}: 그런 주소가 없습니다`, en: `there is nothing at ${request.url}` }),
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

  app.route({
    method: 'GET',
    url: '/openapi.json',
    schema: { hide: true },
    handler: async () => app.swagger(),
  })

  return {
    server: app.server,
    isOurs,
    route(spec) {
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
          ...(spec.right === 'open' ? { security: [] } : {}),
        },
        // Answers are written by the handlers as they are meant; the schema documents them.
        serializerCompiler: () => data => JSON.stringify(data),
        handler: async (request, reply) => {
          const caller = spec.right === 'open' ? { id: '', name: '' } : options.decide(spec.right, request.raw)
          if (!caller) throw new HttpRefusal(401, 'not-signed-in', { ko: '권한이 없습니다', en: 'you have no right to this' })
          const answer = await spec.handle({
            params: request.params as never,
            query: request.query as never,
            body: request.body as never,
            caller,
            english: isEnglish(request.headers['accept-language'], Object(request.query).lang),
          })
          if (spec.produces) reply.type(spec.produces)
          if (answer === undefined) return reply.code(spec.status ?? 204).send()
          return reply.code(spec.status ?? 200).send(answer)
        },
      })
    },
    async listen() {
      try {
        return ok(await app.listen({ host: options.host, port: options.port }))
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

/** The address we were told to listen on, and the names this machine has for itself. */
function isOurHost(host: string, bound: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return name === 'localhost' || name === '127.0.0.1' || name === '::1' || name === bound || bound === '0.0.0.0' || bound === '::'
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
  return reply.code(status).type('application/problem+json').send({ type: 'about:blank', title: code, status, detail, code })
}

function problemOf(error: unknown, english: boolean): [status: number, code: string, detail: string] {
  if (error instanceof HttpRefusal) return [error.status, error.code, english ? error.sentence.en : error.sentence.ko]
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  if (status >= 500) return [500, 'internal', english ? 'something broke in the server; it is logged' : '서버 내부 오류; 기록되었습니다']
  const words = error instanceof Error ? error.message : String(error)
  return [status, status === 400 ? 'bad-input' : `http-${status}`, english ? words : `입력을 확인하십시오: ${words}`]
}
