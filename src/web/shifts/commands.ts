// What can be done with the duty log and the hand-over, as commands: buttons, keys, the palette. `L` writes a line wherever one is.
import type { App } from '../app.ts'
import type { Command } from '../shell/commands.ts'
import type { ItemView, SheetView } from './model.ts'

const open = (app: App): SheetView | undefined => app.shifts.sheet.get().sheet
const chosen = (app: App): ItemView | undefined => open(app)?.items.find(item => item.id === app.shifts.sheet.get().chosen)

/** On every page: `L`. */
export function logCommands(app: App): readonly Command[] {
  return [
    {
      id: 'log.write',
      name: 'shifts.write-line',
      keywords: 'log line 일지 적기 기록',
      keys: 'L',
      context: 'everywhere',
      applies: () => app.may('log.write'),
      run: () => writeLine(app),
    },
  ]
}

export function shiftCommands(app: App): readonly Command[] {
  const mayWrite = (): true | 'shifts.not-yours' | 'shifts.none-open' =>
    !app.may('hand-over.write') ? 'shifts.not-yours' : open(app) ? true : 'shifts.none-open'
  return [
    { id: 'shifts.down', name: 'command.down', keys: 'J | Down', context: 'page', unlisted: true, run: () => move(app, 1) },
    { id: 'shifts.up', name: 'command.up', keys: 'K | Up', context: 'page', unlisted: true, run: () => move(app, -1) },
    {
      id: 'shifts.tick',
      name: 'shifts.tick',
      keywords: 'tick 확인 인수',
      keys: 'Space',
      context: 'page',
      applies: mayWrite,
      run: () => tickChosen(app),
    },
    {
      id: 'shifts.tick-all',
      name: 'shifts.tick-all',
      keywords: 'all 모두 인수',
      keys: 'A',
      context: 'page',
      applies: mayWrite,
      run: () => tickAll(app),
    },
    {
      id: 'shifts.remark',
      name: 'shifts.remark',
      keywords: 'remark 비고 메모',
      keys: 'Enter | M',
      context: 'page',
      applies: mayWrite,
      run: () => {
        const item = chosen(app) ?? open(app)?.items[0]
        app.shifts.middle.set('sheet')
        app.shifts.choose(item?.id, true)
      },
    },
    {
      id: 'shifts.sign',
      name: 'shifts.sign',
      keywords: 'sign 서명 인계 인수',
      keys: 'Ctrl+Enter',
      context: 'page',
      unlisted: true,
      applies: mayWrite,
      run: () => sign(app, open(app)?.state === 'given' ? 'incoming' : 'outgoing'),
    },
    {
      id: 'shifts.sign-out',
      name: 'shifts.sign-out',
      keywords: 'sign 서명 인계',
      keys: 'Ctrl+Enter',
      context: 'page',
      applies: () => (open(app)?.state === 'open' ? mayWrite() : false),
      run: () => sign(app, 'outgoing'),
    },
    {
      id: 'shifts.sign-in',
      name: 'shifts.sign-in',
      keywords: 'sign 서명 인수',
      keys: 'Ctrl+Enter',
      context: 'page',
      applies: () => {
        const sheet = open(app)
        if (!sheet || sheet.state === 'done') return false
        if (sheet.state === 'open') return 'shifts.outgoing-first'
        if (sheet.outgoing?.person === app.me.get()?.id) return 'shifts.same-person'
        return sheet.left > 0 ? 'shifts.not-ticked' : mayWrite()
      },
      run: () => sign(app, 'incoming'),
    },
    {
      id: 'shifts.open-sheet',
      name: 'shifts.open-sheet',
      keywords: 'hand-over 인계서 열기',
      keys: 'O',
      context: 'page',
      applies: () => (app.may('hand-over.write') ? true : 'shifts.not-yours'),
      run: () => app.shifts.openSheet(),
    },
    {
      id: 'shifts.roster',
      name: 'shifts.roster-write',
      keywords: 'roster 근무표',
      keys: 'R',
      context: 'page',
      applies: () => (app.may('duty.change') ? true : 'shifts.not-yours'),
      run: () => toggle(app, 'roster'),
    },
    {
      id: 'shifts.requests',
      name: 'shifts.requests',
      keywords: 'swap leave 바꿈 휴가 신청',
      keys: 'S',
      context: 'page',
      applies: () => (app.may('duty.ask') || app.may('duty.decide') ? true : 'shifts.not-yours'),
      run: () => toggle(app, 'requests'),
    },
    {
      id: 'shifts.phones',
      name: 'shifts.phones-write',
      keywords: 'phone 전화번호',
      keys: 'P',
      context: 'page',
      applies: () => (app.may('phones.change') ? true : 'shifts.not-yours'),
      run: () => toggle(app, 'phones'),
    },
    {
      id: 'shifts.print',
      name: 'shifts.print',
      keywords: 'print paper 인쇄 출력 인계서',
      keys: 'Ctrl+P',
      context: 'page',
      applies: () => open(app) !== undefined,
      run: () => window.print(),
    },
    { id: 'shifts.back', name: 'shifts.week-before', keys: ',', context: 'page', unlisted: true, run: () => week(app, -7) },
    { id: 'shifts.forth', name: 'shifts.week-after', keys: '.', context: 'page', unlisted: true, run: () => week(app, 7) },
  ]
}

function writeLine(app: App): undefined {
  const { page, wall } = app.address.get()
  if (wall) return undefined
  const there = (): boolean => {
    const entry = document.querySelector<HTMLInputElement>('[data-log-entry]')
    entry?.focus()
    return entry !== null
  }
  if (there()) return undefined
  app.go({ page: page === 'situation' ? page : 'shifts', item: undefined })
  // The page may still be on its way.
  const watch = new MutationObserver(() => there() && watch.disconnect())
  watch.observe(document.body, { childList: true, subtree: true })
  return undefined
}

function move(app: App, by: number): undefined {
  const items = open(app)?.items ?? []
  const order = [...new Map(items.map(item => [item.part, item.part])).keys()].flatMap(part => items.filter(item => item.part === part))
  const at = order.findIndex(item => item.id === app.shifts.sheet.get().chosen)
  app.shifts.choose((at < 0 ? order[by > 0 ? 0 : order.length - 1] : order[Math.max(0, Math.min(order.length - 1, at + by))])?.id)
  return undefined
}

export async function tickItem(app: App, item: ItemView): Promise<undefined> {
  if (item.isTicked) await app.shifts.deed('untick', { item: item.id })
  else await app.shifts.deed('ticks', { ticks: [{ id: item.id, seen: item.seen }] })
  return undefined
}
/** Ticks the chosen one and goes on to the next: read, Space, read, Space. */
async function tickChosen(app: App): Promise<undefined> {
  const item = chosen(app)
  if (!item) return move(app, 1)
  const wasTicked = item.isTicked
  if (item.goneAtMs === undefined) await tickItem(app, item)
  return wasTicked ? undefined : move(app, 1)
}
async function tickAll(app: App): Promise<undefined> {
  const left = open(app)?.items.filter(item => !item.isSettled) ?? []
  if (left.length > 0) await app.shifts.deed('ticks', { ticks: left.map(({ id, seen }) => ({ id, seen })) })
  return undefined
}
async function sign(app: App, as: 'outgoing' | 'incoming'): Promise<undefined> {
  await app.shifts.deed('sign', { as })
  return undefined
}
function toggle(app: App, to: 'roster' | 'requests' | 'phones'): undefined {
  app.shifts.middle.set(app.shifts.middle.get() === to ? 'sheet' : to)
  return undefined
}
const DAY_MS = 86_400_000
function week(app: App, days: number): undefined {
  const first = app.shifts.duty.get()?.days[0]?.day
  if (first) app.shifts.setWeek(new Date(Date.parse(`${first}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10))
  return undefined
}
