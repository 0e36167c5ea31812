// How long each feed brought what it should: every minute each feed that is listened to is looked at; up when it was neither silent nor broken. One fact a feed and hour, which
// grows during the hour and goes on from where it was after a restart. Minutes in which the product did not run are not measured: neither up nor down.
import { HOUR_MS } from '../day.ts'
import { originsOf } from '../facts.ts'
import { hourStart } from '../period.ts'
import { DEMO_ORIGIN, type Source } from './source.ts'

const LOOK_MS = 60_000

export const feeds: Source = {
  id: 'feeds',
  ko: '수신망',
  en: 'Feeds',
  deed: 'feeds.look',
  isLinked: true,
  kinds: {},
  subs: {
    coast: { ko: '연안', en: 'Coast' },
    satellite: { ko: '위성', en: 'Satellite' },
  },
  numbers: [
    { id: 'upMin', ko: '수신', en: 'Receiving', unit: 'min' },
    { id: 'measuredMin', ko: '측정', en: 'Measured', unit: 'min' },
    { id: 'downMin', ko: '무응답', en: 'Silent', unit: 'min' },
  ],
  listen(rooms, take) {
    const hours = new Map<string, { upMin: number; measuredMin: number }>()
    const hourOf = (origin: string, startMs: number): { upMin: number; measuredMin: number } => {
      const known = hours.get(origin)
      if (known) return known
      for (const key of hours.keys()) if (!key.endsWith(String(startMs))) hours.delete(key)
      const [kept] = originsOf(rooms.store, 'feeds', origin)
      const begun = { upMin: kept?.numbers?.upMin ?? 0, measuredMin: kept?.numbers?.measuredMin ?? 0 }
      hours.set(origin, begun)
      return begun
    }
    return rooms.clock.every(LOOK_MS, () => {
      const startMs = hourStart(rooms.clock.now())
      for (const feed of rooms.feeds()) {
        // Stopped on purpose, or a recording that is over: nothing was to come.
        if (feed.state === 'paused' || feed.state === 'ended') continue
        const origin = `${rooms.isDemo() ? DEMO_ORIGIN : ''}feed:${feed.name}:${startMs}`
        const minutes = hourOf(origin, startMs)
        if (minutes.measuredMin >= HOUR_MS / LOOK_MS) continue
        minutes.measuredMin++
        if (feed.state !== 'silent') minutes.upMin++
        take({
          origin,
          facts: [
            {
              atMs: startMs,
              organisation: rooms.ownerOf([]),
              kind: feed.name,
              sub: feed.network,
              numbers: { ...minutes, downMin: minutes.measuredMin - minutes.upMin },
              link: { kind: 'feed', id: feed.name, label: feed.name },
            },
          ],
        })
      }
    })
  },
}
