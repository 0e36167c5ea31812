// designated-area-left: it leaves the area where it was to be opened, or the origin without having been sealed.
import type { SealDetector } from './contract.ts'

/** A fix beside the fence is none outside it. */
const CLEARLY_M = 300

export const designatedAreaLeft: SealDetector = {
  name: 'designated-area-left',
  tells: { ko: '지정구역 이탈', en: 'left the designated area' },
  severity: 'high',
  settings: {},
  onFact(step) {
    const { now, before, plan, places, fact } = step
    if (!step.isMove || now.lat === undefined || now.lon === undefined) return
    // Who only passes through on the road, and has not stood there, has left nothing.
    const backOnTheWay = before.state === 'arrived' && now.state === 'under-way'
    if (backOnTheWay)
      step.open({
        fromMs: fact.atMs,
        why: {
          ko: `${plan.container}: 개봉하지 않고 도착 지정구역(${plan.destination.name})을 벗어남`,
          en: `${plan.container} has left ${plan.destination.name} without having been unsealed`,
        },
      })
    if (now.state === 'in-designated-area' || now.state === 'arrived') step.end(fact.atMs)
    const outM = -places.depthInsideM(plan.origin, now.lat, now.lon)
    if (now.state === 'fitted' && outM > CLEARLY_M)
      step.open({
        fromMs: fact.atMs,
        numbers: { distanceM: Math.round(outM) },
        why: {
          ko: `${plan.container}: 봉인이 작동되지 않은 채 출발지(${plan.origin.name})를 벗어남`,
          en: `${plan.container} has left ${plan.origin.name} before its seal was armed`,
        },
      })
  },
}
