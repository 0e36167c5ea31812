// SQL of rosters, swaps, leave, the phone book and named holidays. Few rows (a site has some rosters and some dozens of requests a year): read whole after each change.
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import type { Holiday, Leave, PhoneEntry, Roster, Swap } from './schema.ts'

export const DUTY_MIGRATIONS: readonly Migration[] = [
  {
    id: 'access-duty-0001',
    sql: `CREATE TABLE rosters (id TEXT PRIMARY KEY, organisation TEXT NOT NULL, from_day TEXT NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TABLE duty_swaps (id TEXT PRIMARY KEY, organisation TEXT NOT NULL, asked_ms INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TABLE duty_leaves (id TEXT PRIMARY KEY, organisation TEXT NOT NULL, asked_ms INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TABLE phone_book (id TEXT PRIMARY KEY, organisation TEXT NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TABLE named_holidays (day TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT`,
  },
]

type Read = Pick<Store, 'read'>
const bodies = <T>(store: Read, sql: string): readonly T[] => store.read<{ body: string }>(sql).map((row): T => JSON.parse(row.body))

export const loadRosters = (store: Read): readonly Roster[] => bodies(store, 'SELECT body FROM rosters ORDER BY from_day, rowid')
export const loadSwaps = (store: Read): readonly Swap[] => bodies(store, 'SELECT body FROM duty_swaps ORDER BY asked_ms, id')
export const loadLeaves = (store: Read): readonly Leave[] => bodies(store, 'SELECT body FROM duty_leaves ORDER BY asked_ms, id')
export const loadPhones = (store: Read): readonly PhoneEntry[] => bodies(store, 'SELECT body FROM phone_book ORDER BY rowid')
export const loadHolidays = (store: Read): readonly Holiday[] => bodies(store, 'SELECT body FROM named_holidays ORDER BY day')

export const saveRoster = (one: Roster): Statement => ({
  sql: `INSERT INTO rosters (id, organisation, from_day, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET from_day = excluded.from_day, body = excluded.body`,
  values: [one.id, one.organisation, one.fromDay, JSON.stringify(one)],
})
export const removeRoster = (id: string): Statement => ({ sql: 'DELETE FROM rosters WHERE id = ?', values: [id] })
const saveRequest = (table: 'duty_swaps' | 'duty_leaves', one: Swap | Leave): Statement => ({
  sql: `INSERT INTO ${table} (id, organisation, asked_ms, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
  values: [one.id, one.organisation, one.askedAtMs, JSON.stringify(one)],
})
export const saveSwap = (one: Swap): Statement => saveRequest('duty_swaps', one)
export const saveLeave = (one: Leave): Statement => saveRequest('duty_leaves', one)
/** Why somebody was away or wished to exchange is theirs; that they were, and who stood in, belongs to the roster. */
export const forgetReasons = (person: string): readonly Statement[] =>
  [
    ['duty_leaves', "json_extract(body, '$.person') = ?1"],
    ['duty_swaps', "?1 IN (json_extract(body, '$.from.person'), json_extract(body, '$.to.person'))"],
  ].map(([table, whose]) => ({
    sql: `UPDATE ${table} SET body = json_remove(json_set(body, '$.reason', ''), '$.note') WHERE ${whose}`,
    values: [person],
  }))
export const savePhone = (one: PhoneEntry): Statement => ({
  sql: 'INSERT INTO phone_book (id, organisation, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  values: [one.id, one.organisation, JSON.stringify(one)],
})
export const removePhone = (id: string): Statement => ({ sql: 'DELETE FROM phone_book WHERE id = ?', values: [id] })
export const saveHoliday = (one: Holiday): Statement => ({
  sql: 'INSERT INTO named_holidays (day, body) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET body = excluded.body',
  values: [one.day, JSON.stringify(one)],
})
export const removeHoliday = (day: string): Statement => ({ sql: 'DELETE FROM named_holidays WHERE day = ?', values: [day] })
