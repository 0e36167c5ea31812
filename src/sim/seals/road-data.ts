// Main roads of Korea as the simulator needs them: drawn by hand from general geography, a point about every ten kilometres at a town, an interchange or a junction. They are
// approximate, to about a kilometre or two: good for trucks that look right from far, for no navigation. A name that stands in two roads joins them.

/** `name lat lon`, one point of a road after the other. */
const ROADS: Readonly<Record<string, string>> = {
  경부고속도로: `부산구서 35.247 129.092, 노포 35.283 129.096, 양산JC 35.360 129.045, 통도사 35.488 129.085, 언양JC 35.563 129.117, 봉계 35.660 129.160, 경주 35.812 129.190,
    건천 35.858 129.095, 영천 35.940 128.965, 경산 35.900 128.815, 동대구JC 35.880 128.685, 북대구 35.905 128.595, 금호JC 35.900 128.530, 왜관 35.985 128.420, 남구미 36.070 128.375,
    구미 36.115 128.350, 김천JC 36.135 128.215, 김천 36.120 128.120, 추풍령 36.215 127.995, 황간 36.228 127.910, 영동 36.215 127.790, 옥천 36.295 127.575, 비룡JC 36.345 127.468,
    대전 36.368 127.445, 회덕JC 36.420 127.435, 신탄진 36.455 127.430, 남청주 36.520 127.425, 남이JC 36.570 127.395, 청주 36.625 127.370, 목천 36.775 127.215, 천안 36.825 127.172,
    안성JC 37.040 127.130, 오산 37.145 127.082, 기흥 37.225 127.105, 신갈JC 37.290 127.105`,
  영동고속도로: `여주JC 37.255 127.555, 이천 37.262 127.470, 호법JC 37.237 127.405, 용인 37.247 127.225, 신갈JC, 동수원 37.293 127.050, 북수원 37.315 127.000, 부곡 37.322 126.955,
    군포 37.335 126.915, 안산JC 37.338 126.865, 서안산 37.335 126.790, 월곶JC 37.388 126.745, 서창JC 37.425 126.745`,
  제2경인고속도로: `인천남항 37.452 126.625, 문학 37.435 126.680, 남동 37.425 126.712, 서창JC, 안현JC 37.432 126.795`,
  수도권제1순환: `노오지JC 37.545 126.745, 중동 37.505 126.768, 장수 37.465 126.765, 안현JC, 조남JC 37.390 126.865, 산본 37.372 126.920, 군포`,
  인천공항고속도로: `인천공항 37.463 126.455, 공항신도시 37.490 126.485, 영종 37.505 126.535, 북인천 37.555 126.655, 노오지JC, 김포공항 37.565 126.785`,
  서해안고속도로: `조남JC, 안산JC, 매송 37.268 126.905, 비봉 37.235 126.870, 발안 37.130 126.905, 서평택JC 37.000 126.870, 송악 36.915 126.685, 당진 36.890 126.650, 서산 36.795 126.555,
    해미 36.705 126.555, 홍성 36.620 126.585, 광천 36.500 126.620, 대천 36.365 126.595, 무창포 36.245 126.570, 춘장대 36.155 126.575, 서천 36.080 126.710, 군산 35.985 126.795,
    서김제 35.820 126.800, 부안 35.735 126.750, 줄포 35.600 126.690, 고창 35.440 126.665, 영광 35.280 126.560, 함평 35.070 126.500, 목포 34.840 126.430, 대불 34.765 126.460`,
  평택제천고속도로: `평택항 36.962 126.842, 서평택JC, 청북 37.025 126.930, 송탄 37.050 127.055, 안성JC, 남안성 37.000 127.280, 대소 36.970 127.485`,
  중부고속도로: `남이JC, 서청주 36.640 127.415, 오창 36.710 127.440, 증평 36.755 127.490, 진천 36.850 127.465, 대소, 일죽 37.085 127.455, 서이천 37.195 127.385, 호법JC`,
  중부내륙고속도로: `여주JC, 감곡 37.125 127.655, 충주 36.985 127.850, 괴산 36.840 127.900, 연풍 36.775 128.000, 문경새재 36.735 128.095, 점촌 36.570 128.195, 상주 36.420 128.205,
    선산 36.255 128.215, 김천JC, 남김천 36.020 128.215, 성주 35.915 128.290, 고령JC 35.735 128.335, 현풍 35.690 128.435, 창녕 35.545 128.480, 영산 35.460 128.510, 칠원JC 35.285 128.505`,
  남해고속도로: `순천 34.965 127.470, 동광양 34.962 127.600, 옥곡 34.990 127.705, 진월 34.998 127.755, 하동 35.010 127.795, 진교 35.028 127.895, 곤양 35.065 127.960, 사천 35.085 128.055,
    진주JC 35.145 128.075, 진주 35.162 128.130, 진성 35.178 128.250, 지수 35.222 128.300, 함안 35.262 128.410, 칠원JC, 북창원 35.275 128.610, 동창원 35.288 128.710, 진영 35.300 128.740,
    냉정JC 35.235 128.790, 서김해 35.228 128.855, 동김해 35.232 128.915, 대동JC 35.237 128.985, 덕천 35.212 129.005`,
  남해2지선: `냉정JC, 장유 35.195 128.805, 가락 35.158 128.890`,
  부산신항로: `부산신항 35.092 128.815, 녹산 35.108 128.862, 가락, 대저 35.212 128.965, 덕천`,
  중앙고속도로지선: `대동JC, 물금 35.308 128.985, 남양산 35.322 129.018, 양산JC`,
  부산북항로: `부산북항 35.122 129.070, 대연 35.140 129.090, 동래 35.195 129.092, 부산구서`,
  부산감천로: `감천항 35.088 129.005, 사상 35.150 128.988, 덕천`,
  남해고속도로서부: `대불, 서영암 34.745 126.560, 강진 34.660 126.755, 장흥 34.690 126.910, 보성 34.775 127.080, 벌교 34.850 127.330, 순천`,
  경주포항로: `경주, 강동 35.985 129.270, 포항`,
  울산포항고속도로: `울산, 외동 35.700 129.310, 동경주 35.790 129.420, 남포항 35.945 129.375, 포항`,
  부산시내로: `감천항, 부산역 35.115 129.038, 부산북항`,
  울산고속도로: `언양JC, 울산 35.552 129.255, 울산항 35.515 129.365`,
  부산울산고속도로: `부산구서, 기장 35.250 129.205, 장안 35.325 129.245, 온양 35.415 129.270, 울산`,
  대구포항고속도로: `동대구JC, 와촌 35.955 128.800, 북영천 36.010 128.925, 서포항 36.055 129.160, 포항 36.045 129.320, 영일만 36.095 129.385`,
  대구부산고속도로: `대동JC, 삼랑진 35.400 128.840, 밀양 35.475 128.765, 청도 35.645 128.750, 수성 35.810 128.695, 동대구JC`,
  통영대전고속도로: `진주JC, 산청 35.410 127.880, 함양 35.535 127.755, 장수육십령 35.700 127.690, 무주 35.990 127.650, 금산 36.110 127.500, 비룡JC`,
  호남고속도로: `회덕JC, 유성 36.365 127.325, 계룡 36.255 127.245, 논산 36.165 127.125, 여산 36.060 127.090, 익산 35.965 127.050, 전주 35.870 127.065, 금산사 35.725 127.010,
    태인 35.650 126.940, 정읍 35.585 126.870, 백양사 35.430 126.820, 장성 35.310 126.790, 동림 35.190 126.860, 동광주 35.190 126.935, 옥과 35.265 127.120, 주암 35.090 127.225,
    승주 35.010 127.365, 순천`,
  무안광주고속도로: `하남, 운수 35.165 126.775, 동함평 35.095 126.640, 함평`,
  이순신대교로: `광양항, 금호 34.918 127.715, 묘도 34.880 127.720, 여수산단 34.848 127.685, 석창 34.778 127.650, 여수 34.748 127.740`,
  경부고속도로북부: `신갈JC, 판교 37.395 127.095, 양재 37.465 127.040, 반포 37.505 127.010`,
  올림픽대로: `김포공항, 가양 37.568 126.850, 여의도 37.530 126.920, 반포`,
  군산로: `군산항 35.968 126.640, 군산시 35.968 126.715, 군산, 익산`,
  광양항로: `동광양, 광양항 34.928 127.665`,
  광주로: `동림, 하남 35.210 126.800`,
  구미로: `구미, 구미공단 36.120 128.390`,
  의왕로: `부곡, 의왕ICD 37.343 126.946`,
}

export interface RoadSegment {
  readonly road: string
  readonly from: string
  readonly to: string
}

export interface RoadPoint {
  readonly name: string
  readonly lat: number
  readonly lon: number
}

export function readRoads(): { readonly points: ReadonlyMap<string, RoadPoint>; readonly segments: readonly RoadSegment[] } {
  const points = new Map<string, RoadPoint>()
  const segments: RoadSegment[] = []
  for (const [road, text] of Object.entries(ROADS)) {
    let before: string | undefined
    for (const one of text.split(',')) {
      const [name = '', lat, lon] = one.trim().split(' ')
      if (lat !== undefined && lon !== undefined) points.set(name, { name, lat: Number(lat), lon: Number(lon) })
      if (before !== undefined) segments.push({ road, from: before, to: name })
      before = name
    }
  }
  return { points, segments }
}

/** Where sealed goods come from and go to. */
export interface Depot {
  readonly name: string
  /** Point of the roads. */
  readonly at: string
  readonly isPort?: boolean
}
const port = (name: string, at: string): Depot => ({ name, at, isPort: true })
const depot = (name: string, at: string): Depot => ({ name, at })

export const DEPOTS: readonly Depot[] = [
  port('부산신항', '부산신항'),
  port('부산 북항', '부산북항'),
  port('부산 감천항', '감천항'),
  port('인천항', '인천남항'),
  port('인천공항 화물터미널', '인천공항'),
  port('평택항', '평택항'),
  port('광양항', '광양항'),
  port('여수항', '여수'),
  port('울산항', '울산항'),
  port('군산항', '군산항'),
  port('포항 영일만항', '영일만'),
  port('목포 대불부두', '대불'),
  depot('의왕 ICD', '의왕ICD'),
  depot('양산 ICD', '물금'),
  depot('서울 양재 보세창고', '양재'),
  depot('대전 보세창고', '신탄진'),
  depot('청주 보세창고', '청주'),
  depot('김천 보세창고', '김천'),
  depot('대구 보세창고', '북대구'),
  depot('구미 보세창고', '구미공단'),
  depot('천안 보세창고', '천안'),
  depot('이천 보세창고', '이천'),
  depot('창원 보세창고', '동창원'),
  depot('전주 보세창고', '전주'),
  depot('광주 보세창고', '하남'),
]

/** A place on a road: this share of the way from one point to the next. */
export interface OnRoad {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly share: number
}

/** Service areas where a stop is planned. */
export const SERVICE_AREAS: readonly OnRoad[] = [
  { name: '언양휴게소', from: '통도사', to: '언양JC', share: 0.5 },
  { name: '건천휴게소', from: '경주', to: '건천', share: 0.6 },
  { name: '칠곡휴게소', from: '금호JC', to: '왜관', share: 0.6 },
  { name: '추풍령휴게소', from: '추풍령', to: '황간', share: 0.3 },
  { name: '옥천휴게소', from: '영동', to: '옥천', share: 0.8 },
  { name: '죽암휴게소', from: '신탄진', to: '남청주', share: 0.4 },
  { name: '망향휴게소', from: '천안', to: '안성JC', share: 0.4 },
  { name: '덕평휴게소', from: '호법JC', to: '용인', share: 0.4 },
  { name: '화성휴게소', from: '비봉', to: '발안', share: 0.5 },
  { name: '서산휴게소', from: '서산', to: '해미', share: 0.5 },
  { name: '대천휴게소', from: '대천', to: '무창포', share: 0.5 },
  { name: '고창고인돌휴게소', from: '줄포', to: '고창', share: 0.5 },
  { name: '음성휴게소', from: '대소', to: '일죽', share: 0.5 },
  { name: '괴산휴게소', from: '충주', to: '괴산', share: 0.6 },
  { name: '선산휴게소', from: '상주', to: '선산', share: 0.7 },
  { name: '현풍휴게소', from: '현풍', to: '창녕', share: 0.3 },
  { name: '섬진강휴게소', from: '옥곡', to: '진월', share: 0.5 },
  { name: '함안휴게소', from: '지수', to: '함안', share: 0.6 },
  { name: '청도휴게소', from: '밀양', to: '청도', share: 0.6 },
  { name: '산청휴게소', from: '산청', to: '함양', share: 0.3 },
  { name: '여산휴게소', from: '논산', to: '여산', share: 0.7 },
  { name: '백양사휴게소', from: '정읍', to: '백양사', share: 0.7 },
  { name: '주암휴게소', from: '주암', to: '승주', share: 0.5 },
  { name: '와촌휴게소', from: '동대구JC', to: '와촌', share: 0.7 },
]

/** Tunnels and valleys where no report gets out: half their length in metres. */
export const DEAD_ZONES: readonly (OnRoad & { readonly halfM: number })[] = [
  { name: '문경새재 터널 구간', from: '연풍', to: '문경새재', share: 0.5, halfM: 2000 },
  { name: '육십령 터널 구간', from: '함양', to: '장수육십령', share: 0.7, halfM: 2500 },
  { name: '밀양 터널 구간', from: '삼랑진', to: '밀양', share: 0.4, halfM: 1800 },
  { name: '추풍령 고개', from: '김천', to: '추풍령', share: 0.5, halfM: 2000 },
  { name: '토함산 골짜기', from: '언양JC', to: '봉계', share: 0.5, halfM: 1800 },
  { name: '주암 골짜기', from: '옥과', to: '주암', share: 0.5, halfM: 2500 },
  { name: '보성 터널 구간', from: '장흥', to: '보성', share: 0.5, halfM: 1800 },
  { name: '계룡 터널 구간', from: '유성', to: '계룡', share: 0.5, halfM: 1500 },
]

/** Areas beside the roads that are not for every truck: another firm's bonded yard, a place to keep out of. They lie clear of the road itself. */
export const ROADSIDE_AREAS: readonly (OnRoad & { readonly kind: 'designated' | 'forbidden' })[] = [
  { kind: 'designated', name: '영천 보세장치장', from: '건천', to: '영천', share: 0.5 },
  { kind: 'designated', name: '황간 보세장치장', from: '황간', to: '영동', share: 0.4 },
  { kind: 'designated', name: '발안 보세장치장', from: '비봉', to: '발안', share: 0.6 },
  { kind: 'designated', name: '진천 보세장치장', from: '증평', to: '진천', share: 0.5 },
  { kind: 'designated', name: '진성 보세장치장', from: '진주', to: '진성', share: 0.5 },
  { kind: 'designated', name: '정읍 보세장치장', from: '태인', to: '정읍', share: 0.5 },
  { kind: 'designated', name: '홍성 보세장치장', from: '해미', to: '홍성', share: 0.6 },
  { kind: 'designated', name: '삼랑진 보세장치장', from: '대동JC', to: '삼랑진', share: 0.6 },
  { kind: 'forbidden', name: '경산 진입금지구역', from: '영천', to: '경산', share: 0.5 },
  { kind: 'forbidden', name: '옥천 진입금지구역', from: '영동', to: '옥천', share: 0.3 },
  { kind: 'forbidden', name: '오산 진입금지구역', from: '안성JC', to: '오산', share: 0.5 },
  { kind: 'forbidden', name: '송악 진입금지구역', from: '서평택JC', to: '송악', share: 0.5 },
  { kind: 'forbidden', name: '사천 진입금지구역', from: '곤양', to: '사천', share: 0.5 },
  { kind: 'forbidden', name: '논산 진입금지구역', from: '계룡', to: '논산', share: 0.6 },
  { kind: 'forbidden', name: '청도 진입금지구역', from: '청도', to: '수성', share: 0.4 },
  { kind: 'forbidden', name: '성주 진입금지구역', from: '남김천', to: '성주', share: 0.5 },
]
