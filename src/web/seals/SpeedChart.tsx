import { useApp, useSay } from '../app.ts'
import { minuteKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import type { TrackPoint } from './model.ts'

const [WIDTH, HEIGHT] = [380, 74]
const SHOWN_MS = 90 * 60_000
const MOST_KMH = 120

/** Speed over the last hour and a half, and where the lock was open. */
export function SpeedChart({ track }: { track: readonly TrackPoint[] }) {
  const say = useSay()
  const replayMs = useStore(useApp().seals.replayMs)
  const toMs = replayMs === undefined ? (track.at(-1)?.atMs ?? 0) : replayMs
  const points = track.filter(point => point.atMs <= toMs && toMs - point.atMs <= SHOWN_MS)
  if (points.length < 2) return <p className="note">{say('seals.no-track')}</p>
  const fromMs = points[0]!.atMs
  const x = (ms: number): number => ((ms - fromMs) / Math.max(1, toMs - fromMs)) * WIDTH
  const y = (kmh: number): number => HEIGHT - 4 - (Math.min(kmh, MOST_KMH) / MOST_KMH) * (HEIGHT - 10)
  const line = points.flatMap(point =>
    point.speedKmh === undefined ? [] : [`${x(point.atMs).toFixed(1)},${y(point.speedKmh).toFixed(1)}`],
  )
  const open = points.flatMap((point, n) => {
    const next = points[n + 1]
    return point.locked === false ? [{ from: x(point.atMs), to: next ? x(next.atMs) : WIDTH }] : []
  })
  return (
    <figure className="speed-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={say('seals.speed')}>
        {open.map(({ from, to }) => (
          <rect key={from} className="speed-chart__open" x={from} y="0" width={Math.max(2, to - from)} height={HEIGHT} />
        ))}
        <path className="speed-chart__base" d={`M0 ${HEIGHT - 4}H${WIDTH}`} />
        <polyline points={line.join(' ')} />
      </svg>
      <figcaption>
        <span>{minuteKst(fromMs)}</span>
        <span>{say('seals.speed-unit')}</span>
        <span>{minuteKst(toMs)}</span>
      </figcaption>
    </figure>
  )
}
