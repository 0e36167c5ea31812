// A gate as a feed's address says it: tcp://192.0.2.7:5084?kind=llrp&name=gate-3&gate=양산 3번&lat=35.4&lon=129.0&in=1,2&out=3,4
import { ok, type Result, refused } from '#base/index.ts'
import type { Sentence } from '#rules/index.ts'

export interface Gate {
  readonly name: string
  readonly lat: number
  readonly lon: number
  /** 0: all. */
  readonly antennas: readonly number[]
  /** Antennas that see who comes in, and who goes out. */
  readonly inAntennas: readonly number[]
  readonly outAntennas: readonly number[]
  /** Tags that are heard weaker stand in another lane. */
  readonly minRssiDbm?: number
  /** A tag that was not seen for so long passes anew. */
  readonly againAfterMs: number
  /** Tags seen within so long belong to one truck; 0: never, since the next one may stand close behind. */
  readonly joinMs: number
}

/** What a feed's address may say besides its name and kind. */
export const GATE_OPTIONS = ['gate', 'lat', 'lon', 'in', 'out', 'rssi', 'again', 'join'] as const

const DEFAULT_AGAIN_S = 60
const MAX_AGAIN_S = 86_400
const MAX_JOIN_S = 60
const ALL = '*'

/** Refuses what is missing or cannot be, by the option's name. `name`: of the feed, where the gate has none of its own. */
export function readGate(options: Readonly<Record<string, string>>, name: string): Result<Gate, Sentence> {
  const lat = numberIn(options.lat, -90, 90)
  const lon = numberIn(options.lon, -180, 180)
  if (lat === undefined || lon === undefined)
    return refused({
      ko: `게이트의 위치가 없거나 잘못되었습니다(lat=${options.lat ?? ''}, lon=${options.lon ?? ''}). ?lat=35.1&lon=129.1 처럼 도 단위로 적으십시오`,
      en: `the place of the gate is missing or wrong (lat=${options.lat ?? ''}, lon=${options.lon ?? ''}); write ?lat=35.1&lon=129.1, in degrees`,
    })
  const inAntennas = antennasIn(options.in)
  const outAntennas = antennasIn(options.out)
  if (!inAntennas || !outAntennas)
    return refused({
      ko: `안테나 목록이 잘못되었습니다(in=${options.in ?? ''}, out=${options.out ?? ''}). 1,2 처럼 번호를 쉼표로 나누거나 *를 적으십시오`,
      en: `the list of antennas is wrong (in=${options.in ?? ''}, out=${options.out ?? ''}); write numbers with commas, 1,2, or * for all`,
    })
  const bothWays = inAntennas.some(one => one === 0 || outAntennas.includes(one)) && outAntennas.length > 0
  if (bothWays || (outAntennas.includes(0) && inAntennas.length > 0))
    return refused({
      ko: `in과 out에 같은 안테나가 있습니다(in=${options.in}, out=${options.out}). 한 안테나는 한 방향만 봅니다`,
      en: `in and out hold the same antenna (in=${options.in}, out=${options.out}); an antenna looks one way only`,
    })
  const again = options.again === undefined ? DEFAULT_AGAIN_S : numberIn(options.again, 1, MAX_AGAIN_S)
  const join = options.join === undefined ? 0 : numberIn(options.join, 0, MAX_JOIN_S)
  const rssi = options.rssi === undefined ? undefined : numberIn(options.rssi, -128, 127)
  if (again === undefined || join === undefined || (options.rssi !== undefined && rssi === undefined))
    return refused({
      ko: `게이트 옵션이 잘못되었습니다: again은 1~${MAX_AGAIN_S}초, join은 0~${MAX_JOIN_S}초, rssi는 -128~127 dBm입니다`,
      en: `an option of the gate is wrong: again is 1 to ${MAX_AGAIN_S} s, join 0 to ${MAX_JOIN_S} s, rssi -128 to 127 dBm`,
    })
  const told = [...inAntennas, ...outAntennas]
  return ok({
    name: options.gate ?? name,
    lat,
    lon,
    antennas: told.length === 0 || told.includes(0) ? [0] : told,
    inAntennas,
    outAntennas,
    againAfterMs: again * 1000,
    joinMs: join * 1000,
    ...(rssi === undefined ? {} : { minRssiDbm: rssi }),
  })
}

/** Which way who is seen there goes. */
export function directionAt(gate: Gate, antenna: number | undefined): 'in' | 'out' | undefined {
  const isAt = (antennas: readonly number[]): boolean => antennas.includes(0) || (antenna !== undefined && antennas.includes(antenna))
  if (isAt(gate.inAntennas)) return 'in'
  return isAt(gate.outAntennas) ? 'out' : undefined
}

function numberIn(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const number = Number(text)
  return number >= least && number <= most ? number : undefined
}

function antennasIn(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return []
  if (text === ALL) return [0]
  const numbers = text.split(',').map(one => numberIn(one, 1, 65_535))
  return numbers.every(one => one !== undefined && Number.isInteger(one)) ? numbers.filter(one => one !== undefined) : undefined
}
