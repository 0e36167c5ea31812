// Who sees rosters and phone books, and who changes them. Who is on duty where is known to every colleague; a roster is written by the leader of the watch for the own site,
// by an administrator for all. Swaps and leave are asked by those they concern and decided by the leader.
import { everyPost, type Policy } from '#base/index.ts'

/** Machines and wall screens have no watches. */
const PEOPLE_ONLY = ['integrator', 'screen'] as const

export const DUTY_POLICIES: readonly Policy[] = [
  {
    deed: 'duty.look',
    ko: '근무표·당직자·전화번호 보기',
    en: 'look at rosters, who is on duty, phone books',
    reach: everyPost('all', PEOPLE_ONLY),
  },
  { deed: 'duty.change', ko: '근무표 짜기', en: 'write rosters', reach: { 'watch-leader': 'own', administrator: 'all' } },
  {
    deed: 'duty.ask',
    ko: '근무 바꿈·휴가 신청',
    en: 'ask for swaps and leave',
    reach: {
      'watch-officer': 'own',
      'watch-leader': 'own',
      'field-officer': 'own',
      'risk-analyst': 'own',
      investigator: 'own',
      'report-editor': 'own',
      director: 'own',
    },
  },
  { deed: 'duty.decide', ko: '근무 바꿈·휴가 승인', en: 'decide on swaps and leave', reach: { 'watch-leader': 'own', director: 'own' } },
  {
    deed: 'phones.change',
    ko: '전화번호 고치기·확인',
    en: 'change and confirm telephone numbers',
    reach: { 'watch-officer': 'own', 'watch-leader': 'own', administrator: 'all' },
  },
  { deed: 'holidays.change', ko: '휴일 정하기', en: 'name holidays', reach: { administrator: 'all' } },
]

export const DUTY_TOPICS = [{ kind: 'duty', deed: 'duty.look' }] as const
