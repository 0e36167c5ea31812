// Who sees what was told to whom, and who changes the rules. Names and texts are personal data; telephone numbers are shown by their last digits.
import { everyPost, type Policy } from '#base/index.ts'

export const TELLING_POLICIES: readonly Policy[] = [
  {
    deed: 'telling.look',
    ko: '경보를 누가 언제 전달받았는지 보기, 미리보기',
    en: 'see who was told of an alarm, and preview texts',
    reach: { 'watch-officer': 'all', 'watch-leader': 'all', 'field-officer': 'own', investigator: 'all', director: 'all' },
    isPersonal: true,
  },
  {
    deed: 'telling.log',
    ko: '알림 기록과 비용, 채널 상태 보기',
    en: 'see the message log, its cost and how channels are',
    reach: { 'watch-leader': 'all', director: 'all', administrator: 'all', auditor: 'all' },
    isPersonal: true,
  },
  {
    deed: 'telling.own',
    ko: '내 연락처 확인과 시험 발송',
    en: 'confirm own numbers and send a test to oneself',
    reach: everyPost('all', ['integrator', 'screen']),
    isPersonal: true,
  },
  {
    deed: 'telling.rules-look',
    ko: '알림 규칙과 그 이력 보기, 해 보기',
    en: 'see the rules of telling and their history, and try them',
    reach: {
      'watch-officer': 'all',
      'watch-leader': 'all',
      'field-officer': 'own',
      investigator: 'all',
      director: 'all',
      administrator: 'all',
      auditor: 'all',
    },
    isPersonal: true,
  },
  {
    deed: 'telling.rules',
    ko: '알림 규칙 고치기',
    en: 'change the rules of telling',
    reach: { administrator: 'all', 'watch-leader': 'two' },
  },
  {
    deed: 'telling.again',
    ko: '보내지 못한 것을 다시 보내기',
    en: 'send again what could not be sent',
    reach: { administrator: 'all', 'watch-leader': 'all' },
    isPersonal: true,
  },
]

/** Which alarm's timeline has changed: to those who may look at it. That the log or a channel has: to those who see it. */
export const TELLING_TOPICS = [
  { kind: 'telling', deed: 'telling.look' },
  { kind: 'telling-log', deed: 'telling.log' },
] as const
