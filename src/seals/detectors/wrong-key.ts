// wrong-key: somebody tries to open it with what opens nothing here: too many wrong passwords, a card that is not known.
import { byEvent } from './by-event.ts'

export const wrongKey = byEvent({
  name: 'wrong-key',
  tells: { ko: '봉인 비밀번호·카드 오류', en: 'wrong password limit or unknown card at the seal' },
  severity: 'high',
  events: ['wrong-password-limit', 'unknown-card', 'unseal-refused-unknown-card', 'seal-refused-unknown-card'],
})
