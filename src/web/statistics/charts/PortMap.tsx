import { useEffect, useMemo } from 'react'
import { useStore } from '../../shell/store.ts'
import { askKey, type CoastView } from '../model.ts'
import { LackState, lackOf } from '../parts.tsx'
import { useStatistics } from '../use-statistics.ts'
import { useWidth } from '../use-width.ts'
import type { ChartProps } from './chart.ts'

const HEIGHT = 396
const LARGEST = 26
const SMALLEST = 4
/** Names of the busiest ports stand beside their discs; the others are in the list. */
const NAMED = 9

/** The country with a disc at each port, its area as large as the figure. The list beside it says the same in words. */
export function PortMap({ widget, answers }: ChartProps) {
  const context = useStatistics()
  const { app, say, drill } = context
  const coast = useStore(app.statistics.coast)
  const [frame, width] = useWidth()
  useEffect(() => void app.statistics.loadCoast(), [app])
  const [id = ''] = widget.measures
  const by = widget.by ?? 'sub'
  const measure = context.measure(id)
  const answer = answers.of.get(askKey({ measure: id, by: [by] }))
  const lack = lackOf(answer, answer?.total, measure)
  const land = useMemo(() => (coast && width > 0 ? landOf(coast, width) : undefined), [coast, width])
  if (!measure || (lack !== undefined && lack !== 'nothing')) return <LackState lack={lack ?? 'hidden'} />
  const source = context.source(measure.source)
  const rows = [...(answer?.rows ?? [])].filter(row => (row.value ?? 0) > 0).sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  if (rows.length === 0) return <LackState lack="nothing" />
  const placed = rows.flatMap(row => {
    const place = source?.subs.get(row.key[0] ?? '')
    return place?.lat === undefined || place.lon === undefined ? [] : [{ row, lat: place.lat, lon: place.lon }]
  })
  const highest = rows[0]?.value ?? 1
  return (
    <div ref={frame} className="stat-map">
      {land && (
        <svg width={land.width} height={HEIGHT} role="img" aria-label={say('statistics.chart.map')}>
          <rect className="stat-map__sea" width={land.width} height={HEIGHT} />
          <path className="stat-map__land" d={land.path} />
          {[...placed].map(({ row, lat, lon }, k) => {
            const [x, y] = land.at(lat, lon)
            const r = Math.max(SMALLEST, Math.sqrt((row.value ?? 0) / highest) * LARGEST)
            const key = row.key[0] ?? ''
            const isLeft = x > land.width - 110
            return (
              <g key={key}>
                <circle className="stat-map__disc" cx={x} cy={y} r={r} onClick={drill && (() => drill({ measure: id, [by]: key }))}>
                  <title>{`${context.keyWord(by, key, measure)} ${context.text(row.value ?? 0, measure)}`}</title>
                </circle>
                {k < NAMED && (
                  <text className="stat-map__name" x={isLeft ? x - r - 4 : x + r + 4} y={y + 4} textAnchor={isLeft ? 'end' : 'start'}>
                    {context.keyWord(by, key, measure)}
                  </text>
                )}
              </g>
            )
          })}
        </svg>
      )}
      <ol className="stat-map__list">
        {rows.map(row => {
          const key = row.key[0] ?? ''
          const words = (
            <>
              {context.keyWord(by, key, measure)} <b>{context.text(row.value ?? 0, measure)}</b>
            </>
          )
          return (
            <li key={key}>
              {drill ? (
                <button type="button" className="stat-open" onClick={() => drill({ measure: id, [by]: key })}>
                  {words}
                </button>
              ) : (
                words
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
}

interface Land {
  readonly width: number
  readonly path: string
  at(lat: number, lon: number): readonly [x: number, y: number]
}
/** A plane chart, longitude narrowed by the middle latitude. */
function landOf({ west, east, south, north, rings }: CoastView, frameWidth: number): Land {
  const narrowed = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = HEIGHT / (north - south)
  const width = Math.min(frameWidth, Math.round((east - west) * narrowed * scale))
  const at = (lat: number, lon: number): readonly [number, number] => [
    width / 2 + (lon - (west + east) / 2) * narrowed * scale,
    HEIGHT / 2 - (lat - (south + north) / 2) * scale,
  ]
  let path = ''
  for (const ring of rings) {
    for (let n = 0; n + 1 < ring.length; n += 2) {
      const [x, y] = at((ring[n] ?? 0) / 1000, (ring[n + 1] ?? 0) / 1000)
      path += `${n === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    }
    path += 'Z'
  }
  return { width, path, at }
}
