// Where sealed journeys begin and end most: container terminals, inland depots, airport; approximate, to be drawn exactly as designated areas.
export const PLACES = [
  { name: '부산신항', lat: 35.078, lon: 128.828, radiusM: 2500 },
  { name: '부산 북항', lat: 35.112, lon: 129.055, radiusM: 2000 },
  { name: '부산 감천항', lat: 35.08, lon: 129.0, radiusM: 1200 },
  { name: '인천신항', lat: 37.345, lon: 126.64, radiusM: 2000 },
  { name: '인천항', lat: 37.455, lon: 126.605, radiusM: 2000 },
  { name: '인천공항 화물터미널', lat: 37.464, lon: 126.467, radiusM: 2000 },
  { name: '평택항', lat: 36.985, lon: 126.83, radiusM: 2000 },
  { name: '광양항', lat: 34.905, lon: 127.66, radiusM: 2500 },
  { name: '울산항', lat: 35.475, lon: 129.37, radiusM: 2000 },
  { name: '군산항', lat: 35.965, lon: 126.62, radiusM: 2000 },
  { name: '의왕 ICD', lat: 37.325, lon: 126.95, radiusM: 1200 },
  { name: '양산 ICD', lat: 35.33, lon: 129.02, radiusM: 1200 },
  { name: '대전 물류터미널', lat: 36.43, lon: 127.42, radiusM: 1000 },
  { name: '청주 보세창고', lat: 36.65, lon: 127.43, radiusM: 1000 },
  { name: '칠곡 물류단지', lat: 35.99, lon: 128.41, radiusM: 1200 },
] as const
