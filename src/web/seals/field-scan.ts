// Reading a code with the camera (BarcodeDetector) or a tag (Web NFC), where the browser has them; else a number is typed. Neither is in TypeScript's own list of the browser yet.
interface Detector {
  detect(from: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
interface TagReader {
  scan(options: { readonly signal: AbortSignal }): Promise<void>
  addEventListener(
    what: 'reading',
    then: (event: { readonly serialNumber: string; readonly message: { readonly records: readonly TagRecord[] } }) => void,
  ): void
}
interface TagRecord {
  readonly recordType: string
  readonly data?: DataView
}
interface Able {
  readonly BarcodeDetector?: new () => Detector
  readonly NDEFReader?: new () => TagReader
}

const LOOK_MS = 150
const able = (): Able => globalThis as Able

export const scanKind = (): readonly ('camera' | 'tag')[] => [
  ...(able().BarcodeDetector && 'mediaDevices' in navigator ? (['camera'] as const) : []),
  ...(able().NDEFReader ? (['tag'] as const) : []),
]

/** The first code or tag seen. Rejects where the camera is refused, or when the signal ends it. */
export const scan = (how: 'camera' | 'tag', video: () => HTMLVideoElement | null, signal: AbortSignal): Promise<string> =>
  how === 'camera' ? byCamera(video, signal) : byTag(signal)

async function byCamera(video: () => HTMLVideoElement | null, signal: AbortSignal): Promise<string> {
  const Known = able().BarcodeDetector
  const shown = video()
  if (!Known || !shown) throw new Error('no camera')
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  try {
    shown.srcObject = stream
    await shown.play()
    const detector = new Known()
    for (;;) {
      signal.throwIfAborted()
      const [code] = await detector.detect(shown)
      if (code) return code.rawValue.trim()
      await new Promise(done => setTimeout(done, LOOK_MS))
    }
  } finally {
    for (const track of stream.getTracks()) track.stop()
    shown.srcObject = null
  }
}

async function byTag(signal: AbortSignal): Promise<string> {
  const Known = able().NDEFReader
  if (!Known) throw new Error('no reader')
  const reader = new Known()
  const read = new Promise<string>((done, fail) => {
    signal.addEventListener('abort', () => fail(signal.reason))
    reader.addEventListener('reading', ({ serialNumber, message }) => {
      const words = message.records.find(record => record.recordType === 'text' && record.data)
      done(words?.data ? new TextDecoder().decode(words.data).trim() : serialNumber)
    })
  })
  await reader.scan({ signal })
  return read
}
