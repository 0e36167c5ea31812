// What others left unsent at this desk: kept for them, sent under their name alone, and said to whoever sits here now.
import { text } from '../live/wire.ts'
import { createStore, type Store } from '../shell/store.ts'
import type { Keeping } from './keeping.ts'

export interface Unsent {
  readonly others: Store<number>
  count(): Promise<void>
}

export function createUnsent(keeping: Pick<Keeping, 'all'>, me: () => string | undefined): Unsent {
  const others = createStore(0)
  return {
    others,
    async count() {
      const sends = await keeping.all('sends').catch(() => [])
      const now = me()
      others.set(sends.map(send => text(send, 'by') ?? '').filter(by => by !== '' && by !== now).length)
    },
  }
}
