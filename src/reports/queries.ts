// The questions that figures and lines answer: what was counted, by which time, of which records. Shown on the screen as ‘왜 이 숫자’, kept beside each value.

export const QUERIES = {
  'alarms.raised': {
    ko: '기간 안에 발령된 경보의 수. 알림(단계 4)은 경보가 아니므로 빠지고, 한 상황은 한 건으로 셈.',
    en: 'Alarms raised within the span. Notices (level 4) are no alarms; one situation is one alarm.',
  },
  'alarms.response': {
    ko: '발령에서 사람의 첫 조치(확인·배정·보류·기록·종결)까지 걸린 시간의 평균. 아직 조치가 없는 경보는 빠짐.',
    en: 'Mean time from raising to the first act of a person (acknowledge, assign, shelve, note, close). Alarms without an act yet are left out.',
  },
  'alarms.signal-lost': {
    ko: '기간 안에 발령된 경보 중 신호 소실이 앞선 사유인 것.',
    en: 'Alarms raised within the span whose leading reason is a lost signal.',
  },
  'alarms.grave': {
    ko: '기간 안에 발령된 긴급·경고(단계 0–2) 경보와 기준 시각까지의 조치.',
    en: 'Alarms of levels 0–2 raised within the span, and what was done by the time of the report.',
  },
  'alarms.hourly': { ko: '기간 안에 발령된 경보를 시각(KST)별로 셈.', en: 'Alarms raised within the span, by hour (KST).' },
  'incidents.marked': {
    ko: '‘일일상황에 싣기’로 표시되고 기간 안에 보고되거나 움직인 사건, 기준 시각의 내용.',
    en: 'Incidents marked for the daily report that were reported or moved within the span, as they stood at its end.',
  },
  'incidents.searches': {
    ko: '기간 안에 보고된 검색 결과·검사 사건의 수.',
    en: 'Incidents of kind search result or inspection reported within the span.',
  },
  'incidents.seized': {
    ko: '기간 안에 적발로 종결된 사건. 한 사건은 첫 물품의 종류로 한 번만 세고, 금액과 수량은 그 종류의 물품을 모두 더함.',
    en: 'Incidents closed as seized within the span. Each is counted once, by its first goods; values and quantities add all goods of that type.',
  },
  'incidents.equipment': {
    ko: '기간 안에 보고되었거나 기준 시각에 열려 있는 장비 사건.',
    en: 'Incidents of kind equipment reported within the span or open at its end.',
  },
  'incidents.weather': { ko: '기간 안에 보고된 기상 사건.', en: 'Incidents of kind weather reported within the span.' },
  'orders.open': { ko: '기준 시각에 끝나지 않은 지시, 기한 순.', en: 'Orders not carried out by the time of the report, by due time.' },
  'lines.offices': { ko: '소속 기관이 마감 시각까지 낸 보고.', en: 'What the offices handed in before the closing time.' },
  'seals.left': {
    ko: '기간 안에 봉인이 작동된 채 출발지를 떠난 운송.',
    en: 'Transports that left their origin under an armed seal within the span.',
  },
  'seals.arrived': { ko: '기간 안에 도착한 봉인 운송.', en: 'Transports under seal that arrived within the span.' },
  'seals.under-way': { ko: '기준 시각에 운송 중인 봉인 운송.', en: 'Transports under seal on their way at the time of the report.' },
  'seals.violations': {
    ko: '기간 안에 발령된 봉인 운송 경보(철회된 것은 뺌). 한 상황은 한 건.',
    en: 'Alarms about transports under seal raised within the span, those taken back left out; one situation is one.',
  },
  'feeds.running': {
    ko: '기준 시각에 수신 중인 선박 위치 수신망과 기간 안에 끊긴 시간.',
    en: 'Feeds of ship positions receiving at the time of the report, and how long they were silent within the span.',
  },
  'ships.waters': {
    ko: '기준 시각 앞 30분 안에 위치가 수신된 선박의 마지막 위치를 관할 해역별로 셈. 정박은 0.5노트 이하.',
    en: 'Last positions of ships heard within the half hour before the time of the report, by waters. At rest: 0.5 knots or less.',
  },
  'ships.arrivals': {
    ko: '기간 안에 항만 5해리 안으로 들어와 멈춘 선박(AIS A급, 도선선·예선 제외). 통계의 ‘입항’과 같은 정의.',
    en: 'Ships (AIS class A, no pilots or tugs) that came within 5 NM of a port and lay still there. As the statistics count arrivals.',
  },
  'ships.departures': {
    ko: '기간 안에 항만에 멈추었다가 6해리 밖으로 나간 선박(AIS A급, 도선선·예선 제외). 통계의 ‘출항’과 같은 정의.',
    en: 'Ships (AIS class A, no pilots or tugs) that lay still in a port and went more than 6 NM from it. As the statistics count departures.',
  },
  'staff.on-duty': {
    ko: '기준 시각에 편성표에 따라 근무 중인 자리. 공석은 휴가인데 대신할 사람이 없는 자리, 대직은 휴가·교대 근무로 바뀐 자리.',
    en: 'Seats that stand by the roster at the time of the report. Empty: on leave with nobody in place; stand-ins: changed by leave or a swap.',
  },
  'staff.hand-overs': {
    ko: '기준 시각 앞 24시간에 끝난 마지막 근무의 인계서. 두 서명이 그 시각까지 있으면 마친 것.',
    en: 'The sheet of the last watch that ended within the 24 hours before. Done when both had signed by then.',
  },
  'late.records': {
    ko: '전일 보고가 확정된 때부터 그 보고의 기준 시각까지 발령된 경보와 보고된 사건. 어느 보고에도 실리지 않았던 것.',
    en: 'Alarms raised and incidents reported between the sealing of the report before and its hour: in no report yet.',
  },
  'log.lines': { ko: '당직 일지의 기록.', en: 'Lines of the duty log.' },
  typed: { ko: '사람이 적은 내용.', en: 'Typed by a person.' },
} as const satisfies Readonly<Record<string, { readonly ko: string; readonly en: string }>>

export type QueryId = keyof typeof QUERIES
