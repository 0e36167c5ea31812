// What can be done with the report that is open, as commands: buttons, keys, the palette.
import type { App } from '../app.ts'
import type { TextKey } from '../i18n/text.ts'
import type { Command } from '../shell/commands.ts'
import { neighbour } from './desk.ts'
import { followSource } from './follow.ts'
import { isDecided, type ReportView } from './model.ts'

const report = (app: App): ReportView | undefined => app.reports.open.get()?.report

export function reportCommands(app: App): readonly Command[] {
  const mayEdit = (): true | TextKey => {
    const now = report(app)
    if (!now) return 'reports.none-open'
    if (isDecided(now)) return 'reports.is-decided'
    return app.may('reports.edit') ? true : 'reports.not-yours'
  }
  const mayEditChosen = (): true | TextKey => {
    const may = mayEdit()
    return may !== true ? may : app.reports.chosen() ? true : 'reports.none-chosen'
  }
  return [...moves(app), ...edits(app, mayEdit, mayEditChosen), ...looks(app), ...approvals(app)]
}

function moves(app: App): readonly Command[] {
  return [
    { id: 'reports.down', name: 'command.down', keys: 'J | Down', context: 'page', unlisted: true, run: () => step(app, 1) },
    { id: 'reports.up', name: 'command.up', keys: 'K | Up', context: 'page', unlisted: true, run: () => step(app, -1) },
    { id: 'reports.right', name: 'reports.next-cell', keys: 'Right', context: 'page', unlisted: true, run: () => sideways(app, 1) },
    { id: 'reports.left', name: 'reports.previous-cell', keys: 'Left', context: 'page', unlisted: true, run: () => sideways(app, -1) },
    {
      id: 'reports.earlier',
      name: 'reports.earlier',
      keywords: 'previous yesterday 어제 앞',
      keys: ',',
      context: 'page',
      run: () => turnTo(app, -1),
    },
    { id: 'reports.later', name: 'reports.later', keywords: 'next tomorrow 다음', keys: '.', context: 'page', run: () => turnTo(app, 1) },
    {
      id: 'reports.open-source',
      name: 'reports.open-first',
      keywords: 'source record 근거 원본',
      keys: 'O',
      context: 'page',
      applies: () => ((app.reports.why.get()?.sources.length ?? 0) > 0 ? true : 'reports.no-sources'),
      run: () => {
        const first = app.reports.why.get()?.sources[0]
        if (first) followSource(app, first)
      },
    },
  ]
}

function edits(app: App, mayEdit: () => true | TextKey, mayEditChosen: () => true | TextKey): readonly Command[] {
  return [
    {
      id: 'reports.write',
      name: 'reports.write',
      keywords: 'edit wording 고치기 문안',
      keys: 'Enter',
      context: 'page',
      applies: mayEditChosen,
      run: () => {
        app.reports.setLook({ mode: 'paper' })
        app.reports.write(app.reports.look.get().target)
      },
    },
    {
      id: 'reports.leave-out',
      name: 'reports.leave-out',
      keywords: 'remove 빼기 삭제',
      keys: 'Delete',
      context: 'page',
      applies: () => {
        const may = mayEditChosen()
        return may !== true ? may : app.reports.chosen()?.line ? true : 'reports.cell-stays'
      },
      run: () => leaveOut(app),
    },
    {
      id: 'reports.add',
      name: 'reports.add',
      keywords: 'new line 더하기 항목',
      keys: 'A',
      context: 'page',
      applies: mayEdit,
      run: () => {
        app.reports.setLook({ mode: 'paper' })
        app.reports.write(`add:${app.reports.chosen()?.section ?? 'events'}`)
      },
    },
    {
      id: 'reports.add-detail',
      name: 'reports.add-detail',
      keywords: 'detail 세부 더하기',
      keys: 'Shift+A',
      context: 'page',
      applies: () => {
        const may = mayEditChosen()
        return may !== true ? may : app.reports.chosen()?.line ? true : 'reports.cell-stays'
      },
      run: () => {
        const chosen = app.reports.chosen()
        if (!chosen) return
        app.reports.setLook({ mode: 'paper' })
        app.reports.write(`add:${chosen.section}:${chosen.parent ?? chosen.id}`)
      },
    },
    { id: 'reports.move-up', name: 'reports.move-up', keys: 'Alt+Up', context: 'page', applies: mayEditChosen, run: () => move(app, -1) },
    {
      id: 'reports.move-down',
      name: 'reports.move-down',
      keys: 'Alt+Down',
      context: 'page',
      applies: mayEditChosen,
      run: () => move(app, 1),
    },
    {
      id: 'reports.order',
      name: 'reports.order',
      keywords: 'sections order 순서',
      context: 'page',
      applies: mayEdit,
      run: () => app.overlay.set({ kind: 'report-form', form: 'order' }),
    },
    {
      id: 'reports.comment',
      name: 'reports.comment',
      keywords: 'comment 메모',
      keys: 'M',
      context: 'page',
      applies: mayEditChosen,
      run: () => app.reports.write(`comment:${app.reports.look.get().target}`),
    },
  ]
}

function looks(app: App): readonly Command[] {
  const { look } = app.reports
  return [
    {
      id: 'reports.calendar',
      name: 'reports.calendar',
      keywords: 'list calendar 달력 목록 지난',
      keys: 'C',
      context: 'page',
      run: () => look.set(now => ({ ...now, mode: now.mode === 'calendar' ? 'paper' : 'calendar' })),
    },
    {
      id: 'reports.marks',
      name: 'reports.show-marks',
      keywords: 'differences 차이 고침',
      keys: 'D',
      context: 'page',
      run: () => look.set(now => ({ ...now, marks: !now.marks })),
    },
    {
      id: 'reports.compare',
      name: 'reports.compare',
      keywords: 'yesterday compare 어제 비교',
      keys: 'Y',
      context: 'page',
      run: async () => {
        const id = app.reports.open.get()?.id
        if (id) await app.reports.compare(look.get().compareWith === undefined ? neighbour(id, -1) : undefined)
      },
    },
    {
      id: 'reports.pages',
      name: 'reports.pages',
      keywords: 'print preview 인쇄 모양',
      keys: 'P',
      context: 'page',
      run: () => look.set(now => ({ ...now, mode: now.mode === 'pages' ? 'paper' : 'pages' })),
    },
  ]
}

function approvals(app: App): readonly Command[] {
  const now = report(app)
  const last = now && now.nextBox === now.boxes.length - 1
  const after = now?.boxes[now.nextBox + 1]?.title
  const name: TextKey = last ? 'reports.sign-last' : 'reports.sign'
  return [
    {
      id: 'reports.sign',
      name,
      values: { next: after ?? '' },
      keywords: 'sign approve 서명 결재',
      keys: 'Ctrl+Enter',
      context: 'page',
      applies: () => {
        if (!now) return 'reports.none-open'
        if (isDecided(now)) return false
        if (!app.may('reports.sign')) return 'reports.not-yours'
        if (now.checks.some(check => check.blocks && !check.isGood)) return 'reports.checks-block'
        if (now.you.early) return 'reports.too-early'
        return now.you.sign ? true : 'reports.not-your-box'
      },
      run: () => sign(app),
    },
    {
      id: 'reports.stand-in',
      name: 'reports.sign-stand-in',
      values: { box: now?.boxes[now.nextBox]?.title ?? '' },
      keywords: 'stand-in absent 대결 부재',
      context: 'page',
      applies: () => now !== undefined && !isDecided(now) && now.you.standIn,
      run: () => sign(app, 'stand-in'),
    },
    {
      id: 'reports.return',
      name: 'reports.return',
      keywords: 'send back 반려 돌려보냄',
      keys: 'R',
      context: 'page',
      applies: () => (now?.you.return ? true : now?.state === 'review' ? 'reports.not-your-box' : 'reports.nothing-signed'),
      run: () => app.overlay.set({ kind: 'report-form', form: 'return' }),
    },
    {
      id: 'reports.final',
      name: 'reports.final',
      keywords: 'final delegated 전결',
      keys: 'T',
      context: 'page',
      applies: () => (now?.you.final ? true : now?.you.early ? 'reports.too-early' : 'reports.not-final'),
      run: () => sign(app, 'final'),
    },
    {
      id: 'reports.correct',
      name: 'reports.correct',
      keywords: 'correction 정정',
      context: 'page',
      applies: () => (now && isDecided(now) ? (app.may('reports.edit') ? true : 'reports.not-yours') : false),
      run: () => app.overlay.set({ kind: 'report-form', form: 'correct' }),
    },
  ]
}

async function sign(app: App, as?: 'stand-in' | 'final'): Promise<undefined> {
  await app.reports.sign(as)
  const after = report(app)
  app.toast(app.say(after && isDecided(after) ? 'reports.said-decided' : 'reports.said-signed'))
  return undefined
}

async function leaveOut(app: App) {
  const chosen = app.reports.chosen()
  if (!chosen) return undefined
  await app.reports.edit({ deed: 'leave-out', target: chosen.id })
  const made = report(app)?.marks.find(mark => mark.deed === 'leave-out' && mark.target === chosen.id)
  if (!made) return undefined
  return {
    said: 'reports.said-left-out' as const,
    values: { text: chosen.text.slice(0, 30) },
    undo: () => app.reports.deed(`edits/${encodeURIComponent(made.edit)}/undo`, {}),
  }
}

async function move(app: App, by: 1 | -1): Promise<undefined> {
  const chosen = app.reports.chosen()
  const { siblings } = chosen ?? {}
  if (!chosen || !siblings) return undefined
  const at = siblings.indexOf(chosen.id)
  if (at + by < 0 || at + by >= siblings.length) return undefined
  const before = siblings[by < 0 ? at - 1 : at + 2]
  await app.reports.edit({ deed: 'move', target: chosen.id, ...(before === undefined ? {} : { before }) })
  return undefined
}

/** To the next line, or the same column of the next row. */
function step(app: App, by: 1 | -1): undefined {
  const all = app.reports.targets()
  const now = all.findIndex(one => one.id === app.reports.look.get().target)
  if (now < 0) return show(app, (by > 0 ? all[0] : all.at(-1))?.id)
  const row = all[now]?.row
  const column = all.filter(one => one.row === row).indexOf(all[now]!)
  let at = now
  while (all[at]?.row === row) at += by
  const next = all[at]
  if (!next) return undefined
  const cells = all.filter(one => one.row === next.row)
  return show(app, (next.cell ? (cells[Math.min(Math.max(column, 1), cells.length - 1)] ?? next) : next).id)
}
function sideways(app: App, by: 1 | -1): undefined {
  const all = app.reports.targets()
  const now = all.findIndex(one => one.id === app.reports.look.get().target)
  return show(app, all[now + by]?.id)
}
function show(app: App, id: string | undefined): undefined {
  if (id === undefined) return undefined
  app.reports.choose(id)
  const there = document.querySelector<HTMLElement>(`.paper [data-target="${CSS.escape(id)}"]`)
  // The focus goes along: readers of the screen say what is chosen.
  there?.focus({ preventScroll: true })
  there?.scrollIntoView({ block: 'nearest' })
  return undefined
}

function turnTo(app: App, by: 1 | -1): undefined {
  const id = app.reports.open.get()?.id
  const next = id && neighbour(id, by)
  if (next) app.go({ item: next })
  return undefined
}
