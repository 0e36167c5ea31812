// `decode --as` of a seal protocol: one frame a line, hex digits or the text itself.
import { bytesOfHex, bytesOfText, hexOf, printed, type SealProtocol } from '#seals/protocols/index.ts'
import { fileName, linesOf, MAX_INPUT_SHOWN, TextOutput } from './inputs.ts'

const ONLY_HEX = /^[0-9a-fA-F]+$/

/** Reads a file of frames; each report is an object, what cannot be read goes to `err`. */
export const sealReader =
  (protocol: SealProtocol) =>
  async (path: string, err: TextOutput): Promise<void> => {
    const out = new TextOutput()
    const file = fileName(path)
    let line = 0
    for await (const input of linesOf(path, 'bytes')) {
      line++
      if (input.trim() === '') continue
      const objects = objectsOf(protocol, input)
      if (typeof objects === 'string')
        err.line(JSON.stringify({ refused: objects, file, line, input: Buffer.from(input.slice(0, MAX_INPUT_SHOWN), 'latin1').toString() }))
      else for (const object of objects) out.line(JSON.stringify({ file, line, ...object }))
      if (out.isFull) await out.flush()
      if (err.isFull) await err.flush()
    }
    await out.flush()
  }

function objectsOf(protocol: SealProtocol, input: string): object[] | string {
  const text = input.trim()
  const frame = ONLY_HEX.test(text) ? bytesOfHex(text) : bytesOfText(input)
  if (frame === undefined) return 'odd-hex'
  // The answers that tell the device the time are those of now.
  const decoded = protocol.decode(frame, { nowMs: Date.now() })
  if (typeof decoded === 'string') return decoded
  const ack = decoded.answer === undefined ? {} : { ackHex: hexOf(decoded.answer) }
  return decoded.reports.map(report => ({ ...printed(report), ...ack }))
}
