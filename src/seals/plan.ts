// Is a plan one that can be driven? What stops it is an error with the remedy; what only may go wrong is a warning that stands beside it.
import type { Sentence } from '#rules/index.ts'
import { readIdentifier } from '#wire/identifiers/index.ts'
import { createCorridorLine, crossesItself } from './journeys/corridor.ts'
import type { JourneyPlan } from './schema.ts'

export interface PlanFault {
  readonly field: string
  readonly blocks: boolean
  readonly words: Sentence
}

const MAX_OFF_M = 5000

/** `container` in its written form: letters and digits only. */
export const plainContainer = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** A camera and a tag write it without the spaces that a person may write. */
export const plainVehicle = (text: string): string => text.toUpperCase().replace(/[\s-]/g, '')

/** ISO 6346: what is wrong with a container's number, with the digit that would be right. */
export function containerFault(container: string): Sentence | undefined {
  const read = readIdentifier(container)
  if (read?.kind !== 'container')
    return {
      ko: `${container}은(는) 컨테이너 번호가 아닙니다. 영문 4자와 숫자 7자로 적으십시오 (예: TEMU1234565)`,
      en: `${container} is no container number; write four letters and seven digits (TEMU1234565)`,
    }
  if (read.valid) return undefined
  const digit = read.expectedCheckDigit
  return {
    ko: `${container}의 검사 숫자가 맞지 않습니다. ${container.slice(0, -1)}${digit} 아닙니까?`,
    en: `the check digit of ${container} is wrong; was ${container.slice(0, -1)}${digit} meant?`,
  }
}

export function checkPlan(plan: JourneyPlan): readonly PlanFault[] {
  const faults: PlanFault[] = []
  const fault = (field: string, blocks: boolean, ko: string, en: string): void => void faults.push({ field, blocks, words: { ko, en } })
  const container = plan.unit === 'container' ? containerFault(plan.container) : undefined
  if (container) faults.push({ field: 'container', blocks: true, words: container })
  if (plan.container === '')
    fault('container', true, '컨테이너(또는 적재함·팰릿) 번호를 적으십시오', 'give the number of the container, body or pallet')
  if (plan.corridor.line.length < 2) fault('corridor', true, '운송 경로에 점이 둘 이상 있어야 합니다', 'a corridor has two points at least')
  else {
    const line = createCorridorLine(plan.corridor)
    for (const [field, place] of [
      ['origin', plan.origin],
      ['destination', plan.destination],
    ] as const) {
      const { offM } = line.locate(place.lat, place.lon)
      if (offM > plan.corridor.halfWidthM + (place.radiusM ?? 500) + MAX_OFF_M)
        fault(
          field,
          true,
          `${place.name}이(가) 운송 경로에서 ${Math.round(offM / 1000)} km 떨어져 있습니다. 경로를 고치십시오`,
          `${place.name} lies ${Math.round(offM / 1000)} km off the corridor; mend the corridor`,
        )
    }
    if (crossesItself(plan.corridor))
      fault(
        'corridor',
        false,
        '운송 경로가 스스로 엇갈립니다. 진행률은 지나온 쪽을 따라 셉니다',
        'the corridor crosses itself; progress is counted along it',
      )
  }
  if (!(plan.corridor.halfWidthM >= 50 && plan.corridor.halfWidthM <= 50_000))
    fault('corridor', true, '허용 폭은 50 m에서 50 km까지입니다', 'the allowed width is 50 m to 50 km')
  if (plan.departUntilMs < plan.departFromMs)
    fault('departUntil', true, '출발 시한이 출발 시각보다 이릅니다', 'the time to leave ends before it begins')
  if (plan.arriveUntilMs <= plan.departFromMs)
    fault('arriveUntil', true, '도착 시한이 출발보다 이릅니다', 'it would have to arrive before it leaves')
  if (plan.arriveFromMs !== undefined && plan.arriveFromMs > plan.arriveUntilMs)
    fault('arriveFrom', true, '도착 예정이 도착 시한보다 늦습니다', 'its window of arrival ends before it begins')
  if (plan.seals.length === 0)
    fault('seals', false, '봉인이 정해지지 않았습니다. 부착할 때 정하십시오', 'no seal is named yet; name it when it is fitted')
  if (new Set(plan.seals.map(one => one.seal)).size < plan.seals.length)
    fault('seals', true, '같은 봉인이 두 번 있습니다', 'a seal is named twice')
  for (const [end, ko, en] of [
    ['origin', '출발지', 'the origin'],
    ['destination', '도착지', 'the destination'],
  ] as const) {
    const officers = plan.officers[end]
    if (officers.length === 0) fault(`officers.${end}`, false, `${ko} 담당자가 없습니다`, `there is no officer at ${en}`)
    for (const officer of officers)
      if (officer.phone === undefined || officer.phone.trim() === '')
        fault(
          `officers.${end}`,
          false,
          `${ko} 담당자 ${officer.name}의 전화번호가 없어 알릴 수 없습니다`,
          `${officer.name} at ${en} has no phone number and cannot be told`,
        )
  }
  return faults
}
