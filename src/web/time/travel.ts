// Looking at the past: the worker shows snapshots of /api/past instead of the live picture. Playing asks for one snapshot a second of real time and glides
// ships between two of them. `E` brings back the live edge.
import type { Knowledge } from '../alerts/as-of.ts'
import type { Api } from '../live/api.ts'
import type { LiveLink } from '../live/link.ts'
import { createStore, type Store } from '../shell/store.ts'
import { playedTo, type Speed } from './playback.ts'

export interface TimeState {
  /** The moment shown; absent = live. */
  readonly atMs?: number
  readonly isPlaying: boolean
  readonly speed: Speed
  /** Alarms of the past as they were known then, or as is known now. */
  readonly knowledge: Knowledge
  readonly trouble?: string
}

export interface TimeTravel {
  readonly state: Store<TimeState>
  /** Shows this moment (live when undefined); the picture follows as soon as it is there, the newest wish wins. */
  show(atMs: number | undefined): void
  play(isPlaying: boolean): void
  setSpeed(speed: Speed): void
  setKnowledge(knowledge: Knowledge): void
  goLive(): void
  /** From the ticker, about four times a second. */
  tick(elapsedMs: number): void
}

export interface TravelDeps {
  readonly api: Api
  readonly link: LiveLink
  now(): number
  /** Box of the chart, wider than the screen by a quarter on each side. */
  box(): { west: number; south: number; east: number; north: number }
  /** The address takes the moment (not at each step of playing). */
  remember(atMs: number | undefined): void
}

const SNAPSHOT_MS = 1000

export function createTravel(deps: TravelDeps): TimeTravel {
  const state = createStore<TimeState>({ isPlaying: false, speed: 8, knowledge: 'then' })
  let isAsking = false
  let wanted: number | undefined
  let sinceSnapshotMs = 0

  async function ask(): Promise<void> {
    if (isAsking) return
    isAsking = true
    try {
      while (wanted !== undefined) {
        const atMs = wanted
        wanted = undefined
        try {
          const snapshot = await deps.api.past(atMs, deps.box())
          if (state.get().atMs !== undefined) deps.link.showPast(snapshot, atMs, state.get().isPlaying ? SNAPSHOT_MS : 250)
          state.set(now => {
            if (now.trouble === undefined) return now
            const { trouble: _gone, ...rest } = now
            return rest
          })
        } catch (reason) {
          state.set(now => ({ ...now, trouble: reason instanceof Error ? reason.message : String(reason) }))
        }
      }
    } finally {
      isAsking = false
    }
  }

  const want = (atMs: number): void => {
    wanted = atMs
    void ask()
  }

  function goLive(): void {
    wanted = undefined
    state.set(({ speed, knowledge }) => ({ isPlaying: false, speed, knowledge }))
    deps.link.showLive()
    deps.remember(undefined)
  }

  return {
    state,
    goLive,
    show(atMs) {
      if (atMs === undefined || atMs >= deps.now()) return goLive()
      state.set(now => ({ ...now, atMs }))
      deps.remember(atMs)
      want(atMs)
    },
    play(isPlaying) {
      state.set(now => ({ ...now, atMs: now.atMs ?? deps.now() - 3_600_000, isPlaying }))
      const { atMs } = state.get()
      if (atMs !== undefined) {
        deps.remember(atMs)
        want(atMs)
      }
    },
    setSpeed: speed => state.set(now => ({ ...now, speed })),
    setKnowledge: knowledge => state.set(now => ({ ...now, knowledge })),
    tick(elapsedMs) {
      const now = state.get()
      if (!now.isPlaying || now.atMs === undefined) return
      const next = playedTo(now.atMs, now.speed, elapsedMs, deps.now())
      if (next === undefined) return goLive()
      state.set({ ...now, atMs: next })
      sinceSnapshotMs += elapsedMs
      if (sinceSnapshotMs < SNAPSHOT_MS) return
      sinceSnapshotMs = 0
      want(next + (SNAPSHOT_MS * now.speed) / 1)
    },
  }
}
