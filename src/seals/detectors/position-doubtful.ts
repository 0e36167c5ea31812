// position-doubtful: it speaks but where it is cannot be believed: cells alone or no fix for long, jamming, places that jump.
import { isOnTheWay } from '../journeys/state.ts'
import { minutes, sealDetector } from './contract.ts'

interface State {
  sinceMs: number | undefined
  strays: number
  /** Reports that say nothing of a place, since one did: heartbeats. */
  mute: number
  muteSinceMs: number | undefined
}
/** A single heartbeat, as it opens a line, may come before the places that were kept. */
const MUTE = 3

export const positionDoubtful = sealDetector<State>({
  name: 'position-doubtful',
  tells: { ko: '위치 믿을 수 없음', en: 'position doubtful' },
  severity: 'medium',
  settings: {
    minutes: { unit: 'min', default: 5, min: 1, max: 240, sentence: { ko: '위성 위치 없이 이 시간', en: 'without a satellite fix for' } },
    strays: { unit: '', default: 3, min: 1, max: 50, sentence: { ko: '또는 튀는 위치 이 횟수', en: 'or this many places that jump' } },
  },
  begin: () => ({ sinceMs: undefined, strays: 0, mute: 0, muteSinceMs: undefined }),
  onFact(step, state, { minutes: limit = 5, strays = 3 }) {
    const { fact, now, plan } = step
    if (fact.kind !== 'report' || plan.seals.find(one => one.seal === fact.report.seal)?.fitting === 'tractor') return
    const isGood = step.isMove && fact.report.byCells !== true
    const isMute = fact.report.lat === undefined && fact.report.fixValid === undefined
    state.mute = isMute ? state.mute + 1 : 0
    state.muteSinceMs = isMute ? (state.muteSinceMs ?? fact.atMs) : undefined
    if (isGood) {
      state.sinceMs = undefined
      state.strays = 0
      step.end(fact.atMs)
      return
    }
    if (step.isResting || !isOnTheWay(now)) return
    state.sinceMs ??= fact.atMs
    const isJammed = fact.report.events.includes('jamming')
    if (isMute && !isJammed && (state.mute < MUTE || fact.atMs - state.muteSinceMs! < limit * 60_000)) return
    if (now.stray !== undefined) state.strays++
    const forMs = fact.atMs - state.sinceMs
    // A tunnel or a garage gives no fix either; the network's dead zones are known.
    const isKnown = now.lat !== undefined && now.lon !== undefined && step.places.isDeadZone(now.lat, now.lon)
    if (!isJammed && state.strays < strays && (forMs < limit * 60_000 || isKnown)) return
    step.open({
      fromMs: state.sinceMs,
      numbers: { minutes: minutes(forMs) },
      why: {
        ko: `${plan.container}: ${isJammed ? '위성 신호 방해' : state.strays >= strays ? '위치가 튐' : `${minutes(forMs)}분 동안 위성 위치 없음`}`,
        en: `${plan.container}: ${isJammed ? 'satellite signals are jammed' : state.strays >= strays ? 'its place jumps' : `no satellite fix for ${minutes(forMs)} min`}`,
      },
    })
  },
})
