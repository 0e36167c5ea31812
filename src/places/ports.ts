// Ports around Korea with their UN/LOCODE and a place on the water by which ships come and go (general geography, to about a mile).

export interface Port {
  readonly code: string
  readonly ko: string
  readonly en: string
  readonly lat: number
  readonly lon: number
}

const port = (code: string, ko: string, en: string, lat: number, lon: number): Port => ({ code, ko, en, lat, lon })

export const PORTS: readonly Port[] = [
  port('KRPUS', '부산', 'Busan', 35.04, 129.1),
  port('KRBNP', '부산신항', 'Busan New Port', 35.02, 128.8),
  port('KRUSN', '울산', 'Ulsan', 35.44, 129.42),
  port('KRKPO', '포항', 'Pohang', 36.05, 129.46),
  port('KRTGH', '동해', 'Donghae', 37.48, 129.17),
  port('KRSHO', '속초', 'Sokcho', 38.21, 128.63),
  port('KRMAS', '마산', 'Masan', 35.0, 128.66),
  port('KRYOS', '여수', 'Yeosu', 34.68, 127.8),
  port('KRKAN', '광양', 'Gwangyang', 34.84, 127.79),
  port('KRWND', '완도', 'Wando', 34.27, 126.8),
  port('KRMOK', '목포', 'Mokpo', 34.75, 126.28),
  port('KRKUV', '군산', 'Gunsan', 35.95, 126.44),
  port('KRTSN', '대산', 'Daesan', 37.05, 126.4),
  port('KRPTK', '평택', 'Pyeongtaek', 37.05, 126.58),
  port('KRINC', '인천', 'Incheon', 37.36, 126.52),
  port('KRCHA', '제주', 'Jeju', 33.56, 126.54),
  port('KRSPO', '서귀포', 'Seogwipo', 33.2, 126.57),
]
