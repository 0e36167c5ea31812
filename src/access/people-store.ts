// SQL of people, posts and delegations. Small (about a thousand people): read whole into memory after each change.
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import { type Delegation, type HeldPost, isPost, type NewPost, PERSON_KINDS, type Person } from './person.ts'

export const PEOPLE_MIGRATIONS: readonly Migration[] = [
  {
    id: 'access-0002',
    sql: `CREATE TABLE people (
      id TEXT PRIMARY KEY,
      login_name TEXT UNIQUE,
      name TEXT NOT NULL,
      email TEXT,
      phone TEXT,
      organisation TEXT NOT NULL,
      kind TEXT NOT NULL,
      is_active INTEGER NOT NULL,
      created_ms INTEGER NOT NULL,
      ended_ms INTEGER,
      erased_ms INTEGER
    ) STRICT;
    CREATE TABLE appointments (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      person TEXT NOT NULL REFERENCES people (id),
      post TEXT NOT NULL,
      organisation TEXT NOT NULL,
      from_ms INTEGER NOT NULL,
      until_ms INTEGER
    ) STRICT;
    CREATE INDEX appointments_person ON appointments (person);
    CREATE TABLE delegations (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      giver TEXT NOT NULL REFERENCES people (id),
      taker TEXT NOT NULL REFERENCES people (id),
      post TEXT NOT NULL,
      organisation TEXT NOT NULL,
      from_ms INTEGER NOT NULL,
      until_ms INTEGER NOT NULL,
      reason TEXT NOT NULL
    ) STRICT`,
  },
]

interface PersonRow extends Record<string, string | number | null> {
  id: string
  login_name: string | null
  name: string
  email: string | null
  phone: string | null
  organisation: string
  kind: string
  is_active: number
  created_ms: number
  ended_ms: number | null
  erased_ms: number | null
}

export const loadPeople = (store: Pick<Store, 'read'>): readonly Person[] =>
  store.read<PersonRow>('SELECT * FROM people ORDER BY name, id').map(row => ({
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    kind: PERSON_KINDS.find(kind => kind === row.kind) ?? 'person',
    isActive: row.is_active === 1,
    createdAtMs: row.created_ms,
    ...(row.login_name === null ? {} : { loginName: row.login_name }),
    ...(row.email === null ? {} : { email: row.email }),
    ...(row.phone === null ? {} : { phone: row.phone }),
    ...(row.ended_ms === null ? {} : { endedAtMs: row.ended_ms }),
    ...(row.erased_ms === null ? {} : { erasedAtMs: row.erased_ms }),
  }))

interface PostRow extends Record<string, string | number | null> {
  id: number
  person: string
  post: string
  organisation: string
  from_ms: number
  until_ms: number | null
}

/** Posts of a name this version does not know give no rights. */
export const loadPosts = (store: Pick<Store, 'read'>): readonly HeldPost[] =>
  store.read<PostRow>('SELECT * FROM appointments ORDER BY from_ms, id').flatMap(({ post, ...row }) =>
    isPost(post)
      ? [
          {
            id: row.id,
            person: row.person,
            post,
            organisation: row.organisation,
            fromMs: row.from_ms,
            ...(row.until_ms === null ? {} : { untilMs: row.until_ms }),
          },
        ]
      : [],
  )

interface DelegationRow extends Record<string, string | number> {
  id: number
  giver: string
  taker: string
  post: string
  organisation: string
  from_ms: number
  until_ms: number
  reason: string
}

export const loadDelegations = (store: Pick<Store, 'read'>): readonly Delegation[] =>
  store.read<DelegationRow>('SELECT * FROM delegations ORDER BY from_ms, id').flatMap(({ post, ...row }) =>
    isPost(post)
      ? [
          {
            id: row.id,
            from: row.giver,
            to: row.taker,
            post,
            organisation: row.organisation,
            fromMs: row.from_ms,
            untilMs: row.until_ms,
            reason: row.reason,
          },
        ]
      : [],
  )

export const insertPerson = (person: Person): Statement => ({
  sql: 'INSERT INTO people (id, login_name, name, email, phone, organisation, kind, is_active, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  values: [
    person.id,
    person.loginName ?? null,
    person.name,
    person.email ?? null,
    person.phone ?? null,
    person.organisation,
    person.kind,
    person.isActive ? 1 : 0,
    person.createdAtMs,
  ],
})

export const updatePerson = (person: Person): Statement => ({
  sql: `UPDATE people SET login_name = ?, name = ?, email = ?, phone = ?, organisation = ?, is_active = ?, ended_ms = ?, erased_ms = ? WHERE id = ?`,
  values: [
    person.loginName ?? null,
    person.name,
    person.email ?? null,
    person.phone ?? null,
    person.organisation,
    person.isActive ? 1 : 0,
    person.endedAtMs ?? null,
    person.erasedAtMs ?? null,
    person.id,
  ],
})

export const insertPost = (person: string, { post, organisation, fromMs, untilMs }: NewPost): Statement => ({
  sql: 'INSERT INTO appointments (person, post, organisation, from_ms, until_ms) VALUES (?, ?, ?, ?, ?)',
  values: [person, post, organisation, fromMs, untilMs ?? null],
})

/** Ends what is still running; what lies in the future never begins. */
export const endPost = (id: number, atMs: number): Statement => ({
  sql: 'UPDATE appointments SET until_ms = max(from_ms, ?) WHERE id = ? AND (until_ms IS NULL OR until_ms > ?)',
  values: [atMs, id, atMs],
})
export const endPostsOf = (person: string, atMs: number): Statement => ({
  sql: 'UPDATE appointments SET until_ms = max(from_ms, ?) WHERE person = ? AND (until_ms IS NULL OR until_ms > ?)',
  values: [atMs, person, atMs],
})

export const insertDelegation = ({ from, to, post, organisation, fromMs, untilMs, reason }: Omit<Delegation, 'id'>): Statement => ({
  sql: 'INSERT INTO delegations (giver, taker, post, organisation, from_ms, until_ms, reason) VALUES (?, ?, ?, ?, ?, ?, ?)',
  values: [from, to, post, organisation, fromMs, untilMs, reason],
})
export const endDelegation = (id: number, atMs: number): Statement => ({
  sql: 'UPDATE delegations SET until_ms = max(from_ms, ?) WHERE id = ? AND until_ms > ?',
  values: [atMs, id, atMs],
})
