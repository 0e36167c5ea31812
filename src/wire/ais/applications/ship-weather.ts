// 1/21: weather observation report from ship (IMO SN.1/Circ.289 §10). Its first bit tells which of two forms follows: the plain one (table 10.1), or the one
// made from the WMO's BUFR code (table 10.2), in which the units are those of the code: m/s, kelvin, steps of 5 and 10 degrees.
import { type Field, flag, number, signed, spare, text } from '../fields.ts'

const MILLIMINUTE = 60_000

export const plainWeather: readonly Field[] = [
  flag('wmo'),
  text('location', 20),
  signed('lon', 25, { divisor: MILLIMINUTE, absent: [181 * MILLIMINUTE] }),
  signed('lat', 24, { divisor: MILLIMINUTE, absent: [91 * MILLIMINUTE] }),
  number('day', 5, { absent: [0] }),
  number('hour', 5, { absent: [24, 31] }),
  number('minute', 6, { absent: [60, 63] }),
  number('presentWeather', 4, { absent: [8] }),
  flag('visibilityGreater'),
  number('visibilityNm', 7, { divisor: 10, absent: [127] }),
  number('humidityPct', 7, { absent: [127] }),
  number('windSpeedKn', 7, { absent: [127] }),
  number('windDirDeg', 9, { absent: [360] }),
  number('pressureHpa', 9, { offset: 799, absent: [403, 511] }),
  number('pressureTendency', 4, { absent: [15] }),
  signed('airTempC', 11, { divisor: 10, absent: [-1024] }),
  number('waterTempC', 10, { divisor: 10, offset: -10, absent: [601] }),
  number('wavePeriodS', 6, { absent: [63] }),
  number('waveHeightM', 8, { divisor: 10, absent: [255] }),
  number('waveDirDeg', 9, { absent: [360] }),
  number('swellHeightM', 8, { divisor: 10, absent: [255] }),
  number('swellDirDeg', 9, { absent: [360] }),
  number('swellPeriodS', 6, { absent: [63] }),
  spare(3),
]

/** All ones is 'not available' throughout; a step is so many units. */
const coded = (name: string, bits: number, step = 1, offset = 0): Field =>
  number(name, bits, { divisor: 1 / step, offset, absent: [2 ** bits - 1] })

/** Distances that grow with the square of their code. */
const squared = (code: string, bits: number, name: string, metres: number): Field =>
  number(code, bits, {
    absent: [2 ** bits - 1],
    derived: { name, value: raw => Math.round(raw * raw * metres), raw: value => Math.round(Math.sqrt(value / metres)) },
  })

const wind = (speed: string, direction: string): readonly [Field, Field] => [coded(direction, 7, 5), coded(speed, 8, 0.5)]
const swell = (n: '' | '2'): readonly Field[] => [
  coded(`swell${n}DirDeg`, 6, 10),
  coded(`swell${n}PeriodS`, 5),
  coded(`swell${n}HeightM`, 6, 0.5),
]
const [gustDirection, gustSpeed] = wind('gustSpeedMs', 'gustDirDeg')

export const wmoWeather: readonly Field[] = [
  flag('wmo'),
  coded('lon', 16, 0.01, -180),
  coded('lat', 15, 0.01, -90),
  coded('month', 4),
  coded('day', 6),
  coded('hour', 5),
  coded('minute', 3, 10),
  coded('cogDeg', 7, 5),
  coded('sogMs', 5, 0.5),
  coded('headingDeg', 7, 5),
  coded('pressureHpa', 11, 0.1, 900),
  coded('pressureChangeHpa', 10, 0.1, -50),
  coded('pressureTendency', 4),
  ...wind('windSpeedMs', 'windDirDeg'),
  ...wind('relativeWindSpeedMs', 'relativeWindDirDeg'),
  gustSpeed,
  gustDirection,
  coded('airTempK', 10, 0.1, 223),
  coded('humidityPct', 7),
  coded('waterTempK', 9, 0.1, 268),
  squared('visibilityCode', 6, 'visibilityM', 13.073),
  coded('presentWeather', 9),
  coded('pastWeather1', 5),
  coded('pastWeather2', 5),
  coded('cloudCoverPct', 4, 10),
  coded('lowCloudAmount', 4),
  coded('lowCloudType', 6),
  coded('middleCloudType', 6),
  coded('highCloudType', 6),
  squared('cloudBaseCode', 7, 'cloudBaseM', 0.16),
  coded('wavePeriodS', 5),
  coded('waveHeightM', 6, 0.5),
  ...swell(''),
  ...swell('2'),
  coded('iceDepositCm', 7),
  coded('iceAccretionRate', 3),
  coded('iceAccretionCause', 3),
  coded('seaIceConcentration', 5),
  coded('seaIceAmountAndType', 4),
  coded('seaIceSituation', 5),
  coded('seaIceDevelopment', 5),
  coded('seaIceEdgeBearingDeg', 4, 45),
]
