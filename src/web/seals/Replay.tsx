import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { useNow } from '../ui/use-now.ts'
import type { TrackPoint } from './model.ts'

const STEPS = 600
const FRAME_MS = 100
/** A whole journey passes in half a minute. */
const PLAY_FRAMES = 300

/** Where it was at a time: the newest point not after it. */
export const pointAt = (track: readonly TrackPoint[], atMs: number): TrackPoint | undefined =>
  track.findLast(point => point.atMs <= atMs && point.lat !== undefined)

/** Slides through a journey as it went; at its right end it is live. */
export function Replay({ track }: { track: readonly TrackPoint[] }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(30_000)
  const atMs = useStore(app.seals.replayMs)
  const [isPlaying, setPlaying] = useState(false)
  const fromMs = track[0]?.atMs ?? 0
  const toMs = track.at(-1)?.atMs ?? 0
  const ends = useRef({ fromMs, toMs })
  ends.current = { fromMs, toMs }
  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => {
      const { fromMs: from, toMs: to } = ends.current
      const next = (app.seals.replayMs.get() ?? from) + (to - from) / PLAY_FRAMES
      app.seals.replayMs.set(next >= to ? undefined : next)
      if (next >= to) setPlaying(false)
    }, FRAME_MS)
    return () => clearInterval(timer)
  }, [app, isPlaying])
  if (toMs <= fromMs) return null
  const step = (toMs - fromMs) / STEPS
  return (
    <div className={`replay ${atMs === undefined ? '' : 'is-past'}`}>
      <button
        type="button"
        className="button is-small"
        aria-pressed={isPlaying}
        onClick={() => {
          if (!isPlaying && atMs === undefined) app.seals.replayMs.set(fromMs)
          setPlaying(!isPlaying)
        }}
      >
        {say(isPlaying ? 'seals.pause' : 'seals.play')}
      </button>
      <input
        type="range"
        aria-label={say('seals.replay')}
        aria-valuetext={momentKst(atMs ?? toMs, nowMs)}
        min={0}
        max={STEPS}
        value={Math.round(((atMs ?? toMs) - fromMs) / step)}
        onChange={event => {
          const n = Number(event.target.value)
          app.seals.replayMs.set(n >= STEPS ? undefined : fromMs + n * step)
        }}
      />
      <span className="note">{atMs === undefined ? say('seals.live') : momentKst(atMs, nowMs)}</span>
    </div>
  )
}
