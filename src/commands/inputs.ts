// How commands read: files, '-' for standard input, .gz and .zst as they are; and how they write: big pieces, a broken pipe is a quiet end.
import { createReadStream, existsSync, statSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { CommandFailure } from './command.ts'

/** The file's bytes in pieces, unpacked. Throws CommandFailure naming the file. */
export async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  if (path !== '-' && !existsSync(path)) throw new CommandFailure(`there is no file ${path}; check the name`)
  if (path !== '-' && statSync(path).isDirectory()) throw new CommandFailure(`${path} is a folder; name the files in it`)
  const raw = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 })
  const unpack = path.endsWith('.gz') ? createGunzip() : path.endsWith('.zst') ? createZstdDecompress() : undefined
  try {
    if (!unpack) yield* raw
    else yield* pipeline(raw, unpack, () => {})
  } catch (error) {
    throw new CommandFailure(`${path} cannot be read to its end: ${error instanceof Error ? error.message : error}`)
  }
}

/** Of what is refused so much is shown. */
export const MAX_INPUT_SHOWN = 300

/** The name a record carries for the file it came from. */
export const fileName = (path: string): string => (path === '-' ? '-' : basename(path))

/** A line longer than this is given in pieces. */
const MAX_LINE = 1 << 24

/** Lines of text of a file, without line ends. `bytes`: each byte is a letter, so that what is no UTF-8 comes through as it is. */
export async function* linesOf(path: string, reading: 'text' | 'bytes' = 'text'): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const piece of piecesOf(path)) {
    const text = reading === 'text' ? decoder.decode(piece, { stream: true }) : Buffer.from(piece).toString('latin1')
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
    if (rest.length > MAX_LINE) {
      yield rest
      rest = ''
    }
  }
  if (rest !== '') yield rest
}

/** Collects text and writes it in big pieces, waiting when the reader is slow. */
export class TextOutput {
  readonly #stream: NodeJS.WriteStream
  #pieces: string[] = []
  #size = 0

  constructor(stream: NodeJS.WriteStream = process.stdout) {
    this.#stream = stream
  }

  line(text: string): void {
    this.#pieces.push(text, '\n')
    this.#size += text.length + 1
  }

  /** True when it is time to `flush`. */
  get isFull(): boolean {
    return this.#size > 1 << 18
  }

  async flush(): Promise<void> {
    if (this.#size === 0) return
    const text = this.#pieces.join('')
    this.#pieces = []
    this.#size = 0
    // The call comes back also when the other end is closed.
    await new Promise<void>(done => this.#stream.write(text, () => done()))
  }
}

/** Writes bytes to standard output and waits until they are gone, so that they may be overwritten. */
export async function writeOut(bytes: Uint8Array): Promise<void> {
  if (bytes.length > 0) await new Promise<void>(done => process.stdout.write(bytes, () => done()))
}

const PIPE_FULL_MS = 5

/** Writes to standard output at once, waiting while a pipe is full; a closed pipe ends the command quietly. For readers that cannot be paused. */
export function writeFully(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      if (code === 'EPIPE') process.exit(0)
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PIPE_FULL_MS)
    }
  }
}
