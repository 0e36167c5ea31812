// The cookies: whose session it is, which device, and what is under way to an identity provider. All out of reach of scripts; the first two sent with requests of our own
// pages alone, the third also when the browser comes back from there; under TLS bound to this host and to TLS
// (`__Host-`). On plain loopback there is no TLS to bind them to.
import type { IncomingMessage } from 'node:http'

const SESSION = 'mangru'
const DEVICE = 'mangru-device'
const AWAY = 'mangru-oidc'
const AWAY_S = 600
const DEVICE_S = 400 * 86_400

export interface CookieJar {
  /** Token of the session, and of the device, that a request brings. */
  session(request: IncomingMessage): string | undefined
  device(request: IncomingMessage): string | undefined
  /** What lies in it is sealed, and not ours to read here. */
  away(request: IncomingMessage): string | undefined
  /** Values of `set-cookie`. */
  setSession(token: string, lastsMs: number): string
  setDevice(token: string): string
  endSession(): string
  setAway(kept: string): string
  endAway(): string
}

export function createCookies(isTls: boolean): CookieJar {
  const prefix = isTls ? '__Host-' : ''
  const secure = isTls ? '; Secure' : ''
  const rules = `Path=/; HttpOnly; SameSite=Strict${secure}`
  const awayRules = `Path=/; HttpOnly; SameSite=Lax${secure}`
  return {
    session: request => cookieOf(request, `${prefix}${SESSION}`),
    device: request => cookieOf(request, `${prefix}${DEVICE}`),
    setSession: (token, lastsMs) => `${prefix}${SESSION}=${token}; Max-Age=${Math.floor(lastsMs / 1000)}; ${rules}`,
    setDevice: token => `${prefix}${DEVICE}=${token}; Max-Age=${DEVICE_S}; ${rules}`,
    endSession: () => `${prefix}${SESSION}=; Max-Age=0; ${rules}`,
    away: request => cookieOf(request, `${prefix}${AWAY}`),
    setAway: kept => `${prefix}${AWAY}=${kept}; Max-Age=${AWAY_S}; ${awayRules}`,
    endAway: () => `${prefix}${AWAY}=; Max-Age=0; ${awayRules}`,
  }
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const pair of request.headers.cookie?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || undefined
  }
  return undefined
}
