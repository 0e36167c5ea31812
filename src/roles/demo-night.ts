// What is reported on a night of the demo: a watch that began at 18:00, incidents, answers and orders as the night goes on; each at its minute, signed by a post (there are
// no persons in the demo). Times are KST, hours past midnight count on (26:28 is 02:28). Told once: every id is made of the night and the line.
import type { Goods, IncidentKind, IncidentPlace, Link, Outcome, Urgency } from '#incidents/index.ts'

/** Posts that write in the demo, and for whom. */
export const WRITERS = {
  watch: ['hq', '당직관'],
  leader: ['hq', '상황실장'],
  risk: ['hq', '위험분석'],
  busan: ['busan', '부산 감시과'],
  boat: ['busan', '감시정 부산-3'],
  newPort: ['busan-new-port', '신항 현장'],
  incheon: ['incheon', '인천 당직관'],
  airport: ['incheon-airport', '공항 당직관'],
  ulsan: ['ulsan', '울산 당직관'],
  yeosu: ['yeosu', '여수 당직관'],
  gunsan: ['gunsan', '군산 당직관'],
} as const
export type Writer = keyof typeof WRITERS

export type DemoDeed =
  | {
      readonly deed: 'report'
      readonly kind: IncidentKind
      readonly urgency: Urgency
      readonly text: string
      readonly place: IncidentPlace
      readonly goods?: readonly Goods[]
      readonly links?: readonly Link[]
      readonly isInDailyReport?: boolean
    }
  | { readonly deed: 'answer'; readonly text: string }
  | { readonly deed: 'correct-place'; readonly label: string; readonly reason: string }
  | { readonly deed: 'confirmed' | 'in-hand' }
  | { readonly deed: 'closed'; readonly outcome: Outcome; readonly note: string }
  | {
      readonly deed: 'order'
      readonly order: string
      readonly text: string
      readonly to: string
      readonly post?: string
      readonly due: string
    }
  | { readonly deed: 'taken-on'; readonly order: string }
  | { readonly deed: 'carried-out'; readonly order: string; readonly text: string }

export interface DemoLine {
  /** KST, 18:00–35:00. */
  readonly at: string
  readonly incident: string
  readonly by: Writer
  readonly what: DemoDeed
}

const line = (at: string, incident: string, by: Writer, what: DemoDeed): DemoLine => ({ at, incident, by, what })
const place = (label: string, lat?: number, lon?: number): IncidentPlace => ({
  label,
  ...(lat === undefined || lon === undefined ? {} : { lat, lon }),
})

/** In the order of their times (design/daily-report.md §5). */
export const DEMO_NIGHT: readonly DemoLine[] = [
  line('19:30', 'fog', 'gunsan', {
    deed: 'report',
    kind: 'weather',
    urgency: 4,
    text: '서해 중부 오전 안개, 감시정 출항 한 시간 미룸',
    place: place('군산항', 35.97, 126.6),
  }),
  line('19:34', 'fog', 'watch', { deed: 'confirmed' }),
  line('19:35', 'fog', 'watch', { deed: 'closed', outcome: 'done', note: '출항 07:00으로 조정' }),
  line('20:42', 'blades', 'airport', {
    deed: 'report',
    kind: 'seizure',
    urgency: 2,
    text: '특송 X-ray 판독, 도검류 9점 유치',
    place: place('특송물류센터', 37.47, 126.46),
    goods: [{ type: 'security-threat', name: '도검류', quantity: 9, unit: '점' }],
  }),
  line('20:50', 'blades', 'watch', { deed: 'confirmed' }),
  line('21:35', 'blades', 'airport', { deed: 'answer', text: '수취인 연락됨. 수집용이라 진술, 소지 허가 없음.' }),
  line('21:50', 'blades', 'airport', { deed: 'closed', outcome: 'seized', note: '유치, 통관 보류' }),
  line('22:10', 'drugs', 'airport', {
    deed: 'report',
    kind: 'drug-offender',
    urgency: 1,
    text: '여행자 수하물 마약류 12 g 적발',
    place: place('제1터미널 검사대', 37.45, 126.45),
    goods: [{ type: 'narcotics', name: '필로폰', quantity: 12, unit: 'g' }],
    isInDailyReport: true,
  }),
  line('22:14', 'drugs', 'watch', { deed: 'confirmed' }),
  line('22:20', 'drugs', 'leader', { deed: 'answer', text: '수사팀 인계 전까지 격리. 같은 편 동행 여부 확인 바람.' }),
  line('22:47', 'drugs', 'airport', { deed: 'answer', text: '동행 없음. 간이검사 양성, 수사팀 도착 23:05 예정.' }),
  line('25:52', 'change', 'yeosu', {
    deed: 'report',
    kind: 'other',
    urgency: 4,
    text: '야간 교대 보고, 특이사항 없음',
    place: place('여수 감시상황실', 34.74, 127.74),
  }),
  line('25:58', 'change', 'watch', { deed: 'closed', outcome: 'done', note: '' }),
  line('26:21', 'loading-port', 'ulsan', {
    deed: 'report',
    kind: 'suspicious-act',
    urgency: 2,
    text: 'PACIFIC SUN 21 신고 선적항 불일치(신고 나홋카, 실제 기항 나진 추정)\n입항 즉시 화물 검사 예정',
    place: place('울산 본항 2부두', 35.5, 129.39),
    isInDailyReport: true,
  }),
  line('26:24', 'loading-port', 'risk', { deed: 'answer', text: '직전 항적 41시간 비어 있음. 흘수 변화는 선적 뒤와 같음.' }),
  line('26:26', 'loading-port', 'watch', { deed: 'confirmed' }),
  line('26:27', 'seal', 'busan', {
    deed: 'report',
    kind: 'search-result',
    urgency: 1,
    text: '보세운송 컨테이너 전자봉인 무단 개봉\n경부고속도로 언양 부근 정차 중 봉인 열림 감지, 담당자 3명 문자·전화 통보',
    place: place('경부고속도로 언양', 35.56, 129.12),
    isInDailyReport: true,
  }),
  line('26:28', 'transfer', 'watch', {
    deed: 'report',
    kind: 'suspicious-act',
    urgency: 1,
    text: '해상 환적 의심 냉동운반선 검색\n냉동운반선 ORIENT FROST 7과 어선 HAE DONG 88이 182 m 간격으로 47분간 접선, 직전 AIS 2시간 10분 미송신',
    place: place('쓰시마 북방 12 NM', 34.93, 129.45),
    links: [{ kind: 'camera', id: '태종대 열상 2', label: '태종대 열상 2' }],
    goods: [{ type: 'other', name: '냉동명태', quantity: 1240, unit: '톤' }],
    isInDailyReport: true,
  }),
  line('26:29', 'transfer', 'watch', { deed: 'confirmed' }),
  line('26:30', 'transfer', 'watch', { deed: 'in-hand' }),
  line('26:31', 'seal', 'watch', { deed: 'confirmed' }),
  line('26:33', 'duty-free', 'busan', {
    deed: 'report',
    kind: 'seizure',
    urgency: 2,
    text: '선용품 미신고 반출, 담배 180보루 유치\n1톤 트럭 2분 31초 정차, 상자 3개 적재. 기동반 도착해 적발',
    place: place('감천항 3부두', 35.078, 129.0),
    goods: [{ type: 'smuggled', name: '담배(면세)', quantity: 180, unit: '보루', valueWon: 8_100_000 }],
    isInDailyReport: true,
  }),
  line('26:33', 'transfer', 'watch', {
    deed: 'answer',
    text: '열상 2번에서 두 배가 붙어 있는 모습 확인. 옮기는 상자가 보임. 영상 01:43–02:33 증거로 저장함.',
  }),
  line('26:44', 'transfer', 'watch', { deed: 'correct-place', label: '쓰시마 북방 14 NM', reason: '레이더로 다시 잼' }),
  line('26:50', 'transfer', 'risk', {
    deed: 'answer',
    text: '흘수 변화와 배 모양으로 셈하면 옮긴 양은 40~60톤. 2025. 3. 감천 원산지 허위 건과 같은 선사임.',
  }),
  line('26:51', 'seal', 'busan', { deed: 'answer', text: '현장 확인, 내용물 이상 없음. 운전자 경위 조사 중.' }),
  line('26:52', 'duty-free', 'watch', { deed: 'confirmed' }),
  line('26:57', 'transfer', 'busan', { deed: 'answer', text: '감천 3부두에 검사 인원 6명과 검색기 1대 준비. 입항 예정 06:40.' }),
  line('27:05', 'box', 'newPort', {
    deed: 'report',
    kind: 'inspection',
    urgency: 2,
    text: '표적 컨테이너 WXYU 778812 4 개장 검사',
    links: [{ kind: 'container', id: 'WXYU7788124', label: 'WXYU 778812 4' }],
    place: place('신항 2부두 게이트 7', 35.08, 128.83),
  }),
  line('27:11', 'camera', 'incheon', {
    deed: 'report',
    kind: 'equipment',
    urgency: 3,
    text: '인천 22 카메라 통신 장애, 현장 점검 중',
    links: [{ kind: 'camera', id: '인천 22', label: '인천 22' }],
    place: place('남항 1부두', 37.45, 126.6),
  }),
  line('27:12', 'transfer', 'boat', { deed: 'answer', text: '승선. 선장 포함 14명, 명부와 일치. 어창 4개 중 1·2번 열어 봄.' }),
  line('27:14', 'transfer', 'leader', {
    deed: 'order',
    order: 'hold',
    text: '검색 결과를 적재 대조표와 함께 보고',
    to: 'busan',
    post: 'field-officer',
    due: '33:00',
  }),
  line('27:15', 'transfer', 'boat', { deed: 'taken-on', order: 'hold' }),
  line('27:18', 'transfer', 'watch', {
    deed: 'answer',
    text: '해경 함정은 대기만 부탁함. HAE DONG 88은 목포 쪽 6.8 kn, 목포세관이 이어서 추적.',
  }),
  line('27:19', 'landing', 'yeosu', {
    deed: 'report',
    kind: 'unauthorised-boarding',
    urgency: 2,
    text: '외국 선원 2명 상륙허가 시간 넘김',
    place: place('여수신항 1부두', 34.74, 127.75),
  }),
  line('27:22', 'transfer', 'boat', { deed: 'answer', text: '냉동명태 1,240톤 적하목록과 대조 중. 3번 어창 상자 표시가 두 가지임.' }),
  line('27:30', 'camera', 'watch', { deed: 'confirmed' }),
  line('27:40', 'box', 'newPort', { deed: 'closed', outcome: 'nothing', note: '신고와 일치' }),
  line('28:05', 'landing', 'watch', { deed: 'order', order: 'crew', text: '선원 소재 확인 뒤 보고', to: 'yeosu', due: '29:30' }),
  line('28:12', 'landing', 'yeosu', { deed: 'taken-on', order: 'crew' }),
  line('29:02', 'landing', 'yeosu', { deed: 'carried-out', order: 'crew', text: '2명 모두 선내 복귀 확인, 경위서 받음' }),
  line('29:05', 'landing', 'yeosu', { deed: 'closed', outcome: 'done', note: '출입국 통보' }),
  line('29:20', 'camera', 'incheon', { deed: 'answer', text: '전원 공급 장치 교체 필요. 주간 보수 요청함.' }),
  line('29:40', 'drugs', 'airport', { deed: 'closed', outcome: 'seized', note: '수사팀 인계' }),
  line('30:10', 'duty-free', 'busan', { deed: 'closed', outcome: 'seized', note: '유치, 조사 의뢰' }),
  line('32:10', 'seal', 'busan', { deed: 'closed', outcome: 'nothing', note: '봉인 장치 불량으로 확인, 교체함' }),
  line('32:40', 'transfer', 'boat', { deed: 'carried-out', order: 'hold', text: '적재 대조표 붙임. 3번 어창 40톤이 목록에 없음.' }),
  line('32:52', 'transfer', 'busan', { deed: 'closed', outcome: 'seized', note: '목록에 없는 40톤 유치, 조사 의뢰' }),
  line('33:30', 'loading-port', 'ulsan', { deed: 'closed', outcome: 'referred', note: '원산지 조사 의뢰' }),
  line('34:10', 'camera', 'incheon', { deed: 'closed', outcome: 'done', note: '전원 장치 교체, 정상' }),
]

/** The night before: quieter, and over but for one thing that ends in the morning; so that reports have a day to compare with, and no story is told twice. */
export const DEMO_NIGHT_BEFORE: readonly DemoLine[] = [
  line('20:18', 'gold', 'airport', {
    deed: 'report',
    kind: 'seizure',
    urgency: 2,
    text: '여행자 휴대품 검사, 신고하지 않은 금괴 2점 유치',
    place: place('제2터미널 검사대', 37.47, 126.43),
    goods: [{ type: 'smuggled', name: '금괴', quantity: 2, unit: '점', valueWon: 206_000_000 }],
    isInDailyReport: true,
  }),
  line('20:30', 'gold', 'watch', { deed: 'confirmed' }),
  line('21:05', 'haze', 'gunsan', {
    deed: 'report',
    kind: 'weather',
    urgency: 4,
    text: '서해 중부 옅은 안개, 가시거리 2 km',
    place: place('군산항', 35.97, 126.6),
  }),
  line('21:10', 'haze', 'watch', { deed: 'closed', outcome: 'done', note: '' }),
  line('21:40', 'gold', 'airport', { deed: 'closed', outcome: 'seized', note: '유치, 조사 의뢰' }),
  line('23:05', 'liquor', 'ulsan', {
    deed: 'report',
    kind: 'seizure',
    urgency: 3,
    text: '선용품 양주 24병 미신고 반출 적발',
    place: place('울산 본항 1부두', 35.5, 129.38),
    goods: [{ type: 'smuggled', name: '양주', quantity: 24, unit: '병', valueWon: 7_200_000 }],
  }),
  line('24:40', 'dark-boat', 'yeosu', {
    deed: 'report',
    kind: 'suspicious-act',
    urgency: 2,
    text: '불 끈 어선 1척 묘박지 접근\n검색 명령에 따라 정선, 조업 중 등화 고장으로 확인',
    place: place('여수 묘박지', 34.67, 127.83),
    isInDailyReport: true,
  }),
  line('24:43', 'dark-boat', 'watch', { deed: 'confirmed' }),
  line('25:32', 'dark-boat', 'yeosu', { deed: 'closed', outcome: 'nothing', note: '등화 수리 뒤 이탈 확인' }),
  line('27:20', 'lights', 'incheon', {
    deed: 'report',
    kind: 'equipment',
    urgency: 3,
    text: '인천 북항 카메라 2대 정전',
    place: place('인천 북항', 37.49, 126.62),
  }),
  line('28:05', 'cold-store', 'busan', {
    deed: 'report',
    kind: 'inspection',
    urgency: 3,
    text: '감천항 냉동창고 수산물 표본 검사, 원산지 표시 확인 중',
    place: place('감천항 냉동창고', 35.08, 129.0),
    isInDailyReport: true,
  }),
  line('28:10', 'cold-store', 'watch', { deed: 'confirmed' }),
  line('29:40', 'lights', 'incheon', { deed: 'closed', outcome: 'done', note: '전원 복구, 정상' }),
  line('30:20', 'liquor', 'ulsan', { deed: 'closed', outcome: 'seized', note: '유치, 통고처분' }),
  line('32:30', 'cold-store', 'busan', { deed: 'closed', outcome: 'nothing', note: '표시와 일치' }),
]
