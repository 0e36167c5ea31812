// Sends AIS over TCP at a rate, from a process of its own: `traffic-child.ts PORT RATE SHIPS SECONDS`. Positions are packed by hand (a microsecond each) so that the
// sender leaves the machine to what is measured; one in fifty is a static message. Prints one JSON line at the end: sentences sent, and how often TCP held it back.
import { connect } from 'node:net'
import { encodeSentences } from '#wire/ais/index.ts'

const [port = 0, rate = 50_000, ships = 20_000, seconds = 60] = process.argv.slice(2).map(Number)
const TICK_MS = 10
const STATIC_EVERY = 50
const LINE_BYTES = 49

const six = new Uint8Array(28)
function put(from: number, bits: number, value: number): void {
  for (let n = 0; n < bits; n++) {
    const bit = (value >> (bits - 1 - n)) & 1
    const at = from + n
    const place = 5 - (at % 6)
    const cell = Math.floor(at / 6)
    six[cell] = (six[cell]! & ~(1 << place)) | (bit << place)
  }
}
const HEX = '0123456789ABCDEF'
const HEAD = Buffer.from('!AIVDM,1,1,,A,')

/** Class A (types 1 and 3), every fifth class B (type 18): ship `n` in round `round`, straight into the buffer. */
function position(out: Buffer, at: number, n: number, round: number, second: number): number {
  const lat = 33 * 600_000 + ((n * 7919) % 3_000_000) + round * 30
  const lon = 124 * 600_000 + ((n * 104_729) % 3_600_000) + round * 40
  const isClassB = n % 5 === 4
  put(0, 6, isClassB ? 18 : n % 5 === 0 ? 3 : 1)
  put(6, 2, 0)
  put(8, 30, 440_000_000 + n)
  // Between the number and the speed: status and turn in class A, eight spare bits in class B; the same fields follow, four bits nearer.
  put(38, 12, 0)
  const from = isClassB ? 46 : 50
  put(from, 10, 80 + (n % 60))
  put(from + 10, 1, 1)
  put(from + 11, 28, lon)
  put(from + 39, 27, lat)
  put(from + 66, 12, 450)
  put(from + 78, 9, 45)
  put(from + 87, 6, second)
  // The flags of class B and of the radio; a count in class A, so that no two sentences are the same.
  if (isClassB) put(139, 29, 0b00_1_1_1_1_1_0_0_1_000_0000_0000_0000_0110)
  else put(143, 25, round & 0xffff)
  let to = HEAD.copy(out, at) + at
  for (let k = 0; k < 28; k++) out[to++] = six[k]! < 40 ? six[k]! + 48 : six[k]! + 56
  out[to++] = 44
  out[to++] = 48
  let sum = 0
  for (let k = at + 1; k < to; k++) sum ^= out[k]!
  out[to++] = 42
  out[to++] = HEX.charCodeAt(sum >> 4)
  out[to++] = HEX.charCodeAt(sum & 15)
  out[to++] = 13
  out[to++] = 10
  return to
}

const statics = Array.from({ length: Math.min(ships, 2000) }, (_, n) =>
  Buffer.from(
    `${encodeSentences(n % 3 === 0 ? { type: 24, repeat: 0, mmsi: 440_000_000 + n, part: 0, name: `BENCH ${n}` } : { type: 5, repeat: 0, mmsi: 440_000_000 + n, name: `BENCH ${n}`, callSign: `B${n}`, shipType: 70, toBowM: 50, toSternM: 60, toPortM: 8, toStarboardM: 8 }, { sequence: n % 10 }).join('\r\n')}\r\n`,
  ),
)

const socket = connect(port, '127.0.0.1')
let sent = 0
let n = 0
let round = 0
let heldBack = 0
socket.on('error', error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
socket.on('connect', () => {
  const begun = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    if (now - begun > seconds * 1000) {
      clearInterval(timer)
      socket.end(() => process.stdout.write(`${JSON.stringify({ sent, seconds: (now - begun) / 1000, heldBack })}\n`))
      return
    }
    if (socket.writableLength > 4 << 20) {
      heldBack++
      return
    }
    const due = Math.floor(((now - begun) / 1000) * rate)
    const count = Math.min(due - sent, rate / 20)
    if (count <= 0) return
    const out = Buffer.allocUnsafe(count * LINE_BYTES + 4096)
    let at = 0
    const second = Math.floor(Date.now() / 1000) % 60
    for (let k = 0; k < count; k++) {
      if (sent++ % STATIC_EVERY === 0) {
        const one = statics[sent % statics.length]!
        if (at + one.length > out.length) continue
        at += one.copy(out, at)
        continue
      }
      if (at + LINE_BYTES > out.length) break
      at = position(out, at, n, round, second)
      if (++n === ships) {
        n = 0
        round++
      }
    }
    socket.write(out.subarray(0, at))
  }, TICK_MS)
})
