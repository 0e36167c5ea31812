// Every deed of the screen, in the order the key sheet lists them. Buttons, keys, the palette and menus all come from here.

import type { App } from '../app.ts'
import { NO_FILTER } from '../live/ship-columns.ts'
import { exportChart, exportShips, exportTrack } from '../map/exports.ts'
import { PAGES, START } from './address.ts'
import type { Command } from './commands.ts'

const PAN_PX = 120
const STEP_MS = 10_000
const JUMP_MS = 600_000

export function appCommands(app: App): readonly Command[] {
  const selectedAlarm = () => {
    const { selection } = app.address.get()
    return selection?.kind === 'alarm' ? app.alarms.state.get().alarms.get(selection.id) : undefined
  }
  const ship = () => app.selected.state.get()
  const needsAlarm = (): true | 'command.no-alarm' => (selectedAlarm() ? true : 'command.no-alarm')
  const needsOpenAlarm = (): true | 'command.no-alarm' | 'command.closed' => {
    const alarm = selectedAlarm()
    return !alarm ? 'command.no-alarm' : alarm.state === 'closed' ? 'command.closed' : true
  }
  const needsShip = (): true | 'command.no-ship' => (ship() ? true : 'command.no-ship')
  const form = (kind: 'assign' | 'shelve' | 'resolve' | 'false' | 'note') => () => {
    const alarm = selectedAlarm()
    if (alarm) app.overlay.set({ kind: 'alarm-form', form: kind, alarmId: alarm.id })
  }
  const shift = (ms: number) => () => app.time.show((app.time.state.get().atMs ?? app.now()) + ms)
  const chart = () => app.chart.get()

  return [
    {
      id: 'find',
      name: 'command.find',
      keywords: '검색 찾기 search palette',
      keys: 'Ctrl+K',
      context: 'everywhere',
      unlisted: true,
      run: () => app.overlay.set({ kind: 'palette' }),
    },
    ...PAGES.map(
      (page, i): Command => ({
        id: `page.${page}`,
        name: `page.${page}`,
        keywords: 'go page 화면 이동',
        keys: `G ${i + 1}`,
        context: 'everywhere',
        run: () => app.go({ page }),
      }),
    ),
    {
      id: 'alarm.next',
      name: 'command.next-alarm',
      keywords: 'next unacknowledged 다음 미확인',
      keys: 'N',
      context: 'everywhere',
      run: () => {
        app.go({ page: 'situation' })
        app.alarms.nextUnacknowledged()
      },
    },
    {
      id: 'sound.hush',
      name: 'command.hush',
      keywords: 'quiet silence 소리 조용',
      keys: 'H',
      context: 'everywhere',
      run: () => app.alarms.hush(),
    },
    {
      id: 'chart.full',
      name: 'command.full-chart',
      keywords: 'full screen 전체 해도',
      keys: 'F',
      context: 'everywhere',
      run: () => app.isFullChart.set(is => !is),
    },
    {
      id: 'undo',
      name: 'command.undo',
      keywords: '되돌리기 undo',
      keys: 'Ctrl+Z',
      context: 'everywhere',
      unlisted: true,
      run: () => undoLast(app),
    },
    {
      id: 'keys',
      name: 'keys.title',
      keywords: 'shortcuts help 도움 단축키',
      keys: '?',
      context: 'everywhere',
      run: () => app.overlay.set({ kind: 'keys' }),
    },
    { id: 'region', name: 'command.region', keys: 'F6', context: 'everywhere', unlisted: true, run: () => nextRegion() },
    { id: 'escape', name: 'command.escape', keys: 'Esc', context: 'everywhere', unlisted: true, run: () => stepBack(app) },

    { id: 'alarm.down', name: 'command.down', keys: 'J', context: 'alarm', unlisted: true, run: () => app.alarms.step(1) },
    { id: 'alarm.up', name: 'command.up', keys: 'K', context: 'alarm', unlisted: true, run: () => app.alarms.step(-1) },
    {
      id: 'alarm.open',
      name: 'command.open',
      keys: 'Enter',
      context: 'alarm',
      unlisted: true,
      applies: needsAlarm,
      run: () => {
        const alarm = selectedAlarm()
        if (alarm) app.alarms.open(alarm.id)
      },
    },
    {
      id: 'alarm.acknowledge',
      name: 'command.acknowledge',
      keywords: 'ack 확인',
      keys: 'Space',
      context: 'alarm',
      live: true,
      applies: () => {
        const alarm = selectedAlarm()
        return !alarm ? 'command.no-alarm' : alarm.isAcknowledged ? 'command.acknowledged' : true
      },
      run: async () => {
        const alarm = selectedAlarm()
        return alarm ? app.alarms.acknowledge(alarm.id) : undefined
      },
    },
    {
      id: 'alarm.assign',
      name: 'command.assign',
      keywords: 'assign 배정 담당',
      keys: 'A',
      context: 'alarm',
      live: true,
      applies: needsOpenAlarm,
      run: form('assign'),
    },
    {
      id: 'alarm.shelve',
      name: 'command.shelve',
      keywords: 'shelve snooze 보류',
      keys: 'S',
      context: 'alarm',
      live: true,
      applies: needsOpenAlarm,
      run: form('shelve'),
    },
    {
      id: 'alarm.unshelve',
      name: 'command.unshelve',
      keywords: 'unshelve 보류 풀기',
      context: 'alarm',
      live: true,
      applies: () => selectedAlarm()?.state === 'shelved',
      run: async () => {
        const alarm = selectedAlarm()
        if (alarm) await app.alarms.unshelve(alarm.id)
        return undefined
      },
    },
    {
      id: 'alarm.resolve',
      name: 'command.resolve',
      keywords: 'resolve close 종결',
      keys: 'R',
      context: 'alarm',
      live: true,
      applies: needsOpenAlarm,
      run: form('resolve'),
    },
    {
      id: 'alarm.false',
      name: 'command.false',
      keywords: 'false 오경보',
      keys: 'X',
      context: 'alarm',
      live: true,
      applies: needsOpenAlarm,
      run: form('false'),
    },
    {
      id: 'alarm.note',
      name: 'command.note',
      keywords: 'note 메모 기록',
      context: 'alarm',
      live: true,
      applies: needsAlarm,
      run: form('note'),
    },

    {
      id: 'ship.track',
      name: 'command.track',
      keywords: 'track 항적',
      keys: 'T',
      context: 'dossier',
      applies: needsShip,
      run: () => fitTrack(app),
    },
    {
      id: 'ship.watch',
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
      name: 'command.card',
      keywords: 'card 선박 카드',
      keys: 'O',
      context: 'dossier',
      applies: needsShip,
      run: () => app.go({ page: 'ships', ...(ship() ? { card: ship()?.mmsi ?? 0 } : {}) }),
    },
    {
      id: 'ship.centre',
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
      name: 'command.export-track',
      keywords: 'export csv gpx geojson 내보내기',
      context: 'dossier',
      applies: needsShip,
      run: () => exportTrack(app),
    },
    {
      id: 'ship.copy',
      name: 'command.copy-link',
      keywords: 'link copy 주소 복사',
      context: 'dossier',
      run: async () => {
        await navigator.clipboard.writeText(location.href)
        app.toast(app.say('done.copied'))
        return undefined
      },
    },

    { id: 'chart.left', name: 'command.pan', keys: 'Left', context: 'chart', unlisted: true, run: () => chart()?.panBy(-PAN_PX, 0) },
    { id: 'chart.right', name: 'command.pan-right', keys: 'Right', context: 'chart', unlisted: true, run: () => chart()?.panBy(PAN_PX, 0) },
    { id: 'chart.up', name: 'command.pan-up', keys: 'Up', context: 'chart', unlisted: true, run: () => chart()?.panBy(0, -PAN_PX) },
    { id: 'chart.down', name: 'command.pan-down', keys: 'Down', context: 'chart', unlisted: true, run: () => chart()?.panBy(0, PAN_PX) },
    { id: 'chart.zoom-in', name: 'chart.zoom-in', keys: '+', context: 'chart', run: () => chart()?.zoomBy(1) },
    { id: 'chart.zoom-out', name: 'chart.zoom-out', keys: '-', context: 'chart', run: () => chart()?.zoomBy(-1) },
    { id: 'chart.home', name: 'command.home', keywords: 'home 우리 해역', keys: '0', context: 'chart', run: () => chart()?.goTo(START) },
    {
      id: 'chart.measure',
      name: 'command.measure',
      keywords: 'distance bearing 거리 방위',
      keys: 'B',
      context: 'chart',
      run: () => app.tools.measure(),
    },
    {
      id: 'chart.draw',
      name: 'command.draw',
      keywords: 'area zone draw 구역 그리기',
      keys: 'Z',
      context: 'chart',
      live: true,
      run: () => app.tools.draw(),
    },
    {
      id: 'chart.export',
      name: 'command.export-chart',
      keywords: 'picture png 그림 내보내기',
      context: 'chart',
      run: () => exportChart(app),
    },
    {
      id: 'chart.export-ships',
      name: 'command.export-ships',
      keywords: 'geojson csv 선박 내보내기',
      context: 'chart',
      run: () => exportShips(app),
    },
    { id: 'chart.no-filter', name: 'filter.clear', keywords: 'filter 필터 지우기', context: 'chart', run: () => app.setFilter(NO_FILTER) },

    { id: 'time.back', name: 'command.back', keys: 'Comma', context: 'time', unlisted: true, run: shift(-STEP_MS) },
    { id: 'time.forth', name: 'command.forth', keys: 'Period', context: 'time', unlisted: true, run: shift(STEP_MS) },
    { id: 'time.far-back', name: 'command.far-back', keys: 'Shift+Comma', context: 'time', unlisted: true, run: shift(-JUMP_MS) },
    { id: 'time.far-forth', name: 'command.far-forth', keys: 'Shift+Period', context: 'time', unlisted: true, run: shift(JUMP_MS) },
    { id: 'time.hour-back', name: 'command.hour-back', keywords: 'past hour 한 시간 전', context: 'time', run: shift(-3_600_000) },
    {
      id: 'time.play',
      name: 'command.play',
      keywords: 'play pause 재생 멈춤',
      keys: 'P',
      context: 'time',
      run: () => app.time.play(!app.time.state.get().isPlaying),
    },
    { id: 'time.live', name: 'command.live', keywords: 'live now 실시간 지금', keys: 'E', context: 'time', run: () => app.time.goLive() },

    ...(['night', 'deep', 'dusk', 'day'] as const).map(
      (palette): Command => ({
        id: `palette.${palette}`,
        name: `palette.${palette}`,
        keywords: 'palette colour 색 화면',
        context: 'chart',
        run: () => app.setDesk({ palette, isPaletteByHour: false }),
      }),
    ),
    { id: 'sound.test', name: 'sound.test', keywords: 'sound test 소리', context: 'alarm', run: () => app.overlay.set({ kind: 'sound' }) },
    {
      id: 'language',
      name: 'command.language',
      keywords: 'english korean 한국어 영어 언어',
      context: 'chart',
      run: () => app.setDesk({ language: app.desk.get().language === 'ko' ? 'en' : 'ko' }),
    },
  ]
}

function undoLast(app: App): undefined {
  if (app.tools.back()) return undefined
  const last = app.toasts.get().findLast(toast => toast.undo && toast.untilMs > app.now())
  if (!last) return undefined
  app.toasts.set(list => list.filter(toast => toast !== last))
  void last.undo?.undo()
  return undefined
}

/** Esc goes one step out: overlay, tool, the list twin, the card, the filter, then the selection. */
function stepBack(app: App): undefined {
  if (app.overlay.get()) app.overlay.set(undefined)
  else if (app.tools.state.get().tool !== 'none') app.tools.stop()
  else if (app.address.get().card !== undefined && app.address.get().page === 'ships') app.go({ page: 'situation' })
  else if (app.isFullChart.get()) app.isFullChart.set(false)
  else app.go({ selection: undefined })
  return undefined
}

function nextRegion(): undefined {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(region => region.offsetParent !== null)
  const at = regions.findIndex(region => region.contains(document.activeElement))
  regions[(at + 1) % regions.length]?.focus()
  return undefined
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
