// SQL of telling: escalations, messages, receipts that came before their message, replies, links, codes, own addresses, rule books.
import type { Migration, SqlValue, Statement, Store } from '#platform/store/index.ts'
import type { AddressView, ReplyView, TellingRules, Way } from '../schema.ts'
import type { Escalation } from './escalation.ts'
import type { Message } from './message.ts'

export const TELLING_MIGRATIONS: readonly Migration[] = [
  {
    id: 'telling-0001',
    sql: `CREATE TABLE telling_escalations (
      id TEXT PRIMARY KEY,
      alarm TEXT NOT NULL,
      state TEXT NOT NULL,
      due_ms INTEGER NOT NULL,
      begun_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX telling_escalations_alarm ON telling_escalations (alarm);
    CREATE INDEX telling_escalations_running ON telling_escalations (due_ms) WHERE state = 'running';
    CREATE TABLE telling_messages (
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      alarm TEXT,
      escalation TEXT,
      kind TEXT NOT NULL,
      level INTEGER NOT NULL,
      recipient TEXT NOT NULL,
      person TEXT,
      channel TEXT NOT NULL,
      state TEXT NOT NULL,
      is_ours INTEGER NOT NULL,
      created_ms INTEGER NOT NULL,
      sent_ms INTEGER,
      parts INTEGER NOT NULL,
      cost_won REAL NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX telling_messages_alarm ON telling_messages (alarm);
    CREATE INDEX telling_messages_ours ON telling_messages (n) WHERE is_ours = 1;
    CREATE INDEX telling_messages_created ON telling_messages (created_ms);
    CREATE INDEX telling_messages_person ON telling_messages (person);
    CREATE TABLE telling_attempts (
      channel TEXT NOT NULL,
      provider_id TEXT NOT NULL,
      message TEXT NOT NULL,
      PRIMARY KEY (channel, provider_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE telling_receipts (
      channel TEXT NOT NULL,
      provider_id TEXT NOT NULL,
      state TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      reason TEXT,
      PRIMARY KEY (channel, provider_id, state)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE telling_replies (
      id TEXT PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      channel TEXT NOT NULL,
      sender TEXT NOT NULL,
      body TEXT NOT NULL,
      outcome TEXT NOT NULL,
      alarm TEXT,
      person TEXT,
      name TEXT
    ) STRICT;
    CREATE INDEX telling_replies_at ON telling_replies (at_ms);
    CREATE TABLE telling_links (
      hash TEXT PRIMARY KEY,
      message TEXT NOT NULL,
      escalation TEXT NOT NULL,
      expires_ms INTEGER NOT NULL,
      used_ms INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE telling_codes (
      number TEXT NOT NULL,
      code TEXT NOT NULL,
      escalation TEXT NOT NULL,
      message TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      PRIMARY KEY (number, code)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE telling_addresses (
      person TEXT NOT NULL,
      way TEXT NOT NULL,
      address TEXT NOT NULL,
      language TEXT NOT NULL,
      code_hash TEXT,
      code_until_ms INTEGER,
      tries INTEGER NOT NULL,
      asked_ms INTEGER NOT NULL,
      confirmed_ms INTEGER,
      PRIMARY KEY (person, way, address)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE telling_rules (
      revision INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      who TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE telling_marks (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
  },
  {
    // Of what was told before this version nobody hears that it is over.
    id: 'telling-0002',
    sql: `ALTER TABLE telling_escalations ADD COLUMN closing TEXT;
    UPDATE telling_escalations SET closing = 'told' WHERE state <> 'running';
    CREATE INDEX telling_escalations_closing ON telling_escalations (begun_ms) WHERE closing IS NOT 'told'`,
  },
]

type Read = Pick<Store, 'read'>
const bodies = <T>(store: Read, sql: string, values: readonly SqlValue[] = []): readonly T[] =>
  store.read<{ body: string }>(sql, values).map((row): T => JSON.parse(row.body))

export const saveEscalation = (one: Escalation): Statement => ({
  sql: `INSERT INTO telling_escalations (id, alarm, state, due_ms, begun_ms, body, closing) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, due_ms = excluded.due_ms, body = excluded.body, closing = excluded.closing`,
  values: [
    one.id,
    one.alarm,
    one.state,
    one.dueMs,
    one.begunMs,
    JSON.stringify(one),
    one.closing === undefined ? null : one.closing.isDue ? 'due' : 'told',
  ],
})
/** Those begun since then of which nobody was told that they are over. */
export const notClosed = (store: Read, sinceMs: number): readonly Escalation[] =>
  bodies(store, "SELECT body FROM telling_escalations WHERE closing IS NOT 'told' AND begun_ms > ? ORDER BY begun_ms", [sinceMs])
/** Those that run, and those that ran out while nobody has answered. */
export const runningEscalations = (store: Read): readonly Escalation[] =>
  bodies(store, "SELECT body FROM telling_escalations WHERE state = 'running' ORDER BY due_ms")
export const escalationById = (store: Read, id: string): Escalation | undefined =>
  bodies<Escalation>(store, 'SELECT body FROM telling_escalations WHERE id = ?', [id])[0]
export const escalationsOf = (store: Read, alarm: string): readonly Escalation[] =>
  bodies(store, 'SELECT body FROM telling_escalations WHERE alarm = ? ORDER BY begun_ms, id', [alarm])

export const saveMessage = (one: Message, isOurs: boolean): Statement => ({
  sql: `INSERT INTO telling_messages (id, alarm, escalation, kind, level, recipient, person, channel, state, is_ours, created_ms, sent_ms, parts, cost_won, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, state = excluded.state, is_ours = excluded.is_ours, sent_ms = excluded.sent_ms, parts = excluded.parts,
      cost_won = excluded.cost_won, body = excluded.body`,
  values: [
    one.id,
    one.alarm ?? null,
    one.escalation ?? null,
    one.kind,
    one.level,
    one.recipient.key,
    one.recipient.person ?? null,
    one.routes[one.route]?.channel ?? '',
    one.state,
    isOurs ? 1 : 0,
    one.createdMs,
    one.sentMs ?? null,
    one.parts ?? 0,
    one.costWon ?? 0,
    JSON.stringify(one),
  ],
})
export const ourMessages = (store: Read): readonly Message[] =>
  bodies(store, 'SELECT body FROM telling_messages WHERE is_ours = 1 ORDER BY n')
export const messageById = (store: Read, id: string): Message | undefined =>
  bodies<Message>(store, 'SELECT body FROM telling_messages WHERE id = ?', [id])[0]
export const messagesOf = (store: Read, alarm: string): readonly Message[] =>
  bodies(store, 'SELECT body FROM telling_messages WHERE alarm = ? ORDER BY n', [alarm])
/** When each person was sent something since then, and what is held back for them. */
export const sentSince = (store: Read, sinceMs: number): readonly { readonly recipient: string; readonly atMs: number }[] =>
  store
    .read<{ recipient: string; created_ms: number }>(
      "SELECT recipient, created_ms FROM telling_messages WHERE created_ms > ? AND state <> 'counted' AND kind IN ('alarm', 'closing', 'count') ORDER BY created_ms",
      [sinceMs],
    )
    .map(row => ({ recipient: row.recipient, atMs: row.created_ms }))
export const heldMessages = (store: Read): readonly Message[] =>
  bodies(store, "SELECT body FROM telling_messages WHERE state = 'counted' AND json_extract(body, '$.countedIn') IS NULL ORDER BY n")

export const saveAttempt = (channel: string, providerId: string, message: string): Statement => ({
  sql: 'INSERT INTO telling_attempts (channel, provider_id, message) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET message = excluded.message',
  values: [channel, providerId, message],
})
/** Operators write one number in decimal in the answer and in hex in the receipt, or the other way, with zeros before it or without. */
export function messageOfAttempt(store: Read, channel: string, providerId: string): string | undefined {
  const plain = providerId.trim().toLowerCase()
  const short = plain.replace(/^0+(?=.)/, '')
  const other = [
    ...(/^[0-9]{1,30}$/.test(plain) ? [BigInt(plain).toString(16)] : []),
    ...(/^[0-9a-f]{1,30}$/.test(plain) ? [BigInt(`0x${plain}`).toString()] : []),
  ]
  for (const id of new Set([providerId, plain, short, ...other, ...other.map(one => one.toUpperCase())])) {
    const [row] = store.read<{ message: string }>('SELECT message FROM telling_attempts WHERE channel = ? AND provider_id = ?', [
      channel,
      id,
    ])
    if (row) return row.message
  }
  return undefined
}

export interface KeptReceipt {
  readonly channel: string
  readonly providerId: string
  readonly state: 'accepted' | 'delivered' | 'failed' | 'read'
  readonly atMs: number
  readonly reason?: string
}
export const saveReceipt = (one: KeptReceipt): Statement => ({
  sql: 'INSERT OR IGNORE INTO telling_receipts (channel, provider_id, state, at_ms, reason) VALUES (?, ?, ?, ?, ?)',
  values: [one.channel, one.providerId, one.state, one.atMs, one.reason ?? null],
})
export const receiptsFor = (store: Read, channel: string, providerId: string): readonly KeptReceipt[] =>
  store
    .read<{ state: KeptReceipt['state']; at_ms: number; reason: string | null }>(
      'SELECT state, at_ms, reason FROM telling_receipts WHERE channel = ? AND provider_id = ? ORDER BY at_ms',
      [channel, providerId],
    )
    .map(row => ({ channel, providerId, state: row.state, atMs: row.at_ms, ...(row.reason === null ? {} : { reason: row.reason }) }))

export interface KeptReply {
  readonly id: string
  readonly atMs: number
  readonly channel: string
  readonly from: string
  readonly text: string
  readonly outcome: ReplyView['outcome']
  readonly alarm?: string
  readonly person?: string
  readonly name?: string
}
export const saveReply = (one: KeptReply): Statement => ({
  sql: 'INSERT OR IGNORE INTO telling_replies (id, at_ms, channel, sender, body, outcome, alarm, person, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  values: [one.id, one.atMs, one.channel, one.from, one.text, one.outcome, one.alarm ?? null, one.person ?? null, one.name ?? null],
})
export const repliesBefore = (store: Read, beforeMs: number, limit: number): readonly KeptReply[] =>
  store
    .read<{
      id: string
      at_ms: number
      channel: string
      sender: string
      body: string
      outcome: KeptReply['outcome']
      alarm: string | null
      name: string | null
    }>('SELECT * FROM telling_replies WHERE at_ms < ? ORDER BY at_ms DESC, id LIMIT ?', [beforeMs, limit])
    .map(row => ({
      id: row.id,
      atMs: row.at_ms,
      channel: row.channel,
      from: row.sender,
      text: row.body,
      outcome: row.outcome,
      ...(row.alarm === null ? {} : { alarm: row.alarm }),
      ...(row.name === null ? {} : { name: row.name }),
    }))

export interface KeptLink {
  readonly hash: string
  readonly message: string
  readonly escalation: string
  readonly expiresMs: number
  readonly usedMs?: number
}
export const saveLink = (one: KeptLink): Statement => ({
  sql: 'INSERT OR IGNORE INTO telling_links (hash, message, escalation, expires_ms) VALUES (?, ?, ?, ?)',
  values: [one.hash, one.message, one.escalation, one.expiresMs],
})
export const spendLink = (hash: string, nowMs: number): Statement => ({
  sql: 'UPDATE telling_links SET used_ms = ? WHERE hash = ? AND used_ms IS NULL',
  values: [nowMs, hash],
})
export function linkOf(store: Read, hash: string): KeptLink | undefined {
  const [row] = store.read<{ message: string; escalation: string; expires_ms: number; used_ms: number | null }>(
    'SELECT message, escalation, expires_ms, used_ms FROM telling_links WHERE hash = ?',
    [hash],
  )
  return (
    row && {
      hash,
      message: row.message,
      escalation: row.escalation,
      expiresMs: row.expires_ms,
      ...(row.used_ms === null ? {} : { usedMs: row.used_ms }),
    }
  )
}

/** Two digits by which an answer from this number finds its escalation. */
export interface KeptCode {
  readonly number: string
  readonly code: string
  readonly escalation: string
  readonly message: string
  readonly atMs: number
}
export const saveCode = (one: KeptCode): Statement => ({
  sql: `INSERT INTO telling_codes (number, code, escalation, message, at_ms) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET escalation = excluded.escalation, message = excluded.message, at_ms = excluded.at_ms`,
  values: [one.number, one.code, one.escalation, one.message, one.atMs],
})
export const allCodes = (store: Read): readonly KeptCode[] =>
  store
    .read<{ number: string; code: string; escalation: string; message: string; at_ms: number }>(
      'SELECT * FROM telling_codes ORDER BY at_ms',
    )
    .map(({ at_ms: atMs, ...row }) => ({ ...row, atMs }))

export interface KeptAddress {
  readonly person: string
  readonly way: Way
  readonly address: string
  readonly language: AddressView['language']
  readonly codeHash?: string
  readonly codeUntilMs?: number
  readonly tries: number
  readonly askedMs: number
  readonly confirmedMs?: number
}
export const saveAddress = (one: KeptAddress): Statement => ({
  sql: `INSERT INTO telling_addresses (person, way, address, language, code_hash, code_until_ms, tries, asked_ms, confirmed_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET language = excluded.language, code_hash = excluded.code_hash, code_until_ms = excluded.code_until_ms, tries = excluded.tries,
      asked_ms = excluded.asked_ms, confirmed_ms = excluded.confirmed_ms`,
  values: [
    one.person,
    one.way,
    one.address,
    one.language,
    one.codeHash ?? null,
    one.codeUntilMs ?? null,
    one.tries,
    one.askedMs,
    one.confirmedMs ?? null,
  ],
})
export const removeAddress = (person: string, way: Way, address: string): Statement => ({
  sql: 'DELETE FROM telling_addresses WHERE person = ? AND way = ? AND address = ?',
  values: [person, way, address],
})
export const allAddresses = (store: Read): readonly KeptAddress[] =>
  store
    .read<{
      person: string
      way: Way
      address: string
      language: AddressView['language']
      code_hash: string | null
      code_until_ms: number | null
      tries: number
      asked_ms: number
      confirmed_ms: number | null
    }>('SELECT * FROM telling_addresses ORDER BY asked_ms')
    .map(row => ({
      person: row.person,
      way: row.way,
      address: row.address,
      language: row.language,
      tries: row.tries,
      askedMs: row.asked_ms,
      ...(row.code_hash === null ? {} : { codeHash: row.code_hash }),
      ...(row.code_until_ms === null ? {} : { codeUntilMs: row.code_until_ms }),
      ...(row.confirmed_ms === null ? {} : { confirmedMs: row.confirmed_ms }),
    }))

/** Of an erased person no number stays, neither in the book nor beside what they were told. */
export const forgetAddresses = (person: string): readonly Statement[] => [
  { sql: 'DELETE FROM telling_addresses WHERE person = ?', values: [person] },
  { sql: 'DELETE FROM telling_codes WHERE message IN (SELECT id FROM telling_messages WHERE person = ?)', values: [person] },
  { sql: "UPDATE telling_replies SET sender = '', body = '' WHERE person = ?", values: [person] },
  { sql: "UPDATE telling_messages SET body = json_set(body, '$.routes', json('[]')) WHERE person = ? AND is_ours = 0", values: [person] },
]

export const newestRules = (store: Read): TellingRules | undefined =>
  bodies<TellingRules>(store, 'SELECT body FROM telling_rules ORDER BY revision DESC LIMIT 1')[0]
export const rulesAt = (store: Read, revision: number): TellingRules | undefined =>
  bodies<TellingRules>(store, 'SELECT body FROM telling_rules WHERE revision = ?', [revision])[0]
export const rulesBefore = (
  store: Read,
  most: number,
): readonly { readonly revision: number; readonly atMs: number; readonly who: string; readonly body: TellingRules }[] =>
  store
    .read<{ revision: number; at_ms: number; who: string; body: string }>(
      'SELECT revision, at_ms, who, body FROM telling_rules ORDER BY revision DESC LIMIT ?',
      [most],
    )
    .map(({ revision, at_ms: atMs, who, body }) => ({ revision, atMs, who, body: JSON.parse(body) as TellingRules }))
export const saveRules = (book: TellingRules, who: string, nowMs: number): Statement => ({
  sql: 'INSERT INTO telling_rules (revision, at_ms, who, body) VALUES (?, ?, ?, ?)',
  values: [book.revision, nowMs, who, JSON.stringify(book)],
})

export const markAt = (store: Read, name: string): number | undefined =>
  store.read<{ at_ms: number }>('SELECT at_ms FROM telling_marks WHERE name = ?', [name])[0]?.at_ms
export const setMark = (name: string, atMs: number | undefined): Statement =>
  atMs === undefined
    ? { sql: 'DELETE FROM telling_marks WHERE name = ?', values: [name] }
    : {
        sql: 'INSERT INTO telling_marks (name, at_ms) VALUES (?, ?) ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms',
        values: [name, atMs],
      }
