// The rule book as it comes in over HTTP. What the shape cannot say (rules.ts) is said with the place of each fault.
import { Type } from 'typebox'
import { WAYS } from '../schema.ts'

export const strict = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 80 })
export const WayShape = Type.Union(WAYS.map(way => Type.Literal(way)))
/** That they are not empty is said with their place (rules.ts). */
const Words = Type.String({ maxLength: 200 })
const Place = Type.String({ minLength: 1, maxLength: 40 })
const WhomShape = Type.Union([
  Type.Object(
    {
      who: Type.Literal('journey-officers'),
      end: Type.Union([Type.Literal('origin'), Type.Literal('destination'), Type.Literal('near'), Type.Literal('both')]),
    },
    strict,
  ),
  Type.Object({ who: Type.Literal('on-duty'), of: Place }, strict),
  Type.Object({ who: Type.Literal('post'), post: Id, of: Place }, strict),
  Type.Object({ who: Type.Literal('person'), person: Id }, strict),
  Type.Object({ who: Type.Literal('channel'), channel: Id }, strict),
])
const StepShape = Type.Union([
  Type.Object(
    {
      step: Type.Literal('tell'),
      whom: Type.Array(WhomShape, { maxItems: 20 }),
      by: Type.Array(WayShape, { maxItems: 3 }),
      orElse: Type.Optional(Type.Array(WhomShape, { maxItems: 20 })),
      when: Type.Optional(Type.Union([Type.Literal('working-hours'), Type.Literal('off-hours')])),
    },
    strict,
  ),
  Type.Object({ step: Type.Literal('wait'), seconds: Type.Integer() }, strict),
  Type.Object({ step: Type.Literal('repeat'), from: Type.Integer({ minimum: 0 }), times: Type.Integer() }, strict),
])
const Minute = Type.Integer({ minimum: 0, maximum: 1440 })
export const RULES_SHAPE = Type.Object(
  {
    revision: Type.Integer({ minimum: 0, description: 'the one it was made from' }),
    rules: Type.Array(
      Type.Object(
        {
          id: Id,
          ko: Words,
          en: Words,
          isOn: Type.Boolean(),
          levels: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 3 }))),
          detectors: Type.Optional(Type.Array(Id, { maxItems: 100 })),
          senses: Type.Optional(Type.Array(Id, { maxItems: 20 })),
          organisations: Type.Optional(Type.Array(Id, { maxItems: 100 })),
          chain: Type.Optional(Id),
          quiet: Type.Optional(Type.Object({ fromMinute: Minute, toMinute: Minute }, strict)),
        },
        strict,
      ),
      { maxItems: 200 },
    ),
    closing: Type.Optional(
      Type.Object({ isOn: Type.Boolean(), quiet: Type.Optional(Type.Object({ fromMinute: Minute, toMinute: Minute }, strict)) }, strict),
    ),
    chains: Type.Array(Type.Object({ id: Id, ko: Words, en: Words, steps: Type.Array(StepShape, { maxItems: 60 }) }, strict), {
      maxItems: 100,
    }),
    templates: Type.Array(
      Type.Object(
        {
          id: Id,
          version: Type.Integer({ minimum: 1 }),
          ko: Type.String({ maxLength: 500 }),
          en: Type.String({ maxLength: 500 }),
          code: Type.Optional(Id),
        },
        strict,
      ),
      { maxItems: 50 },
    ),
  },
  strict,
)
