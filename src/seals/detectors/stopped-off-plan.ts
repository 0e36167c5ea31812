// stopped-off-plan: it stands where no stop is planned. Sooner near a black spot. Level rises with a long stop.
import { isOnTheWay } from '../journeys/state.ts'
import { minutes, type SealDetector } from './contract.ts'
import { whereOf } from './words.ts'

const LONG_FACTOR = 3

export const stoppedOffPlan: SealDetector = {
  name: 'stopped-off-plan',
  tells: { ko: '계획에 없는 정차', en: 'stopped where no stop is planned' },
  severity: 'medium',
  settings: {
    minutes: { unit: 'min', default: 10, min: 1, max: 240, sentence: { ko: '이 시간 넘게', en: 'for longer than' } },
    blackSpotMinutes: { unit: 'min', default: 5, min: 1, max: 240, sentence: { ko: '주의 지점 가까이에서는', en: 'near a black spot' } },
  },
  onFact(step, _state, { minutes: limit = 10, blackSpotMinutes = 5 }) {
    const { now, plan, places, fact } = step
    const { sinceMs } = now.standing
    if (sinceMs === undefined || now.lat === undefined || now.lon === undefined) {
      step.end(fact.atMs)
      return
    }
    if (step.isResting || !isOnTheWay(now)) return
    const { lat, lon } = now
    if ([plan.origin, plan.destination, ...plan.stops].some(place => places.isIn(place, lat, lon))) return
    // As long as it was seen there: a heartbeat says nothing of the place.
    const stoodMs = (now.atMs ?? sinceMs) - sinceMs
    const limitMs = (places.isBlackSpot(lat, lon) ? blackSpotMinutes : limit) * 60_000
    if (stoodMs <= limitMs) return
    const where = whereOf(step)
    step.open({
      fromMs: sinceMs,
      numbers: { stoodMin: minutes(stoodMs) },
      ...(stoodMs > limitMs * LONG_FACTOR || places.isBlackSpot(lat, lon) ? { severity: 'high' as const } : {}),
      why: {
        ko: `${plan.container}: 계획에 없는 곳에서 ${minutes(stoodMs)}분 정차 (${where.ko})`,
        en: `${plan.container} has stood for ${minutes(stoodMs)} min where no stop is planned (${where.en})`,
      },
    })
  },
}
