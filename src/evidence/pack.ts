// Packs a closed segment beside the pass: zstd 9 (stack.md §5: 3.1–4.0 ×), streamed so that a stop can break it off. The packed file is unpacked once and its
// content checksum compared before anybody may take the plain one away.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { syncFolder } from '#platform/files/index.ts'
import { segmentFile } from './segments.ts'

const LEVEL = 9
const PIECE_BYTES = 1 << 20

/** Makes NNNNNNNN.mgl.zst beside NNNNNNNN.mgl and returns its name and SHA-256. Leaves nothing behind when it throws. */
export async function packSegment(
  directory: string,
  segment: number,
  signal: AbortSignal,
): Promise<{ readonly file: string; readonly sha256: string }> {
  const plain = join(directory, segmentFile(segment))
  const file = `${segmentFile(segment)}.zst`
  const part = join(directory, `${file}.part`)
  try {
    const hash = createHash('sha256')
    await pipeline(
      createReadStream(plain, { highWaterMark: PIECE_BYTES }),
      createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: LEVEL, [constants.ZSTD_c_checksumFlag]: 1 } }),
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          hash.update(piece)
          yield piece
        }
      },
      createWriteStream(part),
      { signal },
    )
    const written = await open(part, 'r+')
    await written.datasync().finally(() => written.close())
    const { size, atime, mtime } = await stat(plain)
    const unpacked = await unpackedBytes(part, signal)
    if (unpacked !== size) throw new Error(`${file} unpacks to ${unpacked} bytes, the segment has ${size}`)
    // The time of the last record, whenever it is packed: retention and holds go by it.
    await utimes(part, atime, mtime)
    signal.throwIfAborted()
    await rename(part, join(directory, file))
    await syncFolder(directory)
    return { file, sha256: hash.digest('hex') }
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Throws where the file is damaged: zstd compares its own checksum of the content. */
async function unpackedBytes(path: string, signal: AbortSignal): Promise<number> {
  let bytes = 0
  const count = new Writable({
    write(piece: Buffer, _encoding, done) {
      bytes += piece.length
      done()
    },
  })
  await pipeline(createReadStream(path, { highWaterMark: PIECE_BYTES }), createZstdDecompress(), count, { signal })
  return bytes
}
