// Names on the chart, Korean and English, with their places (general geography, to about a mile). rank 1 is shown first.

export interface Label {
  readonly kind: 'sea' | 'port' | 'city' | 'island' | 'strait'
  readonly ko: string
  readonly en: string
  readonly lat: number
  readonly lon: number
  readonly rank: number
}

const label = (kind: Label['kind'], ko: string, en: string, lat: number, lon: number, rank: number): Label => ({
  kind,
  ko,
  en,
  lat,
  lon,
  rank,
})

export const LABELS: readonly Label[] = [
  label('sea', '동해', 'East Sea', 38.2, 131.2, 1),
  label('sea', '서해(황해)', 'Yellow Sea', 36.1, 123.9, 1),
  label('sea', '남해', 'South Sea', 33.85, 128.4, 1),
  label('sea', '동중국해', 'East China Sea', 31.2, 125.6, 1),
  label('sea', '제주해협', 'Jeju Strait', 33.85, 126.6, 2),
  label('sea', '대한해협', 'Korea Strait', 34.62, 129.55, 2),
  label('sea', '경기만', 'Gyeonggi Bay', 37.1, 126.0, 3),
  label('sea', '영일만', 'Yeongil Bay', 36.06, 129.48, 4),
  label('port', '부산', 'Busan', 35.1, 129.04, 1),
  label('port', '부산신항', 'Busan New Port', 35.075, 128.83, 4),
  label('port', '인천', 'Incheon', 37.46, 126.62, 1),
  label('port', '울산', 'Ulsan', 35.5, 129.38, 2),
  label('port', '여수', 'Yeosu', 34.74, 127.74, 2),
  label('port', '광양', 'Gwangyang', 34.91, 127.68, 3),
  label('port', '목포', 'Mokpo', 34.79, 126.38, 2),
  label('port', '군산', 'Gunsan', 35.97, 126.6, 2),
  label('port', '평택', 'Pyeongtaek', 36.97, 126.83, 2),
  label('port', '대산', 'Daesan', 37.01, 126.42, 3),
  label('port', '포항', 'Pohang', 36.03, 129.38, 2),
  label('port', '동해', 'Donghae', 37.5, 129.13, 3),
  label('port', '속초', 'Sokcho', 38.21, 128.59, 2),
  label('port', '마산', 'Masan', 35.19, 128.58, 3),
  label('port', '통영', 'Tongyeong', 34.83, 128.43, 3),
  label('port', '거제', 'Geoje', 34.89, 128.68, 4),
  label('port', '완도', 'Wando', 34.31, 126.76, 3),
  label('port', '제주', 'Jeju', 33.52, 126.53, 1),
  label('port', '서귀포', 'Seogwipo', 33.24, 126.56, 3),
  label('port', '보령', 'Boryeong', 36.35, 126.5, 4),
  label('port', '삼천포', 'Samcheonpo', 34.92, 128.07, 4),
  label('port', '강릉', 'Gangneung', 37.77, 128.95, 4),
  label('island', '울릉도', 'Ulleungdo', 37.5, 130.87, 2),
  label('island', '독도', 'Dokdo', 37.24, 131.87, 2),
  label('island', '백령도', 'Baengnyeongdo', 37.96, 124.67, 2),
  label('island', '연평도', 'Yeonpyeongdo', 37.66, 125.7, 3),
  label('island', '흑산도', 'Heuksando', 34.68, 125.43, 3),
  label('island', '홍도', 'Hongdo', 34.68, 125.2, 4),
  label('island', '가거도', 'Gageodo', 34.07, 125.12, 3),
  label('island', '거문도', 'Geomundo', 34.03, 127.31, 3),
  label('island', '추자도', 'Chujado', 33.95, 126.33, 3),
  label('island', '마라도', 'Marado', 33.12, 126.27, 3),
  label('island', '이어도', 'Ieodo', 32.12, 125.18, 3),
  label('island', '진도', 'Jindo', 34.45, 126.25, 4),
  label('island', '덕적도', 'Deokjeokdo', 37.23, 126.13, 4),
  label('island', '안면도', 'Anmyeondo', 36.5, 126.35, 4),
  label('island', '대마도', 'Tsushima', 34.4, 129.33, 2),
  label('city', '서울', 'Seoul', 37.56, 126.98, 1),
  label('city', '대전', 'Daejeon', 36.35, 127.38, 3),
  label('city', '대구', 'Daegu', 35.87, 128.6, 3),
  label('city', '광주', 'Gwangju', 35.16, 126.85, 3),
  label('city', '평양', 'Pyongyang', 39.02, 125.75, 2),
  label('city', '상하이', 'Shanghai', 31.23, 121.47, 2),
  label('city', '칭다오', 'Qingdao', 36.07, 120.38, 2),
  label('city', '다롄', 'Dalian', 38.91, 121.6, 2),
  label('city', '톈진', 'Tianjin', 39.0, 117.7, 3),
  label('city', '후쿠오카', 'Fukuoka', 33.6, 130.4, 2),
  label('city', '나가사키', 'Nagasaki', 32.75, 129.87, 3),
  label('city', '시모노세키', 'Shimonoseki', 33.95, 130.93, 3),
  label('city', '블라디보스토크', 'Vladivostok', 43.11, 131.9, 2),
  label('city', '원산', 'Wonsan', 39.15, 127.44, 3),
]
