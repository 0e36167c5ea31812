// Applications that are plain lists of fields. IMO SN.1/Circ.289 and SN/Circ.236 (DAC 1), the inland AIS standard of the CCNR (DAC 200), and the
// British and Irish aids-to-navigation monitoring messages (DAC 235, 250).
import { readUnsigned } from '../bits.ts'
import { decodeFields, encodeFields, namesOf, refuseUnknown } from '../field-codec.ts'
import { type AisObject, type Field, flag, number, restText, signed, spare, text } from '../fields.ts'
import type { Application } from './application.ts'
import { plainWeather, wmoWeather } from './ship-weather.ts'

interface Table {
  readonly dac: number
  readonly fid: number
  readonly title: string
  readonly fields: readonly Field[]
  readonly alternative?: Application['alternative']
  /** What the fields say only together. */
  readonly complete?: (app: AisObject) => void
  /** Longer payloads are something else under the same number. */
  readonly maxBits?: number
}

/** Thousandths of a minute. */
const MILLIMINUTE = 60_000
const lon25 = signed('lon', 25, { divisor: MILLIMINUTE, absent: [181 * MILLIMINUTE] })
const lat24 = signed('lat', 24, { divisor: MILLIMINUTE, absent: [91 * MILLIMINUTE] })
const dayTime: readonly Field[] = [
  number('day', 5, { absent: [0] }),
  number('hour', 5, { absent: [24, 31] }),
  number('minute', 6, { absent: [60, 63] }),
]

/** The day has no code of its own for 'not available' in 1/11: 31 is one only when hour and minute are not available either. */
const withoutDay = (app: AisObject): void => {
  if (app.day === 31 && app.hour === undefined && app.minute === undefined) delete app.day
}

/** In 1/11 all ones is 'not available' throughout. */
const ones = (name: string, bits: number, options: Parameters<typeof number>[2] = {}): Field =>
  number(name, bits, { absent: [2 ** bits - 1], ...options })

const meteo236: readonly Field[] = [
  signed('lat', 24, { divisor: MILLIMINUTE, absent: [2 ** 23 - 1, -1, 91 * MILLIMINUTE] }),
  signed('lon', 25, { divisor: MILLIMINUTE, absent: [2 ** 24 - 1, -1, 181 * MILLIMINUTE] }),
  ...dayTime,
  ones('windSpeedKn', 7),
  ones('windGustKn', 7),
  ones('windDirDeg', 9),
  ones('gustDirDeg', 9),
  ones('airTempC', 11, { divisor: 10, offset: -60 }),
  ones('humidityPct', 7),
  ones('dewPointC', 10, { divisor: 10, offset: -20 }),
  ones('pressureHpa', 9, { offset: 800 }),
  ones('pressureTendency', 2),
  ones('visibilityNm', 8, { divisor: 10 }),
  ones('waterLevelM', 9, { divisor: 10, offset: -10 }),
  ones('waterLevelTrend', 2),
  ones('currentSpeedKn', 8, { divisor: 10 }),
  ones('currentDirDeg', 9),
  ones('current2SpeedKn', 8, { divisor: 10 }),
  ones('current2DirDeg', 9),
  ones('current2DepthM', 5),
  ones('current3SpeedKn', 8, { divisor: 10 }),
  ones('current3DirDeg', 9),
  ones('current3DepthM', 5),
  ones('waveHeightM', 8, { divisor: 10 }),
  ones('wavePeriodS', 6),
  ones('waveDirDeg', 9),
  ones('swellHeightM', 8, { divisor: 10 }),
  ones('swellPeriodS', 6),
  ones('swellDirDeg', 9),
  ones('seaState', 4),
  ones('waterTempC', 10, { divisor: 10, offset: -10 }),
  ones('precipitationType', 3),
  ones('salinityPct', 9, { divisor: 10 }),
  ones('ice', 2),
  spare(6),
]

/** 1/31 has a code of its own for each field. */
const meteo289: readonly Field[] = [
  lon25,
  lat24,
  flag('accurate'),
  ...dayTime,
  number('windSpeedKn', 7, { absent: [127] }),
  number('windGustKn', 7, { absent: [127] }),
  number('windDirDeg', 9, { absent: [360] }),
  number('gustDirDeg', 9, { absent: [360] }),
  signed('airTempC', 11, { divisor: 10, absent: [-1024] }),
  number('humidityPct', 7, { absent: [101] }),
  signed('dewPointC', 10, { divisor: 10, absent: [501] }),
  number('pressureHpa', 9, { offset: 799, absent: [511] }),
  number('pressureTendency', 2, { absent: [3] }),
  flag('visibilityGreater'),
  number('visibilityNm', 7, { divisor: 10, absent: [127] }),
  number('waterLevelM', 12, { divisor: 100, offset: -10, absent: [4001] }),
  number('waterLevelTrend', 2, { absent: [3] }),
  number('currentSpeedKn', 8, { divisor: 10, absent: [255] }),
  number('currentDirDeg', 9, { absent: [360] }),
  number('current2SpeedKn', 8, { divisor: 10, absent: [255] }),
  number('current2DirDeg', 9, { absent: [360] }),
  number('current2DepthM', 5, { absent: [31] }),
  number('current3SpeedKn', 8, { divisor: 10, absent: [255] }),
  number('current3DirDeg', 9, { absent: [360] }),
  number('current3DepthM', 5, { absent: [31] }),
  number('waveHeightM', 8, { divisor: 10, absent: [255] }),
  number('wavePeriodS', 6, { absent: [63] }),
  number('waveDirDeg', 9, { absent: [360] }),
  number('swellHeightM', 8, { divisor: 10, absent: [255] }),
  number('swellPeriodS', 6, { absent: [63] }),
  number('swellDirDeg', 9, { absent: [360] }),
  number('seaState', 4, { absent: [13] }),
  signed('waterTempC', 10, { divisor: 10, absent: [501] }),
  number('precipitationType', 3, { absent: [7] }),
  number('salinityPct', 9, { divisor: 10, absent: [510, 511] }),
  number('ice', 2, { absent: [3] }),
  spare(10),
]

/** SOLAS equipment of 1/24, two bits each: 0 not available, 1 operational, 2 not operational, 3 no data. */
const SOLAS_EQUIPMENT = 26

/** 8191 stands for that many or more. */
const personsOnBoard = number('personsOnBoard', 13, { absent: [0] })

const extendedStatic: readonly Field[] = [
  number('linkId', 10, { absent: [0] }),
  number('airDraughtM', 13, { divisor: 10, absent: [0] }),
  text('lastPort', 5),
  text('nextPort', 5),
  text('secondNextPort', 5),
  ...Array.from({ length: SOLAS_EQUIPMENT }, (_, n) => number(`solas${n + 1}`, 2, { absent: [0] })),
  number('iceClass', 4, { absent: [15] }),
  number('shaftPowerHp', 18, { absent: [262_143] }),
  number('vhfChannel', 12, { absent: [0] }),
  text('lloydsShipType', 7),
  number('grossTonnage', 18, { absent: [262_143] }),
  number('ladenOrBallast', 2, { absent: [0] }),
  number('heavyFuelOil', 2, { absent: [0] }),
  number('lightFuelOil', 2, { absent: [0] }),
  number('dieselOil', 2, { absent: [0] }),
  number('bunkerOilTonnes', 14, { absent: [16_383] }),
  personsOnBoard,
  spare(10),
]

const inlandStatic: readonly Field[] = [
  text('vesselId', 8),
  number('lengthM', 13, { divisor: 10, absent: [0] }),
  number('beamM', 10, { divisor: 10, absent: [0] }),
  number('eriShipType', 14),
  number('hazard', 3),
  number('draughtM', 11, { divisor: 100, absent: [0] }),
  number('loaded', 2),
  flag('speedHighQuality'),
  flag('courseHighQuality'),
  flag('headingHighQuality'),
  spare(8),
]

const fullPlace = (prefix: string): readonly Field[] => [
  signed(`${prefix}Lon`, 28, { divisor: 600_000, absent: [181 * 600_000] }),
  signed(`${prefix}Lat`, 27, { divisor: 600_000, absent: [91 * 600_000] }),
]

const inlandWarning: readonly Field[] = [
  number('startYear', 8, { offset: 2000, absent: [0] }),
  number('startMonth', 4, { absent: [0] }),
  number('startDay', 5, { absent: [0] }),
  number('endYear', 8, { offset: 2000, absent: [0] }),
  number('endMonth', 4, { absent: [0] }),
  number('endDay', 5, { absent: [0] }),
  number('startHour', 5, { absent: [24] }),
  number('startMinute', 6, { absent: [60] }),
  number('endHour', 5, { absent: [24] }),
  number('endMinute', 6, { absent: [60] }),
  ...fullPlace('start'),
  ...fullPlace('end'),
  number('weatherType', 4, { absent: [0] }),
  signed('minimum', 9, { signBit: 'negative', absent: [255, -255], limits: [-254, 254] }),
  signed('maximum', 9, { signBit: 'negative', absent: [255, -255], limits: [-254, 254] }),
  number('intensity', 2, { absent: [0] }),
  number('windDirection', 4, { absent: [0] }),
  spare(6),
]

const inlandWaterLevels: readonly Field[] = [
  text('country', 2),
  ...[1, 2, 3, 4].flatMap(n => [
    number(`gauge${n}Id`, 11, { absent: [0] }),
    signed(`gauge${n}LevelCm`, 14, { signBit: 'positive', absent: [0], limits: [-8191, 8191] }),
  ]),
]

const inlandPersons: readonly Field[] = [
  number('crew', 8, { absent: [255] }),
  number('passengers', 13, { absent: [8191] }),
  number('personnel', 8, { absent: [255] }),
  spare(51),
]

const aidMonitoring: readonly Field[] = [
  number('internalVolts', 10, { divisor: 20, absent: [0] }),
  number('external1Volts', 10, { divisor: 20, absent: [0, 1] }),
  number('external2Volts', 10, { divisor: 20, absent: [0, 1] }),
  number('racon', 2),
  number('light', 2),
  flag('alarm'),
  number('externalStatus', 8),
  flag('offPosition'),
  spare(4),
]

const linkedText: readonly Field[] = [number('linkId', 10, { absent: [0] }), restText('text')]

const TABLES: readonly Table[] = [
  { dac: 1, fid: 11, title: 'Meteorological and hydrological data (SN/Circ.236)', fields: meteo236, complete: withoutDay },
  {
    dac: 1,
    fid: 16,
    title: 'Number of persons on board',
    fields: [personsOnBoard, spare(35)],
    maxBits: 48,
  },
  {
    dac: 1,
    fid: 21,
    title: 'Weather observation report from ship',
    fields: plainWeather,
    alternative: { flag: 'wmo', fields: wmoWeather },
  },
  { dac: 1, fid: 24, title: 'Extended ship static and voyage related data', fields: extendedStatic },
  { dac: 1, fid: 29, title: 'Text description, broadcast', fields: linkedText },
  { dac: 1, fid: 30, title: 'Text description, addressed', fields: linkedText },
  { dac: 1, fid: 31, title: 'Meteorological and hydrographic data (SN.1/Circ.289)', fields: meteo289 },
  { dac: 200, fid: 10, title: 'Inland ship static and voyage related data', fields: inlandStatic },
  { dac: 200, fid: 23, title: 'EMMA warning', fields: inlandWarning },
  { dac: 200, fid: 24, title: 'Water levels', fields: inlandWaterLevels },
  { dac: 200, fid: 55, title: 'Number of persons on board, inland', fields: inlandPersons },
  { dac: 235, fid: 10, title: 'Aid to navigation monitoring, United Kingdom', fields: aidMonitoring },
  { dac: 250, fid: 10, title: 'Aid to navigation monitoring, Ireland', fields: aidMonitoring },
]

/** Payloads are often cut short on air: what arrived whole is read. */
const MIN_BITS = 8

const asApplication = ({ dac, fid, title, fields, alternative, complete, maxBits }: Table): Application => ({
  dac,
  fid,
  title,
  minBits: MIN_BITS,
  fields,
  ...(alternative ? { alternative } : {}),
  decode(six, at, bits) {
    if (maxBits !== undefined && bits - at > maxBits) return undefined
    const app: AisObject = {}
    decodeFields(alternative && readUnsigned(six, at, 1) === 1 ? alternative.fields : fields, six, at, bits, app)
    complete?.(app)
    return app
  },
  encode(app, writer) {
    const chosen = alternative && app[alternative.flag] === true ? alternative.fields : fields
    refuseUnknown(app, namesOf(chosen), `application ${dac}/${fid}`)
    encodeFields(chosen, app, writer, 'app.')
  },
})

export const tableApplications: readonly Application[] = TABLES.map(asApplication)
