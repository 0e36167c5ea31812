import { useApp, useSay } from '../app.ts'
import { minuteKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import type { TrackPoint } from './model.ts'

const [WIDTH, HEIGHT] = [380, 92]
/** Speed above, the door in a lane of its own below. */
const FLOOR = HEIGHT - 16
const SHOWN_MS = 90 * 60_000
const MOST_KMH = 120
const LINES_KMH = [40, 80] as const
const STOOD_KMH = 3
/** Without a report for so long nothing is known of the time between. */
const HOLE_MS = 5 * 60_000

/** Speed over an hour and a half up to now or to the moment looked at, where it stood, and where the door was open; holes are holes. */
export function SpeedChart({ track }: { track: readonly TrackPoint[] }) {
  const app = useApp()
  const say = useSay()
  const replayMs = useStore(app.seals.replayMs)
  const newestMs = track.at(-1)?.atMs ?? 0
  const toMs = replayMs === undefined ? newestMs : Math.min(newestMs, Math.max(replayMs + SHOWN_MS / 2, (track[0]?.atMs ?? 0) + SHOWN_MS))
  const points = track.filter(point => point.atMs <= toMs && toMs - point.atMs <= SHOWN_MS)
  if (points.length < 2) return <p className="note">{say('seals.no-track')}</p>
  const fromMs = points[0]!.atMs
  const x = (ms: number): number => ((ms - fromMs) / Math.max(1, toMs - fromMs)) * WIDTH
  const y = (kmh: number): number => FLOOR - 2 - (Math.min(kmh, MOST_KMH) / MOST_KMH) * (FLOOR - 6)
  const pieces = points.reduce<string[][]>((all, point, n) => {
    if (point.speedKmh === undefined) return all
    const before = points[n - 1]
    if (all.length === 0 || (before && point.atMs - before.atMs > HOLE_MS)) all.push([])
    all.at(-1)?.push(`${x(point.atMs).toFixed(1)},${y(point.speedKmh).toFixed(1)}`)
    return all
  }, [])
  const spans = (holds: (point: TrackPoint) => boolean | undefined) =>
    points.flatMap((point, n) => {
      const next = points[n + 1]
      return holds(point) ? [{ from: x(point.atMs), to: next && next.atMs - point.atMs <= HOLE_MS ? x(next.atMs) : x(point.atMs) + 2 }] : []
    })
  const open = spans(point => point.locked === false)
  const stood = spans(point => point.speedKmh !== undefined && point.speedKmh < STOOD_KMH)
  return (
    <figure className="speed-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={say('seals.speed')}>
        {LINES_KMH.map(kmh => (
          <path key={kmh} className="speed-chart__line" d={`M0 ${y(kmh)}H${WIDTH}`} />
        ))}
        {stood.map(({ from, to }) => (
          <rect key={`s${from}`} className="speed-chart__stood" x={from} y={FLOOR - 5} width={Math.max(1, to - from)} height="5" />
        ))}
        <rect className="speed-chart__door" x="0" y={FLOOR + 4} width={WIDTH} height="7" />
        {open.map(({ from, to }) => (
          <g key={from}>
            <rect className="speed-chart__open" x={from} y="0" width={Math.max(2, to - from)} height={FLOOR} />
            <rect className="speed-chart__is-open" x={from} y={FLOOR + 4} width={Math.max(2, to - from)} height="7" />
          </g>
        ))}
        <path className="speed-chart__base" d={`M0 ${FLOOR}H${WIDTH}`} />
        {pieces.map(piece => (
          <polyline key={piece[0]} points={piece.join(' ')} />
        ))}
        {replayMs !== undefined && <path className="speed-chart__now" d={`M${x(replayMs)} 0V${HEIGHT}`} />}
      </svg>
      <figcaption>
        <span>{minuteKst(fromMs)}</span>
        <span>{say('seals.speed-unit')}</span>
        <span>{minuteKst(toMs)}</span>
      </figcaption>
      {open.length > 0 && <p className="note is-bad">{say('seals.door-was-open')}</p>}
    </figure>
  )
}
