// The second step of signing in, and setting it up where there is none yet: open routes, each with the ticket that the first step gave. A passkey may also come alone: the device
// and the finger that opens it are two factors.
import { Type } from 'typebox'
import type { Result } from '#base/index.ts'
import { HttpRefusal } from '#platform/http/index.ts'
import type { Person, Refused } from '../person.ts'
import { orRefuse, refusal } from '../refusal.ts'
import type { Parts } from './beyond-parts.ts'
import { AssertionShape, RegistrationShape, type Way } from './factors/index.ts'
import { closed, Desk, deskOf, Entered, Secret } from './route-parts.ts'
import type { Call } from './sign-in.ts'
import type { Ticket } from './tickets.ts'

const open = { deed: 'open', tag: 'sign-in', method: 'POST' } as const
export const Code = Type.String({ minLength: 1, maxLength: 40 })
export const FactorName = Type.Optional(Type.String({ maxLength: 60, description: 'what one calls it: ‘desk key’' }))
const EnteredWithCodes = Type.Interface([Entered], {
  recoveryCodes: Type.Optional(Type.Array(Type.String(), { description: 'shown once; each opens once when the device is lost' })),
  codesLeft: Type.Optional(Type.Integer()),
})

const ticketOver = (): HttpRefusal =>
  new HttpRefusal(410, 'ticket-over', {
    ko: '로그인 시간이 지났습니다. 처음부터 다시 하십시오',
    en: 'the time for this sign-in is over; begin again',
  })

export function secondStepRoutes({ http, access, signIn, factors, site }: Parts): void {
  const ticketOf = (ticket: string, step: Ticket['step']): Ticket => {
    const known = signIn.tickets.look(ticket)
    // Whoever set up a second factor meanwhile does it by that, not by a ticket from before.
    if (known?.step !== step || (step === 'enrol' && factors.ways(known.person).length > 0)) throw ticketOver()
    return known
  }
  const personOf = ({ person }: Ticket): Person => {
    const known = access.people.personById(person)
    if (known?.isActive !== true) throw ticketOver()
    return known
  }
  /** Counted like a password; the ticket is used up only by what is right. */
  const bySecond = async <T>(
    ticket: string,
    way: Way,
    call: Call,
    prove: (person: string) => Promise<Result<T, Refused>>,
    more?: (proved: T) => object,
  ) => {
    const { person, ways } = ticketOf(ticket, 'second')
    signIn.throttle.mayTry(person, call.request)
    const proved = await prove(person)
    if (!proved.ok) {
      await signIn.throttle.failed(person, call.request, way)
      throw refusal(proved.reason)
    }
    signIn.throttle.passed(person, call.request)
    if (!signIn.tickets.end(ticket)) throw ticketOver()
    return signIn.enter(person, [...ways, way], call, more?.(proved.value))
  }

  http.route({
    ...open,
    path: '/sign-in/second',
    summary: 'The code of an authenticator app; each is good once',
    body: Type.Object({ ticket: Secret, code: Code, desk: Desk }, closed),
    answer: Entered,
    handle: ({ body, ...call }) =>
      bySecond(body.ticket, 'totp', { ...call, ...deskOf(body) }, person => factors.takeTotp(person, body.code)),
  })
  http.route({
    ...open,
    path: '/sign-in/recovery',
    summary: 'A recovery code in the place of the device; each is good once',
    body: Type.Object({ ticket: Secret, code: Code, desk: Desk }, closed),
    answer: EnteredWithCodes,
    handle: ({ body, ...call }) =>
      bySecond(
        body.ticket,
        'recovery',
        { ...call, ...deskOf(body) },
        person => factors.takeRecovery(person, body.code),
        codesLeft => ({ codesLeft }),
      ),
  })
  http.route({
    ...open,
    path: '/sign-in/passkey/options',
    summary: 'What the browser asks a passkey with: for a ticket, or to sign in by it alone',
    body: Type.Object({ ticket: Type.Optional(Secret) }, closed),
    answer: Type.Unknown(),
    async handle({ body: { ticket }, request }) {
      const use =
        ticket === undefined ? ({ for: 'alone' } as const) : ({ for: 'second', ticket, person: ticketOf(ticket, 'second').person } as const)
      return orRefuse(await factors.passkeys.options(use, site(request)))
    },
  })
  http.route({
    ...open,
    path: '/sign-in/passkey',
    summary: 'By passkey: the second step of a ticket, or alone',
    body: Type.Object({ ticket: Type.Optional(Secret), response: AssertionShape, desk: Desk }, closed),
    answer: Entered,
    async handle({ body, ...rest }) {
      const { ticket, response } = body
      const call = { ...rest, ...deskOf(body) }
      if (ticket !== undefined)
        return bySecond(ticket, 'passkey', call, person =>
          factors.passkeys.used({ for: 'second', ticket, person }, site(call.request), response),
        )
      const used = orRefuse(await factors.passkeys.used({ for: 'alone' }, site(call.request), response))
      return signIn.enter(used.person, ['passkey'], call)
    },
  })

  /** The first second factor is there: in, with the recovery codes. */
  const enrolled = async (ticket: string, way: Way, call: Call, codes: readonly string[] | undefined) => {
    const known = signIn.tickets.look(ticket)
    if (!known || !signIn.tickets.end(ticket)) throw ticketOver()
    return signIn.enter(known.person, [...known.ways, way], call, codes ? { recoveryCodes: codes } : {})
  }
  http.route({
    ...open,
    path: '/sign-in/enrol/totp',
    summary: 'The secret for an authenticator app, for who must set up a second factor',
    body: Type.Object({ ticket: Secret }, closed),
    answer: Type.Object({ secret: Type.String(), uri: Type.String({ description: 'otpauth://, for the picture an app photographs' }) }),
    handle: ({ body }) => factors.beginTotp(personOf(ticketOf(body.ticket, 'enrol'))),
  })
  http.route({
    ...open,
    path: '/sign-in/enrol/totp/confirm',
    summary: 'The app’s first code proves that it has the secret: in, with recovery codes',
    body: Type.Object({ ticket: Secret, code: Code, name: FactorName, desk: Desk }, closed),
    answer: EnteredWithCodes,
    async handle({ body, ...call }) {
      const person = personOf(ticketOf(body.ticket, 'enrol'))
      const added = orRefuse(await factors.confirmTotp(person, body.code, body.name ?? '', { who: person.id }))
      return enrolled(body.ticket, 'totp', { ...call, ...deskOf(body) }, added.codes)
    },
  })
  http.route({
    ...open,
    path: '/sign-in/enrol/passkey/options',
    summary: 'What the browser makes a passkey with, for who must set up a second factor',
    body: Type.Object({ ticket: Secret }, closed),
    answer: Type.Unknown(),
    handle: ({ body, request }) => factors.passkeys.registration(personOf(ticketOf(body.ticket, 'enrol')), body.ticket, site(request)),
  })
  http.route({
    ...open,
    path: '/sign-in/enrol/passkey',
    summary: 'The new passkey: in, with recovery codes',
    body: Type.Object({ ticket: Secret, response: RegistrationShape, name: FactorName, desk: Desk }, closed),
    answer: EnteredWithCodes,
    async handle({ body, ...call }) {
      const person = personOf(ticketOf(body.ticket, 'enrol'))
      const by = { who: person.id }
      const added = orRefuse(await factors.addPasskey(person, body.ticket, site(call.request), body.response, body.name ?? '', by))
      return enrolled(body.ticket, 'passkey', { ...call, ...deskOf(body) }, added.codes)
    },
  })
}
