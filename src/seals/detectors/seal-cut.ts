// seal-cut: the cable or string of the seal is cut.
import { byEvent } from './by-event.ts'

export const sealCut = byEvent({
  name: 'seal-cut',
  tells: { ko: '봉인 줄 끊김', en: 'cable of the seal cut' },
  severity: 'critical',
  events: ['wire-cut'],
})
