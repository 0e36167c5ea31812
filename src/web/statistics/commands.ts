// What can be done on the statistics page, as commands: buttons, keys, the palette.
import { asksOf } from '#statistics/schema.ts'
import type { App } from '../app.ts'
import { textIn } from '../i18n/text.ts'
import type { Command } from '../shell/commands.ts'
import { emptyDraft } from './measure-draft.ts'
import type { BoardView } from './model.ts'
import { openRecord } from './open-record.ts'
import { fileName, saveFile } from './save.ts'
import { drillWords, partTitle } from './titles.ts'
import { changeView, contextOf } from './use-statistics.ts'
import { atOf } from './view.ts'

const boardOf = (app: App): BoardView | undefined => {
  const { view, catalogue } = contextOf(app)
  if (view.board === 'definitions') return undefined
  return catalogue.boards.find(one => one.id === view.board) ?? catalogue.boards[0]
}

export function statisticsCommands(app: App): readonly Command[] {
  const desk = app.statistics
  const ownBoard = (): BoardView | undefined => {
    const board = boardOf(app)
    return board?.own?.isOwn ? board : undefined
  }
  const needsBoard = (): true | 'statistics.no-board' => (boardOf(app) ? true : 'statistics.no-board')
  const mayTakeOut = (): true | 'statistics.not-yours' | 'statistics.no-board' =>
    app.may('statistics.export') ? needsBoard() : 'statistics.not-yours'
  const step = (way: 'earlierMs' | 'laterMs'): undefined => {
    const period = desk.answers.get().answers?.period
    const ms = period?.[way]
    if (period && ms !== undefined) changeView(app, { at: atOf(ms, contextOf(app).view.unit) })
    return undefined
  }
  const unit = (to: 'day' | 'week' | 'month' | 'year'): undefined => {
    changeView(app, { unit: to })
    return undefined
  }
  const chosen = () => {
    const state = desk.records.get()
    return state?.page?.records[state.chosen]
  }

  return [
    { id: 'statistics.earlier', name: 'statistics.earlier', keys: ',', context: 'page', unlisted: true, run: () => step('earlierMs') },
    { id: 'statistics.later', name: 'statistics.later', keys: '.', context: 'page', unlisted: true, run: () => step('laterMs') },
    {
      id: 'statistics.to-now',
      name: 'statistics.to-now',
      keywords: 'now today 지금 오늘',
      keys: '0',
      context: 'page',
      run: () => changeView(app, { at: undefined }),
    },
    ...(['day', 'week', 'month', 'year'] as const).map(
      (to): Command => ({
        id: `statistics.unit-${to}`,
        name: `statistics.by-${to}`,
        keywords: 'period 기간',
        keys: { day: 'D', week: 'W', month: 'M', year: 'Y' }[to],
        context: 'page',
        run: () => unit(to),
      }),
    ),
    {
      id: 'statistics.tables',
      name: desk.asTables.get() ? 'statistics.as-charts' : 'statistics.as-tables',
      keywords: 'table 표',
      keys: 'T',
      context: 'page',
      run: () => desk.asTables.set(is => !is),
    },
    {
      id: 'statistics.arrange',
      name: desk.isArranging.get() && ownBoard() ? 'statistics.arranged' : 'statistics.arrange',
      keywords: 'edit arrange 편집 배치',
      keys: 'E',
      context: 'page',
      applies: () => (app.may('statistics.boards') ? needsBoard() : 'statistics.not-yours'),
      run: () => arrange(app),
    },
    {
      id: 'statistics.board-new',
      name: 'statistics.board-new',
      keywords: 'new board dashboard 판 만들기',
      keys: 'B',
      context: 'page',
      applies: () => (app.may('statistics.boards') ? true : 'statistics.not-yours'),
      run: () => newBoard(app, undefined),
    },
    {
      id: 'statistics.board-remove',
      name: 'statistics.board-remove',
      keywords: 'remove delete 판 없애기',
      context: 'page',
      applies: () => ownBoard() !== undefined,
      run: () => removeBoard(app, ownBoard()),
    },
    {
      id: 'statistics.share',
      name: ownBoard()?.own?.isShared ? 'statistics.shared' : 'statistics.share',
      keywords: 'share 함께 공유',
      context: 'page',
      applies: () => (!app.may('statistics.share') ? 'statistics.not-yours' : ownBoard() ? true : 'statistics.share-own'),
      run: async () => {
        const board = ownBoard()
        if (board) await desk.shareBoard(board, !board.own?.isShared)
        return undefined
      },
    },
    {
      id: 'statistics.measure-new',
      name: 'statistics.measure-new',
      keywords: 'measure 항목 만들기',
      keys: 'A',
      context: 'page',
      applies: () => (app.may('statistics.measures') ? true : 'statistics.not-yours'),
      run: () => {
        const { view, catalogue } = contextOf(app)
        desk.compose(
          emptyDraft(
            `own-${crypto.randomUUID()}`,
            catalogue.sources.find(one => one.isSeen && one.isLinked),
          ),
          true,
          view,
        )
      },
    },
    {
      id: 'statistics.measure-keep',
      name: 'statistics.measure-keep',
      keys: 'Ctrl+Enter',
      context: 'page',
      unlisted: true,
      applies: () => {
        const state = desk.measure.get()
        if (!state) return false
        if (state.draft.ko.trim() === '') return 'statistics.name-first'
        return state.trouble === undefined ? true : 'statistics.does-not-fit'
      },
      run: async () => {
        await desk.keepMeasure()
        app.toast(app.say('statistics.kept'))
        return undefined
      },
    },
    ...(['csv', 'xlsx'] as const).map(
      (format): Command => ({
        id: `statistics.${format}`,
        name: `statistics.${format}`,
        keywords: 'export excel 내보내기 엑셀',
        context: 'page',
        applies: mayTakeOut,
        run: () => exportBoard(app, format),
      }),
    ),
    {
      id: 'statistics.png',
      name: 'statistics.png',
      keywords: 'picture image 그림',
      context: 'page',
      applies: mayTakeOut,
      run: async () => {
        const board = boardOf(app)
        if (board) await (await import('./picture.ts')).savePicture(app, board)
        return undefined
      },
    },
    {
      id: 'statistics.print',
      name: 'statistics.print',
      keywords: 'print paper 인쇄',
      keys: 'P',
      context: 'page',
      applies: mayTakeOut,
      run: () => window.print(),
    },
    {
      id: 'statistics.recount',
      name: 'statistics.recount',
      keywords: 'verify check 다시 셈 검산',
      keys: 'R',
      context: 'page',
      run: async () => {
        await desk.recount(contextOf(app).view)
        return undefined
      },
    },
    {
      id: 'statistics.open-record',
      name: 'statistics.open-record',
      keys: 'Enter',
      context: 'page',
      unlisted: true,
      applies: () => chosen() !== undefined,
      run: () => {
        const record = chosen()
        if (record) openRecord(app, record)
      },
    },
    {
      id: 'statistics.export-records',
      name: 'statistics.export-records',
      keywords: 'export records 기록 내보내기',
      context: 'page',
      applies: () => (desk.records.get()?.page?.records.length ? (app.may('statistics.export') ? true : 'statistics.not-yours') : false),
      run: () => exportRecords(app),
    },
    { id: 'statistics.down', name: 'command.down', keys: 'J', context: 'page', unlisted: true, run: () => void desk.choose(1) },
    { id: 'statistics.up', name: 'command.up', keys: 'K', context: 'page', unlisted: true, run: () => void desk.choose(-1) },
  ]
}

/** Esc closes what stands at the right; true: there was something. */
export function closeStatisticsPanel(app: App): boolean {
  const { view } = contextOf(app)
  if (app.statistics.records.get()) {
    void app.statistics.open(undefined, view)
    return true
  }
  if (app.statistics.measure.get()) {
    app.statistics.compose(undefined, false, view)
    return true
  }
  return false
}

/** A board of one’s own is arranged where it stands; of any other a copy is made first. */
function arrange(app: App): undefined {
  const board = boardOf(app)
  if (!board) return undefined
  if (board.own?.isOwn) app.statistics.isArranging.set(is => !is)
  else newBoard(app, board)
  return undefined
}

function newBoard(app: App, from: BoardView | undefined): undefined {
  const id = `own-${crypto.randomUUID()}`
  const me = app.me.get()
  const { ko, en } = from ?? { ko: app.say('statistics.new-board'), en: '' }
  app.statistics.keepBoard({
    id,
    ko: from ? textIn('ko', 'statistics.copy-of', { what: ko }) : ko,
    en: from ? textIn('en', 'statistics.copy-of', { what: en }) : ko,
    widgets: from?.widgets ?? [],
    own: { ownerName: me?.name ?? '', isOwn: true, isShared: false, changedAtMs: app.now() },
  })
  app.statistics.isArranging.set(true)
  changeView(app, { board: id })
  return undefined
}

async function removeBoard(app: App, board: BoardView | undefined) {
  if (!board) return undefined
  await app.statistics.removeBoard(board)
  app.statistics.isArranging.set(false)
  changeView(app, { board: undefined })
  return {
    said: 'statistics.board-removed' as const,
    values: { what: board.ko },
    undo: () => {
      app.statistics.keepBoard({ ...board, ...(board.own ? { own: { ...board.own, isShared: false } } : {}) })
      changeView(app, { board: board.id })
    },
  }
}

async function exportBoard(app: App, format: 'csv' | 'xlsx'): Promise<undefined> {
  const board = boardOf(app)
  const context = contextOf(app)
  if (!board) return undefined
  const { view, catalogue, word, language } = context
  const title = `${app.say('page.statistics')} ${word(board)}`
  const tables = board.widgets.flatMap(widget => {
    const asks = asksOf(widget, catalogue.measures)
    const alike = asks.filter(one => one.by.join() === asks[0]?.by.join())
    return alike.length === 0 ? [] : [{ title: partTitle(widget, context), asks: alike }]
  })
  const blob = await app.statistics.exportBoard(view, format, title, tables, language)
  saveFile(blob, fileName(app, title, dayOf(app), format))
  return undefined
}

async function exportRecords(app: App): Promise<undefined> {
  const state = app.statistics.records.get()
  if (!state) return undefined
  const context = contextOf(app)
  const title = drillWords(state.drill, context)
  const blob = await app.statistics.exportRecords(context.view, state.drill, 'csv', title, context.language)
  saveFile(blob, fileName(app, title, dayOf(app), 'csv'))
  return undefined
}

/** The first day of what is looked at. */
const dayOf = (app: App): string => atOf(app.statistics.answers.get().answers?.period.fromMs ?? app.now(), 'day')
