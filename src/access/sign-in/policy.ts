// Deeds of signing in, for who is signed in already. What a stranger may do (sign in) is open; see routes.ts.
import { everyPost, type Policy } from '#base/index.ts'

export const SIGN_IN_POLICIES: readonly Policy[] = [
  // Also at a locked desk.
  { deed: 'session', ko: '내 세션(잠금·본인 확인·로그아웃)', en: 'one’s own session: lock, confirm, sign out', reach: everyPost('all') },
  // Whoever finds a desk open does not take the account with them.
  {
    deed: 'self.secure',
    ko: '내 비밀번호·로그인 고치기',
    en: 'change one’s own password, end one’s own sessions',
    reach: everyPost('all'),
    confirm: true,
  },
  {
    deed: 'people.let-in',
    ko: '로그인 링크 만들기',
    en: 'make a link by which a person sets a new password',
    reach: { administrator: 'all' },
    confirm: true,
  },
  {
    deed: 'sessions.look',
    ko: '다른 사람의 로그인 보기',
    en: 'see where others are signed in',
    reach: { administrator: 'all', auditor: 'all' },
    isPersonal: true,
  },
  { deed: 'sessions.end', ko: '다른 사람의 로그인 끊기', en: 'end sessions of others', reach: { administrator: 'all' } },
  {
    deed: 'keys.look',
    ko: '연계 키 보기',
    en: 'look at keys of machines and wall screens',
    reach: { administrator: 'all', auditor: 'all' },
  },
  {
    deed: 'keys.change',
    ko: '연계 키 만들기·끝내기',
    en: 'make and end keys of machines and wall screens',
    reach: { administrator: 'all' },
    confirm: true,
  },
  {
    deed: 'factors.change',
    ko: '내 인증 수단 바꾸기',
    en: 'change one’s own second factors',
    confirm: true,
    reach: everyPost('all', ['integrator', 'screen']),
  },
  {
    deed: 'factors.reset',
    ko: '남의 인증 수단 초기화',
    en: 'reset a colleague’s lost second factors',
    confirm: true,
    reach: { administrator: 'two' },
  },
  {
    deed: 'break-glass.look',
    ko: '봉인 계정 상태 보기',
    en: 'look at the sealed account',
    reach: { administrator: 'all', auditor: 'all' },
  },
  {
    deed: 'break-glass.seal',
    ko: '봉인 계정 다시 봉인 청하기',
    en: 'ask to seal the sealed account anew',
    confirm: true,
    reach: { administrator: 'two' },
  },
  {
    deed: 'break-glass.open',
    ko: '봉인할 새 비밀번호 받기',
    en: 'fetch the new password of the sealed account',
    confirm: true,
    reach: { administrator: 'all' },
  },
]
