// wrong-area-stop: it stands inside a designated area that is none of its own: at the wrong warehouse.
import { isOnTheWay } from '../journeys/state.ts'
import { minutes, type SealDetector } from './contract.ts'

export const wrongAreaStop: SealDetector = {
  name: 'wrong-area-stop',
  tells: { ko: '다른 지정구역에 정차', en: 'stopped in a designated area that is not its own' },
  severity: 'high',
  settings: { minutes: { unit: 'min', default: 3, min: 0, max: 120, sentence: { ko: '이 시간 넘게', en: 'for longer than' } } },
  onFact(step, _state, { minutes: limit = 3 }) {
    const { now, plan, places, fact } = step
    const { sinceMs } = now.standing
    if (sinceMs === undefined || now.lat === undefined || now.lon === undefined) {
      step.end(fact.atMs)
      return
    }
    const { lat, lon } = now
    if (step.isResting || !isOnTheWay(now) || [plan.origin, plan.destination, ...plan.stops].some(place => places.isIn(place, lat, lon)))
      return
    const [area] = places.at(lat, lon).designated.filter(id => id !== plan.destination.area && id !== plan.origin.area)
    // As long as it was seen there: a heartbeat says nothing of the place.
    const stoodMs = (now.atMs ?? sinceMs) - sinceMs
    if (area === undefined || stoodMs <= limit * 60_000) return
    const stood = minutes(stoodMs)
    step.open({
      fromMs: sinceMs,
      numbers: { stoodMin: stood },
      about: { kind: 'area', id: area },
      why: {
        ko: `${plan.container}: 도착지(${plan.destination.name})가 아닌 지정구역에 ${stood}분 정차`,
        en: `${plan.container} stands in another designated area than its destination (${plan.destination.name}) for ${stood} min`,
      },
    })
  },
}
