// late: the end of its window has passed and it is not there. A report that comes later and shows it was there in time takes it back.
import { isOver } from '../journeys/state.ts'
import { minutes, type SealDetector } from './contract.ts'

/** What a seal kept while nobody heard it comes first. */
const SETTLE_MS = 3 * 60_000

export const late: SealDetector = {
  name: 'late',
  tells: { ko: '도착 지연', en: 'late' },
  severity: 'medium',
  settings: {
    minutes: {
      unit: 'min',
      default: 0,
      min: 0,
      max: 600,
      sentence: { ko: '도착 시한보다 이만큼 늦음', en: 'after the end of its window by' },
    },
  },
  onTick(tick, { minutes: grace = 0 }) {
    const { now, plan, nowMs } = tick
    const dueMs = plan.arriveUntilMs + grace * 60_000
    if (now.arrivedAtMs !== undefined) {
      if (!tick.isOpen()) return
      if (now.arrivedAtMs <= dueMs)
        tick.withdraw(nowMs, { ko: '늦게 온 보고로 제때 도착한 것이 확인됨', en: 'a report that came late shows that it arrived in time' })
      else tick.end(now.arrivedAtMs)
      return
    }
    if (isOver(now) || now.state === 'unsealed') return tick.end(nowMs)
    if (nowMs <= dueMs || now.departedAtMs === undefined || tick.isResting || nowMs - tick.knownSinceMs < SETTLE_MS) return
    tick.open({
      fromMs: dueMs,
      numbers: { dueMs },
      why: {
        ko: `${plan.container}: ${plan.destination.name} 도착 시한이 지남 (${minutes(nowMs - dueMs)}분)`,
        en: `${plan.container} should have been at ${plan.destination.name} ${minutes(nowMs - dueMs)} min ago`,
      },
    })
  },
}
