// Every application payload, written bit by bit from its table (IMO SN/Circ.236, SN.1/Circ.289, the inland AIS standard of the CCNR, IALA A-126), not with our
// own encoder; and each with everything 'not available'.
import { expect, test } from 'vitest'
import { head, letters, type Piece, payload } from '#testkit/ais-bits.ts'
import { type AisObject, type AisValue, decodePayload, encodePayload } from '../index.ts'

type Row = readonly [dac: number, fid: number, pieces: readonly Piece[], app: AisObject]

const MILLIMINUTE = 60_000
const place25 = (lat: number, lon: number): Piece[] => [
  [lon * MILLIMINUTE, 25],
  [lat * MILLIMINUTE, 24],
]
const place28 = (lat: number, lon: number): Piece[] => [
  [lon * 600_000, 28],
  [lat * 600_000, 27],
]
/** Values and widths in turn. */
const bits = (...numbers: readonly number[]): Piece[] =>
  Array.from({ length: numbers.length / 2 }, (_, n) => [numbers[2 * n] ?? 0, numbers[2 * n + 1] ?? 0])

const noticeHead = bits(17, 10, 64, 7, 11, 4, 24, 5, 6, 5, 30, 6, 262_142, 18)
const noticeOf = { linkId: 17, noticeType: 64, month: 11, day: 24, hour: 6, minute: 30, durationMin: 262_142 }

const FULL: readonly Row[] = [
  [
    1,
    11,
    [
      [-35.5 * MILLIMINUTE, 24],
      [-129.5 * MILLIMINUTE, 25],
      ...bits(24, 5, 7, 5, 30, 6, 10, 7, 20, 7, 359, 9, 1, 9, 545, 11, 50, 7, 180, 10, 213, 9, 2, 2, 100, 8, 47, 9, 1, 2),
      ...bits(15, 8, 90, 9, 25, 8, 91, 9, 5, 5, 35, 8, 92, 9, 10, 5, 12, 8, 6, 6, 180, 9, 30, 8, 7, 6, 190, 9, 4, 4, 95, 10, 5, 3),
      ...bits(350, 9, 1, 2, 0, 6),
    ],
    {
      ...{ lat: -35.5, lon: -129.5, day: 24, hour: 7, minute: 30, windSpeedKn: 10, windGustKn: 20, windDirDeg: 359, gustDirDeg: 1 },
      ...{ airTempC: -5.5, humidityPct: 50, dewPointC: -2, pressureHpa: 1013, pressureTendency: 2, visibilityNm: 10, waterLevelM: -5.3 },
      ...{ waterLevelTrend: 1, currentSpeedKn: 1.5, currentDirDeg: 90, current2SpeedKn: 2.5, current2DirDeg: 91, current2DepthM: 5 },
      ...{ current3SpeedKn: 3.5, current3DirDeg: 92, current3DepthM: 10, waveHeightM: 1.2, wavePeriodS: 6, waveDirDeg: 180 },
      ...{
        swellHeightM: 3,
        swellPeriodS: 7,
        swellDirDeg: 190,
        seaState: 4,
        waterTempC: -0.5,
        precipitationType: 5,
        salinityPct: 35,
        ice: 1,
      },
    },
  ],
  [1, 16, bits(8191, 13, 0, 35), { personsOnBoard: 8191 }],
  [
    1,
    21,
    [
      [0, 1],
      ...letters('BUSAN ANCHORAGE', 20),
      ...place25(-35, -129),
      ...bits(24, 5, 7, 5, 30, 6, 7, 4, 1, 1, 100, 7, 88, 7, 30, 7, 180, 9, 214, 9, 8, 4, -55, 11, 85, 10, 6, 6, 25, 8, 90, 9),
      ...bits(30, 8, 190, 9, 12, 6, 0, 3),
    ],
    {
      ...{ wmo: false, location: 'BUSAN ANCHORAGE', lon: -129, lat: -35, day: 24, hour: 7, minute: 30, presentWeather: 7 },
      ...{ visibilityGreater: true, visibilityNm: 10, humidityPct: 88, windSpeedKn: 30, windDirDeg: 180, pressureHpa: 1013 },
      ...{ pressureTendency: 8, airTempC: -5.5, waterTempC: -1.5, wavePeriodS: 6, waveHeightM: 2.5, waveDirDeg: 90 },
      ...{ swellHeightM: 3, swellDirDeg: 190, swellPeriodS: 12 },
    },
  ],
  [
    1,
    21,
    [
      ...bits(1, 1, 30_900, 16, 12_500, 15, 11, 4, 24, 6, 7, 5, 3, 3, 36, 7, 20, 5, 18, 7, 1131, 11, 450, 10, 2, 4, 72, 7, 41, 8),
      ...bits(1, 7, 254, 8, 61, 8, 9, 7, 501, 10, 88, 7, 101, 9, 10, 6, 510, 9, 1, 5, 2, 5, 5, 4, 6, 4, 7, 6, 8, 6, 9, 6, 50, 7),
      ...bits(11, 5, 12, 6, 13, 6, 14, 5, 15, 6, 16, 6, 17, 5, 18, 6, 126, 7, 1, 3, 2, 3, 3, 5, 4, 4, 5, 5, 6, 5, 7, 4),
    ],
    {
      ...{ wmo: true, lon: 129, lat: 35, month: 11, day: 24, hour: 7, minute: 30, cogDeg: 180, sogMs: 10, headingDeg: 90 },
      ...{ pressureHpa: 1013.1, pressureChangeHpa: -5, pressureTendency: 2, windDirDeg: 360, windSpeedMs: 20.5 },
      ...{ relativeWindDirDeg: 5, relativeWindSpeedMs: 127, gustSpeedMs: 30.5, gustDirDeg: 45, airTempK: 273.1, humidityPct: 88 },
      ...{ waterTempK: 278.1, visibilityCode: 10, visibilityM: 1307, presentWeather: 510, pastWeather1: 1, pastWeather2: 2 },
      ...{
        cloudCoverPct: 50,
        lowCloudAmount: 6,
        lowCloudType: 7,
        middleCloudType: 8,
        highCloudType: 9,
        cloudBaseCode: 50,
        cloudBaseM: 400,
      },
      ...{ wavePeriodS: 11, waveHeightM: 6, swellDirDeg: 130, swellPeriodS: 14, swellHeightM: 7.5 },
      ...{ swell2DirDeg: 160, swell2PeriodS: 17, swell2HeightM: 9, iceDepositCm: 126, iceAccretionRate: 1, iceAccretionCause: 2 },
      ...{ seaIceConcentration: 3, seaIceAmountAndType: 4, seaIceSituation: 5, seaIceDevelopment: 6, seaIceEdgeBearingDeg: 315 },
    },
  ],
  [
    1,
    22,
    [
      ...noticeHead,
      ...[...bits(0, 3, 2, 2), ...place25(35, 129), ...bits(4, 3, 4095, 12, 0, 18)],
      ...[...bits(1, 3, 1, 2), ...place25(-35, -129), ...bits(0, 3, 255, 8, 1, 8, 359, 9, 0, 5)],
      ...[...bits(2, 3, 0, 2), ...place25(35, 129), ...bits(4, 3, 100, 12, 10, 9, 350, 9)],
      ...bits(3, 3, 3, 2, 719, 10, 1023, 10, 1, 10, 2, 10, 720, 10, 0, 10, 720, 10, 0, 10, 0, 2),
      ...bits(4, 3, 0, 2, 90, 10, 10, 10, 180, 10, 20, 10, 270, 10, 30, 10, 0, 10, 40, 10, 0, 2),
      ...[[5, 3] as const, ...letters('KEEP CLEAR >>>')],
    ],
    {
      ...noticeOf,
      subAreas: [
        { shape: 'circle', scale: 2, lon: 129, lat: 35, precision: 4, radius: 4095 },
        { shape: 'rectangle', scale: 1, lon: -129, lat: -35, precision: 0, east: 255, north: 1, orientationDeg: 359 },
        { shape: 'sector', scale: 0, lon: 129, lat: 35, precision: 4, radius: 100, leftDeg: 10, rightDeg: 350 },
        { shape: 'polyline', scale: 3, angle1Deg: 359.5, distance1: 1023, angle2Deg: 0.5, distance2: 2 },
        {
          ...{ shape: 'polygon', scale: 0, angle1Deg: 45, distance1: 10, angle2Deg: 90, distance2: 20 },
          ...{ angle3Deg: 135, distance3: 30, angle4Deg: 0, distance4: 40 },
        },
        { shape: 'text', text: 'KEEP CLEAR >>>' },
      ],
    },
  ],
  [
    1,
    23,
    [...noticeHead, ...bits(0, 3, 0, 2), ...place25(35, 129), ...bits(4, 3, 0, 12, 0, 18)],
    { ...noticeOf, subAreas: [{ shape: 'circle', scale: 0, lon: 129, lat: 35, precision: 4, radius: 0 }] },
  ],
  [
    1,
    24,
    [
      ...[...bits(5, 10, 456, 13), ...letters('KRPUSJPTYOCNSHA')],
      ...Array.from({ length: 26 }, (_, n): Piece => [(n % 3) + 1, 2]),
      ...[...bits(5, 4, 262_142, 18, 2087, 12), ...letters('A31A2GX')],
      ...bits(50_000, 18, 1, 2, 2, 2, 1, 2, 3, 2, 16_382, 14, 8191, 13, 0, 10),
    ],
    {
      ...{ linkId: 5, airDraughtM: 45.6, lastPort: 'KRPUS', nextPort: 'JPTYO', secondNextPort: 'CNSHA' },
      ...Object.fromEntries(Array.from({ length: 26 }, (_, n) => [`solas${n + 1}`, (n % 3) + 1])),
      ...{ iceClass: 5, shaftPowerHp: 262_142, vhfChannel: 2087, lloydsShipType: 'A31A2GX', grossTonnage: 50_000, ladenOrBallast: 1 },
      ...{ heavyFuelOil: 2, lightFuelOil: 1, dieselOil: 3, bunkerOilTonnes: 16_382, personsOnBoard: 8191 },
    },
  ],
  [1, 29, [[1023, 10], ...letters('TEXT FOR ALL')], { linkId: 1023, text: 'TEXT FOR ALL' }],
  [1, 30, [[1, 10], ...letters('TEXT FOR ONE')], { linkId: 1, text: 'TEXT FOR ONE' }],
  [
    1,
    31,
    [
      ...place25(-35.5, -129.5),
      ...bits(1, 1, 24, 5, 7, 5, 30, 6, 126, 7, 20, 7, 359, 9, 0, 9, -55, 11, 100, 7, -200, 10, 402, 9, 2, 2, 1, 1, 126, 7, 853, 12, 1, 2),
      ...bits(251, 8, 90, 9, 25, 8, 91, 9, 30, 5, 35, 8, 92, 9, 10, 5, 251, 8, 6, 6, 180, 9, 30, 8, 7, 6, 190, 9, 12, 4, -100, 10, 5, 3),
      ...bits(501, 9, 1, 2, 0, 10),
    ],
    {
      ...{ lon: -129.5, lat: -35.5, accurate: true, day: 24, hour: 7, minute: 30, windSpeedKn: 126, windGustKn: 20, windDirDeg: 359 },
      ...{ gustDirDeg: 0, airTempC: -5.5, humidityPct: 100, dewPointC: -20, pressureHpa: 1201, pressureTendency: 2 },
      ...{ visibilityGreater: true, visibilityNm: 12.6, waterLevelM: -1.47, waterLevelTrend: 1, currentSpeedKn: 25.1, currentDirDeg: 90 },
      ...{ current2SpeedKn: 2.5, current2DirDeg: 91, current2DepthM: 30, current3SpeedKn: 3.5, current3DirDeg: 92, current3DepthM: 10 },
      ...{ waveHeightM: 25.1, wavePeriodS: 6, waveDirDeg: 180, swellHeightM: 3, swellPeriodS: 7, swellDirDeg: 190, seaState: 12 },
      ...{ waterTempC: -10, precipitationType: 5, salinityPct: 50.1, ice: 1 },
    },
  ],
  [
    200,
    10,
    [...letters('02301234'), ...bits(1350, 13, 114, 10, 8021, 14, 5, 3, 285, 11, 2, 2, 1, 1, 0, 1, 1, 1, 0, 8)],
    {
      ...{ vesselId: '02301234', lengthM: 135, beamM: 11.4, eriShipType: 8021, hazard: 5, draughtM: 2.85, loaded: 2 },
      ...{ speedHighQuality: true, courseHighQuality: false, headingHighQuality: true },
    },
  ],
  [
    200,
    23,
    [
      ...bits(26, 8, 11, 4, 24, 5, 27, 8, 12, 4, 25, 5, 6, 5, 0, 6, 18, 5, 30, 6),
      ...[...place28(35, 129), ...place28(-36, -130)],
      // A bit for the sign, 1 for minus, and eight for the value.
      ...bits(1, 4, 0, 1, 25, 8, 1, 1, 40, 8, 3, 2, 8, 4, 0, 6),
    ],
    {
      ...{ startYear: 2026, startMonth: 11, startDay: 24, endYear: 2027, endMonth: 12, endDay: 25, startHour: 6, startMinute: 0 },
      ...{ endHour: 18, endMinute: 30, startLon: 129, startLat: 35, endLon: -130, endLat: -36, weatherType: 1, minimum: 25 },
      ...{ maximum: -40, intensity: 3, windDirection: 8 },
    },
  ],
  [
    200,
    24,
    // Here the sign's bit is 1 for plus.
    [...letters('DE'), ...bits(1, 11, 1, 1, 250, 13, 2, 11, 0, 1, 120, 13, 3, 11, 0, 1, 8191, 13, 2047, 11, 1, 1, 8191, 13)],
    {
      ...{ country: 'DE', gauge1Id: 1, gauge1LevelCm: 250, gauge2Id: 2, gauge2LevelCm: -120, gauge3Id: 3, gauge3LevelCm: -8191 },
      ...{ gauge4Id: 2047, gauge4LevelCm: 8191 },
    },
  ],
  [200, 55, bits(10, 8, 200, 13, 5, 8, 0, 51), { crew: 10, passengers: 200, personnel: 5 }],
  ...[235, 250].map(
    (dac): Row => [
      dac,
      10,
      bits(280, 10, 240, 10, 720, 10, 2, 2, 3, 2, 1, 1, 0xa5, 8, 1, 1, 0, 4),
      {
        ...{ internalVolts: 14, external1Volts: 12, external2Volts: 36, racon: 2, light: 3, alarm: true, externalStatus: 0xa5 },
        offPosition: true,
      },
    ],
  ),
]

const noCurrent = [255, 8, 360, 9, 31, 5]
const NOTHING: readonly Row[] = [
  [
    1,
    11,
    [
      ...bits(0x7fffff, 24, 0xffffff, 25, 31, 5, 31, 5, 63, 6, 127, 7, 127, 7, 511, 9, 511, 9, 2047, 11, 127, 7, 1023, 10, 511, 9, 3, 2),
      ...bits(255, 8, 511, 9, 3, 2, 255, 8, 511, 9, 255, 8, 511, 9, 31, 5, 255, 8, 511, 9, 31, 5, 255, 8, 63, 6, 511, 9, 255, 8, 63, 6),
      ...bits(511, 9, 15, 4, 1023, 10, 7, 3, 511, 9, 3, 2, 0, 6),
    ],
    {},
  ],
  [1, 16, bits(0, 13, 0, 35), {}],
  [
    1,
    21,
    [
      ...[[0, 1] as const, ...letters('', 20), ...place25(91, 181)],
      ...bits(0, 5, 24, 5, 60, 6, 8, 4, 0, 1, 127, 7, 127, 7, 127, 7, 360, 9, 403, 9, 15, 4, -1024, 11, 601, 10, 63, 6, 255, 8, 360, 9),
      ...bits(255, 8, 360, 9, 63, 6, 0, 3),
    ],
    { wmo: false, visibilityGreater: false },
  ],
  [1, 21, [...Array.from({ length: 304 }, (): Piece => [1, 1])], { wmo: true }],
  [
    1,
    24,
    [
      ...[...bits(0, 10, 0, 13), ...letters('', 15), ...bits(0, 52, 15, 4, 262_143, 18, 0, 12), ...letters('', 7)],
      ...bits(262_143, 18, 0, 8, 16_383, 14, 0, 13, 0, 10),
    ],
    {},
  ],
  ...[510, 511].map(
    (salinity): Row => [
      1,
      31,
      [
        ...place25(91, 181),
        ...bits(0, 1, 0, 5, 24, 5, 60, 6, 127, 7, 127, 7, 360, 9, 360, 9, -1024, 11, 101, 7, 501, 10, 511, 9, 3, 2, 0, 1, 127, 7),
        ...bits(4001, 12, 3, 2, 255, 8, 360, 9, ...noCurrent, ...noCurrent, 255, 8, 63, 6, 360, 9, 255, 8, 63, 6, 360, 9),
        ...bits(13, 4, 501, 10, 7, 3, salinity, 9, 3, 2, 0, 10),
      ],
      { accurate: false, visibilityGreater: false },
    ],
  ),
  [
    200,
    23,
    [
      ...bits(0, 8, 0, 4, 0, 5, 0, 8, 0, 4, 0, 5, 24, 5, 60, 6, 24, 5, 60, 6),
      ...[...place28(91, 181), ...place28(91, 181)],
      ...bits(0, 4, 0, 1, 255, 8, 1, 1, 255, 8, 0, 2, 0, 4, 0, 6),
    ],
    {},
  ],
  [200, 24, [...letters('', 2), ...bits(0, 11, 0, 14, 0, 11, 0x2000, 14, 0, 11, 0, 14, 0, 11, 0, 14)], {}],
  [200, 55, bits(255, 8, 8191, 13, 255, 8, 0, 51), {}],
]

const addressed: readonly Piece[] = [
  [1, 2],
  [440_000_002, 30],
  [0, 2],
]

test.each(FULL)(
  'application %i/%i has every field in its place, broadcast and addressed, and is sent as it came',
  (dac, fid, pieces, app) => {
    for (const [type, whom] of [
      [8, [[0, 2]]],
      [6, addressed],
    ] as const) {
      const { six, bits } = payload(...head(type), ...whom, [dac, 10], [fid, 6], ...pieces)
      const object = decodePayload(six, bits)
      if (typeof object === 'string') throw new Error(object)
      expect(object.app).toEqual(app)
      expect(object.payloadHex).toBeUndefined()
      const sent = encodePayload(object)
      expect(sent.six.length * 6 - sent.fillBits).toBe(bits)
      expect([...sent.six]).toEqual([...six.subarray(0, sent.six.length)])
    }
  },
)

test.each(NOTHING)("application %i/%i with everything 'not available' holds no code that stands for it", (dac, fid, pieces, app) => {
  const { six, bits } = payload(...head(8), [0, 2], [dac, 10], [fid, 6], ...pieces)
  const object = decodePayload(six, bits)
  expect(typeof object === 'string' ? object : object.app).toEqual(app)
})

test('an area notice of a shape that is reserved keeps its bits', () => {
  const { six, bits } = payload(...head(8), [0, 2], [1, 10], [22, 6], ...noticeHead, [6, 3], [0, 84])
  const object: Readonly<Record<string, AisValue>> | string = decodePayload(six, bits)
  expect(object).toMatchObject({ payloadHex: expect.stringMatching(/^04605e/) })
  expect(object).not.toHaveProperty('app')
})

test('31 is a day of 1/11 where the time is known', () => {
  const { six, bits } = payload(...head(8), [0, 2], [1, 10], [11, 6], ...bits11(31, 7, 30))
  expect(decodePayload(six, bits)).toMatchObject({ app: { day: 31, hour: 7, minute: 30 } })
})

function bits11(day: number, hour: number, minute: number): Piece[] {
  return bits(0, 24, 0, 25, day, 5, hour, 5, minute, 6)
}
