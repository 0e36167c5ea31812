// SQL of sign-in: passwords, sessions, devices, links, keys. Of every secret only its hash.
import type { Migration, SqlValue, Statement, Store } from '#platform/store/index.ts'

export const SIGN_IN_MIGRATIONS: readonly Migration[] = [
  {
    id: 'access-0006',
    sql: `CREATE TABLE passwords (
      person TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
      hash TEXT NOT NULL,
      set_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE sessions (
      id TEXT PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      ways TEXT NOT NULL,
      key TEXT,
      agent TEXT NOT NULL,
      address TEXT NOT NULL,
      desk TEXT,
      made_ms INTEGER NOT NULL,
      seen_ms INTEGER NOT NULL,
      active_ms INTEGER NOT NULL,
      ends_ms INTEGER NOT NULL,
      locked_ms INTEGER,
      ended_ms INTEGER,
      ended_why TEXT
    ) STRICT;
    CREATE INDEX sessions_person ON sessions (person, made_ms);
    CREATE TABLE devices (
      hash TEXT NOT NULL,
      person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      made_ms INTEGER NOT NULL,
      seen_ms INTEGER NOT NULL,
      PRIMARY KEY (hash, person)
    ) STRICT;
    CREATE TABLE links (
      id TEXT PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      made_by TEXT NOT NULL,
      made_ms INTEGER NOT NULL,
      ends_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE keys (
      id TEXT PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      rights TEXT NOT NULL,
      made_by TEXT NOT NULL,
      made_ms INTEGER NOT NULL,
      used_ms INTEGER,
      ends_ms INTEGER,
      ended_ms INTEGER
    ) STRICT`,
  },
]

type Read = Pick<Store, 'read'>
type Row = Record<string, SqlValue>

export interface Session {
  readonly id: string
  readonly person: string
  /** How it began: `password`, `totp`, `passkey`, `first`, `link`, `key`, `demo`, `oidc`. */
  readonly ways: readonly string[]
  /** The key it hangs on (wall screens). */
  readonly key?: string
  readonly agent: string
  readonly address: string
  /** ‘자리 3’: the desk that was chosen. */
  readonly desk?: string
  readonly madeMs: number
  readonly endsMs: number
  /** Last request, and last time somebody worked there. */
  seenMs: number
  activeMs: number
  lockedMs: number | undefined
}

interface SessionRow extends Row {
  id: string
  hash: string
  person: string
  ways: string
  key: string | null
  agent: string
  address: string
  desk: string | null
  made_ms: number
  seen_ms: number
  active_ms: number
  ends_ms: number
  locked_ms: number | null
}

export const loadSessions = (store: Read, nowMs: number): readonly (readonly [hash: string, session: Session])[] =>
  store.read<SessionRow>('SELECT * FROM sessions WHERE ended_ms IS NULL AND ends_ms > ?', [nowMs]).map(row => [
    row.hash,
    {
      id: row.id,
      person: row.person,
      ways: row.ways.split(' '),
      ...(row.key === null ? {} : { key: row.key }),
      agent: row.agent,
      address: row.address,
      ...(row.desk === null ? {} : { desk: row.desk }),
      madeMs: row.made_ms,
      endsMs: row.ends_ms,
      seenMs: row.seen_ms,
      activeMs: row.active_ms,
      lockedMs: row.locked_ms ?? undefined,
    },
  ])
export const insertSession = (hash: string, session: Session): Statement => ({
  sql: 'INSERT INTO sessions (id, hash, person, ways, key, agent, address, desk, made_ms, seen_ms, active_ms, ends_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  values: [
    session.id,
    hash,
    session.person,
    session.ways.join(' '),
    session.key ?? null,
    session.agent,
    session.address,
    session.desk ?? null,
    session.madeMs,
    session.seenMs,
    session.activeMs,
    session.endsMs,
  ],
})
export const touchSession = ({ id, seenMs, activeMs, lockedMs }: Session): Statement => ({
  sql: 'UPDATE sessions SET seen_ms = ?, active_ms = ?, locked_ms = ? WHERE id = ?',
  values: [seenMs, activeMs, lockedMs ?? null, id],
})
export const endSession = (id: string, atMs: number, why: string): Statement => ({
  sql: 'UPDATE sessions SET ended_ms = ?, ended_why = ? WHERE id = ? AND ended_ms IS NULL',
  values: [atMs, why, id],
})
/** What is over stays in the list of nobody; the trail keeps that it was. */
export const forgetSessions = (endedBeforeMs: number): Statement => ({
  sql: 'DELETE FROM sessions WHERE coalesce(ended_ms, ends_ms) < ?',
  values: [endedBeforeMs],
})
/** When this person signed in last before that session. */
export const signedInBefore = (store: Read, person: string, session: string): number | undefined =>
  store.read<{ ms: number | null }>('SELECT max(made_ms) AS ms FROM sessions WHERE person = ? AND id <> ?', [person, session])[0]?.ms ??
  undefined
export const hasSignedInFrom = (store: Read, person: string, address: string, sinceMs: number): boolean =>
  store.read('SELECT 1 FROM sessions WHERE person = ? AND address = ? AND made_ms > ? LIMIT 1', [person, address, sinceMs]).length > 0

export const passwordOf = (store: Read, person: string): string | undefined =>
  store.read<{ hash: string }>('SELECT hash FROM passwords WHERE person = ?', [person])[0]?.hash
export const setPassword = (person: string, hash: string, atMs: number): Statement => ({
  sql: 'INSERT INTO passwords (person, hash, set_ms) VALUES (?, ?, ?) ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_ms = excluded.set_ms',
  values: [person, hash, atMs],
})
export const dropPassword = (person: string): Statement => ({ sql: 'DELETE FROM passwords WHERE person = ?', values: [person] })
/** With a person who is added in the same transaction. */
export const setPasswordOfLogin = (login: string, hash: string, atMs: number): Statement => ({
  sql: 'INSERT INTO passwords (person, hash, set_ms) SELECT id, ?, ? FROM people WHERE login_name = ?',
  values: [hash, atMs, login],
})
/** Who could sign in: has a password, or has done so before. */
export const couldSignIn = (store: Read): ReadonlySet<string> =>
  new Set(
    store
      .read<{ person: string }>('SELECT person FROM passwords UNION SELECT DISTINCT person FROM sessions WHERE key IS NULL')
      .map(row => row.person),
  )

/** All that a person has signed in from, and where. */
export const forgetSessionsOf = (person: string): readonly Statement[] =>
  ['sessions', 'devices'].map(table => ({ sql: `DELETE FROM ${table} WHERE person = ?`, values: [person] }))

export const isDeviceOf = (store: Read, hash: string, person: string): boolean =>
  store.read('SELECT 1 FROM devices WHERE hash = ? AND person = ?', [hash, person]).length > 0
export const rememberDevice = (hash: string, person: string, atMs: number): Statement => ({
  sql: 'INSERT INTO devices (hash, person, made_ms, seen_ms) VALUES (?, ?, ?, ?) ON CONFLICT (hash, person) DO UPDATE SET seen_ms = excluded.seen_ms',
  values: [hash, person, atMs, atMs],
})
export const forgetDevices = (seenBeforeMs: number): Statement => ({ sql: 'DELETE FROM devices WHERE seen_ms < ?', values: [seenBeforeMs] })

export interface Key {
  readonly id: string
  readonly person: string
  readonly name: string
  /** `read`, `act`, or names of deeds. */
  readonly rights: readonly string[]
  readonly madeMs: number
  readonly usedMs?: number
  readonly endsMs?: number
  readonly endedMs?: number
}
interface KeyRow extends Row {
  id: string
  hash: string
  person: string
  name: string
  rights: string
  made_ms: number
  used_ms: number | null
  ends_ms: number | null
  ended_ms: number | null
}
export const loadKeys = (store: Read): readonly (readonly [hash: string, key: Key])[] =>
  store.read<KeyRow>('SELECT * FROM keys ORDER BY made_ms, id').map(row => [
    row.hash,
    {
      id: row.id,
      person: row.person,
      name: row.name,
      rights: row.rights.split(' '),
      madeMs: row.made_ms,
      ...(row.used_ms === null ? {} : { usedMs: row.used_ms }),
      ...(row.ends_ms === null ? {} : { endsMs: row.ends_ms }),
      ...(row.ended_ms === null ? {} : { endedMs: row.ended_ms }),
    },
  ])
export const insertKey = (hash: string, key: Key, madeBy: string): Statement => ({
  sql: 'INSERT INTO keys (id, hash, person, name, rights, made_by, made_ms, ends_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  values: [key.id, hash, key.person, key.name, key.rights.join(' '), madeBy, key.madeMs, key.endsMs ?? null],
})
export const usedKey = (id: string, atMs: number): Statement => ({ sql: 'UPDATE keys SET used_ms = ? WHERE id = ?', values: [atMs, id] })
export const endKey = (id: string, atMs: number): Statement => ({
  sql: 'UPDATE keys SET ended_ms = ? WHERE id = ? AND ended_ms IS NULL',
  values: [atMs, id],
})

export type LinkKind = 'invitation' | 'reset'
export interface Link {
  readonly id: string
  readonly person: string
  readonly kind: LinkKind
  readonly madeMs: number
  readonly endsMs: number
}
interface LinkRow extends Row {
  id: string
  person: string
  kind: string
  made_ms: number
  ends_ms: number
}
export const linkByHash = (store: Read, hash: string): Link | undefined =>
  store.read<LinkRow>('SELECT * FROM links WHERE hash = ?', [hash]).map(
    (row): Link => ({
      id: row.id,
      person: row.person,
      kind: row.kind === 'reset' ? 'reset' : 'invitation',
      madeMs: row.made_ms,
      endsMs: row.ends_ms,
    }),
  )[0]
export const whoHasLink = (store: Read, nowMs: number): ReadonlySet<string> =>
  new Set(store.read<{ person: string }>('SELECT person FROM links WHERE ends_ms > ?', [nowMs]).map(row => row.person))
export const insertLink = (hash: string, link: Link, madeBy: string): Statement => ({
  sql: 'INSERT INTO links (id, hash, person, kind, made_by, made_ms, ends_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
  values: [link.id, hash, link.person, link.kind, madeBy, link.madeMs, link.endsMs],
})
/** Used, or worth nothing any more because a newer one was made: links of a person go together. */
export const endLinksOf = (person: string): Statement => ({ sql: 'DELETE FROM links WHERE person = ?', values: [person] })
