// The statistics of this screen: what can be counted, the answers of the board that is open, the records behind a figure, boards and measures that are being made. What is looked at
// stands in the address (view.ts); answers are asked for anew when it changes, and each minute while the period still runs.
import { type Ask, asksOf, type Condition, type MeasureDefinition, type MeasureFunction, type Widget } from '#statistics/schema.ts'
import type { Api } from '../live/api.ts'
import { field, text } from '../live/wire.ts'
import { createStore, type Store } from '../shell/store.ts'
import type { Answers, AnswerView, BoardView, Catalogue, CoastView, Drill, MeasureView, RecordsPage, RecordView } from './model.ts'
import { askKey } from './model.ts'
import { momentOf, type StatisticsView } from './view.ts'
import * as wire from './wire.ts'

export interface AnswersState {
  readonly answers?: Answers
  readonly isLoading: boolean
  readonly trouble?: string
}
export interface RecordsState {
  readonly drill: Drill
  readonly page?: RecordsPage
  readonly trouble?: string
  /** The record that keys act on. */
  readonly chosen: number
}
/** A measure being put together; `en` and what the function does not need may be left out. */
export interface MeasureDraft {
  readonly id: string
  readonly ko: string
  readonly en: string
  readonly source: string
  readonly where: readonly Condition[]
  readonly function: MeasureFunction
  readonly number?: string
  readonly whole?: string
  readonly part: readonly Condition[]
  readonly group: MeasureDefinition['group']
}
export interface MeasureState {
  readonly draft: MeasureDraft
  readonly isNew: boolean
  readonly definition?: MeasureView
  readonly answer?: AnswerView
  /** What does not fit yet, in the server’s words. */
  readonly trouble?: string
}
export interface Recounted {
  readonly atMs: number
  readonly days: number
  readonly isSame: boolean
  readonly isWhole: boolean
  readonly differs?: { readonly source: string; readonly day: string }
}

export interface StatisticsDesk {
  readonly catalogue: Store<{ readonly value?: Catalogue; readonly trouble?: string }>
  readonly answers: Store<AnswersState>
  readonly records: Store<RecordsState | undefined>
  readonly measure: Store<MeasureState | undefined>
  readonly coast: Store<CoastView | undefined>
  readonly recounted: Store<Recounted | 'counting' | undefined>
  /** The board that is open may be arranged. */
  readonly isArranging: Store<boolean>
  /** Charts shown as tables: by id, or all. */
  readonly asTables: Store<boolean>
  /** A change of a board is on its way to the server, or was refused. */
  readonly saving: Store<'saved' | 'saving' | { readonly trouble: string }>
  load(): Promise<void>
  loadCoast(): Promise<void>
  ask(view: StatisticsView, widgets: readonly Widget[]): Promise<void>
  open(drill: Drill | undefined, view: StatisticsView): Promise<void>
  more(view: StatisticsView): Promise<void>
  choose(by: number): RecordView | undefined
  /** Shown at once, kept a moment later. */
  keepBoard(board: BoardView): void
  removeBoard(board: BoardView): Promise<void>
  shareBoard(board: BoardView, isShared: boolean): Promise<void>
  compose(draft: MeasureDraft | undefined, isNew: boolean, view: StatisticsView): void
  keepMeasure(): Promise<void>
  shareMeasure(measure: MeasureView, isShared: boolean): Promise<void>
  removeMeasure(measure: MeasureView): Promise<void>
  recount(view: StatisticsView): Promise<void>
  exportBoard(
    view: StatisticsView,
    format: 'csv' | 'xlsx',
    title: string,
    tables: readonly { readonly title: string; readonly asks: readonly Ask[] }[],
    language: string,
  ): Promise<Blob>
  exportRecords(view: StatisticsView, drill: Drill, format: 'csv' | 'xlsx', title: string, language: string): Promise<Blob>
}

export interface StatisticsDeps {
  readonly api: Pick<Api, 'json' | 'file'>
  after(ms: number, task: () => void): () => void
}

const KEEP_AFTER_MS = 400
const TRY_AFTER_MS = 250
const q = encodeURIComponent

/** Period and site as the server takes them. */
const within = ({ unit, at, organisation }: StatisticsView): Record<string, unknown> => ({
  unit,
  ...(at === undefined ? {} : { at: new Date(momentOf(at)).toISOString() }),
  ...(organisation === undefined ? {} : { organisation }),
})

export function createStatisticsDesk({ api, after }: StatisticsDeps): StatisticsDesk {
  const catalogue = createStore<{ readonly value?: Catalogue; readonly trouble?: string }>({})
  const answers = createStore<AnswersState>({ isLoading: false })
  const records = createStore<RecordsState | undefined>(undefined)
  const measure = createStore<MeasureState | undefined>(undefined)
  const coast = createStore<CoastView | undefined>(undefined)
  const recounted = createStore<Recounted | 'counting' | undefined>(undefined)
  const isArranging = createStore(false)
  const asTables = createStore(false)
  const saving = createStore<'saved' | 'saving' | { readonly trouble: string }>('saved')
  const sayWhy = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason))
  let asked = 0
  let opened = 0
  let tried = 0
  let stopTrying: (() => void) | undefined
  const waiting = new Map<string, () => void>()

  const load = async (): Promise<void> => {
    try {
      const [statistics, organisations] = await Promise.all([api.json('GET', '/api/statistics'), api.json('GET', '/api/organisations')])
      catalogue.set({ value: wire.catalogue(statistics, organisations) })
    } catch (reason) {
      catalogue.set(now => ({ ...now, trouble: sayWhy(reason) }))
    }
  }
  const withBoards = (to: (boards: readonly BoardView[]) => readonly BoardView[]): void =>
    catalogue.set(now => (now.value ? { value: { ...now.value, boards: to(now.value.boards) } } : now))

  /** What narrows a measure to the records of a figure. */
  const narrowed = (view: StatisticsView, { measure: id, ...drill }: Drill): Record<string, unknown> => {
    const source = catalogue.get().value?.measures.find(one => one.id === id)?.source ?? ''
    const { slotMs, kind, ...rest } = drill
    const kinds = kind === undefined ? view.kinds.get(source) : [kind]
    const slot = slotMs === undefined ? undefined : slotSpan(slotMs, answers.get().answers)
    return {
      ...within(view),
      ...rest,
      measure: id,
      ...(kinds ? { kind: kinds } : {}),
      ...(slot ? { unit: undefined, at: undefined, from: new Date(slot.fromMs).toISOString(), to: new Date(slot.toMs).toISOString() } : {}),
    }
  }
  const recordsPath = (from: Record<string, unknown>): string => {
    const values = new URLSearchParams()
    for (const [name, value] of Object.entries(from))
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) values.append(name, String(one))
    return `/api/statistics/records?${values}`
  }

  const desk: StatisticsDesk = {
    catalogue,
    answers,
    records,
    measure,
    coast,
    recounted,
    isArranging,
    asTables,
    saving,
    load,
    async loadCoast() {
      if (coast.get()) return
      // Without a coast the ports stand on open water: no reason to show nothing.
      coast.set(wire.coast(await api.json('GET', '/api/statistics/coast').catch(() => ({}))))
    },
    async ask(view, widgets) {
      const all = catalogue.get().value?.measures
      if (!all) return
      const mine = ++asked
      const asks = [...new Map(widgets.flatMap(widget => asksOf(widget, all)).map(one => [askKey(one), one])).values()]
      answers.set(now => ({ ...now, isLoading: true }))
      try {
        const told = await api.json('POST', '/api/statistics/answers', { ...within(view), kinds: Object.fromEntries(view.kinds), asks })
        if (mine === asked) answers.set({ answers: wire.answers(told, asks), isLoading: false })
      } catch (reason) {
        if (mine === asked) answers.set(now => ({ ...now, isLoading: false, trouble: sayWhy(reason) }))
      }
    },
    async open(drill, view) {
      const mine = ++opened
      if (!drill) return records.set(undefined)
      measure.set(undefined)
      records.set({ drill, chosen: 0 })
      try {
        const page = wire.records(await api.json('GET', recordsPath(narrowed(view, drill))))
        if (mine === opened) records.set({ drill, page, chosen: 0 })
      } catch (reason) {
        if (mine === opened) records.set({ drill, trouble: sayWhy(reason), chosen: 0 })
      }
    },
    async more(view) {
      const state = records.get()
      const mine = opened
      if (!state?.page?.after) return
      const next = wire.records(await api.json('GET', recordsPath({ ...narrowed(view, state.drill), after: state.page.after })))
      records.set(now =>
        mine !== opened || now?.page?.after !== state.page?.after || !now?.page
          ? now
          : {
              ...now,
              page: { ...next, ...(now.page.total ? { total: now.page.total } : {}), records: [...now.page.records, ...next.records] },
            },
      )
    },
    choose(by) {
      const state = records.get()
      const last = (state?.page?.records.length ?? 0) - 1
      if (!state || last < 0) return undefined
      const chosen = Math.max(0, Math.min(last, state.chosen + by))
      records.set({ ...state, chosen })
      return state.page?.records[chosen]
    },
    keepBoard(board) {
      withBoards(boards =>
        boards.some(one => one.id === board.id) ? boards.map(one => (one.id === board.id ? board : one)) : [...boards, board],
      )
      saving.set('saving')
      waiting.get(board.id)?.()
      waiting.set(
        board.id,
        after(KEEP_AFTER_MS, () => {
          const { ko, en, widgets } = board
          waiting.delete(board.id)
          api.json('PUT', `/api/statistics/boards/${q(board.id)}`, { ko, en, widgets }).then(
            () => {
              if (waiting.size === 0) saving.set('saved')
            },
            reason => saving.set({ trouble: sayWhy(reason) }),
          )
        }),
      )
    },
    async removeBoard(board) {
      waiting.get(board.id)?.()
      waiting.delete(board.id)
      await api.json('DELETE', `/api/statistics/boards/${q(board.id)}`)
      withBoards(boards => boards.filter(one => one.id !== board.id))
      saving.set('saved')
    },
    async shareBoard(board, isShared) {
      await api.json('PUT', `/api/statistics/boards/${q(board.id)}/shared`, { shared: isShared })
      await load()
    },
    compose(draft, isNew, view) {
      stopTrying?.()
      tried++
      if (!draft) return measure.set(undefined)
      records.set(undefined)
      const before = measure.get()
      const isSame = before?.draft.id === draft.id
      measure.set({ ...(isSame ? before : {}), draft, isNew })
      const mine = tried
      stopTrying = after(TRY_AFTER_MS, () => {
        api.json('POST', '/api/statistics/preview', { ...within(view), form: formOf(draft) }).then(
          told => {
            if (mine === tried)
              measure.set({ draft, isNew, definition: wire.measure(field(told, 'definition')), answer: wire.answer(field(told, 'answer')) })
          },
          reason => {
            if (mine === tried) measure.set({ draft, isNew, trouble: sayWhy(reason) })
          },
        )
      })
    },
    async keepMeasure() {
      const state = measure.get()
      if (!state) return
      await api.json('PUT', `/api/statistics/measures/${q(state.draft.id)}`, formOf(state.draft))
      measure.set(undefined)
      await load()
    },
    async shareMeasure(one, isShared) {
      await api.json('PUT', `/api/statistics/measures/${q(one.id)}/shared`, { shared: isShared })
      await load()
    },
    async removeMeasure(one) {
      await api.json('DELETE', `/api/statistics/measures/${q(one.id)}`)
      await load()
    },
    async recount(view) {
      recounted.set('counting')
      try {
        const { unit, at } = within(view)
        const told = await api.json('GET', `/api/statistics/recount?unit=${unit}${at === undefined ? '' : `&at=${at}`}`)
        const differs = field(told, 'differs')
        recounted.set({
          atMs: Date.parse(text(told, 'at') ?? ''),
          days: Number(field(told, 'days') ?? 0),
          isSame: field(told, 'isSame') === true,
          isWhole: field(told, 'isWhole') === true,
          ...(differs === undefined ? {} : { differs: { source: text(differs, 'source') ?? '', day: text(differs, 'day') ?? '' } }),
        })
      } catch (reason) {
        recounted.set(undefined)
        throw reason
      }
    },
    exportBoard: (view, format, title, tables, language) =>
      api.file(`/api/statistics/exports?lang=${language}`, {
        ...within(view),
        kinds: Object.fromEntries(view.kinds),
        format,
        title,
        tables,
      }),
    exportRecords: (view, drill, format, title, language) =>
      api.file(`/api/statistics/records/export?lang=${language}`, { ...narrowed(view, drill), format, title }),
  }
  return desk
}

function formOf({ ko, en, source, where, function: how, number, whole, part, group }: MeasureDraft): Record<string, unknown> {
  const isPart = how === 'share' && part.length > 0
  return {
    ko: ko.trim() || '…',
    ...(en.trim() === '' ? {} : { en: en.trim() }),
    source,
    where,
    function: how,
    group,
    ...(number === undefined ? {} : { number }),
    ...(whole === undefined || isPart ? {} : { whole }),
    ...(isPart ? { part } : {}),
  }
}

/** From the start of a slot to that of the next, within the period. */
export function slotSpan(slotMs: number, answers: Answers | undefined): { readonly fromMs: number; readonly toMs: number } | undefined {
  if (!answers) return undefined
  const starts = [...answers.of.values()].flatMap(one => {
    const at = one.by.indexOf('slot')
    return at < 0 ? [] : one.rows.map(row => Number(row.key[at]))
  })
  const next = starts.filter(start => start > slotMs).reduce((least, start) => Math.min(least, start), answers.period.toMs)
  return { fromMs: Math.max(slotMs, answers.period.fromMs), toMs: Math.min(next, answers.period.toMs) }
}
