// arrival-impossible: nobody drives that way in that time. Another truck, another seal, or a clock that was set.
import { sealDetector } from './contract.ts'

interface State {
  /** Where it was seen to have left: somewhat outside its origin. */
  leftAtM: number
}

export const arrivalImpossible = sealDetector<State>({
  name: 'arrival-impossible',
  tells: { ko: '불가능한 도착', en: 'impossible arrival' },
  severity: 'high',
  settings: { kmh: { unit: 'km/h', default: 120, min: 60, max: 300, sentence: { ko: '이보다 빨라야 가능', en: 'needs more than' } } },
  begin: () => ({ leftAtM: 0 }),
  onFact({ now, before, plan, fact, open }, state, { kmh = 120 }) {
    if (before.state === 'armed' && now.state === 'under-way') state.leftAtM = now.alongM ?? 0
    if (before.arrivedAtMs !== undefined || now.arrivedAtMs === undefined || now.departedAtMs === undefined) return
    const hours = Math.max(1, now.arrivedAtMs - now.departedAtMs) / 3_600_000
    const km = ((now.alongM ?? 0) - state.leftAtM) / 1000
    const needed = km / hours
    if (km < 5 || needed <= kmh) return
    open({
      fromMs: fact.atMs,
      toMs: fact.atMs,
      numbers: { neededKmh: Math.round(needed) },
      why: {
        ko: `${plan.container}: ${Math.round(km)} km를 ${Math.round(hours * 60)}분에 도착, 평균 ${Math.round(needed)} km/h`,
        en: `${plan.container} has come ${Math.round(km)} km in ${Math.round(hours * 60)} min, ${Math.round(needed)} km/h on average`,
      },
    })
  },
})
