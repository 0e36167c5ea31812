// clock-drift: the device's clock is not ours; its reports are judged by our time of receipt until it is right again.
import { minutes, type SealDetector } from './contract.ts'

export const clockDrift: SealDetector = {
  name: 'clock-drift',
  tells: { ko: '봉인 시계 어긋남', en: 'clock of the seal wrong' },
  severity: 'medium',
  settings: {},
  onFact(step) {
    const { fact, plan } = step
    if (fact.kind !== 'report') return
    const about = { kind: 'seal', id: fact.report.seal } as const
    if (fact.driftMs === undefined) {
      step.end(fact.atMs, about)
      return
    }
    const off = minutes(Math.abs(fact.driftMs))
    step.open({
      fromMs: fact.atMs,
      about,
      numbers: { driftMin: minutes(fact.driftMs) },
      why: {
        ko: `${plan.container}: 봉인 시계가 ${off}분 ${fact.driftMs > 0 ? '빠름' : '느림'}, 받은 시각으로 판정`,
        en: `${plan.container}: the seal’s clock is ${off} min ${fact.driftMs > 0 ? 'ahead' : 'behind'}; judged by time of receipt`,
      },
    })
  },
}
