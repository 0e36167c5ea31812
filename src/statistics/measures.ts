// Every measure of the product, in one table: what it is called, its unit, how it is counted in words, and which facts it counts. Figures, boards, the daily report and the
// drill-down all read this. Measures of rooms that do not stand yet are defined here too and answer ‘연계 전’.
import type { Condition, MeasureDefinition, MeasureFunction, Unit } from './schema.ts'

interface Rest {
  readonly where?: readonly Condition[]
  readonly number?: string
  readonly part?: readonly Condition[]
  readonly whole?: string
  readonly group?: MeasureDefinition['group']
  readonly better?: 'more' | 'less'
}
const measure = (
  id: string,
  source: string,
  [ko, en]: readonly [string, string],
  unit: Unit,
  how: MeasureFunction,
  [formulaKo, formulaEn]: readonly [string, string],
  rest: Rest = {},
): MeasureDefinition => ({
  id,
  source,
  ko,
  en,
  unit,
  function: how,
  formula: { ko: formulaKo, en: formulaEn },
  where: [],
  group: 'kind',
  ...rest,
})

const TRANSPORT: readonly Condition[] = [{ field: 'kind', is: ['transport'] }]
const GRAVE: Condition = { field: 'level', below: 3 }
const SEIZED_KO =
  '확인된 적발 사건(적발·마약사범·금지물품. 이상 없음·오인으로 종결된 것은 뺌)과 결과가 적발인 사건. 물품이 여럿이면 가장 무거운 것 하나로 셈. 시각은 발생 시각. 07:00 보고는 그 사이 적발로 종결된 것만 세므로 더 적을 수 있음'
const SEIZED_EN =
  'confirmed incidents of a seizing kind (those closed as nothing or mistaken left out) and any closed as seized; counted once under their gravest goods, by the time they occurred. The 07:00 report counts only those closed as seized within its span and may tell fewer'
const TIMES_KO = '비상·긴급·경고 경보의'
const TIMES_EN = 'of emergency, critical and high alarms,'

export const MEASURES: readonly MeasureDefinition[] = [
  measure('seizures', 'seizures', ['적발', 'Seizures'], 'cases', 'count', [`건수: ${SEIZED_KO}`, `number of ${SEIZED_EN}`], {
    better: 'more',
  }),
  measure(
    'seizure-value',
    'seizures',
    ['적발 금액', 'Value seized'],
    'won',
    'sum',
    [
      `물품 금액의 합: ${SEIZED_KO}. 금액이 없는 물품은 넣지 않음`,
      `sum of the goods’ value: ${SEIZED_EN}; goods without a value are left out`,
    ],
    { number: 'valueWon', better: 'more' },
  ),
  measure(
    'narcotics-weight',
    'seizures',
    ['마약류 중량', 'Narcotics seized'],
    'g',
    'sum',
    [`마약류 적발의 중량 합(g으로 환산): ${SEIZED_KO}`, `weight of narcotics, in grams: ${SEIZED_EN}`],
    { where: [{ field: 'kind', is: ['narcotics'] }], number: 'weightG', group: 'organisation', better: 'more' },
  ),
  measure(
    'threat-pieces',
    'seizures',
    ['안보위해물품 수량', 'Security threats seized'],
    'pieces',
    'sum',
    [`안보위해물품 적발의 수량 합: ${SEIZED_KO}`, `pieces of security-threatening goods: ${SEIZED_EN}`],
    { where: [{ field: 'kind', is: ['security-threat'] }], number: 'pieces', group: 'organisation', better: 'more' },
  ),

  measure('checks', 'checks', ['검사·검색', 'Checks'], 'cases', 'count', [
    '보고된 검사와 검색의 건수. 오인으로 종결된 것은 뺌',
    'searches and inspections reported; those closed as mistaken left out',
  ]),
  measure(
    'check-hits',
    'checks',
    ['검사 적발', 'Hits of checks'],
    'cases',
    'count',
    ['결과가 적발인 검사·검색의 건수', 'checks closed as seized'],
    { where: [{ field: 'sub', is: ['hit'] }], better: 'more' },
  ),
  measure(
    'hit-share',
    'checks',
    ['검사 적발률', 'Hit rate'],
    'share',
    'share',
    ['적발 ÷ 결과가 나온 검사·검색(진행 중인 것은 뺌)', 'hits ÷ checks with a result (those under way left out)'],
    { where: [{ field: 'sub', not: ['open'] }], part: [{ field: 'sub', is: ['hit'] }], better: 'more' },
  ),
  measure('boardings', 'checks', ['승선 검색', 'Boardings'], 'cases', 'count', ['선박이 연결된 검색의 건수', 'searches linked to a ship'], {
    where: [{ field: 'kind', is: ['boarding'] }],
    group: 'organisation',
  }),
  measure(
    'ships-boarded',
    'checks',
    ['검색 선박', 'Ships boarded'],
    'ships',
    'distinct',
    ['승선 검색을 받은 서로 다른 선박의 수', 'different ships that were boarded'],
    { where: [{ field: 'kind', is: ['boarding'] }], group: 'organisation' },
  ),

  measure('incidents', 'incidents', ['사건', 'Incidents'], 'cases', 'count', [
    '접수된 사건의 건수. 다른 사건에 합쳐진 것은 그쪽에서 셈',
    'incidents received; one merged into another is counted there',
  ]),
  measure(
    'incident-to-close',
    'incidents',
    ['접수 → 종결 중앙값', 'Received → closed, median'],
    's',
    'median',
    ['종결된 사건의 접수부터 종결까지 시간의 중앙값', 'median time from receipt to closing, of closed incidents'],
    { number: 'closeS', better: 'less' },
  ),

  measure('alarms', 'alarms', ['경보', 'Alarms'], 'cases', 'count', [
    '발령된 경보의 건수(한 상황은 한 건). 규칙은 경보를 이끈 것',
    'alarms raised, one a situation, by the rule that leads',
  ]),
  measure(
    'alarms-grave',
    'alarms',
    ['긴급·경고 경보', 'Critical and high alarms'],
    'cases',
    'count',
    ['발령 때 등급이 비상·긴급·경고인 경보의 건수', 'alarms of level emergency, critical or high by their own gravity'],
    { where: [GRAVE] },
  ),
  measure(
    'alarm-real-share',
    'alarms',
    ['실제 상황 비율', 'Share of real alarms'],
    'share',
    'share',
    ['오경보가 아닌 것으로 종결 ÷ 판정된 경보(미정은 뺌)', 'closed as not false ÷ alarms with a verdict (undecided left out)'],
    { where: [{ field: 'sub', not: ['undecided'] }], part: [{ field: 'sub', is: ['real'] }], better: 'more' },
  ),
  measure(
    'alarm-false-share',
    'alarms',
    ['오경보 비율', 'Share of false alarms'],
    'share',
    'share',
    ['오경보로 종결 ÷ 판정된 경보(미정은 뺌)', 'closed as false ÷ alarms with a verdict (undecided left out)'],
    { where: [{ field: 'sub', not: ['undecided'] }], part: [{ field: 'sub', is: ['false'] }], better: 'less' },
  ),

  measure(
    'to-acknowledge',
    'alarms',
    ['경보 → 확인 중앙값', 'Alarm → acknowledged, median'],
    's',
    'median',
    [`${TIMES_KO} 발령부터 첫 확인까지 시간의 중앙값`, `${TIMES_EN} median time from raising to the first act of a person`],
    { where: [GRAVE], number: 'acknowledgeS', better: 'less' },
  ),
  measure(
    'to-acknowledge-90',
    'alarms',
    ['경보 → 확인 90%', 'Alarm → acknowledged, 90 %'],
    's',
    'p90',
    [
      `${TIMES_KO} 발령부터 첫 확인까지 시간의 90백분위`,
      `${TIMES_EN} 90th percentile of the time from raising to the first act of a person`,
    ],
    { where: [GRAVE], number: 'acknowledgeS', better: 'less' },
  ),
  measure(
    'response-mean',
    'alarms',
    ['평균 최초 조치', 'Mean first response'],
    's',
    'mean',
    [`${TIMES_KO} 발령부터 첫 조치까지 시간의 평균`, `${TIMES_EN} mean time from raising to the first act of a person`],
    { where: [GRAVE], number: 'acknowledgeS', better: 'less' },
  ),
  measure(
    'to-assign',
    'alarms',
    ['경보 → 배정 중앙값', 'Alarm → assigned, median'],
    's',
    'median',
    [`${TIMES_KO} 발령부터 담당자 배정까지 시간의 중앙값`, `${TIMES_EN} median time from raising to being assigned`],
    { where: [GRAVE], number: 'assignS', better: 'less' },
  ),
  measure(
    'to-assign-90',
    'alarms',
    ['경보 → 배정 90%', 'Alarm → assigned, 90 %'],
    's',
    'p90',
    [`${TIMES_KO} 발령부터 담당자 배정까지 시간의 90백분위`, `${TIMES_EN} 90th percentile of the time from raising to being assigned`],
    { where: [GRAVE], number: 'assignS', better: 'less' },
  ),
  measure(
    'to-close',
    'alarms',
    ['경보 → 종결 중앙값', 'Alarm → closed, median'],
    's',
    'median',
    [`${TIMES_KO} 발령부터 판정을 붙여 종결할 때까지 시간의 중앙값`, `${TIMES_EN} median time from raising to closing with a verdict`],
    { where: [GRAVE], number: 'closeS', better: 'less' },
  ),
  measure(
    'to-close-90',
    'alarms',
    ['경보 → 종결 90%', 'Alarm → closed, 90 %'],
    's',
    'p90',
    [
      `${TIMES_KO} 발령부터 판정을 붙여 종결할 때까지 시간의 90백분위`,
      `${TIMES_EN} 90th percentile of the time from raising to closing with a verdict`,
    ],
    { where: [GRAVE], number: 'closeS', better: 'less' },
  ),
  measure(
    'to-dispatch',
    'patrols',
    ['경보 → 출동 중앙값', 'Alarm → dispatched, median'],
    's',
    'median',
    [
      '발령부터 순찰 출동까지 시간의 중앙값. 순찰 연계 뒤부터',
      'median time from raising to the dispatch of a patrol; from the day patrols are linked',
    ],
    { number: 'dispatchS', better: 'less' },
  ),
  measure(
    'to-dispatch-90',
    'patrols',
    ['경보 → 출동 90%', 'Alarm → dispatched, 90 %'],
    's',
    'p90',
    [
      '발령부터 순찰 출동까지 시간의 90백분위. 순찰 연계 뒤부터',
      '90th percentile of the time from raising to the dispatch of a patrol; from the day patrols are linked',
    ],
    { number: 'dispatchS', better: 'less' },
  ),
  measure(
    'to-arrive',
    'patrols',
    ['경보 → 도착 중앙값', 'Alarm → arrived, median'],
    's',
    'median',
    [
      '발령부터 순찰 도착까지 시간의 중앙값. 순찰 연계 뒤부터',
      'median time from raising to the arrival of a patrol; from the day patrols are linked',
    ],
    { number: 'arriveS', better: 'less' },
  ),
  measure(
    'to-arrive-90',
    'patrols',
    ['경보 → 도착 90%', 'Alarm → arrived, 90 %'],
    's',
    'p90',
    [
      '발령부터 순찰 도착까지 시간의 90백분위. 순찰 연계 뒤부터',
      '90th percentile of the time from raising to the arrival of a patrol; from the day patrols are linked',
    ],
    { number: 'arriveS', better: 'less' },
  ),

  measure(
    'arrivals',
    'ship-calls',
    ['입항', 'Arrivals'],
    'ships',
    'count',
    [
      '항만 5해리 안에 들어와 멈춘 선박(A급, 도선·예인선 제외)의 수. 시각은 들어온 때. 지나간 배와 처음부터 안에 있던 배는 세지 않음',
      'ships (class A, no pilots or tugs) that came within 5 NM of a port and lay still there, at the time they came; who passed or was there from the first is not counted',
    ],
    { where: [{ field: 'kind', is: ['arrival'] }], group: 'sub' },
  ),
  measure(
    'departures',
    'ship-calls',
    ['출항', 'Departures'],
    'ships',
    'count',
    [
      '항만에 멈추었다가 6해리 밖으로 나간 선박(A급, 도선·예인선 제외)의 수. 시각은 나간 때',
      'ships (class A, no pilots or tugs) that lay still in a port and went more than 6 NM from it, at the time they went',
    ],
    { where: [{ field: 'kind', is: ['departure'] }], group: 'sub' },
  ),
  measure(
    'ship-calls',
    'ship-calls',
    ['입출항', 'Ship calls'],
    'ships',
    'count',
    ['입항과 출항을 더한 수', 'arrivals and departures together'],
    { group: 'sub' },
  ),
  measure(
    'ships-called',
    'ship-calls',
    ['입출항 선박', 'Ships calling'],
    'ships',
    'distinct',
    ['입항하거나 출항한 서로 다른 선박의 수(MMSI)', 'different ships (MMSI) that arrived or departed'],
    { group: 'sub' },
  ),

  measure(
    'feed-availability',
    'feeds',
    ['수신망 가동률', 'Feed availability'],
    'share',
    'share',
    [
      '수신한 시간(분) ÷ 측정한 시간(분). 1분마다 봄. 일부러 멈춘 때와 시스템이 꺼져 있던 때는 측정하지 않음',
      'minutes receiving ÷ minutes measured, looked at each minute; pauses on purpose and time the product did not run are not measured',
    ],
    { number: 'upMin', whole: 'measuredMin', better: 'more' },
  ),
  measure(
    'feed-silence',
    'feeds',
    ['수신망 무응답', 'Feed silence'],
    'min',
    'sum',
    ['무응답이던 시간(분)의 합', 'minutes without reports'],
    { number: 'downMin', better: 'less' },
  ),

  measure(
    'reports-on-time',
    'reports',
    ['07:00 보고 제때', '07:00 reports on time'],
    'share',
    'share',
    ['제때 결재된 일일보고 ÷ 일일보고', 'daily reports approved in time ÷ daily reports'],
    { where: [{ field: 'kind', is: ['daily'] }], part: [{ field: 'sub', is: ['on-time'] }], better: 'more' },
  ),
  measure(
    'office-lines-on-time',
    'reports',
    ['06:20 세관 마감', 'Offices’ lines on time'],
    'share',
    'share',
    ['06:20까지 마감한 세관 ÷ 마감할 세관', 'offices that closed their lines by 06:20 ÷ all that had to'],
    { where: [{ field: 'kind', is: ['office-lines'] }], part: [{ field: 'sub', is: ['on-time'] }], group: 'organisation', better: 'more' },
  ),

  measure('high-risk-ships', 'selection', ['고위험 선박', 'High-risk ships'], 'ships', 'count', [
    '선별에서 고위험으로 판정된 선박의 수. 위험관리 연계 뒤부터',
    'ships selected as high-risk; from the day risk management is linked',
  ]),
  measure(
    'seal-transports',
    'seals',
    ['봉인 운송', 'Sealed transports'],
    'cases',
    'count',
    [
      '봉인이 작동된 채 출발지를 떠난 운송의 건수. 시각은 출발 시각(봉인의 시계)',
      'transports that left their origin under an armed seal, by the time they left (the seal’s clock)',
    ],
    { where: TRANSPORT, group: 'organisation' },
  ),
  measure(
    'seal-on-time',
    'seals',
    ['제때 도착률', 'Arrived in time'],
    'share',
    'share',
    ['도착 기한 안에 도착한 운송 ÷ 도착한 운송', 'transports that arrived within their time ÷ those that arrived'],
    {
      where: [...TRANSPORT, { field: 'sub', is: ['on-time', 'late'] }],
      part: [{ field: 'sub', is: ['on-time'] }],
      group: 'organisation',
      better: 'more',
    },
  ),
  measure(
    'seal-trip',
    'seals',
    ['봉인 운송 시간', 'Time under way'],
    'min',
    'median',
    ['출발에서 도착까지 걸린 시간의 중앙값', 'median time from leaving to arriving'],
    { where: TRANSPORT, number: 'tripMin', group: 'organisation', better: 'less' },
  ),
  measure(
    'seal-violations',
    'seals',
    ['봉인 위반', 'Seal violations'],
    'cases',
    'count',
    [
      '봉인 운송에 관한 경보의 건수(철회된 것은 뺌). 한 상황은 한 건',
      'alarms about transports under seal, those taken back left out; one situation is one',
    ],
    { where: [{ field: 'kind', not: ['transport'] }], better: 'less' },
  ),
  measure(
    'seal-openings',
    'seals',
    ['무단개봉·훼손', 'Opened or damaged'],
    'cases',
    'count',
    ['무단개봉, 절단, 훼손, 제거 경보의 건수', 'alarms of seals opened without authority, cut, tampered with or removed'],
    { where: [{ field: 'kind', is: ['seal-opened', 'seal-cut', 'shell-tampered', 'seal-removed'] }], better: 'less' },
  ),
  measure(
    'camera-availability',
    'cameras',
    ['CCTV 가동률', 'Camera availability'],
    'share',
    'share',
    ['가동 시간 ÷ 측정 시간. CCTV 연계 뒤부터', 'time working ÷ time measured; from the day cameras are linked'],
    { number: 'upMin', whole: 'measuredMin', group: 'organisation', better: 'more' },
  ),
  measure(
    'patrol-hours',
    'patrols',
    ['순찰 시간', 'Patrol hours'],
    'h',
    'sum',
    ['순찰에 나가 있던 시간의 합. 순찰 연계 뒤부터', 'hours on patrol; from the day patrols are linked'],
    { number: 'patrolH', group: 'organisation' },
  ),
  measure(
    'patrols',
    'patrols',
    ['순찰', 'Patrols'],
    'times',
    'count',
    ['순찰 횟수. 순찰 연계 뒤부터', 'patrols made; from the day patrols are linked'],
    { group: 'organisation' },
  ),
]
