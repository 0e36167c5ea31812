import { number, text } from '../live/wire.ts'
import { LineDown } from '../shell/outbox.ts'
import { createStore } from '../shell/store.ts'
import { createAnswerDrafts } from './answer-drafts.ts'
import type { FeedState, IncidentDesk, IncidentDeskDeps, OpenState } from './desk-contract.ts'
import { EMPTY_FEED, loaded, stepFrom, takenIn, withChanged, withMore, withNew } from './feed-order.ts'
import { type Filter, NO_FILTER, queryOf } from './filter.ts'
import { createFormDesk } from './form-desk.ts'
import { inMemory, type Keeping, openKeeping } from './keeping.ts'
import type { CallView, Full, Head, Office, OrderView, Receipt } from './model.ts'
import { createSends } from './sends.ts'
import { createUnsent } from './unsent.ts'
import { keepFile, resumeUpload, type UploadDeps, uploadKept } from './upload.ts'
import * as wire from './wire.ts'

const PAGE = 40
const REPORTS = '/api/incidents'
const MAX_HEADS = 4000

export function createIncidentDesk(deps: IncidentDeskDeps): IncidentDesk {
  const { api } = deps
  const feed = createStore<FeedState>({
    heads: new Map(),
    order: EMPTY_FEED,
    filter: deps.filter ?? NO_FILTER,
    isLoaded: false,
    isLast: true,
  })
  const open = createStore<OpenState | undefined>(undefined)
  const orders = createStore<readonly OrderView[]>([])
  const receipts = createStore<readonly Receipt[]>([])
  const calls = createStore<readonly CallView[]>([])
  const offices = createStore<readonly Office[]>([])
  const called = createStore(0)
  const ordered = createStore(0)
  const asking = createStore(0)
  let isHeld = false
  let round = 0
  /** What the line told while the list was asked for: the answer may be older than that. */
  let meanwhile: string[] | undefined
  let lastCounted = 0
  /** The line broke while this one was asked for: it is asked for again. */
  let behind: string | undefined
  let keeping: Keeping = inMemory()
  const ready = openKeeping(globalThis.indexedDB, 'mangru.incidents').then(opened => {
    keeping = opened
  })
  const whenReady: Keeping = {
    put: async (...args) => ready.then(() => keeping.put(...args)),
    get: async (...args) => ready.then(() => keeping.get(...args)),
    all: async (...args) => ready.then(() => keeping.all(...args)),
    remove: async (...args) => ready.then(() => keeping.remove(...args)),
  }
  const unsent = createUnsent(whenReady, deps.me)
  const uploads: UploadDeps = {
    keeping: whenReady,
    post: (path, body) => api.json('POST', path, body),
    putBytes: api.putBytes,
    onProgress: (id, share) => form.progress(id, share),
    onTaken: (_id, incident, taken) => form.taken(incident, taken),
  }
  const upload = (file: string): Promise<void> => uploadKept(file, uploads)
  const sends = createSends({
    keeping: whenReady,
    me: deps.me,
    now: deps.now,
    newId: deps.newId,
    post: (path, body) => api.json('POST', path, body),
    upload,
    onTaken(send) {
      if (send.path === REPORTS) void whenReady.remove('drafts', send.about)
    },
    onRefused: (_send, reason) => deps.onRefused(reason),
    alone: task => (navigator.locks ? navigator.locks.request('mangru.incident-sends', task) : task()),
  })
  const form = createFormDesk({
    api,
    keeping: whenReady,
    sends,
    me: deps.me,
    now: deps.now,
    newId: deps.newId,
    upload,
    resume: (file, incident) => resumeUpload(file, incident, uploads),
  })

  const query = (filter: Filter, before?: string): string => {
    const values = queryOf(filter, deps.now())
    values.set('limit', String(PAGE))
    if (before !== undefined) values.set('before', before)
    return `${REPORTS}?${values}`
  }
  const count = (): void => {
    const { heads } = feed.get()
    const me = [...heads.values()].filter(head => head.state === 'reported' && head.readSteps === 0 && !head.mergedInto).length
    called.set(calls.get().length)
    ordered.set(orders.get().filter(order => order.mine).length)
    asking.set(me + ordered.get() + called.get())
  }
  const put = (list: readonly Head[]): void =>
    feed.set(now => {
      const heads = new Map(now.heads)
      for (const head of list) {
        const known = heads.get(head.id)
        if (known && known.steps > head.steps) continue
        heads.set(head.id, { ...head, readSteps: Math.max(head.readSteps, known?.readSteps ?? 0) })
      }
      for (const id of heads.keys()) {
        if (heads.size <= MAX_HEADS) break
        if (!now.order.shown.includes(id) && !now.order.gathered.includes(id)) heads.delete(id)
      }
      return { ...now, heads }
    })

  async function load(): Promise<void> {
    const mine = ++round
    meanwhile = []
    const { filter } = feed.get()
    // Names of offices stand in every row: they do not wait for the rows.
    const named = loadOffices()
    try {
      const answer = await api.json('GET', query(filter))
      if (mine !== round) return
      const list = wire.heads(answer)
      put(list.heads)
      feed.set(now => {
        const { trouble: _gone, ...rest } = now
        return {
          ...rest,
          order: loaded(
            now.order,
            list.heads.map(head => head.id),
          ),
          isLoaded: true,
          isLast: list.isLast,
        }
      })
      for (const id of meanwhile ?? []) place(id)
      meanwhile = undefined
    } catch (reason) {
      if (mine === round) feed.set(now => ({ ...now, trouble: reason instanceof Error ? reason.message : String(reason) }))
    }
    const shown = open.get()?.id
    // After a break the story that is open may have gone on.
    await Promise.all([loadCounts(), loadOrders(), loadCalls(), named, shown === undefined ? undefined : refresh(shown)])
    count()
  }
  const loadCounts = async (): Promise<void> => {
    lastCounted = deps.now()
    void unsent.count()
    const answer = await api.json('GET', '/api/incidents/counts').catch(() => undefined)
    if (answer !== undefined) feed.set(now => ({ ...now, counts: wire.counts(answer) }))
  }
  const loadOrders = async (): Promise<void> => {
    const answer = await api.json('GET', '/api/orders').catch(() => undefined)
    if (Array.isArray(answer)) orders.set(answer.map(wire.order))
  }
  const loadCalls = async (): Promise<void> => {
    const answer = await api.json('GET', '/api/incidents/calls').catch(() => undefined)
    if (Array.isArray(answer)) calls.set(answer.map(wire.call))
  }
  const loadReceipts = async (id: string): Promise<void> => {
    const answer = await api.json('GET', `/api/incidents/${encodeURIComponent(id)}/receipts`).catch(() => undefined)
    if (Array.isArray(answer) && open.get()?.id === id) receipts.set(answer.map(wire.receipt))
  }
  const loadOffices = async (): Promise<void> => {
    if (offices.get().length > 0) return
    const answer = await api.json('GET', '/api/organisations').catch(() => undefined)
    if (Array.isArray(answer)) offices.set(answer.map(wire.office))
  }

  /** The open incident as the server has it; only the steps that are not here. */
  async function refresh(id: string): Promise<void> {
    const known = open.get()?.id === id ? open.get()?.full : undefined
    const after = known?.thread.at(-1)?.n ?? 0
    try {
      const fresh = wire.full(await api.json('GET', `/api/incidents/${encodeURIComponent(id)}?after=${after}`))
      if (open.get()?.id !== id) return
      const had = open.get()?.full?.thread ?? []
      const thread = [...had, ...fresh.thread.filter(step => !had.some(other => other.id === step.id))]
      open.set({ id, full: { ...fresh, thread } })
      put([fresh])
      markRead(fresh)
      void loadReceipts(id)
    } catch (reason) {
      if (reason instanceof LineDown) behind = id
      else if (open.get()?.id === id)
        open.set(now => (now?.id === id ? { ...now, trouble: reason instanceof Error ? reason.message : String(reason) } : now))
    }
  }
  /** Open on a screen somebody looks at is read. */
  const markRead = (incident: Full): void => {
    const head = feed.get().heads.get(incident.id)
    if (document.hidden || (head?.readSteps ?? 0) >= incident.steps) return
    void api.json('POST', `/api/incidents/${encodeURIComponent(incident.id)}/read`, { steps: incident.steps }).then(
      () => {
        put([{ ...incident, readSteps: incident.steps }])
        calls.set(now => now.filter(call => call.about.id !== incident.id || call.n > incident.steps))
        count()
      },
      () => undefined,
    )
  }

  const fits = (head: Head, { states, kind, organisation, urgency, report, words }: Filter): boolean =>
    words.trim() === '' &&
    (states.length === 0 || states.includes(head.state)) &&
    (kind === undefined || head.kind === kind) &&
    (organisation === undefined || head.organisation === organisation) &&
    (urgency === undefined || head.urgency <= urgency) &&
    (report === undefined || head.isInDailyReport)

  /** Where a report that is new or has changed stands in the list. */
  const place = (id: string): void => {
    const { heads, filter } = feed.get()
    const head = heads.get(id)
    const isByChange = filter.sort === 'changed'
    if (head && fits(head, filter) && (isByChange || head.steps === 1))
      feed.set(now => ({ ...now, order: (isByChange ? withChanged : withNew)(now.order, id, isHeld) }))
  }
  const taken = (head: Head, by: string): void => {
    const isNew = !feed.get().heads.has(head.id)
    put([{ ...head, readSteps: by === deps.me() ? head.steps : 0 }])
    meanwhile?.push(head.id)
    place(head.id)
    if (isNew && head.urgency === 1 && head.steps === 1 && by !== deps.me()) deps.onUrgent(head)
    if (open.get()?.id === head.id) void refresh(head.id)
    count()
  }

  const desk: IncidentDesk = {
    feed,
    open,
    orders,
    receipts,
    calls,
    called,
    ordered,
    offices,
    waiting: sends.waiting,
    othersWaiting: unsent.others,
    form,
    asking,
    load,
    async more() {
      const { filter, order, isLast } = feed.get()
      const last = order.shown.at(-1)
      if (isLast || last === undefined) return
      const list = wire.heads(await api.json('GET', query(filter, last)))
      put(list.heads)
      feed.set(now => ({
        ...now,
        order: withMore(
          now.order,
          list.heads.map(head => head.id),
        ),
        isLast: list.isLast,
      }))
    },
    setFilter(change) {
      feed.set(now => ({ ...now, filter: { ...now.filter, ...change }, order: { ...now.order, gathered: [] } }))
      void load()
    },
    hold(held) {
      isHeld = held
      if (!held) desk.takeIn()
    },
    takeIn: () => feed.set(now => ({ ...now, order: takenIn(now.order) })),
    step: by => stepFrom(feed.get().order.shown, open.get()?.id, by),
    show(id) {
      if (open.get()?.id === id) return
      open.set(id === undefined ? undefined : { id })
      receipts.set([])
      if (id !== undefined) void refresh(id)
    },
    take(message) {
      switch (text(message, 'kind')) {
        case 'incident':
          taken(wire.headOf(message), text(message, 'by') ?? '')
          return
        case 'incident-read': {
          const [id, read] = [text(message, 'id'), wire.receipt(message)]
          if (id === undefined || open.get()?.id !== id) return
          if (receipts.get().some(one => one.person === read.person))
            receipts.set(now => now.map(one => (one.person === read.person ? { ...one, ...read, posts: one.posts } : one)))
          else void loadReceipts(id)
          return
        }
        case 'incident-call':
          deps.onCall({
            id: text(message, 'id') ?? '',
            title: text(message, 'title') ?? '',
            by: text(message, 'by') ?? '',
            isMention: text(message, 'why') === 'mention',
          })
          void loadCalls().then(count)
          return
        case 'order':
          void loadOrders().then(count)
      }
    },
    tick() {
      const again = behind
      behind = undefined
      if (again !== undefined && again === open.get()?.id) void refresh(again)
      void sends.flush()
      form.tick()
      if (deps.now() - lastCounted > 15_000 && feed.get().isLoaded) void loadCounts()
    },
    deed: async (id, path, body, files = []) => {
      const answer = await sends.put({
        about: id,
        path: `/api/incidents/${encodeURIComponent(id)}/${path}`,
        body: { deedId: deps.newId(), writtenAt: new Date(deps.now()).toISOString(), ...body },
        files,
      })
      await refresh(id)
      return answer
    },
    orderDeed: async (order, path, words) => {
      const answer = await sends.put({
        about: order.incident,
        path: `/api/orders/${encodeURIComponent(order.id)}/${path}`,
        body: { deedId: deps.newId(), ...(words === '' ? {} : { text: words }) },
        files: [],
      })
      await Promise.all([refresh(order.incident), loadOrders()])
      count()
      return answer
    },
    async keepFile(file, incident) {
      const id = deps.newId()
      await keepFile(file, id, incident, whenReady)
      return id
    },
    people: async (id, reason) => {
      const answer = await api.json('GET', `/api/incidents/${encodeURIComponent(id)}/people?reason=${encodeURIComponent(reason)}`)
      return Array.isArray(answer) ? answer.map(wire.person) : []
    },
    findLinks: async words => {
      const answer = await api.json('GET', `/api/incidents/links?q=${encodeURIComponent(words)}`)
      return Array.isArray(answer) ? answer.map(wire.link) : []
    },
    find: async words =>
      wire.heads(await api.json('GET', `${REPORTS}?limit=12${words === '' ? '' : `&q=${encodeURIComponent(words)}`}`)).heads,
    exportUrl: form => `${REPORTS}.${form}?${queryOf(feed.get().filter, deps.now())}`,
    findNames: async words => {
      const answer = await api.json('GET', `/api/incidents/names?q=${encodeURIComponent(words)}`)
      return Array.isArray(answer) ? answer.map(wire.mention) : []
    },
    async remind(id, step) {
      const answer = await api.json('POST', `/api/incidents/${encodeURIComponent(id)}/remind`, { step, deedId: deps.newId() })
      await loadReceipts(id)
      return number(answer, 'reminded') ?? 0
    },
    answers: createAnswerDrafts(whenReady, deps.me),
  }
  return desk
}
