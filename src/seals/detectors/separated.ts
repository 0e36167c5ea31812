// separated: two devices of one journey drift apart: the tractor left its box, or one of two seals went another way.
import { distanceM } from '#base/index.ts'
import { isOnTheWay, type SealNow } from '../journeys/state.ts'
import { metres, sealDetector } from './contract.ts'

interface State {
  sinceMs: number | undefined
}
type Placed = SealNow & { readonly lat: number; readonly lon: number; readonly atMs: number }
/** Places of two devices are compared when both are this fresh. */
const FRESH_MS = 90_000
/** Two devices that report at other moments lie apart by the way between; per km/h and second. */
const WAY_M = 1 / 3.6

export const separated = sealDetector<State>({
  name: 'separated',
  tells: { ko: '차량과 봉인(또는 봉인끼리) 분리', en: 'devices of one journey apart' },
  severity: 'high',
  settings: {
    metres: { unit: 'm', default: 300, min: 50, max: 5000, sentence: { ko: '이보다 멀리', en: 'farther than' } },
    minutes: { unit: 'min', default: 3, min: 0, max: 60, sentence: { ko: '이 시간 동안', en: 'for' } },
  },
  begin: () => ({ sinceMs: undefined }),
  onFact(step, state, { metres: limitM = 300, minutes: limit = 3 }) {
    const { fact, now, plan } = step
    if (fact.kind !== 'report' || now.seals.length < 2 || step.isResting || !isOnTheWay(now)) return
    const placed = now.seals.filter((one): one is Placed => one.atMs !== undefined)
    let apartM = 0
    for (const a of placed)
      for (const b of placed) {
        if (a === b || fact.atMs - Math.min(a.atMs, b.atMs) > FRESH_MS) continue
        // By our clock: two devices may be minutes apart by their own.
        const apartMs = Math.abs(a.atMs + (a.lagMs ?? 0) - b.atMs - (b.lagMs ?? 0))
        const wayM = (apartMs / 1000) * (now.speedKmh ?? 100) * WAY_M
        apartM = Math.max(apartM, distanceM(a.lat, a.lon, b.lat, b.lon) - wayM)
      }
    if (apartM <= limitM) {
      if (placed.length > 1 && placed.every(one => fact.atMs - one.atMs <= FRESH_MS)) {
        state.sinceMs = undefined
        step.end(fact.atMs)
      }
      return
    }
    state.sinceMs ??= fact.atMs
    if (fact.atMs - state.sinceMs < limit * 60_000) return
    step.open({
      fromMs: state.sinceMs,
      numbers: { apartM: Math.round(apartM) },
      why: {
        ko: `${plan.container}: 한 운송의 단말들이 ${metres(apartM)} 떨어짐`,
        en: `${plan.container}: the devices of one journey are ${metres(apartM)} apart`,
      },
    })
  },
})
