// All settings of the product, one list. Rooms that have many bring their own and are added here; src/commands/start.ts reads them.
import type { SettingDescription } from '#platform/settings/index.ts'
import { DETECTORS } from '#vessels/index.ts'

const PRODUCT: readonly SettingDescription[] = [
  { path: 'data', kind: 'text', default: './data', sentence: { ko: '데이터 폴더', en: 'the data folder' } },
  {
    path: 'http.host',
    kind: 'text',
    default: '127.0.0.1',
    words: ['127.0.0.1', 'localhost', '::1'],
    sentence: {
      ko: '수신 주소; 부서와 권한이 생기기 전에는 이 기계만',
      en: 'address to listen on; until offices and rights come, this machine only',
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
    path: 'operator.id',
    kind: 'text',
    default: 'operator',
    sentence: { ko: '기록에 남는 근무자 이름표', en: 'who every deed is recorded as' },
  },
  {
    path: 'operator.name',
    kind: 'text',
    default: '당직',
    sentence: { ko: '화면에 보이는 근무자 이름', en: 'name of the operator on the screen' },
  },
  {
    path: 'feeds',
    kind: 'list',
    default: [],
    sentence: { ko: '피드 URL 목록', en: 'feed URLs, for example ["tcp://192.0.2.1:4001?name=busan"]' },
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

export const SETTINGS: readonly SettingDescription[] = [...PRODUCT, ...DETECTOR_SETTINGS]
