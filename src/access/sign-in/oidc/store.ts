// SQL of who is who at the identity provider.
import type { Migration, Statement, Store } from '#platform/store/index.ts'

export const OIDC_MIGRATIONS: readonly Migration[] = [
  {
    id: 'access-oidc-0001',
    sql: `CREATE TABLE oidc_subjects (
      issuer TEXT NOT NULL,
      subject TEXT NOT NULL,
      person TEXT NOT NULL REFERENCES people (id),
      bound_ms INTEGER NOT NULL,
      PRIMARY KEY (issuer, subject),
      UNIQUE (issuer, person)
    ) STRICT`,
  },
]

type Read = Pick<Store, 'read'>

export const personOfSubject = (store: Read, issuer: string, subject: string): string | undefined =>
  store.read<{ person: string }>('SELECT person FROM oidc_subjects WHERE issuer = ? AND subject = ?', [issuer, subject])[0]?.person
export const isBound = (store: Read, issuer: string, person: string): boolean =>
  store.read('SELECT 1 FROM oidc_subjects WHERE issuer = ? AND person = ?', [issuer, person]).length > 0
export const bindSubject = (issuer: string, subject: string, person: string, atMs: number): Statement => ({
  sql: 'INSERT INTO oidc_subjects (issuer, subject, person, bound_ms) VALUES (?, ?, ?, ?)',
  values: [issuer, subject, person, atMs],
})
export const unbind = (person: string): Statement => ({ sql: 'DELETE FROM oidc_subjects WHERE person = ?', values: [person] })
