// The append-only ledger of everything received: evidence, and the source from which picture and alarms can be replayed exactly.
// append() copies at once and never waits; a batch becomes one frame every 50 ms or 256 KB, written behind, synced every 250 ms. When the disk refuses, the
// batch is kept (64 MB at most), the fault is told, and writing goes on in a new segment as soon as there is room: never after a failed sync in the same.
// HOT PATH: one copy and a few numbers an entry; bench/evidence-ledger.ts prints the share of a core.
import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { Clock } from '#base/index.ts'
import { CONTROL_FEED, CONTROL_NAME, type LedgerNote, noteBytes } from './control.ts'
import { type Batch, KIND, makeFrame } from './frame.ts'
import { openTail, type Tail } from './open-tail.ts'
import { HEAD_FILE, listSegments, segmentFile } from './segments.ts'

const compress = promisify(zstdCompress)
const BATCH_MS = 50
const BATCH_BYTES = 256 << 10
const SYNC_MS = 200
const MAX_WAITING_BYTES = 64 << 20
const SEGMENT_BYTES = 64 << 20
const SEGMENT_MS = 3_600_000
const RETRY_MS = 2000
const CLOSING_TRIES = 3

export interface LedgerFault {
  readonly code: string
  /** What the disk said, and what happens now. */
  readonly message: string
  /** Bytes that wait in memory. */
  readonly waitingBytes: number
  /** Entries given up since the start because the memory for waiting was full. */
  readonly droppedEntries: number
}

export interface LedgerOptions {
  readonly directory: string
  readonly clock: Clock
  /** Called when writing begins to fail and, with undefined, when it works again. */
  readonly onFault?: (fault: LedgerFault | undefined) => void
  /** Opens a file for appending; tests inject faults here. */
  readonly openFile?: (path: string) => Promise<LedgerFile>
}

/** What the ledger needs of a file. */
export type LedgerFile = Pick<FileHandle, 'datasync' | 'truncate' | 'close'> & { write(bytes: Uint8Array): Promise<unknown> }

export interface LedgerFigures {
  readonly entries: number
  readonly bytes: number
  readonly writtenMark: number
  readonly syncedMark: number
  readonly waitingBytes: number
  readonly droppedEntries: number
  readonly segment: number
}

const openFile = (path: string): Promise<LedgerFile> => open(path, 'a')

export class Ledger {
  readonly #options: LedgerOptions
  readonly #feeds = new Map<string, number>([[CONTROL_NAME, CONTROL_FEED]])
  readonly #stops: (() => void)[] = []
  #buffer = Buffer.allocUnsafe(BATCH_BYTES * 2)
  #used = 0
  #times: number[] = []
  #feedsOf: number[] = []
  #lengths: number[] = []
  #batch: number
  #mark: number
  #previous: Uint8Array
  #waiting: Batch[] = []
  #waitingBytes = 0
  #dropped = 0
  #bytes = 0
  #file: LedgerFile | undefined
  #segment: number
  #segmentBytes = 0
  #segmentSince = 0
  #writtenMark: number
  #syncedMark: number
  #syncedAtMs = 0
  #faulty = false
  #retryAtMs = 0
  #busy: Promise<void> | undefined
  #closing = false

  constructor(options: LedgerOptions, tail: Tail) {
    this.#options = options
    this.#batch = tail.nextBatch
    this.#mark = this.#writtenMark = this.#syncedMark = tail.nextMark
    this.#previous = tail.hash
    this.#segment = tail.lastSegment
    for (const [feed, name] of tail.feeds) if (feed !== CONTROL_FEED) this.#feeds.set(name, feed)
    if (tail.cut) this.#note({ note: 'recovered', ...tail.cut })
    this.#stops.push(options.clock.every(BATCH_MS, () => this.#kick()))
  }

  /** The number of a feed; a new name is written into the chain. */
  feed(name: string): number {
    const known = this.#feeds.get(name)
    if (known !== undefined) return known
    const feed = Math.max(...this.#feeds.values()) + 1
    this.#feeds.set(name, feed)
    this.#note({ note: 'feed', feed, name })
    return feed
  }

  /** Takes a copy of what was received; returns the entry's running number. Never waits, never throws. */
  append(feed: number, bytes: Uint8Array, receivedAtMs: number): number {
    if (this.#used + bytes.length > this.#buffer.length) {
      this.#seal()
      if (bytes.length > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(bytes.length)
    }
    this.#buffer.set(bytes, this.#used)
    this.#used += bytes.length
    this.#times.push(receivedAtMs)
    this.#feedsOf.push(feed)
    this.#lengths.push(bytes.length)
    this.#bytes += bytes.length
    const mark = this.#mark++
    if (this.#used >= BATCH_BYTES) this.#seal()
    return mark
  }

  /** A control entry of the product itself (JSON). */
  control(entry: unknown, receivedAtMs: number): number {
    return this.append(CONTROL_FEED, Buffer.from(JSON.stringify(entry)), receivedAtMs)
  }

  figures(): LedgerFigures {
    return {
      entries: this.#mark,
      bytes: this.#bytes,
      writtenMark: this.#writtenMark,
      syncedMark: this.#syncedMark,
      waitingBytes: this.#waitingBytes + this.#used,
      droppedEntries: this.#dropped,
      segment: this.#segment,
    }
  }

  /** Resolves when everything appended so far is written and synced, or rejects when the disk refuses. */
  async sync(): Promise<void> {
    const wanted = this.#mark
    this.#seal()
    while (this.#syncedMark < wanted) {
      this.#syncedAtMs = 0
      await this.#run()
      if (this.#faulty) throw new Error('the ledger cannot be written')
    }
  }

  /** Orderly end: closing record, HEAD. */
  async close(): Promise<void> {
    this.#closing = true
    for (const stop of this.#stops) stop()
    await this.#busy
    this.#seal()
    this.#retryAtMs = 0
    await this.#run()
    // The closing record goes to a new segment when the disk refuses it once; refused again, the ledger stays without one and verify says so.
    for (let tries = 0; tries < CLOSING_TRIES; tries++) {
      if (this.#waiting.length > 0 || !(await this.#ensureFile())) return
      try {
        const { bytes, hash } = makeFrame(
          KIND.CLOSING,
          { batch: this.#batch, firstMark: this.#mark, times: [], feeds: [], lengths: [], body: new Uint8Array(0) },
          this.#previous,
        )
        await this.#file?.write(bytes)
        await this.#file?.datasync()
        await this.#file?.close()
        await writeFile(join(this.#options.directory, HEAD_FILE), `${hash.toString('hex')}\n`)
        return
      } catch (error) {
        await this.#fail(error)
      }
    }
  }

  #note(note: LedgerNote): void {
    this.append(CONTROL_FEED, noteBytes(note), this.#options.clock.now())
  }

  /** The batch that was being filled joins those that wait to be written. */
  #seal(): void {
    if (this.#times.length === 0) return
    const body = Buffer.from(this.#buffer.subarray(0, this.#used))
    const entries = this.#times.length
    const batch: Batch = {
      batch: 0,
      firstMark: this.#mark - entries,
      times: this.#times,
      feeds: this.#feedsOf,
      lengths: this.#lengths,
      body,
    }
    this.#used = 0
    this.#times = []
    this.#feedsOf = []
    this.#lengths = []
    if (this.#waitingBytes + body.length > MAX_WAITING_BYTES) {
      // Full behaviour: the newest are given up and counted, so that what is kept has no holes before it.
      this.#dropped += entries
      this.#mark -= entries
      return
    }
    this.#waiting.push(batch)
    this.#waitingBytes += body.length
  }

  #kick(): void {
    this.#seal()
    void this.#run()
  }

  #run(): Promise<void> {
    this.#busy ??= this.#write().finally(() => {
      this.#busy = undefined
    })
    return this.#busy
  }

  async #write(): Promise<void> {
    const now = this.#options.clock.now()
    if (this.#faulty && now < this.#retryAtMs && !this.#closing) return
    if (this.#waiting.length === 0 && this.#syncedMark === this.#writtenMark) return
    try {
      if (!(await this.#ensureFile())) return
      while (this.#waiting.length > 0) {
        const batch = this.#waiting[0]
        if (!batch) break
        const { bytes, hash } = makeFrame(KIND.ENTRIES, { ...batch, batch: this.#batch }, this.#previous)
        await this.#file?.write(bytes)
        this.#segmentBytes += bytes.length
        this.#previous = hash
        this.#batch++
        this.#waiting.shift()
        this.#waitingBytes -= batch.body.length
        this.#writtenMark = batch.firstMark + batch.times.length
      }
      if (this.#syncedMark < this.#writtenMark && now - this.#syncedAtMs >= SYNC_MS) {
        const mark = this.#writtenMark
        await this.#file?.datasync()
        this.#syncedMark = mark
        this.#syncedAtMs = now
      }
      if (this.#faulty) {
        this.#faulty = false
        this.#options.onFault?.(undefined)
      }
      if (this.#segmentBytes >= SEGMENT_BYTES || now - this.#segmentSince >= SEGMENT_MS) await this.#turn()
    } catch (error) {
      await this.#fail(error)
    }
  }

  /** Opens the next segment when there is none; its first frame repeats the feeds' names. */
  async #ensureFile(): Promise<boolean> {
    if (this.#file) return true
    const number = this.#segment + 1
    try {
      this.#file = await (this.#options.openFile ?? openFile)(join(this.#options.directory, segmentFile(number)))
    } catch (error) {
      await this.#fail(error)
      return false
    }
    this.#segment = number
    this.#segmentBytes = 0
    this.#segmentSince = this.#options.clock.now()
    await this.#writeNames()
    return true
  }

  /** A segment can be read alone: it begins with the names of the feeds. */
  async #writeNames(): Promise<void> {
    const pieces = [...this.#feeds]
      .filter(([, feed]) => feed !== CONTROL_FEED)
      .map(([name, feed]) => noteBytes({ note: 'feed', feed, name }))
    if (pieces.length === 0) return
    const { bytes, hash } = makeFrame(
      KIND.NAMES,
      {
        batch: this.#batch,
        firstMark: this.#writtenMark,
        times: pieces.map(() => this.#segmentSince),
        feeds: pieces.map(() => CONTROL_FEED),
        lengths: pieces.map(piece => piece.length),
        body: Buffer.concat(pieces),
      },
      this.#previous,
    )
    await this.#file?.write(bytes)
    this.#segmentBytes += bytes.length
    this.#previous = hash
    this.#batch++
  }

  /** A write or sync failed: this segment is over; its good bytes are kept, the rest is cut off; what waits goes to the next. */
  async #fail(error: unknown): Promise<void> {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO'
    const file = this.#file
    this.#file = undefined
    if (file) {
      await file.truncate(this.#segmentBytes).catch(() => {})
      await file.close().catch(() => {})
      if (this.#segmentBytes === 0) {
        // Nothing of it is good: the next try takes its number.
        await rm(join(this.#options.directory, segmentFile(this.#segment)), { force: true }).catch(() => {})
        this.#segment--
      }
      this.#syncedMark = Math.min(this.#syncedMark, this.#writtenMark)
    }
    this.#retryAtMs = this.#options.clock.now() + RETRY_MS
    this.#faulty = true
    this.#options.onFault?.({
      code,
      message: `the ledger cannot be written (${code}); received data waits in memory and is written when the disk takes it`,
      waitingBytes: this.#waitingBytes,
      droppedEntries: this.#dropped,
    })
  }

  /** The segment is full: close it and compress it beside the pass. */
  async #turn(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.datasync()
    await file?.close()
    this.#syncedMark = this.#writtenMark
    void this.#compress(this.#segment).catch(() => {})
  }

  /** Compresses what earlier runs left behind. */
  async compressLeftovers(): Promise<void> {
    for (const segment of listSegments(this.#options.directory)) {
      if (segment.number < this.#segment && !segment.file.endsWith('.zst') && segment.bytes > 0)
        await this.#compress(segment.number).catch(() => {})
    }
  }

  async #compress(number: number): Promise<void> {
    const { directory } = this.#options
    const file = segmentFile(number)
    const packed = await compress(await readFile(join(directory, file)), {
      params: { [constants.ZSTD_c_compressionLevel]: 9, [constants.ZSTD_c_checksumFlag]: 1 },
    })
    const part = join(directory, `${file}.zst.part`)
    const handle = await open(part, 'w')
    await handle.write(packed)
    await handle.datasync()
    await handle.close()
    await rename(part, join(directory, `${file}.zst`))
    if (this.#closing) return
    this.#note({ note: 'compressed', segment: number, file: `${file}.zst`, sha256: createHash('sha256').update(packed).digest('hex') })
    await this.sync()
    await rm(join(directory, file))
  }

  /** Retention: takes whole segments away, oldest first, and says so in the chain. */
  async removeSegments(upTo: number): Promise<number> {
    const { directory } = this.#options
    const { lastHashOf } = await import('./open-tail.ts')
    let removed = 0
    for (const segment of listSegments(directory)) {
      if (segment.number > upTo || segment.number >= this.#segment) break
      const hash = lastHashOf(directory, segment)
      if (!hash) break
      this.#note({ note: 'removed', segment: segment.number, hash: hash.toString('hex') })
      await this.sync()
      await rm(join(directory, segment.file))
      removed++
    }
    return removed
  }
}

/** Opens (or begins) the ledger of a folder whose lock the caller holds. A torn tail is cut off and recorded. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  await mkdir(options.directory, { recursive: true })
  const tail = await openTail(options.directory)
  await rm(join(options.directory, HEAD_FILE), { force: true })
  const ledger = new Ledger(options, tail)
  return ledger
}
