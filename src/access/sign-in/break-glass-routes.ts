// The sealed account over HTTP: how it stands, and sealing it again: two officers agree, then the one who asked gets the new password once. It is in no answer that is kept.
import { Type } from 'typebox'
import { notFound } from '#platform/http/index.ts'
import { byCaller } from '../people-routes.ts'
import { orRefuse } from '../refusal.ts'
import type { Parts } from './beyond-parts.ts'
import type { Sealed } from './break-glass.ts'
import { closed } from './route-parts.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export function breakGlassRoutes({ http, breakGlass }: Parts): void {
  /** It is head office's. */
  const sealed = (grant: { covers(organisations: readonly string[]): boolean }): Sealed => {
    const known = breakGlass.state()
    if (!known || !grant.covers([])) throw notFound({ ko: '봉인 계정', en: 'sealed account' })
    return known
  }
  http.route({
    method: 'GET',
    path: '/api/break-glass',
    deed: 'break-glass.look',
    summary: 'The sealed account: since when it is sealed, whether it was used',
    tag: 'sign-in',
    answer: Type.Object({
      login: Type.String(),
      person: Type.String(),
      sealedAt: Type.String(),
      usedAt: Type.Optional(Type.String()),
      mayReseal: Type.Boolean({ description: 'two have agreed: the password can be fetched now, once' }),
    }),
    handle({ caller, grant }) {
      const { person, sealedAtMs, usedAtMs } = sealed(grant)
      return {
        login: person.loginName ?? '',
        person: person.id,
        sealedAt: iso(sealedAtMs),
        ...(usedAtMs === undefined ? {} : { usedAt: iso(usedAtMs) }),
        mayReseal: breakGlass.maySeal(caller),
      }
    },
  })
  http.route({
    method: 'POST',
    path: '/api/break-glass/reseal',
    deed: 'break-glass.seal',
    summary: 'Ask to seal it anew (two administrators); the one who asked may then fetch its new password within ten minutes',
    tag: 'sign-in',
    body: Type.Object(
      { reason: Type.Optional(Type.String({ maxLength: 500 })), deedId: Type.Optional(Type.String({ maxLength: 100 })) },
      closed,
    ),
    answer: Type.Object({ ok: Type.Boolean() }),
    aloneWhileNobodyElse: true,
    thing({ grant }) {
      const { person } = sealed(grant)
      return { id: person.id, ko: '봉인 계정 다시 봉인', en: 'seal the sealed account anew' }
    },
    handle({ caller }) {
      breakGlass.allow(caller)
      return { ok: true }
    },
  })
  http.route({
    method: 'POST',
    path: '/api/break-glass/password',
    deed: 'break-glass.open',
    summary: 'Its new password, once, after two have agreed: print it and put it into the safe',
    tag: 'sign-in',
    answer: Type.Object({ login: Type.String(), password: Type.String() }),
    async handle({ caller, grant }) {
      sealed(grant)
      return orRefuse(await breakGlass.seal(caller, byCaller(caller)))
    },
  })
}
