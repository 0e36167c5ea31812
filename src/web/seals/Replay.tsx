import { useEffect, useRef, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { momentKst } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { useNow } from '../ui/use-now.ts'
import type { TrackPoint } from './model.ts'

const STEPS = 1000
const FRAME_MS = 100
const SPEEDS = [10, 60, 300, 1800] as const
const USUAL_SPEED = 300
const JUMP_MS = 60_000

/** Where it was at a time: the newest point not after it. */
export const pointAt = (track: readonly TrackPoint[], atMs: number): TrackPoint | undefined =>
  track.findLast(point => point.atMs <= atMs && point.lat !== undefined)

/** Slides through a journey as it went, at a speed one chooses; at its right end it is live. */
export function Replay({ track }: { track: readonly TrackPoint[] }) {
  const app = useApp()
  const say = useSay()
  const nowMs = useNow(30_000)
  const atMs = useStore(app.seals.replayMs)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<number>(USUAL_SPEED)
  const fromMs = track[0]?.atMs ?? 0
  const toMs = track.at(-1)?.atMs ?? 0
  const ends = useRef({ fromMs, toMs })
  ends.current = { fromMs, toMs }
  const to = (next: number): void => app.seals.replayMs.set(next >= ends.current.toMs ? undefined : Math.max(ends.current.fromMs, next))
  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => {
      const next = (app.seals.replayMs.get() ?? ends.current.fromMs) + FRAME_MS * speed
      app.seals.replayMs.set(next >= ends.current.toMs ? undefined : next)
      if (next >= ends.current.toMs) setPlaying(false)
    }, FRAME_MS)
    return () => clearInterval(timer)
  }, [app, isPlaying, speed])
  if (toMs <= fromMs) return null
  const step = (toMs - fromMs) / STEPS
  return (
    <div
      className={`replay ${atMs === undefined ? '' : 'is-past'}`}
      onKeyDown={event => {
        if (event.target instanceof HTMLSelectElement || (event.code !== 'Comma' && event.code !== 'Period')) return
        event.preventDefault()
        event.stopPropagation()
        to((atMs ?? toMs) + (event.code === 'Comma' ? -JUMP_MS : JUMP_MS) * (event.shiftKey ? 10 : 1))
      }}
    >
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
        onChange={event => to(fromMs + Number(event.target.value) * step)}
      />
      <select
        className="input"
        aria-label={say('seals.replay-speed')}
        value={speed}
        onChange={event => setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map(one => (
          <option key={one} value={one}>
            ×{one}
          </option>
        ))}
      </select>
      <p>
        <b>{atMs === undefined ? say('seals.live') : say('seals.past', { time: momentKst(atMs, nowMs) })}</b>
        {atMs !== undefined && (
          <button
            type="button"
            className="link-button"
            onClick={() => {
              setPlaying(false)
              app.seals.replayMs.set(undefined)
            }}
          >
            {say('seals.back-to-now')}
          </button>
        )}
      </p>
    </div>
  )
}
