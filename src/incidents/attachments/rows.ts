// Rows of attachments: SQL and nothing else. A row without `done_ms` is an upload under way; how much of it is here, its part file says.
import type { Migration, SqlValue, Statement, Store } from '#platform/store/index.ts'
import type { Author } from '../schema.ts'
import type { AttachmentKind, Content } from './content.ts'

export const ATTACHMENT_MIGRATION: Migration = {
  id: 'incidents-0002',
  sql: `CREATE TABLE incident_attachments (
    id TEXT PRIMARY KEY,
    incident TEXT NOT NULL,
    uploader TEXT NOT NULL,
    begun_ms INTEGER NOT NULL,
    done_ms INTEGER,
    sha256 TEXT,
    shared_sha256 TEXT,
    body TEXT NOT NULL,
    thumbnail BLOB
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX incident_attachments_of ON incident_attachments (incident);
  CREATE INDEX incident_attachments_hash ON incident_attachments (sha256);
  CREATE INDEX incident_attachments_shared ON incident_attachments (shared_sha256)`,
}

/** An upload as it was announced. */
export interface Upload {
  readonly id: string
  readonly incident: string
  readonly name: string
  readonly kind: AttachmentKind
  readonly bytes: number
  readonly by: Author
  readonly begunAtMs: number
  /** SHA-256 as the sender worked it out at capture. */
  readonly sha256?: string
}

/** What is attached: the original under its hash, and the copy that is shared. */
export interface Attachment extends Upload {
  readonly type: Content['type']
  readonly sha256: string
  readonly sharedSha256: string
  readonly sharedBytes: number
  readonly doneAtMs: number
  readonly takenAtMs?: number
  /** Where it was taken, by its own word: for whoever may see originals. */
  readonly taken?: { readonly lat: number; readonly lon: number }
  readonly hasThumbnail: boolean
}

interface Row extends Record<string, SqlValue> {
  body: string
  done_ms: number | null
}
type Read = Pick<Store, 'read'>

export const insertUpload = (upload: Upload): Statement => ({
  sql: 'INSERT OR IGNORE INTO incident_attachments (id, incident, uploader, begun_ms, body) VALUES (?, ?, ?, ?, ?)',
  values: [upload.id, upload.incident, upload.by.id, upload.begunAtMs, JSON.stringify(upload)],
})
export const finishUpload = (attachment: Attachment, thumbnail: Uint8Array | undefined): Statement => ({
  sql: 'UPDATE incident_attachments SET done_ms = ?, sha256 = ?, shared_sha256 = ?, body = ?, thumbnail = ? WHERE id = ?',
  values: [attachment.doneAtMs, attachment.sha256, attachment.sharedSha256, JSON.stringify(attachment), thumbnail ?? null, attachment.id],
})
export const removeUpload = (id: string): Statement => ({ sql: 'DELETE FROM incident_attachments WHERE id = ?', values: [id] })

export function rowById(store: Read, id: string): { readonly upload?: Upload; readonly attachment?: Attachment } {
  const [row] = store.read<Row>('SELECT body, done_ms FROM incident_attachments WHERE id = ?', [id])
  if (!row) return {}
  return row.done_ms === null ? { upload: JSON.parse(row.body) } : { upload: JSON.parse(row.body), attachment: JSON.parse(row.body) }
}
export const attachmentsById = (store: Read, ids: readonly string[]): readonly Attachment[] =>
  store
    .read<Row>(
      'SELECT a.body, a.done_ms FROM json_each(?) j JOIN incident_attachments a ON a.id = j.value WHERE a.done_ms IS NOT NULL ORDER BY j.key',
      [JSON.stringify(ids)],
    )
    .map((row): Attachment => JSON.parse(row.body))
export function thumbnailOf(store: Read, id: string): Uint8Array | undefined {
  const [row] = store.read<{ thumbnail: Uint8Array | null }>('SELECT thumbnail FROM incident_attachments WHERE id = ?', [id])
  return row?.thumbnail ?? undefined
}
/** What hangs on an incident, or on `journey:<id>`, oldest first. */
export const attachmentsOf = (store: Read, thing: string): readonly Attachment[] =>
  store
    .read<Row>('SELECT body, done_ms FROM incident_attachments WHERE incident = ? AND done_ms IS NOT NULL ORDER BY done_ms, id', [thing])
    .map((row): Attachment => JSON.parse(row.body))
/** Begun or done before this, for incidents that were never reported or steps that never came. */
export const leftBehind = (store: Read, beforeMs: number): readonly Upload[] =>
  store
    .read<Row>(
      `SELECT a.body, a.done_ms FROM incident_attachments a LEFT JOIN incidents i ON i.id = a.incident
        WHERE a.begun_ms < ? AND (a.done_ms IS NULL OR (i.id IS NULL AND a.incident NOT LIKE 'journey:%')) LIMIT 500`,
      [beforeMs],
    )
    .map((row): Upload => JSON.parse(row.body))
/** Every hash that some row still needs, with how large the file is. */
export const neededHashes = (store: Read): ReadonlyMap<string, number> =>
  new Map(
    store
      .read<Row>('SELECT body, done_ms FROM incident_attachments WHERE done_ms IS NOT NULL')
      .map((row): Attachment => JSON.parse(row.body))
      .flatMap(one => [[one.sha256, one.bytes] as const, [one.sharedSha256, one.sharedBytes] as const]),
  )
