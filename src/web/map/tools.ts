// The two hands-on tools of the chart: measuring (B) and drawing an area (Z). Pure state and geometry; the chart only draws `sketch`. Every step can be
// undone (Backspace / Ctrl Z), every drag has a key twin: points can be typed in the area form.
import { bearingDeg, distanceM } from '#base/index.ts'
import { createStore, type Store } from '../shell/store.ts'
import type { Collection } from './chart.ts'

export interface Point {
  readonly lat: number
  readonly lon: number
}

export type ToolState =
  | { readonly tool: 'none' }
  | { readonly tool: 'measure'; readonly points: readonly Point[]; readonly cursor?: Point }
  | {
      readonly tool: 'draw'
      readonly points: readonly Point[]
      readonly cursor?: Point
      readonly isClosed: boolean
      readonly dragging?: number
      readonly before: readonly (readonly Point[])[]
      readonly areaId?: string
    }

export interface Leg {
  readonly distanceM: number
  readonly bearingDeg: number
}

export interface Tools {
  readonly state: Store<ToolState>
  measure(): void
  /** Starts a new area, or edits the outline of one. */
  draw(area?: { readonly id: string; readonly points: readonly Point[] }): void
  stop(): void
  /** Takes back the last step; false when there is none. */
  back(): boolean
  /** Closes the outline (three points or more). */
  close(): boolean
  /** A point by key: the middle of the chart. */
  put(place: Point): void
  pointer(kind: 'press' | 'move' | 'release' | 'double', place: Point, near: (point: Point) => number): boolean
}

const GRAB_PX = 9

export function createTools(): Tools {
  const state = createStore<ToolState>({ tool: 'none' })
  const draw = (change: (now: Extract<ToolState, { tool: 'draw' }>) => ToolState): void =>
    state.set(now => (now.tool === 'draw' ? change(now) : now))
  const step = (points: readonly Point[], more: Partial<Extract<ToolState, { tool: 'draw' }>> = {}): void =>
    draw(now => ({ ...now, points, before: [...now.before, now.points], ...more }))

  return {
    state,
    measure: () => state.set(now => (now.tool === 'measure' ? { tool: 'none' } : { tool: 'measure', points: [] })),
    draw: area =>
      state.set({
        tool: 'draw',
        points: area?.points ?? [],
        isClosed: area !== undefined,
        before: [],
        ...(area ? { areaId: area.id } : {}),
      }),
    stop: () => state.set({ tool: 'none' }),
    put(place) {
      const now = state.get()
      if (now.tool === 'measure') state.set({ ...now, points: [...now.points, place] })
      else if (now.tool === 'draw' && !now.isClosed) step([...now.points, place])
    },
    back() {
      const now = state.get()
      if (now.tool === 'measure' && now.points.length > 0) {
        state.set({ ...now, points: now.points.slice(0, -1) })
        return true
      }
      const last = now.tool === 'draw' ? now.before.at(-1) : undefined
      if (now.tool !== 'draw' || !last) return false
      state.set({
        ...now,
        points: last,
        before: now.before.slice(0, -1),
        isClosed: now.areaId !== undefined || (now.isClosed && last.length >= 3),
      })
      return true
    },
    close() {
      const now = state.get()
      if (now.tool !== 'draw' || now.points.length < 3) return false
      state.set({ ...now, isClosed: true })
      return true
    },
    pointer(kind, place, near) {
      const now = state.get()
      if (now.tool === 'none') return false
      if (now.tool === 'measure') {
        if (kind === 'press') state.set({ ...now, points: [...now.points, place] })
        if (kind === 'move') state.set({ ...now, cursor: place })
        return kind !== 'move'
      }
      if (kind === 'move') {
        if (now.dragging === undefined) {
          state.set({ ...now, cursor: place })
          return false
        }
        state.set({ ...now, points: now.points.map((point, i) => (i === now.dragging ? place : point)) })
        return true
      }
      if (kind === 'release') {
        const { dragging: _done, ...rest } = now
        state.set(rest)
        return true
      }
      if (kind === 'double') {
        if (!now.isClosed && now.points.length >= 3) state.set({ ...now, isClosed: true })
        return true
      }
      return press(now, place, near)
    },
  }

  function press(now: Extract<ToolState, { tool: 'draw' }>, place: Point, near: (point: Point) => number): boolean {
    const corner = now.points.findIndex(point => near(point) < GRAB_PX)
    if (!now.isClosed) {
      if (corner === 0 && now.points.length >= 3) state.set({ ...now, isClosed: true })
      else if (corner < 0) step([...now.points, place])
      else step(now.points, { dragging: corner })
      return true
    }
    if (corner >= 0) {
      step(now.points, { dragging: corner })
      return true
    }
    const middle = middles(now.points).findIndex(point => near(point) < GRAB_PX)
    if (middle < 0) return false
    step([...now.points.slice(0, middle + 1), place, ...now.points.slice(middle + 1)], { dragging: middle + 1 })
    return true
  }
}

const middles = (points: readonly Point[]): Point[] =>
  points.map((point, i) => {
    const next = points[(i + 1) % points.length] ?? point
    return { lat: (point.lat + next.lat) / 2, lon: (point.lon + next.lon) / 2 }
  })

export function legsOf(points: readonly Point[]): Leg[] {
  return points.slice(1).map((to, i) => {
    const from = points[i] ?? to
    return { distanceM: distanceM(from.lat, from.lon, to.lat, to.lon), bearingDeg: bearingDeg(from.lat, from.lon, to.lat, to.lon) }
  })
}

/** True when two edges of the outline cross: such an area has no inside. */
export function crossesItself(points: readonly Point[]): boolean {
  const n = points.length
  for (let i = 0; i < n; i++)
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue
      const [a, b, c, d] = [points[i], points[(i + 1) % n], points[j], points[(j + 1) % n]]
      if (a && b && c && d && sideOf(a, b, c) * sideOf(a, b, d) < 0 && sideOf(c, d, a) * sideOf(c, d, b) < 0) return true
    }
  return false
}
const sideOf = (a: Point, b: Point, c: Point): number => (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)

/** What the chart draws of a tool. */
export function sketchOf(state: ToolState): Collection {
  if (state.tool === 'none') return { type: 'FeatureCollection', features: [] }
  const line = [...state.points, ...(state.cursor && !(state.tool === 'draw' && state.isClosed) ? [state.cursor] : [])].map(point => [
    point.lon,
    point.lat,
  ])
  const closed = state.tool === 'draw' && state.isClosed && line[0] ? [...line, line[0]] : line
  return {
    type: 'FeatureCollection',
    features: [
      ...(state.tool === 'draw' && closed.length > 3
        ? [{ type: 'Feature' as const, properties: {}, geometry: { type: 'Polygon' as const, coordinates: [closed] } }]
        : []),
      ...(closed.length > 1
        ? [{ type: 'Feature' as const, properties: {}, geometry: { type: 'LineString' as const, coordinates: closed } }]
        : []),
      ...state.points.map(point => mark(point, false)),
      ...(state.tool === 'draw' && state.isClosed ? middles(state.points).map(point => mark(point, true)) : []),
    ],
  }
}
const mark = (point: Point, middle: boolean) => ({
  type: 'Feature' as const,
  properties: { part: 'point', middle },
  geometry: { type: 'Point' as const, coordinates: [point.lon, point.lat] },
})
