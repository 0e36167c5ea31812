// Keeps the room's state in step with the server: asks once for everything, then follows the live line; after a break it asks anew, so nothing is missed.
import type { App } from '../app.ts'
import { takeLiveMessage } from './messages.ts'

const STATUS_EVERY_MS = 5000
const RETRY_MS = 3000
/** Ships a quarter of the window beyond its edges are followed too: panning shows them at once. */
const MARGIN = 0.25

export function startLiveRoom(app: App): void {
  app.link.onMessage(message => takeLiveMessage(app, message))
  let before = ''
  const subscribe = (): void => {
    const bounds = app.chart.get()?.bounds()
    if (!bounds) return
    const dx = (bounds.east - bounds.west) * MARGIN
    const dy = (bounds.north - bounds.south) * MARGIN
    const text = app.api.viewMessage({
      west: bounds.west - dx,
      south: Math.max(-85, bounds.south - dy),
      east: bounds.east + dx,
      north: Math.min(85, bounds.north + dy),
    })
    if (text === before) return
    before = text
    app.link.subscribe(text)
  }
  app.chart.subscribe(() => {
    const chart = app.chart.get()
    if (!chart) return
    subscribe()
    chart.map.on('moveend', subscribe)
    chart.map.on('resize', subscribe)
  })

  const loadStatus = async (): Promise<void> => {
    try {
      app.status.set(await app.api.status())
    } catch {
      // the strip "연결 끊김" says it; the next round asks again
    }
  }
  const loadAlarms = async (): Promise<void> => {
    if (!app.may('alarms.look')) return
    await app.alarms.load()
    if (app.alarms.state.get().trouble !== undefined) setTimeout(() => void loadAlarms(), RETRY_MS)
  }
  const loadAreas = async (): Promise<void> => {
    if (!app.may('areas.look')) return
    const areas = await app.api.areas().catch(() => undefined)
    if (areas) app.areas.set(areas)
  }
  const loadDesks = async (): Promise<void> => {
    await Promise.all([
      app.may('incidents.look') ? app.incidents.load() : undefined,
      app.may('second.look') ? app.second.load() : undefined,
      app.shifts.load(),
      app.reports.load(),
      app.may('journeys.look') ? app.seals.load() : undefined,
    ])
  }
  let wasOpen = false
  app.link.state.subscribe(() => {
    const isOpen = app.link.state.get().state === 'open'
    if (isOpen && !wasOpen) void Promise.all([loadStatus().then(loadDesks), loadAlarms(), loadAreas(), app.outbox.flush()])
    wasOpen = isOpen
  })
  void Promise.all([loadStatus().then(loadDesks), loadAlarms(), loadAreas()])
  setInterval(() => void loadStatus(), STATUS_EVERY_MS)
}
