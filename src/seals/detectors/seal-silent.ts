// seal-silent: a seal under seal is not heard for longer than its interval explains; longer where the network is known to be dead. By the clock of receipt.
import { isOnTheWay, isUnderSeal } from '../journeys/state.ts'
import { minutes, type SealDetector } from './contract.ts'
import { whereOf } from './words.ts'

const LEAST_MS = 60_000
const HIGH_FACTOR = 3

export const sealSilent: SealDetector = {
  name: 'seal-silent',
  tells: { ko: '봉인 신호 두절', en: 'seal silent' },
  severity: 'medium',
  settings: {
    intervals: {
      unit: '×',
      default: 3,
      min: 1.5,
      max: 50,
      sentence: { ko: '보고 간격의 이 배수 동안 신호 없음', en: 'unheard for this many of its intervals' },
    },
    deadZoneMinutes: { unit: 'min', default: 20, min: 1, max: 240, sentence: { ko: '통신 음영 구간에서는', en: 'in a known dead zone' } },
  },
  onTick(tick, { intervals = 3, deadZoneMinutes = 20 }) {
    const { now, plan, places, nowMs } = tick
    for (const { seal, fitting } of plan.seals) {
      const heardMs = tick.heardAtMs(seal)
      const about = { kind: 'seal', id: seal } as const
      if (heardMs === undefined || !isUnderSeal(now) || tick.isResting) {
        tick.end(nowMs, about)
        continue
      }
      const isDead = now.lat !== undefined && now.lon !== undefined && places.isDeadZone(now.lat, now.lon)
      const limitMs = Math.max(LEAST_MS, tick.intervalMs(seal) * intervals, isDead ? deadZoneMinutes * 60_000 : 0)
      const silentMs = nowMs - heardMs
      if (silentMs <= limitMs) {
        tick.end(heardMs, about)
        continue
      }
      if (nowMs - tick.listensSinceMs <= limitMs) continue
      const where = whereOf(tick)
      tick.open({
        fromMs: heardMs,
        about,
        numbers: { silentMin: minutes(silentMs) },
        ...(silentMs > limitMs * HIGH_FACTOR && isOnTheWay(now) ? { severity: 'high' as const } : {}),
        why: {
          ko: `${plan.container}: ${fitting === 'tractor' ? '차량 단말' : '봉인'} 신호 두절 ${minutes(silentMs)}분, 마지막 위치 ${where.ko}`,
          en: `${plan.container}: ${fitting === 'tractor' ? 'the tractor’s device' : 'the seal'} has been silent for ${minutes(silentMs)} min, last at ${where.en}`,
        },
      })
    }
  },
}
