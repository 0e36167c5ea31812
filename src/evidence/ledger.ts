// The append-only ledger of everything received: evidence, and the source from which picture and alarms can be replayed exactly.
// append() copies at once and never waits; a batch becomes one frame every 50 ms or 256 KB, written behind, synced every 250 ms. A batch is kept in memory until
// it is synced: when the disk refuses, it waits (64 MB at most; what comes then is given up, counted and noted in the chain), the fault is told, and writing goes
// on in a new segment as soon as there is room.
// HOT PATH: one copy and a few numbers an entry; bench/ledger.ts prints the share of a core.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#base/index.ts'
import { writeWhole } from '#platform/files/index.ts'
import { CONTROL_FEED, CONTROL_NAME, type LedgerNote, noteBytes } from './control.ts'
import { type Batch, KIND } from './frame.ts'
import { openTail, type Tail } from './open-tail.ts'
import { packSegment } from './pack.ts'
import { planNotes } from './removal.ts'
import { type LedgerFile, SegmentWriter } from './segment-writer.ts'
import { HEAD_FILE, listSegments, segmentFile } from './segments.ts'

const BATCH_MS = 50
const BATCH_BYTES = 256 << 10
const SYNC_MS = 200
const MAX_WAITING_BYTES = 64 << 20
const SEGMENT_BYTES = 64 << 20
const SEGMENT_MS = 3_600_000
const RETRY_MS = 2000
/** A disk that takes longer than this over one write or sync does not answer. */
const HANGS_AFTER_MS = 5000
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
  /** Bytes that may wait in memory while the disk refuses. */
  readonly maxWaitingBytes?: number
  /** A segment is closed at this size. */
  readonly segmentBytes?: number
}

export interface LedgerFigures {
  readonly entries: number
  readonly bytes: number
  readonly writtenMark: number
  readonly syncedMark: number
  readonly waitingBytes: number
  readonly droppedEntries: number
  readonly segment: number
}

/** A batch that waits until it is synced. */
interface Sealed extends Omit<Batch, 'batch'> {
  /** What was given up right before it. */
  readonly gap: { readonly fromMark: number; readonly toMark: number } | undefined
}

const NOTHING = { times: [], feeds: [], lengths: [], body: new Uint8Array(0) }

export class Ledger {
  readonly #options: LedgerOptions
  readonly #writer: SegmentWriter
  readonly #feeds = new Map<string, number>([[CONTROL_NAME, CONTROL_FEED]])
  readonly #stop: () => void
  #buffer = Buffer.allocUnsafe(BATCH_BYTES * 2)
  #used = 0
  #times: number[] = []
  #feedsOf: number[] = []
  #lengths: number[] = []
  #mark: number
  /** Sealed, not written. */
  #waiting: Sealed[] = []
  /** Written, not synced: written again when the sync fails. */
  #unsynced: Sealed[] = []
  /** Of both. */
  #keptBytes = 0
  #dropped = 0
  /** What was given up and is not noted in the chain yet. */
  #gap: Sealed['gap']
  #bytes = 0
  #writtenMark: number
  #syncedMark: number
  #syncedAtMs = 0
  #isFaulty = false
  /** Since when the disk has been at one write or sync; it was told that it hangs. */
  #busySinceMs = Number.POSITIVE_INFINITY
  #isHanging = false
  #isGivingUp = false
  #retryAtMs = 0
  #busy: Promise<void> | undefined
  /** Packing and removal, one after another. */
  #chores: Promise<unknown> = Promise.resolve()
  readonly #closing = new AbortController()

  constructor(options: LedgerOptions, tail: Tail) {
    this.#options = options
    this.#writer = new SegmentWriter(options.directory, tail.lastSegment, { batch: tail.nextBatch, hash: tail.hash }, options.openFile)
    this.#mark = this.#writtenMark = this.#syncedMark = tail.nextMark
    for (const [feed, name] of tail.feeds) if (feed !== CONTROL_FEED) this.#feeds.set(name, feed)
    for (const note of tail.notes) this.#note(note)
    this.#stop = options.clock.every(BATCH_MS, () => this.#kick())
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
      waitingBytes: this.#keptBytes + this.#used,
      droppedEntries: this.#dropped,
      segment: this.#writer.segment,
    }
  }

  /** Resolves when everything appended so far is written and synced; rejects when the disk refuses. */
  async sync(): Promise<void> {
    const wanted = this.#mark
    const dropped = this.#dropped
    this.#seal()
    while (((this.#unsynced[0] ?? this.#waiting[0])?.firstMark ?? wanted) < wanted) {
      this.#syncedAtMs = Number.NEGATIVE_INFINITY
      await this.#run()
      if (this.#isFaulty) break
    }
    if (this.#isFaulty || this.#dropped > dropped) throw new Error('the ledger cannot be written')
  }

  /** Orderly end: closing record, HEAD. Returns how many entries the disk did not take: they are lost. */
  async close(): Promise<number> {
    this.#closing.abort()
    this.#stop()
    await this.#chores
    await this.#busy
    this.#seal()
    // What the disk refuses once goes to a new segment; refused again and again, the ledger stays without closing record, and verify says so.
    for (let tries = 0; tries < CLOSING_TRIES; tries++) {
      this.#syncedAtMs = Number.NEGATIVE_INFINITY
      await this.#run()
      if (this.#waiting.length > 0) continue
      try {
        if (!this.#writer.isOpen) await this.#begin(this.#options.clock.now())
        await this.#writeGap(this.#gap)
        await this.#writer.frame(KIND.CLOSING, { ...NOTHING, firstMark: this.#mark })
        const hash = await this.#writer.finish()
        await writeWhole(join(this.#options.directory, HEAD_FILE), Buffer.from(`${hash}\n`))
        return 0
      } catch (error) {
        await this.#fail(error)
      }
    }
    return this.#waiting.reduce((sum, batch) => sum + batch.times.length, 0)
  }

  /** Packs every closed segment that is not packed yet, those of earlier runs too. What cannot be packed stays as it is. */
  packClosed(): Promise<void> {
    return this.#chore(async () => {
      for (const { number, file } of listSegments(this.#options.directory)) {
        if (this.#closing.signal.aborted || number >= this.#writer.segment) return
        if (!file.endsWith('.zst')) await this.#pack(number).catch(() => {})
      }
    })
  }

  /** Retention: takes whole segments away and says so in the chain. Never the one being written. Returns how many went. */
  removeSegments(numbers: readonly number[]): Promise<number> {
    const { directory } = this.#options
    return this.#chore(async () => {
      const asked = listSegments(directory).filter(({ number }) => numbers.includes(number) && number < this.#writer.segment)
      const { going, notes } = await planNotes(directory, asked)
      for (const note of notes) this.#note(note)
      await this.sync()
      for (const { file } of going) await rm(join(directory, file))
      return going.length
    })
  }

  #note(note: LedgerNote): void {
    this.append(CONTROL_FEED, noteBytes(note), this.#options.clock.now())
  }

  /** The batch that was being filled joins those that wait to be written. */
  #seal(): void {
    if (this.#times.length === 0) return
    const body = Buffer.from(this.#buffer.subarray(0, this.#used))
    const entries = this.#times.length
    const firstMark = this.#mark - entries
    const batch: Sealed = { firstMark, times: this.#times, feeds: this.#feedsOf, lengths: this.#lengths, body, gap: this.#gap }
    this.#used = 0
    this.#times = []
    this.#feedsOf = []
    this.#lengths = []
    if (this.#keptBytes + body.length > (this.#options.maxWaitingBytes ?? MAX_WAITING_BYTES)) {
      // Full behaviour: the newest are given up, so that what is kept has no hole before it; the hole gets a record of its own.
      this.#dropped += entries
      this.#gap = { fromMark: this.#gap?.fromMark ?? firstMark, toMark: this.#mark }
      return
    }
    this.#gap = undefined
    this.#waiting.push(batch)
    this.#keptBytes += body.length
  }

  #kick(): void {
    this.#seal()
    const hangsNow = this.#busy !== undefined && this.#options.clock.now() - this.#busySinceMs > HANGS_AFTER_MS
    if ((hangsNow && !this.#isHanging) || (this.#isHanging && this.#gap && !this.#isGivingUp)) {
      this.#isHanging = true
      this.#isGivingUp = this.#gap !== undefined
      this.#tell('ETIMEDOUT', 'the disk of the ledger does not answer')
    }
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
    this.#busySinceMs = now
    if (this.#isFaulty && now < this.#retryAtMs && !this.#closing.signal.aborted) return
    if (this.#waiting.length === 0 && this.#unsynced.length === 0) return
    try {
      if (!this.#writer.isOpen) await this.#begin(now)
      for (let batch = this.#waiting[0]; batch; batch = this.#waiting[0]) {
        await this.#writeGap(batch.gap)
        await this.#writer.frame(KIND.ENTRIES, batch)
        this.#waiting.shift()
        this.#unsynced.push(batch)
        this.#writtenMark = batch.firstMark + batch.times.length
      }
      if (this.#isFaulty || now - this.#syncedAtMs >= SYNC_MS) {
        await this.#writer.sync()
        for (const batch of this.#unsynced.splice(0)) this.#keptBytes -= batch.body.length
        this.#syncedMark = this.#writtenMark
        this.#syncedAtMs = now
      }
      if (this.#isFaulty || this.#isHanging) {
        this.#isFaulty = this.#isHanging = this.#isGivingUp = false
        this.#options.onFault?.(undefined)
      }
      const isFull = this.#writer.bytes >= (this.#options.segmentBytes ?? SEGMENT_BYTES) || now - this.#writer.sinceMs >= SEGMENT_MS
      if (isFull && this.#unsynced.length === 0) {
        await this.#writer.finish()
        void this.packClosed().catch(() => {})
      }
    } catch (error) {
      await this.#fail(error)
    }
  }

  /** A segment can be read alone: it begins with the names of the feeds. */
  async #begin(nowMs: number): Promise<void> {
    await this.#writer.begin(nowMs)
    const named = [...this.#feeds].filter(([, feed]) => feed !== CONTROL_FEED)
    if (named.length > 0)
      await this.#writeNotes(
        named.map(([name, feed]) => ({ note: 'feed', feed, name })),
        this.#writtenMark,
        nowMs,
      )
  }

  async #writeGap(gap: Sealed['gap']): Promise<void> {
    if (gap) await this.#writeNotes([{ note: 'dropped', ...gap }], gap.toMark, this.#options.clock.now())
  }

  /** A frame of notes that take no mark. */
  async #writeNotes(notes: readonly LedgerNote[], mark: number, nowMs: number): Promise<void> {
    const pieces = notes.map(noteBytes)
    await this.#writer.frame(KIND.NOTES, {
      firstMark: mark,
      times: pieces.map(() => nowMs),
      feeds: pieces.map(() => CONTROL_FEED),
      lengths: pieces.map(piece => piece.length),
      body: Buffer.concat(pieces),
    })
  }

  /** A write or sync failed: the segment ends at its last sync, everything since then waits again. */
  async #fail(error: unknown): Promise<void> {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO'
    await this.#writer.abandon()
    this.#waiting.unshift(...this.#unsynced.splice(0))
    this.#writtenMark = this.#syncedMark
    this.#retryAtMs = this.#options.clock.now() + RETRY_MS
    this.#isFaulty = true
    this.#tell(code, `the ledger cannot be written (${code})`)
  }

  #tell(code: string, what: string): void {
    const fate = this.#gap
      ? 'the memory for waiting is full: what is received now is given up and counted'
      : 'received data waits in memory and is written when the disk takes it'
    this.#options.onFault?.({ code, message: `${what}; ${fate}`, waitingBytes: this.#keptBytes, droppedEntries: this.#dropped })
  }

  #chore<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#chores.then(task)
    this.#chores = done.catch(() => {})
    return done
  }

  async #pack(segment: number): Promise<void> {
    const { directory } = this.#options
    const { file, sha256 } = await packSegment(directory, segment, this.#closing.signal)
    try {
      this.#closing.signal.throwIfAborted()
      this.#note({ note: 'compressed', segment, file, sha256 })
      // Only when the chain holds the packed file's hash may the plain one go.
      await this.sync()
    } catch (error) {
      await rm(join(directory, file), { force: true })
      throw error
    }
    await rm(join(directory, segmentFile(segment)))
  }
}

/** Opens (or begins) the ledger of a folder whose lock the caller holds. A torn tail is cut off and recorded; damage stays as it is, for `verify` to name. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  await mkdir(options.directory, { recursive: true })
  const tail = await openTail(options.directory)
  const ledger = new Ledger(options, tail)
  // The record of a tail that was cut between an orderly stop and now is on the disk before HEAD, which proves it, goes.
  const isRecorded = tail.isAltered
    ? await ledger.sync().then(
        () => true,
        () => false,
      )
    : true
  if (isRecorded) await rm(join(options.directory, HEAD_FILE), { force: true })
  return ledger
}
