// What was pressed is sent once, in order, also after a lost line, a reload or a dead battery: each send is kept in the browser before it goes, carries an id of its own, and
// leaves only when the server has it or has refused it. It goes under the name of who pressed it and of nobody else. Files go before the words that speak of them. One page at a time sends (a lock of the browser); the server's
// ids make a double harmless anyway.
import { Refusal } from '../live/ask.ts'
import { field, list, text } from '../live/wire.ts'
import { LineDown } from '../shell/outbox.ts'
import { createStore, type Store } from '../shell/store.ts'
import type { Keeping } from './keeping.ts'

export interface Send {
  /** Sorts by when it was pressed. */
  readonly key: string
  /** Who pressed it: another officer at this desk does not send it. */
  readonly by: string
  /** Incident it is about. */
  readonly about: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  /** Attachments that must be there first. */
  readonly files: readonly string[]
}

export interface Sends {
  /** Those that are not at the server yet. */
  readonly waiting: Store<readonly Send[]>
  /** Kept first, then sent. Resolves with the server's answer; rejects when it was refused. While the line is down it waits. */
  put(send: Omit<Send, 'key' | 'by'>): Promise<unknown>
  /** Tries what waits, also from before a reload. */
  flush(): Promise<void>
}

export interface SendsDeps {
  readonly keeping: Keeping
  me(): string | undefined
  now(): number
  newId(): string
  post(path: string, body: unknown): Promise<unknown>
  /** Uploads a kept file; resolves when the server has it. Rejects with LineDown to try again. */
  upload(file: string): Promise<void>
  /** The server has it. */
  onTaken?(send: Send): void
  /** A send from before a reload was refused: nobody waits for it. */
  onRefused(send: Send, reason: string): void
  /** One page at a time. */
  alone(task: () => Promise<void>): Promise<void>
}

/** The server cannot take it now (nobody is signed in, the desk is locked, too many at once, the disk is full): that is no judgement of what was written. */
const LATER: readonly number[] = [401, 423, 429]
const isForLater = (reason: unknown): boolean =>
  reason instanceof LineDown || (reason instanceof Refusal && (reason.status >= 500 || LATER.includes(reason.status)))

export function createSends(deps: SendsDeps): Sends {
  const waiting = createStore<readonly Send[]>([])
  const settles = new Map<string, { done(answer: unknown): void; fail(reason: unknown): void }>()
  let flushing: Promise<void> | undefined

  const drop = async (send: Send): Promise<void> => {
    await deps.keeping.remove('sends', send.key)
    waiting.set(now => now.filter(one => one.key !== send.key))
  }
  const deliver = async (send: Send): Promise<void> => {
    const settle = settles.get(send.key)
    try {
      for (const file of send.files) await deps.upload(file)
      const answer = await deps.post(send.path, send.body)
      await drop(send)
      deps.onTaken?.(send)
      settle?.done(answer)
    } catch (reason) {
      if (isForLater(reason)) throw reason
      await drop(send)
      if (settle) settle.fail(reason)
      else deps.onRefused(send, reason instanceof Error ? reason.message : String(reason))
    }
    settles.delete(send.key)
  }
  const kept = async (): Promise<readonly Send[]> => {
    const me = deps.me()
    return (await deps.keeping.all('sends')).flatMap(readSend).filter(send => me !== undefined && (send.by === me || send.by === ''))
  }
  const round = async (): Promise<void> => {
    const mine = await kept()
    waiting.set(mine)
    // Another page of this browser has sent it meanwhile.
    for (const [key, settle] of [...settles])
      if (!mine.some(send => send.key === key)) {
        settles.delete(key)
        settle.done(undefined)
      }
    // What the server cannot take now holds up what comes after it about the same incident, and nothing else.
    const held = new Set<string>()
    for (const send of mine) {
      if (held.has(send.about)) continue
      await deliver(send).catch(reason => {
        if (reason instanceof LineDown) throw reason
        held.add(send.about)
      })
    }
    if ((await kept()).some(send => !held.has(send.about))) await round()
  }
  const flush = (): Promise<void> => {
    flushing ??= deps
      .alone(round)
      .catch(reason => {
        if (!(reason instanceof LineDown)) throw reason
      })
      .finally(() => {
        flushing = undefined
      })
    return flushing
  }

  return {
    waiting,
    flush,
    async put(from) {
      const send: Send = { ...from, by: deps.me() ?? '', key: `${String(Math.round(deps.now())).padStart(15, '0')}-${deps.newId()}` }
      await deps.keeping.put('sends', send.key, send)
      const outcome = new Promise<unknown>((done, fail) => settles.set(send.key, { done, fail }))
      waiting.set(now => [...now, send])
      void flush().then(() => (settles.has(send.key) ? flush() : undefined))
      return outcome
    },
  }
}

function readSend(from: unknown): Send[] {
  const [key, path] = [text(from, 'key'), text(from, 'path')]
  if (key === undefined || path === undefined) return []
  return [
    {
      key,
      path,
      by: text(from, 'by') ?? '',
      about: text(from, 'about') ?? '',
      body: { ...Object(field(from, 'body')) },
      files: list(from, 'files').filter(one => typeof one === 'string'),
    },
  ]
}
