// What the API takes and gives, as schemas: validated at the edge, once; OpenAPI comes from them. Unknown keys are refused.
import { Type } from 'typebox'
import { GOODS_TYPES, INCIDENT_KINDS, INCIDENT_STATES, LINK_KINDS, MENTION_KINDS, OUTCOMES, PERSON_ROLES, URGENCIES } from './schema.ts'

const oneOf = <const Word extends string | number>(words: readonly Word[]) => Type.Unsafe<Word>({ enum: [...words] })
const strict = { additionalProperties: false } as const
/** Made by the client: a UUID or the like. */
export const Id = Type.String({ minLength: 8, maxLength: 100, pattern: '^[A-Za-z0-9:._-]+$' })
export const Time = Type.String({ maxLength: 40, description: 'ISO 8601' })
export const Kind = oneOf(INCIDENT_KINDS)
export const Urgency = oneOf(URGENCIES)
export const State = oneOf(INCIDENT_STATES)
export const Outcome = oneOf(OUTCOMES)
export const Text = Type.String({ maxLength: 40_000 })
export const Organisation = Type.String({ maxLength: 100 })

export const Place = Type.Object(
  {
    label: Type.String({ maxLength: 300 }),
    lat: Type.Optional(Type.Number()),
    lon: Type.Optional(Type.Number()),
    port: Type.Optional(Type.String({ maxLength: 20 })),
    berth: Type.Optional(Type.String({ maxLength: 100 })),
    office: Type.Optional(Organisation),
  },
  strict,
)
export const Goods = Type.Object(
  {
    type: oneOf(GOODS_TYPES),
    name: Type.String({ maxLength: 300 }),
    quantity: Type.Optional(Type.Number()),
    unit: Type.Optional(Type.String({ maxLength: 20 })),
    valueWon: Type.Optional(Type.Number()),
  },
  strict,
)
export const LinkShape = Type.Object(
  { kind: oneOf(LINK_KINDS), id: Type.String({ minLength: 1, maxLength: 200 }), label: Type.String({ maxLength: 300 }) },
  strict,
)
export const MentionShape = Type.Object(
  { kind: oneOf(MENTION_KINDS), id: Type.String({ minLength: 1, maxLength: 200 }), label: Type.String({ maxLength: 300 }) },
  strict,
)
export const Person = Type.Object(
  {
    id: Id,
    role: oneOf(PERSON_ROLES),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    birth: Type.Optional(Type.String({ maxLength: 20 })),
    nationality: Type.Optional(Type.String({ maxLength: 60 })),
    document: Type.Optional(Type.String({ maxLength: 60 })),
    phone: Type.Optional(Type.String({ maxLength: 40 })),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  strict,
)
/** The id of the deed, made by whoever does it: the same id does it once. */
export const Deed = { deedId: Id, writtenAt: Type.Optional(Time), as: Type.Optional(Organisation) }

export const Report = Type.Object(
  {
    id: Id,
    organisation: Type.Optional(Organisation),
    kind: Type.Optional(Kind),
    urgency: Type.Optional(Urgency),
    text: Text,
    occurredAt: Type.Optional(Time),
    writtenAt: Type.Optional(Time),
    place: Type.Optional(Place),
    goods: Type.Optional(Type.Array(Goods)),
    people: Type.Optional(Type.Array(Person)),
    links: Type.Optional(Type.Array(LinkShape)),
    attachments: Type.Optional(Type.Array(Id)),
    isInDailyReport: Type.Optional(Type.Boolean()),
    shareWith: Type.Optional(Type.Array(Organisation)),
    raiseAlarm: Type.Optional(Type.Boolean({ description: 'an alarm in every room that is told of it' })),
  },
  strict,
)
export const Correction = Type.Object(
  {
    text: Type.Optional(Text),
    kind: Type.Optional(Kind),
    urgency: Type.Optional(Urgency),
    occurredAt: Type.Optional(Time),
    place: Type.Optional(Place),
    goods: Type.Optional(Type.Array(Goods)),
    reason: Type.Optional(Text),
    ...Deed,
  },
  strict,
)

export const Head = Type.Object({
  id: Type.String(),
  number: Type.String({ description: '2026-1124-07: KST day and which of its organisation’s that day' }),
  organisation: Type.String(),
  organisations: Type.Array(Type.String(), { description: 'who is told of it' }),
  kind: Type.String(),
  urgency: Type.Integer({ description: '1 critical, 2 high, 3 medium, 4 notice' }),
  state: Type.String({ description: 'reported confirmed in-hand closed' }),
  title: Type.String(),
  occurredAt: Time,
  reportedAt: Time,
  changedAt: Time,
  reportedBy: Type.String(),
  answers: Type.Integer(),
  attachmentCount: Type.Integer(),
  openOrders: Type.Integer(),
  isInDailyReport: Type.Boolean(),
  steps: Type.Integer(),
  place: Type.Optional(Place),
  readSteps: Type.Optional(Type.Integer({ description: 'how far the caller has read it' })),
})
export const Full = Type.Intersect([
  Head,
  Type.Object({
    text: Type.String(),
    goods: Type.Array(Goods),
    people: Type.Array(Type.Object({ id: Type.String(), role: Type.String(), masked: Type.String() })),
    links: Type.Array(LinkShape),
    attachments: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), type: Type.String() })),
    thread: Type.Array(Type.Object({ id: Type.String(), n: Type.Integer(), at: Time, deed: Type.String() })),
    orders: Type.Array(Type.Object({ id: Type.String(), text: Type.String(), due: Time, state: Type.String() })),
    recipients: Type.Integer({ description: 'people it is told to' }),
  }),
])
export const OrderShape = Type.Object({
  id: Type.String(),
  incident: Type.String(),
  n: Type.Integer(),
  text: Type.String(),
  state: Type.String({ description: 'open acknowledged done recalled' }),
  givenAt: Time,
  due: Time,
})
export const ReceiptShape = Type.Object({
  person: Type.String(),
  name: Type.String(),
  organisation: Type.String(),
  posts: Type.Array(Type.String(), { description: 'by which they are told of it' }),
  steps: Type.Integer({ description: 'how far they have read; 0: not yet' }),
  at: Type.Optional(Time),
  calledAt: Type.Optional(Time),
})
