// Deeds that wait for a second officer, as this screen knows them: what I may agree to, what I asked for and what became of it.
import type { Api } from '../live/api.ts'
import { list } from '../live/wire.ts'
import { createStore, type Store } from '../shell/store.ts'
import { type RequestView, request } from './admin-model.ts'

export interface SecondDesk {
  /** Undefined: not loaded yet. */
  readonly requests: Store<readonly RequestView[] | undefined>
  readonly trouble: Store<string | undefined>
  /** Those that wait for this person. */
  readonly waiting: Store<number>
  load(): Promise<void>
  act(number: number, deed: 'approve' | 'refuse' | 'withdraw', note: string): Promise<void>
}

export function createSecondDesk(api: Pick<Api, 'json'>): SecondDesk {
  const requests = createStore<readonly RequestView[] | undefined>(undefined)
  const trouble = createStore<string | undefined>(undefined)
  const waiting = createStore(0)
  const desk: SecondDesk = {
    requests,
    trouble,
    waiting,
    async load() {
      try {
        const all = list(await api.json('GET', '/api/second')).map(request)
        requests.set(all)
        waiting.set(all.filter(one => one.mayDecide).length)
        trouble.set(undefined)
      } catch (error) {
        trouble.set(error instanceof Error ? error.message : String(error))
      }
    },
    async act(number, deed, note) {
      try {
        await api.json('POST', `/api/second/${number}/${deed}`, note.trim() === '' ? {} : { note: note.trim() })
      } finally {
        await desk.load()
      }
    },
  }
  return desk
}
