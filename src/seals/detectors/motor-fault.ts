// motor-fault: the lock's motor is stuck.
import { byEvent } from './by-event.ts'

export const motorFault = byEvent({
  name: 'motor-fault',
  tells: { ko: '봉인 모터 고장', en: 'motor of the seal stuck' },
  severity: 'medium',
  events: ['motor-stuck'],
})
