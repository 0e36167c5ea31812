// Swaps and leave over HTTP. Who asks, asks for themselves; the other one agrees; the leader of that organisation decides, never on the own request.
import { Type } from 'typebox'
import type { Caller, Grant } from '#base/index.ts'
import { type Http, HttpRefusal, notFound } from '#platform/http/index.ts'
import { authorOf } from '../audit.ts'
import { orRefuse } from '../refusal.ts'
import { type DutyRoutesOptions, dayOf, Id, Organisation, strict, within } from './route-parts.ts'
import { LEAVE_KINDS, type Leave, type Swap } from './schema.ts'

const Slot = Type.Object(
  {
    day: Type.String({ minLength: 10, maxLength: 10 }),
    watch: Id,
    crew: Id,
    seat: Id,
    person: Type.String({ minLength: 1, maxLength: 60 }),
  },
  strict,
)
const Reason = Type.String({ maxLength: 300 })
const Decision = Type.Object({ isApproved: Type.Boolean(), note: Type.Optional(Reason) }, strict)
const Params = Type.Object({ id: Id })
const notYours = (ko: string, en: string): HttpRefusal => new HttpRefusal(403, 'not-your-request', { ko, en })

export function requestRoutes({ http, access, duty }: DutyRoutesOptions): void {
  const swapOf = (id: string, grant: Grant): Swap => {
    const swap = duty.swap(id)
    if (!swap || !grant.covers([swap.organisation])) throw notFound({ ko: `신청 ${id}`, en: `request ${id}` })
    return swap
  }
  const leaveOf = (id: string, grant: Grant): Leave => {
    const leave = duty.leave(id)
    if (!leave || !grant.covers([leave.organisation])) throw notFound({ ko: `신청 ${id}`, en: `request ${id}` })
    return leave
  }
  const mayDecide = (caller: Caller, concerned: readonly string[]): void => {
    if (concerned.includes(caller.id))
      throw notYours('자기가 관련된 신청은 다른 상급자가 결정합니다', 'a request that concerns you is decided by somebody else')
  }
  const common = { tag: 'duty', answer: Type.Unknown() } as const
  askRoutes(http)
  http.route({
    ...common,
    method: 'POST',
    path: '/api/duty/swaps/:id/answer',
    deed: 'duty.ask',
    summary: 'The other one agrees to the swap, or not',
    params: Params,
    body: Type.Object({ agrees: Type.Boolean() }, strict),
    async handle({ params, body, caller, grant }) {
      const swap = swapOf(params.id, grant)
      if (swap.to.person !== caller.id) throw notYours('바꿈을 부탁받은 사람만 답합니다', 'only the one who was asked answers')
      return orRefuse(await duty.answerSwap(swap.id, body.agrees, authorOf(caller)))
    },
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/duty/swaps/:id/decide',
    deed: 'duty.decide',
    summary: 'Approve or refuse a swap both agree on',
    params: Params,
    body: Decision,
    async handle({ params, body, caller, grant }) {
      const swap = swapOf(params.id, grant)
      mayDecide(caller, [swap.from.person, swap.to.person])
      return orRefuse(await duty.decideSwap(swap.id, body.isApproved, body.note ?? '', authorOf(caller)))
    },
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/duty/leaves/:id/decide',
    deed: 'duty.decide',
    summary: 'Approve or refuse leave',
    params: Params,
    body: Decision,
    async handle({ params, body, caller, grant }) {
      const leave = leaveOf(params.id, grant)
      mayDecide(caller, [leave.person])
      return orRefuse(await duty.decideLeave(leave.id, body.isApproved, body.note ?? '', authorOf(caller)))
    },
  })
  http.route({
    ...common,
    method: 'POST',
    path: '/api/duty/requests/:id/withdraw',
    deed: 'duty.ask',
    summary: 'Take back one’s own request that is not decided',
    params: Params,
    async handle({ params, caller, grant }) {
      const swap = duty.swap(params.id)
      const asker = swap ? swapOf(params.id, grant).from.person : leaveOf(params.id, grant).person
      if (asker !== caller.id) throw notYours('신청한 사람만 거둡니다', 'only who asked takes it back')
      return orRefuse(await duty.withdraw(params.id, authorOf(caller)))
    },
  })

  function askRoutes(doors: Http): void {
    const InOrganisation = Type.Object({ organisation: Organisation })
    doors.route({
      ...common,
      method: 'POST',
      path: '/api/duty/:organisation/swaps',
      deed: 'duty.ask',
      summary: 'Ask a colleague to swap a watch',
      params: InOrganisation,
      body: Type.Object({ id: Id, from: Slot, to: Slot, reason: Type.Optional(Reason) }, strict),
      status: 201,
      async handle({ params, body, caller, grant }) {
        const organisation = within(grant, params.organisation)
        if (body.from.person !== caller.id) throw notYours('자기 근무만 바꾸자고 할 수 있습니다', 'ask for your own watch only')
        const day = (slot: typeof body.from) => ({ ...slot, day: dayOf(slot.day) })
        const asked = { id: body.id, organisation, from: day(body.from), to: day(body.to), reason: body.reason ?? '' }
        return orRefuse(await duty.askSwap(asked, authorOf(caller)))
      },
    })
    doors.route({
      ...common,
      method: 'POST',
      path: '/api/duty/:organisation/leaves',
      deed: 'duty.ask',
      summary: 'Ask for leave; a leader enters it for somebody who cannot',
      params: InOrganisation,
      body: Type.Object(
        {
          id: Id,
          person: Type.Optional(Type.String({ maxLength: 60 })),
          kind: Type.Unsafe<Leave['kind']>({ enum: [...LEAVE_KINDS] }),
          fromDay: Type.String({ minLength: 10, maxLength: 10 }),
          toDay: Type.String({ minLength: 10, maxLength: 10 }),
          standIn: Type.Optional(Type.String({ maxLength: 60 })),
          reason: Type.Optional(Reason),
        },
        strict,
      ),
      status: 201,
      async handle({ params, body, caller, grant }) {
        const organisation = within(grant, params.organisation)
        const person = body.person ?? caller.id
        if (person !== caller.id && access.grantOf(caller, 'duty.decide')?.covers([organisation]) !== true)
          throw notYours('자기 휴가만 신청할 수 있습니다', 'ask for your own leave only')
        for (const id of [person, ...(body.standIn ? [body.standIn] : [])])
          if (!access.people.personById(id)) throw notFound({ ko: `직원 ${id}`, en: `person ${id}` })
        const { id, kind, standIn, reason = '' } = body
        return orRefuse(
          await duty.askLeave(
            {
              id,
              organisation,
              person,
              kind,
              fromDay: dayOf(body.fromDay),
              toDay: dayOf(body.toDay),
              reason,
              ...(standIn ? { standIn } : {}),
            },
            authorOf(caller),
          ),
        )
      },
    })
  }
}
