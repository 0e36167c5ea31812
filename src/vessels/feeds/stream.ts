// A readable stream (file, standard input) as a feed: read at the speed the pass takes it.
import type { Readable } from 'node:stream'
import type { Inlet } from './transport.ts'

export function readStream(stream: Readable, name: string, inlet: Inlet): { close(): void } {
  const connection = inlet.opened(name)
  connection.onResume(() => stream.resume())
  let isClosed = false
  stream.on('data', (chunk: Uint8Array) => {
    if (connection.bytes(chunk) === 'wait') stream.pause()
  })
  stream.on('error', error => inlet.trouble(`${name} cannot be read: ${error.message}`))
  stream.on('close', () => {
    connection.closed()
    if (!isClosed && !stream.errored) inlet.trouble(`${name} was read to its end`)
  })
  return {
    close() {
      isClosed = true
      stream.destroy()
    },
  }
}
