// A readable stream (file, standard input) as a feed: read at the speed the pass takes it.
import type { Readable } from 'node:stream'
import type { Inlet } from './transport.ts'
import { systemWords, type Words } from './words.ts'

export function readStream(stream: Readable, name: Words, inlet: Inlet): { close(): void } {
  const connection = inlet.opened(name.en)
  connection.onResume(() => stream.resume())
  let isClosed = false
  stream.on('data', (chunk: Uint8Array) => {
    if (connection.bytes(chunk) === 'wait') stream.pause()
  })
  stream.on('error', error => {
    const why = systemWords(error)
    inlet.trouble({ ko: `${name.ko}을(를) 읽을 수 없음: ${why.ko}`, en: `${name.en} cannot be read: ${why.en}` })
  })
  stream.on('close', () => {
    connection.closed()
    if (!isClosed && !stream.errored) inlet.ended({ ko: `${name.ko}을(를) 끝까지 읽음`, en: `${name.en} was read to its end` })
  })
  return {
    close() {
      isClosed = true
      stream.destroy()
    },
  }
}
