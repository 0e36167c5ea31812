// A WebP taken apart by its RIFF chunks, which must fill the file exactly; and without Exif and XMP.

interface Chunk {
  readonly type: string
  readonly at: number
  readonly length: number
  readonly end: number
}
const VP8X_EXIF = 0x08
const VP8X_XMP = 0x04

export function webpChunks(bytes: Buffer): readonly Chunk[] | undefined {
  if (bytes.length < 20 || bytes.readUInt32LE(4) + 8 !== bytes.length) return undefined
  const chunks: Chunk[] = []
  for (let at = 12; at < bytes.length; ) {
    if (at + 8 > bytes.length) return undefined
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    if (end > bytes.length) return undefined
    chunks.push({ type: bytes.toString('latin1', at, at + 4), at, length, end })
    at = end
  }
  return chunks.some(chunk => chunk.type === 'VP8 ' || chunk.type === 'VP8L' || chunk.type === 'ANMF') ? chunks : undefined
}

export function webpExif(bytes: Buffer): Buffer | undefined {
  const chunk = webpChunks(bytes)?.find(one => one.type === 'EXIF')
  if (!chunk) return undefined
  const block = bytes.subarray(chunk.at + 8, chunk.at + 8 + chunk.length)
  return block.toString('latin1', 0, 6) === 'Exif\0\0' ? block.subarray(6) : block
}

export function strippedWebp(bytes: Buffer): Buffer {
  const stays = webpChunks(bytes)?.filter(chunk => chunk.type !== 'EXIF' && chunk.type !== 'XMP ')
  if (!stays) return bytes
  const parts = stays.map(chunk => {
    const part = Buffer.from(bytes.subarray(chunk.at, chunk.end))
    if (chunk.type === 'VP8X' && part.length > 8) part[8] = (part[8] ?? 0) & ~(VP8X_EXIF | VP8X_XMP)
    return part
  })
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...parts])
  const head = Buffer.alloc(8)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
