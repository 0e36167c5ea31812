// The report that is open on this screen, and what stands around it: lists, offices' lines, why a figure stands there. The live line tells that a report has changed; it is then asked
// for anew. What an officer does is kept in the browser first and sent once (also after a lost line or a reload), in order, under the name of who did it.

import { inMemory, type Keeping, openKeeping } from '../incidents/keeping.ts'
import { createSends, type Send, type Sends } from '../incidents/sends.ts'
import type { Api } from '../live/api.ts'
import { field, text } from '../live/wire.ts'
import { createStore, type Store } from '../shell/store.ts'
import { createWordKeeper, type WordKeeper } from './kept-words.ts'
import {
  addDays,
  dayOf,
  type EditDeed,
  type HeadView,
  isDecided,
  type Language,
  type LinesView,
  partsOf,
  type ReportView,
  type Rules,
  type Target,
  targetsOf,
  type WhyView,
} from './model.ts'
import * as wire from './wire.ts'

export interface OpenReport {
  readonly id: string
  readonly language: Language
  readonly report?: ReportView
  readonly trouble?: string
  /** Not head office: the report is not known of here, only the line of the own office. */
  readonly isBelow?: true
  readonly readAtMs: number
}

export type LookMode = 'paper' | 'pages' | 'phone' | 'calendar'
export interface Look {
  readonly mode: LookMode
  /** Changes by hand are shown on the page. */
  readonly marks: boolean
  /** Shown beside each figure: what this other report says there. */
  readonly compareWith?: string
  readonly target?: string
  /** Where words are being written: a target, `add:events`, `add:events:PARENT`, `comment:TARGET`. */
  readonly writing?: string
}

/** Two wrote at the same words: both are shown, and nothing is lost. */
export interface Clash {
  readonly place: string
  readonly mine: string
}

export interface ReportDesk {
  readonly open: Store<OpenReport | undefined>
  readonly look: Store<Look>
  readonly why: Store<WhyView | undefined>
  readonly other: Store<ReportView | undefined>
  readonly clash: Store<Clash | undefined>
  readonly heads: Store<readonly HeadView[]>
  readonly lines: Store<LinesView | undefined>
  readonly rules: Store<Rules | undefined>
  readonly waiting: Store<readonly Send[]>
  /** Reports that wait for my signature. */
  readonly mine: Store<readonly HeadView[]>
  readonly asking: Store<number>
  readonly words: WordKeeper
  /** At the start and after each break of the line. */
  load(): Promise<void>
  show(id: string, language: Language): void
  reload(): Promise<void>
  setLook(change: Partial<Look>): void
  choose(target: string | undefined): void
  write(place: string | undefined): void
  compare(id: string | undefined): Promise<void>
  targets(): readonly Target[]
  chosen(): Target | undefined
  /** A change by hand; resolves when the server has it, or when it is kept to be sent. Two at the same words: `clash` says so. */
  edit(edit: EditDeed, options?: { readonly base?: number; readonly reason?: string; readonly place?: string }): Promise<void>
  /** Any other deed on the open report. */
  deed(path: string, body: Readonly<Record<string, unknown>>): Promise<void>
  sign(as?: 'stand-in' | 'final'): Promise<void>
  newSpecial(name: string, fromMs: number, toMs: number): Promise<string>
  loadHeads(beforeMs?: number): Promise<void>
  loadLines(day: string): Promise<void>
  handIn(day: string, organisation: string, text: string): Promise<void>
  loadRules(): Promise<void>
  take(message: unknown): void
  tick(isShown: boolean): void
}

export interface ReportDeskDeps {
  readonly api: Pick<Api, 'json'>
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  now(): number
  newId(): string
  may(deed: string): boolean
  me(): { readonly id: string; readonly posts: readonly { readonly post: string }[] } | undefined
  onRefused(sentence: string): void
  onTurn(head: HeadView): void
}

const REFRESH_MS = 30_000
const q = encodeURIComponent
const codeOf = (reason: unknown): string => (reason instanceof Error && 'code' in reason ? String(reason.code) : '')
const sentenceOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason))

export function createReportDesk(deps: ReportDeskDeps): ReportDesk {
  const { api } = deps
  const open = createStore<OpenReport | undefined>(undefined)
  const look = createStore<Look>({ mode: 'paper', marks: true })
  const why = createStore<WhyView | undefined>(undefined)
  const other = createStore<ReportView | undefined>(undefined)
  const clash = createStore<Clash | undefined>(undefined)
  const heads = createStore<readonly HeadView[]>([])
  const lines = createStore<LinesView | undefined>(undefined)
  const rules = createStore<Rules | undefined>(undefined)
  const waiting = createStore<readonly Send[]>([])
  const mine = createStore<readonly HeadView[]>([])
  const asking = createStore(0)
  const words = createWordKeeper(deps.storage)
  let round = 0
  let whyRound = 0

  const isMyTurn = (head: HeadView): boolean => {
    const me = deps.me()
    return (
      me !== undefined &&
      head.state === 'review' &&
      head.next !== undefined &&
      me.posts.some(one => one.post === head.next) &&
      !head.signers.includes(me.id)
    )
  }
  const ask = (): void => {
    mine.set(heads.get().filter(isMyTurn))
    asking.set(mine.get().length)
  }
  const takeHead = (head: HeadView): void => {
    const before = heads.get().find(one => one.id === head.id)
    heads.set(now => [...now.filter(one => one.id !== head.id), head].sort((a, b) => b.asOfMs - a.asOfMs || (a.id < b.id ? -1 : 1)))
    ask()
    if (before && before.revision < head.revision && isMyTurn(head) && !isMyTurn(before)) deps.onTurn(head)
  }
  const take = (view: ReportView): void => {
    const now = open.get()
    if (now?.id !== view.id || now.language !== view.paper.language) return
    // An answer that was overtaken by a younger one stays out.
    if (now.report && now.report.revision > view.revision) return
    const { trouble: _gone, isBelow: _was, ...rest } = now
    open.set({ ...rest, report: view, readAtMs: deps.now() })
  }
  const read = async (id: string, language: Language): Promise<ReportView> =>
    wire.report(await api.json('GET', `/api/reports/${q(id)}?lang=${language}`))
  const reload = async (): Promise<void> => {
    const now = open.get()
    if (!now) return
    const turn = ++round
    try {
      const view = await read(now.id, now.language)
      if (turn === round) take(view)
    } catch (reason) {
      if (turn !== round) return
      const isBelow = codeOf(reason) === 'no-report' && partsOf(now.id).day !== undefined
      open.set(current => current && { ...current, trouble: sentenceOf(reason), ...(isBelow ? { isBelow: true } : {}) })
    }
  }
  const askWhy = (): void => {
    const { target } = look.get()
    const now = open.get()
    const turn = ++whyRound
    if (!target || !now?.report) return why.set(undefined)
    if (why.get()?.target !== target) why.set(undefined)
    api.json('GET', `/api/reports/${q(now.id)}/why?lang=${now.language}&target=${q(target)}`).then(
      answer => turn === whyRound && why.set(wire.why(answer)),
      () => turn === whyRound && why.set(undefined),
    )
    return undefined
  }

  /** What waits belongs to who did it: another person at this desk never sends it. */
  let sender: { readonly person: string; readonly sends: Sends } | undefined
  const sends = (): Sends => {
    const person = deps.me()?.id ?? ''
    if (sender?.person === person) return sender.sends
    let keeping: Keeping = inMemory()
    const ready = openKeeping(globalThis.indexedDB, `mangru.reports.${person}`).then(opened => {
      keeping = opened
    })
    const made = createSends({
      keeping: {
        put: async (...args) => ready.then(() => keeping.put(...args)),
        get: async (...args) => ready.then(() => keeping.get(...args)),
        all: async (...args) => ready.then(() => keeping.all(...args)),
        remove: async (...args) => ready.then(() => keeping.remove(...args)),
      },
      me: () => person,
      now: deps.now,
      newId: deps.newId,
      post: (path, body) => api.json('POST', path, body),
      upload: async () => {},
      onRefused(_send, sentence) {
        deps.onRefused(sentence)
        void reload()
      },
      alone: task => (globalThis.navigator?.locks ? navigator.locks.request(`mangru.report-sends.${person}`, task) : task()),
    })
    made.waiting.subscribe(() => sender?.sends === made && waiting.set(made.waiting.get()))
    sender = { person, sends: made }
    return made
  }
  const send = async (path: string, body: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const now = open.get()
    if (!now) return undefined
    const about = now.id
    const answer = await sends().put({
      about,
      path: `/api/reports/${q(about)}/${path}`,
      files: [],
      body: { ...body, deedId: deps.newId() },
    })
    if (answer !== undefined) {
      const view = wire.report(answer)
      if (view.paper.language === open.get()?.language) take(view)
      else await reload()
    } else await reload()
    return answer
  }

  const desk: ReportDesk = {
    open,
    look,
    why,
    other,
    clash,
    heads,
    lines,
    rules,
    waiting,
    mine,
    asking,
    words,
    reload,
    async load() {
      if (!deps.may('reports.look')) return
      await desk.loadHeads().catch(() => undefined)
      void sends().flush()
      if (open.get()) await reload()
    },
    show(id, language) {
      const now = open.get()
      if (now?.id === id && now.language === language) return
      open.set({ id, language, readAtMs: 0 })
      if (now?.id !== id) {
        look.set(({ mode, marks }) => ({ mode: mode === 'calendar' ? 'paper' : mode, marks }))
        why.set(undefined)
        other.set(undefined)
        clash.set(undefined)
      } else if (look.get().compareWith !== undefined) void desk.compare(look.get().compareWith).catch(() => undefined)
      void reload().then(askWhy)
      const { kind, day } = partsOf(id)
      if (kind === 'daily' && day) void desk.loadLines(day).catch(() => undefined)
    },
    setLook: change => look.set(now => ({ ...now, ...change })),
    choose(target) {
      if (look.get().target === target) return
      look.set(({ target: _before, writing: _was, ...now }) => ({ ...now, ...(target === undefined ? {} : { target }) }))
      askWhy()
    },
    write: place => look.set(({ writing: _before, ...now }) => ({ ...now, ...(place === undefined ? {} : { writing: place }) })),
    async compare(id) {
      look.set(({ compareWith: _before, ...now }) => ({ ...now, ...(id === undefined ? {} : { compareWith: id }) }))
      other.set(undefined)
      const language = open.get()?.language ?? 'ko'
      if (id === undefined) return
      const view = await read(id, language)
      if (look.get().compareWith === id) other.set(view)
    },
    targets() {
      const report = open.get()?.report
      return report ? targetsOf(report.paper) : []
    },
    chosen: () => desk.targets().find(one => one.id === look.get().target),
    async edit(edit, { base, reason = '', place } = {}) {
      const now = open.get()
      if (!now?.report) return
      try {
        await send('edits', { base: base ?? now.report.revision, lang: now.language, reason, edit })
        if (place !== undefined) words.drop(now.id, place)
        clash.set(undefined)
      } catch (refusal) {
        if (codeOf(refusal) === 'changed-meanwhile' && place !== undefined && 'text' in edit) {
          await reload()
          clash.set({ place, mine: edit.text })
          look.set(current => ({ ...current, writing: place }))
          return
        }
        throw refusal
      }
    },
    async deed(path, body) {
      await send(path, body)
    },
    async sign(as) {
      const report = open.get()?.report
      if (!report) return
      try {
        await send('sign', { fingerprint: report.fingerprint, ...(as ? { as } : {}) })
      } catch (refusal) {
        // What has changed since is shown before anybody signs it.
        if (codeOf(refusal) === 'not-current') await reload()
        throw refusal
      }
    },
    async newSpecial(name, fromMs, toMs) {
      const answer = wire.report(
        await api.json('POST', '/api/reports', { id: name, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }),
      )
      return answer.id
    },
    async loadHeads(beforeMs) {
      const answer = await api.json('GET', `/api/reports${beforeMs === undefined ? '' : `?before=${new Date(beforeMs).toISOString()}`}`)
      const found = (Array.isArray(answer) ? answer : []).map(wire.head)
      heads.set(now => [...found, ...now.filter(one => !found.some(other => other.id === one.id))].sort((a, b) => b.asOfMs - a.asOfMs))
      ask()
    },
    async loadLines(day) {
      if (!deps.may('reports.line')) return
      lines.set(wire.lines(await api.json('GET', `/api/report-lines/${q(day)}`), day))
    },
    async handIn(day, organisation, line) {
      await api.json('POST', `/api/report-lines/${q(day)}`, {
        deedId: deps.newId(),
        organisation,
        ...(line.trim() === '' ? { isNothing: true } : { text: line }),
      })
      await Promise.all([desk.loadLines(day), reload()])
    },
    async loadRules() {
      rules.set(wire.rules(await api.json('GET', '/api/report-rules')))
    },
    take(message) {
      if (text(message, 'kind') === 'report-lines') {
        const day = text(message, 'day')
        if (day && lines.get()?.day === day) void desk.loadLines(day).catch(() => undefined)
        if (day && open.get()?.id === `daily-${day}`) void reload()
        return
      }
      const head = wire.head(field(message, 'report'))
      takeHead(head)
      const now = open.get()
      if (now?.id === head.id && (now.report?.revision ?? 0) < head.revision) void reload()
    },
    tick(isShown) {
      if (waiting.get().length > 0) void sends().flush()
      const now = open.get()
      // Until it is frozen the draft follows what happens.
      if (isShown && now?.report && !isDecided(now.report) && !now.report.isFrozen && deps.now() - now.readAtMs > REFRESH_MS) {
        open.set({ ...now, readAtMs: deps.now() })
        void reload()
      }
    },
  }
  return desk
}

/** The daily report of a moment: that of the KST day. */
export const dailyOf = (ms: number): string => `daily-${dayOf(ms)}`
/** The report one step before or after, of the same kind. */
export function neighbour(id: string, by: 1 | -1): string | undefined {
  const { kind, day } = partsOf(id)
  if (!day) return undefined
  if (kind === 'monthly') {
    // Monthly papers are of the first of a month: of the month before, whole.
    const [year = 0, month = 0] = day.split('-').map(Number)
    return `monthly-${new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 10)}`
  }
  return `${kind}-${addDays(day, kind === 'weekly' ? 7 * by : by)}`
}
