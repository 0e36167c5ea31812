// What can be done with the chosen ship, as commands.
import type { App } from '../app.ts'
import { exportTrack } from '../map/exports.ts'
import type { Command } from '../shell/commands.ts'

export function shipCommands(app: App): readonly Command[] {
  const ship = () => app.selected.state.get()
  const needsShip = (): true | 'command.no-ship' => (ship() ? true : 'command.no-ship')
  const chart = () => app.chart.get()
  return [
    {
      id: 'ship.track',
      deed: 'ships.look',
      name: 'command.track',
      keywords: 'track 항적',
      keys: 'T',
      context: 'dossier',
      applies: needsShip,
      run: () => fitTrack(app),
    },
    {
      id: 'ship.watch',
      deed: 'ships.watch',
      name: ship()?.card?.isWatched ? 'command.unwatch' : 'command.watch',
      keywords: 'watch 관심 감시',
      keys: 'W',
      context: 'dossier',
      live: true,
      applies: needsShip,
      run: () => toggleWatch(app),
    },
    {
      id: 'ship.card',
      deed: 'ships.look',
      name: 'command.card',
      keywords: 'card 선박 카드',
      keys: 'O',
      context: 'dossier',
      applies: needsShip,
      run: () => app.go({ page: 'ships', ...(ship() ? { card: ship()?.mmsi ?? 0 } : {}) }),
    },
    {
      id: 'ship.centre',
      deed: 'ships.look',
      name: 'command.centre',
      keywords: 'centre 가운데',
      context: 'dossier',
      applies: needsShip,
      run: () => {
        const place = ship() && chart()?.placeOf(ship()?.mmsi ?? 0)
        if (place) chart()?.goTo({ ...place, zoom: Math.max(chart()?.map.getZoom() ?? 10, 10) })
        return undefined
      },
    },
    {
      id: 'ship.export-track',
      deed: 'ships.look',
      name: 'command.export-track',
      keywords: 'export csv gpx geojson 내보내기',
      context: 'dossier',
      applies: needsShip,
      run: () => exportTrack(app),
    },
    {
      id: 'ship.copy',
      deed: 'ships.look',
      name: 'command.copy-link',
      keywords: 'link copy 주소 복사',
      context: 'dossier',
      run: async () => {
        await navigator.clipboard.writeText(location.href)
        app.toast(app.say('done.copied'))
        return undefined
      },
    },
  ]
}

function fitTrack(app: App): undefined {
  const track = app.selected.state.get()?.track ?? []
  if (track.length < 2) {
    app.toast(app.say('track.none'))
    return undefined
  }
  const [lats, lons] = [track.map(point => point.lat), track.map(point => point.lon)]
  app.chart.get()?.fit(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats))
  return undefined
}

async function toggleWatch(app: App) {
  const ship = app.selected.state.get()
  if (!ship) return undefined
  const isWatched = !(ship.card?.isWatched ?? false)
  const set = (value: boolean): Promise<void> => app.outbox.put(String(ship.mmsi), id => app.api.watch(ship.mmsi, value, id))
  await set(isWatched)
  await app.selected.refresh()
  const name = app.link.nameOf(ship.mmsi) ?? ship.mmsi
  return {
    said: isWatched ? ('undo.watched' as const) : ('undo.unwatched' as const),
    values: { name },
    undo: async () => {
      await set(!isWatched)
      await app.selected.refresh()
    },
  }
}
