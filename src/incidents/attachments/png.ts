// A PNG taken apart by its chunks, each with its check sum, up to its end and nothing behind it; and without the chunks that tell more than the picture.
import { crc32 } from 'node:zlib'

interface Chunk {
  readonly type: string
  readonly at: number
  readonly end: number
}
const TELLS = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'])

export function pngChunks(bytes: Buffer): readonly Chunk[] | undefined {
  const chunks: Chunk[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length) return undefined
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (!/^[A-Za-z]{4}$/.test(type) || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined
    chunks.push({ type, at, end })
    if (type === 'IEND') return end === bytes.length && chunks[0]?.type === 'IHDR' ? chunks : undefined
    at = end
  }
  return undefined
}

export function pngExif(bytes: Buffer): Buffer | undefined {
  const chunk = pngChunks(bytes)?.find(one => one.type === 'eXIf')
  return chunk && bytes.subarray(chunk.at + 8, chunk.end - 4)
}

export function strippedPng(bytes: Buffer): Buffer {
  const stays = pngChunks(bytes)?.filter(chunk => !TELLS.has(chunk.type))
  return stays ? Buffer.concat([bytes.subarray(0, 8), ...stays.map(chunk => bytes.subarray(chunk.at, chunk.end))]) : bytes
}
