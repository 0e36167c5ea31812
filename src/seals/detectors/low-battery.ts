// low-battery: it may not last to the end of the way.
import { isUnderSeal } from '../journeys/state.ts'
import type { SealDetector } from './contract.ts'

const BACK = 10

export const lowBattery: SealDetector = {
  name: 'low-battery',
  tells: { ko: '봉인 전지 부족', en: 'battery of the seal low' },
  severity: 'medium',
  settings: { percent: { unit: '%', default: 15, min: 1, max: 90, sentence: { ko: '전지가 이보다 적음', en: 'battery below' } } },
  onFact(step, _state, { percent = 15 }) {
    const { fact, plan, now } = step
    if (fact.kind !== 'report') return
    const { seal, batteryPercent: battery, events } = fact.report
    const about = { kind: 'seal', id: seal } as const
    if (battery !== undefined && battery >= percent + BACK) step.end(fact.atMs, about)
    if (!isUnderSeal(now)) return
    const isLow = battery === undefined ? events.includes('low-battery') || events.includes('battery-exhausted') : battery < percent
    if (!isLow) return
    step.open({
      fromMs: fact.atMs,
      about,
      numbers: battery === undefined ? {} : { batteryPercent: battery },
      why: {
        ko: `${plan.container}: 봉인 전지 ${battery === undefined ? '부족' : `${battery} %`}`,
        en: `${plan.container}: battery of the seal ${battery === undefined ? 'low' : `at ${battery} %`}`,
      },
    })
  },
}
