// The officers' page of detectors (docs/officers/detectors.md), made from the detectors' own texts so that it cannot say something else than the product does.
import { DETECTORS } from './index.ts'

const amount = (value: number, unit: string): string => (unit === '' ? String(value) : unit === '°' ? `${value}°` : `${value} ${unit}`)

export function detectorsPage(): string {
  const rows = DETECTORS.map(
    ({ name, alsoRaises, tells }) => `| \`${[name, ...(alsoRaises ?? [])].join('` `')}\` | ${tells.ko} | ${tells.en} |`,
  )
  const settings = DETECTORS.flatMap(({ name, settings: own }) =>
    Object.entries(own).map(
      ([field, { default: value, unit, min, max, sentence }]) =>
        `| \`${name}\` | \`${field}\` | ${sentence.ko} | ${sentence.en} | ${amount(value, unit)} | ${amount(min, unit)} – ${amount(max, unit)} |`,
    ),
  )
  return `# 탐지 규칙 · What the detectors tell

이 쪽은 탐지기의 글에서 만들어집니다. 낮음 등급은 기록만 되고 경보가 되지 않습니다. 한 상황은 경보 하나입니다: 한 선박에 30분·5해리 안의 발견은 합쳐집니다.
수신이 끊긴 기지국·피드의 선박은 두절로 보지 않습니다.

This page is made from the detectors' own texts. Low findings are logged and never an alarm. One situation is one alarm: findings on one ship within 30 minutes and
5 nautical miles are joined. Ships of a silent station or feed are not called lost.

| 규칙 · rule | 알리는 것 | tells |
|---|---|---|
${rows.join('\n')}

## 설정 · Settings

| 규칙 · rule | 설정 · setting | 뜻 | meaning | 기본값 · default | 범위 · bounds |
|---|---|---|---|---|---|
${settings.join('\n')}

정박지·부두·항계·대기구역·작업구역과, 최근 30일간 서로 다른 선박 20척 이상이 머문 곳(0.02° 칸)에서는 접현·배회·두절을 알리지 않습니다. 예인·준설·도선·구조·급유 지원·단속·의료선은 감시 대상으로 지정된 때만 접현·배회를 알립니다.

In anchorages, berths, ports, waiting and works areas, and where at least twenty different ships stopped within thirty days (cells of 0.02°), nothing is told of lying together, wandering or going silent. Tugs, dredgers, pilots, rescue, tenders, patrol and
medical craft are told of only when they are marked watched.
`
}
