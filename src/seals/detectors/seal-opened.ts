// seal-opened (무단개봉): a seal opens while the container is under seal, and nobody who may had opened it there.
import { isOpening } from '../journeys/advance.ts'
import { isUnderSeal } from '../journeys/state.ts'
import { metres, type SealDetector } from './contract.ts'
import { whereOf } from './words.ts'

export const sealOpened: SealDetector = {
  name: 'seal-opened',
  tells: { ko: '봉인 무단개봉', en: 'seal opened without authority' },
  severity: 'critical',
  settings: {},
  onFact(step) {
    const { fact, before, now, plan, places } = step
    if (fact.kind !== 'report') return
    const { report } = fact
    const about = { kind: 'seal', id: report.seal } as const
    const is = now.seals.find(one => one.seal === report.seal)
    const opened = isOpening(report) || (before.locked === true && is?.locked === false)
    if (step.isOpen(about) && is?.locked === true) step.end(fact.atMs, about)
    if (!opened || !isUnderSeal(before) || now.state === 'unsealed') return
    const where = whereOf(step)
    const fromM =
      now.lat === undefined || now.lon === undefined ? undefined : Math.max(0, -places.depthInsideM(plan.destination, now.lat, now.lon))
    const isInside = fromM === 0
    step.open({
      fromMs: fact.atMs,
      about,
      numbers: fromM === undefined ? {} : { distanceM: Math.round(fromM) },
      why: {
        ko: `${plan.container} 봉인 무단개봉: ${where.ko}${fromM === undefined ? '' : isInside ? `, ${plan.destination.name} 안, 허가 없음` : `, 지정구역 밖 ${metres(fromM)}`}`,
        en: `${plan.container}: seal opened without authority at ${where.en}${fromM === undefined ? '' : isInside ? `, inside ${plan.destination.name} but nobody was authorised` : `, ${metres(fromM)} from the designated area`}`,
      },
    })
  },
}
