// Areas of the demo, marked as such: where ports, anchorages and limits plausibly lie. Not the real limits of anything.
import { offset } from '#base/index.ts'
import { type Area, PORTS } from '#places/index.ts'
import { createRoads } from './seals/roads.ts'

const circle = (lat: number, lon: number, radiusM: number, corners = 16): (readonly [number, number])[] =>
  Array.from({ length: corners }, (_, n) => {
    const at = offset(lat, lon, (n * 360) / corners, radiusM)
    return [Number(at.lon.toFixed(5)), Number(at.lat.toFixed(5))] as const
  })

/** Where the watched ship goes in: a box south of Geoje. */
export const GUARDED = { west: 128.45, south: 34.28, east: 128.75, north: 34.48 }
export const ANCHORAGES: readonly { readonly name: string; readonly lat: number; readonly lon: number }[] = [
  { name: '부산 남외항 묘박지 (시연)', lat: 34.99, lon: 129.13 },
  { name: '울산 묘박지 (시연)', lat: 35.4, lon: 129.5 },
  { name: '여수 묘박지 (시연)', lat: 34.62, lon: 127.86 },
  { name: '인천 묘박지 (시연)', lat: 37.26, lon: 126.42 },
  { name: '포항 묘박지 (시연)', lat: 36.08, lon: 129.52 },
]
export const FISHING_GROUNDS: readonly { readonly lat: number; readonly lon: number }[] = [
  { lat: 33.9, lon: 127.6 },
  { lat: 34.2, lon: 125.6 },
  { lat: 36.2, lon: 125.4 },
  { lat: 35.6, lon: 130.2 },
  { lat: 37.9, lon: 129.6 },
  { lat: 33.0, lon: 127.2 },
  { lat: 35.2, lon: 125.5 },
]

/** Between a dead zone's edge and the last place that is heard before it. */
const DEAD_MARGIN_M = 2500

/** Beside and on the roads of the simulated trucks: bonded yards, places to keep out of, and where the network is known to be dead. */
export function sealAreas(): readonly Area[] {
  const { areas, deadZones } = createRoads()
  return [
    ...areas.map(
      ({ id, name, kind, lat, lon, radiusM }): Area => ({
        id,
        name: `${name} (시연)`,
        kind,
        polygon: [circle(lat, lon, radiusM)],
        demo: true,
      }),
    ),
    ...deadZones.map(
      ({ name, lat, lon, radiusM }, n): Area => ({
        id: `demo-dead-zone-${n + 1}`,
        name: `${name} (시연)`,
        kind: 'other',
        polygon: [circle(lat, lon, radiusM + DEAD_MARGIN_M)],
        note: '통신 음영 구간',
        demo: true,
      }),
    ),
  ]
}

export function demoAreas(): readonly Area[] {
  const ports = PORTS.map(
    (port): Area => ({
      id: `demo-port-${port.code}`,
      name: `${port.ko}${port.ko.endsWith('신항') ? '' : '항'} (시연)`,
      kind: 'port',
      polygon: [circle(port.lat, port.lon, 5000)],
      demo: true,
    }),
  )
  const anchorages = ANCHORAGES.map(
    (one, n): Area => ({
      id: `demo-anchorage-${n + 1}`,
      name: one.name,
      kind: 'anchorage',
      polygon: [circle(one.lat, one.lon, 4500)],
      demo: true,
    }),
  )
  const { west, south, east, north } = GUARDED
  return [
    ...ports,
    ...anchorages,
    ...sealAreas(),
    {
      id: 'demo-guarded',
      name: '남해 감시구역 (시연)',
      kind: 'designated',
      polygon: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
        ],
      ],
      severity: 'high',
      demo: true,
    },
    {
      id: 'demo-speed-busan',
      name: '부산항 입구 속력 제한 (시연)',
      kind: 'speed-limit',
      polygon: [circle(35.04, 129.1, 3500)],
      maxKn: 20,
      demo: true,
    },
  ]
}
