// The report being written: kept at each change (here at once, at the server soon after), read for what its words say, its files already on their way. Sent once, whenever
// the line is there; after that the form is empty for the next.
import type { Api } from '../live/api.ts'
import { LineDown } from '../shell/outbox.ts'
import { createStore, type Store } from '../shell/store.ts'
import type { Keeping } from './keeping.ts'
import type { Draft, DraftFile, IncidentKind, IncidentPlace, ReadOut } from './model.ts'
import type { Sends } from './sends.ts'
import { FileElsewhere, keepFile } from './upload.ts'
import * as wire from './wire.ts'

export interface FileProgress {
  readonly share: number
  /** What the server says against it. */
  readonly trouble?: string
  /** It lies in the browser in which it was chosen. */
  readonly isElsewhere?: true
}

export interface FormDesk {
  /** Undefined: the form is closed. */
  readonly draft: Store<Draft | undefined>
  readonly readOut: Store<ReadOut | undefined>
  readonly files: Store<ReadonlyMap<string, FileProgress>>
  /** When the server last had the draft; 0: only this browser has it. */
  readonly savedAtMs: Store<number>
  /** Others that were begun and not sent, newest first. */
  readonly others: Store<readonly Draft[]>
  /** Opens it: what was begun goes on, unless it is about something else now. */
  begin(about?: Partial<Draft>): Promise<void>
  /** Goes on with another one; this one waits. */
  take(other: Draft): void
  change(change: Partial<Draft>): void
  /** The place in words: a port, berth or office that is known stands on the chart with them, unless a place was pressed there. */
  namePlace(label: string): void
  /** Takes a field off (the place, the kind chosen by hand). */
  clear(field: 'kind' | 'place' | 'occurredAtMs'): void
  close(): void
  /** Throws the draft away. */
  discard(): Promise<void>
  addFiles(files: Iterable<File>): Promise<void>
  removeFile(id: string): void
  /** Kind and place as they will be sent: chosen, else read from the words. */
  kind(): IncidentKind
  place(): IncidentPlace | undefined
  /** Sends it; answers its id at once, and the number when the server has it (undefined: it waits for the line). */
  send(raiseAlarm?: boolean): Promise<{ readonly id: string; readonly number: Promise<string | undefined> } | undefined>
  progress(file: string, share: number): void
  taken(incident: string, place: { readonly lat: number; readonly lon: number }): void
  tick(): void
}

export interface FormDeskDeps {
  readonly api: Pick<Api, 'json'>
  readonly keeping: Keeping
  readonly sends: Sends
  me(): string | undefined
  now(): number
  newId(): string
  upload(file: string): Promise<void>
  /** Of a draft that was begun earlier. */
  resume(file: DraftFile, incident: string): Promise<void>
}

const SERVER_SAVE_MS = 1500
const READ_AFTER_MS = 350

export function createFormDesk(deps: FormDeskDeps): FormDesk {
  const draft = createStore<Draft | undefined>(undefined)
  const readOut = createStore<ReadOut | undefined>(undefined)
  const files = createStore<ReadonlyMap<string, FileProgress>>(new Map())
  const savedAtMs = createStore(0)
  const others = createStore<readonly Draft[]>([])
  let changedAtMs = 0
  let savedVersion = 0
  let isSaving = false
  let readFor = ''
  let readTimer: ReturnType<typeof setTimeout> | undefined
  let placeTimer: ReturnType<typeof setTimeout> | undefined
  /** Where it lies was found by its name, not pressed on the chart. */
  let isNamed = false

  const empty = (): Draft => ({
    id: deps.newId(),
    text: '',
    urgency: 3,
    links: [],
    goods: [],
    people: [],
    files: [],
    isInDailyReport: false,
    savedAtMs: 0,
  })
  const isBlank = (one: Draft): boolean => one.text.trim() === '' && one.files.length === 0 && one.links.length === 0
  const keep = (next: Draft): void => {
    changedAtMs = deps.now()
    const me = deps.me()
    draft.set({ ...next, savedAtMs: Math.round(changedAtMs), ...(me === undefined ? {} : { by: me }) })
    if (isBlank(next)) void deps.keeping.remove('drafts', next.id)
    else void deps.keeping.put('drafts', next.id, draft.get())
    read(next.text)
  }
  const read = (words: string): void => {
    if (words === readFor) return
    readFor = words
    clearTimeout(readTimer)
    if (words.trim().length < 2) return readOut.set(undefined)
    readTimer = setTimeout(() => {
      deps.api.json('POST', '/api/incidents/read-words', { text: words.slice(0, 10_000) }).then(
        answer => words === readFor && readOut.set(wire.readOut(answer)),
        () => undefined,
      )
    }, READ_AFTER_MS)
  }
  /** What this person began and did not send, newest first: of this browser, else of the server (another desk). */
  const begun = async (): Promise<readonly Draft[]> => {
    const me = deps.me()
    const here = (await deps.keeping.all('drafts')).map(wire.draft).filter(one => one.by === undefined || one.by === me)
    const there = await deps.api.json('GET', '/api/incident-drafts').then(
      answer => (Array.isArray(answer) ? answer.map(one => wire.draft(Object(one).body)) : []),
      () => [],
    )
    // Also those that wait from before a reload.
    const sending = new Set((await deps.keeping.all('sends')).map(send => wire.aboutOf(send)))
    const newest = new Map<string, Draft>()
    for (const one of [...there, ...here]) if (one.savedAtMs >= (newest.get(one.id)?.savedAtMs ?? 0)) newest.set(one.id, one)
    return [...newest.values()]
      .filter(one => one.id !== '' && !sending.has(one.id) && !isBlank(one))
      .sort((a, b) => b.savedAtMs - a.savedAtMs)
  }
  const clearForm = (): void => {
    draft.set(undefined)
    readOut.set(undefined)
    files.set(new Map())
    savedAtMs.set(0)
    readFor = ''
  }
  const moving = new Set<string>()
  const follow = (id: string, task: Promise<void>): void => {
    moving.add(id)
    task
      .catch(reason => {
        // The line: it goes on at the next tick.
        if (reason instanceof LineDown) return
        if (reason instanceof FileElsewhere) return files.set(now => new Map(now).set(id, { share: 0, isElsewhere: true }))
        files.set(now => new Map(now).set(id, { share: 0, trouble: reason instanceof Error ? reason.message : String(reason) }))
        void deps.keeping.remove('files', id)
      })
      .finally(() => moving.delete(id))
  }
  /** Opens one that was begun earlier: its files go on from where they are. */
  const reopen = (one: Draft): void => {
    clearForm()
    keep(one)
    for (const file of one.files) {
      files.set(now => new Map(now).set(file.id, { share: 0 }))
      follow(file.id, deps.resume(file, one.id))
    }
  }
  const offer = (all: readonly Draft[]): void => others.set(all.filter(one => one.id !== draft.get()?.id))
  const isGood = (file: DraftFile): boolean => {
    const now = files.get().get(file.id)
    return now?.trouble === undefined && now?.isElsewhere !== true
  }

  const form: FormDesk = {
    draft,
    readOut,
    files,
    savedAtMs,
    others,
    async begin(about) {
      const open = draft.get()
      if (open && !about) return
      const all = await begun()
      const [last] = all
      if (about || !last) {
        clearForm()
        keep({ ...empty(), ...about })
      } else reopen(last)
      offer(all)
    },
    take(other) {
      reopen(other)
      void begun().then(offer)
    },
    change: change => {
      const now = draft.get()
      if (change.place && change.place.label === now?.place?.label) isNamed = false
      if (now) keep({ ...now, ...change })
    },
    namePlace(label) {
      const known = form.place()
      const wasPicked = draft.get()?.place?.lat !== undefined && !isNamed
      form.change({ place: { ...(wasPicked ? known : {}), label } })
      clearTimeout(placeTimer)
      if (wasPicked || label.trim().length < 2) return
      placeTimer = setTimeout(() => {
        deps.api.json('POST', '/api/incidents/read-words', { text: label }).then(
          answer => {
            const found = wire.readOut(answer).place
            const now = draft.get()?.place
            if (!found || now?.label !== label || now.lat !== undefined) return
            form.change({ place: { ...found, label } })
            isNamed = true
          },
          () => undefined,
        )
      }, READ_AFTER_MS)
    },
    clear(field) {
      const now = draft.get()
      if (!now) return
      const { [field]: _gone, ...rest } = now
      keep(rest)
    },
    close: () => draft.set(undefined),
    async discard() {
      const now = draft.get()
      if (!now) return
      clearForm()
      await deps.keeping.remove('drafts', now.id)
      await deps.api.json('DELETE', `/api/incident-drafts/${encodeURIComponent(now.id)}`).catch(() => undefined)
    },
    async addFiles(list) {
      // A list of the browser's is emptied when its input is: all are taken first.
      for (const file of [...list]) {
        const now = draft.get()
        if (!now) return
        const made = await keepFile(file, deps.newId(), now.id, deps.keeping)
        const later = draft.get()
        if (later?.id !== now.id) return
        form.change({ files: [...later.files, made] })
        files.set(map => new Map(map).set(made.id, { share: 0 }))
        follow(made.id, deps.upload(made.id))
      }
    },
    removeFile(id) {
      form.change({ files: draft.get()?.files.filter(file => file.id !== id) ?? [] })
      void deps.keeping.remove('files', id)
    },
    kind: () => draft.get()?.kind ?? readOut.get()?.kind ?? 'other',
    place: () => draft.get()?.place ?? readOut.get()?.place,
    async send(raiseAlarm = false) {
      const now = draft.get()
      if (!now || now.text.trim() === '') return undefined
      const place = form.place()
      const attachments = now.files.filter(isGood).map(file => file.id)
      const sent = deps.sends.put({
        about: now.id,
        path: '/api/incidents',
        files: attachments,
        body: {
          id: now.id,
          text: now.text,
          kind: form.kind(),
          urgency: now.urgency,
          writtenAt: new Date(deps.now()).toISOString(),
          occurredAt: new Date(now.occurredAtMs ?? deps.now()).toISOString(),
          goods: now.goods.length > 0 ? now.goods : (readOut.get()?.goods ?? []),
          people: now.people,
          links: [
            ...now.links.map(({ kind, id, label }) => ({ kind, id, label })),
            ...(readOut.get()?.links ?? [])
              .filter(link => !now.links.some(other => other.kind === link.kind && other.id === link.id))
              .map(({ kind, id, label }) => ({ kind, id, label })),
          ],
          attachments,
          isInDailyReport: now.isInDailyReport,
          ...(raiseAlarm ? { raiseAlarm } : {}),
          ...(place ? { place } : {}),
          ...(now.organisation ? { organisation: now.organisation } : {}),
        },
      })
      // The draft stays until the server has the report: a refusal loses nothing.
      clearForm()
      return { id: now.id, number: sent.then(answer => (answer === undefined ? undefined : wire.head(answer).number)) }
    },
    progress: (id, share) => files.set(now => new Map(now).set(id, { share })),
    taken(incident, place) {
      const now = draft.get()
      if (now?.id !== incident || now.place?.lat !== undefined) return
      const words = now.place ?? readOut.get()?.place
      form.change({ place: { ...words, label: words?.label ?? '', ...place } })
    },
    tick() {
      const now = draft.get()
      for (const file of now?.files ?? [])
        if (isGood(file) && !moving.has(file.id) && (files.get().get(file.id)?.share ?? 0) < 1)
          follow(file.id, deps.resume(file, now?.id ?? ''))
      if (!now || isSaving || isBlank(now) || now.savedAtMs === savedVersion || deps.now() - changedAtMs < SERVER_SAVE_MS) return
      isSaving = true
      const version = now.savedAtMs
      deps.api
        .json('PUT', `/api/incident-drafts/${encodeURIComponent(now.id)}`, {
          ...now,
          files: now.files.map(({ thumbnail: _small, ...file }) => file),
        })
        .then(
          () => {
            savedVersion = version
            savedAtMs.set(deps.now())
          },
          () => undefined,
        )
        .finally(() => {
          isSaving = false
        })
    },
  }
  return form
}
