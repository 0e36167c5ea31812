// The story of a journey as one line after another: its custody, the violations found on it, and where it stood, newest first.
import { distanceM } from '#base/index.ts'
import type { AlarmView } from '../alerts/model.ts'
import type { Line, TrackPoint } from './model.ts'

export interface Happening {
  readonly key: string
  readonly atMs: number
  readonly lat?: number
  readonly lon?: number
  readonly is:
    | { readonly kind: 'line'; readonly line: Line }
    | { readonly kind: 'violation'; readonly detector: string; readonly toMs?: number; readonly isOpen: boolean; readonly alarm: string }
    | { readonly kind: 'stop'; readonly minutes: number; readonly stands: boolean }
}

const STOOD_KMH = 3
/** Shorter ones are traffic lights. */
const LEAST_MIN = 3
/** A stop ends where it drives on; without reports for so long nobody knows. */
const HOLE_MS = 20 * 60_000
const SAME_PLACE_M = 300

export interface Stop {
  readonly fromMs: number
  readonly toMs: number
  readonly lat: number
  readonly lon: number
  /** To the end of what is known. */
  readonly stands: boolean
}

/** Where it stood for three minutes or more. */
export function stopsOf(track: readonly TrackPoint[]): readonly Stop[] {
  const stops: Stop[] = []
  let open: { fromMs: number; toMs: number; lat: number; lon: number } | undefined
  const end = (stands: boolean): void => {
    if (open && open.toMs - open.fromMs >= LEAST_MIN * 60_000) stops.push({ ...open, stands })
    open = undefined
  }
  for (const { atMs, lat, lon, speedKmh } of track) {
    if (lat === undefined || lon === undefined || speedKmh === undefined) continue
    if (open && atMs - open.toMs > HOLE_MS) end(false)
    if (speedKmh >= STOOD_KMH || (open && distanceM(open.lat, open.lon, lat, lon) > SAME_PLACE_M)) {
      if (open && speedKmh >= STOOD_KMH) open.toMs = atMs
      end(false)
      if (speedKmh >= STOOD_KMH) continue
    }
    open = open ? { ...open, toMs: atMs } : { fromMs: atMs, toMs: atMs, lat, lon }
  }
  end(true)
  return stops
}

export function storyOf(
  journey: string,
  lines: readonly Line[],
  track: readonly TrackPoint[],
  alarms: Iterable<AlarmView>,
): readonly Happening[] {
  const place = (at: { readonly lat?: number; readonly lon?: number } | undefined) =>
    at?.lat === undefined || at.lon === undefined ? {} : { lat: at.lat, lon: at.lon }
  const found = [...alarms]
    .filter(one => one.subjects.some(subject => subject.kind === 'journey' && subject.id === journey))
    .flatMap(alarm =>
      alarm.reasons
        .filter(
          reason => reason.subjects.length === 0 || reason.subjects.some(subject => subject.kind !== 'journey' || subject.id === journey),
        )
        .map(
          (reason): Happening => ({
            key: `alarm ${alarm.id} ${reason.detector} ${reason.fromMs}`,
            atMs: reason.fromMs,
            ...place(alarm.place),
            is: {
              kind: 'violation',
              detector: reason.detector,
              isOpen: reason.toMs === undefined && alarm.state !== 'closed',
              alarm: alarm.id,
              ...(reason.toMs === undefined ? {} : { toMs: reason.toMs }),
            },
          }),
        ),
    )
  return [
    ...lines.map((line): Happening => ({ key: `line ${line.n}`, atMs: line.atMs, ...place(line), is: { kind: 'line', line } })),
    ...stopsOf(track).map(
      (stop): Happening => ({
        key: `stop ${stop.fromMs}`,
        atMs: stop.fromMs,
        ...place(stop),
        is: { kind: 'stop', minutes: Math.round((stop.toMs - stop.fromMs) / 60_000), stands: stop.stands },
      }),
    ),
    ...found,
  ].sort((a, b) => b.atMs - a.atMs || (a.key < b.key ? 1 : -1))
}
