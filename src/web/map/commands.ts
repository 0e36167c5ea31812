// What can be done with the chart, as commands.
import type { App } from '../app.ts'
import { NO_FILTER } from '../live/ship-columns.ts'
import { START } from '../shell/address.ts'
import type { Command } from '../shell/commands.ts'
import { exportChart, exportShips } from './exports.ts'

const PAN_PX = 120

export function chartCommands(app: App): readonly Command[] {
  const chart = () => app.chart.get()
  return [
    {
      id: 'chart.left',
      deed: 'ships.look',
      name: 'command.pan',
      keys: 'Left',
      context: 'chart',
      unlisted: true,
      run: () => chart()?.panBy(-PAN_PX, 0),
    },
    {
      id: 'chart.right',
      deed: 'ships.look',
      name: 'command.pan-right',
      keys: 'Right',
      context: 'chart',
      unlisted: true,
      run: () => chart()?.panBy(PAN_PX, 0),
    },
    {
      id: 'chart.up',
      deed: 'ships.look',
      name: 'command.pan-up',
      keys: 'Up',
      context: 'chart',
      unlisted: true,
      run: () => chart()?.panBy(0, -PAN_PX),
    },
    {
      id: 'chart.down',
      deed: 'ships.look',
      name: 'command.pan-down',
      keys: 'Down',
      context: 'chart',
      unlisted: true,
      run: () => chart()?.panBy(0, PAN_PX),
    },
    { id: 'chart.zoom-in', deed: 'ships.look', name: 'chart.zoom-in', keys: '+', context: 'chart', run: () => chart()?.zoomBy(1) },
    { id: 'chart.zoom-out', deed: 'ships.look', name: 'chart.zoom-out', keys: '-', context: 'chart', run: () => chart()?.zoomBy(-1) },
    {
      id: 'chart.home',
      deed: 'ships.look',
      name: 'command.home',
      keywords: 'home 우리 해역',
      keys: '0',
      context: 'chart',
      run: () => chart()?.goTo(START),
    },
    {
      id: 'chart.measure',
      deed: 'ships.look',
      name: 'command.measure',
      keywords: 'distance bearing 거리 방위',
      keys: 'B',
      context: 'chart',
      run: () => app.tools.measure(),
    },
    {
      id: 'chart.draw',
      deed: 'areas.change',
      name: 'command.draw',
      keywords: 'area zone draw 구역 그리기',
      keys: 'Z',
      context: 'chart',
      live: true,
      run: () => app.tools.draw(),
    },
    {
      id: 'chart.put',
      deed: 'ships.look',
      name: 'command.put-point',
      keys: 'Enter',
      context: 'chart',
      unlisted: true,
      applies: () => app.tools.state.get().tool !== 'none',
      run: () => {
        const middle = chart()?.middle()
        if (middle) app.tools.put(middle)
      },
    },
    {
      id: 'chart.finish',
      deed: 'ships.look',
      name: 'command.finish-area',
      keys: 'Shift+Enter',
      context: 'chart',
      unlisted: true,
      applies: () => app.tools.state.get().tool === 'draw',
      run: () => {
        const state = app.tools.state.get()
        if (state.tool !== 'draw') return
        app.tools.close()
        app.overlay.set({ kind: 'area-form', ...(state.areaId ? { areaId: state.areaId } : {}) })
      },
    },
    {
      id: 'chart.export',
      deed: 'ships.look',
      name: 'command.export-chart',
      keywords: 'picture png 그림 내보내기',
      context: 'chart',
      run: () => exportChart(app),
    },
    {
      id: 'chart.export-ships',
      deed: 'ships.look',
      name: 'command.export-ships',
      keywords: 'geojson csv 선박 내보내기',
      context: 'chart',
      run: () => exportShips(app),
    },
    {
      id: 'chart.no-filter',
      deed: 'ships.look',
      name: 'filter.clear',
      keywords: 'filter 필터 지우기',
      context: 'chart',
      run: () => app.setFilter(NO_FILTER),
    },
  ]
}
