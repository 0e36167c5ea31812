// Every deed of the screen, in the order the key sheet lists them. Buttons, keys, the palette and menus all come from here.

import { alarmCommands } from '../alerts/commands.ts'
import type { App } from '../app.ts'
import { openIncidentCommands } from '../incidents/commands.ts'
import { chartCommands } from '../map/commands.ts'
import { isInHeader, openPages, PAGE_ENTRIES } from '../pages.ts'
import { logCommands } from '../shifts/commands.ts'
import { closeStatisticsPanel } from '../statistics/commands.ts'
import { timeCommands } from '../time/commands.ts'
import { shipCommands } from '../vessels/commands.ts'
import { PAGES } from './address.ts'
import type { Command } from './commands.ts'

export function appCommands(app: App): readonly Command[] {
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
    ...openPages(app, PAGES).map(
      (page, i): Command => ({
        id: `page.${page}`,
        name: `page.${page}`,
        keywords: 'go page 화면 이동',
        ...(i < 10 && isInHeader(page) ? { keys: `G ${(i + 1) % 10}` } : {}),
        context: 'everywhere',
        run: () => app.go({ page, item: undefined }),
      }),
    ),
    ...openIncidentCommands(app),
    ...logCommands(app),
    ...(PAGE_ENTRIES.find(entry => entry.page === app.address.get().page)?.commands?.(app) ?? []),
    {
      id: 'alarm.next',
      deed: 'alarms.look',
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
      deed: 'alarms.look',
      name: 'command.hush',
      keywords: 'quiet silence 소리 조용',
      keys: 'H',
      context: 'everywhere',
      run: () => app.alarms.hush(),
    },
    {
      id: 'chart.full',
      deed: 'ships.look',
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
    {
      id: 'desk.lock',
      name: 'session.lock',
      keywords: 'lock 잠금 자리 비움',
      keys: 'Ctrl+L',
      context: 'everywhere',
      applies: () => isSomebody(app),
      run: () => app.session.lock(),
    },
    {
      id: 'desk.sign-out',
      name: 'session.sign-out',
      keywords: 'sign out log off 로그아웃 나가기',
      context: 'everywhere',
      applies: () => isSomebody(app),
      run: () => app.session.signOut(),
    },
    { id: 'region', name: 'command.region', keys: 'F6', context: 'everywhere', unlisted: true, run: () => nextRegion() },
    { id: 'escape', name: 'command.escape', keys: 'Esc', context: 'everywhere', unlisted: true, run: () => stepBack(app) },

    ...alarmCommands(app),
    ...shipCommands(app),
    ...chartCommands(app),
    ...timeCommands(app),
    ...(['night', 'deep', 'dusk', 'day'] as const).map(
      (palette): Command => ({
        id: `palette.${palette}`,
        name: `palette.${palette}`,
        keywords: 'palette colour 색 화면',
        context: 'chart',
        run: () => app.setDesk({ palette, isPaletteByHour: false }),
      }),
    ),
    {
      id: 'sound.test',
      deed: 'alarms.look',
      name: 'sound.test',
      keywords: 'sound test 소리',
      context: 'alarm',
      run: () => app.overlay.set({ kind: 'sound' }),
    },
    {
      id: 'language',
      name: 'command.language',
      keywords: 'english korean 한국어 영어 언어',
      context: 'chart',
      run: () => app.setDesk({ language: app.desk.get().language === 'ko' ? 'en' : 'ko' }),
    },
  ]
}

/** Signed in as a person; a wall screen never locks, and its session ends by its key. */
const isSomebody = (app: App): boolean => {
  const me = app.me.get()
  return me !== undefined && me.login !== '' && me.kind !== 'screen'
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
  else if (app.address.get().page === 'statistics' && closeStatisticsPanel(app)) return undefined
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
