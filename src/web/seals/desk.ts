// The sealed journeys of this screen: the live list, kept in order, and the one that is open with its custody and track.
import { inMemory, type Keeping, openKeeping } from '../incidents/keeping.ts'
import { createSends, type Sends } from '../incidents/sends.ts'
import { keepFile, uploadKept } from '../incidents/upload.ts'
import type { Api } from '../live/api.ts'
import { field, list } from '../live/wire.ts'
import { createStore, type Store } from '../shell/store.ts'
import { type Order, ordered, type Sieve, sifted, WORST_FIRST } from './list-order.ts'
import { type Card, card, type Row, row, type TrackPoint, trackPoints } from './model.ts'

export interface SealsState {
  readonly rows: ReadonlyMap<string, Row>
  readonly isLoaded: boolean
  readonly trouble?: string
}
export interface OpenJourney {
  readonly id: string
  readonly card?: Card
  readonly track: readonly TrackPoint[]
  readonly trouble?: string
}

export interface SealDesk {
  readonly state: Store<SealsState>
  readonly open: Store<OpenJourney | undefined>
  /** Those that ended in the last month; undefined until somebody asks. */
  readonly over: Store<SealsState | undefined>
  readonly isOver: Store<boolean>
  readonly sieve: Store<Sieve>
  readonly order: Store<Order>
  /** How many ask for a look: violated. */
  readonly asking: Store<number>
  /** Devices came that nobody knows. */
  readonly found: Store<number>
  /** The moment of the open journey that is looked at again; undefined: as it is now. */
  readonly replayMs: Store<number | undefined>
  /** Counts up when a command to a seal has changed. */
  readonly commandNews: Store<number>
  /** What was pressed at the box and is not at the server yet. */
  readonly sends: Sends
  shown(): readonly Row[]
  load(): Promise<void>
  loadOver(): Promise<void>
  show(id: string | undefined): void
  take(message: unknown): void
  deed(id: string, deed: string, more?: object): Promise<void>
  /** Keeps a photo of the box in the browser, with its hash; it goes with the deed that names it. */
  keepPhoto(journey: string, file: File): Promise<{ readonly id: string; readonly thumbnail?: string }>
  dropPhoto(id: string): Promise<void>
}

/** The card of the open one is asked for anew at most so often while reports come. */
const FRESH_MS = 1500

/** Rows that came meanwhile go to the screen together: thousands of trucks speak more often than anybody can read. */
const GATHER_MS = 250
const PAGE = 1000
const OVER_DAYS = 31
/** The whole track of the open one is asked for anew so often; between, only what is newer. */
const WHOLE_MS = 60_000
/** What waits in the telephone is tried again so often. */
const TRY_MS = 5000

export interface SealDeskDeps {
  readonly api: Api
  now(): number
  newId(): string
  me(): string | undefined
  onRefused(reason: string): void
}

export function createSealDesk({ api, now, newId, me, onRefused }: SealDeskDeps): SealDesk {
  const state = createStore<SealsState>({ rows: new Map(), isLoaded: false })
  const open = createStore<OpenJourney | undefined>(undefined)
  const over = createStore<SealsState | undefined>(undefined)
  const isOver = createStore(false)
  const sieve = createStore<Sieve>({ words: '' })
  const order = createStore<Order>(WORST_FIRST)
  const asking = createStore(0)
  const found = createStore(0)
  const replayMs = createStore<number | undefined>(undefined)
  const commandNews = createStore(0)
  const ready: Promise<Keeping> = openKeeping(globalThis.indexedDB, 'mangru.seals').catch(inMemory)
  const keeping: Keeping = {
    put: async (...given) => (await ready).put(...given),
    get: async (...given) => (await ready).get(...given),
    all: async (...given) => (await ready).all(...given),
    remove: async (...given) => (await ready).remove(...given),
  }
  const sends = createSends({
    keeping,
    me,
    now,
    newId,
    post: (path, body) => api.json('POST', path, body),
    upload: file =>
      uploadKept(file, {
        keeping,
        post: (path, body) => api.json('POST', path, body),
        putBytes: api.putBytes,
        onProgress: () => undefined,
        onTaken: () => undefined,
      }),
    onRefused: (_send, reason) => onRefused(reason),
    alone: task => (navigator.locks ? navigator.locks.request('mangru.seal-sends', task) : task()),
  })
  let isTrying = false
  let askedMs = 0
  let wholeAtMs = 0
  let waiting: ReturnType<typeof setTimeout> | undefined

  let came: Row[] = []
  let gathering: ReturnType<typeof setTimeout> | undefined
  const isEnded = (one: Row): boolean => one.state === 'closed' || one.state === 'cancelled'
  /** All of them, page by page. */
  const pages = async (query: string): Promise<ReadonlyMap<string, Row>> => {
    const rows = new Map<string, Row>()
    for (let after = '', isLast = false; !isLast; ) {
      const answer = await api.json('GET', `/api/journeys?${query}limit=${PAGE}&after=${encodeURIComponent(after)}`)
      const page = list(answer, 'journeys').map(row)
      for (const one of page) rows.set(one.id, one)
      after = page.at(-1)?.id ?? ''
      isLast = field(answer, 'isLast') !== false || page.length === 0
    }
    return rows
  }
  const count = (): void => asking.set([...state.get().rows.values()].filter(one => one.word === 'opened').length)
  const refresh = async (id: string): Promise<void> => {
    askedMs = now()
    const path = `/api/journeys/${encodeURIComponent(id)}`
    const before = open.get()
    const known = before?.id === id ? before.track : []
    // What a dead zone held back comes late and stands between: now and then all of it is asked for.
    const isWhole = known.length === 0 || askedMs - wholeAtMs > WHOLE_MS
    if (isWhole) wholeAtMs = askedMs
    const since = isWhole ? '' : `?from=${new Date((known.at(-1)?.atMs ?? 0) + 1).toISOString()}`
    try {
      const [whole, track] = await Promise.all([api.json('GET', path), api.json('GET', `${path}/track${since}`)])
      const fresh = trackPoints(track)
      if (open.get()?.id === id) open.set({ id, card: card(whole), track: isWhole ? fresh : [...known, ...fresh] })
    } catch (reason) {
      if (open.get()?.id === id)
        open.set(before => ({ id, track: [], ...before, trouble: reason instanceof Error ? reason.message : String(reason) }))
    }
  }
  return {
    state,
    open,
    over,
    isOver,
    sieve,
    order,
    asking,
    found,
    replayMs,
    commandNews,
    sends,
    shown() {
      const rows = isOver.get() ? (over.get()?.rows ?? new Map<string, Row>()) : state.get().rows
      return ordered(sifted(rows.values(), sieve.get(), now()), order.get())
    },
    async load() {
      if (!isTrying) setInterval(() => void sends.flush(), TRY_MS)
      isTrying = true
      void sends.flush()
      try {
        state.set({ rows: await pages(''), isLoaded: true })
        count()
      } catch (reason) {
        state.set(before => ({ ...before, trouble: reason instanceof Error ? reason.message : String(reason) }))
      }
      const shown = open.get()?.id
      if (shown !== undefined) await refresh(shown)
    },
    async loadOver() {
      try {
        const rows = await pages(`over=${OVER_DAYS}&`)
        over.set({ rows: new Map([...rows].filter(([, one]) => isEnded(one))), isLoaded: true })
      } catch (reason) {
        over.set({ rows: new Map(), isLoaded: false, trouble: reason instanceof Error ? reason.message : String(reason) })
      }
    },
    show(id) {
      if (open.get()?.id === id) return
      replayMs.set(undefined)
      open.set(id === undefined ? undefined : { id, track: [] })
      if (id !== undefined) void refresh(id)
    },
    take(message) {
      const kind = field(message, 'kind')
      if (kind === 'seal-found') found.set(n => n + 1)
      if (kind === 'seal-command') commandNews.set(n => n + 1)
      if (kind !== 'journey') return
      const fresh = row(field(message, 'journey'))
      came.push(fresh)
      if (gathering === undefined)
        gathering = setTimeout(() => {
          gathering = undefined
          const all = came
          came = []
          state.set(before => {
            const rows = new Map(before.rows)
            for (const one of all)
              if (isEnded(one)) rows.delete(one.id)
              else rows.set(one.id, one)
            return { ...before, rows }
          })
          count()
        }, GATHER_MS)
      if (open.get()?.id !== fresh.id || waiting !== undefined) return
      // The last change of a row of them is not left out: it is asked for when the pause is over.
      waiting = setTimeout(
        () => {
          waiting = undefined
          const shown = open.get()?.id
          if (shown !== undefined) void refresh(shown)
        },
        Math.max(0, FRESH_MS - (now() - askedMs)),
      )
    },
    async deed(id, deed, more = {}) {
      await api.json('POST', `/api/journeys/${encodeURIComponent(id)}/deeds`, { id: newId(), deed, ...more })
      await refresh(id)
    },
    keepPhoto: (journey, file) => keepFile(file, newId(), `journey:${journey}`, keeping),
    dropPhoto: id => keeping.remove('files', id),
  }
}
