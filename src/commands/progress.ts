// How far long work is, on standard error: nothing in the first two seconds, then a line every few seconds (rewritten in place on a terminal).
const FIRST_MS = 2000
const EVERY_MS = 5000
const EVERY_ON_SCREEN_MS = 250

export interface Progress {
  tell(what: string, bytes: number): void
  /** Clears the line. */
  end(): void
}

export function createProgress(nowMs: () => number, stream: NodeJS.WriteStream = process.stderr): Progress {
  const beganMs = nowMs()
  const everyMs = stream.isTTY ? EVERY_ON_SCREEN_MS : EVERY_MS
  let toldMs = beganMs + FIRST_MS - everyMs
  let isTold = false
  return {
    tell(what, bytes) {
      if (nowMs() - toldMs < everyMs) return
      toldMs = nowMs()
      const line = `${what}: ${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} MB, ${Math.round((nowMs() - beganMs) / 1000)} s`
      stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
      isTold = true
    },
    end() {
      if (isTold && stream.isTTY) stream.write('\r\u001b[K')
    },
  }
}
