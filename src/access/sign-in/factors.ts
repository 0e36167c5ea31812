// What comes after the password, as the sign-in of this room asks for it: second factors, an agency's own identity provider, the sealed account. Written in files of their own.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '#base/index.ts'

export type SecondWay = 'totp' | 'passkey' | 'recovery'

export interface Factors {
  /** Second factors this person has; none: `demands` decides whether they must enrol. */
  ways(person: string): readonly SecondWay[]
  /** Must this person have a second factor? */
  demands(person: string): boolean
  /** For unlocking a desk. */
  verifyPasskey(person: string, response: unknown, request: FastifyRequest): Promise<boolean>
  /** Name of the agency's identity provider, where there is one. */
  readonly oidcName?: string
  /** Has the identity provider vouched for this person before? */
  isVouched?(person: string): boolean
  readonly hasPasskeys: boolean
  /** A deed that wants it was proved anew by this caller lately. */
  isConfirmed(caller: Caller): boolean
  /** The sealed account: made at the first sign-in, its password shown once. */
  makeBreakGlass?(): Promise<{ readonly login: string; readonly password: string }>
  /** Told when the sealed account has entered. */
  usedBreakGlass?(person: string): Promise<void>
}
