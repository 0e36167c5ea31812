// SQL of second factors: authenticator apps, passkeys, recovery codes. Read when asked for (by person, indexed): what another process writes is seen.
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import type { HashedCodes } from './recovery-codes.ts'

export const FACTOR_MIGRATIONS: readonly Migration[] = [
  {
    id: 'access-factors-0001',
    sql: `CREATE TABLE totp_factors (
      id TEXT PRIMARY KEY,
      person TEXT NOT NULL REFERENCES people (id),
      name TEXT NOT NULL,
      secret BLOB NOT NULL,
      last_step INTEGER NOT NULL,
      added_ms INTEGER NOT NULL,
      used_ms INTEGER
    ) STRICT;
    CREATE INDEX totp_factors_person ON totp_factors (person);
    CREATE TABLE passkeys (
      id TEXT PRIMARY KEY,
      person TEXT NOT NULL REFERENCES people (id),
      name TEXT NOT NULL,
      credential TEXT NOT NULL UNIQUE,
      public_key BLOB NOT NULL,
      counter INTEGER NOT NULL,
      transports TEXT NOT NULL,
      rp TEXT NOT NULL,
      is_copied INTEGER NOT NULL DEFAULT 0,
      added_ms INTEGER NOT NULL,
      used_ms INTEGER
    ) STRICT;
    CREATE INDEX passkeys_person ON passkeys (person);
    CREATE TABLE recovery_codes (
      person TEXT NOT NULL REFERENCES people (id),
      salt BLOB NOT NULL,
      hash BLOB NOT NULL,
      used_ms INTEGER,
      PRIMARY KEY (person, hash)
    ) STRICT`,
  },
]

type Read = Pick<Store, 'read'>

export interface TotpFactor {
  readonly id: string
  readonly person: string
  readonly name: string
  /** In its box. */
  readonly secret: Uint8Array
  /** No code of this step or an earlier one counts any more. */
  readonly lastStep: number
  readonly addedAtMs: number
  readonly usedAtMs?: number
}

interface TotpRow extends Record<string, string | number | Uint8Array | null> {
  id: string
  person: string
  name: string
  secret: Uint8Array
  last_step: number
  added_ms: number
  used_ms: number | null
}

export const totpOf = (store: Read, person: string): readonly TotpFactor[] =>
  store.read<TotpRow>('SELECT * FROM totp_factors WHERE person = ? ORDER BY added_ms, id', [person]).map(row => ({
    id: row.id,
    person: row.person,
    name: row.name,
    secret: row.secret,
    lastStep: row.last_step,
    addedAtMs: row.added_ms,
    ...(row.used_ms === null ? {} : { usedAtMs: row.used_ms }),
  }))

export const insertTotp = (one: TotpFactor): Statement => ({
  sql: 'INSERT INTO totp_factors (id, person, name, secret, last_step, added_ms) VALUES (?, ?, ?, ?, ?, ?)',
  values: [one.id, one.person, one.name, one.secret, one.lastStep, one.addedAtMs],
})
export const totpUsed = (id: string, step: number, atMs: number): Statement => ({
  sql: 'UPDATE totp_factors SET last_step = max(last_step, ?), used_ms = ? WHERE id = ?',
  values: [step, atMs, id],
})

export interface Passkey {
  readonly id: string
  readonly person: string
  readonly name: string
  /** The authenticator's name for it, base64url. */
  readonly credential: string
  /** COSE. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  /** Signatures it says it has made; many say 0 for ever. */
  readonly counter: number
  readonly transports: readonly string[]
  /** The host name it was made for and is good at. */
  readonly rp: string
  /** Its counter went backwards: there are two of it, and neither counts. */
  readonly isCopied: boolean
  readonly addedAtMs: number
  readonly usedAtMs?: number
}

interface PasskeyRow extends Record<string, string | number | Uint8Array | null> {
  id: string
  person: string
  name: string
  credential: string
  public_key: Uint8Array
  counter: number
  transports: string
  rp: string
  is_copied: number
  added_ms: number
  used_ms: number | null
}

const passkeyOf = (row: PasskeyRow): Passkey => ({
  id: row.id,
  person: row.person,
  name: row.name,
  credential: row.credential,
  publicKey: Uint8Array.from(row.public_key),
  counter: row.counter,
  transports: row.transports === '' ? [] : row.transports.split(' '),
  rp: row.rp,
  isCopied: row.is_copied === 1,
  addedAtMs: row.added_ms,
  ...(row.used_ms === null ? {} : { usedAtMs: row.used_ms }),
})
export const passkeysOf = (store: Read, person: string): readonly Passkey[] =>
  store.read<PasskeyRow>('SELECT * FROM passkeys WHERE person = ? ORDER BY added_ms, id', [person]).map(passkeyOf)
export const passkeyByCredential = (store: Read, credential: string): Passkey | undefined =>
  store.read<PasskeyRow>('SELECT * FROM passkeys WHERE credential = ?', [credential]).map(passkeyOf)[0]

export const insertPasskey = (one: Passkey): Statement => ({
  sql: 'INSERT INTO passkeys (id, person, name, credential, public_key, counter, transports, rp, added_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  values: [one.id, one.person, one.name, one.credential, one.publicKey, one.counter, one.transports.join(' '), one.rp, one.addedAtMs],
})
export const passkeyUsed = (id: string, counter: number, atMs: number): Statement => ({
  sql: 'UPDATE passkeys SET counter = max(counter, ?), used_ms = ? WHERE id = ?',
  values: [counter, atMs, id],
})
export const passkeyCopied = (id: string): Statement => ({ sql: 'UPDATE passkeys SET is_copied = 1 WHERE id = ?', values: [id] })

interface CodeRow extends Record<string, Uint8Array> {
  salt: Uint8Array
  hash: Uint8Array
}
/** Those not used yet. */
export function codesOf(store: Read, person: string): HashedCodes | undefined {
  const rows = store.read<CodeRow>('SELECT salt, hash FROM recovery_codes WHERE person = ? AND used_ms IS NULL', [person])
  const [first] = rows
  return first && { salt: first.salt, hashes: rows.map(row => row.hash) }
}
/** The set takes the place of every earlier one. */
export const replaceCodes = (person: string, { salt, hashes }: HashedCodes): readonly Statement[] => [
  { sql: 'DELETE FROM recovery_codes WHERE person = ?', values: [person] },
  ...hashes.map(hash => ({ sql: 'INSERT INTO recovery_codes (person, salt, hash) VALUES (?, ?, ?)', values: [person, salt, hash] })),
]
export const codeUsed = (person: string, hash: Uint8Array, atMs: number): Statement => ({
  sql: 'UPDATE recovery_codes SET used_ms = ? WHERE person = ? AND hash = ?',
  values: [atMs, person, hash],
})

export const removeFactor = (person: string, id: string): readonly Statement[] => [
  { sql: 'DELETE FROM totp_factors WHERE id = ? AND person = ?', values: [id, person] },
  { sql: 'DELETE FROM passkeys WHERE id = ? AND person = ?', values: [id, person] },
]
/** Everything beyond the password that this person has. */
export const dropFactors = (person: string): readonly Statement[] =>
  ['totp_factors', 'passkeys', 'recovery_codes'].map(table => ({ sql: `DELETE FROM ${table} WHERE person = ?`, values: [person] }))
