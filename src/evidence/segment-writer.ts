// The file the ledger is writing, and where its chain stands. What was synced is certain, everything after it is not: when a write or a sync fails, the
// segment ends at its last sync, the chain goes back to there, and the ledger writes the rest again into the next segment. Never a second try on the same
// file after a failed sync: the kernel may have dropped the pages and say "done" next time (PostgreSQL's fsync lesson, 2018).
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '#platform/files/index.ts'
import { type Batch, makeFrame } from './frame.ts'
import { segmentFile } from './segments.ts'

/** What the ledger needs of a file. `write` may take only a part of the bytes and says how many, as the disk does when it is nearly full. */
export type LedgerFile = Pick<FileHandle, 'datasync' | 'close'> & {
  write(bytes: Uint8Array): Promise<{ readonly bytesWritten: number }>
}

/** The end of the chain: what the next frame carries. */
export interface ChainEnd {
  readonly batch: number
  readonly hash: Uint8Array
}

export class SegmentWriter {
  readonly #directory: string
  readonly #openFile: (path: string) => Promise<LedgerFile>
  #file: LedgerFile | undefined
  #segment: number
  #bytes = 0
  #sinceMs = 0
  #end: ChainEnd
  /** As of the last sync. */
  #safe: { readonly bytes: number; readonly end: ChainEnd }
  /** What a failure left behind in a file and the disk did not let us cut off yet: nothing is written before that is done. */
  #toCut: { readonly path: string; readonly bytes: number } | undefined

  constructor(directory: string, lastSegment: number, end: ChainEnd, openFile = (path: string): Promise<LedgerFile> => open(path, 'a')) {
    this.#directory = directory
    this.#openFile = openFile
    this.#segment = lastSegment
    this.#end = end
    this.#safe = { bytes: 0, end }
  }

  get isOpen(): boolean {
    return this.#file !== undefined
  }

  /** The segment being written, or the last that was. */
  get segment(): number {
    return this.#segment
  }

  get bytes(): number {
    return this.#bytes
  }

  get sinceMs(): number {
    return this.#sinceMs
  }

  /** Begins the next segment. Throws what the disk says. */
  async begin(nowMs: number): Promise<void> {
    await this.#cut()
    const path = join(this.#directory, segmentFile(this.#segment + 1))
    this.#file = await this.#openFile(path)
    this.#segment++
    this.#bytes = 0
    this.#sinceMs = nowMs
    this.#safe = { bytes: 0, end: this.#end }
    await syncFolder(this.#directory)
  }

  /** Writes one frame; not certain before `sync`. Throws what the disk says. */
  async frame(kind: number, batch: Omit<Batch, 'batch'>): Promise<void> {
    if (!this.#file) throw new Error('no segment is begun')
    const { bytes, hash } = makeFrame(kind, { ...batch, batch: this.#end.batch }, this.#end.hash)
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(at === 0 ? bytes : bytes.subarray(at))
      if (bytesWritten === 0) throw Object.assign(new Error('the disk takes no more bytes'), { code: 'ENOSPC' })
      at += bytesWritten
    }
    this.#bytes += bytes.length
    this.#end = { batch: this.#end.batch + 1, hash }
  }

  async sync(): Promise<void> {
    await this.#file?.datasync()
    this.#safe = { bytes: this.#bytes, end: this.#end }
  }

  /** Orderly end of a segment: everything in it is synced. */
  async finish(): Promise<string> {
    await this.sync()
    const file = this.#file
    this.#file = undefined
    await file?.close()
    return Buffer.from(this.#end.hash).toString('hex')
  }

  /** After a failure: the segment ends where it was last synced, and so does the chain. Never throws. */
  async abandon(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    this.#end = this.#safe.end
    if (!file) return
    await file.close().catch(() => {})
    this.#toCut = { path: join(this.#directory, segmentFile(this.#segment)), bytes: this.#safe.bytes }
    // Nothing of it is certain: the next try takes its number.
    if (this.#safe.bytes === 0) this.#segment--
    await this.#cut().catch(() => {})
  }

  async #cut(): Promise<void> {
    const cut = this.#toCut
    if (!cut) return
    if (cut.bytes === 0) await rm(cut.path, { force: true })
    else await cutFile(cut.path, cut.bytes)
    this.#toCut = undefined
  }
}

/** Leaves the first `bytes` of the file, also after a loss of power. */
export async function cutFile(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.truncate(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
}
