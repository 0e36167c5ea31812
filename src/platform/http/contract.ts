// The HTTP doors as their users see them: what a route is, what a handler is given, what a deed is that waits for a second officer. Made by `createHttp` (http.ts).
import type { IncomingMessage, Server } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import type { Caller, Decision, Grant, Result, Thing } from '#base/index.ts'
import type { Tls, TlsPair } from './tls.ts'

const NOTHING = Type.Object({})

export interface HttpOptions {
  readonly host: string
  readonly port: number
  /** Absent: plain HTTP, which is for this machine's own addresses alone. */
  readonly tls?: Tls
  /** Names by which others call this product, besides the address it listens on and those of its certificate. */
  readonly names?: readonly string[]
  readonly version: string
  /** Who calls, and what they may do with this deed. */
  decide(deed: string, request: IncomingMessage): Decision
  /** Told when somebody known asked for what is not theirs. */
  onRefused?(caller: Caller, deed: string, what: string): void
  /** Keeps a deed that needs a second officer until one agrees; what it returns is the answer (202). Without it such deeds are refused. */
  askSecond?(asked: AskedDeed): Promise<unknown>
  readonly contentSecurityPolicy: string
  /** Folders of files: URL prefix → directory. Files with a hash in their name are kept by browsers for good. */
  readonly files: readonly { readonly prefix: string; readonly directory: string; readonly isHashed?: boolean }[]
  onError?(error: unknown, url: string): void
}

/** A call that waits for a second officer: enough to do it later, as if it came then. */
export interface AskedDeed {
  readonly deed: string
  readonly method: string
  /** Path as in the route. */
  readonly path: string
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly caller: Caller
  readonly grant: Grant
  readonly thing: Thing
  /** Client-made id of the deed: the same is asked once. */
  readonly deedId?: string
  readonly reason: string
  readonly aloneWhileNobodyElse: boolean
}

export interface RouteSpec<Params extends TObject, Query extends TObject, Body extends TSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Full path, `:name` for parameters. */
  readonly path: string
  /** `open`, or the deed it is: a policy names who may. */
  readonly deed: string
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
  /** Content type of the body where it is not JSON: handed over as text, octet-stream as a Buffer. */
  readonly consumes?: string
  /**
   * What the deed is about, for deeds that may take two officers; throws as `handle` would for what is not there. Such a route must not touch `request` and
   * `reply`: it may be done later. Without it the deed is about the address itself and head office's.
   */
  thing?(call: Call<Params, Query, Body>): Thing | Promise<Thing>
  /** Done alone as long as nobody else holds a post that could agree (the first administrator adds the second). */
  readonly aloneWhileNobodyElse?: boolean
  handle(call: Call<Params, Query, Body>): unknown
}

export interface Call<Params extends TObject, Query extends TObject, Body extends TSchema> {
  readonly params: Static<Params>
  readonly query: Static<Query>
  readonly body: Static<Body>
  readonly caller: Caller
  readonly grant: Grant
  readonly english: boolean
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface Http {
  route<Params extends TObject = typeof NOTHING, Query extends TObject = typeof NOTHING, Body extends TSchema = TSchema>(
    spec: RouteSpec<Params, Query, Body>,
  ): void
  /** Does what two officers have agreed on, as the one who asked; gives the route's answer. Rejects as the route would refuse. */
  perform(asked: Pick<AskedDeed, 'method' | 'path' | 'params' | 'query' | 'body'>, caller: Caller, grant: Grant): Promise<unknown>
  /** Every route there is and its deed: what docs/rights.csv must answer for. */
  readonly routes: readonly { readonly method: string; readonly path: string; readonly deed: string }[]
  /** Binds; refuses with a sentence when the port is taken or not allowed. */
  listen(): Promise<Result<string, string>>
  close(): Promise<void>
  readonly server: Server
  readonly isTls: boolean
  /** A renewed certificate: new connections get it, open ones stay. */
  takeTls(pair: TlsPair): void
  /** May this request (an upgrade) be answered at all? Host and origin. */
  isOurs(request: IncomingMessage): boolean
}
