// One decoder over one file, in a process of its own, so that its CPU time can be taken from outside: node bench/wire-decode-child.ts WHO FILE.
// Prints how many messages came out. Every decoder gets the whole work: checksum, assembly, all fields it knows.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { argv, stdout } from 'node:process'
import { type AisRecord, createAisStream } from '../src/wire/ais/index.ts'

const CHUNK_BYTES = 1 << 16

function typedFields(path: string): number {
  let sum = 0
  const stream = createAisStream({
    message(record: AisRecord) {
      if (record.hasPosition) sum += record.lat600k + record.lon600k + record.sogDeciknots
      sum += record.mmsi + record.name.length
    },
  })
  const chunk = Buffer.alloc(CHUNK_BYTES)
  const file = openSync(path, 'r')
  for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) stream.push(chunk.subarray(0, size), 0)
  closeSync(file)
  stream.end(0)
  if (Number.isNaN(sum)) throw new Error('a decoded number is NaN')
  return stream.counts.messages
}

/** Bytes by which the heap grew from the first to the last of `sentences` sentences, collected before each look. */
function heapGrowth(path: string, sentences: number): number {
  const bytes = readFileSync(path)
  const stream = createAisStream({ message: () => {} })
  const collectedHeap = (): number => {
    if (!globalThis.gc) throw new Error('run with --expose-gc')
    globalThis.gc()
    return process.memoryUsage().heapUsed
  }
  stream.push(bytes, 0)
  const before = collectedHeap()
  const upTo = stream.counts.sentences + sentences
  while (stream.counts.sentences < upTo) stream.push(bytes, 0)
  return collectedHeap() - before
}

const linesOf = (path: string): string[] => readFileSync(path, 'latin1').split('\n')

/** It stops at the first sentence it refuses: a new one takes over, as its users do. */
async function aisStreamDecoder(path: string): Promise<number> {
  const {
    default: { default: Decoder },
  } = await import('ais-stream-decoder')
  let messages = 0
  const open = (): InstanceType<typeof Decoder> => {
    const decoder = new Decoder()
    decoder.on('data', () => messages++)
    decoder.on('error', () => {
      current = open()
    })
    return decoder
  }
  let current = open()
  let written = 0
  for (const line of linesOf(path)) {
    current.write(line)
    if (++written % 64 === 0) await new Promise(done => setImmediate(done))
  }
  await new Promise(done => setImmediate(done))
  return messages
}

/** It comes without types. */
type GgDecode = new (sentence: string, session?: object) => { readonly valid: boolean }

function ggencoder(path: string): number {
  const { AisDecode }: { readonly AisDecode: GgDecode } = createRequire(import.meta.url)('ggencoder')
  let messages = 0
  let session = {}
  for (const line of linesOf(path)) {
    const parts = line.charCodeAt(7) - 48
    const part = line.charCodeAt(9) - 48
    if (part === 1) session = {}
    const decoded = parts > 1 ? new AisDecode(line, session) : new AisDecode(line)
    if (decoded.valid) messages++
  }
  return messages
}

const [, , who = '', path = '', sentences = '0'] = argv
const outcome =
  who === 'typed'
    ? typedFields(path)
    : who === 'heap'
      ? heapGrowth(path, Number(sentences))
      : who === 'ais-stream-decoder'
        ? await aisStreamDecoder(path)
        : ggencoder(path)
stdout.write(`${outcome}\n`)
