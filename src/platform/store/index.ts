// store: the embedded database (SQLite), durable group commit.
export type { Migration } from './migrations.ts'
export {
  openStore,
  type SqlValue,
  type Statement,
  type Store,
  type StoreOptions,
} from './store.ts'
