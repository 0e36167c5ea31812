// Sources whose rooms do not stand yet, so that their measures are defined and honest: ‘연계 전’, never 0. A room that comes brings its facts through `take` and turns the line here
// into a file of its own.
import type { Source } from './source.ts'

const later = (id: string, ko: string, en: string, rest: Partial<Source> = {}): Source => ({
  id,
  ko,
  en,
  deed: 'incidents.look',
  isLinked: false,
  kinds: {},
  subs: {},
  numbers: [],
  ...rest,
})

export const cameras = later('cameras', 'CCTV', 'CCTV', {
  numbers: [
    { id: 'upMin', ko: '가동 시간', en: 'Working', unit: 'min' },
    { id: 'measuredMin', ko: '측정 시간', en: 'Measured', unit: 'min' },
  ],
})
export const patrols = later('patrols', '순찰', 'Patrols', {
  numbers: [
    { id: 'patrolH', ko: '순찰 시간', en: 'Hours on patrol', unit: 'h' },
    { id: 'dispatchS', ko: '경보 → 출동', en: 'Alarm → dispatched', unit: 's' },
    { id: 'arriveS', ko: '경보 → 도착', en: 'Alarm → arrived', unit: 's' },
  ],
})
export const selection = later('selection', '선별', 'Selection')
