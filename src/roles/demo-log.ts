// What the watch writes into the duty log on a night of the demo, by seat (there are no persons in the demo); and the weather and plans of the day that the daily report and the
// hand-over take from it. Times are KST, hours past midnight count on (26:31 is 02:31). After design/handover.png and daily-report.md §5.
import type { NewLine } from '#shifts/index.ts'

const SEATS = {
  leader: { ko: '조장', en: 'leader' },
  one: { ko: '당직 1', en: 'watch 1' },
  two: { ko: '당직 2', en: 'watch 2' },
  risk: { ko: '위험분석 1', en: 'risk analysis 1' },
} as const

export interface DemoLogLine {
  readonly at: string
  readonly organisation: string
  readonly seat: (typeof SEATS)[keyof typeof SEATS]
  readonly kind: NewLine['kind']
  readonly text: string
  /** A plan: when it is, KST of the same count of hours. */
  readonly due?: string
  /** Puts the line written at this time right. */
  readonly corrects?: string
}

const line = (at: string, seat: keyof typeof SEATS, text: string, more: Partial<DemoLogLine> = {}): DemoLogLine => ({
  at,
  seat: SEATS[seat],
  text,
  organisation: 'hq',
  kind: 'note',
  ...more,
})
const weather = (at: string, text: string, organisation = 'hq'): DemoLogLine => line(at, 'two', text, { kind: 'weather', organisation })
const plan = (at: string, due: string, text: string): DemoLogLine => line(at, 'leader', text, { kind: 'plan', due })

export const DEMO_LOG: readonly DemoLogLine[] = [
  line('18:04', 'leader', '야간조 전원 출근, 인계 항목 확인 마침'),
  weather('18:20', '부산 앞바다 북동 8~12 m/s, 물결 1.5~2.5 m'),
  weather('19:20', '서해 중부 짙은 안개, 가시거리 500 m 아래', 'gunsan'),
  plan('19:40', '34:00', '고위험 선박 합동검색 회의 (부산)'),
  plan('19:41', '38:00', '해경·해수부 정보 공유 (화상)'),
  line('21:10', 'one', '해양경찰 종합상황실과 통화, 특이 동향 없음'),
  line('22:15', 'leader', '인천공항 마약류 12 g 적발 보고 접수, 수사팀 인계까지 격리 지시'),
  line('23:30', 'one', '영상·수신망 정시 점검, 이상 없음'),
  line('25:53', 'two', '여수 야간 교대 보고 접수'),
  line('26:19', 'one', '#PACIFIC SUN 21 위험분석 배정'),
  line('26:27', 'one', '감시정 부산-3 출동 대기 지시'),
  line('26:31', 'one', '열상 2번, 두 배 접선 확인. 위치 쓰시마 북방 12해리'),
  line('26:33', 'one', '감천 3부두 선용품 미신고 반출, 담배 180보루 유치', { organisation: 'busan' }),
  line('26:44', 'one', '열상 2번, 두 배 접선 확인. 위치 쓰시마 북방 14해리', { corrects: '26:31' }),
  line('26:51', 'two', '전자봉인 개봉 현장 확인, 내용물 이상 없음', { organisation: 'busan' }),
  line('27:14', 'leader', '지시 1 전파: 검색 결과 09:00까지 (부산-3, 감시과)'),
  line('28:35', 'two', '#PACIFIC SUN 21 입항 05:50 → 08:20, 카메라 2대 지정'),
  weather('29:52', '18시 남해 동부 풍랑 예비특보. 발효하면 소형 감시정 귀항, 서수로는 CCTV·위성 AIS 집중 감시'),
  line('30:40', 'leader', '일일상황 초안 확인, 주요 동향 4건'),
  line('32:20', 'leader', '주간조 전원 출근, 상황 설명 시작'),
]
