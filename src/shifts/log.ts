// The duty log. What an officer writes is answered when it is on the disk; what the product writes waits in a row until the disk takes it and is never lost while the process
// lives (after a kill it is caught up from the rooms it came from). Each line is in the audit trail with its hash, in the same transaction.
import { auditStatement, type Deed } from '#access/index.ts'
import { type Clock, ok } from '#base/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { lineHash } from './hash.ts'
import { no, type Outcome } from './refusals.ts'
import { type Author, EDITABLE_MS, type HandKind, LOG_WRITTEN, type LogLine, MAX_LINE_LETTERS, type MachineKind } from './schema.ts'
import * as kept from './store.ts'

export interface LogBy extends Pick<Deed, 'session' | 'second'> {
  readonly author: Author
  readonly seat?: LogLine['seat']
}
export interface NewLine {
  readonly id: string
  readonly kind: HandKind
  readonly text: string
  readonly links: LogLine['links']
  /** When it happened, where that was earlier. */
  readonly atMs?: number
  readonly dueMs?: number
  readonly corrects?: string
}
export interface MachineLine {
  /** Made of the fact: the same is told once. */
  readonly id: string
  readonly kind: MachineKind
  /** None: head office's. */
  readonly organisations: readonly string[]
  readonly atMs: number
  readonly ko: string
  readonly en: string
  readonly links?: LogLine['links']
  readonly level?: number
}

export interface DutyLog {
  write(line: NewLine, by: LogBy): Promise<Outcome<LogLine>>
  /** Within its minute, by its author. */
  edit(id: string, text: string, by: LogBy): Promise<Outcome<LogLine>>
  /** A line of the product. Resolves when it is kept, or was before. */
  tell(line: MachineLine): Promise<void>
  get(id: string): LogLine | undefined
  /** The line that puts this one right. */
  correctionOf(id: string): string | undefined
  find(query: kept.LogQuery): readonly LogLine[]
  close(): void
}

export interface LogOptions {
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly headOffice: () => string
}

/** Who writes what nobody wrote. */
export const PRODUCT = { id: 'mangru', name: '망루' } as const
const RETRY_MS = 2000
/** Clocks of two desks differ by this much at most. */
const AHEAD_MS = 60_000
const cleaned = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, MAX_LINE_LETTERS)

export function createLog({ store, clock, bus, headOffice }: LogOptions): DutyLog {
  const waiting = new Map<string, { readonly line: LogLine; readonly done: (() => void)[] }>()
  let isKeeping = false
  let isClosed = false

  const audited = (line: LogLine, deed: string, by: Pick<Deed, 'session' | 'second'> & { readonly who: string }): Statement =>
    auditStatement({ atMs: clock.now(), ...by, deed: `log.${deed}`, thing: line.id, note: lineHash(line) })
  const whoOf = ({ author, seat: _seat, ...by }: LogBy) => ({ who: author.id, ...by })

  const keep = async (): Promise<void> => {
    if (isKeeping || waiting.size === 0 || isClosed) return
    isKeeping = true
    const batch = [...waiting.values()]
    const fresh = batch.filter(({ line }) => !kept.isWritten(store, line.id))
    try {
      if (fresh.length > 0)
        await store.write(fresh.flatMap(({ line }) => [...kept.insertLine(line), audited(line, 'write', { who: PRODUCT.id })]))
    } catch {
      clock.after(RETRY_MS, () => {
        isKeeping = false
        void keep()
      })
      return
    }
    isKeeping = false
    for (const { line, done } of batch) {
      waiting.delete(line.id)
      for (const call of done) call()
    }
    for (const { line } of fresh) bus.tell(LOG_WRITTEN, { line })
    void keep()
  }

  return {
    async write(from, by) {
      const text = cleaned(from.text)
      const nowMs = clock.now()
      if (text === '') return no('nothing-written')
      const known = kept.lineById(store, from.id)
      if (known) return known.by.id === by.author.id && known.text === text ? ok(known) : no('id-taken')
      const atMs = from.atMs ?? nowMs
      if (atMs > nowMs + AHEAD_MS) return no('in-future')
      if (from.kind === 'plan' && from.dueMs === undefined) return no('plan-when')
      const before = from.corrects === undefined ? undefined : kept.lineById(store, from.corrects)
      if (from.corrects !== undefined && !before) return no('not-found')
      if (before && kept.correctionOf(store, before.id)) return no('corrected-already')
      const line: LogLine = {
        id: from.id,
        organisations: before?.organisations ?? [by.author.organisation],
        atMs: Math.min(atMs, nowMs),
        takenAtMs: nowMs,
        isByHand: true,
        kind: from.kind,
        text,
        by: by.author,
        ...(by.seat ? { seat: by.seat } : {}),
        links: from.links,
        ...(from.corrects === undefined ? {} : { corrects: from.corrects }),
        ...(from.dueMs === undefined ? {} : { dueMs: from.dueMs }),
      }
      try {
        await store.write([...kept.insertLine(line), audited(line, from.corrects === undefined ? 'write' : 'correct', whoOf(by))])
      } catch (error) {
        // The same line sent twice at once, or two corrections of one line: the first stands.
        if (kept.lineById(store, from.id)?.by.id === by.author.id) return ok(kept.lineById(store, from.id)!)
        if (from.corrects !== undefined && kept.correctionOf(store, from.corrects)) return no('corrected-already')
        throw error
      }
      bus.tell(LOG_WRITTEN, { line })
      return ok(line)
    },
    async edit(id, words, by) {
      const line = kept.lineById(store, id)
      const text = cleaned(words)
      const nowMs = clock.now()
      if (!line) return no('not-found')
      if (!line.isByHand) return no('machine-line')
      if (line.by.id !== by.author.id) return no('not-your-line')
      if (text === '') return no('nothing-written')
      if (nowMs > line.takenAtMs + EDITABLE_MS) return no('too-late-to-edit')
      if (text === line.text) return ok(line)
      const after: LogLine = { ...line, text, edits: [...(line.edits ?? []), { atMs: nowMs, text: line.text }] }
      await store.write([kept.editLine(after, nowMs), audited(after, 'edit', whoOf(by))])
      bus.tell(LOG_WRITTEN, { line: after })
      return ok(after)
    },
    tell({ ko, en, ...from }) {
      const known = waiting.get(from.id)
      return new Promise(done => {
        if (known) return void known.done.push(done)
        const organisations = from.organisations.length > 0 ? from.organisations : [headOffice()]
        const line: LogLine = {
          ...from,
          organisations,
          takenAtMs: clock.now(),
          isByHand: false,
          text: ko,
          en,
          links: from.links ?? [],
          by: { ...PRODUCT, organisation: organisations[0] ?? headOffice() },
        }
        waiting.set(line.id, { line, done: [done] })
        // What comes in one turn goes into one commit.
        queueMicrotask(() => void keep())
      })
    },
    get: id => kept.lineById(store, id),
    correctionOf: id => kept.correctionOf(store, id),
    find: query => kept.linesBetween(store, query),
    close() {
      isClosed = true
    },
  }
}
