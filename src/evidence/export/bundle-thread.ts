// Makes an export beside the pass: reads the ledger's span, packs, signs, writes. A thread, because reading an hour of the coast takes seconds.
import { createHash } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { readLedger } from '../read.ts'
import { bundleOf } from './bundle.ts'

/** More raw input than this is not one export: divide the time. */
const MAX_RAW_BYTES = 512 << 20

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function make(): { readonly bytes: number; readonly sha256: string; readonly entries: number } | { readonly refused: string } {
  const { ledger, fromMs, toMs, raw, files, custody, privatePem, file } = workerData
  const marks: ReadonlySet<number> | undefined = raw.marks && new Set(raw.marks)
  // By marks: which entries they are is known, however long ago a device sent what it tells of.
  const range = marks ? { fromMark: Math.min(...marks, Number.POSITIVE_INFINITY) } : { fromMs, toMs }
  const pieces: Uint8Array[] = []
  const index: string[] = ['mark,feed,receivedAt,offset,bytes,sha256\r\n']
  let offset = 0
  readLedger(ledger, range, (entry, feed) => {
    if (entry.feed === 0 || offset > MAX_RAW_BYTES || (marks && !marks.has(entry.mark))) return
    pieces.push(Uint8Array.from(entry.bytes))
    index.push(
      `${entry.mark},${feed},${new Date(entry.receivedAtMs).toISOString()},${offset},${entry.bytes.length},${sha256(entry.bytes)}\r\n`,
    )
    offset += entry.bytes.length
  })
  if (offset > MAX_RAW_BYTES) return { refused: `more than ${MAX_RAW_BYTES >> 20} MB were received in this time; choose a shorter one` }
  const members = [
    { name: `${raw.name}.${raw.ending}`, bytes: Buffer.concat(pieces) },
    { name: `${raw.name}.index.csv`, bytes: Buffer.from(index.join('')) },
    ...files,
  ]
  const zip = bundleOf(members, { ...custody, entries: pieces.length }, privatePem)
  writeFileSync(`${file}.part`, zip, { mode: 0o600, flush: true })
  renameSync(`${file}.part`, file)
  return { bytes: zip.length, sha256: sha256(zip), entries: pieces.length }
}

parentPort?.postMessage(make())
