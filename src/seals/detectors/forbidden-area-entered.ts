// forbidden-area-entered: a place of the believed track lies in a forbidden area of the chart.
import { isUnderSeal } from '../journeys/state.ts'
import type { SealDetector } from './contract.ts'
import { whereOf } from './words.ts'

export const forbiddenAreaEntered: SealDetector = {
  name: 'forbidden-area-entered',
  tells: { ko: '금지구역 진입', en: 'entered a forbidden area' },
  severity: 'high',
  settings: {},
  onFact(step) {
    const { now, plan, places, fact } = step
    if (!step.isMove || step.isResting || now.lat === undefined || now.lon === undefined || !isUnderSeal(now)) return
    const inside = places.at(now.lat, now.lon).forbidden
    const [area] = inside
    if (area === undefined) {
      step.end(fact.atMs)
      return
    }
    const where = whereOf(step)
    step.open({
      fromMs: fact.atMs,
      why: { ko: `${plan.container}: 금지구역 진입 (${where.ko})`, en: `${plan.container} has entered a forbidden area (${where.en})` },
    })
  },
}
