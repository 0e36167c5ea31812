// Deeds of the house itself: who one is, the state of the product, people and rights, the trail of deeds. Rights are changed by two (an administrator asks, another
// agrees); locking an account is done alone and at once, because that is what is done when something is wrong.
import { everyPost, type Policy } from '#base/index.ts'

/** Machines and wall screens ask nobody and agree to nothing. */
const PEOPLE_ONLY = ['integrator', 'screen'] as const

export const ACCESS_POLICIES: readonly Policy[] = [
  { deed: 'self', ko: '내 정보와 세션', en: 'one’s own account and sessions', reach: everyPost('all') },
  { deed: 'status.look', ko: '시스템 상태 보기', en: 'look at the product’s state', reach: everyPost('all') },
  { deed: 'metrics.read', ko: '측정값 읽기', en: 'read the metrics', reach: { administrator: 'all', integrator: 'all' } },
  { deed: 'organisations.look', ko: '조직 보기', en: 'look at the organisations', reach: everyPost('all') },
  { deed: 'organisations.change', ko: '조직 고치기', en: 'change the organisations', reach: { administrator: 'two' } },
  { deed: 'people.look', ko: '직원 명단 보기', en: 'look at who works where', reach: everyPost('all', PEOPLE_ONLY) },
  {
    deed: 'people.details',
    ko: '직원 인적 사항 보기',
    en: 'look at a colleague’s personal data',
    isPersonal: true,
    reach: { 'watch-leader': 'own', director: 'own', administrator: 'all', auditor: 'all' },
  },
  { deed: 'people.change', ko: '직원 등록·고치기·잠그기', en: 'register, change and lock people', reach: { administrator: 'all' } },
  {
    deed: 'people.erase',
    ko: '퇴직자 개인정보 파기',
    en: 'erase personal data of who has left',
    confirm: true,
    reach: { administrator: 'two' },
  },
  { deed: 'rights.look', ko: '권한표 보기', en: 'look at who may do what', reach: everyPost('all', PEOPLE_ONLY) },
  { deed: 'rights.change', ko: '권한 바꾸기', en: 'change rights', confirm: true, reach: { administrator: 'two' } },
  {
    deed: 'rights.delegate',
    ko: '맡은 일 위임',
    en: 'lend a post for a time',
    reach: { 'watch-leader': 'two', director: 'two', administrator: 'two' },
  },
  { deed: 'rights.return', ko: '위임 거두기', en: 'end a loan of one’s own post', reach: everyPost('all', PEOPLE_ONLY) },
  { deed: 'second.look', ko: '두 사람 승인함', en: 'deeds that wait for a second officer', reach: everyPost('all', PEOPLE_ONLY) },
  // Two desks left open side by side are not two officers.
  {
    deed: 'second.decide',
    ko: '두 사람 승인하기·거절하기',
    en: 'agree to what another asks for, or refuse it',
    confirm: true,
    reach: everyPost('all', PEOPLE_ONLY),
  },
  { deed: 'audit.read', ko: '감사 기록 보기', en: 'read the audit trail', reach: { auditor: 'all' } },
]

/** What is told on the live line, and whose it is. `ships` are the binary frames and names; `rights` tells a screen that its own rights have changed. */
export const ACCESS_TOPICS = [
  { kind: 'rights', deed: 'self' },
  { kind: 'second', deed: 'second.look' },
  { kind: 'organisations', deed: 'organisations.look' },
  { kind: 'status', deed: 'status.look' },
] as const
