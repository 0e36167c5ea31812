// The files of the ledger: NNNNNNNN.mgl while open or just closed, NNNNNNNN.mgl.zst when packed, HEAD after an orderly stop.
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { constants, zstdDecompressSync } from 'node:zlib'

export interface Segment {
  readonly number: number
  readonly file: string
  readonly bytes: number
  readonly modifiedAtMs: number
}

export const HEAD_FILE = 'HEAD'
export const segmentFile = (number: number): string => `${String(number).padStart(8, '0')}.mgl`

/** More than zstd's largest block: enough of a packed file to unpack its beginning. */
const BEGINNING_BYTES = 192 << 10

/** Segments in order. Where a packed and a plain file of one number lie side by side (killed between), the plain one counts. */
export function listSegments(directory: string): Segment[] {
  const found = new Map<number, Segment>()
  for (const file of listFiles(directory).sort()) {
    const match = /^(\d{8})\.mgl(\.zst)?$/.exec(file)
    if (!match?.[1]) continue
    const number = Number(match[1])
    if (match[2] && found.has(number)) continue
    // Beside a running product a file may be packed away while we look.
    const stat = statSync(join(directory, file), { throwIfNoEntry: false })
    if (stat) found.set(number, { number, file, bytes: stat.size, modifiedAtMs: stat.mtimeMs })
  }
  return [...found.values()].sort((a, b) => a.number - b.number)
}

export function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

/** The frames of a segment, unpacked. `damaged`: the packed file does not unpack; `gone`: retention took it since it was listed. */
export function segmentBytes(directory: string, segment: Segment): Buffer | 'damaged' | 'gone' {
  const isPacked = segment.file.endsWith('.zst')
  const bytes = fileOrNothing(join(directory, segment.file))
  if (!bytes) return isPacked ? 'gone' : segmentBytes(directory, { ...segment, file: `${segment.file}.zst` })
  if (!isPacked) return bytes
  try {
    return zstdDecompressSync(bytes)
  } catch {
    return 'damaged'
  }
}

/** The first bytes of a segment, some 100 KB, without unpacking the rest; empty where they cannot be had. */
export function segmentBeginning(directory: string, segment: Segment): Buffer {
  const bytes = Buffer.alloc(Math.min(BEGINNING_BYTES, segment.bytes))
  try {
    const file = openSync(join(directory, segment.file), 'r')
    const length = readSync(file, bytes, 0, bytes.length, 0)
    closeSync(file)
    const read = bytes.subarray(0, length)
    return segment.file.endsWith('.zst') ? zstdDecompressSync(read, { finishFlush: constants.ZSTD_e_continue }) : read
  } catch {
    return Buffer.alloc(0)
  }
}

function fileOrNothing(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
