// Reliability check 15: whatever is done to a closed ledger, `verify` finds it and names the place: a flipped bit, a cut tail, a dropped or doubled
// piece, two pieces exchanged, a file taken away or brought from elsewhere.
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyLedger } from '#evidence/index.ts'
import { connectTo, eventually, freePort, runCommand, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'
import { startSender } from './traffic.ts'

type Deed = (bytes: Buffer, random: () => number) => Buffer

const between = (random: () => number, size: number): number => Math.floor(random() * size)

const DEEDS: Readonly<Record<string, Deed>> = {
  'flip a bit': (bytes, random) => {
    const at = between(random, bytes.length)
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ (1 << between(random, 8))
    return changed
  },
  'cut the tail': (bytes, random) => bytes.subarray(0, between(random, bytes.length)),
  'drop a piece': (bytes, random) => {
    const at = between(random, bytes.length - 1)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + between(random, 200)))])
  },
  'double a piece': (bytes, random) => {
    const at = between(random, bytes.length - 1)
    const piece = bytes.subarray(at, Math.min(bytes.length, at + 1 + between(random, 200)))
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
  },
  'exchange two pieces': (bytes, random) => {
    const half = Math.floor(bytes.length / 2)
    const length = 1 + between(random, Math.min(100, half - 1))
    const a = between(random, half - length)
    const b = half + between(random, bytes.length - half - length)
    const changed = Buffer.from(bytes)
    bytes.copy(changed, a, b, b + length)
    bytes.copy(changed, b, a, a + length)
    return changed
  },
}

export const check: Check = {
  name: 'tampered-evidence',
  promise: 'verify finds every change to a closed ledger and names the place',
  async run({ seed, times = 1000, say }) {
    const random = seeded(seed)
    const folder = temporaryFolder()
    const copy = temporaryFolder()
    let found = 0
    let tried = 0
    const missed: string[] = []
    try {
      await recordSome(folder.path)
      const ledger = join(folder.path, 'ledger')
      const clean = await runCommand(['verify', '--data', folder.path])
      if (clean.code !== 0) return { pass: false, figure: `the untouched ledger does not verify: ${clean.stderr.trim()}` }
      cpSync(ledger, join(copy.path, 'ledger'), { recursive: true })
      const files = readdirSync(ledger, { recursive: true, encoding: 'utf8' }).filter(
        file => statSync(join(ledger, file)).isFile() && statSync(join(ledger, file)).size > 1,
      )
      const names = Object.keys(DEEDS)
      while (tried < times) {
        const file = files[between(random, files.length)] ?? ''
        const name = names[tried % names.length] ?? ''
        const path = join(copy.path, 'ledger', file)
        const original = readFileSync(join(ledger, file))
        const changed = DEEDS[name]?.(original, random) ?? original
        if (changed.equals(original)) continue
        tried++
        writeFileSync(path, changed)
        const verdict = await verifyLedger(join(copy.path, 'ledger'))
        writeFileSync(path, original)
        if (!verdict.ok) found++
        else missed.push(`${name} in ${file}`)
        if (tried % 100 === 0) say(`${tried} of ${times}, ${found} found`)
      }
      for (const file of files) {
        tried++
        rmSync(join(copy.path, 'ledger', file))
        if (!(await verifyLedger(join(copy.path, 'ledger'))).ok) found++
        else missed.push(`remove ${file}`)
        cpSync(join(ledger, file), join(copy.path, 'ledger', file))
      }
    } finally {
      folder.remove()
      copy.remove()
    }
    return {
      pass: found === tried,
      figure: `${found} of ${tried} changes found${missed.length ? `; missed: ${missed.slice(0, 3).join(', ')}` : ''}`,
    }
  },
}

/** A ledger of some thousands of sentences over two runs of the product, closed in order. */
async function recordSome(data: string): Promise<void> {
  for (let run = 0; run < 2; run++) {
    const port = await freePort()
    const product = await startProduct(data, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${port}?name=check`])
    const socket = await connectTo(port)
    const sender = startSender(socket, { perSecond: 2000, first: run * 10_000 })
    await eventually(async () => (sender.count() - run * 10_000 > 3000 ? true : undefined))
    sender.stop()
    socket.end()
    await product.stop()
  }
}
