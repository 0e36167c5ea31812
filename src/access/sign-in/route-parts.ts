// Shapes that several routes of the room share.
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '#base/index.ts'
import { type Http, HttpRefusal } from '#platform/http/index.ts'
import type { Access } from '../access.ts'
import { MAX_PASSWORD } from './password.ts'
import type { SignIn } from './sign-in.ts'

export interface SignInRoutesOptions {
  readonly http: Http
  readonly access: Access
  readonly signIn: SignIn
  readonly clock: Clock
  readonly version: string
  readonly idleMinutes: number
  isDemo(): boolean
  /** Nothing impaired, every feed in time. */
  isWell(): boolean
}

/** Where the browser that asks has us. */
export const addressHere = (http: Pick<Http, 'isTls'>, { headers }: FastifyRequest): string =>
  headers.origin ?? `${http.isTls ? 'https' : 'http'}://${headers.host ?? ''}`

export const closed = { additionalProperties: false } as const
export const Secret = Type.String({ minLength: 1, maxLength: 200 })
export const Password = Type.String({ minLength: 1, maxLength: MAX_PASSWORD })
export const Login = Type.String({ minLength: 1, maxLength: 64 })
export const Desk = Type.Optional(Type.String({ maxLength: 40, pattern: '^[^\\p{Cc}]*$', description: 'which desk this is' }))
export const deskOf = ({ desk }: { readonly desk?: string }): { readonly desk?: string } => {
  const words = desk?.normalize('NFC').trim()
  return words ? { desk: words } : {}
}
export const Entered = Type.Object({
  step: Type.String({ description: 'in; second (ticket and ways: the second factor); enrol (ticket: set one up)' }),
  name: Type.Optional(Type.String()),
  login: Type.Optional(Type.String()),
  ticket: Type.Optional(Type.String()),
  ways: Type.Optional(Type.Array(Type.String())),
})

export const SessionShape = Type.Object({
  id: Type.String(),
  startedAt: Type.String(),
  seenAt: Type.String(),
  address: Type.String(),
  browser: Type.String(),
  desk: Type.Optional(Type.String()),
  isThis: Type.Boolean(),
})

export const linkUsed = (): HttpRefusal =>
  new HttpRefusal(410, 'link-used', {
    ko: '이미 쓰였거나 기한이 지난 링크입니다. 관리자에게 새로 받으십시오',
    en: 'this link was used or has expired; ask an administrator for a new one',
  })
