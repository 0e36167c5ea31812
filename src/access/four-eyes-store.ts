// SQL of the deeds that wait for a second officer.
import type { Migration, SqlValue, Statement, Store } from '#platform/store/index.ts'
import type { SecondRequest, SecondState } from './second-request.ts'

export const FOUR_EYES_MIGRATIONS: readonly Migration[] = [
  {
    id: 'access-0004',
    sql: `CREATE TABLE second_requests (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      deed TEXT NOT NULL,
      performer TEXT NOT NULL,
      input TEXT NOT NULL,
      thing TEXT NOT NULL,
      organisations TEXT NOT NULL,
      ko TEXT NOT NULL,
      en TEXT NOT NULL,
      who TEXT NOT NULL,
      session TEXT NOT NULL,
      reason TEXT NOT NULL,
      deed_id TEXT UNIQUE,
      asked_ms INTEGER NOT NULL,
      expires_ms INTEGER NOT NULL,
      state TEXT NOT NULL,
      second TEXT,
      decided_ms INTEGER,
      note TEXT,
      result TEXT
    ) STRICT;
    CREATE INDEX second_requests_state ON second_requests (state, expires_ms)`,
  },
  {
    // What was to be done is needed until it is done; a list of people that was brought so is not kept beside it for good.
    id: 'access-0007',
    sql: "UPDATE second_requests SET input = 'null' WHERE state NOT IN ('asked', 'approved')",
  },
]

interface Row extends Record<string, SqlValue> {
  number: number
  deed: string
  performer: string
  input: string
  thing: string
  organisations: string
  ko: string
  en: string
  who: string
  session: string
  reason: string
  deed_id: string | null
  asked_ms: number
  expires_ms: number
  state: string
  second: string | null
  decided_ms: number | null
  note: string | null
  result: string | null
}

const STATES: readonly SecondState[] = ['asked', 'approved', 'done', 'failed', 'refused', 'withdrawn', 'expired', 'interrupted']

const requestOf = (row: Row): SecondRequest => ({
  number: row.number,
  deed: row.deed,
  performer: row.performer,
  input: JSON.parse(row.input),
  thing: { id: row.thing, organisations: JSON.parse(row.organisations), ko: row.ko, en: row.en },
  who: row.who,
  session: row.session,
  reason: row.reason,
  askedAtMs: row.asked_ms,
  expiresAtMs: row.expires_ms,
  state: STATES.find(state => state === row.state) ?? 'interrupted',
  ...(row.second === null ? {} : { second: row.second }),
  ...(row.decided_ms === null ? {} : { decidedAtMs: row.decided_ms }),
  ...(row.note === null ? {} : { note: row.note }),
  ...(row.result === null ? {} : { result: JSON.parse(row.result) }),
})

type Reader = Pick<Store, 'read'>
export const requestByNumber = (store: Reader, number: number): SecondRequest | undefined =>
  store.read<Row>('SELECT * FROM second_requests WHERE number = ?', [number]).map(requestOf)[0]
export const requestByDeedId = (store: Reader, deedId: string): SecondRequest | undefined =>
  store.read<Row>('SELECT * FROM second_requests WHERE deed_id = ?', [deedId]).map(requestOf)[0]
export const requestsIn = (store: Reader, state: SecondState): readonly SecondRequest[] =>
  store.read<Row>('SELECT * FROM second_requests WHERE state = ? ORDER BY number', [state]).map(requestOf)
/** Newest first; `before` pages on. */
export const requestsBefore = (store: Reader, before: number, limit: number): readonly SecondRequest[] =>
  store.read<Row>('SELECT * FROM second_requests WHERE number < ? ORDER BY number DESC LIMIT ?', [before, limit]).map(requestOf)

export const insertRequest = (request: Omit<SecondRequest, 'number'>, deedId: string): Statement => ({
  sql: `INSERT INTO second_requests (deed, performer, input, thing, organisations, ko, en, who, session, reason, deed_id, asked_ms, expires_ms, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  values: [
    request.deed,
    request.performer,
    JSON.stringify(request.input ?? null),
    request.thing.id,
    JSON.stringify(request.thing.organisations ?? []),
    request.thing.ko,
    request.thing.en,
    request.who,
    request.session,
    request.reason,
    deedId,
    request.askedAtMs,
    request.expiresAtMs,
    request.state,
  ],
})

/** Requests that still need what they were asked with. */
const OPEN: readonly SecondState[] = ['asked', 'approved']

/** With what it was asked goes as soon as it is over: it may hold people's data, which has a clock of its own. */
export const updateRequest = ({ number, state, second, decidedAtMs, note, result }: SecondRequest): Statement => ({
  sql: `UPDATE second_requests SET state = ?, second = ?, decided_ms = ?, note = ?, result = ?${OPEN.includes(state) ? '' : ", input = 'null'"} WHERE number = ?`,
  values: [
    state,
    second ?? null,
    decidedAtMs ?? null,
    note ?? null,
    result === undefined ? null : (JSON.stringify(result) ?? null),
    number,
  ],
})

/** What a deed gave is for the one who asked, for a while. */
export const forgetResults = (decidedBeforeMs: number): Statement => ({
  sql: 'UPDATE second_requests SET result = NULL WHERE decided_ms < ? AND result IS NOT NULL',
  values: [decidedBeforeMs],
})
