// Foreign bytes for the AIS decoder: good sentences damaged as lines, radios and people damage them. Seeded: the same seed gives the same bytes.
import { encodeSentences, tagged } from '#wire/ais/index.ts'
import { withChecksum } from './ais-bits.ts'

const SIGNS = '!$\\*,:-0123456789ABCDEFGHVWabdw`~ \r\u0000\u00ff'
const LF = '\n'

/** Every message type with its fields left to chance, bare, in parts, with TAG blocks and with what logs write round them. */
function goodLines(random: () => number): string[] {
  const lines: string[] = []
  const whole = (below: number): number => Math.floor(random() * below)
  for (let type = 1; type <= 27; type++) {
    const letters = Array.from({ length: 28 + whole(150) }, (_, n) => (n === 0 ? type : whole(64)))
    const payload = letters.map(six => String.fromCharCode(six < 40 ? six + 48 : six + 56)).join('')
    lines.push(withChecksum(`!AIVDM,1,1,,A,${payload},${whole(6)}`))
  }
  for (let n = 0; n < 20; n++) {
    const mmsi = 440_000_000 + whole(1000)
    lines.push(
      ...encodeSentences({ type: 1, mmsi, lat: 35, lon: 129, sogKn: 10 }, { channel: 'B' }),
      ...encodeSentences(
        { type: 5, mmsi, name: 'HAE', destination: 'KR PUS' },
        { sequence: n % 10, source: 'busan', receivedAtMs: 1_767_225_600_000 },
      ),
      `${tagged('feed', 1_767_225_600_123)}${encodeSentences({ type: 18, mmsi })[0]}`,
      `1767225600 ${encodeSentences({ type: 14, mmsi, text: 'SART TEST' })[0]},r003669946,1767225600`,
    )
  }
  return [...lines, '$PGHP,1,2010,11,1,12,26,43,5,219,,2190047,1,5D*7B', '$GPZDA,122643.00,01,11,2010,00,00*64', '# remark']
}

/** Gives one damaged line a call (with its line end, mostly). About half have their checksum mended, so that the damage reaches the decoder behind it. */
export function damagedLines(random: () => number): () => string {
  const good = goodLines(random)
  const whole = (below: number): number => Math.floor(random() * below)
  const pick = (): string => good[whole(good.length)] ?? ''
  const sign = (): string => SIGNS.charAt(whole(SIGNS.length))
  const damage = (line: string): string => {
    const at = whole(line.length + 1)
    switch (whole(8)) {
      case 0:
        return line.slice(0, at) + sign() + line.slice(at + 1)
      case 1:
        return line.slice(0, at) + line.slice(at + whole(20))
      case 2:
        return line.slice(0, at) + sign().repeat(whole(12)) + line.slice(at)
      case 3:
        return line.slice(0, at) + pick()
      case 4:
        return line.slice(at) + line.slice(0, at)
      case 5:
        return line.slice(0, at) + line.slice(Math.max(0, at - whole(40)))
      case 6:
        return line.replace(/VDM,\d,\d,/, `VDM,${whole(12)},${whole(12)},`)
      default:
        return random() < 0.01 ? line.repeat(1 + whole(60)) : line.slice(0, at) + sign() + sign() + line.slice(at)
    }
  }
  return () => {
    let line = pick()
    for (let times = whole(4); times > 0; times--) line = damage(line)
    const sentenceAt = line.indexOf('!')
    const starAt = line.indexOf('*', sentenceAt)
    if (sentenceAt >= 0 && starAt > 0 && random() < 0.5) line = line.slice(0, sentenceAt) + withChecksum(line.slice(sentenceAt, starAt))
    return random() < 0.02 ? line : line + LF
  }
}
