// What the routes beyond the password share.
import type { FastifyRequest } from 'fastify'
import type { Http } from '#platform/http/index.ts'
import type { Access } from '../access.ts'
import type { BreakGlass } from './break-glass.ts'
import type { Factors } from './factors/index.ts'
import type { Oidc } from './oidc/index.ts'
import type { SignIn } from './sign-in.ts'
import type { StepUp } from './step-up.ts'

export interface Parts {
  readonly http: Http
  readonly access: Access
  readonly signIn: SignIn
  readonly factors: Factors
  readonly stepUp: StepUp
  readonly breakGlass: BreakGlass
  readonly oidc?: Oidc
  readonly isTls: boolean
  /** By what name this request calls us; throws where passkeys cannot work. */
  site(request: FastifyRequest): Parameters<Factors['addPasskey']>[2]
}
