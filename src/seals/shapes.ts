// Shapes of the room's HTTP bodies. Times ISO 8601, places in degrees, lines [lon, lat] as in GeoJSON.
import { Type } from 'typebox'
import { CARGO_UNITS, COMMAND_KINDS, FITTINGS, RISK_CLASSES, SEAL_LIVES } from './schema.ts'

const oneOf = <Value extends string>(values: readonly Value[]) => Type.Union(values.map(value => Type.Literal(value)))
export const Id = Type.String({ minLength: 1, maxLength: 80, pattern: '^[A-Za-z0-9._:-]+$' })
export const Time = Type.String({ maxLength: 40 })
const Words = Type.String({ maxLength: 200 })
const Lat = Type.Number({ minimum: -90, maximum: 90 })
const Lon = Type.Number({ minimum: -180, maximum: 180 })
export const Place = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    lat: Lat,
    lon: Lon,
    radiusM: Type.Optional(Type.Number({ minimum: 20, maximum: 50_000 })),
    area: Type.Optional(Id),
  },
  { additionalProperties: false },
)
const Officer = Type.Object(
  {
    person: Type.Optional(Id),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    phone: Type.Optional(Type.String({ maxLength: 30 })),
    card: Type.Optional(Type.String({ maxLength: 40 })),
  },
  { additionalProperties: false },
)
export const Plan = Type.Object(
  {
    id: Id,
    declaration: Type.Optional(Words),
    unit: Type.Optional(oneOf(CARGO_UNITS)),
    container: Type.String({ minLength: 1, maxLength: 40 }),
    seals: Type.Optional(
      Type.Array(Type.Object({ seal: Id, fitting: Type.Optional(oneOf(FITTINGS)) }, { additionalProperties: false }), { maxItems: 8 }),
    ),
    vehicle: Type.Optional(Type.String({ maxLength: 30 })),
    driver: Type.Optional(
      Type.Object({ name: Type.Optional(Words), phone: Type.Optional(Type.String({ maxLength: 30 })) }, { additionalProperties: false }),
    ),
    goods: Type.Optional(Words),
    consignee: Type.Optional(Words),
    origin: Place,
    destination: Place,
    stops: Type.Optional(Type.Array(Place, { maxItems: 50 })),
    corridor: Type.Optional(
      Type.Object(
        {
          line: Type.Array(Type.Tuple([Lon, Lat]), { maxItems: 5000 }),
          halfWidthM: Type.Optional(Type.Number({ minimum: 1, maximum: 100_000 })),
        },
        { additionalProperties: false },
      ),
    ),
    departFrom: Type.Optional(Time),
    departUntil: Type.Optional(Time),
    arriveFrom: Type.Optional(Time),
    arriveUntil: Type.Optional(Time),
    officers: Type.Optional(
      Type.Object(
        { origin: Type.Optional(Type.Array(Officer, { maxItems: 10 })), destination: Type.Optional(Type.Array(Officer, { maxItems: 10 })) },
        { additionalProperties: false },
      ),
    ),
    risk: Type.Optional(oneOf(RISK_CLASSES)),
    convoy: Type.Optional(Id),
    organisations: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  },
  { additionalProperties: false },
)
/** What of a plan comes again; times as spans. */
export const TemplateBody = Type.Object(
  {
    unit: Type.Optional(oneOf(CARGO_UNITS)),
    goods: Type.Optional(Words),
    consignee: Type.Optional(Words),
    origin: Type.Optional(Place),
    destination: Type.Optional(Place),
    stops: Type.Optional(Type.Array(Place, { maxItems: 50 })),
    corridor: Plan.properties.corridor,
    officers: Plan.properties.officers,
    risk: Type.Optional(oneOf(RISK_CLASSES)),
    leaveWithinMin: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_080 })),
    driveWithinMin: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_160 })),
  },
  { additionalProperties: false },
)
export const SealInput = Type.Object(
  {
    protocol: Type.String({ maxLength: 20 }),
    deviceId: Type.String({ minLength: 1, maxLength: 40 }),
    number: Type.String({ minLength: 1, maxLength: 40 }),
    maker: Type.Optional(Words),
    model: Type.Optional(Words),
    firmware: Type.Optional(Words),
    life: Type.Optional(oneOf(SEAL_LIVES)),
    organisation: Type.Optional(Id),
    reportEveryS: Type.Optional(Type.Number({ minimum: 1, maximum: 86_400 })),
    utcOffsetMin: Type.Optional(Type.Number({ minimum: -840, maximum: 840 })),
  },
  { additionalProperties: false },
)
export const CommandInput = Type.Object(
  {
    id: Id,
    kind: oneOf(COMMAND_KINDS),
    reason: Type.String({ minLength: 2, maxLength: 300 }),
    intervalS: Type.Optional(Type.Integer({ minimum: 5, maximum: 86_400 })),
    until: Type.Optional(Time),
  },
  { additionalProperties: false },
)
export const DeedInput = Type.Object(
  {
    id: Id,
    deed: oneOf([
      'fit',
      'arm',
      'authorise-unseal',
      'unseal',
      'suspend',
      'resume',
      'close',
      'cancel',
      'change-vehicle',
      'change-seal',
      'note',
    ] as const),
    seal: Type.Optional(Id),
    container: Type.Optional(Type.String({ maxLength: 40 })),
    vehicle: Type.Optional(Type.String({ maxLength: 30 })),
    lat: Type.Optional(Lat),
    lon: Type.Optional(Lon),
    until: Type.Optional(Time),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    photos: Type.Optional(Type.Array(Id, { maxItems: 10, description: 'attachments of journey:<id>, sent before' })),
  },
  { additionalProperties: false },
)
/** Answers are described where they are made; the wire is checked by the tests of the routes. */
export const Anything = Type.Object({}, { additionalProperties: true })
