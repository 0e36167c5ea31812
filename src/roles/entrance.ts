// Where people and programs come in: the certificate, who knocks, and the routes with their decisions and the second officer that some of them wait for.
import { type Access, refusal, secondView } from '#access/index.ts'
import { type BeyondPassword, createBeyondPassword, createSignIn, SIGNED_IN, type SignIn } from '#access/sign-in/index.ts'
import type { Clock } from '#base/index.ts'
import { CHART_DIRECTORY } from '#places/build.ts'
import type { Bus } from '#platform/bus/index.ts'
import { createHttp, type Http, type HttpOptions, type Tls } from '#platform/http/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { FindingSink } from '#rules/index.ts'
import { CONTENT_SECURITY_POLICY, WEB_DIRECTORY } from '../web/build.ts'
import type { RoomOptions } from './options.ts'
import { createRefusalTrail } from './refusal-trail.ts'

const FILES: HttpOptions['files'] = [
  { prefix: '/chart/', directory: CHART_DIRECTORY },
  { prefix: '/', directory: WEB_DIRECTORY, isHashed: true },
]

export interface EntranceOptions {
  readonly options: RoomOptions
  readonly access: Access
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly sink: FindingSink
  isDemo(): boolean
  /** Called before there are routes. */
  onSignIn(signIn: SignIn): void
}

export interface Entrance {
  readonly tls: Tls | undefined
  readonly beyond: BeyondPassword
  readonly signIn: SignIn
  readonly http: Http
}

export async function createEntrance({ options, access, store, clock, bus, sink, isDemo, onSignIn }: EntranceOptions): Promise<Entrance> {
  const { log } = options
  const tls = await options.openTls?.()
  const beyond = createBeyondPassword({
    access,
    store,
    clock,
    data: options.data,
    isTls: tls !== undefined,
    secondPosts: options.signIn.secondPosts,
    ...(options.signIn.oidc ? { oidc: options.signIn.oidc } : {}),
    signIn: () => signIn,
    sink,
    onTrouble: sentence => log.error(sentence),
  })
  const signIn: SignIn = createSignIn({
    access,
    store,
    clock,
    factors: beyond.plug,
    isTls: tls !== undefined,
    sessionLastsMs: options.signIn.lastsMs,
    idleMs: options.signIn.idleMs,
    isDemo,
    onEntered: (person, session) => bus.tell(SIGNED_IN, { person, session }),
  })
  onSignIn(signIn)
  const http = await createHttp({
    host: options.host,
    port: options.port,
    ...(tls ? { tls } : {}),
    ...(options.names ? { names: options.names } : {}),
    version: options.version,
    decide: access.decide,
    onRefused: createRefusalTrail(store, clock),
    async askSecond({ method, path, params, query, body, ...asked }) {
      const outcome = await access.fourEyes.ask({ ...asked, performer: 'route', input: { method, path, params, query, body } })
      if (!outcome.ok) throw refusal(outcome.reason)
      return { request: secondView(access, outcome.value) }
    },
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    files: options.files ?? FILES,
    onError: (error, url) => log.error(`${url}: ${error instanceof Error ? error.stack : error}`),
  })
  access.fourEyes.performer('route', (input, caller, grant) => http.perform(routeCallOf(input), caller, grant))
  return { tls, beyond, signIn, http }
}

/** What a route's request for a second officer holds. */
function routeCallOf(input: unknown): Parameters<Http['perform']>[0] {
  const { method, path, params, query, body } = Object(input)
  return { method: String(method), path: String(path), params, query, body }
}
