// Questions to the room's thread and their answers.
import { Worker } from 'node:worker_threads'
import type { FactRecord, MadeDay } from './facts.ts'
import type { RecordMark, SourceDay } from './reader.ts'
import type { Span } from './schema.ts'
import type { Counted, Wanted } from './wanted.ts'

type Question =
  | { readonly kind: 'count'; readonly source: string; readonly spans: readonly Span[]; readonly wanted: readonly Wanted[] }
  | {
      readonly kind: 'records'
      readonly source: string
      readonly span: Span
      readonly wanted: Wanted
      readonly limit: number
      readonly after?: RecordMark
    }
  | { readonly kind: 'made'; readonly limit: number }
  | { readonly kind: 'kept'; readonly span: Span }
  | { readonly kind: 'ahead' | 'same'; readonly source: string; readonly day: number }
export type Asked = Question & { readonly id: number }
export interface Told {
  readonly id: number
  readonly counted?: readonly (readonly Counted[])[]
  readonly records?: readonly FactRecord[]
  readonly made?: readonly MadeDay[]
  readonly kept?: readonly SourceDay[]
  readonly isSame?: boolean
  readonly fault?: string
}

export interface Counting {
  count(source: string, spans: readonly Span[], wanted: readonly Wanted[]): Promise<readonly (readonly Counted[])[]>
  records(source: string, span: Span, wanted: Wanted, limit: number, after?: RecordMark): Promise<readonly FactRecord[]>
  made(limit: number): Promise<readonly MadeDay[]>
  kept(span: Span): Promise<readonly SourceDay[]>
  readAhead(source: string, day: number): Promise<void>
  isSame(source: string, day: number): Promise<boolean>
  close(): Promise<void>
}

/** Starts the thread on the store's file; questions that stand when it dies are refused, the next one starts it anew. */
export function startCounting(file: string): Counting {
  const waiting = new Map<number, { readonly done: (told: Told) => void; readonly fail: (why: Error) => void }>()
  let worker: Worker | undefined
  let lastId = 0
  let isClosed = false

  const failAll = (why: Error): void => {
    for (const one of waiting.values()) one.fail(why)
    waiting.clear()
  }
  const started = (): Worker => {
    if (worker) return worker
    const thread = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: { file },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    thread.on('message', (told: Told) => {
      const one = waiting.get(told.id)
      waiting.delete(told.id)
      if (told.fault === undefined) one?.done(told)
      else one?.fail(new Error(told.fault))
    })
    const gone = (why: Error): void => {
      if (worker === thread) worker = undefined
      failAll(why)
    }
    thread.on('error', fault => gone(fault instanceof Error ? fault : new Error(String(fault))))
    thread.on('exit', () => gone(new Error('the counting thread has ended')))
    worker = thread
    return thread
  }
  const ask = (question: Question): Promise<Told> =>
    new Promise((done, fail) => {
      if (isClosed) return fail(new Error('the statistics are closed'))
      const id = ++lastId
      waiting.set(id, { done, fail })
      started().postMessage({ ...question, id } satisfies Asked)
    })

  return {
    count: async (source, spans, wanted) => (await ask({ kind: 'count', source, spans, wanted })).counted ?? [],
    records: async (source, span, wanted, limit, after) =>
      (await ask({ kind: 'records', source, span, wanted, limit, ...(after ? { after } : {}) })).records ?? [],
    made: async limit => (await ask({ kind: 'made', limit })).made ?? [],
    kept: async span => (await ask({ kind: 'kept', span })).kept ?? [],
    readAhead: async (source, day) => void (await ask({ kind: 'ahead', source, day })),
    isSame: async (source, day) => (await ask({ kind: 'same', source, day })).isSame === true,
    async close() {
      isClosed = true
      const thread = worker
      if (!thread) return
      const ended = new Promise<void>(done => thread.once('exit', () => done()))
      thread.postMessage('close')
      await ended
    },
  }
}
