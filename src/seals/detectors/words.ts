// Words that the rules share: which container, and where.
import type { Sentence } from '#rules/index.ts'
import type { Step, Tick } from './contract.ts'

/** `부산신항 2부두에서 1.2 km` where something is near; else the degrees. */
export function whereOf({ now, places }: Pick<Step | Tick, 'now' | 'places'>): Sentence {
  if (now.lat === undefined || now.lon === undefined) return { ko: '위치 모름', en: 'place unknown' }
  const degrees = `${now.lat.toFixed(4)}, ${now.lon.toFixed(4)}`
  return places.nameAt(now.lat, now.lon) ?? { ko: degrees, en: degrees }
}
