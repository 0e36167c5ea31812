// The officers' page of violations (docs/officers/seal-violations.md), made from the rules' own texts so that it cannot say something else than the product does.
import type { Severity } from '#rules/index.ts'
import { CO_STOP } from '../journeys/co-stop.ts'
import { VIOLATIONS } from '../schema.ts'
import { SEAL_DETECTORS } from './index.ts'

const SEVERITY: Readonly<Record<Severity, string>> = {
  emergency: '비상 · emergency',
  critical: '긴급 · critical',
  high: '경고 · high',
  medium: '주의 · medium',
  low: '알림 · low',
}
const amount = (value: number, unit: string): string => (unit === '' ? String(value) : `${value} ${unit}`)

/** What takes two journeys is told by the pass itself, with limits that are fixed. */
const TOGETHER = {
  name: 'co-stop',
  tells: { ko: '두 운송이 계획에 없는 곳에 함께 정차', en: 'two journeys stand together where neither is to stop' },
  severity: 'high',
} as const

export function violationsPage(): string {
  const told = [...SEAL_DETECTORS, TOGETHER]
  const rows = VIOLATIONS.map(name => {
    const one = told.find(rule => rule.name === name)
    if (!one) throw new Error(`no rule tells of ${name}`)
    return `| \`${name}\` | ${one.tells.ko} | ${one.tells.en} | ${SEVERITY[one.severity]} |`
  })
  const settings = SEAL_DETECTORS.flatMap(({ name, settings: own }) =>
    Object.entries(own).map(
      ([field, { default: value, unit, min, max, sentence }]) =>
        `| \`${name}\` | \`${field}\` | ${sentence.ko} | ${sentence.en} | ${amount(value, unit)} | ${amount(min, unit)} – ${amount(max, unit)} |`,
    ),
  )
  return `# 봉인 위반 · What is wrong with a sealed journey

이 쪽은 판정 규칙의 글에서 만들어집니다. 판정은 단말의 경보만으로 하지 않습니다: 운송의 상태, 봉인의 상태, 장소, 시각, 누가 허가받았는지를 함께 봅니다.
도착 지정구역 안에서 허가받은 담당자가 여는 것은 위반이 아니라 개봉입니다.

This page is made from the rules' own texts. Nothing is judged by a device's alarm alone: the state of the journey, the state of the seal, place, time and who was
authorised are looked at together. An opening inside the destination's area by an authorised officer is no violation, it is the unsealing.

| 위반 · violation | 알리는 것 | tells | 등급 · severity |
|---|---|---|---|
${rows.join('\n')}

## 설정 · Settings

| 위반 · violation | 설정 · setting | 뜻 | meaning | 기본값 · default | 범위 · bounds |
|---|---|---|---|---|---|
${settings.join('\n')}

\`co-stop\`: ${CO_STOP.metres} m 안에서 ${CO_STOP.minutes}분; 같은 호송단(convoy)과 출발지·도착지·허용 정차지에서는 알리지 않습니다. · within ${CO_STOP.metres} m for ${CO_STOP.minutes} min; not within a convoy, nor at
origins, destinations and allowed stops.

## 어떻게 판정하나 · How it is judged

| | |
|---|---|
| **단말 시각으로 판정** 늦게 온 보고는 제자리에 넣고 그 뒤를 다시 판정합니다. 뒷받침이 없어진 위반은 까닭과 함께 철회됩니다. | **By the device's clock.** A report that comes late is put in its place and what follows is judged again. A violation that no longer holds is withdrawn, with the reason. |
| **어긋난 시계** 5분 넘게 앞서거나 7일 넘게 뒤진 시각은 믿지 않고, 받은 시각으로 판정하며 \`clock-drift\`로 알립니다. | **A wrong clock.** More than 5 min ahead or 7 days behind is not believed: judged by time of receipt, and told as \`clock-drift\`. |
| **지난 일** 판정하게 한 보고가 10분 넘게 늦게 왔으면 '실시간 아님'으로 표시됩니다. | **Of the past.** Decided by a report that was more than 10 min old when it came: marked as not live. |
| **두절** 받은 시각으로만 알 수 있습니다. 다시 들리면 끝납니다. | **Silence** is known by our clock only, and ends when the seal is heard. |
| **개봉 권한** 도착지 담당자의 카드, 또는 시스템의 개봉 허가(따로 정하지 않으면 1시간). 고위험 화물은 두 사람. | **Who may open:** an officer of the destination by card, or by leave given here (one hour where nothing else is said). For cargo of high risk, two. |
| **경로** 허용 폭까지 돌아오면 끝납니다. 셀 위치는 2 km, HDOP 1마다 10 m를 더 봐줍니다. | **The corridor:** back within its width ends it. A place by cells alone is given 2 km more, each unit of HDOP 10 m. |
| **통신 음영·주의 지점** 구역의 메모에 '통신 음영' 또는 '주의 지점'이라 쓰면 됩니다. | **Dead zones and black spots** are areas whose note says 'dead zone' or 'black spot'. |
| **중지된 운송** 경로·정차·위치·두절은 판정하지 않고, 봉인 개봉은 그대로 판정합니다. | **A suspended journey:** way, stops, position and silence are not judged; an opening is. |
`
}
