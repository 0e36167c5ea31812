// Links for many at once: everybody of a list that was brought in, who has never come in. Never a reset: a list must not lock out who works here already.
import { Type } from 'typebox'
import { authorOf } from '../audit.ts'
import { isDemoPerson } from './demo-people.ts'
import { addressHere, closed, type SignInRoutesOptions } from './route-parts.ts'

export function invitationRoutes({ http, access, signIn }: SignInRoutesOptions): void {
  http.route({
    method: 'POST',
    path: '/api/people/links',
    deed: 'people.let-in',
    summary: 'Invitations for everybody who has never come in and holds no link yet: each works once, within 72 hours; shown once',
    tag: 'sign-in',
    body: Type.Object(
      {
        organisation: Type.Optional(Type.String({ maxLength: 40, description: 'with those below it; absent: all' })),
        again: Type.Optional(Type.Boolean({ description: 'also who holds one already: the older one ends' })),
      },
      closed,
    ),
    answer: Type.Object({
      links: Type.Array(
        Type.Object({
          person: Type.String(),
          name: Type.String(),
          login: Type.String(),
          organisation: Type.String(),
          url: Type.String({ description: 'shown once; hand it to the person alone' }),
          endsAt: Type.String(),
        }),
      ),
    }),
    async handle({ body, caller, grant, request }) {
      const below = body.organisation === undefined ? undefined : access.organisations().below(body.organisation)
      const holders = body.again === true ? undefined : signIn.links.holders()
      const invited = access.people.all().filter(
        ({ id, kind, organisation, isActive, endedAtMs }) =>
          kind === 'person' &&
          isActive &&
          endedAtMs === undefined &&
          !isDemoPerson(id) &&
          grant.covers([organisation]) &&
          below?.has(organisation) !== false &&
          // Who enters by the agency's own sign-in needs no password of ours.
          !(signIn.hasPassword(id) || signIn.factors.isVouched?.(id)) &&
          !holders?.has(id),
      )
      const made = await signIn.links.makeAll(
        invited.map(person => person.id),
        'invitation',
        authorOf(caller),
      )
      const here = addressHere(http, request)
      return {
        links: made.map(({ person, fragment, endsMs }) => {
          const { name = '', loginName = '', organisation = '' } = access.people.personById(person) ?? {}
          return { person, name, login: loginName, organisation, url: `${here}/${fragment}`, endsAt: new Date(endsMs).toISOString() }
        }),
      }
    },
  })
}
