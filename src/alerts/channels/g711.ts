// Speech as telephones carry it: 8000 samples a second, A-law or µ-law (ITU-T G.711), out of WAV files; and tones.
const RATE = 8000
const MU_BIAS = 0x84
const MU_CLIP = 32_635

/** PCMU of one sample of 16 bits. */
export function muLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7)
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff
}

/** PCMA of one sample of 16 bits: thirteen of them in eight segments, every other bit inverted. */
export function aLaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0
  const magnitude = (sample < 0 ? ~sample : sample) >> 3
  const segment = magnitude <= 0x1f ? 0 : 31 - Math.clz32(magnitude) - 4
  return (sign | (segment << 4) | ((magnitude >> Math.max(1, segment)) & 0x0f)) ^ 0x55
}

/** Two tones together, so many milliseconds, at a quarter of the full height. */
export function tone(hertz: readonly number[], ms: number): Int16Array {
  const samples = new Int16Array(Math.round((ms * RATE) / 1000))
  for (let n = 0; n < samples.length; n++) {
    const sum = hertz.reduce((all, one) => all + Math.sin((2 * Math.PI * one * n) / RATE), 0)
    samples[n] = Math.round((8000 * sum) / Math.max(1, hertz.length))
  }
  return samples
}

export const silence = (ms: number): Int16Array => new Int16Array(Math.round((ms * RATE) / 1000))

export function joinedSamples(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const one of pieces) {
    whole.set(one, at)
    at += one.length
  }
  return whole
}

/** The samples of a WAV file: PCM of 16 bits, one channel or more, 8000 Hz or a whole multiple; or why it cannot be used. */
export function wavSamples(bytes: Buffer): Int16Array | string {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    return 'it is no WAV file'
  let format: { channels: number; rate: number } | undefined
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [name, size] = [bytes.toString('latin1', at, at + 4), bytes.readUInt32LE(at + 4)]
    const from = at + 8
    if (name === 'fmt ' && from + 16 <= bytes.length) {
      const [code, channels, rate, bits] = [
        bytes.readUInt16LE(from),
        bytes.readUInt16LE(from + 2),
        bytes.readUInt32LE(from + 4),
        bytes.readUInt16LE(from + 14),
      ]
      if (code !== 1 || bits !== 16 || channels < 1 || rate < RATE || rate % RATE !== 0)
        return `it has ${rate} Hz, ${bits} bits, form ${code}: write PCM of 16 bits at 8000 Hz`
      format = { channels, rate }
    }
    if (name === 'data') {
      if (!format) return 'it says nothing of its form'
      const step = format.rate / RATE
      const frame = 2 * format.channels
      const count = Math.floor(Math.min(size, bytes.length - from) / frame / step)
      const samples = new Int16Array(count)
      for (let n = 0; n < count; n++) {
        // The mean of what falls together: a crude filter, enough for speech.
        let sum = 0
        for (let k = 0; k < step; k++) sum += bytes.readInt16LE(from + (n * step + k) * frame)
        samples[n] = Math.round(sum / step)
      }
      return samples
    }
    at = from + size + (size & 1)
  }
  return 'it holds no sound'
}
