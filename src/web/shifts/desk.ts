// The duty log, hand-over sheets and rosters of this screen. One organisation is looked at: the own one unless another is chosen. The live line brings lines and heads of sheets;
// an open sheet is asked for anew when its revision is not ours. What is written waits for the line and is sent once.
import type { HandKind, LogLink } from '#shifts/schema.ts'
import type { Api } from '../live/api.ts'
import { field, list, text } from '../live/wire.ts'
import type { Outbox } from '../shell/outbox.ts'
import { createStore, type Store } from '../shell/store.ts'
import type { DutyView, LineView, Middle, OfficeView, PhoneEntry, SheetView, SiteSheet, WaitingLine } from './model.ts'
import * as wire from './wire.ts'

export interface LogState {
  /** Oldest first. */
  readonly lines: readonly LineView[]
  readonly fromMs: number
  readonly isLoaded: boolean
  readonly source: 'all' | 'hand' | 'machine'
  readonly trouble?: string
}
export interface SheetState {
  readonly sheet?: SheetView
  readonly isLoaded: boolean
  readonly trouble?: string
  /** Item the keys act on. */
  readonly chosen?: string
  /** Its remark is being written. */
  readonly isWriting?: boolean
}
export interface NewLine {
  readonly text: string
  readonly kind: HandKind
  readonly links: readonly LogLink[]
  readonly dueMs?: number
  readonly corrects?: string
}

export interface ShiftsDesk {
  /** Whose log and sheet are shown. */
  readonly organisation: Store<string>
  readonly offices: Store<readonly OfficeView[]>
  readonly log: Store<LogState>
  readonly waiting: Store<readonly WaitingLine[]>
  readonly sheet: Store<SheetState>
  readonly sites: Store<readonly SiteSheet[]>
  readonly duty: Store<DutyView | undefined>
  readonly phones: Store<readonly PhoneEntry[]>
  readonly middle: Store<Middle>
  /** The line that is being put right. */
  readonly correcting: Store<LineView | undefined>
  /** Monday of the week shown; undefined: this one. */
  readonly week: Store<string | undefined>
  /** At the start and after each break of the line. */
  load(): Promise<void>
  look(organisation: string): void
  earlier(): Promise<void>
  setSource(source: LogState['source']): void
  setWeek(day: string | undefined): void
  loadDuty(from?: string, days?: number): Promise<DutyView | undefined>
  openSheet(): Promise<void>
  showSheet(id: string): Promise<void>
  choose(item: string | undefined, isWriting?: boolean): void
  write(line: NewLine): Promise<void>
  edit(id: string, text: string): Promise<void>
  deed(path: string, body: unknown): Promise<void>
  /** Anything of duty: rosters, requests, phones; then what is shown is asked for anew. */
  change(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>
  take(message: unknown): void
}

export interface ShiftsDeps {
  readonly api: Pick<Api, 'json'>
  readonly outbox: Outbox
  now(): number
  newId(): string
  may(deed: string): boolean
  /** Organisation of the first post of who sits here. */
  ownOrganisation(): string | undefined
}

const DAY_MS = 86_400_000
const q = encodeURIComponent

export function createShiftsDesk(deps: ShiftsDeps): ShiftsDesk {
  const { api } = deps
  const organisation = createStore('')
  const offices = createStore<readonly OfficeView[]>([])
  const log = createStore<LogState>({ lines: [], fromMs: 0, isLoaded: false, source: 'all' })
  const waiting = createStore<readonly WaitingLine[]>([])
  const sheet = createStore<SheetState>({ isLoaded: false })
  const sites = createStore<readonly SiteSheet[]>([])
  const duty = createStore<DutyView | undefined>(undefined)
  const phones = createStore<readonly PhoneEntry[]>([])
  const middle = createStore<Middle>('sheet')
  const correcting = createStore<LineView | undefined>(undefined)
  const week = createStore<string | undefined>(undefined)
  const sayWhy = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason))

  const loadLog = async (): Promise<void> => {
    const whose = organisation.get()
    const fromMs = log.get().fromMs || deps.now() - DAY_MS
    try {
      const answer = await api.json('GET', `/api/log?organisation=${q(whose)}&from=${new Date(fromMs).toISOString()}&limit=2000`)
      if (organisation.get() !== whose) return
      log.set(({ source }) => ({ source, fromMs, isLoaded: true, lines: list(answer, 'lines').map(wire.line) }))
    } catch (reason) {
      log.set(now => ({ ...now, trouble: sayWhy(reason) }))
    }
  }
  const showSheet = async (id: string): Promise<void> => {
    try {
      const answer = wire.sheet(await api.json('GET', `/api/hand-overs/${q(id)}`))
      if (answer.organisation !== organisation.get()) return
      takeSheet(answer)
    } catch (reason) {
      sheet.set(now => ({ ...now, trouble: sayWhy(reason) }))
    }
  }
  const takeSheet = (next: SheetView): void => {
    sheet.set(({ chosen, isWriting, sheet: before }) => {
      // An answer that was overtaken by a younger one stays out.
      const newest = before?.id === next.id && before.revision > next.revision ? before : next
      const stays = newest.items.some(item => item.id === chosen)
      return { sheet: newest, isLoaded: true, ...(stays && chosen ? { chosen, ...(isWriting ? { isWriting } : {}) } : {}) }
    })
    const { items, unlinked: _unlinked, ...head } = next
    takeSite({ ...head, items: items.length })
  }
  const takeSite = (head: NonNullable<SiteSheet['sheet']>): void =>
    sites.set(list => list.map(one => (one.organisation === head.organisation ? { ...one, sheet: head } : one)))
  const loadSheets = async (): Promise<void> => {
    const answer = wire.sites(await api.json('GET', '/api/hand-overs'))
    sites.set(answer)
    const own = answer.find(one => one.organisation === organisation.get())?.sheet
    if (own) await showSheet(own.id)
    else sheet.set({ isLoaded: true })
  }
  const loadDuty = async (from = week.get(), days = 7): Promise<DutyView | undefined> => {
    if (!deps.may('duty.look')) return undefined
    const whose = organisation.get()
    const answer = wire.duty(await api.json('GET', `/api/duty/${q(whose)}?days=${days}${from ? `&from=${from}` : ''}`))
    return organisation.get() === whose ? answer : undefined
  }
  const refreshDuty = async (): Promise<void> => {
    const view = await loadDuty()
    if (view) duty.set(view)
  }
  const loadPhones = async (): Promise<void> => {
    if (deps.may('duty.look')) phones.set(wire.phones(await api.json('GET', `/api/phones/${q(organisation.get())}`)))
  }
  const loadAll = async (): Promise<void> => {
    const quiet = (task: Promise<unknown>): Promise<unknown> => task.catch(() => undefined)
    await Promise.all([loadLog(), quiet(loadSheets()), quiet(refreshDuty()), quiet(loadPhones())])
  }
  const upsert = (line: LineView): void => {
    if (!line.organisations.includes(organisation.get())) return
    log.set(now => {
      const others = now.lines.filter(one => one.id !== line.id)
      const marked =
        line.corrects === undefined ? others : others.map(one => (one.id === line.corrects ? { ...one, correctedBy: line.id } : one))
      let at = marked.length
      while (at > 0 && (marked[at - 1]?.atMs ?? 0) > line.atMs) at--
      return { ...now, lines: [...marked.slice(0, at), line, ...marked.slice(at)] }
    })
  }

  return {
    organisation,
    offices,
    log,
    waiting,
    sheet,
    sites,
    duty,
    phones,
    middle,
    correcting,
    week,
    async load() {
      if (!deps.may('log.look')) return
      if (organisation.get() === '') organisation.set(deps.ownOrganisation() ?? '')
      if (offices.get().length === 0)
        await api.json('GET', '/api/organisations').then(
          answer => offices.set(wire.offices(answer)),
          () => undefined,
        )
      await loadAll()
    },
    look(id) {
      if (id === organisation.get()) return
      organisation.set(id)
      week.set(undefined)
      log.set(({ source }) => ({ lines: [], fromMs: 0, isLoaded: false, source }))
      sheet.set({ isLoaded: false })
      duty.set(undefined)
      phones.set([])
      correcting.set(undefined)
      void loadAll()
    },
    async earlier() {
      log.set(now => ({ ...now, fromMs: now.fromMs - DAY_MS }))
      await loadLog()
    },
    setSource: source => log.set(now => ({ ...now, source })),
    setWeek(day) {
      week.set(day)
      void refreshDuty().catch(() => undefined)
    },
    loadDuty,
    async openSheet() {
      takeSheet(wire.sheet(await api.json('POST', '/api/hand-overs', { organisation: organisation.get() })))
      middle.set('sheet')
    },
    showSheet,
    choose: (chosen, isWriting = false) =>
      sheet.set(({ chosen: _before, isWriting: _was, ...now }) => ({
        ...now,
        ...(chosen ? { chosen, ...(isWriting ? { isWriting } : {}) } : {}),
      })),
    async write({ dueMs, ...line }) {
      const id = `line-${deps.newId()}`
      const whose = organisation.get()
      waiting.set(now => [...now, { id, text: line.text, kind: line.kind }])
      try {
        await deps.outbox.put(`log:${id}`, async () => {
          const answer = await api.json('POST', '/api/log', {
            ...line,
            id,
            as: whose,
            ...(dueMs === undefined ? {} : { due: new Date(dueMs).toISOString() }),
          })
          upsert(wire.line(answer))
        })
      } finally {
        waiting.set(now => now.filter(one => one.id !== id))
      }
    },
    edit: async (id, words) => upsert(wire.line(await api.json('PUT', `/api/log/${q(id)}`, { text: words }))),
    async deed(path, body) {
      const id = sheet.get().sheet?.id
      if (id)
        await deps.outbox.put(`sheet:${id}`, async () =>
          takeSheet(wire.sheet(await api.json('POST', `/api/hand-overs/${q(id)}/${path}`, body))),
        )
    },
    async change(method, path, body) {
      const answer = await api.json(method, path, body)
      await Promise.all([refreshDuty(), loadPhones()])
      return answer
    },
    take(message) {
      switch (text(message, 'kind')) {
        case 'log':
          upsert(wire.line(field(message, 'line')))
          return
        case 'duty':
          if (text(message, 'organisation') === organisation.get()) void Promise.all([refreshDuty(), loadPhones()]).catch(() => undefined)
          return
        case 'hand-over': {
          const head = wire.sheetHead(field(message, 'sheet'))
          takeSite(head)
          const { sheet: open } = sheet.get()
          if (head.organisation !== organisation.get()) return
          // A new watch has a new sheet; a signed one is left for it.
          if (!open || (open.id === head.id && open.revision < head.revision) || (open.id !== head.id && open.state === 'done'))
            void showSheet(head.id)
        }
      }
    },
  }
}
