// An agency's own identity provider, by OpenID Connect: authorization code with PKCE, state and nonce; issuer of the answer, signature and claims of the token are judged by
// `openid-client`. What is under way lies in a sealed cookie of the browser that began it, not here: a code that was stolen or slipped in finds neither its verifier nor its
// nonce, and a million beginnings cost nothing. A provider that does not answer is told within seconds; the other ways in stay.
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration as Client,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import { isPlainLoopback, type OidcSettings } from './settings.ts'

/** `oidc-down`: it does not answer. `oidc-refused`: it, or we, would not have it. */
export type OidcRefusal = 'oidc-down' | 'oidc-refused'

/** What the browser keeps for us between beginning and end. */
export interface Begun {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly redirectUri: string
  /** A fresh sign-in was asked for, and must have been since then. */
  readonly freshSinceMs?: number
}

/** Who the provider says it is. */
export interface Vouched {
  readonly issuer: string
  readonly subject: string
  readonly login?: string
  /** A second factor was asked there, and its word counts. */
  readonly hasSecond: boolean
}

export interface Provider {
  begin(redirectUri: string, isFresh: boolean): Promise<Result<{ readonly url: string; readonly begun: Begun }, OidcRefusal>>
  /** `query` as the provider sent the browser back. */
  end(query: string, begun: Begun): Promise<Result<Vouched, OidcRefusal>>
}

export interface ProviderOptions {
  readonly settings: OidcSettings
  readonly clock: Clock
  /** Told why, in the provider's or the library's words; nothing of it is a person's. */
  onTrouble(sentence: string): void
}

const TIMEOUT_S = 5
const KNOWN_MS = 3_600_000
/** Before somebody is sent there it is asked whether it is there; for all who are sent in these moments once. */
const THERE_MS = 2000
/** Two machines' clocks. */
const TOLERANCE_S = 30

export function createProvider({ settings, clock, onTrouble }: ProviderOptions): Provider {
  let known: { readonly client: Client; readonly atMs: number } | undefined

  const client = async (knownMs: number): Promise<Client> => {
    if (known && clock.now() - known.atMs < knownMs) return known.client
    const found = await discovery(
      new URL(settings.issuer),
      settings.clientId,
      { [clockTolerance]: TOLERANCE_S },
      (as, ...rest) => authOf(settings, as.token_endpoint_auth_methods_supported)(as, ...rest),
      { timeout: TIMEOUT_S, execute: [enableNonRepudiationChecks, ...(isPlainLoopback(settings.issuer) ? [allowInsecureRequests] : [])] },
    )
    known = { client: found, atMs: clock.now() }
    return found
  }
  const failed = (error: unknown): Result<never, OidcRefusal> => {
    onTrouble(`identity provider ${settings.issuer}: ${wordsOf(error)}`)
    return refused(isDown(error) ? 'oidc-down' : 'oidc-refused')
  }

  return {
    async begin(redirectUri, isFresh) {
      try {
        const begun: Begun = {
          state: randomState(),
          nonce: randomNonce(),
          verifier: randomPKCECodeVerifier(),
          redirectUri,
          ...(isFresh ? { freshSinceMs: clock.now() } : {}),
        }
        const url = buildAuthorizationUrl(await client(THERE_MS), {
          redirect_uri: redirectUri,
          scope: settings.scope,
          state: begun.state,
          nonce: begun.nonce,
          code_challenge: await calculatePKCECodeChallenge(begun.verifier),
          code_challenge_method: 'S256',
          ...(settings.acr === '' ? {} : { acr_values: settings.acr }),
          ...(isFresh ? { prompt: 'login', max_age: '0' } : {}),
        })
        return ok({ url: url.href, begun })
      } catch (error) {
        return failed(error)
      }
    },
    async end(query, { state, nonce, verifier, redirectUri, freshSinceMs }) {
      try {
        const by = await client(KNOWN_MS)
        const tokens = await authorizationCodeGrant(by, new URL(`${redirectUri}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) return refused('oidc-refused')
        // Asked for with max_age 0: the provider says when it asked. What it asked before we did is not fresh.
        if (freshSinceMs !== undefined && !((claims.auth_time ?? 0) * 1000 >= freshSinceMs - TOLERANCE_S * 1000)) {
          onTrouble(`identity provider ${settings.issuer}: a fresh sign-in was asked for, the token tells of an old one`)
          return refused('oidc-refused')
        }
        const more = claims[settings.loginClaim] === undefined ? await fetchUserInfo(by, tokens.access_token, claims.sub) : {}
        const login = loginIn({ ...more, ...claims }, settings.loginClaim)
        return ok({
          issuer: claims.iss,
          subject: claims.sub,
          ...(login === undefined ? {} : { login }),
          hasSecond: settings.trustsSecond && saysSecond(claims, settings.acr),
        })
      } catch (error) {
        return failed(error)
      }
    },
  }
}

/** As the provider takes it; `client_secret_basic` is what a provider takes that says nothing (OpenID Connect Discovery 1.0, §3). */
function authOf({ clientSecret }: OidcSettings, methods: readonly string[] = ['client_secret_basic']) {
  if (clientSecret === undefined) return None()
  return methods.includes('client_secret_basic') ? ClientSecretBasic(clientSecret) : ClientSecretPost(clientSecret)
}

/** An e-mail address counts only where the provider has verified it. */
function loginIn(claims: Readonly<Record<string, unknown>>, claim: string): string | undefined {
  const value = claims[claim]
  if (typeof value !== 'string' || value === '') return undefined
  return claim === 'email' && claims.email_verified !== true ? undefined : value
}

const saysSecond = (claims: Readonly<Record<string, unknown>>, acr: string): boolean =>
  acr === '' ? Array.isArray(claims.amr) && claims.amr.includes('mfa') : claims.acr === acr

const DOWN_CODES = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR']
/** No answer, or one that is no provider's (a proxy's error page). */
const isDown = (error: unknown): boolean =>
  (error instanceof ClientError && DOWN_CODES.includes(error.code ?? '')) ||
  (error instanceof ResponseBodyError && error.status >= 500) ||
  (error instanceof TypeError && error.message === 'fetch failed')

function wordsOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return [error.error, error.error_description].filter(word => word !== undefined).join(': ')
  if (error instanceof WWWAuthenticateChallengeError)
    return `it does not take our clientId and secret (${error.cause.map(({ parameters }) => parameters.error ?? '').join()}); check access.oidc.clientId and clientSecretFile`
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return error instanceof Error ? `${error.message}${cause}` : String(error)
}
