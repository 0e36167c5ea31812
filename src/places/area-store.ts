// The areas officers draw or bring, kept in the store and given out as one index.
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import type { Area } from './area.ts'

export const PLACES_MIGRATIONS: readonly Migration[] = [
  { id: 'places-0001', sql: 'CREATE TABLE areas (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT' },
  // What was laid into the folder once and is not laid again.
  { id: 'places-0002', sql: 'CREATE TABLE place_seeds (name TEXT PRIMARY KEY) STRICT' },
]

export const loadAreas = (store: Pick<Store, 'read'>): readonly Area[] =>
  store.read<{ body: string }>('SELECT body FROM areas ORDER BY id').map((row): Area => JSON.parse(row.body))
export const saveArea = (area: Area): Statement => ({
  sql: 'INSERT INTO areas (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  values: [area.id, JSON.stringify(area)],
})
export const removeArea = (id: string): Statement => ({ sql: 'DELETE FROM areas WHERE id = ?', values: [id] })
