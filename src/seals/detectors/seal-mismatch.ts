// seal-mismatch: what a gate, a camera or an officer saw is not what the plan says: another seal, container or vehicle.
import { plainContainer, plainVehicle } from '../plan.ts'
import type { SealDetector, Step } from './contract.ts'

export const sealMismatch: SealDetector = {
  name: 'seal-mismatch',
  tells: { ko: '봉인·컨테이너·차량 불일치', en: 'seal, container or vehicle not as planned' },
  severity: 'high',
  settings: {},
  onFact(step) {
    const { fact, plan, now } = step
    if (fact.kind === 'gate') {
      const { gate } = fact
      const seals = now.seals.map(one => one.seal)
      if (gate.seal !== undefined && !seals.includes(gate.seal))
        tell(step, { ko: '봉인', en: 'seal' }, gate.seal, seals.join(', '), gate.gate)
      if (gate.container !== undefined && plainContainer(gate.container) !== plainContainer(plan.container))
        tell(step, { ko: '컨테이너', en: 'container' }, gate.container, plan.container, gate.gate)
      if (gate.vehicle !== undefined && now.vehicle !== undefined && plainVehicle(gate.vehicle) !== plainVehicle(now.vehicle))
        tell(step, { ko: '차량', en: 'vehicle' }, gate.vehicle, now.vehicle, gate.gate)
    } else if (fact.kind === 'deed' && fact.deed.deed === 'fit') {
      const { deed } = fact
      if (deed.container !== undefined && plainContainer(deed.container) !== plainContainer(plan.container))
        tell(step, { ko: '컨테이너', en: 'container' }, deed.container, plan.container, plan.origin.name)
      if (deed.seal !== undefined && !now.seals.some(one => one.seal === deed.seal))
        tell(step, { ko: '봉인', en: 'seal' }, deed.seal, now.seals.map(one => one.seal).join(', '), plan.origin.name)
    }
  },
}

function tell(step: Step, what: { readonly ko: string; readonly en: string }, seen: string, planned: string, where: string): void {
  step.open({
    fromMs: step.fact.atMs,
    toMs: step.fact.atMs,
    why: {
      ko: `${step.plan.container}: ${where}에서 본 ${what.ko} ${seen}, 계획은 ${planned}`,
      en: `${step.plan.container}: the ${what.en} seen at ${where} is ${seen}, planned was ${planned}`,
    },
  })
}
