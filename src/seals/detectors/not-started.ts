// not-started: the time to leave has passed and it is still at its origin.
import { isOver } from '../journeys/state.ts'
import { minutes, type SealDetector } from './contract.ts'

/** What a seal kept while nobody heard it comes first. */
const SETTLE_MS = 3 * 60_000

export const notStarted: SealDetector = {
  name: 'not-started',
  tells: { ko: '출발 지연', en: 'not started' },
  severity: 'medium',
  settings: {
    minutes: {
      unit: 'min',
      default: 15,
      min: 0,
      max: 600,
      sentence: { ko: '출발 시한보다 이만큼 늦음', en: 'after the time to leave by' },
    },
  },
  onTick(tick, { minutes: grace = 15 }) {
    const { now, plan, nowMs } = tick
    if (now.departedAtMs !== undefined || isOver(now) || now.state === 'unsealed') {
      if (!tick.isOpen()) return
      if (now.departedAtMs !== undefined && now.departedAtMs <= plan.departUntilMs + grace * 60_000)
        tick.withdraw(nowMs, { ko: '늦게 온 보고로 제때 출발한 것이 확인됨', en: 'a report that came late shows that it left in time' })
      else tick.end(now.departedAtMs ?? nowMs)
      return
    }
    if (nowMs <= plan.departUntilMs + grace * 60_000 || tick.isResting || nowMs - tick.knownSinceMs < SETTLE_MS) return
    tick.open({
      fromMs: plan.departUntilMs,
      why: {
        ko: `${plan.container}: ${plan.origin.name} 출발 시한이 ${minutes(nowMs - plan.departUntilMs)}분 지남`,
        en: `${plan.container} should have left ${plan.origin.name} ${minutes(nowMs - plan.departUntilMs)} min ago`,
      },
    })
  },
}
