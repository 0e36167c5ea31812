// shell-tampered: the shell of the seal is forced or its back cover taken off.
import { byEvent } from './by-event.ts'

export const shellTampered = byEvent({
  name: 'shell-tampered',
  tells: { ko: '봉인 몸체 훼손', en: 'shell or cover of the seal tampered with' },
  severity: 'critical',
  events: ['shell-tampered', 'cover-opened'],
})
