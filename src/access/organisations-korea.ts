// The tree that ships with the product: head office, nine customs offices (eight sea ports, one airport) and fourteen regional centres (eight control centres, six
// monitoring centres), as the mission counts them. Customs offices, places and telephone numbers after public pages of the service; which centres there are and what
// they are called is not public: those are examples (isExample) until an administrator confirms them.
import type { Organisation, OrganisationKind } from './organisation.ts'

const office = (id: string, ko: string, en: string, lat: number, lon: number, phone?: string): Organisation => ({
  id,
  kind: 'customs-office',
  parent: 'hq',
  ko,
  en: `${en} Customs`,
  shortKo: ko.replace(/(본부|직할)?세관$/, ''),
  shortEn: en,
  place: { lat, lon },
  isExample: false,
  ...(phone === undefined ? {} : { phone }),
})

const centre = (kind: OrganisationKind, id: string, parent: string, ko: string, en: string, lat: number, lon: number): Organisation => ({
  id,
  kind,
  parent,
  ko: `${ko} ${kind === 'control-centre' ? '감시센터' : '모니터링센터'}`,
  en: `${en} ${kind === 'control-centre' ? 'Control Centre' : 'Monitoring Centre'}`,
  shortKo: ko,
  shortEn: en,
  place: { lat, lon },
  isExample: true,
})

export const ORGANISATIONS: readonly Organisation[] = [
  {
    id: 'hq',
    kind: 'head-office',
    ko: '관세청 본청 종합상황실',
    en: 'Korea Customs Service, Situation Room',
    shortKo: '본청',
    shortEn: 'Head office',
    place: { lat: 36.361, lon: 127.384 },
    isExample: false,
  },
  office('busan', '부산본부세관', 'Busan', 35.103, 129.04, '051-620-6114'),
  office('incheon', '인천본부세관', 'Incheon', 37.462, 126.622, '032-452-3114'),
  office('ulsan', '울산세관', 'Ulsan', 35.51, 129.38),
  office('yeosu', '여수세관', 'Yeosu', 34.745, 127.735),
  office('gwangyang', '광양세관', 'Gwangyang', 34.91, 127.69),
  office('pyeongtaek', '평택직할세관', 'Pyeongtaek', 36.985, 126.84, '031-8054-7000'),
  office('gunsan', '군산세관', 'Gunsan', 35.98, 126.71),
  office('mokpo', '목포세관', 'Mokpo', 34.785, 126.385),
  office('incheon-airport', '인천공항본부세관', 'Incheon Airport', 37.459, 126.441, '032-722-4114'),
  centre('control-centre', 'busan-control', 'busan', '부산', 'Busan', 35.1, 129.04),
  centre('control-centre', 'incheon-control', 'incheon', '인천', 'Incheon', 37.46, 126.62),
  centre('control-centre', 'ulsan-control', 'ulsan', '울산', 'Ulsan', 35.5, 129.38),
  centre('control-centre', 'yeosu-control', 'yeosu', '여수', 'Yeosu', 34.74, 127.74),
  centre('control-centre', 'gwangyang-control', 'gwangyang', '광양', 'Gwangyang', 34.91, 127.7),
  centre('control-centre', 'pyeongtaek-control', 'pyeongtaek', '평택', 'Pyeongtaek', 36.98, 126.84),
  centre('control-centre', 'gunsan-control', 'gunsan', '군산', 'Gunsan', 35.97, 126.7),
  centre('control-centre', 'mokpo-control', 'mokpo', '목포', 'Mokpo', 34.78, 126.38),
  centre('monitoring-centre', 'busan-new-port', 'busan', '부산신항', 'Busan New Port', 35.08, 128.83),
  centre('monitoring-centre', 'gamcheon', 'busan', '감천', 'Gamcheon', 35.08, 129.0),
  centre('monitoring-centre', 'incheon-north', 'incheon', '인천북항', 'Incheon North Port', 37.5, 126.63),
  centre('monitoring-centre', 'yeocheon', 'yeosu', '여천', 'Yeocheon', 34.83, 127.68),
  centre('monitoring-centre', 'dangjin', 'pyeongtaek', '당진', 'Dangjin', 36.99, 126.75),
  centre('monitoring-centre', 'airport-cargo', 'incheon-airport', '공항 화물', 'Airport Cargo', 37.47, 126.46),
]
