// The files of the ledger: NNNNNNNN.mgl while open or just closed, NNNNNNNN.mgl.zst when compressed, HEAD after an orderly stop.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'

export interface Segment {
  readonly number: number
  readonly file: string
  readonly bytes: number
  readonly modifiedAtMs: number
}

export const HEAD_FILE = 'HEAD'
export const segmentFile = (number: number): string => `${String(number).padStart(8, '0')}.mgl`

/** Segments in order. Where a compressed and a plain file of one number lie side by side (killed between), the plain one counts. */
export function listSegments(directory: string): Segment[] {
  const found = new Map<number, Segment>()
  for (const file of listFiles(directory).sort()) {
    const match = /^(\d{8})\.mgl(\.zst)?$/.exec(file)
    if (!match?.[1]) continue
    const number = Number(match[1])
    if (match[2] && found.has(number)) continue
    const { size, mtimeMs } = statSync(join(directory, file))
    found.set(number, { number, file, bytes: size, modifiedAtMs: mtimeMs })
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

/** The frames of a segment, unpacked; undefined when the compressed file is damaged. */
export function segmentBytes(directory: string, segment: Segment): Buffer | undefined {
  const bytes = readFileSync(join(directory, segment.file))
  if (!segment.file.endsWith('.zst')) return bytes
  try {
    return zstdDecompressSync(bytes)
  } catch {
    return undefined
  }
}
