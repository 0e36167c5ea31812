// The ship whose dossier is open: its card kept fresh, its track of 24 hours, the tracks of the other ships of the alarm. One request each when it is chosen,
// the card again every 10 s while it is shown; the track grows at its end from what the chart shows.
import type { AlarmView } from '../alerts/model.ts'
import type { Api } from '../live/api.ts'
import type { Chart } from '../map/chart.ts'
import { createStore, type Store } from '../shell/store.ts'
import type { ShipCardView, TrackPoint } from './model.ts'
import { type Gap, gapsOf, trackFeatures } from './track.ts'

export interface SelectedShip {
  readonly mmsi: number
  readonly card?: ShipCardView
  readonly track: readonly TrackPoint[]
  readonly gaps: readonly Gap[]
  readonly isTrackLoaded: boolean
  readonly trouble?: string
}

export interface Selected {
  readonly state: Store<SelectedShip | undefined>
  /** A ship on the chart was pressed, or the sea. */
  pick(mmsi: number | undefined): void
  /** Shows this ship (and beside it these) without touching the address. */
  show(mmsi: number | undefined, others?: readonly number[]): void
  refresh(): Promise<void>
  /** Draws brackets and tracks on a chart, now and after each change. */
  onDraw(chart: Chart): () => void
}

const DAY_MS = 86_400_000

export interface SelectedDeps {
  readonly api: Api
  now(): number
  select(mmsi: number | undefined): void
  alarmOf(mmsi: number): AlarmView | undefined
}

export function createSelected(deps: SelectedDeps): Selected {
  const state = createStore<SelectedShip | undefined>(undefined)
  const others = createStore<readonly { readonly mmsi: number; readonly track: readonly TrackPoint[] }[]>([])

  async function loadTrack(mmsi: number): Promise<void> {
    const toMs = deps.now()
    const track = await deps.api.track(mmsi, toMs - DAY_MS, toMs)
    state.set(now => (now?.mmsi === mmsi ? { ...now, track, gaps: gapsOf(track), isTrackLoaded: true } : now))
  }
  async function loadCard(mmsi: number): Promise<void> {
    const card = await deps.api.ship(mmsi)
    state.set(now => (now?.mmsi === mmsi ? { ...now, card } : now))
  }
  const fail =
    (mmsi: number) =>
    (reason: unknown): void => {
      const trouble = reason instanceof Error ? reason.message : String(reason)
      state.set(now => (now?.mmsi === mmsi ? { ...now, trouble, isTrackLoaded: true } : now))
    }

  return {
    state,
    pick: mmsi => deps.select(mmsi),
    show(mmsi, beside = []) {
      if (mmsi === undefined) {
        state.set(undefined)
        others.set([])
        return
      }
      if (state.get()?.mmsi !== mmsi) {
        state.set({ mmsi, track: [], gaps: [], isTrackLoaded: false })
        loadCard(mmsi).catch(fail(mmsi))
        loadTrack(mmsi).catch(fail(mmsi))
      }
      others.set(beside.map(other => ({ mmsi: other, track: [] })))
      for (const other of beside)
        deps.api.track(other, deps.now() - DAY_MS, deps.now()).then(
          track => others.set(list => list.map(one => (one.mmsi === other ? { mmsi: other, track } : one))),
          () => undefined,
        )
    },
    async refresh() {
      const mmsi = state.get()?.mmsi
      if (mmsi === undefined) return
      state.set(now => {
        if (!now) return now
        const { trouble: _gone, ...rest } = now
        return rest
      })
      await Promise.all([loadCard(mmsi), loadTrack(mmsi)]).catch(fail(mmsi))
    },
    onDraw(chart) {
      const draw = (): void => {
        const ship = state.get()
        const beside = others.get()
        chart.select(ship ? [ship.mmsi, ...beside.map(one => one.mmsi)] : [])
        chart.setData('track', {
          type: 'FeatureCollection',
          features: ship
            ? [...beside.flatMap(one => trackFeatures(one.track, gapsOf(one.track), true)), ...trackFeatures(ship.track, ship.gaps, false)]
            : [],
        })
      }
      draw()
      const stops = [state.subscribe(draw), others.subscribe(draw)]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}
