// A recording as a feed, as fast as it can be read; .gz and .zst are unpacked. `mangru replay` sends it with its own timing.
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { readStream } from './stream.ts'
import type { Transport } from './transport.ts'

export const file: Transport = {
  open(address, inlet) {
    const raw = createReadStream(address.path, { highWaterMark: 1 << 18 })
    const unpack = address.path.endsWith('.gz') ? createGunzip() : address.path.endsWith('.zst') ? createZstdDecompress() : undefined
    return readStream(unpack ? pipeline(raw, unpack, () => {}) : raw, { ko: address.path, en: address.path }, inlet)
  },
}
