// early: it arrives before its window opens; somebody did not expect it.
import { minutes, type SealDetector } from './contract.ts'

export const early: SealDetector = {
  name: 'early',
  tells: { ko: '예정보다 이른 도착', en: 'early' },
  severity: 'medium',
  settings: {
    minutes: { unit: 'min', default: 0, min: 0, max: 600, sentence: { ko: '도착 예정보다 이만큼 이름', en: 'before its window by' } },
  },
  onFact({ now, before, plan, fact, open }, _state, { minutes: grace = 0 }) {
    if (before.arrivedAtMs !== undefined || now.arrivedAtMs === undefined || plan.arriveFromMs === undefined) return
    const earlyMs = plan.arriveFromMs - now.arrivedAtMs
    if (earlyMs <= grace * 60_000) return
    open({
      fromMs: fact.atMs,
      toMs: fact.atMs,
      numbers: { earlyMin: minutes(earlyMs) },
      why: {
        ko: `${plan.container}: ${plan.destination.name}에 예정보다 ${minutes(earlyMs)}분 일찍 도착`,
        en: `${plan.container} has arrived at ${plan.destination.name} ${minutes(earlyMs)} min before its window`,
      },
    })
  },
}
