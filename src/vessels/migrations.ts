// What the vessels room keeps in the store: decisions of officers, not ships (those live in memory, ledger and archive).
import type { Migration } from '#platform/store/index.ts'

export const VESSELS_MIGRATIONS: readonly Migration[] = [
  {
    id: 'vessels-0001',
    sql: `CREATE TABLE watched_ships (mmsi INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
    CREATE TABLE feeds (name TEXT PRIMARY KEY, url TEXT NOT NULL, paused INTEGER NOT NULL) STRICT;
    CREATE TABLE permits (id INTEGER PRIMARY KEY, barge INTEGER NOT NULL, ship INTEGER NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL) STRICT`,
  },
]
