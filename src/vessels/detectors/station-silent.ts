// station-silent: we are blind here. One alarm for the station; the silence of its ships is held back meanwhile (ground: station life).
import type { VesselDetector } from './contract.ts'

export const stationSilent: VesselDetector = {
  name: 'station-silent',
  tells: { ko: '해안 기지국 수신이 끊김', en: 'a coast station is not heard' },
  settings: {},
  mergeMin: 10,
  start(ground, _settings, desk) {
    const open = new Set<number>()
    const subjectsOf = (station: number) => [{ kind: 'station' as const, id: ground.stationName(station) }]
    return {
      onTick(nowMs) {
        for (const [station, { lastSentMs, ships }] of ground.stations.silent) {
          if (open.has(station)) continue
          open.add(station)
          const name = ground.stationName(station)
          const minutes = Math.round((nowMs - lastSentMs) / 60_000)
          const place = middleOf(ground.picture, station)
          desk.raise({
            subjects: subjectsOf(station),
            fromMs: lastSentMs,
            raisedAtMs: nowMs,
            severity: 'high',
            numbers: { silentMin: minutes, ships },
            why: {
              ko: `기지국 ${name} 수신 중단 ${minutes}분: 직전 10분간 듣던 선박 ${ships}척이 함께 끊김`,
              en: `station ${name} not heard for ${minutes} min: the ${ships} ships it had stopped together`,
            },
            ...(place ? { place } : {}),
          })
        }
        for (const station of open) {
          if (ground.stations.silent.has(station)) continue
          open.delete(station)
          desk.end(subjectsOf(station), nowMs)
        }
      },
      save: () => open,
      restore(state) {
        for (const station of state as Set<number>) open.add(station)
      },
    }
  },
}

/** Middle of the ships last heard by it: where we are blind. */
function middleOf(picture: Parameters<VesselDetector['start']>[0]['picture'], station: number): { lat: number; lon: number } | undefined {
  let [n, lat, lon] = [0, 0, 0]
  for (let slot = 0; slot < picture.highWater; slot++) {
    if (picture.station[slot] !== station || picture.mmsi[slot] === 0) continue
    n++
    lat += picture.lat600k[slot]! / 600_000
    lon += picture.lon600k[slot]! / 600_000
  }
  return n === 0 ? undefined : { lat: lat / n, lon: lon / n }
}
