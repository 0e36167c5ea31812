// Uploads of photos, videos and PDFs: announced (size and kind are refused before a byte comes), sent in pieces that resume after a lost line, then looked at as a whole.
// Files lie under their SHA-256 in DIR/attachments; what is under way in DIR/attachments/incoming. Sending anything again does nothing twice.
import { mkdirSync } from 'node:fs'
import { open, readdir, rm, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { auditStatement } from '#access/index.ts'
import { type Clock, ok, type Result } from '#base/index.ts'
import { NotKept, type Store } from '#platform/store/index.ts'
import { createTurns } from '../in-turn.ts'
import { no, type Outcome } from '../refusals.ts'
import type { Author } from '../schema.ts'
import { cleaned } from '../words.ts'
import type { AttachmentKind } from './content.ts'
import { type Examined, type ExamineFault, type Order, pathOf } from './examine.ts'
import { jpegParts, strippedJpeg } from './jpeg.ts'
import {
  type Attachment,
  attachmentsById,
  attachmentsOf,
  finishUpload,
  insertUpload,
  leftBehind,
  neededHashes,
  removeUpload,
  rowById,
  thumbnailOf,
  type Upload,
} from './rows.ts'

/** Left unfinished, or for a report that never came. */
const FORGET_MS = 31 * 86_400_000
/** A file nobody needs may belong to a row that is just being written. */
const ORPHAN_MS = 86_400_000
const MAX_THUMBNAIL_BYTES = 100_000

export interface AttachmentsOptions {
  readonly directory: string
  readonly store: Store
  readonly clock: Clock
  readonly maxBytes: Readonly<Record<AttachmentKind, number>>
}

export interface Attachments {
  /** How much of it is here already: send on from there. */
  begin(upload: Omit<Upload, 'by' | 'begunAtMs'>, by: Author): Promise<Outcome<number>>
  /** The next piece; one that is here already is passed over. Answers how much is here. */
  append(id: string, offset: number, piece: Uint8Array, by: Author): Promise<Outcome<number>>
  /** All of it was sent. `thumbnail` is a small JPEG made by the sender. */
  finish(id: string, thumbnail: Uint8Array | undefined, by: Author): Promise<Outcome<Attachment>>
  get(id: string): Attachment | undefined
  many(ids: readonly string[]): readonly Attachment[]
  /** What hangs on an incident, or on `journey:<id>`. */
  of(thing: string): readonly Attachment[]
  thumbnail(id: string): Uint8Array | undefined
  /** Where the shared copy, or the original, lies. */
  path(attachment: Attachment, which: 'shared' | 'original'): string
  areAttached(ids: readonly string[], incident: string): boolean
  /** What was left behind goes; says how many. */
  tidy(): Promise<number>
  close(): Promise<void>
}

export function createAttachments({ directory, store, clock, maxBytes }: AttachmentsOptions): Attachments {
  const incoming = join(directory, 'incoming')
  const turns = createTurns()
  const thread = createExaminer()
  const partOf = (id: string): string => join(incoming, `${id.replace(/[^A-Za-z0-9_-]/g, '_')}.part`)
  const received = async (id: string): Promise<number> => (await stat(partOf(id)).catch(() => undefined))?.size ?? 0
  const mine = (id: string, by: Author): Outcome<{ upload: Upload; attachment?: Attachment }> => {
    const { upload, attachment } = rowById(store, id)
    if (!upload) return no('no-attachment')
    if (upload.by.id !== by.id) return no('id-taken')
    return ok({ upload, ...(attachment ? { attachment } : {}) })
  }

  return {
    begin: (upload, by) =>
      turns.take([upload.id], async () => {
        const { upload: known, attachment } = rowById(store, upload.id)
        if (known && (known.by.id !== by.id || known.incident !== upload.incident || known.bytes !== upload.bytes)) return no('id-taken')
        if (attachment) return ok(attachment.bytes)
        if (!(upload.bytes > 0)) return no('attachment-empty')
        if (upload.bytes > maxBytes[upload.kind]) return no('attachment-large')
        if (!known) {
          const name = cleaned(upload.name).replace(/[/\\]/g, '_').slice(0, 200) || upload.kind
          await store.write([insertUpload({ ...upload, name, by, begunAtMs: clock.now() })])
        }
        return ok(await received(upload.id))
      }),

    append: (id, offset, piece, by) =>
      turns.take([id], async () => {
        const known = mine(id, by)
        if (!known.ok) return known
        const { upload, attachment } = known.value
        if (attachment) return ok(attachment.bytes)
        const here = await received(id)
        if (offset > here) return no('attachment-offset')
        const fresh = piece.subarray(here - offset)
        if (here - offset >= piece.length) return ok(here)
        if (here + fresh.length > upload.bytes) return no('attachment-large')
        try {
          mkdirSync(incoming, { recursive: true })
          await writeAt(partOf(id), fresh, here)
        } catch (error) {
          throw new NotKept(error instanceof Error ? error.message : String(error))
        }
        return ok(here + fresh.length)
      }),

    finish: (id, thumbnail, by) =>
      turns.take([id], async () => {
        const known = mine(id, by)
        if (!known.ok) return known
        const { upload, attachment } = known.value
        if (attachment) return ok(attachment)
        if ((await received(id)) !== upload.bytes) return no('attachment-offset')
        const outcome = await thread.examine({
          part: partOf(id),
          directory,
          maxBytes,
          ...(upload.sha256 === undefined ? {} : { sha256: upload.sha256 }),
        })
        if (!outcome.ok) {
          await rm(partOf(id), { force: true })
          await store.write([removeUpload(id)])
          return no(outcome.reason)
        }
        const small = thumbnail && smallPicture(thumbnail)
        const made = attachmentOf(upload, outcome.value, clock.now(), small !== undefined)
        await store.write([
          finishUpload(made, small),
          auditStatement({ atMs: made.doneAtMs, who: by.id, deed: 'attachment.add', thing: id, note: `${made.type} ${made.sha256}` }),
        ])
        return ok(made)
      }),

    get: id => rowById(store, id).attachment,
    many: ids => attachmentsById(store, ids),
    of: thing => attachmentsOf(store, thing),
    thumbnail: id => thumbnailOf(store, id),
    path: (attachment, which) => pathOf(directory, which === 'original' ? attachment.sha256 : attachment.sharedSha256),
    areAttached: (ids, incident) => attachmentsById(store, ids).filter(one => one.incident === incident).length === new Set(ids).size,
    async tidy() {
      const gone = leftBehind(store, clock.now() - FORGET_MS)
      await store.write(gone.map(upload => removeUpload(upload.id)))
      for (const { id } of gone) await rm(partOf(id), { force: true })
      return gone.length + (await removeOrphans(directory, neededHashes(store), clock.now() - ORPHAN_MS))
    },
    close: () => thread.close(),
  }
}

/** All of the piece, or none of it. */
async function writeAt(path: string, piece: Uint8Array, at: number): Promise<void> {
  const file = await open(path, at === 0 ? 'w' : 'r+')
  try {
    // A disk that is nearly full takes a part and says so by the count alone.
    const { bytesWritten } = await file.write(piece, 0, piece.length, at)
    if (bytesWritten < piece.length) throw new Error(`the disk took ${bytesWritten} of ${piece.length} bytes`)
  } catch (error) {
    await file.truncate(at).catch(() => undefined)
    throw error
  } finally {
    await file.close()
  }
}

function attachmentOf(upload: Upload, seen: Examined, doneAtMs: number, hasThumbnail: boolean): Attachment {
  const { lat, lon, takenAtMs } = seen.exif
  return {
    ...upload,
    kind: seen.kind,
    type: seen.type,
    sha256: seen.sha256,
    sharedSha256: seen.sharedSha256,
    sharedBytes: seen.sharedBytes,
    doneAtMs,
    hasThumbnail,
    ...(takenAtMs === undefined ? {} : { takenAtMs }),
    ...(lat === undefined || lon === undefined ? {} : { taken: { lat, lon } }),
  }
}

/** A small whole JPEG without anything beside the picture; else there is none. */
function smallPicture(bytes: Uint8Array): Uint8Array | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.length <= MAX_THUMBNAIL_BYTES && buffer[0] === 0xff && buffer[1] === 0xd8 && jpegParts(buffer)
    ? strippedJpeg(buffer)
    : undefined
}

async function removeOrphans(directory: string, needed: ReadonlyMap<string, number>, beforeMs: number): Promise<number> {
  let removed = 0
  for (const { path, name } of await storedFiles(directory)) {
    const { mtimeMs } = await stat(path)
    if (needed.has(name) || mtimeMs > beforeMs) continue
    await unlink(path)
    removed++
  }
  return removed
}

/** Files by hash, without what is under way. */
export async function storedFiles(directory: string): Promise<readonly { readonly path: string; readonly name: string }[]> {
  const folders = (await readdir(directory).catch(() => [])).filter(name => /^[0-9a-f]{2}$/.test(name))
  const files = await Promise.all(
    folders.map(async folder => (await readdir(join(directory, folder))).map(name => ({ path: join(directory, folder, name), name }))),
  )
  return files.flat()
}

/** One thread, begun when first needed. */
function createExaminer() {
  let worker: Worker | undefined
  let asked = 0
  const waiting = new Map<number, { done(outcome: Result<Examined, ExamineFault>): void; fail(error: Error): void }>()
  const start = (): Worker => {
    const begun = new Worker(new URL('./examine-thread.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] })
    begun.unref()
    begun.on('message', (answer: { n: number; outcome?: Result<Examined, ExamineFault>; error?: string; isDisk?: boolean }) => {
      const one = waiting.get(answer.n)
      waiting.delete(answer.n)
      if (answer.outcome) one?.done(answer.outcome)
      else one?.fail(answer.isDisk ? new NotKept(answer.error) : new Error(answer.error))
    })
    begun.on('error', error => {
      worker = undefined
      for (const one of waiting.values()) one.fail(error instanceof Error ? error : new Error(String(error)))
      waiting.clear()
    })
    return begun
  }
  return {
    examine: (order: Order): Promise<Result<Examined, ExamineFault>> =>
      new Promise((done, fail) => {
        worker ??= start()
        const n = ++asked
        waiting.set(n, { done, fail })
        worker.postMessage({ n, order })
      }),
    close: async (): Promise<void> => void (await worker?.terminate()),
  }
}
