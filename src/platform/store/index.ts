// store: the embedded database (SQLite), durable group commit.
export { type Migration, migrate, pendingMigrations } from './migrations.ts'
export { readStore } from './read-only.ts'
export {
  NotKept,
  openStore,
  type SqlValue,
  type Statement,
  type Store,
  type StoreOptions,
} from './store.ts'
