// left-route: off the corridor for longer than a parallel road or a bad fix explains, and going farther. Back on it ends it.
import { isOnTheWay } from '../journeys/state.ts'
import { metres, sealDetector } from './contract.ts'
import { whereOf } from './words.ts'

interface State {
  sinceMs: number | undefined
  fixes: number
  lastM: number
}
/** One metre of HDOP is worth about this much doubt of a place; a fix by cells alone may lie so far off. */
const HDOP_M = 10
const CELLS_M = 2000

export const leftRoute = sealDetector<State>({
  name: 'left-route',
  tells: { ko: '운송 경로 이탈', en: 'left the corridor' },
  severity: 'high',
  settings: {
    marginM: {
      unit: 'm',
      default: 200,
      min: 0,
      max: 5000,
      sentence: { ko: '허용 폭보다 이만큼 더 벗어나', en: 'beyond the allowed width by' },
    },
    seconds: { unit: 's', default: 90, min: 0, max: 3600, sentence: { ko: '이 시간 동안', en: 'for this long' } },
    fixes: {
      unit: '',
      default: 3,
      min: 1,
      max: 50,
      sentence: { ko: '또는 멀어지는 위치 이 횟수', en: 'or this many fixes going farther' },
    },
  },
  begin: () => ({ sinceMs: undefined, fixes: 0, lastM: 0 }),
  onFact(step, state, { marginM = 200, seconds = 90, fixes = 3 }) {
    const { now, plan, fact } = step
    if (!step.isMove || now.offM === undefined) return
    const doubtM = (now.byCells ? CELLS_M : 0) + Math.max(0, (now.hdop ?? 1) - 1) * HDOP_M
    const width = plan.corridor.halfWidthM
    const isPlanned = step.places.isIn(plan.origin, now.lat!, now.lon!) || step.places.isIn(plan.destination, now.lat!, now.lon!)
    if (now.offM <= width || isPlanned || !isOnTheWay(now)) {
      state.sinceMs = undefined
      state.fixes = 0
      step.end(fact.atMs)
      return
    }
    if (step.isResting || now.offM <= width + marginM + doubtM || plan.stops.some(stop => step.places.isIn(stop, now.lat!, now.lon!)))
      return
    state.sinceMs ??= fact.atMs
    // Distance must grow, or stand where it grew to: who crosses back is on the way home.
    state.fixes = now.offM >= state.lastM || state.fixes === 0 ? state.fixes + 1 : 0
    state.lastM = now.offM
    if (state.fixes < fixes && (fact.atMs - state.sinceMs < seconds * 1000 || state.fixes < 2)) return
    const where = whereOf(step)
    step.open({
      fromMs: state.sinceMs,
      numbers: { offM: Math.round(now.offM), halfWidthM: width },
      why: {
        ko: `${plan.container}: 운송 경로 이탈 ${metres(now.offM)} (허용 폭 ${metres(width)}), ${where.ko}`,
        en: `${plan.container} has left its corridor by ${metres(now.offM)} (allowed ${metres(width)}), ${where.en}`,
      },
    })
  },
})
