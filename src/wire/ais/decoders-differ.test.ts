// Where known decoders differ: one named test for each row of the table that is our specification (docs/decisions/0010-where-decoders-differ.md). Payloads
// are written bit by bit from ITU-R M.1371-5 and IMO SN.1/Circ.289, not with our own encoder.
import { expect, test } from 'vitest'
import { head, letters, type Payload, type Piece, payload } from '#testkit/ais-bits.ts'
import { type AisObject, type AisValue, decodePayload } from './index.ts'

function decoded({ six, bits }: Payload): AisObject {
  const object = decodePayload(six, bits)
  if (typeof object === 'string') throw new Error(`refused: ${object}`)
  return object
}

const safetyText = (...text: readonly Piece[]): AisObject => decoded(payload(...head(14), [0, 2], ...text))
const staticData = (name: string, shipType: number, epfd = 1): AisObject =>
  decoded(
    payload(
      ...head(5),
      [0, 2],
      [0, 30],
      ...letters('', 7),
      ...letters(name, 20),
      [shipType, 8],
      [0, 30],
      [epfd, 4],
      [0, 20],
      [0, 8],
      ...letters('', 20),
      [0, 2],
    ),
  )
const isObject = (value: AisValue): value is AisObject => typeof value === 'object' && !Array.isArray(value)

const application = (dac: number, fid: number, ...pieces: readonly Piece[]): AisObject => {
  const { app } = decoded(payload(...head(8), [0, 2], [dac, 10], [fid, 6], ...pieces))
  if (app === undefined || !isObject(app)) throw new Error('no application was read')
  return app
}

test('six-bit letters 31 and 39 are an underscore and an apostrophe', () => {
  expect(safetyText([31, 6], [39, 6]).text).toBe("_'")
})

test('a name keeps its leading blanks, is cut at the first @ and loses trailing blanks', () => {
  expect(staticData('  NO 7 HAE', 70).name).toBe('  NO 7 HAE')
  expect(staticData('HAE@REST', 70).name).toBe('HAE')
  expect(staticData('HAE   ', 70).name).toBe('HAE')
})

test.each([9, 39, 253])('ship type %i, outside its list, is kept as sent', shipType => {
  expect(staticData('X', shipType).shipType).toBe(shipType)
})

test('station type and EPFD outside their lists are kept as sent', () => {
  expect(staticData('X', 70, 12).epfd).toBe(12)
  const assignment = payload(...head(23), [0, 2], [0, 18], [0, 17], [0, 18], [0, 17], [15, 4], [0, 8], [0, 22], [0, 16])
  expect(decoded(assignment).stationType).toBe(15)
})

test.each([true, false])('the retransmit flag of type 6 is the bit as sent: %s', retransmit => {
  const message = payload(...head(6), [0, 2], [440_000_001, 30], [Number(retransmit), 1], [0, 1], [1, 10], [0, 6], [0, 16])
  expect(decoded(message).retransmit).toBe(retransmit)
})

test('type 17 has signed longitude and latitude in tenths of a minute', () => {
  const message = payload(...head(17), [0, 2], [-1234, 18], [-600, 17], [0, 5])
  expect(decoded(message)).toMatchObject({ lon: -2.0566667, lat: -1 })
})

const REST_OF_MMSI = 29
test.each<[number, Piece[], string]>([
  [
    7,
    [
      [440_000_001, 30],
      [1, 2],
      [1, REST_OF_MMSI],
    ],
    'ack2Mmsi',
  ],
  [
    13,
    [
      [440_000_001, 30],
      [1, 2],
      [1, REST_OF_MMSI],
    ],
    'ack2Mmsi',
  ],
  [
    15,
    [
      [440_000_001, 30],
      [3, 6],
      [0, 12],
      [0, 2],
      [5, 6],
      [0, 12],
      [0, 2],
      [1, REST_OF_MMSI],
    ],
    'mmsi2',
  ],
  [
    16,
    [
      [440_000_001, 30],
      [1, 12],
      [1, 10],
      [1, REST_OF_MMSI],
    ],
    'mmsi2',
  ],
  [
    20,
    [
      [5, 12],
      [1, 4],
      [1, 3],
      [1, 11],
      [2047, 11],
    ],
    'offset2',
  ],
])('type %i cut short makes no field of leftover bits', (type, pieces, field) => {
  expect(decoded(payload(...head(type), [0, 2], ...pieces))[field]).toBe(0)
})

test('the third reservation of a type 20 of two is not read out of fill bits', () => {
  const two: Piece[] = [
    [5, 12],
    [1, 4],
    [1, 3],
    [1, 11],
    [9, 12],
    [2, 4],
    [2, 3],
    [2, 11],
  ]
  const message = payload(...head(20), [0, 2], ...two)
  message.six[Math.floor(message.bits / 6)] = 63
  expect(decoded(message)).toMatchObject({ offset1: 5, offset2: 9, offset3: 0, number3: 0 })
})

const aid = (name: string, ...extension: readonly Piece[]): AisObject =>
  decoded(
    payload(...head(21), [1, 5], ...letters(name, 20), [0, 1], [0, 28], [0, 27], [0, 30], [1, 4], [60, 6], [0, 9], [0, 4], ...extension),
  )

test('the name of an aid and its extension are joined unstripped', () => {
  expect(aid('TWENTY LETTERS LONG ', ...letters('NAME')).name).toBe('TWENTY LETTERS LONG NAME')
})

test('the extension of an aid counts only after 20 letters, in whole letters, and 14 at most', () => {
  expect(aid('SHORT', ...letters('NAME')).name).toBe('SHORT')
  expect(aid('TWENTY-LETTERS-LONG-', ...letters('AB'), [7, 4]).name).toBe('TWENTY-LETTERS-LONG-AB')
  expect(aid('TWENTY-LETTERS-LONG-', ...letters('ABCDEFGHIJKLMNOP')).name).toBe('TWENTY-LETTERS-LONG-ABCDEFGHIJKLMN')
})

test('vendor of type 24 part B is 3 letters, a model of 4 bits and a serial number of 20', () => {
  const message = payload(
    ...head(24),
    [1, 2],
    [36, 8],
    ...letters('SRT'),
    [5, 4],
    [700_001, 20],
    ...letters('DSAB1', 7),
    [0, 30],
    [1, 4],
    [0, 2],
  )
  expect(decoded(message)).toMatchObject({ vendorId: 'SRT', model: 5, serial: 700_001, callSign: 'DSAB1' })
})

test.each([160, 162, 168])('type 24 part A of %i bits is read', bits => {
  const message = payload(...head(24), [0, 2], ...letters('HAE', 20), ...(bits > 160 ? [[0, bits - 160] as const] : []))
  expect(message.bits).toBe(bits)
  expect(decoded(message)).toMatchObject({ part: 0, name: 'HAE' })
})

test.each([true, false])('the gnss bit of type 27 is the bit as sent: %s', gnssBit => {
  const message = payload(...head(27), [0, 2], [0, 4], [600, 18], [600, 17], [5, 6], [10, 9], [Number(gnssBit), 1], [0, 1])
  expect(decoded(message).gnssBit).toBe(gnssBit)
})

/** 1/31 from its first bit to the pressure. */
const weather = (pressure: number, visibility: readonly [number, number], level: number, waveHeight: number): AisObject =>
  application(
    1,
    31,
    [181 * 60_000, 25],
    [91 * 60_000, 24],
    [0, 1],
    [1, 5],
    [2, 5],
    [3, 6],
    [127, 7],
    [127, 7],
    [360, 9],
    [360, 9],
    [-1024, 11],
    [101, 7],
    [501, 10],
    [pressure, 9],
    [3, 2],
    [visibility[0], 1],
    [visibility[1], 7],
    [level, 12],
    [3, 2],
    [255, 8],
    [360, 9],
    [255, 8],
    [360, 9],
    [31, 5],
    [255, 8],
    [360, 9],
    [31, 5],
    [waveHeight, 8],
  )

test('1/31: pressure is 799 hPa and more, 511 not available; waves go by 0.1 m, 255 not available', () => {
  expect(weather(214, [0, 127], 4001, 12)).toMatchObject({ pressureHpa: 1013, waveHeightM: 1.2 })
  expect(Object.keys(weather(511, [0, 127], 4001, 255))).toEqual(
    expect.not.arrayContaining(['pressureHpa', 'waveHeightM', 'lat', 'lon', 'airTempC', 'visibilityNm', 'waterLevelM']),
  )
})

test("1/31: visibility is a flag 'greater than' and seven bits", () => {
  expect(weather(214, [1, 55], 4001, 255)).toMatchObject({ visibilityGreater: true, visibilityNm: 5.5 })
})

test('1/31: a water level below zero is −10 m + 0.01 m a step', () => {
  expect(weather(214, [0, 127], 853, 255).waterLevelM).toBe(-1.47)
})

test('1/11: the direction of gusts has nine bits of its own', () => {
  const app = application(1, 11, [0, 24], [0, 25], [1, 5], [2, 5], [3, 6], [10, 7], [15, 7], [200, 9], [245, 9])
  expect(app).toMatchObject({ windSpeedKn: 10, windGustKn: 15, windDirDeg: 200, gustDirDeg: 245 })
})

test('200/10: the draught is in centimetres', () => {
  const app = application(200, 10, ...letters('02301234'), [1350, 13], [114, 10], [8021, 14], [0, 3], [285, 11], [0, 13])
  expect(app).toMatchObject({ lengthM: 135, beamM: 11.4, draughtM: 2.85 })
})

test('1/22: a circle has scale, place, precision and radius, after a head of 55 bits', () => {
  const app = application(
    1,
    22,
    [17, 10],
    [3, 7],
    [11, 4],
    [24, 5],
    [6, 5],
    [30, 6],
    [120, 18],
    [0, 3],
    [1, 2],
    [129 * 60_000, 25],
    [35 * 60_000, 24],
    [4, 3],
    [250, 12],
    [0, 18],
  )
  expect(app).toEqual({
    linkId: 17,
    noticeType: 3,
    month: 11,
    day: 24,
    hour: 6,
    minute: 30,
    durationMin: 120,
    subAreas: [{ shape: 'circle', scale: 1, lon: 129, lat: 35, precision: 4, radius: 250 }],
  })
})
