// Each message type against the bit tables of ITU-R M.1371-5 annex 8, written here once more by hand: every field in its place, and nothing but what
// was always there when everything is 'not available'.
import { expect, test } from 'vitest'
import { head, letters, type Piece, payload } from '#testkit/ais-bits.ts'
import { type AisObject, decodePayload, encodePayload } from '../index.ts'

const MMSI = 440_123_456
const DEGREES = 600_000
const decoded = (type: number, pieces: readonly Piece[]): AisObject => {
  const { six, bits } = payload(...head(type, MMSI), ...pieces)
  const object = decodePayload(six, bits)
  if (typeof object === 'string') throw new Error(`type ${type} of ${bits} bits is refused: ${object}`)
  return object
}

const busan = { lon: 129.0403, lat: 35.1028 }
const place: readonly Piece[] = [
  [busan.lon * DEGREES, 28],
  [busan.lat * DEGREES, 27],
]
const coarse: readonly Piece[] = [
  [129 * 600, 18],
  [35 * 600, 17],
]
const noPlace: readonly Piece[] = [
  [181 * DEGREES, 28],
  [91 * DEGREES, 27],
]
const noCoarse: readonly Piece[] = [
  [181 * 600, 18],
  [91 * 600, 17],
]
const size: readonly Piece[] = [
  [180, 9],
  [20, 9],
  [12, 6],
  [18, 6],
]
const sized = { toBowM: 180, toSternM: 20, toPortM: 12, toStarboardM: 18 }
const classA: readonly Piece[] = [
  [5, 4],
  [-20, 8],
  [123, 10],
  [1, 1],
  ...place,
  [2249, 12],
  [215, 9],
  [33, 6],
  [1, 2],
  [0, 3],
  [1, 1],
  [34_017, 19],
]
const classAFields = {
  navigationStatus: 5,
  rotRaw: -20,
  rotDegMin: -17.856,
  sogKn: 12.3,
  accurate: true,
  ...busan,
  cogDeg: 224.9,
  headingDeg: 215,
  second: 33,
  manoeuvre: 1,
  raim: true,
  radio: 34_017,
}
const utc: readonly Piece[] = [[2026, 14], [11, 4], [24, 5], [6, 5], [30, 6], [59, 6], [1, 1], ...place, [1, 4], [0, 10], [0, 1], [7, 19]]
const utcFields = {
  year: 2026,
  month: 11,
  day: 24,
  hour: 6,
  minute: 30,
  utcSecond: 59,
  accurate: true,
  ...busan,
  epfd: 1,
  raim: false,
  radio: 7,
}
const acknowledged: readonly Piece[] = [
  [0, 2],
  [440_000_001, 30],
  [1, 2],
  [440_000_002, 30],
  [3, 2],
  [440_000_003, 30],
  [0, 2],
  [440_000_004, 30],
  [2, 2],
]
const acknowledgedFields = Object.fromEntries(
  [1, 3, 0, 2].flatMap((sequence, n) => [
    [`ack${n + 1}Mmsi`, 440_000_001 + n],
    [`ack${n + 1}Sequence`, sequence],
  ]),
)

test.each<[number, readonly Piece[], AisObject]>([
  [1, classA, classAFields],
  [2, classA, classAFields],
  [3, classA, classAFields],
  [4, utc, utcFields],
  [
    5,
    [
      [2, 2],
      [9_134_270, 30],
      ...letters('DSAB1', 7),
      ...letters('HAE DO', 20),
      [70, 8],
      ...size,
      [1, 4],
      [12, 4],
      [24, 5],
      [18, 5],
      [45, 6],
      [104, 8],
      ...letters('KR PUS', 20),
      [1, 1],
      [0, 1],
    ],
    {
      aisVersion: 2,
      imoNumber: 9_134_270,
      callSign: 'DSAB1',
      name: 'HAE DO',
      shipType: 70,
      ...sized,
      epfd: 1,
      etaMonth: 12,
      etaDay: 24,
      etaHour: 18,
      etaMinute: 45,
      draughtM: 10.4,
      destination: 'KR PUS',
      dte: true,
    },
  ],
  [
    6,
    [
      [2, 2],
      [440_000_001, 30],
      [1, 1],
      [0, 1],
      [999, 10],
      [63, 6],
      [0xab, 8],
      [0x5, 4],
    ],
    { sequence: 2, destinationMmsi: 440_000_001, retransmit: true, dac: 999, fid: 63, payloadHex: 'ab5' },
  ],
  [7, acknowledged, acknowledgedFields],
  [
    8,
    [
      [0, 2],
      [999, 10],
      [63, 6],
      [0xcd, 8],
    ],
    { dac: 999, fid: 63, payloadHex: 'cd' },
  ],
  [
    9,
    [[1200, 12], [150, 10], [1, 1], ...place, [900, 12], [10, 6], [5, 8], [1, 1], [0, 3], [1, 1], [0, 1], [99, 20]],
    {
      altitudeM: 1200,
      sogKn: 150,
      accurate: true,
      ...busan,
      cogDeg: 90,
      second: 10,
      regional: 5,
      dte: true,
      assigned: true,
      raim: false,
      radio: 99,
    },
  ],
  [
    10,
    [
      [0, 2],
      [440_000_001, 30],
      [0, 2],
    ],
    { destinationMmsi: 440_000_001 },
  ],
  [11, utc, utcFields],
  [
    12,
    [[1, 2], [440_000_001, 30], [1, 1], [0, 1], ...letters('KEEP CLEAR')],
    { sequence: 1, destinationMmsi: 440_000_001, retransmit: true, text: 'KEEP CLEAR' },
  ],
  [13, acknowledged, acknowledgedFields],
  [14, [[0, 2], ...letters('SART ACTIVE')], { text: 'SART ACTIVE' }],
  [
    15,
    [
      [0, 2],
      [440_000_001, 30],
      [3, 6],
      [100, 12],
      [0, 2],
      [5, 6],
      [200, 12],
      [0, 2],
      [440_000_002, 30],
      [4, 6],
      [300, 12],
      [0, 2],
    ],
    { mmsi1: 440_000_001, type1_1: 3, offset1_1: 100, type1_2: 5, offset1_2: 200, mmsi2: 440_000_002, type2_1: 4, offset2_1: 300 },
  ],
  [
    16,
    [
      [0, 2],
      [440_000_001, 30],
      [400, 12],
      [500, 10],
      [440_000_002, 30],
      [600, 12],
      [700, 10],
    ],
    { mmsi1: 440_000_001, offset1: 400, increment1: 500, mmsi2: 440_000_002, offset2: 600, increment2: 700 },
  ],
  [17, [[0, 2], ...coarse, [0, 5], [0xbeef, 16]], { lon: 129, lat: 35, dgnssData: 'beef' }],
  [
    18,
    [
      [1, 8],
      [55, 10],
      [1, 1],
      ...place,
      [3599, 12],
      [359, 9],
      [7, 6],
      [2, 2],
      [1, 1],
      [0, 1],
      [1, 1],
      [0, 1],
      [1, 1],
      [0, 1],
      [1, 1],
      [917_510, 20],
    ],
    {
      regional: 1,
      sogKn: 5.5,
      accurate: true,
      ...busan,
      cogDeg: 359.9,
      headingDeg: 359,
      second: 7,
      regional2: 2,
      cs: true,
      display: false,
      dsc: true,
      band: false,
      msg22: true,
      assigned: false,
      raim: true,
      radio: 917_510,
    },
  ],
  [
    19,
    [
      [1, 8],
      [55, 10],
      [0, 1],
      ...place,
      [0, 12],
      [0, 9],
      [7, 6],
      [3, 4],
      ...letters('MISO', 20),
      [36, 8],
      ...size,
      [3, 4],
      [1, 1],
      [0, 1],
      [1, 1],
      [0, 4],
    ],
    {
      regional: 1,
      sogKn: 5.5,
      accurate: false,
      ...busan,
      cogDeg: 0,
      headingDeg: 0,
      second: 7,
      regional2: 3,
      name: 'MISO',
      shipType: 36,
      ...sized,
      epfd: 3,
      raim: true,
      dte: false,
      assigned: true,
    },
  ],
  [
    20,
    [
      [0, 2],
      ...[1, 2, 3, 4].flatMap((n): Piece[] => [
        [100 * n, 12],
        [n, 4],
        [n + 1, 3],
        [200 * n, 11],
      ]),
    ],
    Object.fromEntries(
      [1, 2, 3, 4].flatMap(n => [
        [`offset${n}`, 100 * n],
        [`number${n}`, n],
        [`timeout${n}`, n + 1],
        [`increment${n}`, 200 * n],
      ]),
    ),
  ],
  [
    21,
    [[14, 5], ...letters('OYUKDO', 20), [1, 1], ...place, ...size, [7, 4], [61, 6], [1, 1], [9, 8], [0, 1], [1, 1], [0, 1], [0, 1]],
    {
      aidType: 14,
      name: 'OYUKDO',
      accurate: true,
      ...busan,
      ...sized,
      epfd: 7,
      second: 61,
      offPosition: true,
      regional: 9,
      raim: false,
      virtual: true,
      assigned: false,
    },
  ],
  [
    22,
    [[0, 2], [2087, 12], [2088, 12], [1, 4], [1, 1], ...coarse, ...coarse, [0, 1], [1, 1], [0, 1], [4, 3], [0, 23]],
    {
      channelA: 2087,
      channelB: 2088,
      txrx: 1,
      lowPower: true,
      neLon: 129,
      neLat: 35,
      swLon: 129,
      swLat: 35,
      addressed: false,
      bandA: true,
      bandB: false,
      zoneSize: 4,
    },
  ],
  [
    22,
    [
      [0, 2],
      [2087, 12],
      [2088, 12],
      [1, 4],
      [0, 1],
      [440_000_001, 30],
      [0, 5],
      [440_000_002, 30],
      [0, 5],
      [1, 1],
      [0, 1],
      [0, 1],
      [4, 3],
      [0, 23],
    ],
    {
      channelA: 2087,
      channelB: 2088,
      txrx: 1,
      lowPower: false,
      destination1: 440_000_001,
      destination2: 440_000_002,
      addressed: true,
      bandA: false,
      bandB: false,
      zoneSize: 4,
    },
  ],
  [
    23,
    [[0, 2], ...coarse, ...coarse, [6, 4], [36, 8], [0, 22], [2, 2], [9, 4], [15, 4], [0, 6]],
    { neLon: 129, neLat: 35, swLon: 129, swLat: 35, stationType: 6, shipType: 36, txrx: 2, interval: 9, quiet: 15 },
  ],
  [24, [[0, 2], ...letters('MISO', 20), [0, 8]], { part: 0, name: 'MISO' }],
  [
    24,
    [[1, 2], [36, 8], ...letters('SRT'), [5, 4], [77, 20], ...letters('DSAB1', 7), ...size, [1, 4], [0, 2]],
    { part: 1, shipType: 36, vendorId: 'SRT', model: 5, serial: 77, callSign: 'DSAB1', ...sized, epfd: 1 },
  ],
  [
    25,
    [
      [1, 1],
      [1, 1],
      [440_000_001, 30],
      [1234, 16],
      [0xab, 8],
    ],
    { addressed: true, structured: true, destinationMmsi: 440_000_001, applicationId: 1234, payloadHex: 'ab' },
  ],
  [
    25,
    [
      [0, 1],
      [0, 1],
      [0xab, 8],
    ],
    { addressed: false, structured: false, payloadHex: 'ab' },
  ],
  [
    26,
    [
      [0, 1],
      [1, 1],
      [1234, 16],
      [0xabc, 12],
      [393_222, 20],
    ],
    { addressed: false, structured: true, applicationId: 1234, payloadHex: 'abc', radio: 393_222 },
  ],
  [
    27,
    [[1, 1], [0, 1], [8, 4], ...coarse, [17, 6], [301, 9], [1, 1], [0, 1]],
    { accurate: true, raim: false, navigationStatus: 8, lon: 129, lat: 35, sogKn: 17, cogDeg: 301, gnssBit: true },
  ],
])('type %i has every field in its place', (type, pieces, fields) => {
  expect(decoded(type, pieces)).toEqual({ type, repeat: 0, mmsi: MMSI, ...fields })
})

const flags = (...names: readonly string[]): AisObject => Object.fromEntries(names.map(name => [name, false]))

test.each<[number, readonly Piece[], AisObject]>([
  [
    1,
    [[15, 4], [-128, 8], [1023, 10], [0, 1], ...noPlace, [3600, 12], [511, 9], [60, 6], [0, 2], [0, 3], [0, 1], [0, 19]],
    { navigationStatus: 15, rotRaw: -128, ...flags('accurate', 'raim'), second: 60, manoeuvre: 0, radio: 0 },
  ],
  [
    4,
    [[0, 14], [0, 4], [0, 5], [24, 5], [60, 6], [60, 6], [0, 1], ...noPlace, [0, 4], [0, 10], [0, 1], [0, 19]],
    { ...flags('accurate', 'raim'), epfd: 0, radio: 0 },
  ],
  [
    5,
    [
      [0, 2],
      [0, 30],
      ...letters('', 7),
      ...letters('', 20),
      [0, 8],
      [0, 30],
      [0, 4],
      [0, 4],
      [0, 5],
      [24, 5],
      [60, 6],
      [0, 8],
      ...letters('', 20),
      [0, 1],
      [0, 1],
    ],
    { aisVersion: 0, shipType: 0, toBowM: 0, toSternM: 0, toPortM: 0, toStarboardM: 0, epfd: 0, dte: false },
  ],
  [
    9,
    [[4095, 12], [1023, 10], [0, 1], ...noPlace, [3600, 12], [60, 6], [0, 8], [0, 1], [0, 3], [0, 1], [0, 1], [0, 20]],
    { ...flags('accurate', 'dte', 'assigned', 'raim'), second: 60, regional: 0, radio: 0 },
  ],
  [17, [[0, 2], ...noCoarse, [0, 5]], {}],
  [
    18,
    [[0, 8], [1023, 10], [0, 1], ...noPlace, [3600, 12], [511, 9], [60, 6], [0, 2], [0, 7], [0, 20]],
    { ...flags('accurate', 'cs', 'display', 'dsc', 'band', 'msg22', 'assigned', 'raim'), regional: 0, second: 60, regional2: 0, radio: 0 },
  ],
  [
    27,
    [[0, 1], [0, 1], [15, 4], ...noCoarse, [63, 6], [511, 9], [0, 1], [0, 1]],
    { ...flags('accurate', 'raim', 'gnssBit'), navigationStatus: 15 },
  ],
])(
  "type %i with everything 'not available' holds no 91°, 181° or 102.3 kn, and is what an object without them is sent as",
  (type, pieces, fields) => {
    const object = decoded(type, pieces)
    expect(object).toEqual({ type, repeat: 0, mmsi: MMSI, ...fields })
    const { six, bits } = payload(...head(type, MMSI), ...pieces)
    const sent = encodePayload({ type, mmsi: MMSI })
    expect(sent.six.length * 6 - sent.fillBits).toBe(bits)
    expect([...sent.six]).toEqual([...six.subarray(0, sent.six.length)])
  },
)

test.each([
  [127, undefined],
  [-127, undefined],
  [126, 708.709],
  [-1, -0.045],
  [0, 0],
])('rate of turn %i as sent is %s degrees a minute', (rotRaw, rotDegMin) => {
  expect(decoded(1, [[0, 4], [rotRaw, 8], ...classA.slice(2)]).rotDegMin).toBe(rotDegMin)
})

test.each([
  [10, 15],
  [-10, -15],
  [0, 0],
  [708, 126],
])('a rate of turn given as %s degrees a minute is sent as %i', (rotDegMin, rotRaw) => {
  const { six, fillBits } = encodePayload({ type: 1, mmsi: MMSI, rotDegMin })
  expect(decodePayload(six, six.length * 6 - fillBits)).toMatchObject({ rotRaw })
})

test('a rate of turn that cannot be sent is refused by its name', () => {
  expect(() => encodePayload({ type: 1, mmsi: MMSI, rotDegMin: 720 })).toThrow('rotDegMin is 720')
})

test('static data of an auxiliary craft (98…) names the mother ship instead of dimensions', () => {
  const { six, bits } = payload(
    ...head(24, 984_401_234),
    [1, 2],
    [36, 8],
    ...letters('SRT'),
    [5, 4],
    [77, 20],
    ...letters('', 7),
    [440_000_009, 30],
    [1, 4],
    [0, 2],
  )
  expect(decodePayload(six, bits)).toMatchObject({ mothershipMmsi: 440_000_009 })
  expect(decodePayload(six, bits)).not.toHaveProperty('toBowM')
})
