// What must be so before a seal is told to open, asked when it is commanded and again before each sending: of high risk two officers' word, and a one-time password only
// where the seal is at a place of its plan and somebody has authorised the opening.
import type { Clock } from '#base/index.ts'
import type { Sentence } from '#rules/index.ts'
import { ARM_FIX_MS } from './journeys/advance.ts'
import type { JourneyPlan, PlanPlace, SealCommandView } from './schema.ts'
import type { Seals } from './seals.ts'

export interface Hindrance {
  readonly code: 'two-needed' | 'no-journey' | 'authority-needed' | 'place-old' | 'not-at-place'
  readonly words: Sentence
}

export interface CommandGuard {
  hindranceOf(command: Pick<SealCommandView, 'kind' | 'seal' | 'place'>): Hindrance | undefined
  /** Where of its plan the seal is now, by its believed position: destination before stops. */
  placeOf(seal: string): PlanPlace | undefined
  /** Until when those who must agree do; undefined where nobody has to. */
  agreedUntilMs(command: Pick<SealCommandView, 'kind' | 'seal'>): number | undefined
  planOf(seal: string): JourneyPlan | undefined
}

const no = (code: Hindrance['code'], ko: string, en: string): Hindrance => ({ code, words: { ko, en } })
const NO_JOURNEY = no(
  'no-journey',
  '이 봉인은 진행 중인 운송에 쓰이고 있지 않습니다. 먼저 운송에 붙이십시오',
  'this seal is on no journey; fit it to one first',
)
const TWO = no(
  'two-needed',
  '위험도 높은 운송의 봉인은 두 사람이 개봉을 승인한 뒤에 엽니다',
  'the seal of a high-risk journey is unlocked after two officers have authorised it',
)
const NOBODY = no(
  'authority-needed',
  '개봉을 승인한 사람이 없습니다. 운송 카드에서 먼저 승인하십시오',
  'nobody has authorised the opening; authorise it on the journey’s card first',
)
const OLD = no(
  'place-old',
  '봉인의 위치가 15분 안에 확인되지 않았습니다. 위치를 물은 뒤 다시 하십시오',
  'the seal’s place is older than 15 min; ask for its position, then try again',
)
const ELSEWHERE = no(
  'not-at-place',
  '봉인이 도착지나 허용된 정차지 안에 있지 않습니다',
  'the seal is neither at its destination nor at a stop of its plan',
)

const ALL: readonly Hindrance[] = [NO_JOURNEY, TWO, NOBODY, OLD, ELSEWHERE]
export const hindranceWords = (code: string): Sentence | undefined => ALL.find(one => one.code === code)?.words

export function createCommandGuard(
  seals: Pick<Seals, 'pass' | 'journey' | 'authority'>,
  clock: Clock,
  isIn: (place: PlanPlace, lat: number, lon: number) => boolean,
): CommandGuard {
  const planOf = (seal: string): JourneyPlan | undefined => {
    const journey = seals.pass.journeyOf(seal)
    return journey === undefined ? undefined : seals.journey(journey)?.plan
  }
  /** How many must agree. */
  const needed = (kind: SealCommandView['kind'], plan: JourneyPlan): number => {
    if (kind !== 'unlock' && kind !== 'one-time-password') return 0
    if (plan.risk === 'high') return 2
    return kind === 'one-time-password' ? 1 : 0
  }
  const whereIs = (plan: JourneyPlan) => {
    const now = seals.pass.now(plan.id)
    if (now?.lat === undefined || now.lon === undefined || now.atMs === undefined || clock.now() - now.atMs > ARM_FIX_MS) return undefined
    return { lat: now.lat, lon: now.lon }
  }
  const placeIn = (plan: JourneyPlan): PlanPlace | undefined => {
    const at = whereIs(plan)
    return at && [plan.destination, ...plan.stops].find(place => isIn(place, at.lat, at.lon))
  }
  return {
    planOf,
    placeOf(seal) {
      const plan = planOf(seal)
      return plan && placeIn(plan)
    },
    agreedUntilMs({ kind, seal }) {
      const plan = planOf(seal)
      const count = plan === undefined ? 0 : needed(kind, plan)
      if (plan === undefined || count === 0) return undefined
      return seals
        .authority(plan.id)
        .map(one => one.untilMs)
        .sort((a, b) => b - a)[count - 1]
    },
    hindranceOf({ kind, seal, place }) {
      const isBound = kind === 'one-time-password'
      const plan = planOf(seal)
      if (plan === undefined) return isBound || kind === 'set-areas' ? NO_JOURNEY : undefined
      const count = needed(kind, plan)
      if (seals.authority(plan.id).length < count) return count === 2 ? TWO : NOBODY
      if (!isBound) return undefined
      const at = whereIs(plan)
      if (at === undefined) return OLD
      return (place === undefined ? placeIn(plan) !== undefined : isIn(place, at.lat, at.lon)) ? undefined : ELSEWHERE
    },
  }
}
