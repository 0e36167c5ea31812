// All settings of the product, one list. Rooms that have many bring their own and are added here; src/commands/start.ts reads them.
import { OIDC_SETTINGS } from '#access/sign-in/index.ts'
import { CHANNEL_SETTINGS, TELLING_SETTINGS } from '#alerts/settings.ts'
import { POSTS } from '#base/index.ts'
import { INCIDENTS_SETTINGS } from '#incidents/settings.ts'
import { MAIL_SETTINGS } from '#platform/mail/index.ts'
import type { SettingDescription } from '#platform/settings/index.ts'
import { REPORTS_SETTINGS } from '#reports/settings.ts'
import { SEAL_KINDS } from '#seals/index.ts'
import { DETECTORS, readFeedAddress } from '#vessels/index.ts'
import { BACKUP_SETTINGS } from './roles/backup/settings.ts'

const PRODUCT: readonly SettingDescription[] = [
  { path: 'data', kind: 'text', default: './data', sentence: { ko: '데이터 폴더', en: 'the data folder' } },
  {
    path: 'http.host',
    kind: 'text',
    default: '127.0.0.1',
    sentence: {
      ko: '수신 주소; 이 기계 밖(0.0.0.0 등)은 관리자가 있고 TLS를 쓸 때만',
      en: 'address to listen on; beyond this machine (0.0.0.0) only once there is an administrator, and with TLS',
    },
  },
  {
    path: 'http.port',
    kind: 'number',
    default: 8642,
    min: 0,
    max: 65_535,
    isWhole: true,
    sentence: { ko: '수신 포트 (0 = 빈 포트)', en: 'port to listen on (0 = any free one)' },
  },
  {
    path: 'http.name',
    kind: 'text',
    default: '',
    sentence: {
      ko: '다른 자리에서 부르는 이름(예: mangru.busan.go.kr); 비우면 주소로만',
      en: 'the name other desks call it by, for example mangru.busan.go.kr; empty: by its address alone',
    },
  },
  {
    path: 'http.tls',
    kind: 'text',
    default: 'off',
    words: ['off', 'files', 'local-ca'],
    sentence: {
      ko: '암호화: 인증서 파일(files), 제품이 만드는 인증기관(local-ca), 없음(off: 이 기계만)',
      en: 'TLS: certificate files, a certificate authority the product makes for itself, or off (this machine only)',
    },
  },
  {
    path: 'http.tlsCert',
    kind: 'text',
    default: '',
    sentence: { ko: '인증서 파일(PEM, 중간 인증서 포함)', en: 'file of the certificate and its chain (PEM)' },
  },
  { path: 'http.tlsKey', kind: 'text', default: '', sentence: { ko: '인증서의 개인키 파일(PEM)', en: 'file of its private key (PEM)' } },
  {
    path: 'log.format',
    kind: 'text',
    default: 'text',
    words: ['text', 'json'],
    sentence: {
      ko: '운영 로그의 형식: 사람용(text) 또는 수집기용(json)',
      en: 'lines of the log for people (text) or for a log collector (json)',
    },
  },
  {
    path: 'access.sessionHours',
    kind: 'number',
    default: 14,
    min: 1,
    max: 168,
    unit: 'h',
    sentence: { ko: '로그인이 이어지는 시간(한 근무와 인계)', en: 'a sign-in lasts this long: a watch and its hand-over' },
  },
  {
    path: 'access.idleMinutes',
    kind: 'number',
    default: 15,
    min: 0,
    max: 720,
    unit: 'min',
    sentence: {
      ko: '이만큼 아무도 쓰지 않으면 화면을 잠금(그림은 계속; 0 = 잠그지 않음)',
      en: 'a desk at which nobody works this long locks; the picture runs on (0 = never)',
    },
  },
  {
    path: 'access.secondFactorPosts',
    kind: 'list',
    default: POSTS.filter(post => post !== 'integrator' && post !== 'screen'),
    faultOf: word => (POSTS.some(post => post === word) ? undefined : `‘${word}’ is no post; one of ${POSTS.join(', ')}`),
    sentence: {
      ko: '두 번째 인증(인증 앱·패스키)이 있어야 하는 직책; 없으면 들어올 때 등록함',
      en: 'posts that need a second factor (authenticator app, passkey); who has none yet sets one up when signing in',
    },
  },
  ...OIDC_SETTINGS,
  {
    path: 'access.secondMinutes',
    kind: 'number',
    default: 30,
    min: 1,
    max: 1440,
    unit: 'min',
    sentence: { ko: '두 사람 승인을 기다리는 시간', en: 'a deed that takes two officers waits this long for the second' },
  },
  {
    path: 'access.keepLeaversDays',
    kind: 'number',
    default: 1095,
    min: 1,
    max: 36_500,
    unit: 'days',
    isWhole: true,
    sentence: {
      ko: '퇴직자의 로그인 이름·연락처를 보존하는 기간(권한 기록 3년); 지나면 지우고 이름과 기록만 남김',
      en: 'login name and contacts of who has left are kept this long; then they are erased, the name stays beside the records',
    },
  },
  {
    path: 'feeds',
    kind: 'list',
    default: [],
    faultOf(url) {
      const address = readFeedAddress(url, SEAL_KINDS)
      return address.ok ? undefined : address.reason.en
    },
    sentence: { ko: '피드 URL 목록', en: 'feed URLs, for example ["tcp://192.0.2.1:4001?name=busan"]' },
  },
  {
    path: 'feedPasswordsFile',
    kind: 'text',
    default: '',
    sentence: {
      ko: '브로커 비밀번호 파일; 한 줄에 "사용자@호스트:포트 비밀번호"',
      en: 'file of passwords at brokers, lines "user@host:port password"',
    },
  },
  {
    path: 'demo.enabled',
    kind: 'boolean',
    default: true,
    sentence: { ko: '피드가 없을 때 모의 선박으로 시연', en: 'run the demo when there is no feed' },
  },
  {
    path: 'demo.seed',
    kind: 'number',
    default: 1,
    min: 0,
    max: 2_147_483_647,
    isWhole: true,
    sentence: { ko: '시연의 씨앗값', en: 'seed of the demo: another one is another day' },
  },
  {
    path: 'demo.ships',
    kind: 'number',
    default: 2000,
    min: 10,
    max: 50_000,
    unit: 'ships',
    isWhole: true,
    sentence: { ko: '시연 선박 수', en: 'ships of the demo' },
  },
  {
    path: 'vessels.capacity',
    kind: 'number',
    default: 200_000,
    min: 1000,
    max: 1_000_000,
    unit: 'ships',
    isWhole: true,
    sentence: { ko: '실시간 상황도의 최대 선박 수', en: 'ships the live picture has room for' },
  },
  {
    path: 'vessels.snapshotSeconds',
    kind: 'number',
    default: 120,
    min: 10,
    max: 3600,
    unit: 's',
    sentence: { ko: '상황도 저장 간격', en: 'how often the picture is saved for a quick restart' },
  },
  {
    path: 'retention.ledgerDays',
    kind: 'number',
    default: 90,
    min: 1,
    max: 36_500,
    unit: 'days',
    sentence: { ko: '원시 수신 기록 보존 기간', en: 'raw input is kept this long' },
  },
  {
    path: 'retention.tracksDays',
    kind: 'number',
    default: 730,
    min: 1,
    max: 36_500,
    unit: 'days',
    sentence: { ko: '항적 보존 기간', en: 'tracks are kept this long' },
  },
  {
    path: 'retention.minFreeGb',
    kind: 'number',
    default: 2,
    min: 0.1,
    max: 100_000,
    unit: 'GB',
    sentence: { ko: '이보다 여유가 적으면 오래된 기록부터 지움', en: 'with less room than this the oldest is removed first' },
  },
]

const DETECTOR_SETTINGS: readonly SettingDescription[] = DETECTORS.flatMap(detector => [
  { path: `detectors.${detector.name}.enabled`, kind: 'boolean' as const, default: !detector.offByDefault, sentence: detector.tells },
  ...Object.entries(detector.settings).map(([field, setting]) => ({
    path: `detectors.${detector.name}.${field}`,
    kind: 'number' as const,
    default: setting.default,
    min: setting.min,
    max: setting.max,
    ...(setting.unit ? { unit: setting.unit } : {}),
    sentence: setting.sentence,
  })),
])

export const SETTINGS: readonly SettingDescription[] = [
  ...PRODUCT,
  ...INCIDENTS_SETTINGS,
  ...REPORTS_SETTINGS,
  ...MAIL_SETTINGS,
  ...TELLING_SETTINGS,
  ...BACKUP_SETTINGS,
  ...CHANNEL_SETTINGS,
  ...DETECTOR_SETTINGS,
]
