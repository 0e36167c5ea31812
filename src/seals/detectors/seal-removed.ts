// seal-removed: the device says it was taken off what it was fitted to.
import { byEvent } from './by-event.ts'

export const sealRemoved = byEvent({
  name: 'seal-removed',
  tells: { ko: '봉인 떼어냄', en: 'seal removed' },
  severity: 'critical',
  events: ['removed'],
})
