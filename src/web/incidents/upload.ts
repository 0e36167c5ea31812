// Files on their way: kept in the browser with their hash, sent in pieces that go on where the line broke, finished with the small picture made here. The server judges by
// content; what it refuses is told by its sentence.
import { field, number } from '../live/wire.ts'
import type { Keeping } from './keeping.ts'
import type { DraftFile } from './model.ts'

/** What can be attached, for the browser's own choice of files. */
export const FILE_TYPES = 'image/jpeg,image/png,image/webp,video/mp4,video/quicktime,video/webm,application/pdf'
const PIECE_BYTES = 512 << 10
const THUMBNAIL_PX = 360
/** Larger ones are hashed by the server alone. */
const MAX_HASH_BYTES = 64 << 20

export interface KeptFile {
  readonly id: string
  readonly incident: string
  readonly name: string
  readonly kind: DraftFile['kind']
  readonly blob: Blob
  readonly thumbnail?: string
  readonly sha256?: string
}

export interface UploadDeps {
  readonly keeping: Keeping
  post(path: string, body: unknown): Promise<unknown>
  putBytes(path: string, bytes: Blob): Promise<unknown>
  /** Share sent, 0–1. */
  onProgress(file: string, share: number): void
  /** Where and when the photo says it was taken. */
  onTaken(file: string, incident: string, taken: { readonly lat: number; readonly lon: number }): void
}

export const kindOf = (type: string): DraftFile['kind'] =>
  type.startsWith('video/') ? 'video' : type === 'application/pdf' ? 'pdf' : 'photo'

/** The rest of a file lies in the browser in which it was chosen: it cannot be sent from here. */
export class FileElsewhere extends Error {}

/** A file of a draft that was begun earlier, perhaps at another desk: sent on where it is kept here, else asked for at the server. */
export async function resumeUpload(file: DraftFile, incident: string, deps: UploadDeps): Promise<void> {
  if ((await deps.keeping.get('files', file.id)) !== undefined) return uploadKept(file.id, deps)
  const { id, name, kind, bytes } = file
  const begun = await deps.post('/api/attachments', { id, incident, name, kind, bytes })
  if ((number(begun, 'received') ?? 0) < bytes) throw new FileElsewhere(name)
  await deps.post(`/api/attachments/${encodeURIComponent(id)}/done`, {})
  deps.onProgress(id, 1)
}

/** Sends the file kept under this id, from where the server says; then forgets it. A file that is not kept any more is at the server. */
export async function uploadKept(id: string, deps: UploadDeps): Promise<void> {
  const kept = readKept(await deps.keeping.get('files', id))
  if (!kept) return
  const { blob, incident, name, kind, sha256, thumbnail } = kept
  const begun = await deps.post('/api/attachments', { id, incident, name, kind, bytes: blob.size, ...(sha256 ? { sha256 } : {}) })
  for (let at = number(begun, 'received') ?? 0; at < blob.size; ) {
    const answer = await deps.putBytes(`/api/attachments/${encodeURIComponent(id)}/bytes?offset=${at}`, blob.slice(at, at + PIECE_BYTES))
    const received = number(answer, 'received') ?? 0
    if (received <= at) throw new Error(`${name}: ${received} ≤ ${at}`)
    at = received
    deps.onProgress(id, at / blob.size)
  }
  const done = await deps.post(
    `/api/attachments/${encodeURIComponent(id)}/done`,
    thumbnail ? { thumbnail: thumbnail.split(',')[1] ?? '' } : {},
  )
  const [lat, lon] = [number(field(done, 'taken'), 'lat'), number(field(done, 'taken'), 'lon')]
  if (lat !== undefined && lon !== undefined) deps.onTaken(id, incident, { lat, lon })
  deps.onProgress(id, 1)
  await deps.keeping.remove('files', id)
}

function readKept(from: unknown): KeptFile | undefined {
  if (typeof from !== 'object' || from === null || !('blob' in from) || !(from.blob instanceof Blob)) return undefined
  const word = (name: string): string | undefined => {
    const value = field(from, name)
    return typeof value === 'string' ? value : undefined
  }
  const [thumbnail, sha256] = [word('thumbnail'), word('sha256')]
  return {
    id: word('id') ?? '',
    incident: word('incident') ?? '',
    name: word('name') ?? '',
    kind: kindOf(from.blob.type),
    blob: from.blob,
    ...(thumbnail ? { thumbnail } : {}),
    ...(sha256 ? { sha256 } : {}),
  }
}

/** Keeps the file whole with its hash and small picture, and says what the form shows. */
export async function keepFile(file: File, id: string, incident: string, keeping: Keeping): Promise<DraftFile> {
  const kind = kindOf(file.type)
  const thumbnail = await smallPicture(file, kind).catch(() => undefined)
  const sha256 = file.size <= MAX_HASH_BYTES ? await hashOf(file).catch(() => undefined) : undefined
  const kept: KeptFile = {
    id,
    incident,
    name: file.name,
    kind,
    blob: file,
    ...(thumbnail ? { thumbnail } : {}),
    ...(sha256 ? { sha256 } : {}),
  }
  await keeping.put('files', id, kept)
  return { id, name: file.name, kind, bytes: file.size, ...(thumbnail ? { thumbnail } : {}) }
}

async function hashOf(file: Blob): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

async function smallPicture(file: File, kind: DraftFile['kind']): Promise<string | undefined> {
  if (kind === 'pdf') return undefined
  const canvas = document.createElement('canvas')
  const draw = (source: CanvasImageSource, width: number, height: number): string => {
    const scale = Math.min(1, THUMBNAIL_PX / Math.max(1, width))
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL('image/jpeg', 0.7)
  }
  if (kind === 'photo') {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const small = draw(bitmap, bitmap.width, bitmap.height)
    bitmap.close()
    return small
  }
  return frameOf(file, draw)
}

const FRAME_WITHIN_MS = 4000
/** A frame of the film, half a second in. */
function frameOf(file: File, draw: (source: CanvasImageSource, width: number, height: number) => string): Promise<string | undefined> {
  const url = URL.createObjectURL(file)
  const film = document.createElement('video')
  film.muted = true
  film.preload = 'auto'
  return new Promise<string | undefined>(done => {
    const timer = setTimeout(() => done(undefined), FRAME_WITHIN_MS)
    const end = (small: string | undefined): void => {
      clearTimeout(timer)
      done(small)
    }
    film.onloadeddata = () => {
      film.currentTime = Math.min(0.5, film.duration / 2 || 0)
    }
    film.onseeked = () => end(draw(film, film.videoWidth, film.videoHeight))
    film.onerror = () => end(undefined)
    film.src = url
  }).finally(() => URL.revokeObjectURL(url))
}
