// Writes tiles as one PMTiles v3 archive (github.com/protomaps/PMTiles, spec v3): header, root directory, metadata, leaf directories, tile data. Equal tiles
// (open sea) are kept once.
import { gzipSync } from 'node:zlib'

export interface Tile {
  readonly z: number
  readonly x: number
  readonly y: number
  /** Gzipped vector tile. */
  readonly data: Buffer
}

const HEADER_BYTES = 127
const ROOT_LIMIT = 16_257
const LEAF_ENTRIES = 4096
const GZIP = 2
const MVT = 1

interface Entry {
  readonly id: number
  readonly offset: number
  readonly length: number
  run: number
}

/** Position of a tile on the Hilbert curve through all zooms. */
export function tileId(z: number, x: number, y: number): number {
  let id = 0
  for (let level = 0; level < z; level++) id += 4 ** level
  let [tx, ty] = [x, y]
  for (let side = 2 ** (z - 1); side >= 1; side /= 2) {
    const rx = (tx & side) > 0 ? 1 : 0
    const ry = (ty & side) > 0 ? 1 : 0
    id += side * side * ((3 * rx) ^ ry)
    if (ry === 0) {
      if (rx === 1) {
        tx = side - 1 - (tx & (side - 1))
        ty = side - 1 - (ty & (side - 1))
      }
      ;[tx, ty] = [ty, tx]
    }
  }
  return id
}

export function writePmtiles(
  tiles: readonly Tile[],
  about: {
    readonly box: readonly [number, number, number, number]
    readonly maxZoom: number
    readonly layers: readonly string[]
    readonly attribution: string
  },
): Buffer {
  const ordered = tiles.map(tile => ({ id: tileId(tile.z, tile.x, tile.y), data: tile.data })).sort((a, b) => a.id - b.id)
  const seen = new Map<string, number>()
  const chunks: Buffer[] = []
  const entries: Entry[] = []
  let length = 0
  for (const { id, data } of ordered) {
    const key = data.toString('latin1')
    let offset = seen.get(key)
    if (offset === undefined) {
      offset = length
      seen.set(key, offset)
      chunks.push(data)
      length += data.length
    }
    const last = entries.at(-1)
    if (last && last.offset === offset && last.id + last.run === id) last.run++
    else entries.push({ id, offset, length: data.length, run: 1 })
  }
  let root = directory(entries)
  let leaves = Buffer.alloc(0)
  if (root.length > ROOT_LIMIT) {
    const packed: Buffer[] = []
    const pointers: Entry[] = []
    let offset = 0
    for (let n = 0; n < entries.length; n += LEAF_ENTRIES) {
      const leaf = directory(entries.slice(n, n + LEAF_ENTRIES))
      pointers.push({ id: entries[n]!.id, offset, length: leaf.length, run: 0 })
      packed.push(leaf)
      offset += leaf.length
    }
    root = directory(pointers)
    leaves = Buffer.concat(packed)
  }
  const metadata = gzipSync(JSON.stringify({ vector_layers: about.layers.map(id => ({ id, fields: {} })), attribution: about.attribution }))
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('PMTiles', 0)
  header[7] = 3
  const at = {
    root: HEADER_BYTES,
    metadata: HEADER_BYTES + root.length,
    leaves: HEADER_BYTES + root.length + metadata.length,
    tiles: HEADER_BYTES + root.length + metadata.length + leaves.length,
  }
  const numbers = [
    at.root,
    root.length,
    at.metadata,
    metadata.length,
    at.leaves,
    leaves.length,
    at.tiles,
    length,
    tiles.length,
    entries.length,
    chunks.length,
  ]
  for (const [n, number] of numbers.entries()) header.writeBigUInt64LE(BigInt(number), 8 + n * 8)
  header[96] = 1
  header[97] = GZIP
  header[98] = GZIP
  header[99] = MVT
  header[100] = 0
  header[101] = about.maxZoom
  for (const [n, degrees] of about.box.entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + n * 4)
  header[118] = 6
  header.writeInt32LE(Math.round(((about.box[0] + about.box[2]) / 2) * 1e7), 119)
  header.writeInt32LE(Math.round(((about.box[1] + about.box[3]) / 2) * 1e7), 123)
  return Buffer.concat([header, root, metadata, leaves, ...chunks])
}

/** Varints by column: ids as differences, runs, lengths, offsets (0 = right after the one before). */
function directory(entries: readonly Entry[]): Buffer {
  const bytes: number[] = []
  const put = (value: number): void => {
    let rest = value
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
    bytes.push(rest)
  }
  put(entries.length)
  let before = 0
  for (const entry of entries) {
    put(entry.id - before)
    before = entry.id
  }
  for (const entry of entries) put(entry.run)
  for (const entry of entries) put(entry.length)
  for (const [n, entry] of entries.entries()) {
    const previous = entries[n - 1]
    put(previous && entry.offset === previous.offset + previous.length ? 0 : entry.offset + 1)
  }
  return gzipSync(Buffer.from(bytes))
}
