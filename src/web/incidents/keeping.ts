// What the browser keeps of its own over a reload, a dead battery, a lost line: drafts, what waits to be sent, and the files of both. IndexedDB; where the browser has none
// (a private window) memory, and the desk says so nowhere: the server's drafts are still there.

export interface Keeping {
  put(store: StoreName, key: string, value: unknown): Promise<void>
  get(store: StoreName, key: string): Promise<unknown>
  /** In the order of their keys. */
  all(store: StoreName): Promise<readonly unknown[]>
  remove(store: StoreName, key: string): Promise<void>
}
export type StoreName = 'drafts' | 'sends' | 'files'

const STORES: readonly StoreName[] = ['drafts', 'sends', 'files']

/** `name`: what two parts of the screen keep must not meet. */
export async function openKeeping(factory: IDBFactory | undefined, name: string): Promise<Keeping> {
  const database = factory ? await opened(factory, name).catch(() => undefined) : undefined
  return database ? inDatabase(database) : inMemory()
}

function opened(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = factory.open(name, 1)
    request.onupgradeneeded = () => {
      for (const store of STORES) request.result.createObjectStore(store)
    }
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
    request.onblocked = () => fail(new Error('blocked'))
  })
}

function inDatabase(database: IDBDatabase): Keeping {
  const run = <T>(store: StoreName, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((done, fail) => {
      const transaction = database.transaction(store, mode)
      const request = ask(transaction.objectStore(store))
      transaction.oncomplete = () => done(request.result)
      transaction.onerror = () => fail(transaction.error)
      transaction.onabort = () => fail(transaction.error)
    })
  return {
    put: async (store, key, value) => void (await run(store, 'readwrite', one => one.put(value, key))),
    get: (store, key) => run(store, 'readonly', one => one.get(key)),
    all: store => run(store, 'readonly', one => one.getAll()),
    remove: async (store, key) => void (await run(store, 'readwrite', one => one.delete(key))),
  }
}

export function inMemory(): Keeping {
  const stores = new Map(STORES.map(store => [store, new Map<string, unknown>()]))
  return {
    put: async (store, key, value) => void stores.get(store)?.set(key, value),
    get: async (store, key) => stores.get(store)?.get(key),
    all: async store => [...(stores.get(store) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value),
    remove: async (store, key) => void stores.get(store)?.delete(key),
  }
}
