import { useEffect, useMemo } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import type { Collection } from '../map/chart.ts'
import { type MapMark, MapMarks } from '../map/MapMarks.tsx'
import { useOwnChart } from '../map/use-own-chart.ts'
import type { AreaView } from '../places/model.ts'
import { areaFeatures } from '../places/model.ts'
import { useStore } from '../shell/store.ts'
import { band, circle } from './band.ts'
import { containerWords, WORD_TEXT, WordIcon } from './marks.tsx'
import type { Row } from './model.ts'
import { pointAt } from './Replay.tsx'
import { ahead } from './road.ts'

const KOREA = { lat: 36.2, lon: 127.9, zoom: 6.9 }
const CLOSEST_ZOOM = 12
/** As many trucks as can be told apart; the worst are first in the list. */
const MOST_MARKS = 600
const NAMED = 6

/** Trucks under seal, and of the one chosen its corridor, the way it came and the way it has to go. */
export function JourneyMap({ rows }: { rows: readonly Row[] }) {
  const app = useApp()
  const say = useSay()
  const open = useStore(app.seals.open)
  const areas = useStore(app.areas)
  const { chart, frame } = useOwnChart(() => KOREA)
  const card = open?.card
  const replayMs = useStore(app.seals.replayMs)
  const then = replayMs === undefined || !open ? undefined : pointAt(open.track, replayMs)
  const shownAreas = useMemo((): readonly AreaView[] => {
    const own = areas.filter(area => area.kind === 'designated' || area.kind === 'forbidden')
    if (!card) return own
    const { plan } = card
    return [
      ...own,
      { id: 'corridor', name: '', kind: 'waiting', polygon: [band(plan.corridor.line, plan.corridor.halfWidthM)] },
      ...[plan.origin, ...plan.stops, plan.destination].map((one, n) => ({
        id: `place-${n}`,
        name: one.name,
        kind: 'designated',
        polygon: [circle(one, Math.max(one.radiusM, 300))],
      })),
    ]
  }, [areas, card])
  useEffect(() => chart?.setData('areas', areaFeatures(shownAreas, undefined)), [chart, shownAreas])
  useEffect(() => {
    if (!chart) return
    const way =
      open?.track.flatMap(point =>
        point.lat === undefined || point.lon === undefined || point.atMs > (replayMs ?? Infinity) ? [] : [[point.lon, point.lat]],
      ) ?? []
    chart.setData('track', lineOf(way, { part: 'driven' }))
    const [lat, lon] = then ? [then.lat, then.lon] : card?.progress ? [card.lat, card.lon] : []
    chart.setData('sketch', lineOf(card ? ahead(card.plan.corridor.line, lat, lon).map(point => [...point]) : [], {}))
  }, [chart, open, card, replayMs, then])
  const id = card?.id
  useEffect(() => {
    if (!chart || !card || id === undefined) return
    const lons = card.plan.corridor.line.map(([lon]) => lon)
    const lats = card.plan.corridor.line.map(([, lat]) => lat)
    if (lons.length > 1) chart.fit(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats), CLOSEST_ZOOM)
    // Fitted when another is chosen, not with each report.
  }, [chart, id])

  const marks = rows.slice(0, MOST_MARKS).flatMap((one, n): MapMark[] =>
    one.lat === undefined || one.lon === undefined
      ? []
      : [
          {
            key: one.id,
            lat: one.lat,
            lon: one.lon,
            look: `seal-mark is-${one.word} ${one.id === id ? 'is-chosen' : ''}`,
            title: `${one.container} ${one.vehicle ?? ''} ${say(WORD_TEXT[one.word])}`,
            ...(one.id === id || (n < NAMED && one.word !== 'normal') ? { label: containerWords(one.container) } : {}),
            onOpen: () => app.go({ item: one.id }),
          },
        ],
  )
  const past: readonly MapMark[] =
    then?.lat === undefined || then.lon === undefined || replayMs === undefined
      ? []
      : [
          {
            key: 'replay',
            lat: then.lat,
            lon: then.lon,
            look: `seal-mark is-replayed ${then.locked === false ? 'is-opened' : ''}`,
            label: momentKst(replayMs, app.now()),
          },
        ]
  return (
    <div className="seal-map chart">
      <div className="chart__own" ref={frame} />
      <MapMarks chart={chart} marks={[...marks, ...past]} />
      <div className="seal-legend">
        {(['opened', 'off-route', 'late', 'silent', 'normal'] as const).map(word => (
          <span key={word}>
            <WordIcon word={word} /> {say(WORD_TEXT[word])}
          </span>
        ))}
        {card && (
          <>
            <span>
              <i className="seal-legend__done" /> {say('seals.way-done')}
            </span>
            <span>
              <i className="seal-legend__planned" /> {say('seals.way-planned')}
            </span>
            <span>
              <i className="seal-legend__band" /> {say('seals.width', { m: (card.plan.corridor.halfWidthM * 2) / 1000 })}
            </span>
          </>
        )}
      </div>
      <div className="attribution">{say('chart.source')}</div>
    </div>
  )
}

const lineOf = (coordinates: number[][], properties: Record<string, string>): Collection => ({
  type: 'FeatureCollection',
  features: coordinates.length < 2 ? [] : [{ type: 'Feature', properties, geometry: { type: 'LineString', coordinates } }],
})
